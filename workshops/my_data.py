"""All that a workshop holds of one person, for that person alone."""

from .models import Judgement, Link, Rating, Readiness, Restatement, Statement

POINTS = ("importance", "satisfaction", "evidence", "expected", "same_meaning", "fist")


def of(participant):
    """Everything that this participant said or that is kept about them.

    Returns
    -------
    dict
        In the words of the workshop file (design §8), with this person's part only. The number of queries does not
        depend on how much it is.
    """
    workshop = participant.workshop
    return {
        "format": "parallax-my-data/1",
        "workshop": {"title": workshop.title, "question": workshop.question, "candour": workshop.candour},
        "person": {
            "name": participant.name,
            "email": participant.email,
            "role": participant.role.name if participant.role else "",
            "submitted": participant.has_submitted,
        },
        "statements": [_statement(each) for each in _statements(participant)],
        "links": [_link(each) for each in _links(participant)],
        "readiness": [_readiness(each) for each in Readiness.objects.filter(participant=participant)],
        "ratings": [_rating(each) for each in _answers(Rating, participant)],
        "restatements": [_restatement(each) for each in _answers(Restatement, participant)],
        "judgements": [{"same": each.same} for each in Judgement.objects.filter(participant=participant)],
        "devices": [{"since": each.created_on.isoformat()} for each in participant.devices.all()],
    }


def _statements(participant):
    """Those deleted as well, for they are kept until the stage closes."""
    return Statement.with_deleted.filter(participant=participant).order_by("kind", "position", "pk")


def _statement(each):
    said = {"kind": each.kind, "label": each.label, "meaning": each.meaning, "example": each.example}
    deleted = {"deleted": True} if each.deleted_at else {}
    return said | {"evidence": each.evidence, "draft": each.draft} | deleted


def _links(participant):
    ends = ("from_statement", "from_item", "to_statement", "to_item")
    return Link.objects.filter(participant=participant).select_related(*ends)


def _link(each):
    return {
        "kind": each.kind,
        "from": str(each.from_statement or each.from_item),
        "to": str(each.to_statement or each.to_item),
        "drawn": each.drawn,
    }


def _readiness(each):
    return {name: getattr(each, name) for name in ("strategy", "vision", "voice", "decides", "help")}


def _answers(model, participant):
    return model.objects.filter(participant=participant).select_related("round", "item").order_by("round", "item")


def _rating(each):
    said = {name: getattr(each, name) for name in POINTS if getattr(each, name) is not None}
    return {"round": each.round.key, "item": each.item.title, "answer": each.answer, "star": each.star} | said


def _restatement(each):
    return {
        "round": each.round.key,
        "item": each.item.title,
        "outcome": each.outcome,
        "action": each.action,
        "tradeoff": each.tradeoff,
    }
