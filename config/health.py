"""Is the service up? A page for the orchestrator, and the command that asks it."""

import sys
import urllib.error
import urllib.request

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from config.environment import read
from evidence.intake.scanner import Scanner, ScannerAwayError
from evidence.models import Blob, Intake
from evidence.storage import exhibit_store

log = structlog.get_logger("casemgr.health")


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when database and queue answer, 503 otherwise; which one failed, and no more.

    Beside them which store exhibits lie in and whether it answers, how many stored files are not
    whole, how many wait in vain to be taken in, and whether the scanner for malware answers, if
    one is set: no restart of the service would mend those, and most of it works without them.
    """
    state = {"database": _database_answers(), "queue": _queue_answers()}
    said: dict[str, str | int] = {
        name: "ok" if answers else "down" for name, answers in state.items()
    }
    said["exhibit_store"] = settings.EXHIBIT_STORE
    said["exhibits"] = "ok" if _exhibits_answer() else "down"
    if state["database"]:
        said["files_not_whole"] = Blob.objects.not_whole().count()
        said["files_put_off"] = Intake.objects.put_off().count()
    if settings.CLAMD:
        said["scanner"] = "ok" if _scanner_answers() else "down"
    return JsonResponse(said, status=200 if all(state.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        log.error("database does not answer", reason=type(error).__name__)
        return False
    return True


def _queue_answers() -> bool:
    try:
        cache.get("health")
    except (RedisError, OSError) as error:
        log.error("queue does not answer", reason=type(error).__name__)
        return False
    return True


def _exhibits_answer() -> bool:
    if trouble := exhibit_store().trouble():
        log.error("exhibits do not answer", reason=trouble)
    return not trouble


def _scanner_answers() -> bool:
    try:
        Scanner.at(settings.CLAMD).version()
    except ScannerAwayError as error:
        log.error("scanner for malware does not answer", reason=str(error))
        return False
    return True


def main(url: str) -> int:
    """Ask the page as the proxy would; the exit code of a container's health check."""
    hosts = read().allowed_hosts
    request = urllib.request.Request(  # noqa: S310 - our own address, given by docker-compose.yml
        url, headers={"Host": hosts[0] if hosts else "localhost", "X-Forwarded-Proto": "https"}
    )
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310 - as above
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, TimeoutError) as error:
        print(f"{url}: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
