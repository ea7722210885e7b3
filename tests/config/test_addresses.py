"""Server addresses are read strictly and never repeated with their password."""

import pytest

from config.addresses import AddressError, parse_database, parse_mail, parse_redis


def test_it_reads_every_part_of_a_database_address() -> None:
    address = parse_database("postgres://ann:p%40ss@db.example:5433/cases?sslmode=require")
    assert (address.user, address.password) == ("ann", "p@ss")
    assert (address.host, address.port, address.name) == ("db.example", "5433", "cases")
    assert address.parameters == (("sslmode", "require"),)


def test_a_socket_folder_is_the_host() -> None:
    address = parse_database("postgresql://casemgr:x@/casemgr?host=/srv/a%20b/pg")
    assert address.host == "/srv/a b/pg"
    assert address.port == ""


def test_libpq_gets_the_same_address_for_another_database_of_the_server() -> None:
    address = parse_database("postgresql://ann:it's@db.example/cases")
    assert "dbname=postgres" in address.conninfo("postgres")
    assert "host=db.example" in address.conninfo("postgres")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mysql://u:hush@h/d", "only PostgreSQL is supported"),
        ("postgres://u:hush@h", "must end in /<database name>"),
        ("postgres://u:hush@h/a/b", "must end in /<database name>"),
        ("postgres://u:hush@h:none/d", "the port must be a number"),
        ("postgres://u:hush@h:99999/d", "the port must be a number"),
        ("postgres://u:hush@h/d?sslmod=require", "unknown parameter 'sslmod'"),
        ("postgres://u:hush@h/d?sslmode=", "'sslmode' has no value"),
        ("postgres://u:hu#sh@h/d", "%23"),
    ],
)
def test_a_wrong_database_address_names_the_fix_and_keeps_the_password(
    text: str, says: str
) -> None:
    with pytest.raises(AddressError, match="DATABASE_URL") as refused:
        parse_database(text)
    assert says in str(refused.value)
    assert "hush" not in str(refused.value)


def test_it_reads_a_redis_address() -> None:
    address = parse_redis("rediss://:hush@cache.example/3")
    assert (address.host, address.port, address.database) == ("cache.example", 6379, 3)
    assert "hush" not in repr(address)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("http://h/0", "redis://"),
        ("redis:///0", "names no host"),
        ("redis://h/zero", "must end in /<number>"),
        ("redis://:hush@h:port/0", "the port must be a number"),
    ],
)
def test_a_wrong_redis_address_names_the_fix(text: str, says: str) -> None:
    with pytest.raises(AddressError, match="REDIS_URL") as refused:
        parse_redis(text)
    assert says in str(refused.value)
    assert "hush" not in str(refused.value)


def test_it_reads_a_mail_server() -> None:
    server = parse_mail("smtp+starttls://ann%40x:hu%2Fsh@mail.example")
    assert (server.host, server.port, server.security) == ("mail.example", 587, "starttls")
    assert (server.user, server.password) == ("ann@x", "hu/sh")
    assert "hu/sh" not in repr(server)
    assert parse_mail("smtps://mail.example:2465").port == 2465


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mail.example:25", "smtp+starttls://"),
        ("http://u:hush@mail.example", "found the scheme 'http'"),
        ("smtp://u:hush@/", "names no host"),
        ("smtp://u:hush@mail.example/inbox", "nothing follows host and port"),
        ("smtp://u:hush@mail.example:none", "the port must be a number"),
    ],
)
def test_a_wrong_mail_address_names_the_fix_and_keeps_the_password(text: str, says: str) -> None:
    with pytest.raises(AddressError, match="EMAIL_URL") as refused:
        parse_mail(text)
    assert says in str(refused.value)
    assert "hush" not in str(refused.value)
