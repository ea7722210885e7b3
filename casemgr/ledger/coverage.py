"""Which tables the change table covers, and what is left out of it, each with its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import models

COVERED_APPS = ("access", "mfa", "socialaccount", "designations", "evidence", "casemgr")
# What happens to people and how they sign in is history, and no assessment depends on it.
_ACCOUNTS = frozenset({"access", "mfa", "socialaccount"})

NOT_COVERED: Mapping[str, str] = {
    "access_apitoken": "credentials: a digest of a secret has no place in a history",
    "socialaccount_socialapp": "stays empty: the identity provider is a setting",
    "socialaccount_socialtoken": "stays empty: the provider's tokens are not kept",
    "access_idempotencykey": "memory of answers, rebuilt from nothing",
    "evidence_searchtext": "index of words, made of rows that are covered",
    "evidence_passage": "text of files, read from bytes that are covered",
    "evidence_textprint": "made of the text of files, which is read from bytes that are covered",
    "evidence_entrydraft": "what nobody has entered yet; what is logged is covered",
    "evidence_upload": "what has not arrived yet; the exhibit it becomes is covered",
    "casemgr_findingdraft": "unfinished words, saved every few seconds; what is saved is covered",
    "casemgr_bookmark": "how far a person has read",
    "casemgr_change": "the history itself",
    "casemgr_undrainedchange": "queue",
    "casemgr_stalemark": "queue",
    "casemgr_stagespell": "written by the database from each change of a case, which is covered",
    "evidence_jobpart": "queue",
    "casemgr_gradeday": "derived each day from assessments, which are covered",
    "casemgr_notification": "tells people of what the history holds, and what they have read",
    "casemgr_noticedigest": "claims of e-mails sent",
    "casemgr_visit": "when someone was last here",
}

HIDDEN_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "access_user": ("password", "last_login"),  # a secret; and noise at every login
    "access_setupcode": ("digest",),
    "mfa_authenticator": ("data", "last_used_at"),  # the secret; and noise at every login
    "socialaccount_socialaccount": ("extra_data", "last_login"),
    # Already append-only and large; their digests stand in the payload.
    "casemgr_snapshot": ("record",),
    "casemgr_assessment": ("checklist",),
    # That it was read again; what came of it is history.
    "evidence_blob": ("checked_at", "whole_at", "leased_until"),
    # Who has it in hand; what came of it is history.
    "evidence_intake": ("attempts", "claim", "leased_until", "put_off_times"),
    "evidence_figure": ("rows",),
}

# What the engine writes itself must not make it run again, and what people say to each other
# about a record is no part of it. What figures say of a claim stands in the claim; how a source is
# described is for people.
_NOT_JUDGED = frozenset(
    {
        "casemgr_snapshot",
        "casemgr_assessment",
        "casemgr_trackedflag",
        "casemgr_docketfile",
        "casemgr_task",
        "casemgr_comment",
        "casemgr_mention",
        "casemgr_noticesetting",
        "casemgr_savedview",
        "evidence_job",
        "evidence_intake",
        "evidence_dataset",
        "evidence_figure",
        "evidence_claimcheck",
        "evidence_sourcedescriptor",
    }
)


@dataclass(frozen=True, slots=True)
class Covered:
    """A covered table: its key column, hidden columns, and whether assessments depend on it."""

    table: str
    key: str
    hidden: tuple[str, ...]
    queued: bool


def covered() -> Iterator[Covered]:
    """Every table whose changes are recorded, the automatic many-to-many tables among them."""
    for label in COVERED_APPS:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            if _concrete(model) and model._meta.db_table not in NOT_COVERED:
                yield _covered(model, label)


def _concrete(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy


def _covered(model: type[models.Model], label: str) -> Covered:
    table = model._meta.db_table
    return Covered(
        table=table,
        key=str(model._meta.pk.column),
        hidden=HIDDEN_COLUMNS.get(table, ()),
        queued=label not in _ACCOUNTS and table not in _NOT_JUDGED,
    )
