"""Who may do what to which kind of thing: one table, and the question asked of it.

The table is read by the views of the API and of the pages, and by the test that walks every
endpoint with every standing. What is not in the table is refused. The table speaks of kinds;
*which* rows a person sees is the business of ``visible_to(user)`` (access.scope).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from access.words import Scope, Standing


class Verb(StrEnum):
    """What can be done to a resource."""

    READ = "read"
    CREATE = "create"
    CHANGE = "change"
    REMOVE = "remove"
    RUN = "run"
    VERIFY = "verify"
    SHARE = "share"
    DISPOSE = "dispose"
    SIGN = "sign"
    ADVANCE = "advance"
    DECIDE = "decide"
    EXPORT = "export"


SCOPE_OF: Mapping[Verb, Scope] = {
    Verb.READ: Scope.READ,
    Verb.CREATE: Scope.WRITE,
    Verb.CHANGE: Scope.WRITE,
    Verb.REMOVE: Scope.WRITE,
    Verb.RUN: Scope.WRITE,
    Verb.VERIFY: Scope.SUBMIT,
    Verb.SHARE: Scope.SUBMIT,
    Verb.DISPOSE: Scope.SUBMIT,
    Verb.SIGN: Scope.SUBMIT,
    Verb.ADVANCE: Scope.SUBMIT,
    Verb.DECIDE: Scope.SUBMIT,
    # Work product leaves the house only by an act for which someone answers.
    Verb.EXPORT: Scope.SUBMIT,
}
"""The token scope that a verb needs."""

DELIVERY = "delivery"
"""What comes in through a provider's portal: the one resource with a scope of its own."""


def scope_for(resource: str, verb: Verb) -> Scope:
    """The token scope that ``verb`` needs toward ``resource``.

    >>> scope_for("evidence", Verb.CREATE), scope_for("delivery", Verb.READ)
    (<Scope.WRITE: 'write'>, <Scope.DEPOSIT: 'deposit'>)
    """
    return Scope.DEPOSIT if resource == DELIVERY else SCOPE_OF[verb]


ANALYST = frozenset({Standing.ANALYST})
COUNSEL = frozenset({Standing.COUNSEL})
MANAGER = frozenset({Standing.MANAGER})
AUDITOR = frozenset({Standing.AUDITOR})
ADMINISTRATOR = frozenset({Standing.ADMINISTRATOR})
DEPOSITOR = frozenset({Standing.DEPOSITOR})
WRITERS = ANALYST | COUNSEL
LEADERS = COUNSEL | MANAGER
TEAM = ANALYST | COUNSEL | MANAGER
READERS = TEAM | AUDITOR
SIGNED_IN = READERS | ADMINISTRATOR

# What is written about a case while it is built: read by all who see the case.
_WRITTEN = {Verb.READ: READERS, Verb.CREATE: WRITERS, Verb.CHANGE: WRITERS, Verb.REMOVE: WRITERS}
# Steps and relations that managers keep as well.
_KEPT = {Verb.READ: READERS, Verb.CREATE: TEAM, Verb.CHANGE: TEAM, Verb.REMOVE: TEAM}
_SEEN = {Verb.READ: READERS}

