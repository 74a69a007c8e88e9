"""What a facilitator adds to a rating that is open."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workshops.models import Item

from .teams import OurWidgets
from .texts import LabelField, MultilineTextField


class LaterItemForm(OurWidgets, forms.Form):
    """Other words for something that was understood in more than one way, as an item of its own."""

    continues = forms.ModelChoiceField(
        Item.objects.none(),
        to_field_name="public_id",
        label=_("Which item is it about?"),
        help_text=_("It stays as it is, with every answer to it."),
        empty_label=_("Choose an item"),
        error_messages={
            "required": _("Choose the item it is about."),
            "invalid_choice": _("This leads nowhere. Reload the page and choose again."),
        },
    )
    title = LabelField(
        label=_("The new item"),
        help_text=_("In a few words, as people say it."),
        max_length=200,
        error_messages={"required": _("Say it in a few words first.")},
    )
    definition = MultilineTextField(
        label=_("What is meant by it"),
        help_text=_("One or two sentences. Everybody is asked whether this is what they mean."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, workshop, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["continues"].queryset = workshop.items.filter(set_aside=False)
