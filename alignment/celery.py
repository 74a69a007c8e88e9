"""The Celery app: jobs and the schedule.

Redis only carries messages. What is to be done stands in PostgreSQL (workshops.models.Job), so a lost message is sent
again and a doubled one finds its work done.
"""

import os

from celery import Celery
from django.conf import settings

from alignment.embedded.paths import celery_broker_url

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alignment.settings")

app = Celery("parallax")
app.conf.update(
    broker_url=celery_broker_url(settings.REDIS_URL),
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": 1800,  # longer than the longest job
        "socket_connect_timeout": 2,
        "socket_timeout": 30,
        "health_check_interval": 10,
        "global_keyprefix": "parallax:",
    },
    # Sending must fail fast: the sweeper sends again what Redis could not take.
    task_publish_retry=False,
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_serializer="json",
    accept_content=["json"],
    task_default_queue="parallax",
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    worker_send_task_events=False,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    timezone="UTC",
    beat_schedule={
        "send waiting jobs": {"task": "workshops.sweep_jobs", "schedule": 5.0},
        "remind before deadlines": {
            "task": "workshops.remind_before_deadlines",
            "schedule": 60.0,
            "options": {"expires": 55},
        },
        "worker heartbeat": {"task": "workshops.heartbeat", "schedule": 30.0, "options": {"expires": 25}},
    },
)
app.autodiscover_tasks(["workshops"])
