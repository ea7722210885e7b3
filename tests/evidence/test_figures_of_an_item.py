"""Files of rows declared, figures computed by the job, claims held against them."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from access.models import Marking, User
from evidence.actions import (
    StatedClaim,
    attach_exhibit,
    declare_dataset,
    derive,
    end_derivation,
    remove_dataset,
    state_claims,
)
from evidence.jobs.keeping import NotNowError
from evidence.jobs.parts import take_part
from evidence.models import Claim, ClaimCheck, Dataset, EvidenceItem, Exhibit, Figure, Job, JobState
from evidence.recompute import compute_part, start_figure, start_figures, start_overlap
from evidence.storage import exhibit_store
from evidence.synthetic import plan_campaign, write_campaign
from evidence.words import ClaimState, Comparator, DerivationKind
from tests.evidence.intake.working import taken_in
from tests.evidence.stores import overwrite, under_way

BY = {"actor": "system:test", "reason": "a test"}
in_each_store = pytest.mark.usefixtures("each_store")
ACCOUNTS = b"account_id,provider\nA-1,one\nA-2,one\nA-3,two\n"


@pytest.fixture(autouse=True)
def root(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "exhibits"  # type: ignore[attr-defined]


def file_of(item: EvidenceItem, content: bytes = ACCOUNTS, name: str = "rows.csv") -> Exhibit:
    exhibit = attach_exhibit(item, BytesIO(content), name, **BY)
    taken_in()
    return exhibit


def claimed(item: EvidenceItem, comparator: Comparator, value: int, of: str = "accounts") -> None:
    stated = StatedClaim(metric=of, comparator=comparator, value=Decimal(value))
    state_claims(item, [stated], **BY)


def computed(item: EvidenceItem, by: User) -> Job:
    job = start_figures(item, actor=by, reason="a test")
    assert compute_part(job)
    return Job.objects.with_progress().get(pk=job.pk)


def failures(job: Job) -> dict[str, str]:
    return {key: said for part in job.parts.all() for key, said in part.failures.items()}


def test_a_claim_that_the_rows_bear_out_is_verified(item: EvidenceItem, analyst: User) -> None:
    claimed(item, Comparator.AT_LEAST, 3)
    declare_dataset(file_of(item), "accounts", **BY)

    job = computed(item, analyst)

    assert job.state == JobState.FINISHED
    figure = item.figures.get(name="accounts")
    assert figure.rows == [[3]]
    assert figure.inputs["accounts"]["sha256"] == item.exhibits.get().blob_id
    assert item.claims.get().check_state == ClaimState.VERIFIED.value
    check = item.claim_checks.get()
    assert (check.figure, check.found, check.why) == (
        figure,
        Decimal(3),
        "At least 3 claimed, 3 found.",
    )


def test_a_claim_that_the_rows_belie_is_contradicted(item: EvidenceItem, analyst: User) -> None:
    claimed(item, Comparator.AT_LEAST, 4)
    declare_dataset(file_of(item), "accounts", **BY)
    computed(item, analyst)

    assert item.claims.get().check_state == ClaimState.CONTRADICTED.value


def test_a_claim_stated_anew_is_checked_at_once(item: EvidenceItem, analyst: User) -> None:
    declare_dataset(file_of(item), "accounts", **BY)
    computed(item, analyst)

    claimed(item, Comparator.EXACTLY, 2)
    assert item.claims.get().check_state == ClaimState.CONTRADICTED.value
    claimed(item, Comparator.EXACTLY, 3)
    assert item.claims.get().check_state == ClaimState.VERIFIED.value
    assert [check.state for check in item.claim_checks.all()] == ["contradicted", "verified"]


def test_what_no_figure_measures_keeps_what_was_stated_of_it(
    item: EvidenceItem, analyst: User
) -> None:
    claimed(item, Comparator.EXACTLY, 3, of="accounts of another company")
    declare_dataset(file_of(item), "accounts", **BY)
    computed(item, analyst)

    assert item.claims.get().check_state == ""
    assert not item.claim_checks.exists()


def test_without_its_dataset_a_checked_claim_can_no_longer_be_verified(
    item: EvidenceItem, analyst: User
) -> None:
    claimed(item, Comparator.EXACTLY, 3)
    dataset = declare_dataset(file_of(item), "accounts", **BY)
    computed(item, analyst)

    remove_dataset(dataset, **BY)

    assert item.claims.get().check_state == ClaimState.UNVERIFIABLE.value
    assert "no longer a dataset" in item.claim_checks.last().why
    assert item.figures.exists()


def test_computing_again_adds_nothing_and_says_that_it_is_the_same(
    item: EvidenceItem, analyst: User
) -> None:
    claimed(item, Comparator.EXACTLY, 3)
    declare_dataset(file_of(item), "accounts", **BY)
    first = computed(item, analyst)
    kept, checks = item.figures.count(), item.claim_checks.count()

    again = computed(item, analyst)

    assert first.parts.get().tally == {"new": kept}
    assert again.parts.get().tally == {"same": kept}
    assert (item.figures.count(), item.claim_checks.count()) == (kept, checks)


def test_a_row_that_cannot_be_read_is_named_and_nothing_is_computed(
    item: EvidenceItem, analyst: User
) -> None:
    claimed(item, Comparator.EXACTLY, 2)
    rows = b"account_id,created_at\nA-1,2026-01-02 03:04:05\nA-2,yesterday\n"
    dataset = declare_dataset(file_of(item, rows), "accounts", **BY)

    job = computed(item, analyst)

    dataset.refresh_from_db()
    assert dataset.state == "refused"
    assert dataset.problems == ["row 2, column created_at: 'yesterday' cannot be read"]
    assert "could not be read" in failures(job)["accounts"]
    assert not item.figures.exists()
    assert item.claims.get().check_state == ClaimState.UNVERIFIABLE.value


def test_columns_of_other_names_are_mapped(item: EvidenceItem, analyst: User) -> None:
    file = file_of(item, b"konto\n1\n2\n")
    with pytest.raises(ValidationError) as refused:
        declare_dataset(file, "accounts", **BY)
    assert "konto" in str(refused.value)

    declare_dataset(file, "accounts", columns={"account_id": "konto"}, **BY)
    computed(item, analyst)
    assert item.figures.get(name="accounts").rows == [[2]]


@pytest.mark.parametrize(
    ("table", "name", "content", "field"),
    [
        ("people", "rows.csv", ACCOUNTS, "table"),
        ("accounts", "rows.bin", ACCOUNTS, "format"),
        ("accounts", "rows.parquet", ACCOUNTS, "exhibit"),
        ("accounts", "rows.csv", b"\xff\xfe\x00broken\n", "columns"),
    ],
)
def test_what_cannot_be_a_dataset_is_refused_at_its_field(
    item: EvidenceItem, table: str, name: str, content: bytes, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        declare_dataset(file_of(item, content, name), table, **BY)
    assert field in refused.value.message_dict or (
        field == "columns" and "exhibit" in refused.value.message_dict
    )
    assert not Dataset.objects.exists()


def test_a_file_is_read_as_a_table_once(item: EvidenceItem) -> None:
    file = file_of(item)
    declare_dataset(file, "accounts", **BY)
    with pytest.raises(ValidationError, match="remove that dataset first"):
        declare_dataset(file, "accounts", **BY)
    with pytest.raises(ValidationError, match="rows count once"):
        declare_dataset(file_of(item, name="again.csv"), "accounts", **BY)


def test_files_of_several_providers_are_counted_together_and_overlap(
    item: EvidenceItem, analyst: User
) -> None:
    for provider, rows in (
        ("North", b"account_id,payment_id\nN-1,card\nN-2,card\n"),
        ("South", b"account_id,payment_id\nS-1,card\n"),
    ):
        file = file_of(item, rows, f"{provider}.csv")
        declare_dataset(file, "accounts", stated={"provider": provider}, **BY)

    job = computed(item, analyst)

    assert set(failures(job)) == {"creation-bursts", "designee-overlap"}
    assert item.figures.get(name="accounts").rows == [[3]]
    figure = item.figures.get(name="provider-overlap")
    assert figure.rows == [["North", "South", "payment", 1]]
    assert {each["stated"]["provider"] for each in figure.inputs["accounts"]} == {"North", "South"}


def test_what_is_stated_of_every_row_is_a_column_of_words(item: EvidenceItem) -> None:
    with pytest.raises(ValidationError, match="one of account_id, provider"):
        declare_dataset(file_of(item), "accounts", stated={"created_at": "today"}, **BY)
    with pytest.raises(ValidationError, match="has a column provider"):
        declare_dataset(file_of(item), "accounts", stated={"provider": "one"}, **BY)


def test_the_accounts_of_two_items_are_compared_and_kept_with_the_one_that_asked(
    logged: Callable[..., EvidenceItem], analyst: User
) -> None:
    one, other = logged(), logged()
    for each, rows in ((one, b"account_id,payment_id\nA-1,card\n"),
                       (other, b"account_id,payment_id\nB-1,card\nB-2,cash\n")):  # fmt: skip
        declare_dataset(file_of(each, rows), "accounts", stated={"provider": each.key}, **BY)
        computed(each, analyst)

    job = start_overlap(one, other, actor=analyst, reason="a test")
    assert compute_part(job)

    figure = one.figures.get(name="provider-overlap", others=[other.key])
    assert figure.rows == [[*sorted([one.key, other.key]), "payment", 1]]
    assert len(figure.inputs["accounts"]) == 2
    assert Figure.objects.visible_to(analyst).filter(pk=figure.pk).exists()


def test_what_has_no_accounts_that_were_read_is_not_compared(
    logged: Callable[..., EvidenceItem], analyst: User
) -> None:
    one, other = logged(), logged()
    declare_dataset(file_of(one), "accounts", **BY)
    computed(one, analyst)
    with pytest.raises(ValidationError, match=f"{other.key} has no accounts"):
        start_overlap(one, other, actor=analyst, reason="a test")
    with pytest.raises(ValidationError, match="another item"):
        start_overlap(one, one, actor=analyst, reason="a test")


def test_a_result_over_two_items_is_shown_to_those_who_see_both(
    item: EvidenceItem, logged: Callable[..., EvidenceItem], analyst: User
) -> None:
    Marking.objects.create(code="APART", title="apart")
    hidden = logged(markings=["APART"])
    declare_dataset(file_of(item), "accounts", **BY)
    computed(item, analyst)
    figure = item.figures.get(name="accounts")
    Figure.objects.create(
        item=item, name=figure.name, inputs=figure.inputs, inputs_digest="x", sql="", engine="",
        columns=["a"], rows=[[1]], row_count=1, result_digest="y", others=[hidden.key],
    )  # fmt: skip
    assert [each.pk for each in Figure.objects.visible_to(analyst).filter(name="accounts")] == [
        figure.pk
    ]


def test_a_figure_is_asked_with_other_parameters_and_again_with_all_others(
    item: EvidenceItem, analyst: User
) -> None:
    rows = b"account_id,payment_id,asn\nA-1,x,7\nA-2,y,7\nA-3,y,8\n"
    declare_dataset(file_of(item, rows), "accounts", **BY)
    computed(item, analyst)
    by_network = {"by": ["asn", "payment"]}

    assert compute_part(start_figure(item, "clusters", by_network, actor=analyst, reason="a test"))

    assert item.figures.get(name="clusters", parameters=by_network).rows == [[1, 3, 3]]
    kept = item.figures.count()
    again = computed(item, analyst)
    assert again.parts.get().tally == {"same": kept}

    with pytest.raises(ValidationError, match="at least 2"):
        start_figure(item, "creation-bursts", {"at_least": 1}, actor=analyst, reason="a test")
    with pytest.raises(ValidationError, match="no dataset exchanges"):
        start_figure(item, "concentration", {"percent": 5}, actor=analyst, reason="a test")


def test_claims_are_held_against_a_figure_at_its_defaults(
    item: EvidenceItem, analyst: User
) -> None:
    rows = b"account_id,payment_id,asn\nA-1,x,7\nA-2,y,7\nA-3,y,8\n"
    claimed(item, Comparator.EXACTLY, 2, of="clusters.accounts")
    declare_dataset(file_of(item, rows), "accounts", **BY)
    computed(item, analyst)
    assert item.claims.get().check_state == ClaimState.VERIFIED.value

    wider = {"by": ["asn", "payment"]}
    assert compute_part(start_figure(item, "clusters", wider, actor=analyst, reason="a test"))
    computed(item, analyst)
    assert item.claims.get().check_state == ClaimState.VERIFIED.value


def test_a_claim_that_states_its_tolerance_is_held_to_it(item: EvidenceItem, analyst: User) -> None:
    def stating(percent: str | None) -> Claim:
        tolerance = None if percent is None else Decimal(percent)
        about = StatedClaim(
            metric="accounts", comparator=Comparator.ABOUT, value=Decimal("3.2"),
            tolerance=tolerance,
        )  # fmt: skip
        state_claims(item, [about], **BY)
        return item.claims.get()

    declare_dataset(file_of(item), "accounts", **BY)
    computed(item, analyst)

    assert stating(None).check_state == ClaimState.VERIFIED.value
    assert "the product's default" in item.claim_checks.last().why
    assert stating("5").check_state == ClaimState.CONTRADICTED.value
    assert item.claim_checks.last().why == (
        "About 3.2 claimed, 3 found (within 5 percent counts as about, as the claim states)."
    )
    assert item.claim_checks.last().tolerance == Decimal(5)


def test_only_what_is_about_has_a_tolerance(item: EvidenceItem) -> None:
    for comparator, percent in ((Comparator.EXACTLY, 5), (Comparator.ABOUT, 101)):
        stated = StatedClaim(
            metric="accounts", comparator=comparator, value=Decimal(3), tolerance=Decimal(percent)
        )
        with pytest.raises(ValidationError, match="percentage from 0 to 100"):
            state_claims(item, [stated], **BY)


def relaying(item: EvidenceItem, logged: Callable[..., EvidenceItem]) -> EvidenceItem:
    press = logged()
    claimed(press, Comparator.AT_LEAST, 4)
    derive(press, DerivationKind.RELAYS, parent_item=item, **BY)
    return press


def test_a_report_of_a_report_is_held_against_the_data_of_what_it_passes_on(
    item: EvidenceItem, logged: Callable[..., EvidenceItem], analyst: User
) -> None:
    declare_dataset(file_of(item), "accounts", **BY)
    press = relaying(item, logged)
    computed(item, analyst)

    assert press.claims.get().check_state == ClaimState.CONTRADICTED.value
    assert press.claim_checks.get().why == (
        f"At least 4 claimed, 3 found in the data of {item.key}, which this item passes on."
    )
    end_derivation(press.derived_from.get(), **BY)
    assert press.claims.get().check_state == ClaimState.UNVERIFIABLE.value


def test_an_analysis_is_not_held_against_the_data_of_what_it_analyzes(
    item: EvidenceItem, logged: Callable[..., EvidenceItem], analyst: User
) -> None:
    declare_dataset(file_of(item), "accounts", **BY)
    computed(item, analyst)
    analysis = logged()
    claimed(analysis, Comparator.AT_LEAST, 4)
    derive(analysis, DerivationKind.ANALYZES, parent_item=item, **BY)
    assert analysis.claims.get().check_state == ""


def test_data_that_some_reader_may_not_see_decide_no_claim(
    logged: Callable[..., EvidenceItem], analyst: User
) -> None:
    Marking.objects.create(code="APART", title="apart")
    marked = logged(markings=["APART"])
    declare_dataset(file_of(marked), "accounts", **BY)
    computed(marked, analyst)
    assert relaying(marked, logged).claims.get().check_state == ""


def test_an_item_without_datasets_has_nothing_to_compute(item: EvidenceItem, analyst: User) -> None:
    with pytest.raises(ValidationError, match="declare one of its files"):
        start_figures(item, actor=analyst, reason="a test")


def test_one_computation_an_item_at_a_time_and_items_do_not_wait_for_each_other(
    logged: Callable[..., EvidenceItem], analyst: User
) -> None:
    one, other = logged(), logged()
    for each in (one, other):
        declare_dataset(file_of(each), "accounts", **BY)
    start_figures(one, actor=analyst, reason="a test")

    start_figures(other, actor=analyst, reason="a test")
    with pytest.raises(NotNowError):
        start_figures(one, actor=analyst, reason="a test")


def test_whoever_takes_the_part_after_a_killed_worker_goes_on(
    item: EvidenceItem, analyst: User
) -> None:
    declare_dataset(file_of(item), "accounts", **BY)
    job = start_figures(item, actor=analyst, reason="a test")
    taken = take_part(job)
    assert taken is not None
    assert not compute_part(job)  # held: delivered twice, nothing happens

    job.parts.update(leased_until="2020-01-01T00:00Z")
    assert compute_part(job)
    assert item.figures.filter(name="accounts").count() == 1
    assert not compute_part(job)


@in_each_store
def test_bytes_that_are_no_longer_those_received_are_not_computed_from(
    item: EvidenceItem, analyst: User
) -> None:
    exhibit = file_of(item)
    declare_dataset(exhibit, "accounts", **BY)
    overwrite(exhibit_store(), exhibit.blob_id, ACCOUNTS + b"A-4,two\n")

    computed(item, analyst)

    assert not item.figures.exists()
    assert item.custody.filter(kind="mismatch").exists()


def test_neither_results_nor_checks_are_ever_changed(item: EvidenceItem, analyst: User) -> None:
    claimed(item, Comparator.EXACTLY, 3)
    declare_dataset(file_of(item), "accounts", **BY)
    computed(item, analyst)

    for model in (Figure, ClaimCheck):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()


@in_each_store
def test_a_campaign_in_parquet_gives_every_figure_of_its_tables(
    item: EvidenceItem, analyst: User, tmp_path: Path
) -> None:
    accounts, exchanges = write_campaign(plan_campaign(1, 60, 3_000, 20), tmp_path, "parquet")
    declare_dataset(file_of(item, accounts.read_bytes(), accounts.name), "accounts", **BY)
    declare_dataset(file_of(item, exchanges.read_bytes(), exchanges.name), "exchanges", **BY)

    job = computed(item, analyst)

    assert failures(job) == {}
    assert under_way(exhibit_store()) == []
    assert item.figures.get(name="exchanges").rows == [[3_000, 60]]
    assert item.figures.count() == 16


def test_nothing_is_computed_from_a_file_that_is_not_inspected_or_is_set_aside(
    item: EvidenceItem, analyst: User
) -> None:
    fresh = attach_exhibit(item, BytesIO(ACCOUNTS), "fresh.csv", **BY)
    with pytest.raises(ValidationError, match="still being inspected"):
        declare_dataset(fresh, "accounts", **BY)

    taken_in()
    dataset = declare_dataset(fresh, "accounts", **BY)
    fresh.intake.state, fresh.intake.finding = "quarantined", "program"
    fresh.intake.said = "It is a program."
    fresh.intake.save()
    computed(item, analyst)
    dataset.refresh_from_db()
    assert dataset.state == "refused"
    assert "It is a program." in dataset.problems[0]
