"""In which form an answer is given: by ``Accept``, or by ``?format=`` where an endpoint has it."""

from collections.abc import Iterable

from django.http import Http404
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer


class Negotiation(DefaultContentNegotiation):
    """The framework's, but a form that does not exist is a wrong value, not a wrong address."""

    def filter_renderers(
        self, renderers: Iterable[BaseRenderer], format: str
    ) -> list[BaseRenderer]:
        """Those of the form asked for. Raises ValidationError where there is none."""
        offered = list(renderers)
        try:
            found: list[BaseRenderer] = super().filter_renderers(offered, format)
        except Http404:
            known = ", ".join(renderer.format for renderer in offered)
            raise ValidationError({"format": f"There is no such form. Choose: {known}."}) from None
        return found
