"""Every endpoint of the API, as the URL configuration has them, and what the policy says of each.

The list is generated: nothing here names an endpoint, except the two that are open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from drf_spectacular.generators import EndpointEnumerator

from access.api.permissions import STANDARD_VERBS
from access.policy import POLICY, Verb
from access.words import Standing

OPEN = frozenset({"/api/v1/schema/", "/api/v1/docs/"})
"""They describe the API and hold no data."""


@dataclass(frozen=True)
class Endpoint:
    """One method of one address."""

    method: str
    template: str
    view: Any
    action: str

    def __str__(self) -> str:
        return f"{self.method} {self.template}"

    @property
    def resource(self) -> str:
        """The kind of thing, in the policy."""
        return str(getattr(self.view, "resource", ""))

    @property
    def verb(self) -> Verb | None:
        """What it does, in the policy."""
        stated = getattr(self.view, "verbs", {})
        default = STANDARD_VERBS.get(self.action)
        if self.action == "get":
            default = Verb.READ
        found: Verb | None = stated.get(self.action, default)
        return found

    @property
    def allowed(self) -> frozenset[Standing]:
        """Who may, in the policy."""
        return POLICY.get(self.resource, {}).get(self.verb, frozenset())  # type: ignore[arg-type]

    @property
    def is_list(self) -> bool:
        """Whether it answers a page of rows."""
        return self.method == "GET" and self.action == "list"

    @property
    def is_of_a_team(self) -> bool:
        """Whether the address names something that a team owns."""
        owned = (
            "/cases/{", "/evidence/{", "/packages/{", "/portal/deliveries/{", "/portfolio-runs/{",
            "/sources/{", "/teams/{",
        )  # fmt: skip
        return any(part in self.template for part in owned)


def endpoints() -> Iterator[Endpoint]:
    """Every endpoint under /api/ but the open ones."""
    for path, _, method, callback in EndpointEnumerator().get_api_endpoints():
        if not path.startswith("/api/") or path in OPEN:
            continue
        template = path.replace("{pk}", "{id}")
        actions = getattr(callback, "actions", None) or {}
        yield Endpoint(method, template, callback.cls, actions.get(method.lower(), method.lower()))
