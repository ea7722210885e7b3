"""Two texts that are much the same have much the same print, whatever order they come in."""

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.intake.likeness import (
    BINS,
    FEWEST,
    MUCH,
    Print,
    like_places,
    likeness,
    print_of,
    words_of,
)

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "bdfgklmnprst"]
TEXTS = st.integers(0, 10**9).map(lambda seed: written(seed))
CHINESE = [chr(code) for code in range(0x4E00, 0x5200)]


def written(seed: int, words: int = 400) -> list[str]:
    """A text of words by chance."""
    return random.Random(seed).choices(WORDS, k=words)  # noqa: S311 - no secret


def known(text: str) -> Print:
    found = print_of([("", text)])
    assert found is not None
    return found


def alike(one: str, other: str) -> float:
    return likeness(known(one).signature, known(other).signature)


@given(TEXTS)
@settings(max_examples=25, deadline=None)
def test_the_same_text_is_wholly_alike_however_it_is_written(words: list[str]) -> None:
    one = " ".join(words)
    assert known(one) == known(one)
    assert alike(one, "\n".join(words).upper()) == 1
    assert alike(one, ", ".join(words) + ".") == 1


@given(TEXTS, TEXTS)
@settings(max_examples=25, deadline=None)
def test_which_comes_first_does_not_matter(one: list[str], other: list[str]) -> None:
    a, b = " ".join(one), " ".join(one[:200] + other[:200])
    assert alike(a, b) == alike(b, a)


@given(TEXTS, st.lists(st.integers(1, 399), max_size=6))
@settings(max_examples=25, deadline=None)
def test_where_pages_break_does_not_matter(words: list[str], breaks: list[int]) -> None:
    cuts = [0, *sorted(set(breaks)), len(words)]
    pages = [
        (f"page {number}", " ".join(words[start:end]))
        for number, (start, end) in enumerate(pairwise(cuts), start=1)
    ]
    paged = print_of(pages)
    assert paged is not None
    assert paged.signature == known(" ".join(words)).signature


@given(TEXTS, TEXTS)
@settings(max_examples=50, deadline=None)
def test_unrelated_texts_are_far_from_much_the_same(one: list[str], other: list[str]) -> None:
    if one == other:
        return
    assert alike(" ".join(one), " ".join(other)) < MUCH / 2


@given(TEXTS, st.integers(0, 10**9))
@settings(max_examples=50, deadline=None)
def test_a_text_with_a_few_words_changed_shares_a_band(words: list[str], seed: int) -> None:
    changed = list(words)
    for at in random.Random(seed).sample(range(len(words)), k=8):  # noqa: S311 - no secret
        changed[at] = "zzz"
    one, other = known(" ".join(words)), known(" ".join(changed))
    assert set(one.bands) & set(other.bands)
    exact = share(words, changed)
    assert abs(likeness(one.signature, other.signature) - exact) < 0.2


def share(one: list[str], other: list[str]) -> float:
    """The share of shingles in common, counted."""
    sets = [{tuple(words[at : at + 4]) for at in range(len(words) - 3)} for words in (one, other)]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


@given(st.integers(0, 10**9))
@settings(max_examples=20, deadline=None)
def test_chinese_without_spaces_is_compared_as_well(seed: int) -> None:
    characters = random.Random(seed).choices(CHINESE, k=300)  # noqa: S311 - no secret
    text = "".join(characters)
    other = "".join(reversed(characters))
    assert alike(text, "，".join(text[at : at + 10] for at in range(0, 300, 10))) == 1
    assert alike(text, text[:290] + "其他文字也在這裡出現") > MUCH
    assert alike(text, other) < MUCH / 2


def test_words_of_scripts_with_and_without_spaces() -> None:
    assert words_of("The U.S. Company、深圳 Ltd") == [
        "the", "u", "s", "company", "深", "圳", "ltd"
    ]  # fmt: skip
    assert words_of("회사는 부인했다") == ["회사는", "부인했다"]
    assert words_of("ﬁle ＡＢＣ") == ["file", "abc"]


def test_a_sentence_is_too_short_to_be_compared() -> None:
    assert print_of([("", " ".join(WORDS[: FEWEST + 2]))]) is None
    assert print_of([("", " ".join(WORDS[: FEWEST + 3]))]) is not None
    assert print_of([("", "same words " * 500)]) is None, "one sentence over and over"
    assert print_of([]) is None


def test_the_pages_in_common_are_named() -> None:
    ours = [(f"page {number}", " ".join(written(number))) for number in range(1, 6)]
    theirs = [ours[3], ("page 2", " ".join(written(77))), ours[1]]
    one, other = print_of(ours), print_of(theirs)
    assert one is not None
    assert other is not None
    assert like_places((one.places, one.sketches), (other.places, other.sketches)) == [
        "page 2", "page 4"
    ]  # fmt: skip


def test_a_print_is_what_it_always_was() -> None:
    """What is stored is compared with what is made later: a change here needs new prints."""
    found = known(" ".join(written(1)))
    assert (len(found.signature), len(found.bands)) == (BINS, 32)
    assert (found.signature[0], found.bands[0]) == (1085830512, 4643962730140296938)
