"""The form an item is logged and amended with: what every kind says, and what two kinds add."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from access.keys import check_key
from access.models import Marking, Team, User
from evidence.admiralty import OF_THE_SOURCE, OF_THE_STATEMENT, SCALES
from evidence.models import EvidenceItem, Source
from evidence.web.forms.fields import (
    AmountField,
    ClaimsField,
    CountField,
    LinesField,
    StatedDateField,
    WordField,
)
from evidence.web.forms.parts import CREDIBILITY_CHOICES, RELIABILITY_CHOICES, named_source
from evidence.web.forms.periods import cleaned_period
from evidence.web.forms.refusing import ActionForm
from evidence.words import (
    Access,
    Content,
    EvidenceKind,
    Hand,
    Integrity,
    Privilege,
    SourceRole,
    Translation,
)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together on the page; ``folded``: most entries leave them empty.

    ``scales``: what the codes asked for mean.
    """

    title: str
    fields: Sequence[Any]
    folded: bool = False
    scales: Sequence[Any] = ()


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class EntryForm(ActionForm):
    """What can be said of an item of any kind; all but what it says may stay empty."""

    citation = forms.CharField(
        label="Address or citation",
        required=False,
        widget=_text(2),
        help_text="Paste it first: title and date are filled in from it where they are empty.",
    )
    title = forms.CharField(label="Title", max_length=300, required=False)
    summary = forms.CharField(
        label="What it says",
        widget=_text(5),
        help_text="Neutrally, in a few sentences; who reads only this should know what it shows.",
    )
    source_name = forms.CharField(
        label="Who says it",
        required=False,
        max_length=300,
        help_text="The name or key of a source. A name not known yet becomes a new source.",
    )
    source_role = WordField(
        SourceRole, label="Who that is to the matter", help_text="Asked of a new source only."
    )
    dated = StatedDateField(label="Date it bears")
    occurred_start = StatedDateField(label="Happened from")
    occurred_end = StatedDateField(label="Happened until")
    claims = ClaimsField(label="Numbers it claims")
    hand = WordField(
        Hand, label="How close the source is to the fact", help_text="Unknown is an answer."
    )
    reliability = forms.ChoiceField(
        label="The source is",
        choices=RELIABILITY_CHOICES,
        required=False,
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
    access = WordField(Access, label="Who may read it")
    markings = forms.MultipleChoiceField(
        label="Markings", required=False, widget=forms.CheckboxSelectMultiple
    )
    privilege = WordField(Privilege, label="Privilege claimed")
    team = forms.ModelChoiceField(
        label="Team that owns it",
        queryset=Team.objects.none(),
        to_field_name="key",
        empty_label=None,
    )
    text = forms.CharField(
        label="Its text",
        required=False,
        widget=_text(6),
        help_text="Where it is typed in instead of attached as a file.",
    )
    language = forms.CharField(
        label="Language", max_length=35, required=False, help_text="en, zh-Hans, de."
    )
    translation = WordField(Translation, label="Translation")
    content = WordField(Content, label="Was its content seen")
    integrity = WordField(Integrity, label="State of bytes and custody")
    obtained = StatedDateField(label="Obtained on")
    entered = StatedDateField(label="Entered the record on")
    entered_why = forms.CharField(
        label="Why it is recorded only now",
        required=False,
        max_length=500,
        help_text="Needed for a day of entry in the past.",
    )
    supersedes = forms.CharField(
        label="Replaces the item", required=False, max_length=64, help_text="Its key."
    )
    classified_reference = forms.CharField(
        label="Identifier of a classified original",
        required=False,
        max_length=200,
        help_text="Identifier and unclassified summary only: no text and no file.",
    )
    key = forms.CharField(
        label="Key", required=False, max_length=64, help_text="Empty: one is made."
    )

    kind: ClassVar[EvidenceKind | None] = None
    own: ClassVar[tuple[str, tuple[str, ...]] | None] = None  # heading and fields of the kind
    report: ClassVar[str] = ""  # under which name the actions take the fields of the kind
    only_new: ClassVar = ("key", "reliability", "credibility", "team")

    def __init__(
        self,
        *args: Any,
        user: User,
        item: EvidenceItem | None = None,
        find_source: Callable[[User, str], Source | None] = named_source,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.item, self.find_source = user, item, find_source
        from evidence.web.door import teams_to_log_for

        shown: dict[str, Any] = self.fields
        if item is None:
            teams = teams_to_log_for(user)
            shown["team"].queryset = teams
            if len(teams) == 1:
                shown["team"].widget = forms.HiddenInput()
                shown["team"].initial = self.initial.setdefault("team", teams[0].key)
        else:
            for name in self.only_new:
                del shown[name]
        cleared = Marking.objects.filter(code__in=user.cleared_markings)
        shown["markings"].choices = [(each.code, f"{each.code} – {each.title}") for each in cleared]
        if not shown["markings"].choices:
            del shown["markings"]
        shown["source_name"].widget.attrs["list"] = "source-names"
        shown["source_name"].widget.attrs["autocomplete"] = "off"

    @property
    def sections(self) -> Iterator[Section]:
        """The fields as the page shows them, those of the kind after who says it."""
        whole: list[tuple[str, tuple[str, ...], bool]] = [
            ("What it is", ("citation", "title", "summary"), False),
            ("Who says it, and when", ("source_name", "source_role", "dated"), False),
        ]
        if self.own is not None:
            whole.append((*self.own, False))
        whole += [
            ("Numbers", ("claims",), False),
            ("How far to trust it", ("hand", "reliability", "credibility"), False),
            ("Handling", ("access", "markings", "privilege", "team"), False),
            (
                "More, where it is known",
                (
                    "occurred_start", "occurred_end", "obtained", "language", "translation",
                    "content", "integrity", "text", "supersedes", "entered", "entered_why",
                    "classified_reference", "key",
                ),
                True,
            ),
        ]  # fmt: skip
        for title, names, folded in whole:
            fields = [self[name] for name in names if name in self.fields]
            wrong = any(field.errors for field in fields)
            if any(not field.is_hidden for field in fields):
                graded = any(field.name == "reliability" for field in fields)
                yield Section(title, fields, folded and not wrong, SCALES if graded else ())

    def clean_key(self) -> str:
        """A key that an address can name and no item has."""
        key: str = self.cleaned_data["key"]
        if key:
            check_key(key)
        if key and EvidenceItem.objects.filter(key=key).exists():
            raise forms.ValidationError("This key is taken. Leave it empty to have one made.")
        return key

    def clean_supersedes(self) -> EvidenceItem | None:
        """The item replaced, as far as the reader may see it."""
        key = self.cleaned_data["supersedes"]
        if not key:
            return None
        found = EvidenceItem.objects.visible_to(self.user).filter(key=key).first()
        if found is None:
            raise forms.ValidationError(f"No evidence item {key!r} that you may see.")
        return found

    def clean(self) -> dict[str, Any]:
        """Ends after beginnings, a source found or its role asked for."""
        given: dict[str, Any] = super().clean() or {}
        given["occurred"] = cleaned_period(self, given, "occurred")
        said = given.get("source_name", "")
        given["source"] = self.find_source(self.user, said) if said else None
        given["new_source"] = None
        if said and given["source"] is None:
            if given.get("source_role"):
                given["new_source"] = {"name": said, "role": given["source_role"]}
            elif "source_role" not in self.errors:
                self.add_error("source_role", f"No source is named {said!r} yet: say who that is.")
        if given.get("classified_reference") and given.get("text"):
            self.add_error(
                "text",
                "This system is unclassified: of a classified original it holds identifier and "
                "unclassified summary only. Remove the text.",
            )
        return given

    def stated(self) -> dict[str, Any]:
        """What was given, as the actions take it."""
        given = dict(self.cleaned_data)
        stated = {
            name: given[name]
            for name in (
                "source", "title", "summary", "text", "citation", "privilege", "access",
                "classified_reference", "occurred", "dated", "obtained", "hand", "content",
                "language", "translation", "integrity", "supersedes", "claims", "entered_why",
            )
        }  # fmt: skip
        if given["entered"] is not None:
            stated["entered"] = given["entered"]
        if "markings" in self.fields:
            stated["markings"] = given["markings"]
        if given["new_source"]:
            stated["new_source"] = given["new_source"]
        if self.item is None:
            stated |= {name: given[name] for name in ("reliability", "credibility")}
            if given["reliability"] or given["credibility"]:
                stated["graded"] = True
            if given["key"]:
                stated["key"] = given["key"]
        if self.report:
            stated[self.report] = self.of_report(given)
        return stated

    def of_report(self, given: dict[str, Any]) -> dict[str, Any]:
        """The typed columns; a kind with columns of its own says which."""
        raise NotImplementedError


class FraudulentAccountEntry(EntryForm):
    """Accounts opened under false identity to use a provider's service, and what was drawn."""

    provider = forms.CharField(label="Provider", required=False, max_length=300)
    accounts = CountField(label="Accounts")
    exchanges = CountField(label="Exchanges")
    period_start = StatedDateField(label="Period from")
    period_end = StatedDateField(label="Period until")
    evasion = LinesField(label="Methods of evasion")
    proxy_network = forms.CharField(label="Proxy network", required=False, max_length=1000)
    capabilities = LinesField(label="Capabilities targeted")
    attribution_basis = forms.CharField(
        label="Basis of attribution",
        required=False,
        widget=_text(3),
        help_text="How they know who was behind the accounts: payments, devices, addresses.",
    )

    kind = EvidenceKind.FRAUDULENT_ACCOUNT_REPORT
    report = "fraudulent_accounts"
    own = (
        "The accounts",
        (
            "provider", "accounts", "exchanges", "period_start", "period_end", "evasion",
            "proxy_network", "capabilities", "attribution_basis",
        ),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The period ends after it begins."""
        given = super().clean()
        given["period"] = cleaned_period(self, given, "period")
        return given

    def of_report(self, given: dict[str, Any]) -> dict[str, Any]:
        """The typed columns."""
        names = (
            "provider", "accounts", "exchanges", "period", "evasion", "proxy_network",
            "capabilities", "attribution_basis",
        )  # fmt: skip
        return {name: given[name] for name in names}


class ChipDiversionEntry(EntryForm):
    """Controlled chips that went where they were not licensed to go."""

    diverted = forms.CharField(label="What was diverted", required=False, max_length=300)
    eccn = forms.RegexField(
        r"^(?i:EAR99|\d[A-E]\d{3}(\.[a-z0-9.]+)?)$",
        label="ECCN",
        required=False,
        max_length=20,
        help_text="3A090, 4A090.a, or EAR99.",
        error_messages={"invalid": "An ECCN reads like 3A090 or 4A090.a; or write EAR99."},
    )
    quantity = CountField(label="Quantity")
    value_usd = AmountField(label="Value in US dollars")
    exporter = forms.CharField(label="Exporter", required=False, max_length=300)
    consignees = LinesField(label="Consignees")
    route = LinesField(label="Route", help_text="One place a line, in order.")
    end_user = forms.CharField(label="End user", required=False, max_length=300)
    license = forms.CharField(label="License status", required=False, max_length=300)

    kind = EvidenceKind.CHIP_DIVERSION_REPORT
    report = "chip_diversion"
    own = (
        "The chips",
        (
            "diverted", "eccn", "quantity", "value_usd", "exporter", "consignees", "route",
            "end_user", "license",
        ),
    )  # fmt: skip

    def clean_value_usd(self) -> Any:
        """No value below nothing."""
        value = self.cleaned_data["value_usd"]
        if value is not None and value < 0:
            raise forms.ValidationError("A value cannot be negative.")
        return value

    def of_report(self, given: dict[str, Any]) -> dict[str, Any]:
        """The typed columns."""
        names = (
            "eccn", "quantity", "value_usd", "exporter", "consignees", "route", "end_user",
            "license",
        )  # fmt: skip
        return {"item": given["diverted"], **{name: given[name] for name in names}}


_OF_KIND: dict[EvidenceKind, type[EntryForm]] = {
    EvidenceKind.FRAUDULENT_ACCOUNT_REPORT: FraudulentAccountEntry,
    EvidenceKind.CHIP_DIVERSION_REPORT: ChipDiversionEntry,
}


def form_for(kind: EvidenceKind) -> type[EntryForm]:
    """The form of a kind."""
    return _OF_KIND.get(kind, EntryForm)
