"""Forms of what hangs on an item: grading, derivation, files, withdrawal."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from access.models import User
from evidence.admiralty import CREDIBILITY, OF_THE_SOURCE, OF_THE_STATEMENT, RELIABILITY
from evidence.models import BY_HAND, CustodyKind, EvidenceItem, Exhibit, Source
from evidence.web.forms.fields import StatedDateField, WordField
from evidence.web.forms.refusing import ActionForm, ReasonedForm
from evidence.words import DerivationKind, ExhibitRole, Reliability

NOT_STATED = ("", "not stated")
RELIABILITY_CHOICES = [NOT_STATED, *((each.code, each.choice) for each in RELIABILITY)]
CREDIBILITY_CHOICES = [NOT_STATED, *((each.code, each.choice) for each in CREDIBILITY)]


class GradingForm(ReasonedForm):
    """How far the source is trusted, and the statement believed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reliability = forms.TypedChoiceField(
        label="The source is",
        choices=RELIABILITY_CHOICES,
        required=False,
        coerce=Reliability,
        empty_value=None,
        help_text=OF_THE_SOURCE,
    )
    credibility = forms.TypedChoiceField(
        label="What it says is",
        choices=CREDIBILITY_CHOICES,
        required=False,
        coerce=int,
        empty_value=None,
        help_text=OF_THE_STATEMENT,
    )

    def clean(self) -> dict[str, Any]:
        """At least one of the two."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not (given.get("reliability") or given.get("credibility")):
            raise ValidationError("Grade the source, the statement, or both.")
        return given


class DerivationForm(ReasonedForm):
    """Where the item comes from: another item by its key, or a source by name or key."""

    parent = forms.CharField(
        label="It comes from",
        max_length=300,
        help_text="The key of an item (E-…), or the name or key of a source outside the record.",
    )
    kind = WordField(
        DerivationKind,
        stated=True,
        label="How",
        help_text="relays, copies, same text, translates and summarizes add no origin of their "
        "own; analyzes and verifies do.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_parent(self) -> EvidenceItem | Source:
        """The item or the source meant, as far as the reader may see it."""
        said = self.cleaned_data["parent"]
        item = EvidenceItem.objects.visible_to(self.user).filter(key=said).first()
        if item is not None:
            return item
        source = named_source(self.user, said)
        if source is None:
            raise ValidationError(
                f"No item or source {said!r} that you may see: give a key, or the exact name."
            )
        return source


class ExhibitForm(ActionForm):
    """A file of the item."""

    file = forms.FileField(
        label="File",
        help_text="Hashed while it is read and kept under its SHA-256. Unclassified files only.",
    )
    role = forms.TypedChoiceField(
        label="What it is to the item",
        choices=ExhibitRole.choices(),
        coerce=ExhibitRole,
        initial=ExhibitRole.ORIGINAL,
    )
    acquired = StatedDateField(label="Acquired on")
    reason = forms.CharField(label="Where it came from", max_length=500, required=False)


class ReleaseForm(ReasonedForm):
    """Letting a file out of quarantine."""


class CheckForm(ReasonedForm):
    """Having the stored bytes read again."""


class CertificateForm(ReasonedForm):
    """Having a certificate of custody made."""


class CustodyForm(ReasonedForm):
    """A hand-over or a seal, which happened outside the service."""

    kind = forms.TypedChoiceField(
        label="What happened",
        choices=[(kind.value, kind.label) for kind in BY_HAND],
        coerce=CustodyKind,
    )
    exhibit = forms.ModelChoiceField(
        label="Which file it is about", queryset=Exhibit.objects.none(), required=False,
        empty_label="the item as a whole",
    )  # fmt: skip
    what = forms.CharField(
        label="To whom, or under which seal",
        max_length=300,
        help_text="From whom to whom; or what was sealed, and the number of the seal.",
    )
    on = StatedDateField(label="On", required=True)

    def __init__(self, *args: Any, item: EvidenceItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["exhibit"].queryset = item.exhibits.order_by("position", "pk")


class WithdrawalForm(ReasonedForm):
    """Taking an item out of the record; row, files and custody stay."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    on = StatedDateField(
        label="From", help_text=f"Empty: from today. {StatedDateField().help_text}"
    )


def named_source(user: User, said: str) -> Source | None:
    """The source of this key or exact name, as far as the reader may see it."""
    seen = Source.objects.visible_to(user)
    return (
        seen.filter(key=said).first()
        or seen.filter(name__iexact=said).exclude(name="").order_by("pk").first()
    )
