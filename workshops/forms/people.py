from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workshops.forms.pasted_people import PastedPeople, Places
from workshops.forms.teams import OurWidgets, PlainTextField
from workshops.models import Participant
from workshops.people import MOST_PEOPLE, Newcomer, room_in

MOST_LETTERS = MOST_PEOPLE * 400


class PasteForm(OurWidgets, forms.Form):
    """Adds people by a pasted list; nobody of it is added until every line is right."""

    lines = forms.CharField(
        label=_("One person a line"), max_length=MOST_LETTERS, strip=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    place = forms.ChoiceField(label=_("Role of lines that name none"), required=False)

    def __init__(self, *args, workshop, **kwargs):
        super().__init__(*args, **kwargs)
        self.workshop = workshop
        self.places = Places(workshop)
        self.fields["place"].choices = [("", _("None: every line names its role")), *self.places.choices]

    def clean(self):
        """The people in `newcomers`; each wrong line is one error of the field."""
        cleaned = super().clean()
        text = cleaned.get("lines")
        if text is not None and "place" in cleaned:
            pasted = PastedPeople(self.workshop, text, self.places, cleaned["place"])
            for problem in pasted.shown_problems or (
                [] if pasted.newcomers else [_("Write down at least one person.")]
            ):
                self.add_error("lines", problem)
            self.newcomers = pasted.newcomers
        return cleaned


class MembersForm(forms.Form):
    """Adds members of the team who are not in the workshop yet, each with a role."""

    def __init__(self, *args, workshop, **kwargs):
        super().__init__(*args, **kwargs)
        self.workshop = workshop
        self.places = Places(workshop)
        here = Participant.everybody.filter(workshop=workshop)
        others = workshop.team.memberships.select_related("user", "role").exclude(
            user__in=here.filter(user__isnull=False).values("user")
        )
        taken = {address.lower() for address in here.exclude(email="").values_list("email", flat=True)}
        self.members = sorted(
            (member for member in others if member.user.email not in taken), key=lambda member: str(member.user)
        )
        for member in self.members:
            self._offer(member)

    def _offer(self, member):
        self.fields[f"take-{member.public_id}"] = forms.BooleanField(required=False)
        self.fields[f"place-{member.public_id}"] = forms.ChoiceField(
            choices=[("", _("Which role?")), *self.places.choices],
            required=False,
            initial=str(member.role_id or ""),
            widget=forms.Select(attrs={"class": "input"}),
        )

    @property
    def rows(self):
        """Each member with the fields about them."""
        return [(m, self[f"take-{m.public_id}"], self[f"place-{m.public_id}"]) for m in self.members]

    def clean(self):
        """The people in `newcomers`."""
        cleaned = super().clean()
        chosen = [member for member in self.members if cleaned.get(f"take-{member.public_id}")]
        for member in chosen:
            if not cleaned.get(f"place-{member.public_id}"):
                self.add_error(f"place-{member.public_id}", _("Choose a role for %(name)s.") % {"name": member.user})
        if not chosen:
            self.add_error(None, _("Choose at least one member."))
        elif len(chosen) > (room := room_in(self.workshop)):
            words = ngettext("There is room for %(n)d more person.", "There is room for %(n)d more people.", room)
            self.add_error(None, words % {"n": room})
        self.newcomers = [] if self.errors else [self._newcomer(member) for member in chosen]
        return cleaned

    def _newcomer(self, member):
        role = self.places.chosen(self.cleaned_data[f"place-{member.public_id}"])
        return Newcomer(str(member.user)[:120], member.user.email, role, member.user)


class PersonForm(OurWidgets, forms.Form):
    """Changes a person's name and, while roles are not frozen, their role. Observers have none."""

    name = PlainTextField(label=_("Name"), max_length=120)
    role = forms.ModelChoiceField(None, label=_("Role"), empty_label=None)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, initial={"name": person.name, "role": person.role_id}, **kwargs)
        self.fields["role"].queryset = person.workshop.team.roles.all()
        if person.standing == Participant.Standing.OBSERVER:
            del self.fields["role"]


class ReplacementForm(OurWidgets, forms.Form):
    """Puts somebody else in a person's place."""

    name = PlainTextField(label=_("Name of the new person"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, auto_id="id_new_%s", **kwargs)
        self.person = person

    def clean_email(self):
        """Lower-cased; refused when somebody else of the workshop has it."""
        email = self.cleaned_data["email"].lower()
        others = Participant.everybody.filter(workshop=self.person.workshop_id).exclude(pk=self.person.pk)
        if others.filter(email__iexact=email).exists() or others.filter(user__email=email).exists():
            raise forms.ValidationError(_("Somebody of this address is in this workshop already."))
        return email

    def newcomer(self):
        """The new person, in the same role; with their account where they are a member."""
        email = self.cleaned_data["email"]
        member = self.person.workshop.team.memberships.filter(user__email=email).select_related("user").first()
        return Newcomer(self.cleaned_data["name"], email, self.person.role, member.user if member else None)
