"""Reading a docket file, the whole pipeline on one screen."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path as FilePath

from casemgr.apa.record import Docket
from casemgr.docket.build import build_docket
from casemgr.docket.check import meaning_problems
from casemgr.docket.errors import DocketError, Problem
from casemgr.docket.explain import structural_problems
from casemgr.docket.lines import lines_of, located
from casemgr.docket.parse import looks_like_json, parse
from casemgr.docket.typed import Typed, read_types
from designations.library.load import read_library
from designations.library.model import Authority

Library = Mapping[str, Authority]


def read_docket(
    source: FilePath | str,
    *,
    library: Library | None = None,
    filename: str = "",
    as_json: bool | None = None,
) -> Docket:
    """The docket in a file (given as a ``pathlib.Path``) or in a text (given as ``str``).

    ``library`` maps ``slug@version`` to the authorities a case may name without bringing them;
    None means the library shipped with the product. ``as_json`` None: by the file's ending,
    else by its first character.

    Raises DocketError with every problem found, and OSError where the file cannot be opened.
    """
    if isinstance(source, FilePath):
        filename = filename or str(source)
        text = _text(source, filename)
        if as_json is None and source.suffix.lower() in (".json", ".yaml", ".yml"):
            as_json = source.suffix.lower() == ".json"
    else:
        text = source
    if as_json is None:
        as_json = looks_like_json(text)
    try:
        typed = read_types(parse(text, as_json=as_json))
        problems = _problems(typed, text, as_json, library)
    except DocketError as error:
        raise DocketError(error.errors, filename) from None
    if problems:
        raise DocketError(tuple(problems), filename)
    return build_docket(typed.document)


def _problems(typed: Typed, text: str, as_json: bool, library: Library | None) -> list[Problem]:
    if not isinstance(typed.document, dict):
        return [
            Problem("", "a docket file holds named fields", "begin it with docket: 1", 1),
        ]
    found = typed.problems
    if as_json:
        typed.lines.update(lines_of(text))
        found = list(located(found, text))
    problems = [
        *found,
        *structural_problems(typed),
        *meaning_problems(typed, lambda: shipped_library() if library is None else library),
    ]
    return sorted(problems, key=lambda problem: problem.line or 0)


@lru_cache(maxsize=1)
def shipped_library() -> Library:
    """Every authority version shipped with the product, by ``slug@version``."""
    return {authority.name: authority for authority in read_library()}


def _text(path: FilePath, filename: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocketError(
            (
                Problem(
                    "",
                    f"the file is not UTF-8 text (byte {error.start})",
                    "save it as UTF-8",
                ),
            ),
            filename,
        ) from None
