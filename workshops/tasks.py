"""What the workers do. Each takes an id, is safe to run twice, and leaves the work to the module named for it."""

from alignment.celery import app

from . import jobs, letters, meaning, reminding


@app.task(name="workshops.run_job")
def run_job(job_id):
    """Do one job of the outbox, unless it is done or another worker has it."""
    jobs.run(job_id)


@app.task(name="workshops.sweep_jobs")
def sweep_jobs():
    """Send again what Redis lost or a dead worker left."""
    jobs.sweep()
    letters.sweep()
    meaning.sweep(lambda workshop_id: read_texts.apply_async((workshop_id,), expires=30))


@app.task(name="workshops.send_letter")
def send_letter(letter_id):
    """Write and send one letter, unless it is sent or another worker has it."""
    letters.deliver(letter_id)


@app.task(name="workshops.read_texts")
def read_texts(workshop_id):
    """Read what was written in a workshop and has not been read, and find what is about the same."""
    meaning.refresh(workshop_id)


@app.task(name="workshops.remind_before_deadlines")
def remind_before_deadlines():
    """Remind those who are not in, once, a day before the deadline."""
    reminding.remind_before_deadlines()


@app.task(name="workshops.heartbeat")
def heartbeat():
    """Show that scheduler, Redis and a worker work together."""
    jobs.beat()
