"""Elements are suggested by shared words, and every suggestion says what it rests on."""

from hypothesis import given
from hypothesis import strategies as st

from casemgr.suggestions import Candidate, rank, stem, stems

LAW = [
    Candidate(1, "exported controlled chips without a license"),
    Candidate(2, "opened fraudulent accounts to distill the model"),
    Candidate(3, "is controlled by a foreign government"),
]
WORDS = st.text(alphabet="abcdefghi ", max_size=60)


def test_the_element_that_shares_the_rarest_words_comes_first() -> None:
    found = rank("Distillation through fraudulent accounts", LAW, 5)
    assert [each.candidate.id for each in found] == [2]
    assert set(found[0].terms) == {"distillation", "fraudulent", "accounts"}


def test_a_word_that_every_element_has_counts_least() -> None:
    found = rank("controlled chips", LAW, 5)
    assert [each.candidate.id for each in found] == [1, 3]
    assert found[0].terms[0] == "chips"


def test_words_of_the_evidence_on_it_count_less_than_the_law() -> None:
    by_law, by_evidence = Candidate(1, "proxies"), Candidate(2, "other", "proxies")
    found = rank("proxies", [by_evidence, by_law], 5)
    assert [each.candidate.id for each in found] == [1, 2]


def test_the_case_whose_designee_is_named_comes_before_the_others() -> None:
    named = Candidate(4, "unrelated law", named=True)
    assert rank("chips", [*LAW, named], 5)[0].candidate.id == 4


def test_what_shares_nothing_is_not_suggested() -> None:
    assert rank("zebra", LAW, 5) == []
    assert rank("", LAW, 5) == []
    assert rank("the and of it", LAW, 5) == []


def test_words_are_compared_without_their_endings() -> None:
    assert stem("distillation") == stem("distilled") == stem("distilling")
    assert stem("proxies") == stem("proxy")
    assert list(stems("Chips and chip").values()) == ["chips"]


@given(WORDS, st.lists(WORDS, max_size=6))
def test_terms_stand_in_both_and_scores_fall(words: str, laws: list[str]) -> None:
    found = rank(words, [Candidate(n, law) for n, law in enumerate(laws)], 10)
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    for each in found:
        assert each.terms
        assert set(each.terms) <= set(stems(words).values())
        assert {stem(term) for term in each.terms} <= stems(each.candidate.law).keys()
