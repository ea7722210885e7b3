"""A body larger than any address takes is refused before a byte of it is read."""

import pytest
from django.conf import settings
from django.test import RequestFactory

from access.middleware import RequestSizeMiddleware
from evidence.actions.exhibits import MAX_EXHIBIT_BYTES

MOST = settings.MOST_BYTES_OF_A_REQUEST


class Unread:
    """A body that must not be read."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def sent(client, address: str, length: int):
    """A POST that says it is ``length`` bytes long."""
    return client.generic(
        "POST", address, CONTENT_LENGTH=str(length), CONTENT_TYPE="multipart/form-data; boundary=x",
        **{"wsgi.input": Unread()},
    )  # fmt: skip


def test_the_largest_exhibit_fits_into_a_request() -> None:
    assert MOST > MAX_EXHIBIT_BYTES


def test_the_api_says_so_in_its_shape(client) -> None:
    answer = sent(client, "/api/v1/evidence/E-1/exhibits", MOST + 1)
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"
    assert "4,296,015,872 bytes at most" in answer.json()["detail"]


@pytest.mark.parametrize("address", ["/accounts/login/", "/evidence/new/", "/nowhere/"])
def test_a_page_says_that_nothing_was_kept(client, address) -> None:
    answer = sent(client, address, MOST + 1)
    assert answer.status_code == 413
    assert "4,296,015,872 bytes at most" in answer.content.decode()
    assert "Nothing of it was kept" in answer.content.decode()


@pytest.mark.parametrize("length", ["", "0", str(MOST), "no number"])
def test_every_other_request_is_served(length) -> None:
    served = RequestSizeMiddleware(lambda request: request)
    request = RequestFactory().post("/", CONTENT_LENGTH=length)
    assert served(request) is request
