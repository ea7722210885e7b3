"""Loading one version of the law: the same again changes nothing, another text is refused."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from designations.actions import Outcome, PinnedVersionError, freeze_version, load_authority
from designations.days import PartialDate, Period
from designations.library.model import Authority, Consideration, Element, VersionStatus
from designations.models import (
    AuthorityVersion,
    Consequence,
    Origin,
    Verification,
)
from designations.models import VersionStatus as StatusRow
from designations.words import Settledness, VersionState

pytestmark = pytest.mark.django_db


def with_element(authority: Authority, code: str, **changes: object) -> Authority:
    return replace(
        authority,
        elements=tuple(
            replace(element, **changes) if element.code == code else element
            for element in authority.elements
        ),
    )


def stored(authority: Authority) -> AuthorityVersion:
    return AuthorityVersion.objects.prefetch_related("statuses").named(authority.name)


def test_gives_back_what_was_loaded(authority: Authority) -> None:
    loaded = load_authority(authority)

    assert loaded.outcome is Outcome.ADDED
    assert stored(authority).as_dataclass() == authority


def test_gives_back_a_version_without_a_first_day(authority: Authority) -> None:
    draft = replace(authority, version="draft", in_force=None, statuses=())

    load_authority(draft)

    assert stored(draft).as_dataclass() == draft


def test_gives_back_a_range_whose_first_day_is_not_stated(authority: Authority) -> None:
    old = replace(
        authority,
        version="old",
        in_force=Period(None, PartialDate.parse("2020")),
        statuses=(),
    )

    load_authority(old)

    assert stored(old).as_dataclass() == old


def test_loading_again_changes_nothing(authority: Authority) -> None:
    first = load_authority(authority).version
    elements = list(first.elements.values())

    again = load_authority(authority)

    assert again.outcome is Outcome.UNCHANGED
    assert list(again.version.elements.values()) == elements
    assert StatusRow.objects.filter(version=first).count() == 4  # three stated, and the range


def test_elements_carry_their_tree_and_their_text(authority: Authority) -> None:
    version = load_authority(authority).version

    leaf = version.elements.get(code="X-1")
    assert leaf.parent.code == "X-0"
    assert (leaf.kind, leaf.quoted, leaf.fresh_days) == ("status", True, 730)
    assert str(leaf.period.start) == "2014-03"
    assert version.prerequisites.get().element.code == "X-2"


def test_equal_words_have_equal_digests_across_versions(authority: Authority) -> None:
    older = load_authority(authority).version
    newer = load_authority(
        with_element(
            replace(
                authority,
                version="2022",
                in_force=Period(PartialDate.parse("2022-01-01"), None),
                statuses=(),
            ),
            "X-2",
            text="was heard in person",
        )
    ).version

    def digests(code: str) -> set[str]:
        return {v.elements.get(code=code).text_digest for v in (older, newer)}

    assert len(digests("X-1")) == 1
    assert len(digests("X-2")) == 2


def test_another_text_of_an_unpinned_version_replaces_it(authority: Authority) -> None:
    load_authority(authority)
    changed = replace(
        authority,
        elements=(
            *with_element(authority, "X-1", text="is owned by").elements[:2],
            Element(code="X-9", parent="X-0", text="anything else"),
        ),
        prerequisites=(),
        consequences=authority.consequences[:1],
    )

    assert load_authority(changed).outcome is Outcome.REPLACED

    version = stored(changed)
    assert [row.code for row in version.elements.all()] == ["X-0", "X-1", "X-9"]
    assert version.elements.get(code="X-1").text == "is owned by"
    assert Consequence.objects.get(version=version).code == "Q-1"
    assert version.as_dataclass() == changed


def test_another_text_of_a_pinned_version_is_refused(authority: Authority) -> None:
    freeze_version(load_authority(authority).version)

    with pytest.raises(PinnedVersionError, match="add a version"):
        load_authority(with_element(authority, "X-1", text="is owned by"))

    assert stored(authority).as_dataclass() == authority


def test_readings_of_a_pinned_version_may_be_corrected(authority: Authority) -> None:
    freeze_version(load_authority(authority).version)
    corrected = replace(
        with_element(authority, "X-1", settledness=Settledness.UNTESTED, fresh_days=365),
        considerations=(*authority.considerations, Consideration(code="C-2", text="a summit")),
        notes=("another note",),
    )

    assert load_authority(corrected).outcome is Outcome.UPDATED

    version = stored(authority)
    assert version.as_dataclass() == corrected
    assert version.elements.get(code="X-1").settledness == "untested"


def test_a_new_status_ends_the_old_row_and_keeps_it(authority: Authority) -> None:
    freeze_version(load_authority(authority).version)
    extended = replace(
        authority,
        statuses=(
            *authority.statuses[:1],
            VersionStatus(
                state=VersionState.STAYED,
                period=Period(PartialDate.parse("2025-11-10"), PartialDate.parse("2027-11-09")),
            ),
        ),
    )

    assert load_authority(extended).outcome is Outcome.UPDATED

    version = stored(authority)
    assert version.as_dataclass() == extended
    ended = [row for row in version.statuses.all() if row.ended_on]
    assert {row.state for row in ended} == {"stayed", "in-force-by-default"}
    assert version.statuses.get(state="stayed", ended_on=None).entered_on is not None


def test_what_the_file_calls_verified_is_recorded_once(authority: Authority) -> None:
    load_authority(authority)
    load_authority(replace(authority, notes=("another note",)))

    check = Verification.objects.get()
    assert (check.subject, check.code, check.status) == ("element", "X-1", "verified")
    assert check.source == "the code as published"


def test_a_docket_file_cannot_bring_another_text_under_the_same_name(
    authority: Authority,
) -> None:
    load_authority(authority, Origin.DOCKET)

    assert load_authority(authority, Origin.DOCKET).outcome is Outcome.UNCHANGED
    with pytest.raises(ValidationError, match="another docket file"):
        load_authority(with_element(authority, "X-1", text="is owned by"), Origin.DOCKET)
    with pytest.raises(ValidationError, match="another docket file"):
        load_authority(with_element(authority, "X-1", fresh_days=1), Origin.DOCKET)


def test_the_authority_of_a_docket_file_stands_beside_the_librarys(authority: Authority) -> None:
    load_authority(authority)
    brought = load_authority(
        with_element(authority, "X-1", text="is owned by"), Origin.DOCKET
    ).version

    assert stored(authority).as_dataclass() == authority
    assert AuthorityVersion.objects.named(authority.name, Origin.DOCKET) == brought
