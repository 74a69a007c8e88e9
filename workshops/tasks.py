"""What the workers do. Each takes an id, is safe to run twice, and leaves the work to the module named for it."""

from alignment.celery import app

from . import jobs


@app.task(name="workshops.run_job")
def run_job(job_id):
    """Do one job of the outbox, unless it is done or another worker has it."""
    jobs.run(job_id)


@app.task(name="workshops.sweep_jobs")
def sweep_jobs():
    """Send again what Redis lost or a dead worker left."""
    jobs.sweep()


@app.task(name="workshops.heartbeat")
def heartbeat():
    """Show that scheduler, Redis and a worker work together."""
    jobs.beat()
