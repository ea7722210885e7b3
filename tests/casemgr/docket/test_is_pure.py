"""Reading, writing and reporting need neither Django nor its settings."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[3]


def test_a_docket_is_read_assessed_and_shown_without_django():
    program = (
        "import sys; from pathlib import Path\n"
        "from casemgr.apa.assess import assess_all\n"
        "from casemgr.docket import read_docket, records, write_docket\n"
        "from casemgr.docket.output import report_text\n"
        "docket = read_docket(Path('docs/docket-example.yaml')); write_docket(docket)\n"
        "of_cases = records(docket); assert report_text(assess_all(of_cases), of_cases)\n"
        "sys.exit(any(name.split('.')[0] in ('django', 'psycopg') for name in sys.modules))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr or "something imports Django"
