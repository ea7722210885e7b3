"""What each step of the intake does with a file, and what it leaves to be written.

A step opens nothing itself that a file could have been made to harm: that is done in a process
of its own (evidence.intake.guard). It writes nothing either: what it came to is written with the
move to the next step, in one transaction (evidence.actions.intake).
"""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Max

from evidence.intake.findings import Finding, Found
from evidence.intake.guard import StepFailedError, guarded
from evidence.intake.kinds import IMAGES, Kind
from evidence.intake.language import ENOUGH, guess_language
from evidence.intake.likeness import Print, print_of
from evidence.intake.ocr import SECONDS as OCR_SECONDS
from evidence.intake.scanner import Scanner, ScannerAwayError
from evidence.intake.tools import tesseract
from evidence.models import CustodyKind, Exhibit, Intake, IntakeStep, Passage, TextPrint
from evidence.pictures import keep_picture
from evidence.storage import BytesDifferError, exhibit_store

Alive = Callable[[], None]

_DRAWN = frozenset(kind.name for kind in {Kind.PDF, *IMAGES})
_DRAW_SECONDS = 60.0
_OCR_ENDED_AFTER = OCR_SECONDS + 60


class PutOffError(Exception):
    """The step cannot be done now; the message says why. It is tried again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step came to, to be written when the claim still holds."""

    found: Found | None = None
    kind: str = ""
    remark: str = ""
    entered: CustodyKind | None = None
    """How its custody has the step, if at all; what is only derived from a file is not in it."""
    why: str = ""
    leaves_out: frozenset[IntakeStep] = frozenset()
    """Later steps that this file does not need."""
    sets: tuple[tuple[str, Any], ...] = ()
    """Columns of the intake."""
    write: Callable[[], None] = lambda: None
    """Writes what was derived, in the same transaction."""


Step = Callable[[Intake, Alive], Outcome]


def called_for(step: IntakeStep, kind: str) -> bool:
    """Whether the step is done at all, with these settings and a file of this kind."""
    if step == IntakeStep.SCAN:
        return bool(settings.CLAMD)
    return step != IntakeStep.DRAW or kind in _DRAWN


def _inspect(intake: Intake, alive: Alive) -> Outcome:
    exhibit = intake.exhibit
    try:
        file = exhibit_store().open_verified(exhibit.blob_id)
    except BytesDifferError:
        said = "The stored bytes no longer have the SHA-256 they were received with."
        return Outcome(Found(Finding.ALTERED, said))
    with file:
        try:
            result = guarded("inspect", file, exhibit.filename, alive=alive)
        except StepFailedError as error:
            return Outcome(Found(Finding.NOT_INSPECTED, f"It could not be inspected. {error}"))
    found = Found(Finding(result["finding"]), result["said"]) if result["finding"] else None
    return Outcome(
        found,
        kind=result["kind"],
        entered=CustodyKind.INSPECTED,
        why="nothing was found against it",
    )


def _scan(intake: Intake, alive: Alive) -> Outcome:
    """What the scanner does not answer is waited for: no file passes unscanned unsaid."""
    if not settings.CLAMD:  # switched off while the file waited
        return Outcome(sets=(("scanned", "Not scanned for malware: no scanner is set."),))
    scanner = Scanner.at(settings.CLAMD)
    try:
        version = scanner.version()
        with exhibit_store().open(intake.exhibit.blob_id) as file:
            scanned = scanner.scan(file, alive)
    except ScannerAwayError as error:
        raise PutOffError(f"The scanner for malware does not do its work: {error}.") from error
    said = f"{version} found nothing in it."
    if scanned.too_large:
        said = f"Not scanned for malware: it is larger than the scanner takes ({version})."
    elif scanned.signature:
        said = f"It is known as malware, “{scanned.signature}” ({version})."
        return Outcome(Found(Finding.MALWARE, said), sets=(("scanned", said),))
    return Outcome(entered=CustodyKind.SCANNED, why=said, sets=(("scanned", said),))


def _draw(intake: Intake, alive: Alive) -> Outcome:
    exhibit = intake.exhibit
    if not called_for(IntakeStep.DRAW, intake.kind):  # files taken in again begin here
        return Outcome()
    with exhibit_store().open(exhibit.blob_id) as file:
        try:
            result = guarded("draw", file, exhibit.filename, alive=alive, seconds=_DRAW_SECONDS)
        except StepFailedError as error:
            result = {"png": "", "remark": f"It has no small picture. {error}"}
    width = height = None
    if result["png"]:
        # Before it is written: a picture nobody points at does no harm.
        keep_picture(exhibit.blob_id, base64.b64decode(result["png"]))
        width, height = result["width"], result["height"]
    return Outcome(
        remark=result["remark"], sets=(("picture_width", width), ("picture_height", height))
    )


