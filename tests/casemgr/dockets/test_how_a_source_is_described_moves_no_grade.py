"""Descriptors of sources travel in files and are read by people; the engine leaves them behind."""

from dataclasses import replace

import pytest

from access.words import Role
from casemgr.actions.import_docket import store_docket
from casemgr.apa import record as apa
from casemgr.apa.assess import assess
from casemgr.assemble import record_of
from casemgr.docket import DocketError, read_docket, records, write_docket
from casemgr.export import docket_of
from casemgr.models import Case, StaleMark
from casemgr.reassess.drain import drain_all
from designations.days import PartialDate
from evidence.actions import describe_source
from evidence.models import Source, SourceDescriptor
from tests.access.factories import TeamFactory, member
from tests.casemgr.docket.docket_texts import DOCKET

DAY = PartialDate(2020, 1, 5)
SAID = apa.Descriptor(access_to_fact="It was there.", entered_on=DAY)
PLAIN = read_docket(DOCKET + "    designee: {key: D-1, name: An entity}\n")


def described(*descriptors: apa.Descriptor) -> apa.Docket:
    """The small docket with its one source described."""
    return replace(PLAIN, sources=(replace(PLAIN.sources[0], descriptors=descriptors),))


def problems(text: str) -> dict[str, str]:
    """What reading refuses, with its fix, by place."""
    with pytest.raises(DocketError) as refused:
        read_docket(DOCKET.replace("role: press}", f"role: press, descriptors: {text}}}"))
    return {each.path: f"{each.message}; {each.fix}" for each in refused.value.errors}


def test_no_grade_flag_or_digest_follows_from_it() -> None:
    (plain,), (told,) = records(PLAIN), records(described(SAID))
    assert told.sources["S-1"].descriptors
    assert assess(told) == assess(plain)


def test_it_is_written_and_read_again_the_same() -> None:
    written = write_docket(described(SAID))
    assert read_docket(written) == described(SAID)
    assert write_docket(read_docket(written)) == written
    assert "descriptors" not in write_docket(PLAIN)


def test_one_that_says_nothing_or_too_much_is_refused() -> None:
    empty = problems("[{entered_on: 2020}]")["sources[0].descriptors[0]"]
    assert "state one of access_to_fact" in empty
    too_long = problems(f"[{{expertise: {'x' * 501}}}]")
    assert "500 characters" in too_long["sources[0].descriptors[0].expertise"]


def test_two_that_nothing_has_ended_are_refused() -> None:
    said = problems("[{expertise: some}, {expertise: more}]")
    assert "state ended_on of the earlier one" in said["sources[0].descriptors[1]"]


def test_one_that_ends_before_it_begins_is_refused() -> None:
    said = problems("[{expertise: some, entered_on: 2021, ended_on: 2020}]")
    assert "runs backward" in said["sources[0].descriptors[0]"]


@pytest.fixture
def importer():
    team = TeamFactory()
    return team, member(team, Role.COUNSEL)


@pytest.mark.django_db
def test_what_is_imported_comes_out_the_same(importer) -> None:
    earlier = replace(SAID, expertise="none", ended_on=DAY, entered_on=PartialDate(2019))
    store_docket(described(earlier, SAID), *importer)
    out = docket_of(list(Case.objects.all()))
    assert out.sources == described(earlier, SAID).sources
    assert [row.author for row in SourceDescriptor.objects.all()] == [importer[1]] * 2


@pytest.mark.django_db
def test_the_record_that_is_assessed_and_kept_holds_none_of_it(importer) -> None:
    store_docket(described(SAID), *importer)
    record = record_of(Case.objects.get())
    assert record.sources["S-1"].descriptors == ()


@pytest.mark.django_db
def test_describing_a_source_has_no_case_assessed_again(importer) -> None:
    store_docket(PLAIN, *importer)
    drain_all()
    StaleMark.objects.all().delete()
    describe_source(Source.objects.get(), None, actor=importer[1], reason="asked", expertise="some")
    drain_all()
    assert not StaleMark.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_silent_contradicts_nothing_and_one_that_differs_is_refused(
    importer,
) -> None:
    store_docket(PLAIN, *importer)
    describe_source(Source.objects.get(), None, actor=importer[1], reason="asked", expertise="some")
    assert store_docket(PLAIN, *importer).cases_unchanged == ("EXAMPLE-1",)
    with pytest.raises(DocketError) as refused:
        store_docket(described(SAID), *importer)
    assert "something else in descriptors" in str(refused.value)
