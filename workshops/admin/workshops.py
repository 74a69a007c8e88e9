from django.contrib.admin import action, display, register
from django.contrib.messages import SUCCESS
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workshops import jobs
from workshops.models import Job, Round, Workshop

from .reading import ReadOnly
from .site import operator_site


@register(Workshop, site=operator_site)
class WorkshopAdmin(ReadOnly):
    """Workshops: the brief, where it stands, and how many take part."""

    list_display = ["title", "team", "stage", "candour", "k", "people", "revealed", "created_at"]
    list_filter = ["stage", "candour"]
    list_select_related = ["team", "segment"]
    search_fields = ["title", "team__name"]
    fields = [
        "title",
        "team",
        "segment",
        "question",
        "strategy",
        "stage",
        "candour",
        "k",
        "language",
        "people",
        "revealed",
        "created_at",
        "sample",
    ]

    def get_queryset(self, request):
        """With the number of participants."""
        return (
            super()
            .get_queryset(request)
            .annotate(people_count=Count("participants", filter=Q(participants__standing="accepted")))
        )

    @display(description=_("participants"), ordering="people_count")
    def people(self, workshop):
        """How many take part; not how many of them answered."""
        return workshop.people_count

    @display(description=_("revealed"), boolean=True)
    def revealed(self, workshop):
        """Whether everything was revealed."""
        return workshop.is_revealed


@register(Round, site=operator_site)
class RoundAdmin(ReadOnly):
    """Rounds: their kind, and whether they are closed."""

    list_display = fields = ["workshop", "key", "kind", "closed"]
    list_filter = ["kind"]
    list_select_related = ["workshop"]
    search_fields = ["workshop__title"]
    ordering = ["workshop", "position"]

    @display(description=_("closed"), boolean=True)
    def closed(self, round_):
        """Whether it takes no more answers."""
        return round_.closed_at is not None


@register(Job, site=operator_site)
class JobAdmin(ReadOnly):
    """Jobs, with what went wrong in words. One that failed can be asked for again."""

    list_display = ["workshop", "kind", "state", "error", "attempts", "created_at", "finished_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["workshop"]
    search_fields = ["workshop__title"]
    ordering = ["-pk"]
    fields = [*list_display, "step_label", "step", "steps"]
    actions = ["ask_again"]

    def has_ask_again_permission(self, request):
        """Whoever may change jobs by Django's permissions."""
        return request.user.has_perm("workshops.change_job")

    @action(description=_("Ask for it again"), permissions=["ask_again"])
    def ask_again(self, request, queryset):
        """A new job for the workshop of each chosen one that failed."""
        failed = queryset.filter(state=Job.State.FAILED)
        workshops = {job.workshop_id: job.workshop for job in failed}
        for workshop in workshops.values():
            jobs.request_analysis(workshop)
        asked = ngettext("%(n)d job was asked for again.", "%(n)d jobs were asked for again.", len(workshops))
        self.message_user(request, asked % {"n": len(workshops)}, SUCCESS)
