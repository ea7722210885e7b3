"""``manage.py take_in_again``: files that are taken in go through later steps again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from evidence.actions.intake import take_in_again
from evidence.models import Intake, IntakeStep


class Command(BaseCommand):
    """For what came later than the files did."""

    help = (
        "Has every file that is taken in go through the steps from one on again, by the workers: "
        "scan (there is a scanner now, or it knows more), draw (small pictures are lost), read "
        "(OCR is installed now). Nothing of the files changes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The first step that is done again; and which files."""
        parser.add_argument(
            "step", choices=[IntakeStep.SCAN.value, IntakeStep.DRAW.value, IntakeStep.READ.value]
        )
        parser.add_argument(
            "--without-text", action="store_true", help="only files of which no text was read"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Put the files back and say how many."""
        intakes = Intake.objects.all()
        if options["without_text"]:
            intakes = intakes.filter(exhibit__passages=None)
        number = take_in_again(intakes, IntakeStep(options["step"]))
        self.stdout.write(f"{number} file(s) are taken in again from the {options['step']} on.")
