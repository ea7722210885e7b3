"""unexplained-definition: an undefined term needs an explained, bounded meaning.

Xiaomi Corp. v. Dep't of Defense, No. 21-280 (D.D.C. Mar. 12, 2021) ("affiliated with"); Hikvision
USA v. FCC, 97 F.4th 938 (D.C. Cir. 2024) (over-broad and unexplained: remanded); contrast Hesai
Tech. Co. v. Dep't of Defense, No. 24-1381 (D.D.C. July 11, 2025) (dictionary-based and explained).
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import ElementView, listed
from casemgr.words import Reasoning, Severity

AUTHORITIES = (
    "Xiaomi Corp. v. Dep't of Defense, No. 21-280 (D.D.C. Mar. 12, 2021)",
    "Hikvision USA v. FCC, 97 F.4th 938 (D.C. Cir. 2024)",
    "Hesai Tech. Co. v. Dep't of Defense, No. 24-1381 (D.D.C. July 11, 2025) (contrast)",
)
UNREASONED = (Reasoning.NONE, Reasoning.BOILERPLATE, Reasoning.RESTATES_STANDARD)


def unexplained_definition(view: ElementView) -> Iterator[Flag]:
    """Raised when the element turns on an undefined term and the finding does not define it.

    A definition given with no reasons raises it too. Cured by defining the term, with reasons,
    before decision.
    """
    terms = view.element.undefined_terms
    finding = view.finding
    if not terms:
        if finding is not None and finding.defines_none:
            yield _flag(view, "the finding leaves undefined the terms it turns on", ())
        return
    defined = {term.casefold() for term, _ in finding.defines} if finding else set()
    missing = tuple(term for term in terms if term.casefold() not in defined)
    if missing and _left_undefined(view):
        quoted = listed([f"“{term}”" for term in missing])
        yield _flag(view, f"nothing in time says what {quoted} means", missing)
    elif not missing and view.reasoning in UNREASONED:
        quoted = listed([f"“{term}”" for term in terms])
        yield _flag(view, f"a meaning of {quoted} is asserted without reasons", terms)


def _left_undefined(view: ElementView) -> bool:
    """In a summary, silence about a definition is neutral; a late or denied one is not."""
    if view.live:
        return True
    if view.finding is None:
        return view.late_finding is not None
    return view.finding.defines_none or (
        view.late_finding is not None and bool(view.late_finding.defines)
    )


def _flag(view: ElementView, what: str, terms: tuple[str, ...]) -> Flag:
    return Flag(
        doctrine="unexplained-definition",
        severity=Severity.SERIOUS,
        statement=f"{view.where}: {what}.",
        authorities=AUTHORITIES,
        cures=(
            "Define the term in the finding, with its limits and the reasons, before decision.",
        ),
        subject=",".join(terms),
    )
