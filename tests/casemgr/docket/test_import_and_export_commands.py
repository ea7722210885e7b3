"""``docket import`` and ``docket export``: into the database and out again, byte for byte."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from access.models import Team, User
from access.words import Role
from casemgr.docket import read_docket, write_docket, write_docket_json
from casemgr.models import Case
from designations.actions import load_library
from evidence.models import EvidenceItem
from tests.access.factories import TeamFactory, member

PROJECT = Path(__file__).parents[3]
DEMONSTRATION = PROJECT / "casemgr" / "demo" / "adversarial-distillation.yaml"

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def importer() -> tuple[Team, User]:
    """A team with a counsel, on an installation that holds the library."""
    load_library()
    team = TeamFactory()
    return team, member(team, Role.COUNSEL)


def docket(*arguments: str | Path) -> tuple[int, str, str]:
    """Run the command: exit code, standard output, standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("docket", *map(str, arguments), stdout=out, stderr=err, no_color=True)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def bring_in(path: Path, importer: tuple[Team, User]) -> tuple[int, str, str]:
    """Import a file."""
    team, actor = importer
    return docket("import", path, "--team", team.key, "--actor", actor.username)


def test_export_import_export_is_byte_identical(importer, tmp_path):
    assert bring_in(DEMONSTRATION, importer)[0] == 0
    _, first, _ = docket("export")
    assert first == write_docket(read_docket(DEMONSTRATION))
    path = tmp_path / "exported.yaml"
    path.write_text(first, "utf-8")
    code, said, _ = bring_in(path, importer)
    assert code == 0
    assert "0 cases and 0 evidence items added; 10 cases and 19 evidence items were there" in said
    assert docket("export")[1] == first


def test_export_writes_json_too(importer):
    bring_in(DEMONSTRATION, importer)
    assert docket("export", "--format", "json")[1] == write_docket_json(read_docket(DEMONSTRATION))


def test_a_case_comes_out_with_the_cases_it_rests_on(importer):
    bring_in(DEMONSTRATION, importer)
    _, written, _ = docket("export", "--case", "DEMO-IEEPA-PROXY")
    keys = [case.key for case in read_docket(written).cases]
    assert keys == ["DEMO-IEEPA-PROGRAM", "DEMO-IEEPA-PROXY"]


def test_a_conflict_is_an_error_with_its_line_and_stores_nothing(importer, tmp_path):
    bring_in(DEMONSTRATION, importer)
    before = Case.objects.count(), EvidenceItem.objects.count()
    text = DEMONSTRATION.read_text("utf-8").replace(
        'dated_on: "2026-02-12"', "dated_on: 2026-02-13"
    )
    path = tmp_path / "changed.yaml"
    path.write_text(text.replace("DEMO-EL-MINIMAX", "DEMO-EL-OTHER"), "utf-8")
    code, _, said = bring_in(path, importer)
    assert code == 1
    assert said.startswith(f"{path}:")
    assert "evidence[0]" in said
    assert said.endswith("docket: nothing was imported\n")
    assert (Case.objects.count(), EvidenceItem.objects.count()) == before


def test_once_leaves_cases_alone_that_people_have_worked_on_since(importer):
    team, actor = importer
    again = ("import", DEMONSTRATION, "--team", team.key, "--actor", actor.username, "--once")
    code, said, _ = docket(*again)
    assert (code, "10 cases and 19 evidence items added" in said) == (0, True)
    EvidenceItem.objects.filter(key="E-OPENAI-LETTER").update(summary="What it says, amended.")
    code, said, _ = docket(*again)
    assert (code, said.endswith("left as they are\n")) == (0, True)
    assert EvidenceItem.objects.get(key="E-OPENAI-LETTER").summary == "What it says, amended."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", DEMONSTRATION, "--team", "none", "--actor", "nobody"], "no team 'none'"),
        (["export", "--case", "NONE"], "no case 'NONE'"),
    ],
)
def test_what_is_not_there_is_wrong_usage(arguments, said):
    code, out, err = docket(*arguments)
    assert (code, out) == (2, "")
    assert said in err
