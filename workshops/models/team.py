from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .public_id import PublicIdField


class TeamQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Teams whose page this viewer may open: those they are a member of."""
        if viewer.user is None:
            return self.none()
        return self.filter(memberships__user=viewer.user)


class Team(models.Model):
    """People who build one product."""

    public_id = PublicIdField()
    name = models.CharField(_("name"), max_length=120)
    is_sample = models.BooleanField(_("came with Parallax"), default=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="team_has_a_name")]

    def __str__(self):
        return self.name

    def add_member(self, user, access, role=None):
        """Make `user` a member; one who is a member already keeps the access they have."""
        return self.memberships.get_or_create(user=user, defaults={"access": access, "role": role})[0]

    def add_default_roles(self):
        """The eight roles that a new team begins with."""
        Role.objects.bulk_create([Role(team=self, position=n, **role) for n, role in enumerate(DEFAULT_ROLES)])


class Lens(models.TextChoices):
    """What a role looks at the customer for. Rules about roles fall back on it where a role is too small."""

    DECIDE = "decide", pgettext_lazy("lens", "Decide")
    BUILD = "build", pgettext_lazy("lens", "Build")
    SELL = "sell", pgettext_lazy("lens", "Sell")
    NONE = "none", pgettext_lazy("lens", "Other")


class Role(models.Model):
    """A function in the team, such as Engineering."""

    public_id = PublicIdField()
    team = models.ForeignKey(Team, models.CASCADE, related_name="roles")
    key = models.CharField(_("key"), max_length=64)
    name = models.CharField(_("name"), max_length=120)
    lens = models.CharField(_("lens"), max_length=6, choices=Lens, default=Lens.NONE)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["position", "key"]
        constraints = [
            models.UniqueConstraint(fields=["team", "key"], name="role_key_once_in_team"),
            models.CheckConstraint(condition=~Q(name=""), name="role_has_a_name"),
            models.CheckConstraint(condition=Q(lens__in=Lens.values), name="role_lens_known"),
        ]

    def __str__(self):
        return self.name


DEFAULT_ROLES = [
    {"key": "executive", "name": _("Executive"), "lens": Lens.DECIDE},
    {"key": "product", "name": _("Product management"), "lens": Lens.DECIDE},
    {"key": "marketing", "name": _("Marketing"), "lens": Lens.SELL},
    {"key": "design", "name": _("Design"), "lens": Lens.BUILD},
    {"key": "engineering", "name": _("Engineering"), "lens": Lens.BUILD},
    {"key": "sales", "name": _("Sales"), "lens": Lens.SELL},
    {"key": "support", "name": _("Customer support"), "lens": Lens.SELL},
    {"key": "other", "name": _("Other"), "lens": Lens.NONE},
]


class MembershipQuerySet(models.QuerySet):
    def of(self, viewer, team):
        """The viewer's own membership of `team`, or None."""
        return self.filter(user=viewer.user, team=team).first() if viewer.user else None


class Membership(models.Model):
    """That an account belongs to a team, what it may do there, and its role."""

    class Access(models.TextChoices):
        OWNER = "owner", _("Owner")
        FACILITATOR = "facilitator", _("Facilitator")
        MEMBER = "member", _("Member")

    public_id = PublicIdField()
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    user = models.ForeignKey("workshops.User", models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, models.SET_NULL, null=True, blank=True, related_name="memberships")
    access = models.CharField(_("access"), max_length=11, choices=Access, default=Access.MEMBER)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], name="member_once_in_team"),
            models.CheckConstraint(
                condition=Q(access__in=["owner", "facilitator", "member"]), name="member_access_known"
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.team}"

    @property
    def is_owner(self):
        return self.access == self.Access.OWNER

    @property
    def may_facilitate(self):
        return self.access in (self.Access.OWNER, self.Access.FACILITATOR)

    def _is_last_owner(self):
        """Asked under a lock of the team's row, so that two owners cannot both leave at once."""
        Team.objects.select_for_update().get(pk=self.team_id)
        owners = Membership.objects.filter(team=self.team_id, access=self.Access.OWNER)
        return owners.filter(pk=self.pk).exists() and owners.count() == 1

    @transaction.atomic
    def change(self, *, access, role):
        """Give the member another access and role. False, and nothing changed, if no owner would be left."""
        if access != self.Access.OWNER and self._is_last_owner():
            return False
        self.access, self.role = access, role
        self.save(update_fields=["access", "role"])
        return True

    @transaction.atomic
    def remove(self):
        """End the membership. False, and nothing changed, for the team's last owner."""
        if self._is_last_owner():
            return False
        self.delete()
        return True


class Segment(models.Model):
    """The customers whose mental model is meant."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="segments")
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["team", "name"], name="segment_once_in_team"),
            models.CheckConstraint(condition=~Q(name=""), name="segment_has_a_name"),
        ]

    def __str__(self):
        return self.name
