"""The files of a workshop: which of them a viewer may take, why not the others, and what stands in them."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.text import slugify
from django.utils.translation import gettext as _

from . import answers, audit
from .files import ratings_csv, results_csv, results_file, web_export, workshop_file
from .models import Participant, Rating, Workshop
from .results import Results

MOST_ANSWERS = 100_000  # more would keep a page waiting for longer than a few seconds
JSON, CSV = "application/json; charset=utf-8", "text/csv; charset=utf-8"


class NotAllowed(Exception):
    """This viewer will never get this file; why, in words."""


class NotNow(Exception):
    """Why there is no such file for this viewer now, in words."""


@dataclass(frozen=True)
class Offer:
    """A file as the page offers it; `why` it cannot be taken, or nothing."""

    name: str
    what: str
    why: str = ""


@dataclass(frozen=True)
class File:
    """What is sent."""

    content: bytes
    content_type: str
    name: str  # as it is saved: plain letters and signs that every system takes


def locked(workshop):
    """The workshop as it is now. Its mode, its stage and its rounds stay so until the transaction ends."""
    rows = Workshop.objects.select_related("team", "segment", "current_analysis")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=workshop.pk)


class Downloads:
    """The files of the workshop of `results` as its viewer may take them."""

    def __init__(self, results):
        self.results = results
        self.workshop = results.workshop

    @property
    def results_offers(self):
        """What everybody may take who sees the results."""
        return [
            self._offer("results.csv", _("Table for spreadsheets (CSV)")),
            self._offer("results.json", _("For programs (JSON)")),
        ]

    @property
    def answers_offers(self):
        """What holds everybody's answers."""
        return [
            self._offer("ratings.csv", _("Ratings as a table (CSV)")),
            self._offer("workshop.json", _("The whole workshop (JSON)")),
        ]

    @cached_property
    def why_no_results(self):
        """Why there are none for this viewer yet, or nothing."""
        return self._offer("results.json", "").why

    @cached_property
    def why_no_answers(self):
        """Why neither file of answers can be taken, or nothing."""
        return self._offer("workshop.json", "").why

    def _offer(self, name, what):
        try:
            _CHECKS[name](self)
        except (NotAllowed, NotNow) as reason:
            return Offer(name, what, str(reason))
        return Offer(name, what)

    def take(self, name):
        """The file of this name, noted in the audit trail; the caller has the workshop `locked`.

        Raises
        ------
        KeyError
            If there is no file of this name.
        NotAllowed, NotNow
        """
        _CHECKS[name](self)
        content = _WRITES[name](self)
        audit.record(self.workshop, self.results.viewer, audit.Action.EXPORTED, name)
        stem = slugify(self.workshop.title)[:60].strip("-") or "workshop"
        return File(content, CSV if name.endswith(".csv") else JSON, f"{stem}-{name}")

    # -- who may take what ---------------------------------------------------------------------------------------------
    def expect_results(self):
        """Raise unless this viewer sees results."""
        if self.results.is_shown:
            return
        if not self.results.sight.anything:
            raise NotNow(_("The results are not revealed yet. Once they are, they can be taken here."))
        raise NotNow(_("No findings have been computed yet."))

    def expect_answers(self):
        """Raise unless this viewer may have what everybody said: in *open*, after the reveal, with no round open."""
        if self.workshop.candour != Workshop.Candour.OPEN:
            raise NotAllowed(
                _("In this workshop no names are shown, ever: so no file with everybody’s answers is given out here.")
            )
        if self.results.you is None and not self.results.may_facilitate:
            raise NotAllowed(_("Files with everybody’s answers are for those who take part, and for facilitators."))
        if not self.results.sight.names:
            raise NotNow(_("Everybody’s answers can be taken once the results are revealed."))
        if self._has_open_round:
            raise NotNow(_("A round is open: what is answered in it stays blind. Come back when it is closed."))
        if self._answers > MOST_ANSWERS:
            raise NotNow(_("This workshop is too large for this page. Whoever runs this server can export it."))

    def expect_ratings(self):
        """Raise unless there are ratings, and this viewer may have them."""
        self.expect_answers()
        try:
            answers.round_to_analyse(self._rounds)
        except answers.NothingToAnalyse:
            raise NotNow(_("There are no ratings yet: no rating round is closed.")) from None

    @cached_property
    def _rounds(self):
        return list(self.workshop.rounds.all())

    @property
    def _has_open_round(self):
        late = Participant.objects.filter(workshop=self.workshop, may_write_late=True)
        return any(each.closed_at is None for each in self._rounds) or late.exists()

    @cached_property
    def _answers(self):
        return Rating.objects.filter(round__in=self._rounds).count()

    # -- what stands in them -------------------------------------------------------------------------------------------
    @cached_property
    def _told(self):
        return results_file.of(self.results)

    def results_json(self):
        """The results as the pages show them to this viewer."""
        return results_file.write(self._told)

    def results_csv(self):
        """The same as a table."""
        return results_csv.write(self._told)

    def workshop_json(self):
        """Everything that was said, with names."""
        return workshop_file.write(web_export.as_file(self.workshop))

    def ratings_csv(self):
        """The answers of the rating round, with names."""
        file = web_export.as_file(self.workshop)
        return ratings_csv.write(file, answers.round_to_analyse(file.rounds))


def of(workshop, viewer):
    """The downloads of a workshop for this viewer."""
    return Downloads(Results(workshop, viewer))


_CHECKS = {
    "results.json": Downloads.expect_results,
    "results.csv": Downloads.expect_results,
    "workshop.json": Downloads.expect_answers,
    "ratings.csv": Downloads.expect_ratings,
}
_WRITES = {
    "results.json": Downloads.results_json,
    "results.csv": Downloads.results_csv,
    "workshop.json": Downloads.workshop_json,
    "ratings.csv": Downloads.ratings_csv,
}
