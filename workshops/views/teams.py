from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workshops import letters, live
from workshops.forms.teams import MemberForm, MembershipForm, RoleForm, SegmentForm
from workshops.home_page import add_what_waits
from workshops.models import Membership, Role, Segment, Team


@require_safe
def team(request, public_id):
    """Members, roles and segments; owners also change them here."""
    found = get_object_or_404(Team.objects.visible_to(request.viewer), public_id=public_id)
    return render_team(request, found)


@require_POST
def members(request, public_id):
    """Add a member."""
    found = _owned_team(request, public_id)
    form = MemberForm(request.POST, team=found)
    if not form.is_valid():
        return render_team(request, found, member_form=form, status=422)
    with transaction.atomic():
        added = form.save()
        letters.ask(letters.Kind.MEMBERSHIP, membership=added)
    messages.success(request, _("%(name)s is a member now.") % {"name": added.user})
    return redirect("team", public_id)


@require_POST
def member(request, public_id, member_id):
    """Change a member's access and role, or end the membership."""
    found = _owned_team(request, public_id)
    membership = get_object_or_404(found.memberships.select_related("user", "team"), public_id=member_id)
    if "remove" in request.POST:
        done, said = membership.remove(), _("%(name)s is no longer a member.")
        live.close_streams(found.workshops.all())
    else:
        form = MembershipForm(request.POST, instance=membership)
        if not form.is_valid():
            return render_team(request, found, status=422)
        done, said = membership.change(**form.cleaned_data), _("Saved for %(name)s.")
    if not done:
        messages.error(request, _("A team keeps at least one owner. Make somebody else an owner first."))
        return redirect("team", public_id)
    messages.success(request, said % {"name": membership.user})
    return redirect("team", public_id)


@require_POST
def roles(request, public_id):
    """Add a role."""
    found = _owned_team(request, public_id)
    form = RoleForm(request.POST, instance=Role(team=found))
    if not form.is_valid():
        return render_team(request, found, role_form=form, status=422)
    form.save()
    return redirect("team", public_id)


@require_POST
def role(request, public_id, role_id):
    """Rename a role or give it another lens."""
    found = _owned_team(request, public_id)
    form = RoleForm(request.POST, instance=get_object_or_404(found.roles, public_id=role_id))
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return render_team(request, found, status=422)
    form.save()
    messages.success(request, _("Saved for %(name)s.") % {"name": form.instance.name})
    return redirect("team", public_id)


@require_POST
def segments(request, public_id):
    """Add a segment."""
    found = _owned_team(request, public_id)
    form = SegmentForm(request.POST, instance=Segment(team=found))
    if not form.is_valid():
        return render_team(request, found, segment_form=form, status=422)
    form.save()
    return redirect("team", public_id)


def _owned_team(request, public_id):
    """A team is found by its members; only owners change it."""
    found = get_object_or_404(Team.objects.visible_to(request.viewer), public_id=public_id)
    if not Membership.objects.of(request.viewer, found).is_owner:
        raise PermissionDenied
    return found


def render_team(request, found, *, member_form=None, role_form=None, segment_form=None, status=200):
    """The team's page, with a refused form as it was typed."""
    mine = Membership.objects.of(request.viewer, found)
    workshops = list(found.workshops.all())
    add_what_waits(workshops, request.viewer, [mine] if mine else [])
    everybody = found.memberships.select_related("user", "role").order_by("user__name", "user__email")
    context = {
        "team": found,
        "mine": mine,
        "memberships": everybody,
        "roles": found.roles.all(),
        "segments": found.segments.all(),
        "workshops": [each for each in workshops if each.archived_at is None],
        "archived": [each for each in workshops if each.archived_at is not None],
    }
    if mine.is_owner:
        context |= {
            "member_form": member_form or MemberForm(team=found),
            "role_form": role_form or RoleForm(instance=Role(team=found)),
            "segment_form": segment_form or SegmentForm(instance=Segment(team=found)),
            "accesses": Membership.Access.choices,
            "lenses": Role._meta.get_field("lens").choices,
        }
    return render(request, "workshops/team.html", context, status=status)
