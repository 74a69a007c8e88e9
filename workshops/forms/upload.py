"""The form by which a file makes a workshop."""

from pathlib import PurePosixPath

from django import forms
from django.core import signing
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models.public_id import new_public_id
from workshops.uploading import BYTES, Upload

from .teams import OurWidgets
from .texts import LabelField

LEVELS = [(n, str(n)) for n in range(2, 11)]


class UploadForm(OurWidgets, forms.Form):
    """A file, and what a table does not say itself; `status` is that of the answer where it cannot be taken."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".json,.csv,.tsv,application/json,text/csv"}),
        help_text=gettext_lazy("JSON or CSV in UTF-8, at most 20 MB."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "missing": gettext_lazy("Choose a file."),
            "invalid": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )
    title = LabelField(
        label=gettext_lazy("Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Of the workshop that a table makes; without it the file’s name. A workshop file has its own."
        ),
    )
    levels = forms.TypedChoiceField(
        label=gettext_lazy("Points of the scales"),
        choices=LEVELS,
        coerce=int,
        initial=5,
        required=False,
        empty_value=5,
        help_text=gettext_lazy("For ratings in a table: the highest importance that could be given."),
    )

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.team = team
        self.status = 422

    def clean_file(self):
        """The file, if it is small enough to be looked into."""
        file = self.cleaned_data["file"]
        if file.size > BYTES:
            self.status = 413
            message = _("This file has %(size)s, and at most %(most)s are taken.")
            raise forms.ValidationError(message % {"size": filesizeformat(file.size), "most": filesizeformat(BYTES)})
        return file

    def said(self):
        """What was sent."""
        file, typed = self.cleaned_data["file"], self.cleaned_data
        return Upload(file.read(), typed["title"] or _title_of(file.name), typed["levels"], self._public_id())

    @property
    def ticket(self):
        """The id of the workshop to be made, signed: a form sent twice names the same one and makes it once."""
        return self._signer.sign(new_public_id())

    def _public_id(self):
        try:
            return self._signer.unsign(self.data.get("ticket", ""))
        except signing.BadSignature:
            return new_public_id()

    @property
    def _signer(self):
        return signing.Signer(salt=f"upload {self.team.pk}")


def _title_of(name):
    """What a file is called, without its ending and without what cannot be shown."""
    stem = PurePosixPath(name).stem.replace("_", " ")
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in stem).split())
    return words[:200].strip() or _("From a file")
