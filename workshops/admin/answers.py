"""What people said, only where everybody in the team may read it with their names: open workshops after the reveal.

In the other modes there are no such rows on these pages, so no list, count, search or address can tell of them. How
people see the team's readiness is never shown with authors, so it is not here at all; nor is who judged whom.
"""

from django.contrib.admin import register
from django.db.models import Q

from workshops.models import Link, Rating, Restatement, Statement, Workshop

from .reading import ReadOnly
from .site import operator_site


def shown(path):
    """The condition for rows of workshops whose answers show names; `path` leads from the row to its workshop."""
    return Q(**{f"{path}__candour": Workshop.Candour.OPEN, f"{path}__revealed_at__isnull": False})


class AnswerAdmin(ReadOnly):
    """A table of answers; `shown` is the condition for those that may be read."""

    shown = None

    def get_queryset(self, request):
        """The answers that may be read."""
        return super().get_queryset(request).filter(self.shown)


@register(Statement, site=operator_site)
class StatementAdmin(AnswerAdmin):
    """Statements that were submitted."""

    shown = shown("workshop") & Q(draft=False)
    list_display = ["label", "kind", "participant", "workshop"]
    list_filter = ["kind"]
    list_select_related = ["participant", "workshop", "item"]
    search_fields = ["label", "workshop__title"]
    fields = ["workshop", "participant", "kind", "label", "meaning", "example", "evidence", "item"]


@register(Link, site=operator_site)
class LinkAdmin(AnswerAdmin):
    """Links between statements or items."""

    shown = shown("workshop") & ~Q(from_statement__draft=True) & ~Q(to_statement__draft=True)
    list_display = fields = [
        "workshop",
        "participant",
        "kind",
        "from_statement",
        "from_item",
        "to_statement",
        "to_item",
        "drawn",
    ]
    list_filter = ["kind"]
    list_select_related = ["workshop", "participant", "from_statement", "from_item", "to_statement", "to_item"]
    search_fields = ["workshop__title"]


@register(Rating, site=operator_site)
class RatingAdmin(AnswerAdmin):
    """Ratings of closed rounds: also after the reveal, a round is blind until it closes."""

    shown = shown("round__workshop") & Q(round__closed_at__isnull=False)
    list_display = ["item", "participant", "round", "answer", "importance", "workshop"]
    list_filter = ["answer"]
    list_select_related = ["round__workshop", "participant", "item"]
    search_fields = ["item__title", "round__workshop__title"]
    ordering = ["round", "item", "participant"]
    fields = [
        *list_display,
        "satisfaction",
        "evidence",
        "expected",
        "same_meaning",
        "fist",
        "star",
        "late",
    ]

    def workshop(self, rating):
        """The workshop of its round."""
        return rating.round.workshop


@register(Restatement, site=operator_site)
class RestatementAdmin(AnswerAdmin):
    """Restatements of closed rounds."""

    shown = shown("round__workshop") & Q(round__closed_at__isnull=False)
    list_display = ["item", "participant", "round", "outcome"]
    list_select_related = ["round", "participant", "item"]
    search_fields = ["item__title"]
    fields = [*list_display, "action", "tradeoff"]
