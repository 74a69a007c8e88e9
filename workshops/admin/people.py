from django.contrib.admin import register
from django.db import transaction

from workshops import live
from workshops.models import Membership, Participant, Role, Team, User, Workshop

from .reading import ReadOnly
from .site import operator_site


@register(User, site=operator_site)
class UserAdmin(ReadOnly):
    """Accounts. An operator may correct a name and lock somebody out; when somebody was here is nobody's business."""

    list_display = ["email", "name", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    fields = ["email", "name", "is_active", "is_staff", "date_joined"]
    readonly_fields = ["email", "is_staff", "date_joined"]

    def has_change_permission(self, request, obj=None):
        """As Django's permissions say."""
        return request.user.has_perm("workshops.change_user")

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """Store the two fields; whoever is locked out loses open pages at once."""
        obj.save(update_fields=["name", "is_active"])
        if not obj.is_active:
            live.close_streams(Workshop.objects.filter(team__memberships__user=obj))


@register(Team, site=operator_site)
class TeamAdmin(ReadOnly):
    """Teams."""

    list_display = fields = ["name", "is_sample"]
    list_filter = ["is_sample"]
    search_fields = ["name"]
    ordering = ["name", "pk"]


@register(Role, site=operator_site)
class RoleAdmin(ReadOnly):
    """Roles of a team."""

    list_display = fields = ["name", "team", "lens"]
    list_filter = ["lens"]
    list_select_related = ["team"]
    search_fields = ["name", "team__name"]


@register(Membership, site=operator_site)
class MembershipAdmin(ReadOnly):
    """Members of a team."""

    list_display = fields = ["user", "team", "role", "access"]
    list_filter = ["access"]
    list_select_related = ["user", "team", "role"]
    search_fields = ["user__email", "user__name", "team__name"]


@register(Participant, site=operator_site)
class ParticipantAdmin(ReadOnly):
    """Who takes part in a workshop; not whether they have answered, which is told to its facilitator alone."""

    list_display = fields = ["name", "role", "workshop"]
    list_select_related = ["role", "workshop"]
    search_fields = ["name", "workshop__title"]
    ordering = ["workshop", "name", "pk"]
