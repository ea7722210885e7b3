"""The form of the page that reads a bundle of STIX."""

from typing import Any

from django import forms

from access.models import Team, User
from evidence.exchange.stix.checking import Choices, NewSource
from evidence.models import Source
from evidence.web.door import teams_to_log_for
from evidence.web.forms.fields import WordField
from evidence.web.forms.parts import named_source
from evidence.web.forms.refusing import ActionForm
from evidence.words import EvidenceKind, SourceRole


class BundleForm(ActionForm):
    """A bundle, and what it does not say itself."""

    file = forms.FileField(
        label="Bundle", required=False, help_text="STIX 2.1 or 2.0: a JSON file in UTF-8."
    )
    kind = WordField(
        EvidenceKind, label="Kind of the items", initial=EvidenceKind.TECHNICAL_RECORD.value
    )
    source = forms.CharField(
        label="Source of what names no author",
        required=False,
        max_length=300,
        help_text="The name or key of a source in the record. Empty: not stated.",
    )
    team = forms.ModelChoiceField(
        label="Team that owns them",
        queryset=Team.objects.none(),
        to_field_name="key",
        empty_label=None,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        fields: Any = self.fields
        teams = teams_to_log_for(user)
        fields["team"].queryset = teams
        if len(teams) == 1:
            fields["team"].widget = forms.HiddenInput()
            fields["team"].initial = teams[0].key

    def clean_source(self) -> Source | None:
        """The source meant, as far as the reader may see it."""
        said = self.cleaned_data["source"]
        if not said:
            return None
        source = named_source(self.user, said)
        if source is None:
            raise forms.ValidationError(f"No source {said!r} that you may see.")
        return source

    def choices(self) -> Choices:
        """What the person decided."""
        given = self.cleaned_data
        roles = {
            name.removeprefix("role-"): SourceRole(value)
            for name, value in self.data.items()
            if name.startswith("role-") and value in set(SourceRole)
        }
        kind = EvidenceKind(given["kind"] or EvidenceKind.TECHNICAL_RECORD)
        return Choices(team=given["team"], kind=kind, source=given["source"], roles=roles)


def roles_of(source: NewSource) -> list[tuple[str, bool]]:
    """The roles a new source may be given, each with whether it is the one chosen or guessed."""
    return [(role.value, role == source.role) for role in SourceRole]
