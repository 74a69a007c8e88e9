from django import forms
from django.utils.translation import gettext_lazy as _

from .teams import OurWidgets


class DeletionForm(OurWidgets, forms.Form):
    """Asks to type the title of what is to be deleted."""

    title = forms.CharField(
        label=_("Type the title of the workshop"), max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args, workshop, **kwargs):
        super().__init__(*args, **kwargs)
        self.workshop = workshop

    def clean_title(self):
        """Refused unless it is the title; spaces are not looked at too closely."""
        typed = self.cleaned_data["title"].split()
        if typed != self.workshop.title.split():
            raise forms.ValidationError(_("That is not its title. Nothing was deleted."))
        return self.workshop.title
