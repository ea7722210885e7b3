"""Every error of the API leaves through here, as problem+json with a request id."""

import functools
import math
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults
from rest_framework import exceptions
from rest_framework.views import set_rollback

from access.api.problems import MEDIA_TYPE, SLUG_OF_STATUS, Problem, pointed
from access.revision import StaleRevisionError

__all__ = ["MEDIA_TYPE", "ProblemError", "problem_handler"]

NOT_FOUND = "No such thing, or it is outside what you may see."


class ProblemError(Exception):
    """Raise to answer with exactly this problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.detail)


def problem_handler(exc: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Django REST framework's exception handler.

    Bad values answer 400 with a list of pointers, whether the serializer, an action or a
    constraint of the database refused them. None for what nobody foresaw: it must reach the log
    as an error, and becomes a 500.
    """
    problem = _problem(exc)
    if problem is None:
        return None
    set_rollback()
    return problem.response(context["request"]._request)


def _problem(exc: Exception) -> Problem | None:
    match exc:
        case ProblemError():
            return exc.problem
        case StaleRevisionError():
            return Problem(412, "revision-changed", str(exc))
        case Http404():
            return Problem(404, "not-found", NOT_FOUND)
        case DjangoPermissionDenied():
            return Problem(403, "permission-denied", str(exc) or "You may not do this.")
        case exceptions.ValidationError():
            return _invalid(exc.detail)
        case DjangoValidationError():
            return _invalid(exc.message_dict if hasattr(exc, "error_dict") else exc.messages)
        case IntegrityError() | ProtectedError():
            return _contradiction(exc)
        case exceptions.APIException():
            return _from_framework(exc)
    return None


def _invalid(detail: Any) -> Problem:
    errors = tuple(pointed(detail))
    count = f"{len(errors)} values are" if len(errors) > 1 else "One value is"
    return Problem(400, "validation-failed", f"{count} not acceptable; nothing was saved.", errors)


def _contradiction(exc: IntegrityError | ProtectedError) -> Problem | None:
    """A constraint of the database refused: say what the model says about that constraint."""
    if isinstance(exc, ProtectedError):
        return Problem(409, "conflict", "Other records rest on this one; it cannot be removed.")
    diagnosis = getattr(exc.__cause__, "diag", None)
    message = _violations().get(getattr(diagnosis, "constraint_name", None) or "")
    # One that no model speaks about is a defect of ours and must be seen as one.
    return Problem(409, "conflict", message) if message else None


@functools.cache
def _violations() -> Mapping[str, str]:
    return {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message
    }


def _from_framework(exc: exceptions.APIException) -> Problem:
    headers = {}
    challenge = getattr(exc, "auth_header", None)
    if challenge:
        headers["WWW-Authenticate"] = str(challenge)
    wait = getattr(exc, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(math.ceil(wait))
    detail = exc.detail if isinstance(exc.detail, str) else str(exc)
    slug = SLUG_OF_STATUS.get(exc.status_code, "server-error")
    if exc.status_code == 404:
        detail = NOT_FOUND
    return Problem(exc.status_code, slug, str(detail), headers=headers)


# Handlers for the root URL configuration: an address under /api/ that no view answers speaks
# problem+json too, every other one a page.


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler400``."""
    if _is_api(request):
        return Problem(400, "malformed-request", "The request is malformed.").response(request)
    return defaults.bad_request(request, exception)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler403``."""
    if _is_api(request):
        return Problem(403, "permission-denied", "You may not do this.").response(request)
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler404``."""
    if _is_api(request):
        return Problem(404, "not-found", NOT_FOUND).response(request)
    return defaults.page_not_found(request, exception)


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """For a request of more than ``most`` bytes, none of which was read."""
    detail = f"One request brings {most:,} bytes at most: divide the file."
    if _is_api(request):
        return Problem(413, "payload-too-large", detail).response(request)
    return render(request, "413.html", {"detail": detail}, status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """``handler500``."""
    if _is_api(request):
        detail = (
            "The service failed and nothing was saved. Try again; if it fails again, report the "
            "request id."
        )
        return Problem(500, "server-error", detail).response(request)
    return defaults.server_error(request)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
