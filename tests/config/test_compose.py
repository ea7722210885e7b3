"""docker-compose.yml holds what the deployment promises. No container engine is needed to know."""

import re
from typing import Any

import pytest
import yaml
from django.conf import settings

from config.environment import PROJECT, known_variables
from config.settings.queue import HINTS, JOBS, MAIL

S3 = yaml.safe_load((PROJECT / "docker-compose.s3.yml").read_text(encoding="utf-8"))
COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)
ALL = sorted(SERVICES)


def test_it_has_the_services_of_the_design() -> None:
    assert ALL == ["beat", "mailer", "migrate", "postgres", "redis", "web", "worker"]
    assert OURS == ["beat", "mailer", "migrate", "web", "worker"]


@pytest.mark.parametrize("name", ALL)
def test_its_image_is_pinned_to_a_full_version(name: str) -> None:
    assert re.search(r":\d+\.\d+(\.\d+)?(-[a-z]+)?$", SERVICES[name]["image"])


def test_the_base_image_is_pinned_to_a_full_version() -> None:
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    bases = re.findall(r"^FROM (\S+)", text, flags=re.MULTILINE)
    assert bases
    assert all(re.search(r":\d+\.\d+\.\d+-", base) for base in bases)


@pytest.mark.parametrize("name", ALL)
def test_its_health_is_checked(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    if name == "migrate":  # runs once: others wait for its exit code
        waiting = [other for other in OURS if other != "migrate"]
        conditions = {SERVICES[each]["depends_on"]["migrate"]["condition"] for each in waiting}
        assert conditions == {"service_completed_successfully"}
    else:
        assert check["test"]
        assert {"interval", "timeout", "retries"} <= set(check)


@pytest.mark.parametrize("name", ALL)
def test_it_runs_without_privileges_on_a_read_only_file_system(name: str) -> None:
    service = SERVICES[name]
    user, _, group = service["user"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", ALL)
def test_its_secrets_are_files(name: str) -> None:
    service = SERVICES[name]
    assert set(service["secrets"]) <= set(COMPOSE["secrets"])
    for variable, value in service.get("environment", {}).items():
        if re.search(r"KEY|PASSWORD|_URL", variable):
            assert variable.endswith("_FILE")
            assert str(value).removeprefix("/run/secrets/") in service["secrets"]


def test_every_secret_is_a_file_outside_the_repository() -> None:
    ignored = (PROJECT / ".gitignore").read_text(encoding="utf-8").split()
    assert "secrets/" in ignored
    assert all(entry["file"].startswith("./secrets/") for entry in COMPOSE["secrets"].values())


@pytest.mark.parametrize("name", OURS)
def test_every_variable_it_sets_is_one_the_settings_read(name: str) -> None:
    assert set(SERVICES[name]["environment"]) <= known_variables()


@pytest.mark.parametrize("name", OURS)
def test_it_runs_in_production_mode(name: str) -> None:
    assert SERVICES[name]["environment"]["CASEMGR_MODE"] == "production"


def test_only_the_migration_runs_as_the_owner_of_the_tables() -> None:
    roles = {name: SERVICES[name]["environment"].get("DATABASE_ROLE") for name in OURS}
    assert roles == {
        "migrate": None,
        "web": "casemgr_app",
        "worker": "casemgr_app",
        "mailer": "casemgr_app",
        "beat": "casemgr_app",
    }


def test_only_the_web_process_pools_its_connections() -> None:
    pools = {name for name in OURS if "DATABASE_POOL_SIZE" in SERVICES[name]["environment"]}
    assert pools == {"web"}


def test_database_and_queue_are_not_reachable_from_outside() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("postgres", "redis"):
        assert "ports" not in SERVICES[name]
        assert SERVICES[name]["networks"] == ["inside"]


def test_every_queue_is_taken_from_and_what_opens_files_has_no_way_out() -> None:
    taken = {
        name: re.findall(r"--queues\W+([\w,]+)", str(SERVICES[name].get("command")))
        for name in OURS
    }
    assert taken["worker"] == [f"{HINTS},{JOBS}"]
    assert taken["mailer"] == [MAIL]
    assert {queue.name for queue in settings.CELERY_TASK_QUEUES} == {HINTS, JOBS, MAIL}
    assert SERVICES["worker"]["networks"] == ["inside"]
    assert SERVICES["mailer"]["networks"] == ["inside", "outside"]
    assert SERVICES["mailer"]["volumes"] == []


def test_what_is_sent_out_is_the_mailers() -> None:
    assert settings.CELERY_TASK_ROUTES["casemgr.send_digests"] == {"queue": MAIL}


def test_the_database_sorts_as_the_embedded_one_does() -> None:
    assert "--locale=C.UTF-8" in SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_every_variable_taken_from_the_outside_is_described() -> None:
    text = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text)) <= known_variables()


def test_with_a_bucket_the_same_services_know_it_and_its_keys_are_files() -> None:
    assert sorted(S3["services"]) == ["migrate", "web", "worker"]
    for service in S3["services"].values():
        assert set(service["environment"]) <= known_variables()
        assert service["environment"]["EXHIBIT_STORE"] == "s3"
        for variable, value in service["environment"].items():
            if "KEY" in variable:
                assert variable.endswith("_FILE")
                assert str(value).removeprefix("/run/secrets/") in service["secrets"]
    assert all(entry["file"].startswith("./secrets/") for entry in S3["secrets"].values())
