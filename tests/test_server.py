"""The server that `make run` starts: what ends it, and how fast."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings

# Signals as a terminal hands them over, however these tests were started.
COMMAND = [
    *("env", "--default-signal=INT,HUP", sys.executable, "-m", "opsqa.server"),
    *("--interface=wsgi", "--workers=2", "--log-level=error", "tests.test_server:tell_worker"),
]
SERVERS = 4  # a worker that hears two signals hangs every other time


def tell_worker(environ, start_response):
    """The application that is served: it answers with the number of its process."""
    start_response("200 OK", [])
    return [str(os.getpid()).encode()]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port: int) -> subprocess.Popen:
    return subprocess.Popen(
        [*COMMAND, f"--port={port}"],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def wait_until_served(port: int) -> None:
    """Ask until both workers have answered."""
    workers = set()
    deadline = time.monotonic() + 60
    while len(workers) < 2 and time.monotonic() < deadline:
        with suppress(URLError):
            workers.add(urlopen(f"http://127.0.0.1:{port}/", timeout=10).read())
    assert len(workers) == 2


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_what_ends_the_server_ends_its_workers_at_once_and_without_a_word(sent):
    ports = [free_port() for _ in range(SERVERS)]
    servers = [start(port) for port in ports]
    try:
        for port in ports:
            wait_until_served(port)
        for server in servers:
            # The terminal's signals reach the whole group, a supervisor's the server alone.
            (os.kill if sent == signal.SIGTERM else os.killpg)(server.pid, sent)
        assert [server.communicate(timeout=20)[0] for server in servers] == [b""] * SERVERS
        assert [server.returncode for server in servers] == [0] * SERVERS
    finally:
        for server in servers:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
