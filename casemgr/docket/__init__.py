"""The docket file: one or many cases with their evidence, in and out (docs/docket-format.md).

The steps of reading are the files: ``parse`` (text to nodes) → ``typed`` (nodes to values, by
the type each field has) → ``explain`` (what the published schema refuses, in plain words) →
``check`` (what no schema can say) → ``build`` (the frozen dataclasses of ``casemgr.apa.record``).
``read`` shows the whole pipeline. Nothing here imports Django or touches a database.
"""

from casemgr.docket.errors import DocketError, Problem
from casemgr.docket.read import read_docket
from casemgr.docket.records import records
from casemgr.docket.write import write_docket, write_docket_json

__all__ = [
    "DocketError",
    "Problem",
    "read_docket",
    "records",
    "write_docket",
    "write_docket_json",
]
