from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from workshops.models import Role
from workshops.models.public_id import new_public_id

from .teams import OurWidgets, PlainTextField

SALT = "workshops.join"


def new_nonce():
    """What makes a form one that is answered once, signed so that nobody names another's."""
    return signing.dumps(new_public_id(), salt=SALT)


class CodeForm(OurWidgets, forms.Form):
    """A join code as it is read from a wall."""

    code = PlainTextField(label=_("Code"), max_length=40)
    ticket = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        said = {"class": "input code", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        self.fields["code"].widget.attrs.update(said)


class GuestForm(OurWidgets, forms.Form):
    """Who comes in."""

    name = PlainTextField(label=_("Your name"), max_length=120)
    role = forms.ModelChoiceField(Role.objects.none(), label=_("Your role"), empty_label=_("Choose your role"))
    email = forms.EmailField(
        label=_("E-mail address, if you like"),
        required=False,
        max_length=254,
        help_text=_("So that you can ask for your link again."),
    )
    nonce = forms.CharField(max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = team.roles.all()
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_nonce(self):
        """What was signed; a form that nobody gave out, or from another day, is refused."""
        try:
            return signing.loads(self.cleaned_data["nonce"], salt=SALT, max_age=24 * 3600)
        except signing.BadSignature:
            raise forms.ValidationError(_("This form is too old. Open the link again.")) from None

    def clean_email(self):
        """In small letters."""
        return self.cleaned_data["email"].lower()


class LostLinkForm(OurWidgets, forms.Form):
    """The address that a new link goes to."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
