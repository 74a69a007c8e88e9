"""The forms in which a workshop is made and its brief is written."""

import zoneinfo
from datetime import UTC, datetime
from functools import cache

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from workshops.brief import FIELDS, values_of
from workshops.candour import LARGEST, SMALLEST
from workshops.models import Segment, Workshop
from workshops.models.public_id import new_public_id

from .teams import OurWidgets
from .texts import LabelField, MultilineTextField

YEARS = range(2000, 2200)
ELSEWHERE = ("Etc/", "posix/", "right/", "SystemV/", "US/", "Canada/", "Brazil/", "Mexico/", "Chile/")


@cache
def known_zones():
    """Every time zone of the zone database, read once."""
    return frozenset(zoneinfo.available_timezones())


def time_zones(stored):
    """Names of time zones for a select, by part of the world: those of cities, UTC, and the one that is `stored`."""
    parts = {}
    for name in sorted(known_zones()):
        if "/" in name and not name.startswith(ELSEWHERE):
            parts.setdefault(name.split("/")[0], []).append((name, name.replace("_", " ")))
    listed = {name for zones in parts.values() for name, _word in zones} | {"UTC"}
    return [("UTC", "UTC"), *([] if stored in listed else [(stored, stored)]), *parts.items()]


class TimeZoneField(forms.ChoiceField):
    """A time zone by its name in the zone database, listed or not."""

    def valid_value(self, value):
        """Whether there is such a zone here."""
        return value in known_zones()


class WallClockField(forms.Field):
    """Day and time as a clock on the wall shows them; the zone is another field."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value):
        """A datetime without zone, or None."""
        text = (value or "").strip()
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text).replace(second=0, microsecond=0)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is not None or moment.year not in YEARS:
            raise forms.ValidationError(_("Say a day and a time, such as 2030-05-31 14:00."))
        return moment


class NewWorkshopForm(OurWidgets, forms.Form):
    """Makes a workshop: a blank one, or one that continues an earlier one of the team."""

    title = LabelField(label=_("Title"), max_length=200)
    question = LabelField(
        label=_("Question"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One question about one kind of customer. You can sharpen it until people answer."),
    )
    continues = forms.ModelChoiceField(
        Workshop.objects.none(),
        label=_("Begin with"),
        required=False,
        empty_label=_("A blank workshop"),
        to_field_name="public_id",
        help_text=_("An earlier workshop lends its brief and items, so that you can compare. No answers come along."),
    )
    same_people = forms.BooleanField(label=_("Put the same people on the list"), required=False)

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.team = team
        self.fields["continues"].queryset = team.workshops.all()
        self.fields["same_people"].widget.attrs.pop("class")

    @property
    def ticket(self):
        """The id of the workshop to be made, signed: a form sent twice names the same one and makes it once."""
        return self._signer.sign(new_public_id())

    def public_id(self):
        """The id that the form came with; a new one where it has been tampered with or left out."""
        try:
            return self._signer.unsign(self.data.get("ticket", ""))
        except signing.BadSignature:
            return new_public_id()

    @property
    def _signer(self):
        return signing.Signer(salt=f"new-workshop {self.team.pk}")


class BriefForm(OurWidgets, forms.Form):
    """The brief of a workshop as a whole."""

    title = LabelField(label=_("Title"), max_length=200)
    question = LabelField(
        label=_("Question"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What do you want to see the same way? One question, about these customers."),
    )
    segment = forms.ModelChoiceField(
        Segment.objects.none(),
        label=_("Segment"),
        required=False,
        to_field_name="name",
        empty_label=_("Not chosen yet"),
        help_text=_("The customers who are meant."),
    )
    new_segment = LabelField(label=_("Or a new segment"), max_length=200, required=False)
    strategy = MultilineTextField(
        label=_("Strategy"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One paragraph. People first say it in their own words, and see yours after that."),
    )
    horizon = LabelField(
        label=_("Horizon"),
        max_length=200,
        required=False,
        help_text=_("How far ahead it looks, such as “the next 12 months”."),
    )
    candour = forms.ChoiceField(label=_("Candour"), choices=Workshop.Candour, widget=forms.RadioSelect)
    k = forms.IntegerField(
        label=_("Smallest group shown"),
        max_value=LARGEST,
        help_text=_("At least 3 people; 5 where only the whole team is shown."),
    )
    deadline = WallClockField(
        label=_("Please write until"), required=False, help_text=_("It reminds, it never closes anything.")
    )
    live_at = WallClockField(label=_("Live session"), required=False, help_text=_("About 90 minutes, together."))
    time_zone = TimeZoneField(label=_("Time zone"), help_text=_("Of both times."))

    def __init__(self, *args, workshop, **kwargs):
        self.workshop = workshop
        super().__init__(*args, initial=typed_as(values_of(workshop)), **kwargs)
        self.fields["segment"].queryset = workshop.team.segments.all()
        self.fields["time_zone"].choices = time_zones(workshop.time_zone)
        self.fields["k"].widget.attrs["min"] = min(SMALLEST.values())

    def clean(self):
        """What one field says must fit what another one says."""
        cleaned = super().clean()
        smallest = SMALLEST.get(cleaned.get("candour"))
        if smallest and cleaned.get("k") is not None and cleaned["k"] < smallest:
            message = _("In this mode no group smaller than %(smallest)d is shown.")
            self.add_error("k", forms.ValidationError(message, params={"smallest": smallest}))
        if zone := cleaned.get("time_zone"):
            for name in ("deadline", "live_at"):
                self._place(name, zoneinfo.ZoneInfo(zone))
        return cleaned

    def _place(self, name, zone):
        """Turn a time on the wall into a moment."""
        wall = self.cleaned_data.get(name)
        if wall is None:
            return
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != wall:
            self.add_error(name, _("The clocks go forward then: this time does not exist. Choose one an hour later."))
        else:
            self.cleaned_data[name] = moment

    def values(self):
        """What was typed, as `workshops.brief` has it; a segment that the team has is found whatever its case."""
        typed = {name: self.cleaned_data[name] for name in FIELDS}
        name = self.cleaned_data["new_segment"]
        chosen = self.workshop.team.segments.filter(name__iexact=name).first() if name else typed["segment"]
        typed["segment"] = chosen.name if chosen else name
        return typed


def typed_as(values):
    """The values of a brief as its form shows them: moments by the clock on the wall."""
    zone = zoneinfo.ZoneInfo(values["time_zone"])
    walls = {
        name: values[name] and values[name].astimezone(zone).replace(tzinfo=None) for name in ("deadline", "live_at")
    }
    return values | walls
