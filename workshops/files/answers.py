"""Whether the answers of one round can stand: asked of these people, about these items, once, on the round’s scales."""

from django.utils.translation import gettext_noop as _

from .refusals import value_text
from .scales import points

# Rounds that ask how much an item matters: "rated" there means that importance was given.
RATING_ROUNDS = {"rate", "revote", "pulse"}


def check_round(round_, at, references, problems):
    """Note what is wrong with the answers of the round at location `at`."""
    references.require_all("item", round_.items, *at, "items")
    references.require_all("person", round_.people, *at, "people")
    asked = _Asked(round_)

    scales = points(round_)
    needed = _needed(round_, scales)
    for position, rating in enumerate(round_.ratings):
        here = (*at, "ratings", position)
        _check_who_and_what(rating, here, asked, references, problems)
        _check_points(rating, here, scales, problems)
        _check_answer(rating, here, needed, problems)
    _check_once(round_.ratings, (*at, "ratings"), references, _("is a second rating of this item by this person"))

    for position, restatement in enumerate(round_.restatements):
        here = (*at, "restatements", position)
        _check_who_and_what(restatement, here, asked, references, problems)
        _check_judgements(restatement, here, references, problems)
    _check_once(
        round_.restatements, (*at, "restatements"), references, _("is a second restatement of this item by this person")
    )


class _Asked:
    """Whom the round asked about what; None stands for everyone and everything."""

    def __init__(self, round_):
        self.people = None if round_.people is None else frozenset(round_.people)
        self.items = None if round_.items is None else frozenset(round_.items)


def _needed(round_, scales):
    if round_.kind == "fist":
        return "fist"
    return "importance" if round_.kind in RATING_ROUNDS and scales["importance"] else None


def _check_who_and_what(answer, at, asked, references, problems):
    references.require("person", answer.person, *at, "person")
    references.require("item", answer.item, *at, "item")
    if asked.people is not None and answer.person not in asked.people:
        problems.add((*at, "person"), _("was not asked in this round"))
    if asked.items is not None and answer.item not in asked.items:
        problems.add((*at, "item"), _("was not asked about in this round"))


def _check_points(rating, at, scales, problems):
    for name, taken in scales.items():
        value = getattr(rating, name)
        if value is None or (taken is not None and value in taken):
            continue
        if taken is None:
            problems.add((*at, name), _("was not asked in this round, got %(value)s"), value=value_text(value))
        else:
            reason = _("must be between %(low)d and %(high)d on this round’s scale, got %(value)s")
            problems.add((*at, name), reason, low=taken[0], high=taken[-1], value=value_text(value))


def _check_answer(rating, at, needed, problems):
    if rating.answer == "rated":
        if needed and getattr(rating, needed) is None:
            problems.add((*at, needed), _("is missing, although the answer is “rated”"))
        return
    for name in ("importance", "fist"):
        if getattr(rating, name) is not None:
            reason = _("goes only with the answer “rated”, and the answer is “%(answer)s”")
            problems.add((*at, name), reason, answer=rating.answer)


def _check_once(answers, at, references, reason):
    references.once([(answer.person, answer.item) for answer in answers], at, reason)


def _check_judgements(restatement, at, references, problems):
    for position, judgement in enumerate(restatement.judgements):
        here = (*at, "judgements", position, "person")
        references.require("person", judgement.person, *here)
        if judgement.person == restatement.person:
            problems.add(here, _("judges a restatement of their own"))
    judges = [judgement.person for judgement in restatement.judgements]
    references.once(judges, (*at, "judgements"), _("is a second judgement by this person"), step=("person",))
