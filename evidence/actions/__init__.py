"""What can happen to evidence. Each action is one transaction with its actor and reason."""

from evidence.actions.certificate import Certificate, NotWholeError, certify
from evidence.actions.claims import check_claims, check_claims_resting_on
from evidence.actions.contents import (
    StatedClaim,
    state_chip_diversion,
    state_claims,
    state_fraudulent_accounts,
)
from evidence.actions.custody import enter_by_hand, record_custody
from evidence.actions.datasets import (
    declare_dataset,
    head_and_match,
    remove_dataset,
)
from evidence.actions.derivation import derive, end_derivation
from evidence.actions.descriptors import describe_source, end_descriptor, import_descriptor
from evidence.actions.drafts import discard_draft, file_of, keep_draft, keep_file
from evidence.actions.entry import NewFile, amend_item, enter_item
from evidence.actions.exhibits import (
    MAX_EXHIBIT_BYTES,
    NotKeptError,
    TakenUpError,
    WithheldError,
    attach_exhibit,
    read_exhibit,
)
from evidence.actions.grading import grade_source
from evidence.actions.imports import (
    import_derivation,
    import_evidence,
    import_exhibit,
    import_grading,
)
from evidence.actions.intake import NotInQuarantineError, release
from evidence.actions.integrity import check_exhibit
from evidence.actions.items import amend, check_markings, log_evidence, withdraw
from evidence.actions.sharing import open_lineage, share
from evidence.actions.sources import add_source, amend_source
from evidence.actions.uploads import NotYoursError, add_bytes, begin_upload, discard_upload

__all__ = [
    "MAX_EXHIBIT_BYTES",
    "Certificate",
    "NewFile",
    "NotInQuarantineError",
    "NotKeptError",
    "NotWholeError",
    "NotYoursError",
    "StatedClaim",
    "TakenUpError",
    "WithheldError",
    "add_bytes",
    "add_source",
    "amend",
    "amend_item",
    "amend_source",
    "attach_exhibit",
    "begin_upload",
    "certify",
    "check_claims",
    "check_claims_resting_on",
    "check_exhibit",
    "check_markings",
    "declare_dataset",
    "derive",
    "describe_source",
    "discard_draft",
    "discard_upload",
    "end_derivation",
    "end_descriptor",
    "enter_by_hand",
    "enter_item",
    "file_of",
    "grade_source",
    "head_and_match",
    "import_derivation",
    "import_descriptor",
    "import_evidence",
    "import_exhibit",
    "import_grading",
    "keep_draft",
    "keep_file",
    "log_evidence",
    "open_lineage",
    "read_exhibit",
    "record_custody",
    "release",
    "remove_dataset",
    "share",
    "state_chip_diversion",
    "state_claims",
    "state_fraudulent_accounts",
    "withdraw",
]
