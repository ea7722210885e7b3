"""What can happen to evidence. Each action is one transaction with its actor and reason."""

from evidence.actions.contents import (
    StatedClaim,
    state_chip_diversion,
    state_claims,
    state_fraudulent_accounts,
)
from evidence.actions.custody import record_custody
from evidence.actions.derivation import derive, end_derivation
from evidence.actions.drafts import discard_draft, file_of, keep_draft, keep_file
from evidence.actions.entry import NewFile, amend_item, enter_item
from evidence.actions.exhibits import MAX_EXHIBIT_BYTES, attach_exhibit, read_exhibit
from evidence.actions.grading import grade_source
from evidence.actions.imports import (
    import_derivation,
    import_evidence,
    import_exhibit,
    import_grading,
)
from evidence.actions.items import amend, check_markings, log_evidence, withdraw
from evidence.actions.sharing import open_lineage, share
from evidence.actions.sources import add_source, amend_source

__all__ = [
    "MAX_EXHIBIT_BYTES",
    "NewFile",
    "StatedClaim",
    "add_source",
    "amend",
    "amend_item",
    "amend_source",
    "attach_exhibit",
    "check_markings",
    "derive",
    "discard_draft",
    "end_derivation",
    "enter_item",
    "file_of",
    "grade_source",
    "import_derivation",
    "import_evidence",
    "import_exhibit",
    "import_grading",
    "keep_draft",
    "keep_file",
    "log_evidence",
    "open_lineage",
    "read_exhibit",
    "record_custody",
    "share",
    "state_chip_diversion",
    "state_claims",
    "state_fraudulent_accounts",
    "withdraw",
]
