"""The outbox: jobs asked for in a transaction, sent on commit, sent again until they are done."""

import datetime as dt
import logging
from functools import partial

from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError
from kombu.exceptions import OperationalError as BrokerError
from redis import RedisError

from . import analysis, live
from .models import Job, Round, WorkerPulse
from .models.job import MOST_ATTEMPTS

log = logging.getLogger("parallax.jobs")
PAUSE = dt.timedelta(seconds=15)  # before a job that nobody took up is sent again


def request_analysis(workshop):
    """Ask for the findings to be computed anew; a request that still waits is not doubled.

    Returns
    -------
    Job
        The one that waits. It is sent when the transaction commits; if Redis is away, the sweeper sends it later.
    """
    job, made = Job.objects.get_or_create(
        workshop=workshop,
        kind=Job.Kind.ANALYSIS,
        state=Job.State.WAITING,
        defaults={"send_again_at": timezone.now() + PAUSE},
    )
    if made:
        live.announce(workshop, "job")
    transaction.on_commit(partial(send, job.pk), robust=True)
    return job


@transaction.atomic
def close_round(round_):
    """Close a round for good, and ask for the findings if it was a rating; False when it is closed already."""
    now = timezone.now()
    if not Round.objects.filter(pk=round_.pk, closed_at__isnull=True).update(closed_at=now):
        return False
    round_.closed_at = now
    if round_.kind == Round.Kind.RATE:
        request_analysis(round_.workshop)
    live.announce(round_.workshop, "stage")
    return True


def send(job_id):
    """Hand the job's id to the workers. False when Redis cannot be reached; the job then waits for the sweeper."""
    from .tasks import run_job

    try:
        run_job.apply_async((job_id,), retry=False)
    except (BrokerError, KombuError, RedisError, OSError):
        log.warning("Redis is away; the job waits", extra={"job": job_id})
        Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(send_again_at=timezone.now())
        return False
    return True


def sweep():
    """Send every job that is due again; stops at the first that Redis cannot take."""
    now = timezone.now()
    for job in Job.objects.due(now).filter(attempts__gte=MOST_ATTEMPTS):  # it takes its worker down each time
        job.fail(_("The computation ended its worker %(n)d times.") % {"n": job.attempts}, for_good=True)
    for job_id in Job.objects.due(now).values_list("pk", flat=True)[:100]:
        if not send(job_id):
            return
        Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(send_again_at=now + PAUSE)


def run(job_id):
    """Do the job: claim it, work, store. What goes wrong is told in words and tried again."""
    job = Job.objects.select_related("workshop").filter(pk=job_id).first()  # gone with its workshop: nothing to do
    if job is None or not job.claim():
        return
    try:
        analysis.refresh_findings(job)
    except analysis.CannotAnalyse as error:
        job.fail(str(error), for_good=True)
    except DatabaseError:
        raise  # the lease runs out and the sweeper sends it again
    except Exception:
        log.exception("job failed", extra={"job": job_id})
        job.fail(_("The computation stopped with an error. The operator finds it in the log."), for_good=False)


def beat():
    """Note that a worker did what the scheduler asked for, just now."""
    WorkerPulse.objects.update_or_create(pk=1, defaults={"beat_at": timezone.now()})
