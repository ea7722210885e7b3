"""Small docket texts that the tests of reading start from."""

AUTHORITY = """\
authorities:
  - slug: example-list
    version: 2021
    in_force: [2021-01-01, null]
    threshold: reasonable-cause
    posture: apa-706
    elements:
      - {code: X-0, join: all}
      - {code: X-1, parent: X-0, kind: status, text: is affiliated}
      - {code: X-2, parent: X-0, kind: fact, text: has acted}
    considerations: [{code: C-1, text: alternatives}]
    prerequisites: [{code: P-1, text: notice, kind: notice}]
"""
EVIDENCE = """\
sources:
  - {key: S-1, name: A paper, role: press}
evidence:
  - {key: E-1, kind: press-report, source: S-1, dated_on: 2021-02}
  - {key: E-2, kind: other}
"""
CASE = """\
cases:
  - key: EXAMPLE-1
    authority: example-list@2021
    links:
      - {element: X-1, item: E-1, stance: supports}
"""
DOCKET = "docket: 1\n" + AUTHORITY + EVIDENCE + CASE


def with_case(fields: str) -> str:
    """The docket with more fields on its one case, given as indented YAML."""
    return DOCKET + "".join(f"    {line}\n" for line in fields.splitlines())


def with_item(fields: str) -> str:
    """The docket with one more evidence item, E-3, of these fields."""
    item = "  - key: E-3\n" + "".join(f"    {line}\n" for line in fields.splitlines())
    return "docket: 1\n" + AUTHORITY + EVIDENCE + item + CASE
