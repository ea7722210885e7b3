"""A server that speaks S3, on this machine and in a process of its own: moto, a test tool.

What the service does with it goes over HTTP, as it would to Amazon's.
"""

import dataclasses
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

import boto3
from django.core.files.storage import storages

from config.settings.storage import storages_for
from config.variables import S3Settings

SECONDS = 60


class S3:
    """The server, and one bucket in it after another."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.client = boto3.client(
            "s3", endpoint_url=endpoint, region_name="us-east-1",
            aws_access_key_id="a-key", aws_secret_access_key="a-secret",
        )  # fmt: skip

    def new_bucket(self) -> str:
        name = f"exhibits-{uuid4().hex}"
        self.client.create_bucket(Bucket=name)
        return name

    @contextmanager
    def denying(self) -> Iterator[None]:
        """Nobody's keys are good while the block lasts."""
        self._tell("reset-auth", b"0")
        try:
            yield
        finally:
            self._tell("reset-auth", b"inf")

    def _tell(self, what: str, body: bytes) -> None:
        host = self.endpoint.removeprefix("http://")
        connection = HTTPConnection(host, timeout=SECONDS)
        connection.request("POST", f"/moto-api/{what}", body)
        assert connection.getresponse().status == 200
        connection.close()


@contextmanager
def serving(log: Path) -> Iterator[S3]:
    """Start a server; it ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            stdout=file, stderr=file,
        )  # fmt: skip
    try:
        end = time.monotonic() + SECONDS
        while process.poll() is None and time.monotonic() < end:
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            raise RuntimeError(f"the S3 server did not start: {log.read_text()}")
        yield S3(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait()


def point_at(settings, endpoint: str, bucket: str, prefix: str = "") -> dict[str, str]:
    """Have exhibits lie in this bucket; returns the variables that say so to another process."""
    s3 = S3Settings(bucket, prefix, endpoint, "us-east-1", "a-key", "a-secret")
    settings.EXHIBIT_STORE = "s3"
    settings.STORAGES = {
        **settings.STORAGES,
        "exhibits": storages_for(dataclasses.replace(settings.ENVIRONMENT, s3=s3))["exhibits"],
    }
    assert storages["exhibits"].bucket_name == bucket
    return {
        "EXHIBIT_STORE": "s3",
        "S3_BUCKET": bucket,
        "S3_PREFIX": prefix,
        "S3_ENDPOINT": endpoint,
        "S3_REGION": "us-east-1",
        "S3_ACCESS_KEY": "a-key",
        "S3_SECRET_KEY": "a-secret",
    }
