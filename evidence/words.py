"""The closed lists of values of evidence (docs/docket-format.md), shared by models and engine."""

from designations.words import Word


class SourceRole(Word):
    """Who a source is to the matter; the default of its interest."""

    AFFECTED_PARTY = "affected-party"
    DECIDING_AUTHORITY = "deciding-authority"
    US_GOVERNMENT = "us-government"
    FOREIGN_GOVERNMENT = "foreign-government"
    INTERNATIONAL_BODY = "international-body"
    COURT = "court"
    RESPONDENT = "respondent"
    PRESS = "press"
    ACADEMIC = "academic"
    COMMERCIAL = "commercial"
    PUBLIC_RECORD = "public-record"
    OTHER = "other"


class Interest(Word):
    """Whether a source gains by the finding."""

    DEFAULT = "default"
    INTERESTED = "interested"
    DISINTERESTED = "disinterested"


class EvidenceKind(Word):
    """What an evidence item is."""

    FRAUDULENT_ACCOUNT_REPORT = "fraudulent-account-report"
    CHIP_DIVERSION_REPORT = "chip-diversion-report"
    PROXY_SERVICE_REPORT = "proxy-service-report"
    MODEL_SIMILARITY = "model-similarity"
    GOVERNMENT_FINDING = "government-finding"
    INTELLIGENCE_REPORT = "intelligence-report"
    CORPORATE_REGISTRY = "corporate-registry"
    FINANCIAL_RECORD = "financial-record"
    PRESS_REPORT = "press-report"
    EXPERT_DECLARATION = "expert-declaration"
    MILITARY_NEXUS = "military-nexus"
    COURT_FILING = "court-filing"
    RESPONDENT_SUBMISSION = "respondent-submission"
    LEGAL_MEMORANDUM = "legal-memorandum"
    TECHNICAL_RECORD = "technical-record"
    CORRESPONDENCE = "correspondence"
    OTHER = "other"


class Hand(Word):
    """How close the source is to the fact."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    UNKNOWN = "unknown"


class Reliability(Word):
    """Admiralty code, reliability of the source."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Content(Word):
    """Whether what the item says is described to the reader."""

    SEEN = "seen"
    NOT_SEEN = "not-seen"


class Access(Word):
    """Who may read the item; what the engine's openness questions look at."""

    PUBLIC = "public"
    CUI = "cui"
    PROPRIETARY = "proprietary"
    PRIVILEGED = "privileged"
    CLASSIFIED = "classified"
    WITHHELD = "withheld"


class Privilege(Word):
    """The privilege claimed for an item."""

    NONE = "none"
    ATTORNEY_CLIENT = "attorney-client"
    WORK_PRODUCT = "work-product"
    DELIBERATIVE = "deliberative"
    LAW_ENFORCEMENT = "law-enforcement"


class Translation(Word):
    """State of the translation of an item not in English."""

    CERTIFIED = "certified"
    UNCERTIFIED = "uncertified"
    NONE = "none"


class Integrity(Word):
    """State of the item's bytes and custody."""

    INTACT = "intact"
    GAP = "gap"
    LOST = "lost"
    MISMATCH = "mismatch"
    CITATION_ONLY = "citation-only"


class DerivationKind(Word):
    """How an item comes from another or from a source."""

    RELAYS = "relays"
    COPIES = "copies"
    SAME_TEXT = "same-text"
    TRANSLATES = "translates"
    SUMMARIZES = "summarizes"
    ANALYZES = "analyzes"
    VERIFIES = "verifies"

    @property
    def collapses(self) -> bool:
        """Whether the child stands for its parent's origin instead of one of its own."""
        return self not in (DerivationKind.ANALYZES, DerivationKind.VERIFIES)


class Comparator(Word):
    """How a claimed number is bounded."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    ABOUT = "about"
    EXACTLY = "exactly"


class ClaimState(Word):
    """What checking a claimed number against its data showed."""

    VERIFIED = "verified"
    CONTRADICTED = "contradicted"
    UNVERIFIABLE = "unverifiable"
    NEVER = "never"


class Ended(Word):
    """The state an item shows ended, the day not stated."""

    BEFORE_DECISION = "before-decision"


class RelativeTo(Word):
    """The event an item or finding is placed against when only the order is known."""

    DECISION = "decision"
    CONDUCT = "conduct"


class Order(Word):
    """Before or after that event."""

    BEFORE = "before"
    AFTER = "after"


class ExhibitRole(Word):
    """What a file is to its item."""

    ORIGINAL = "original"
    COPY = "copy"
    TRANSLATION = "translation"
    REDACTION = "redaction"
    EXTRACT = "extract"
    DATASET = "dataset"
    OTHER = "other"
