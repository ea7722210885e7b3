"""Names tell which column is which; what was used before tells better; nothing is taken twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.figures import ACCOUNTS, EXCHANGES, SHIPMENTS, TABLES, matched, renamed
from evidence.figures.matching import ALSO_CALLED


def test_names_are_compared_by_letters_and_digits():
    assert matched(ACCOUNTS, ["Account-ID", "CREATED AT", "Provider"]) == {
        "account_id": "Account-ID",
        "provider": "Provider",
        "created_at": "CREATED AT",
    }


def test_words_that_others_use_are_known():
    found = matched(SHIPMENTS, ["Bill of Lading", "Qty", "Ship To", "Ship Date"])
    assert found == {
        "shipment_id": "Bill of Lading",
        "shipped_at": "Ship Date",
        "quantity": "Qty",
        "consignee": "Ship To",
    }


def test_the_exact_name_goes_before_a_like_one():
    assert matched(EXCHANGES, ["timestamp", "at", "account_id"])["at"] == "at"


def test_what_was_used_before_goes_before_any_name():
    earlier = [{"account_id": "gone"}, {"account_id": "Nr"}]
    assert matched(ACCOUNTS, ["Nr", "account_id"], earlier) == {"account_id": "Nr"}


def test_a_column_of_no_meaning_is_left():
    assert matched(ACCOUNTS, ["notes", "x"]) == {}


def test_a_dataset_states_those_that_differ():
    assert renamed({"at": "at", "account_id": "Konto"}) == {"account_id": "Konto"}


def test_every_other_word_is_of_a_documented_column():
    documented = {name for table in TABLES.values() for name in table.columns}
    assert ALSO_CALLED.keys() <= documented


NAMES = st.lists(
    st.sampled_from(["time", "at", "Account", "account_id", "to", "from", "x", "", "Date", "date"])
)


@given(
    present=NAMES, earlier=st.lists(st.dictionaries(st.sampled_from(["at", "no"]), NAMES.map(str)))
)
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_whatever_the_names_are_no_column_stands_for_two(table, present, earlier):
    found = matched(table, present, earlier)
    assert found.keys() <= table.columns.keys()
    assert set(found.values()) <= set(present)
    assert len(set(found.values())) == len(found)
