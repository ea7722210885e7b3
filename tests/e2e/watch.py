"""What is asked of every page a browser test visits, whether the test asks or not."""

import functools
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

from config.environment import PROJECT

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
# Pages a package brings along, seen by administrators and programmers; their markup is not ours.
NOT_OURS = ("/admin/", "/api/v1/docs/")
_SERIOUS = frozenset({"serious", "critical"})


@dataclass
class Watch:
    """Listens to browser contexts: what the console said, what was refused, where one was."""

    origin: str
    said: list[str] = field(default_factory=list)
    visited: dict[str, None] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)

    def listen_to(self, context: BrowserContext) -> None:
        """Hear every page of the context. Chromium reports a refusal by CSP as an error."""
        context.on("console", lambda said: self._hear(said.type, said.text))
        context.on("weberror", lambda error: self.said.append(f"exception: {error.error}"))
        context.on("page", self._follow)
        context.on("request", self._leave)

    def expect(self, words: str) -> None:
        """A message of the browser that belongs to the test, such as the 404 it asks for."""
        self.expected.append(words)

    def complaints(self) -> list[str]:
        """What was said and not expected."""
        return [each for each in self.said if not any(words in each for words in self.expected)]

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.said.append(f"{kind}: {text}")

    def _follow(self, page: Page) -> None:
        def note(frame: object) -> None:
            address = urlsplit(page.url)
            if frame == page.main_frame and page.url.startswith(self.origin):
                self.visited[address.path + (f"?{address.query}" if address.query else "")] = None

        page.on("framenavigated", note)

    def _leave(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith((self.origin, "data:", "blob:", "about:")):
            self.said.append(f"request to elsewhere: {url}")


def barriers(page: Page) -> list[str]:
    """Serious and critical violations that axe finds on the page as it stands."""
    if any(place in page.url for place in NOT_OURS):
        return []
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{page.url}: {each['id']} ({each['impact']}), {each['help']}: {_places(each['nodes'])}"
        for each in found["violations"]
        if each["impact"] in _SERIOUS
    ]


@functools.cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def _places(nodes: Iterable[dict[str, object]]) -> str:
    return "; ".join(json.dumps(node["target"]) for node in list(nodes)[:4])


def sideways(page: Page) -> int:
    """By how many pixels the page as a whole scrolls sideways; 0 is right."""
    # The gutter kept for a scroll bar counts to the width of the document, not of the body.
    width = "document.documentElement.scrollWidth - document.body.offsetWidth"
    return max(0, int(page.evaluate(f"() => {width}")))
