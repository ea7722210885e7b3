"""What the documents point to exists: files, make targets, settings, addresses of the API."""

import hashlib
import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from casemgr.apa.assess import assess_all
from casemgr.docket import read_docket, records
from casemgr.docket.output import report_text
from designations.days import PartialDate

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
ADDRESS = re.compile(r"/api/v1/[A-Za-z0-9/_<>@{}$.-]*")
NAMES = {"<slug@version>": "a@1"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(page) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    for link in links:
        if not link.startswith(("http:", "https:", "/")):
            assert (page.parent / link).exists(), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_address_of_the_api_is_one_the_service_answers(page) -> None:
    for address in ADDRESS.findall(page.read_text(encoding="utf-8")):
        named = address
        for placeholder, value in NAMES.items():
            named = named.replace(placeholder, value)
        named = re.sub(r"[<{][^>}]*[>}]|\$[A-Z]+", "1", named).rstrip(".")
        if named == "/api/v1/":
            continue
        try:
            resolve(named)
        except Resolver404:
            pytest.fail(f"{address}: the service has no such address")


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in PAGES:
        named = re.findall(r"(?:^ {4}|`)make ([a-z]+)\b", page.read_text(encoding="utf-8"), re.M)
        assert set(named) <= targets, page


def test_every_decision_says_context_decision_and_consequences() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert decisions
    for place, page in enumerate(decisions, start=1):
        assert page.name.startswith(f"{place:04d}-")
        headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.M)
        assert headings == ["Context", "Decision", "Consequences"], page


def test_the_license_is_the_apache_license_letter_for_letter() -> None:
    text = (ROOT / "LICENSE").read_bytes()
    assert hashlib.sha256(text).hexdigest() == (
        "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
    )


def test_the_transcript_in_the_readme_is_what_the_command_prints() -> None:
    """To refresh it: manage.py docket assess casemgr/demo/... --as-of 2026-11-23."""
    file = ROOT / "casemgr" / "demo" / "adversarial-distillation.yaml"
    day = PartialDate.parse("2026-11-23")
    cases = records(read_docket(file), as_of=day, today=day.last())
    printed = report_text(assess_all(cases), cases).splitlines()
    shown = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = shown.partition("```text\n")[2].partition("\n```")[0]
    missing = [line for line in shown.splitlines() if line.strip() != "…" and line not in printed]
    assert missing == []
