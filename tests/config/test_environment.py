"""Settings are parsed once, at the door, with every problem named."""

import re
from pathlib import Path

import pytest

from config.environment import PROJECT, SettingsError, known_variables, read


def problems_of(**variables: str) -> str:
    with pytest.raises(SettingsError) as refused:
        read(variables)
    return str(refused.value)


def test_nothing_set_is_a_development_service_without_servers(tmp_path: Path) -> None:
    environment = read({"CASEMGR_DATA": str(tmp_path)})
    assert not environment.production
    assert not environment.debug
    assert environment.allowed_hosts == ("localhost", "127.0.0.1")
    assert environment.decision_time_zone.key == "America/New_York"
    assert environment.database is None
    assert environment.redis is None


def test_every_problem_is_named_in_one_message() -> None:
    message = problems_of(
        DEBUG="maybe",
        SESSION_HOURS="0",
        DECISION_TIME_ZONE="Mars/Olympus",
        LOG_LEVEL="loud",
        THROTTLE_MEMBER="many",
        REDIS_URL="cache:6379",
        CASEMGR_MODE="staging",
        CLAMD="clamav",
        OCR_LANGUAGES="eng,en-US",
    )
    for name in (
        "DEBUG: write true or false",
        "SESSION_HOURS: write a whole number from 1 to 168",
        "DECISION_TIME_ZONE: 'Mars/Olympus' is not a time zone",
        "LOG_LEVEL: write one of DEBUG, INFO, WARNING, ERROR",
        "THROTTLE_MEMBER: write <number>/<second|minute|hour|day>",
        "REDIS_URL: write redis://",
        "CLAMD: write unix:/path/to/clamd.ctl or host:port",
        "OCR_LANGUAGES: en-US is no name of tesseract's",
        "CASEMGR_MODE: write one of development, production",
    ):
        assert name in message


def test_a_secret_may_come_by_file(tmp_path: Path) -> None:
    secret = tmp_path / "database_url"
    secret.write_text("postgresql://ann:hush@db.example/cases\n")
    database = read({"DATABASE_URL_FILE": str(secret), "CASEMGR_DATA": str(tmp_path)}).database
    assert database is not None
    assert database.password == "hush"


def test_a_secret_file_that_cannot_be_read_names_variable_and_file(tmp_path: Path) -> None:
    message = problems_of(SECRET_KEY_FILE=str(tmp_path / "absent"))
    assert "SECRET_KEY_FILE: cannot read" in message
    assert "absent" in message


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("x")
    assert "SECRET_KEY and SECRET_KEY_FILE are both set" in problems_of(
        SECRET_KEY="y", SECRET_KEY_FILE=str(secret)
    )


def test_the_running_local_stack_is_found_through_its_file(tmp_path: Path) -> None:
    (tmp_path / "env").write_text("REDIS_URL=redis://127.0.0.1:40001/0\n")
    redis = read({"CASEMGR_DATA": str(tmp_path)}).redis
    assert redis is not None
    assert redis.port == 40001


def test_the_environment_wins_over_the_local_stack(tmp_path: Path) -> None:
    (tmp_path / "env").write_text("REDIS_URL=redis://127.0.0.1:40001/0\n")
    redis = read({"CASEMGR_DATA": str(tmp_path), "REDIS_URL": "redis://cache.example:6400/1"}).redis
    assert redis is not None
    assert redis.port == 6400


def test_env_example_describes_exactly_the_variables_that_are_read() -> None:
    text = (PROJECT / ".env.example").read_text(encoding="utf-8")
    described = set(re.findall(r"^([A-Z][A-Z0-9_]*)=", text, flags=re.MULTILINE))
    assert described == known_variables()


def test_the_values_of_env_example_are_the_defaults(tmp_path: Path) -> None:
    text = (PROJECT / ".env.example").read_text(encoding="utf-8")
    example = dict(re.findall(r"^([A-Z][A-Z0-9_]*)=(.*)$", text, flags=re.MULTILINE))
    data = {"CASEMGR_DATA": str(tmp_path)}
    assert read(example | data) == read(data)


def test_exhibits_lie_in_a_folder_until_a_bucket_is_named(tmp_path: Path) -> None:
    assert read({"CASEMGR_DATA": str(tmp_path)}).s3 is None
    key = tmp_path / "key"
    key.write_text("hush\n")
    s3 = read(
        {
            "CASEMGR_DATA": str(tmp_path), "EXHIBIT_STORE": "s3", "S3_BUCKET": "exhibits",
            "S3_PREFIX": "/held", "S3_ACCESS_KEY": "id", "S3_SECRET_KEY_FILE": str(key),
        }
    ).s3  # fmt: skip
    assert s3 is not None
    assert (s3.bucket, s3.prefix, s3.secret_key) == ("exhibits", "held/", "hush")
    assert "hush" not in repr(s3)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"EXHIBIT_STORE": "tape"}, "EXHIBIT_STORE: write one of file, s3"),
        ({"EXHIBIT_STORE": "s3"}, "S3_BUCKET: EXHIBIT_STORE is s3, so name the bucket"),
        ({"S3_BUCKET": "exhibits"}, "S3_BUCKET: set EXHIBIT_STORE=s3 to use it"),
        (
            {"EXHIBIT_STORE": "s3", "S3_BUCKET": "b", "S3_ENDPOINT": "s3.agency.example"},
            "S3_ENDPOINT: write scheme and host only",
        ),
        (
            {"EXHIBIT_STORE": "s3", "S3_BUCKET": "b", "S3_ACCESS_KEY": "id"},
            "S3_SECRET_KEY: the other one is set",
        ),
        (
            {
                "EXHIBIT_STORE": "s3", "S3_BUCKET": "b", "S3_ENDPOINT": "http://s3.example",
                "CASEMGR_MODE": "production",
            },
            "S3_ENDPOINT: production sends exhibits over https:// only",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_bucket_is_said(variables: dict[str, str], said: str) -> None:
    assert said in problems_of(**variables)
