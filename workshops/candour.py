"""The rule of the candour modes: how small a group may be shown, and that a promise is only ever made stricter."""

from django.db.models import Exists, OuterRef

from .models import Link, Rating, Readiness, Restatement, Statement, Workshop

Candour = Workshop.Candour

# From the mode that shows most to the one that shows least.
STRICTER = [Candour.OPEN, Candour.ROLES, Candour.TEAM]
SMALLEST = {Candour.OPEN: 3, Candour.ROLES: 3, Candour.TEAM: 5}
LARGEST = 50


def has_answers(workshop):
    """Whether somebody has answered anything, be it a draft: what the database asks before it lets candour change."""
    of_workshop = {"workshop": OuterRef("pk")}
    of_round = {"round__workshop": OuterRef("pk")}
    asked = (
        Exists(Statement.with_deleted.filter(**of_workshop))
        | Exists(Readiness.objects.filter(**of_workshop))
        | Exists(Link.objects.filter(**of_workshop))
        | Exists(Rating.objects.filter(**of_round))
        | Exists(Restatement.objects.filter(**of_round))
    )
    return Workshop.objects.filter(asked, pk=workshop.pk).exists()


def loosens(workshop, mode, k):
    """Whether going to `mode` with groups from `k` on would show more than the workshop promises now."""
    return STRICTER.index(mode) < STRICTER.index(workshop.candour) or k < workshop.k
