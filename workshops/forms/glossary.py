"""What stands in a glossary."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workshops.models import Item

from .teams import OurWidgets
from .texts import LabelField, MultilineTextField


class EntryForm(OurWidgets, forms.Form):
    """When we say the term, we mean the meaning."""

    term = LabelField(
        label=_("When we say"), max_length=120, error_messages={"required": _("Say which word or words it is about.")}
    )
    meaning = MultilineTextField(
        label=_("we mean"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what you mean by it.")},
    )
    item = forms.ModelChoiceField(
        Item.objects.none(),
        to_field_name="public_id",
        label=_("Which item is it from?"),
        required=False,
        empty_label=_("None"),
        error_messages={"invalid_choice": _("This item is not there any more. Choose another, or none.")},
    )
    version = forms.IntegerField(min_value=0, initial=0, widget=forms.HiddenInput)

    def __init__(self, *args, workshop, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = workshop.items.all()
