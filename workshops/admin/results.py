from django.contrib.admin import display, register
from django.utils.translation import gettext_lazy as _

from workshops.models import Analysis, Finding

from .answers import AnswerAdmin, shown
from .reading import ReadOnly
from .site import operator_site


@register(Analysis, site=operator_site)
class AnalysisAdmin(ReadOnly):
    """That something was computed, by which engine and when; its figures are on the diff page."""

    list_display = fields = ["workshop", "engine", "digest", "created_at"]
    list_select_related = ["workshop"]
    search_fields = ["workshop__title"]
    ordering = ["-pk"]


@register(Finding, site=operator_site)
class FindingAdmin(AnswerAdmin):
    """Findings."""

    shown = shown("analysis__workshop")
    list_display = ["workshop", "position", "kind", "item", "tier", "severity"]
    list_filter = ["tier"]
    list_select_related = ["analysis__workshop", "item"]
    search_fields = ["kind", "analysis__workshop__title"]
    ordering = ["-analysis", "position"]
    fields = [*list_display, "variant", "grouping", "groups", "people", "dimension", "numbers"]

    @display(description=_("workshop"))
    def workshop(self, finding):
        """The workshop it is about."""
        return finding.analysis.workshop
