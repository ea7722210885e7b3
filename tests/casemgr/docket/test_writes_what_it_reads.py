"""Reading what was written gives the same docket, and writing that again the same bytes."""

import json

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.apa.record import Docket, Item
from casemgr.docket import read_docket, write_docket, write_docket_json
from casemgr.docket.plain import plain_docket
from tests.casemgr.docket.docket_strategies import DOCKETS, TEXT

GENERATED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@GENERATED
@given(DOCKETS)
def test_yaml_comes_back_as_the_same_docket_and_the_same_bytes(docket: Docket) -> None:
    written = write_docket(docket)
    read = read_docket(written, as_json=False)
    assert read == docket
    assert write_docket(read) == written


@GENERATED
@given(DOCKETS)
def test_json_comes_back_as_the_same_docket_and_the_same_bytes(docket: Docket) -> None:
    written = write_docket_json(docket)
    read = read_docket(written, as_json=True)
    assert read == docket
    assert write_docket_json(read) == written


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXT.filter(bool), min_size=1, max_size=4))
def test_any_text_survives_and_reads_alike_in_an_ordinary_yaml_reader(texts: list[str]) -> None:
    evidence = tuple(Item(key=f"E-{n}", summary=text) for n, text in enumerate(texts))
    docket = Docket(evidence=evidence)
    written = write_docket(docket)
    assert [item.summary for item in read_docket(written, as_json=False).evidence] == texts
    # The quoting leaves no scalar for a YAML 1.1 reader to take for something else.
    assert yaml.safe_load(written) == json.loads(json.dumps(plain_docket(docket)))


def test_long_prose_is_folded_and_short_lists_stay_on_a_line() -> None:
    prose = " ".join(["word"] * 60)
    written = write_docket(Docket(evidence=(Item(key="E-1", summary=prose, markings=("CUI",)),)))
    assert "    summary: >-\n      word word" in written
    assert "    markings: [CUI]\n" in written
    assert max(map(len, written.splitlines())) <= 98
