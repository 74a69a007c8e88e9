"""A workshop made of a file that somebody of its team uploads: checked whole, then stored whole or not at all."""

import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import audit
from .files import items_csv, json_text, ratings_csv, ratings_table, schema, storing, workshop_file
from .files.refusals import SHOWN, WHOLE_FILE, FileRefused, Problem
from .models import Bucket, Rating, Workshop
from .people import MOST_PEOPLE

BYTES = 20 * 1024 * 1024
MOST_ROWS = 15_000  # of everything that people said: as many as are stored within a few seconds
SECONDS = 5  # to wait while other files are read
_READERS = threading.BoundedSemaphore(2)  # in this process: a file takes many times its size in memory
MOST_SIGNS = 1_000_000  # brackets and commas: some bytes of text can make as many kilobytes in memory
JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
ZIP = b"PK\x03\x04"


class TooOften(Exception):
    """This account has sent many files just now."""


@dataclass(frozen=True)
class Upload:
    """What somebody sent: the file, and what a table does not say itself."""

    data: bytes
    title: str
    levels: int
    public_id: str  # of the workshop to be made: a form that is sent twice makes it once


@dataclass(frozen=True)
class Made:
    """The workshop made of a file."""

    workshop: Workshop
    is_list: bool = False
    counts: tuple = ()

    @property
    def sentence(self):
        """What came in, in words."""
        people, items, said = self.counts
        return _("“%(title)s” is here: %(people)s, %(items)s, %(said)s.") % {
            "title": self.workshop.title,
            "people": ngettext("%(n)d person", "%(n)d people", people) % {"n": people},
            "items": ngettext("%(n)d item", "%(n)d items", items) % {"n": items},
            "said": ngettext("%(n)d answer", "%(n)d answers", said) % {"n": said},
        }


def upload(sent, membership, viewer):
    """Make a workshop of a file, in the team of this facilitator or owner.

    Returns
    -------
    Made

    Raises
    ------
    FileRefused
        With the places and the reasons. Nothing is changed then.
    TooOften
    """
    team = membership.team
    if not Bucket.objects.take("upload", membership.user_id, most=30, seconds=600):
        raise TooOften(_("You have sent many files just now. Wait a minute and send this one again."))
    if made := team.workshops.filter(public_id=sent.public_id).first():
        return _made(made)
    with _room_to_read():
        file, is_list = _read(sent, team)
    _refuse_any(_against_the_web(file))
    if not membership.is_owner:
        _refuse_any(_new_roles(file, team))
    try:
        with transaction.atomic():
            return Made(_stored(file, sent, team, viewer), is_list, _counts(file))
    except IntegrityError:  # the same form, a moment ago
        if made := team.workshops.filter(public_id=sent.public_id).first():
            return _made(made)
        raise _whole(_("cannot be stored; nothing was")) from None
    except DatabaseError:
        raise _whole(_("cannot be stored, or not in the time that a page has; nothing was")) from None


@contextmanager
def _room_to_read():
    if not _READERS.acquire(timeout=SECONDS):
        raise TooOften(_("Other files are being read. Send this one again in a moment."))
    try:
        yield
    finally:
        _READERS.release()


def _made(workshop):
    counts = workshop.participants.count(), workshop.items.count()
    return Made(workshop, counts=(*counts, Rating.objects.filter(round__workshop=workshop).count()))


def _stored(file, sent, team, viewer):
    workshop = storing.store(file, team=team, public_id=sent.public_id)
    Workshop.objects.filter(pk=workshop.pk).update(time_zone=settings.TIME_ZONE)
    audit.record(workshop, viewer, audit.Action.UPLOADED)
    return workshop


def _read(sent, team):
    """The file, and whether it is a list of items; told by what it begins with, whatever its name says."""
    _refuse_too_many_parts(sent.data)
    if JSON.match(sent.data):
        return workshop_file.read(sent.data, limit=BYTES, people=MOST_PEOPLE), False
    if sent.data.startswith(ZIP):
        raise _whole(_("is an Excel file or another archive; save the sheet as “CSV UTF-8” and upload that"))
    names = ratings_table.named(sent.data)
    if names & {"person", "role", "item", "importance"}:
        known = [schema.Role(key=r.key, name=r.name, lens=r.lens) for r in team.roles.all()]
        limits = {"limit": BYTES, "people": MOST_PEOPLE}
        return ratings_csv.read(sent.data, title=sent.title, levels=sent.levels, roles=known, **limits), False
    if names & {"kind", "title"}:
        return items_csv.read(sent.data, title=sent.title, limit=BYTES), True
    json_text.decoded(sent.data, BYTES)
    raise _whole(
        _(
            "is neither a workshop file (JSON), nor a table whose first row names person, role, item, kind, importance,"
            " nor a list of items whose first row names kind, title"
        )
    )


def _refuse_too_many_parts(data):
    """Before anything is read: a file of a million parts would keep others waiting, and fill the memory."""
    is_table = not JSON.match(data)
    lines = max(data.count(b"\n"), data.count(b"\r")) if is_table else 0
    if lines > 2 * MOST_ROWS + 1000 or sum(map(data.count, (b"{", b"[", b","))) > MOST_SIGNS:
        raise _whole(_too_many())


def _too_many():
    return _("holds more than the %(most)d answers that a page takes; whoever runs this server can import it") % {
        "most": MOST_ROWS
    }


def _against_the_web(file):
    """What an operator may import and a page may not."""
    if _counts(file)[-1] > MOST_ROWS:
        yield Problem(WHOLE_FILE, _too_many())
    if file.workshop.candour != "open" and _counts(file)[-1]:
        reason = _(
            "promises people that nobody sees their names, and the file holds what each of them said: whoever uploads"
            " it would have it all. Only a workshop without answers can be uploaded in this mode"
        )
        yield Problem("workshop.candour", reason)


def _new_roles(file, team):
    """Roles that the team would get: that is for its owners to decide."""
    known = set(team.roles.values_list("key", flat=True))
    for n, role in enumerate(file.team.roles):
        if role.key not in known:
            reason = _("the team has no role “%(name)s”; an owner of the team can add it, or upload this file")
            yield Problem(f"team.roles[{n}]", reason % {"name": role.name})


def _counts(file):
    """People, items, and everything that people said."""
    texts = [text for each in file.rounds for text in each.restatements]
    said = [file.statements, file.links, file.readiness, texts, *(each.ratings for each in file.rounds)]
    return len(file.people), len(file.items), sum(map(len, [*said, *(text.judgements for text in texts)]))


def _refuse_any(problems):
    found = list(problems)
    if found:
        raise FileRefused(found[:SHOWN], more=max(0, len(found) - SHOWN))


def _whole(reason):
    return FileRefused([Problem(WHOLE_FILE, reason)])
