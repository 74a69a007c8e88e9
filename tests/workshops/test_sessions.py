"""Sessions are read by SQL of our own, by the rules of Django's store."""

import datetime as dt

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from workshops.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_what_djangos_own_store_kept_is_read():
    kept = db.SessionStore()
    kept["colour"] = "green"
    kept.save()

    assert dict(SessionStore(kept.session_key).items()) == {"colour": "green"}


def test_a_session_that_has_run_out_holds_nothing_and_gets_another_key():
    kept = SessionStore()
    kept["colour"] = "green"
    kept.save()
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))

    found = SessionStore(kept.session_key)
    found["size"] = "large"
    found.save()

    assert dict(found.items()) == {"size": "large"}
    assert found.session_key != kept.session_key


def test_a_session_that_somebody_bent_holds_nothing():
    kept = SessionStore()
    kept["colour"] = "green"
    kept.save()
    Session.objects.update(session_data=kept.encode({"colour": "red"})[:-1])

    assert dict(SessionStore(kept.session_key).items()) == {}
