"""How the OpenAPI document is written: shapes of requests, names of operations, problems.

``ApiSchema`` reads what a view states; ``with_problems`` adds to every operation the problems it
can answer with, so that no view lists them.
"""

import re
from collections.abc import Mapping
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from access.api.problems import EXPLANATIONS, MEDIA_TYPE, SLUG_OF_STATUS, TITLES

PROBLEM = {
    "type": "object",
    "description": "What went wrong, as RFC 9457 defines it.",
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "/problems/ and the name of the kind."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do about it."},
        "instance": {"type": "string", "description": "The address asked."},
        "request_id": {"type": "string", "description": "Name it when you report a defect."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON Pointer to the value."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}

_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=False,
    description="The ETag of the answer one read; a change without it is refused (428).",
)
_IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=False,
    description="1 to 255 visible ASCII characters. The same request sent again under the same "
    "key acts once and is answered alike.",
)
_REASON = OpenApiParameter(
    "X-Change-Reason",
    str,
    OpenApiParameter.HEADER,
    required=False,
    description="Why; kept in the history beside the change.",
)
_SLUGS = {**SLUG_OF_STATUS, 400: "validation-failed", 422: "idempotency-key-reused"}
_METHODS = ("get", "post", "patch", "put", "delete")


class ApiSchema(AutoSchema):
    """Reads the shape of each request and answer from the view."""

    def get_request_serializer(self) -> Any:
        """What the view says the action takes."""
        return getattr(self.view, "requests", {}).get(
            getattr(self.view, "action", ""), super().get_request_serializer()
        )

    def get_response_serializers(self) -> Any:
        """The answer's own shape, 201 for a create; nothing for a removal."""
        if self.method == "DELETE":
            return {204: None}
        if not getattr(self.view, "requests", None):
            return super().get_response_serializers()
        view: Any = self.view
        shape, action = view.serializer_class, getattr(view, "action", "")
        if action == "list":
            return view.requests.get("list", shape)
        return {201: shape} if action == "create" else shape

    def get_override_parameters(self) -> list[Any]:
        """The headers that changes take."""
        action = getattr(self.view, "action", "")
        found = []
        if action == "partial_update" or action in getattr(self.view, "revised", ()):
            found.append(_IF_MATCH)
        if action == "create":
            found.append(_IDEMPOTENCY_KEY)
        return [*found, _REASON] if self.method in ("POST", "PATCH", "DELETE") else found

    def get_operation_id(self) -> str:
        """``links_create``, ``cases_links_list``: the path's words, then what is done."""
        words = [word.replace("-", "_") for word in self._tokenize_path()]
        action = getattr(self.view, "action", None) or self.method_mapping[self.method.lower()]
        if words and action == words[-1]:
            action = self.method_mapping[self.method.lower()]
        done = {"partial_update": "update", "destroy": "remove"}.get(action, action)
        return "_".join([*words, done])

    def get_tags(self) -> list[str]:
        """The resource family, by the first word of the path."""
        words = self._tokenize_path()
        return words[:1] or ["api"]


def with_problems(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Spectacular's post-processing: each operation's problems and names for path parameters."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    result["components"]["responses"] = {
        _name(slug): _response(status, slug) for status, slug in _SLUGS.items()
    }
    for path, operations in result["paths"].items():
        for method in _METHODS:
            if method in operations:
                _add_problems(path, method, operations[method])
    return result


def _add_problems(path: str, method: str, operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    for status in _possible(path, method, operation):
        slug = _SLUGS[status]
        answers.setdefault(str(status), {"$ref": f"#/components/responses/{_name(slug)}"})


def _possible(path: str, method: str, operation: Mapping[str, Any]) -> tuple[int, ...]:
    changes = method != "get"
    headers = {each["name"] for each in operation.get("parameters", ())}
    return (
        400,
        401,
        403,
        *((404,) if "{" in path else ()),
        405,
        406,
        *((409,) if changes else ()),
        *((412, 428) if "If-Match" in headers else ()),
        *((413, 415) if "requestBody" in operation else ()),
        *((422,) if "Idempotency-Key" in headers else ()),
        429,
        500,
    )


def _response(status: int, slug: str) -> dict[str, Any]:
    example: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": TITLES[slug],
        "status": status,
        "detail": EXPLANATIONS[slug],
        "instance": "/api/v1/cases/C-7K2MPQ4XAB",
        "request_id": "b6b1c9e0",
    }
    if slug == "validation-failed":
        example["errors"] = [{"pointer": "#/title", "detail": "Not a valid string."}]
    return {
        "description": f"{TITLES[slug]}. {EXPLANATIONS[slug]}",
        "content": {
            MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
        },
    }


def _name(slug: str) -> str:
    return re.sub(r"(?:^|-)(.)", lambda found: found[1].upper(), slug)
