"""Every answer carries a request id: the caller's own where it is safe, a fresh one otherwise."""

import re

import pytest

FRESH = re.compile(r"[0-9a-f]{32}")


@pytest.mark.django_db
def test_a_safe_id_is_kept(anonymous) -> None:
    answer = anonymous.get("/api/v1/me", HTTP_X_REQUEST_ID="proxy-0001.a_b")
    assert answer["X-Request-Id"] == "proxy-0001.a_b"
    assert answer.json()["request_id"] == "proxy-0001.a_b"


@pytest.mark.django_db
@pytest.mark.parametrize("unsafe", ["", "short", "x" * 65, "line\nbreak-here", "<script>alert"])
def test_an_unsafe_one_is_replaced(anonymous, unsafe) -> None:
    answer = anonymous.get("/api/v1/me", HTTP_X_REQUEST_ID=unsafe)
    assert FRESH.fullmatch(answer["X-Request-Id"])


@pytest.mark.django_db
def test_two_requests_have_two(anonymous) -> None:
    ids = {anonymous.get("/api/v1/me")["X-Request-Id"] for _ in range(2)}
    assert len(ids) == 2
