from django import forms
from django.utils.translation import gettext_lazy as _

from workshops.kinds import KINDS
from workshops.models.item import Kind


class FindingFilter(forms.Form):
    """Which findings and items the diff page lists; all of it stands in the URL. What it does not know it ignores."""

    item_kind = forms.ChoiceField(required=False, choices=[("", _("All")), *Kind.choices])
    role = forms.MultipleChoiceField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", _("All kinds")), *KINDS.items()])
    tier = forms.ChoiceField(required=False, choices=[("", _("All")), ("likely", _("Likely only"))])
    sort = forms.ChoiceField(
        required=False,
        choices=[("", _("Points apart")), ("importance", _("Importance")), ("order", _("The workshop’s order"))],
    )
    layer = forms.ChoiceField(required=False, choices=[("", _("Importance")), ("met", _("How it was met"))])

    def __init__(self, *args, groups=(), **kwargs):
        """`groups` are the (key, name) pairs of the roles or lenses that the viewer may see apart."""
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = groups
        self.full_clean()

    def said(self, name):
        """What was chosen, or nothing where the choice is unknown."""
        return self.cleaned_data.get(name) or ([] if name == "role" else "")

    @property
    def is_narrow(self):
        """Whether some findings may be left out."""
        return any(self.said(name) for name in ("item_kind", "role", "kind", "tier"))

    def keeps(self, finding):
        """Whether a finding is to be listed."""
        return (
            self.said("item_kind") in ("", finding.item.kind if finding.item else "")
            and self.said("kind") in ("", finding.kind)
            and self.said("tier") in ("", finding.tier)
            and (not self.said("role") or bool(set(self.said("role")) & set(finding.groups)))
        )
