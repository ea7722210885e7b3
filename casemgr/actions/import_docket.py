"""A docket into the database: all of it or nothing, and every reason why not."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from access.models import Team, User
from casemgr.actions.docket_cases import CaseWriter
from casemgr.actions.docket_conflicts import Standing, precedent_problems, standing_problems
from casemgr.actions.docket_evidence import write_evidence
from casemgr.actions.recorded import recorded
from casemgr.apa.record import Docket
from casemgr.docket.errors import DocketError, Problem
from casemgr.models import Case, DocketFile
from designations.actions import PinnedVersionError, load_authority
from designations.library.model import Authority
from designations.models import AuthorityVersion, Origin


@dataclass(frozen=True, slots=True)
class StoredDocket:
    """What an import did: keys of what it added, and of what was there already, just so."""

    docket_file: DocketFile | None
    cases_added: tuple[str, ...]
    cases_unchanged: tuple[str, ...]
    items_added: tuple[str, ...]
    items_unchanged: tuple[str, ...]


def store_docket(
    docket: Docket, team: Team, actor: User, reason: str = "import a docket file"
) -> StoredDocket:
    """Store a docket for ``team``. An object that is there already and equal is left alone.

    Keys are global here: an object of the same key that says something else is an error with its
    path, and so is what occurs in precedents only. Findings come in as unsigned drafts of the
    importer; signatures, custody and history are never imported. Raises DocketError with every
    problem found, and then nothing was stored.
    """
    if problems := precedent_problems(docket):
        raise DocketError(tuple(problems))
    with recorded(actor, reason):
        versions = _versions(docket, actor, reason)
        standing = Standing.read(docket)
        if problems := standing_problems(docket, standing, team, actor):
            raise DocketError(tuple(problems))
        written = write_evidence(docket, standing, team, actor, reason)
        if written.problems:
            raise DocketError(tuple(written.problems))
        cases = CaseWriter(docket, standing, versions, written, team, actor).write()
        file = _keep_file(docket, team) if written.added or cases else None
        if file is not None:
            for case in cases:
                case.docket_file = file
            Case.objects.bulk_update(cases, ["docket_file"])
    added = {case.key for case in cases}
    return StoredDocket(
        docket_file=file,
        cases_added=tuple(case.key for case in docket.cases if case.key in added),
        cases_unchanged=tuple(case.key for case in docket.cases if case.key not in added),
        items_added=tuple(written.added),
        items_unchanged=tuple(i.key for i in docket.evidence if i.key not in written.added),
    )


def _versions(docket: Docket, actor: User, reason: str) -> dict[str, AuthorityVersion]:
    """Every version the cases name, those that the docket brings along first stored.

    A name that the docket brings along means the docket's own text, never the library's.
    """
    problems: list[Problem] = []
    found: dict[str, AuthorityVersion] = {}
    for place, authority in enumerate(docket.authorities):
        version = _own_version(authority, actor, reason, f"authorities[{place}]", problems)
        if version is not None:
            found[authority.name] = version
    own = {authority.name for authority in docket.authorities}
    for place, case in enumerate(docket.cases):
        named = [("authority", case.authority)]
        named += [
            (f"later_pins[{at}].authority", pin.authority) for at, pin in enumerate(case.later_pins)
        ]
        for where, name in named:
            if name in found or name in own:
                continue
            try:
                found[name] = AuthorityVersion.objects.named(name)
            except AuthorityVersion.DoesNotExist:
                problems.append(
                    Problem(
                        f"cases[{place}].{where}",
                        f"{name} is not in the authority library of this installation",
                        "load the library, or bring the authority along in the file",
                    )
                )
    if problems:
        raise DocketError(tuple(problems))
    return found


def _own_version(
    authority: Authority, actor: User, reason: str, path: str, problems: list[Problem]
) -> AuthorityVersion | None:
    try:
        loaded = load_authority(authority, Origin.DOCKET, actor=actor, reason=reason)
    except PinnedVersionError as refusal:
        problems.append(
            Problem(path, "; ".join(refusal.messages), "give this text a version of its own")
        )
    except ValidationError as refusal:
        problems += [Problem(path, message) for message in refusal.messages]
    else:
        return loaded.version
    return None


def _keep_file(docket: Docket, team: Team) -> DocketFile:
    return DocketFile.objects.create(
        title=docket.title,
        completeness=docket.completeness.value,
        sources_of_this_file=list(docket.sources_of_this_file),
        authorities=[authority.name for authority in docket.authorities],
        source_keys=[source.key for source in docket.sources],
        item_keys=[item.key for item in docket.evidence],
        case_keys=[case.key for case in docket.cases],
        package_keys=[package.key for package in docket.packages],
        team=team,
    )
