"""What texts may have in common, found by the workers: vectors of statements, and pairs that are about the same.

Whose work is done can be told from the rows alone: a statement without a vector of its present version waits for one.
So nothing is lost with a message, and a statement that changes while it is read is read again.
"""

import hashlib
import logging
from functools import cache

from django.db import connection, transaction
from django.db.models import F

from alignment.meaning.encoder import MODEL, MiniLM, ModelMissing, from_bytes, text_digest, to_bytes
from alignment.meaning.limits import RULES
from alignment.meaning.statements import Statement as Text
from alignment.meaning.suggestions import suggest

from . import live
from .models import Statement, StatementVector, SuggestedMerges, Workshop

log = logging.getLogger("parallax.meaning")
AT_ONCE = 64  # statements between two commits
LOCK = 0x6D65616E  # of PostgreSQL's advisory locks, beside the workshop's number
LANGUAGES = ("en",)  # that the model was trained on
MOST_PAIRS = 400


@cache
def model():
    """The model that this process keeps, or None where none is installed: words alone are compared then."""
    try:
        return MiniLM()
    except ModelMissing as reason:
        log.warning("no text model", extra={"why": str(reason)})
        return None


def reads(workshop):
    """Whether what is written in this workshop is in a language that the model reads."""
    return workshop.language.split("-")[0].lower() in LANGUAGES


def waiting(workshops):
    """Submitted statements of these workshops that have no vector, or one of other words."""
    submitted = Statement.objects.filter(workshop__in=workshops, draft=False)
    return submitted.exclude(vector__version=F("version"))


def sweep(send):
    """Call `send(workshop id)` for each workshop that people write in, or put together, and that has unread texts."""
    stages = (Workshop.Stage.WRITE, Workshop.Stage.CONSOLIDATE)
    open_ones = Workshop.objects.filter(stage__in=stages, archived_at=None)
    readable = [each.pk for each in open_ones.only("language") if reads(each)]
    unread = set(waiting(readable).order_by().values_list("workshop", flat=True).distinct())
    for workshop_id in sorted(unread | _unsuggested(readable)):
        send(workshop_id)


def _unsuggested(workshops):
    """Workshops at the board whose statements were never compared."""
    at_board = Workshop.objects.filter(pk__in=workshops, stage=Workshop.Stage.CONSOLIDATE, suggested_merges=None)
    return set(at_board.filter(statements__draft=False).values_list("pk", flat=True))


def refresh(workshop_id):
    """Read what waits in a workshop; at the board, compare. Safe to run twice; a second one at once does nothing."""
    workshop = Workshop.objects.filter(pk=workshop_id).first()
    if workshop is None or not reads(workshop) or model() is None:
        return
    read_all(workshop)
    if workshop.stage == Workshop.Stage.CONSOLIDATE:
        _compare(workshop)


def read_all(workshop, beat=lambda: None):
    """Make every vector that is missing, calling `beat()` after each few; what another worker reads is left to it."""
    while _read_some(workshop):
        beat()


def _read_some(workshop):
    """Make the vectors of a few statements; whether there may be more."""
    with transaction.atomic():
        if not _is_ours(workshop):
            return False
        rows = list(waiting([workshop.pk]).order_by("pk")[:AT_ONCE])
        texts = {row.pk: _text(row) for row in rows}
        known = _vectors_of(workshop, {words for text in texts.values() for words in (text.text, text.meant)})
        StatementVector.objects.bulk_create(
            [_vector(row, *(known[words] for words in (texts[row.pk].text, texts[row.pk].meant))) for row in rows],
            update_conflicts=True,
            unique_fields=["statement"],
            update_fields=["version", "digest", "values", "meant_digest", "meant"],
        )
    return len(rows) == AT_ONCE


def _vector(row, whole, meant):
    """The row for a statement; `whole` and `meant` are each (digest, bytes)."""
    digests = {"digest": whole[0], "values": whole[1], "meant_digest": meant[0], "meant": meant[1]}
    return StatementVector(statement=row, version=row.version, **digests)


def _vectors_of(workshop, texts):
    """(digest, bytes) of each text; those that stand in the workshop already are not read again."""
    digests = {text: text_digest(text, MODEL) for text in sorted(texts)}
    known = _known(workshop, set(digests.values()))
    unknown = [text for text, digest in digests.items() if digest not in known]
    if unknown:
        vectors = model().encode(unknown)
        known |= {digests[text]: to_bytes(vector) for text, vector in zip(unknown, vectors, strict=True)}
    return {text: (digest, known[digest]) for text, digest in digests.items()}


def _is_ours(workshop):
    """Whether no other worker reads this workshop; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, workshop.pk])
        return cursor.fetchone()[0]


def _known(workshop, digests):
    """Vectors of equal texts in the same workshop."""
    rows = StatementVector.objects.filter(statement__workshop=workshop)
    whole = rows.filter(digest__in=digests).values_list("digest", "values")
    meant = rows.filter(meant_digest__in=digests).values_list("meant_digest", "meant")
    return {digest: bytes(values) for digest, values in (*whole, *meant)}


def _text(row):
    """A statement as the rules read it, each by an author of its own: a pair left out would tell who wrote both."""
    return Text(key=row.public_id, author=row.public_id, kind=row.kind, label=row.label, meaning=row.meaning)


def _compare(workshop):
    """Store which statements are about the same, once all of them have been read."""
    rows = Statement.objects.filter(workshop=workshop, draft=False, vector__version=F("version"))
    rows = list(rows.order_by("public_id").select_related("vector"))
    if waiting([workshop.pk]).exists():
        return
    digest = hashlib.sha256("\n".join([RULES, MODEL, *(row.vector.digest for row in rows)]).encode()).hexdigest()
    if SuggestedMerges.objects.filter(workshop=workshop, digest=digest).exists():
        return
    found = (
        suggest([_text(row) for row in rows], from_bytes([bytes(row.vector.values) for row in rows])) if rows else None
    )
    with transaction.atomic():
        values = {"digest": digest, "pairs": _pairs(found) if found else []}
        SuggestedMerges.objects.update_or_create(workshop=workshop, defaults=values)
        live.announce(workshop, "items")


def _pairs(found):
    """What was suggested, two by two: each member of a group beside its central one, then pairs, then contraries."""
    told = [
        [group.central, key, group.band, round(group.score, 3)]
        for group in found.groups
        for key in group.keys
        if key != group.central
    ]
    told += [[pair.one, pair.other, pair.band, round(pair.cosine, 3)] for pair in (*found.pairs, *found.related)]
    told.sort(key=lambda pair: -pair[3])
    opposite = [[pair.one, pair.other, "opposite", round(pair.cosine, 3)] for pair in found.opposite]
    return told[:MOST_PAIRS] + opposite[:MOST_PAIRS]
