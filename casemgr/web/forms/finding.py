"""The written finding: one text with citations in it, and the little that is stated beside it."""

from collections.abc import Collection
from typing import Any

from django import forms

from casemgr.actions.findings import Wording
from casemgr.models import Finding
from casemgr.web.cites import cited
from casemgr.words import Difference

_UNSTATED = (("", "not stated"), ("yes", "yes"), ("no", "no"))
_OF = {"": None, "yes": True, "no": False}
STATED = (
    "also_cites",
    "quoted_standard",
    "defines",
    "predictive",
    "relies_on_deference",
    "alone_sufficient",
)


class FindingForm(forms.Form):
    """Counsel's conclusion on one element.

    ``base`` is the revision of the finding that its writer saw, ``draft`` that of the draft.
    """

    text = forms.CharField(
        label="Text of the finding",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "true"}),
        help_text="Facts found, the items that show them, and why they meet the words of the law. "
        "Cite by short id: E-0012, or E-0012 at p. 4.",
    )
    also_cites = forms.CharField(
        label="Rests also on",
        required=False,
        help_text="Short ids that do not stand in the text, separated by spaces.",
    )
    quoted_standard = forms.CharField(
        label="The standard, as the finding quotes it",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    defines = forms.CharField(
        label="Terms it defines",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One a line, as term: meaning.",
    )
    predictive = forms.ChoiceField(
        label="Is a judgment about the future", choices=_UNSTATED, required=False
    )
    relies_on_deference = forms.ChoiceField(
        label="Relies on a court’s deference", choices=_UNSTATED, required=False
    )
    alone_sufficient = forms.ChoiceField(
        label="Would support the decision alone", choices=_UNSTATED, required=False
    )
    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    draft = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Lines end as they do everywhere else, so that differences show words alone."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_defines(self) -> dict[str, str]:
        """Terms to meanings."""
        found: dict[str, str] = {}
        for line in self.cleaned_data["defines"].splitlines():
            term, colon, meaning = (part.strip() for part in line.partition(":"))
            if not term and not meaning:
                continue
            if not (term and colon and meaning):
                raise forms.ValidationError(f"“{line.strip()}”: write it as term: meaning.")
            found[term] = meaning
        return found

    def wording(self, known: Collection[str], finding: Finding | None) -> Wording:
        """What the action takes; ``known``: keys of the items linked to the case.

        What the form does not ask (another version of the law applied) stays as it is.
        """
        stated = self.cleaned_data
        also = stated["also_cites"].replace(",", " ").split()
        cites = tuple(dict.fromkeys((*cited(stated["text"], known), *also)))
        unsaid = finding is None or finding.cites is None
        difference = finding.applied_difference if finding else ""
        return Wording(
            text=stated["text"],
            cites=None if not cites and unsaid else cites,
            quoted_standard=stated["quoted_standard"].strip() or None,
            applied_version=finding.applied_version if finding else "",
            applied_difference=Difference(difference) if difference else None,
            defines=stated["defines"],
            defines_none=bool(finding and finding.defines_none and not stated["defines"]),
            predictive=_OF[stated["predictive"]],
            relies_on_deference=_OF[stated["relies_on_deference"]],
            alone_sufficient=_OF[stated["alone_sufficient"]],
        )


def said_in(finding: Finding | None) -> dict[str, Any]:
    """A finding as the form shows it."""
    if finding is None:
        return {"text": "", "base": 0}
    inside = set(cited(finding.text, finding.cites or ()))
    said = {True: "yes", False: "no", None: ""}
    return {
        "text": finding.text,
        "also_cites": " ".join(key for key in finding.cites or () if key not in inside),
        "quoted_standard": finding.quoted_standard or "",
        "defines": "\n".join(f"{term}: {meaning}" for term, meaning in finding.defines),
        "predictive": said[finding.predictive],
        "relies_on_deference": said[finding.relies_on_deference],
        "alone_sufficient": said[finding.alone_sufficient],
        "base": finding.revision,
    }
