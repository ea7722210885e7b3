"""What is known and how: sources, items, their derivation and grading, files and custody."""

from evidence.models.claim import Claim
from evidence.models.custody import BY_HAND, CustodyEvent, CustodyKind
from evidence.models.dataset import (
    ClaimCheck,
    Dataset,
    DatasetFormat,
    DatasetState,
    DatasetTable,
    Figure,
)
from evidence.models.derivation import DERIVATION_LOCK, Derivation
from evidence.models.descriptor import SourceDescriptor, descriptors_today
from evidence.models.draft import EntryDraft
from evidence.models.exhibit import Blob, BytesState, Exhibit
from evidence.models.grading import Grading
from evidence.models.intake import Intake, IntakeState, IntakeStep
from evidence.models.item import EvidenceItem, Share
from evidence.models.job import Job, JobKind, JobPart, JobState
from evidence.models.likeness import TextPrint
from evidence.models.passage import Passage
from evidence.models.portal import Delivery, Portal
from evidence.models.report import ChipDiversionReport, FraudulentAccountReport
from evidence.models.search import SearchText
from evidence.models.source import Source
from evidence.models.stake_support import StakeSupport
from evidence.models.stix import StixObject
from evidence.models.upload import Upload

__all__ = [
    "BY_HAND",
    "DERIVATION_LOCK",
    "Blob",
    "BytesState",
    "ChipDiversionReport",
    "Claim",
    "ClaimCheck",
    "CustodyEvent",
    "CustodyKind",
    "Dataset",
    "DatasetFormat",
    "DatasetState",
    "DatasetTable",
    "Delivery",
    "Derivation",
    "EntryDraft",
    "EvidenceItem",
    "Exhibit",
    "Figure",
    "FraudulentAccountReport",
    "Grading",
    "Intake",
    "IntakeState",
    "IntakeStep",
    "Job",
    "JobKind",
    "JobPart",
    "JobState",
    "Passage",
    "Portal",
    "SearchText",
    "Share",
    "Source",
    "SourceDescriptor",
    "StakeSupport",
    "StixObject",
    "TextPrint",
    "Upload",
    "descriptors_today",
]