POLICY: Mapping[str, Mapping[Verb, frozenset[Standing]]] = {
    # People. Everyone sees their own account and tokens; the administrator keeps the rest.
    "me": {Verb.READ: SIGNED_IN},
    "token": {Verb.READ: SIGNED_IN, Verb.CREATE: SIGNED_IN, Verb.REMOVE: SIGNED_IN},
    "team": {Verb.READ: SIGNED_IN, Verb.CREATE: ADMINISTRATOR, Verb.CHANGE: ADMINISTRATOR},
    "marking": {Verb.READ: SIGNED_IN, Verb.CREATE: ADMINISTRATOR, Verb.CHANGE: ADMINISTRATOR},
    "user": {Verb.READ: ADMINISTRATOR, Verb.CREATE: ADMINISTRATOR, Verb.CHANGE: ADMINISTRATOR},
    "membership": {
        Verb.READ: ADMINISTRATOR,
        Verb.CREATE: ADMINISTRATOR,
        Verb.REMOVE: ADMINISTRATOR,
    },
    # The law is reference data; only counsel vouches that a text is what was enacted.
    "authority": {Verb.READ: SIGNED_IN, Verb.CREATE: ADMINISTRATOR, Verb.CHANGE: ADMINISTRATOR},
    "verification": {Verb.READ: SIGNED_IN, Verb.VERIFY: COUNSEL},
    # Whom an agency looks at is already case content: not for the administrator.
    "designee": _WRITTEN,
    "ownership": _WRITTEN,
    # Evidence
    "source": _WRITTEN,
    "evidence": _WRITTEN | {Verb.SHARE: LEADERS},
    # What was found to be dangerous is let out by someone who answers for it.
    # Whether its bytes are still whole, anyone who works on it may ask; the certificate of its
    # custody is made to leave the house.
    "exhibit": _WRITTEN | {Verb.DISPOSE: LEADERS, Verb.RUN: TEAM, Verb.EXPORT: COUNSEL},
    # What happened outside the service is entered by who saw to it, and never taken back.
    "custody": {Verb.READ: READERS, Verb.CREATE: TEAM},
    "grading": _WRITTEN,
    "derivation": _WRITTEN,
    "dataset": _WRITTEN | {Verb.RUN: WRITERS},
    "figure": _WRITTEN | {Verb.RUN: WRITERS},
    "claim": _WRITTEN,
    "job": _SEEN,
    # A provider's key delivers, and reads the receipts of what it delivered. Whom the office
    # hears from is case content, and whoever lets an outsider in answers for it to the team: so
    # counsel and managers make these keys, and never an administrator of accounts.
    DELIVERY: {
        Verb.READ: DEPOSITOR,
        Verb.CREATE: DEPOSITOR,
    },
    "portal": {Verb.READ: READERS, Verb.CREATE: LEADERS, Verb.CHANGE: LEADERS},
    # Cases
    "case": _KEPT | {Verb.ADVANCE: LEADERS, Verb.DECIDE: MANAGER, Verb.REMOVE: frozenset()},
    "package": _KEPT,
    "pin": _KEPT,
    "dependency": _KEPT,
    "milestone": {Verb.READ: READERS, Verb.CREATE: LEADERS, Verb.CHANGE: LEADERS},
    "link": _WRITTEN,
    "finding": _WRITTEN,
    "signature": {Verb.READ: READERS, Verb.SIGN: COUNSEL},
    "consideration": _WRITTEN,
    "prerequisite": _KEPT,
    "comparator": _WRITTEN,
    "assessment": {Verb.READ: READERS, Verb.RUN: TEAM},
    # Of all cases of a team at once, with workers' time spent on it.
    "portfolio-run": {
        Verb.READ: READERS,
        Verb.CREATE: MANAGER,
        Verb.CHANGE: MANAGER,
    },
    "checklist": _SEEN,
    # A manager must not make red go away alone: to accept or dispute a flag is counsel's act.
    "flag": {Verb.READ: READERS, Verb.DISPOSE: COUNSEL},
    "change": _SEEN,
    "status": _SEEN,
    "docket": {Verb.READ: READERS, Verb.EXPORT: COUNSEL, Verb.CREATE: COUNSEL},
    "ledger": _SEEN,
    # Work among people. Nothing said or asked is removed: withdrawn, dropped.
    "task": {Verb.READ: READERS, Verb.CREATE: TEAM, Verb.CHANGE: TEAM},
    "comment": {Verb.READ: READERS, Verb.CREATE: TEAM, Verb.CHANGE: TEAM},
    # Of one's own desk: what one was told, and the lists one keeps.
    "notification": {Verb.READ: READERS, Verb.CHANGE: READERS},
    "saved-view": {
        Verb.READ: READERS,
        Verb.CREATE: READERS,
        Verb.CHANGE: READERS,
        Verb.REMOVE: READERS,
    },
}
"""Resource kind to verb to the standings that may."""


def may(standings: Iterable[Standing], resource: str, verb: Verb) -> bool:
    """Whether any of ``standings`` may do ``verb`` to ``resource``; what is not listed is refused.

    >>> may({Standing.COUNSEL}, "signature", Verb.SIGN)
    True
    >>> may({Standing.ADMINISTRATOR}, "case", Verb.READ)
    False
    """
    return not POLICY.get(resource, {}).get(verb, frozenset()).isdisjoint(standings)


def roles_that_may(resource: str, verb: Verb) -> str:
    """The standings that may, in words, for a refusal that says whom to ask."""
    allowed = POLICY.get(resource, {}).get(verb, frozenset())
    # Counsel are called so whether one or many.
    *others, last = [
        standing.value + ("" if standing is Standing.COUNSEL else "s")
        for standing in Standing
        if standing in allowed
    ] or ["no one"]
    return f"{', '.join(others)} and {last}" if others else last
