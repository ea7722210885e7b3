"""``manage.py intake_tools``: what files are scanned and read by on this machine."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from evidence.intake.scanner import Scanner, ScannerAwayError
from evidence.intake.tools import tesseract
from evidence.models import Intake


class Command(BaseCommand):
    """Asks the scanner and the program for OCR; both are optional."""

    help = (
        "Says whether the scanner for malware answers, which languages OCR can read, and how many "
        "files wait for either. Run it where the workers run. Exit code 1 if something that is "
        "set does not work."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print a line for each; raise when one that is set does not work."""
        wrong = [said for said in (self._scanner(), self._ocr()) if said]
        if waiting := Intake.objects.put_off().count():
            self.stdout.write(f"{waiting} file(s) wait in vain so far; the page of each says why.")
        if wrong:
            raise CommandError(" ".join(wrong))

    def _scanner(self) -> str:
        if not settings.CLAMD:
            self.stdout.write("Scan for malware: off (CLAMD is not set).")
            return ""
        try:
            version = Scanner.at(settings.CLAMD).version()
        except ScannerAwayError as error:
            return f"Scan for malware: {settings.CLAMD} does not answer: {error}."
        self.stdout.write(f"Scan for malware: {version} at {settings.CLAMD}.")
        return ""

    def _ocr(self) -> str:
        program = tesseract()
        if program is None:
            self.stdout.write("OCR: off (tesseract is not installed, or does not run).")
            return ""
        missing = [each for each in settings.OCR_LANGUAGES if each not in program.languages]
        self.stdout.write(
            f"OCR: tesseract {program.version} at {program.path}, can read "
            f"{', '.join(sorted(program.languages)) or 'nothing'}; reads "
            f"{', '.join(settings.OCR_LANGUAGES)} (OCR_LANGUAGES)."
        )
        if not missing:
            return ""
        return f"OCR has no data to read {', '.join(missing)}: install it, or see OCR_LANGUAGES."