def _read(intake: Intake, alive: Alive) -> Outcome:
    exhibit = intake.exhibit
    with exhibit_store().open(exhibit.blob_id) as file:
        try:
            result = guarded("read", file, exhibit.filename, alive=alive)
        except StepFailedError as error:
            result = {
                "passages": (),
                "pictures": 0,
                "remark": f"Its text could not be read. {error}",
            }
    passages = tuple((place, text) for place, text in result["passages"])
    leaves_out: set[IntakeStep] = set()
    if not result["pictures"]:
        leaves_out = {IntakeStep.OCR} if passages else {IntakeStep.OCR, IntakeStep.COMPARE}
    return Outcome(
        remark=result["remark"],
        entered=CustodyKind.READ,
        why=result["remark"] or ("its text was read" if passages else "it has no text as such"),
        leaves_out=frozenset(leaves_out),
        sets=(("language", ""),),
        write=partial(_keep, exhibit, passages),
    )


def _ocr(intake: Intake, alive: Alive) -> Outcome:
    exhibit = intake.exhibit
    passages: tuple[tuple[str, str], ...] = ()
    entered, why = None, ""
    program = tesseract()
    wanted = tuple(settings.OCR_LANGUAGES)
    languages = tuple(each for each in wanted if program and each in program.languages)
    missing = ", ".join(each for each in wanted if each not in languages)
    if program is None:
        remark = "No text: it is a scan or a picture, at least in part, and OCR is not installed."
    elif not languages:
        remark = f"No text: it is a scan or a picture, and OCR has no data to read {missing}."
    else:
        with exhibit_store().open(exhibit.blob_id) as file:
            try:
                result = guarded(
                    "ocr",
                    file,
                    exhibit.filename,
                    asked={"path": program.path, "languages": languages},
                    alive=alive,
                    seconds=_OCR_ENDED_AFTER,
                )
            except StepFailedError as error:
                result = {"passages": (), "remark": f"OCR did not read it. {error}"}
        passages = tuple((place, text) for place, text in result["passages"])
        remark = result["remark"]
        if missing:
            remark = f"{remark} OCR has no data to read {missing}.".strip()
        if passages:
            entered = CustodyKind.READ
            why = f"scanned pages read by OCR (tesseract {program.version}, {', '.join(languages)})"
    has_text = passages or Passage.objects.filter(exhibit=exhibit, by_ocr=False).exists()
    return Outcome(
        remark=remark,
        entered=entered,
        why=why,
        leaves_out=frozenset() if has_text else frozenset({IntakeStep.COMPARE}),
        write=partial(_keep, exhibit, passages, by_ocr=True),
    )


def _compare(intake: Intake, _alive: Alive) -> Outcome:
    """The text is in the database by now and no longer a file: nothing here can be harmed by it."""
    exhibit = intake.exhibit
    rows = list(exhibit.passages.order_by("number").values_list("place", "text"))
    # Names of e-mail headers are English whatever the message is in.
    words = (text for place, text in rows if place not in ("headers", "attachments"))
    beginning = ""
    for text in words:
        beginning += text[: ENOUGH - len(beginning)] + "\n"
        if len(beginning) > ENOUGH:
            break
    return Outcome(
        sets=(("language", guess_language(beginning)),),
        write=partial(_know_by, exhibit, print_of(rows)),
    )


def _know_by(exhibit: Exhibit, made: Print | None) -> None:
    TextPrint.objects.filter(exhibit=exhibit).delete()
    if made is not None:
        TextPrint.objects.create(
            exhibit=exhibit,
            signature=made.signature,
            bands=made.bands,
            places=made.places,
            sketches=made.sketches,
        )


def _keep(exhibit: Exhibit, passages: Iterable[tuple[str, str]], *, by_ocr: bool = False) -> None:
    """These are the words of the file, in place of any it had."""
    rows = Passage.objects.filter(exhibit=exhibit)
    TextPrint.objects.filter(exhibit=exhibit).delete()
    # Read anew, what was read from its pictures is read anew too.
    (rows.filter(by_ocr=True) if by_ocr else rows).delete()
    last = rows.aggregate(last=Max("number"))["last"] or 0
    Passage.objects.bulk_create(
        [
            Passage(exhibit=exhibit, number=number, place=place, text=text, by_ocr=by_ocr)
            for number, (place, text) in enumerate(passages, start=last + 1)
        ],
        batch_size=200,
    )


def forget_text(exhibit: Exhibit) -> None:
    """The words of a file in quarantine are not searched, and it is like no other."""
    TextPrint.objects.filter(exhibit=exhibit).delete()
    Passage.objects.filter(exhibit=exhibit).delete()


STEPS: dict[IntakeStep, Step] = {
    IntakeStep.INSPECT: _inspect,
    IntakeStep.SCAN: _scan,
    IntakeStep.DRAW: _draw,
    IntakeStep.READ: _read,
    IntakeStep.OCR: _ocr,
    IntakeStep.COMPARE: _compare,
}
