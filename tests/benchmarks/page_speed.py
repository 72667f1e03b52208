"""Measures pages: python -m tests.benchmarks.page_speed [1000] [--rounds 3] [--write docs/performance.md]

So many articles come in by load_articles. Served are a bare Django view that answers with a constant 20 KB, the site
without its page cache (cold) and with it (warm), each by the same server with two workers; further, what the browser has
already (304). In every round each is asked in turn, over connections that stay open, by browsers that read gzip. What
counts first is the processors' time of a server and its workers for one request: little else on the machine changes it.
"""

import argparse
import http.client
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

SERVER = ["-m", "opsqa.server", "--interface", "wsgi", "--no-ws", "--blocking-threads", "1", "--backpressure", "64"]
SERVER += ["--workers", "2", "--log-level", "error", "--host", "127.0.0.1", "--port"]
PAGES = {
    "article": "/articles/article-7/",
    "home": "/",
    "list": "/articles/",
    "topic": "/topics/topic-1/",
    "column": "/columns/column-1/",
    "archive": "/archive/2010/",
    "search": "/search/?q=%E5%9B%A2%E9%98%9F",
}
CONNECTIONS = 4
# Requests on each connection in a round, by what is asked.
REQUESTS = {"bare": 1000, "cold": 15, "warm": 300, "304": 300}
TICK = os.sysconf("SC_CLK_TCK")
MARKS = "<!-- page_speed -->", "<!-- /page_speed -->"
HEADER = (
    "| page | cold: processors, ms | × bare | warm | × bare | 304 | × bare | warm requests/s ÷ bare | 304 |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
)


class Taken(NamedTuple):
    """Milliseconds of processors for a request, and requests a second."""

    processors: float
    rate: float


class Server(NamedTuple):
    port: int
    pid: int


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", nargs="?", type=int, default=1000, help="number of articles")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=Path, metavar="DOCUMENT")
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        site = {"OPSQA_VAR": folder}
        fill(folder, options.size, site)
        servers = {
            "bare": stack.enter_context(served("tests.benchmarks.bare:application", {})),
            "cold": stack.enter_context(served("opsqa.wsgi:application", site | {"OPSQA_PAGE_CACHE_MB": "0"})),
            "warm": stack.enter_context(served("opsqa.wsgi:application", site)),
        }
        text = HEADER + "".join(lines(servers, options.rounds))
    print(text)
    if options.write:
        put_into(options.write, text)


def fill(folder: str, size: int, site: dict[str, str]) -> None:
    """Have the database made and filled, and static files collected, in a process of its own each."""
    fixture = f"{folder}/content.json"
    write = f"from pathlib import Path; from tests.benchmarks.import_speed import write_fixture as w; w(Path({fixture!r}), {size})"
    for arguments in (
        ["-c", write],
        ["manage.py", "migrate", "--verbosity=0"],
        ["manage.py", "collectstatic", "--no-input", "--verbosity=0"],
        ["manage.py", "load_articles", fixture, "--verbosity=0"],
    ):
        subprocess.run([sys.executable, *arguments], env=os.environ | site, check=True)


@contextmanager
def served(application: str, environment: dict[str, str]) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, *SERVER, str(port), application], env=os.environ | environment)
    try:
        wait_for(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def lines(servers: dict[str, Server], rounds: int) -> Iterator[str]:
    for name, address in PAGES.items():
        kinds = ["bare", "cold", "warm", "304"]
        for kind in kinds:
            ask(servers, kind, address, 5)
        taken = [{kind: ask(servers, kind, address, REQUESTS[kind]) for kind in kinds} for _ in range(rounds)]
        cells = []
        for kind in kinds[1:]:
            cells.append(f"{statistics.median(row[kind].processors for row in taken):.2f}")
            cells.append(f"{statistics.median(row[kind].processors / row['bare'].processors for row in taken):.1f}")
        for kind in ("warm", "304"):
            cells.append(f"{statistics.median(row[kind].rate / row['bare'].rate for row in taken):.2f}")
        yield f"| {name} | {' | '.join(cells)} |\n"


def ask(servers: dict[str, Server], kind: str, address: str, requests: int) -> Taken:
    """Ask so often over every connection."""
    server = servers["warm" if kind == "304" else kind]
    path = "/" if kind == "bare" else address
    headers = {"Accept-Encoding": "gzip"}
    if kind == "304":
        headers["If-None-Match"] = ask_once(server, path, headers).headers["ETag"]
    processors, began = processors_of(server.pid), time.monotonic()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(lambda _number: ask_often(server, path, headers, requests), range(CONNECTIONS)))
    count, clock = CONNECTIONS * requests, time.monotonic() - began
    return Taken((processors_of(server.pid) - processors) * 1000 / count, count / clock)


def ask_once(server: Server, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def ask_often(server: Server, path: str, headers: dict[str, str], requests: int) -> None:
    """Ask without a library, which would take longer than the answer."""
    head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": f"127.0.0.1:{server.port}", **headers}.items())
    message = f"GET {path} HTTP/1.1\r\n{head}\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port)) as link:
        for _ in range(requests):
            link.sendall(message)
            receive(link)


def receive(link: socket.socket) -> None:
    """Read one whole answer; one that is neither 200 nor 304 ends the measurement."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += link.recv(65536)
    head, body = data.split(b"\r\n\r\n", 1)
    status = int(head[9:12])
    if status == 304:
        return
    if status != 200:
        raise ValueError(f"The server answered {status}.")
    left = int(re.search(rb"content-length: (\d+)", head.lower())[1]) - len(body)
    while left:
        left -= len(link.recv(65536))


def processors_of(pid: int) -> float:
    """Return the seconds of processors that a process and those it started have taken."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        stats[int(path.parent.name)] = (int(fields[1]), int(fields[11]) + int(fields[12]))
    family, size = {pid}, 0
    while len(family) > size:
        size = len(family)
        family |= {child for child, (parent, _ticks) in stats.items() if parent in family}
    return sum(stats[member][1] for member in family if member in stats) / TICK


def put_into(document: Path, table: str) -> None:
    """Write the table between its marks, before the rest in a document that has none."""
    text = document.read_text(encoding="utf-8") if document.exists() else ""
    start, end = MARKS
    if start not in text:
        text = f"## Pages\n\n{start}\n{end}\n\n{text}"
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    command = f"python -m {__spec__.name} {' '.join(sys.argv[1:])}"
    head = f"sqlite, {machine}, load {os.getloadavg()[0]:.0f} when done; `{command}`"
    text = f"{text.partition(start)[0]}{start}\n{head}\n\n{table}{end}{text.partition(end)[2]}"
    document.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
