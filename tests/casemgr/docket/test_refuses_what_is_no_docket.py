"""Text that is not YAML or JSON, or is built to harm, is refused with its line."""

import pytest

from casemgr.docket import DocketError, read_docket

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("- a\n- b\n", "holds named fields"),
        ("just words", "holds named fields"),
        ("docket: 1\n bad: [", "not valid YAML"),
        ("docket: 1\n---\ndocket: 1\n", "second YAML document"),
        ("docket: !!python/object:os.system x\n", "YAML tag"),
        ("docket: 1\ncases: &c [*c]\n", "contains itself"),
        ("docket: 1\ncases: *missing\n", "names no anchor"),
        ("docket: 1\ntitle: a\x07b\n", "not valid YAML"),
        ('{"docket": 1, "title": "a\\u0000b"}', "cannot be stored"),
        ('{"docket": 1, "title": "\\ud800"}', "cannot be stored"),
        ("[" * 100_000, "levels deep"),
        ("- " * 20_000 + "a", "levels deep"),
        ('{"docket":' * 5_000, "levels deep"),
        ("docket: 1\nx: " + "[" * 60 + "]" * 60, "levels deep"),
        (BOMB, "unfolds to more than"),
    ],
)
def test_it_is_refused_and_says_why(text, said):
    with pytest.raises(DocketError) as refused:
        read_docket(text)
    assert any(said in problem.message for problem in refused.value.errors), str(refused.value)


def test_a_json_file_that_breaks_off_is_refused_with_its_line(tmp_path):
    path = tmp_path / "broken.json"
    path.write_text('{"docket": 1,\n "title": "a"\n', "utf-8")
    with pytest.raises(DocketError) as refused:
        read_docket(path)
    (line,) = refused.value.lines()
    assert line.startswith(f"{path}:3: docket file: this is not valid JSON")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "latin.yaml"
    path.write_bytes("docket: 1\ntitle: Müller\n".encode("latin-1"))
    with pytest.raises(DocketError, match="not UTF-8"):
        read_docket(path)


def test_a_merge_key_is_an_unknown_field():
    with pytest.raises(DocketError, match="unknown field '<<'"):
        read_docket("docket: 1\n<<: {title: a}\n")
