from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from workshops.models import Membership, Role, Segment, User


class OurWidgets:
    """Gives every field the look of the design system."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "input")


class PlainTextField(forms.CharField):
    """One line of text: spaces are folded, and characters that PostgreSQL or a page cannot carry are refused."""

    def clean(self, value):
        """The text, or an error in words."""
        text = " ".join(super().clean(value).split())
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise forms.ValidationError(_("This text holds a broken character. Please type it again."))
        if self.required and not text:
            raise forms.ValidationError(self.error_messages["required"])
        return text


class MemberForm(OurWidgets, forms.Form):
    """Adds a person to the team by e-mail address."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = PlainTextField(label=_("Name"), max_length=120)
    access = forms.ChoiceField(label=_("Access"), choices=Membership.Access, initial=Membership.Access.MEMBER)
    role = forms.ModelChoiceField(Role.objects.none(), label=_("Role"), required=False, empty_label=_("No role yet"))

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.team = team
        self.fields["role"].queryset = team.roles.all()

    def clean_email(self):
        """Lower-cased; refused when that person is a member already."""
        email = self.cleaned_data["email"].lower()
        if self.team.memberships.filter(user__email=email).exists():
            raise forms.ValidationError(_("This person is a member already."))
        return email

    def save(self):
        """The new membership; the account is made when the address has none."""
        user = User.objects.of_email(self.cleaned_data["email"], self.cleaned_data["name"])
        return self.team.add_member(user, self.cleaned_data["access"], self.cleaned_data["role"])


class MembershipForm(forms.ModelForm):
    """Changes what a member may do, and their role."""

    class Meta:
        model = Membership
        fields = ["access", "role"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = self.instance.team.roles.all()
        self.fields["role"].empty_label = _("No role yet")


class RoleForm(OurWidgets, forms.ModelForm):
    """Adds or renames a role of the team."""

    name = PlainTextField(label=_("Name"), max_length=120)

    class Meta:
        model = Role
        fields = ["name", "lens"]

    def clean_name(self):
        """Refused when another role of the team is called so."""
        name = self.cleaned_data["name"]
        others = Role.objects.filter(team=self.instance.team_id, name__iexact=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("The team has a role of this name."))
        return name

    def clean_lens(self):
        """Refused once a round that the role answered is closed: else groups before and after tell who moved."""
        lens = self.cleaned_data["lens"]
        if "lens" in self.changed_data and self.instance.pk is not None:
            closed = self.instance.participants.filter(workshop__rounds__closed_at__isnull=False)
            if closed.exists():
                raise forms.ValidationError(_("Answers of this role are in: its lens stays as it is. Add a new role."))
        return lens

    def save(self, commit=True):
        """The role; a new one gets a key of its own, at the end of the list."""
        if self.instance.pk is None:
            taken = set(self.instance.team.roles.values_list("key", flat=True))
            self.instance.key = _free_key(self.cleaned_data["name"], taken)
            self.instance.position = len(taken)
        return super().save(commit)


def _free_key(name, taken):
    base = slugify(name)[:32] or "role"
    return next(key for n in range(len(taken) + 1) if (key := base if n == 0 else f"{base}-{n + 1}") not in taken)


class SegmentForm(OurWidgets, forms.ModelForm):
    """Adds a segment of customers."""

    name = PlainTextField(label=_("Name"), max_length=200)

    class Meta:
        model = Segment
        fields = ["name"]

    def clean_name(self):
        """Refused when the team has it already."""
        name = self.cleaned_data["name"]
        if Segment.objects.filter(team=self.instance.team_id, name=name).exists():
            raise forms.ValidationError(_("The team has this segment already."))
        return name
