"""Step 1: text to nodes that remember how they were written and on which line.

YAML 1.1 readers turn ``on`` into true, ``NO`` into false and ``2026-03-26`` into a date. So no
scalar is resolved here: a node keeps its text and whether it was quoted, and ``typed`` reads it
by the type its field has. YAML comes as a stream of events and is folded without recursion, so
that a file nested a hundred thousand deep is refused instead of ending the process.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from casemgr.docket.errors import DocketError, Problem

MAX_DEPTH = 40
MAX_NODES = 2_000_000  # after aliases are followed: a small file must not unfold into a huge one

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True)
class Scalar:
    """A leaf. ``quoted`` text stays text; ``literal`` is a JSON true, false or null."""

    text: str
    quoted: bool = False
    line: int | None = None
    literal: bool | str | None = ""  # "" unless JSON wrote true, false or null
    fractional: bool = False  # a JSON number with a point or an exponent
    tag: str | None = None

    @property
    def is_literal(self) -> bool:
        """Whether JSON spelled out true, false or null."""
        return self.literal != ""


@dataclass(slots=True)
class Listing:
    """A sequence of nodes."""

    items: list["Node"] = field(default_factory=list)
    line: int | None = None


@dataclass(slots=True)
class Mapping:
    """Keys and nodes in file order; a repeated key is kept, for the reader to refuse."""

    entries: list[tuple[str, int | None, "Node"]] = field(default_factory=list)
    line: int | None = None


Node = Scalar | Listing | Mapping


def parse(text: str, *, as_json: bool) -> Node:
    """The node tree of a docket file. Raises DocketError where the text is not YAML or JSON."""
    return parse_json(text) if as_json else parse_yaml(text)


def looks_like_json(text: str) -> bool:
    """Whether the text, its file name unknown, is best read as JSON."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return False
    try:
        json.loads(text.lstrip("\ufeff"), parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(message: str, fix: str = "", line: int | None = None) -> DocketError:
    return DocketError((Problem("", message, fix, line),))


# --- YAML


def parse_yaml(text: str) -> Node:
    """Fold the event stream of one YAML document into nodes."""
    folder = _Folder()
    try:
        for event in yaml.parse(text.removeprefix("\ufeff"), Loader=_Loader):
            folder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = ", ".join(part for part in (error.context, error.problem) if part)
        raise _refuse(
            f"this is not valid YAML: {said}",
            "check indentation, quotes and brackets on this line and the one above",
            mark.line + 1 if mark else None,
        ) from None
    except yaml.YAMLError as error:
        raise _refuse(
            f"this is not valid YAML: {' '.join(str(error).split())}",
            "save the file as plain UTF-8 text",
        ) from None
    if folder.root is None:
        raise _refuse("the file is empty", "begin it with docket: 1")
    return folder.root


class _Folder:
    """Builds nodes from parse events, keeping its own stack instead of recursing."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.stack: list[Listing | Mapping] = []
        self.keys: list[tuple[str, int | None] | None] = []  # pending key of each open mapping
        self.anchors: dict[str, Node] = {}
        self.sizes: dict[int, int] = {}
        self.nodes = 0
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        """Fold one event in."""
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _refuse(
                    "a second YAML document begins here",
                    "put one docket in one file; remove the --- line",
                    line,
                )
        elif isinstance(event, yaml.ScalarEvent):
            plain = event.implicit[0] and event.style not in ("'", '"', "|", ">")
            tag = None if event.implicit[0] or event.implicit[1] else event.tag
            self._place(Scalar(event.value, not plain, line, tag=tag), event.anchor, line)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            opened = Listing if isinstance(event, yaml.SequenceStartEvent) else Mapping
            node = opened(line=line)
            self._place(node, event.anchor, line)
            self.stack.append(node)
            self.keys.append(None)
            if len(self.stack) > MAX_DEPTH:
                raise _refuse(
                    f"the file nests more than {MAX_DEPTH} levels deep",
                    "a docket needs eight; look for an unclosed bracket",
                    line,
                )
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self.stack.pop()
            self.keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise _refuse(f"*{event.anchor} names no anchor above it", line=line)
            target = self.anchors[event.anchor]
            if any(target is open_ for open_ in self.stack):
                raise _refuse(f"*{event.anchor} contains itself", "write it out", line)
            self._place(target, None, line, grown=self._size(target))

    def _place(self, node: Node, anchor: str | None, line: int | None, grown: int = 1) -> None:
        self.nodes += grown
        if self.nodes > MAX_NODES:
            raise _refuse(
                f"the file unfolds to more than {MAX_NODES} values",
                "split it into several dockets, or write fewer aliases",
                line,
            )
        if anchor:
            self.anchors[anchor] = node
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, Listing):
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is not None:
            parent.entries.append((key[0], key[1], node))
            self.keys[-1] = None
        elif isinstance(node, Scalar):
            self.keys[-1] = (node.text, line)
        else:
            raise _refuse("a field name must be a word", "write name: value", line)

    def _size(self, node: Node) -> int:
        """How many nodes an alias repeats; nested aliases multiply, hence the memory."""
        known = self.sizes.get(id(node))
        if known is None:
            if isinstance(node, Scalar):
                known = 1
            elif isinstance(node, Listing):
                known = 1 + sum(self._size(item) for item in node.items)
            else:
                known = 1 + sum(1 + self._size(value) for _, _, value in node.entries)
            self.sizes[id(node)] = known
        return known


# --- JSON


class _Pairs(list[tuple[str, object]]):
    """A JSON object before its repeated keys are lost."""


def parse_json(text: str) -> Node:
    """Nodes of a JSON text; numbers keep their digits, so nothing passes through a float."""
    try:
        loaded = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_Pairs,
            parse_int=lambda digits: Scalar(digits),
            parse_float=lambda digits: Scalar(digits, fractional=True),
            parse_constant=lambda name: Scalar(name, fractional=True),
        )
    except json.JSONDecodeError as error:
        raise _refuse(
            f"this is not valid JSON: {error.msg} at column {error.colno}",
            "check commas, quotes and brackets here",
            error.lineno,
        ) from None
    except RecursionError:
        raise _refuse(
            f"the file nests more than {MAX_DEPTH} levels deep",
            "a docket needs eight; look for an unclosed bracket",
        ) from None
    return _json_node(loaded, 0)


def _json_node(value: object, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise _refuse(f"the file nests more than {MAX_DEPTH} levels deep")
    if isinstance(value, Scalar):
        return value
    if isinstance(value, _Pairs):
        return Mapping([(key, None, _json_node(child, depth + 1)) for key, child in value])
    if isinstance(value, list):
        return Listing([_json_node(child, depth + 1) for child in value])
    if isinstance(value, str):
        return Scalar(value, quoted=True)
    return Scalar(json.dumps(value), literal=value if isinstance(value, bool) else None)


def line_of_every_path(node: Node) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """Pairs of path and line over a whole tree, for a JSON text that YAML can read too."""
    pending: list[tuple[tuple[str | int, ...], Node]] = [((), node)]
    while pending:
        path, current = pending.pop()
        if current.line is not None and not path:
            yield path, current.line
        if isinstance(current, Mapping):
            for key, line, child in current.entries:
                if line is not None:
                    yield (*path, key), line
                pending.append(((*path, key), child))
        elif isinstance(current, Listing):
            for index, child in enumerate(current.items):
                if child.line is not None:
                    yield (*path, index), child.line
                pending.append(((*path, index), child))
