"""Made-up words: no name, number or event here is anyone's."""

from random import Random

from evidence.words import EvidenceKind, SourceRole

WHY = "Made up for measurement; nothing in it is about anyone."

_OUTLETS = {
    SourceRole.PRESS: "Invented Gazette",
    SourceRole.COMMERCIAL: "Invented Analytics Company",
    SourceRole.US_GOVERNMENT: "Invented Office",
    SourceRole.AFFECTED_PARTY: "Invented Developer",
    SourceRole.PUBLIC_RECORD: "Invented Register",
    SourceRole.ACADEMIC: "Invented Institute",
    SourceRole.COURT: "Invented Court",
    SourceRole.FOREIGN_GOVERNMENT: "Invented Ministry",
    SourceRole.RESPONDENT: "Invented Respondent",
    SourceRole.OTHER: "Invented Informant",
}
SAYS = {
    EvidenceKind.PRESS_REPORT: "An invented newspaper reports that accounts were opened in bulk.",
    EvidenceKind.FRAUDULENT_ACCOUNT_REPORT: (
        "An invented provider counts accounts that were opened under false identities."
    ),
    EvidenceKind.CHIP_DIVERSION_REPORT: (
        "An invented exporter's papers show controlled chips routed through two brokers."
    ),
    EvidenceKind.PROXY_SERVICE_REPORT: "An invented analyst maps a network of resold access.",
    EvidenceKind.MODEL_SIMILARITY: "An invented laboratory compares the answers of two models.",
    EvidenceKind.GOVERNMENT_FINDING: "An invented office finds that the conduct took place.",
    EvidenceKind.CORPORATE_REGISTRY: "An invented register shows who holds the shares.",
    EvidenceKind.FINANCIAL_RECORD: "An invented bank's statement shows the payments.",
    EvidenceKind.TECHNICAL_RECORD: "Invented logs show requests from one address range.",
    EvidenceKind.EXPERT_DECLARATION: "An invented expert explains what the logs mean.",
    EvidenceKind.COURT_FILING: "A filing in an invented case describes the same conduct.",
    EvidenceKind.RESPONDENT_SUBMISSION: "The invented respondent denies that it was involved.",
    EvidenceKind.LEGAL_MEMORANDUM: "An invented memorandum sets out the theory and its limits.",
}
"""What an item of each kind says; the kinds that are made."""

FRAUD_EVASION = ("resold access", "rotating proxies", "bulk registration", "shared payment cards")
CAPABILITIES = ("reasoning", "coding", "tool use", "translation")


def source_name(role: SourceRole, number: int) -> str:
    """Such as "Invented Gazette No. 17 (made up)"."""
    return f"{_OUTLETS.get(role, 'Invented Source')} No. {number} (made up)"


def entity_name(number: int) -> str:
    """Such as "Fictional Entity 00017 (made up)"."""
    return f"Fictional Entity {number:05d} (made up)"


def what_it_says(kind: EvidenceKind, number: int, chance: Random) -> str:
    """A neutral summary of ordinary length."""
    said = SAYS[kind]
    figure = chance.randrange(2, 90) * 100
    return (
        f"{said} It speaks of about {figure} instances over {chance.randrange(2, 14)} months, "
        f"as made-up item {number} of its case. {WHY}"
    )


def why_it_bears(code: str, chance: Random) -> str:
    """Why an item bears on an element, as an analyst would put it."""
    way = chance.choice(("shows the conduct", "dates the conduct", "names who was behind it"))
    return f"It {way} that {code} asks for, in the part on method and scope."


def finding_text(code: str, cites: list[str]) -> str:
    """A finding of ordinary length that reasons from what it cites."""
    cited = ", ".join(cites) or "no item"
    return (
        f"On the made-up record {code} is met. The items cited ({cited}) were obtained "
        "independently of one another and agree on the conduct and its period; the contrary "
        "submission was weighed and does not account for the pattern that the records show. "
        f"{WHY}"
    )


def task_title(code: str, chance: Random) -> str:
    """A piece of work of the ordinary kind."""
    return chance.choice(
        (
            f"Find an origin for {code} that owes nothing to the first",
            f"Ask the invented register who held the shares, for {code}",
            f"Answer the contrary item on {code}",
            f"Have the translation behind {code} checked",
            f"Date the conduct that {code} rests on",
            f"Write the finding on {code}",
        )
    )


def how_it_ended(chance: Random) -> str:
    """What came of a piece of work."""
    return chance.choice(("Logged and linked.", "Answered in the finding.", "No such source."))


def comment_text(called: str, chance: Random) -> str:
    """A word among colleagues, calling one of them."""
    return chance.choice(
        (
            f"@{called} the made-up newspaper copied the other one: count them once.",
            f"@{called} can you date this? The made-up record gives a month only.",
            f"I read it as contrary evidence, @{called}. It wants an answer before review.",
            f"@{called} this would not survive the disinterested sources alone.",
        )
    )
