"""The service under hostile input, as a process of its own: it goes on answering, tells nobody a trace, and its log holds nothing of anybody."""

from __future__ import annotations

import http.client
import json
import os
import random
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from outputs.serving import served

pytest.importorskip("starlette", reason="the extra serve is not installed")
uvicorn = pytest.importorskip("uvicorn", reason="the extra serve is not installed")

SECRET = "Zaphod-Secret"
GOOD = json.dumps(
    {"regimens": [{"id": SECRET, "items": ["acetaminophen 1 g every 6 hours", f"{SECRET}ol 5 mg daily"]}]}
).encode()
PATHS = (
    "/check",
    "/parse",
    "/cds-services/doseref-order-sign",
    "/cds-services/doseref-order-select/feedback",
    "/",
    f"/{SECRET}?name={SECRET}",
)
TYPES = ("application/json", "application/fhir+json", "application/x-www-form-urlencoded", "text/plain", "")


def post(address: str, path: str, body: bytes, kind: str = "application/json", **headers: str) -> tuple[int, bytes]:
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    try:
        connection.request("POST", path, body, {"Content-Type": kind, **headers})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (BrokenPipeError, ConnectionResetError):
        return 413, b""  # it closed on a body that it had refused
    finally:
        connection.close()


def body(rng: random.Random) -> bytes:
    """Nonsense of one of many kinds, with the secret in it."""
    text = SECRET + "".join(
        chr(rng.choice((rng.randrange(32, 127), rng.randrange(1, 0x300), 0x202E, 0x1F600)))
        for _ in range(rng.randrange(200))
    )
    values = (
        text, None, True, -1, 1e308, 10**40, [], {}, [text] * 3, {"a": {"b": text}}, {"resourceType": "Bundle", "entry": rng.choice(([], None, [None], [{"resource": 5}], text))},
        {"resourceType": "MedicationRequest", "dosageInstruction": rng.choice(([], [text], {}, 5))}, [[text, [text]]], {"hook": text, "context": {"patientId": text}},
    )  # fmt: skip
    keys = (
        "items",
        "text",
        "regimens",
        "resourceType",
        "options",
        "sigs",
        "hook",
        "hookInstance",
        "context",
        "prefetch",
        "feedback",
        "entry",
        SECRET,
    )
    document = {rng.choice(keys): rng.choice(values) for _ in range(rng.randrange(1, 5))}
    return rng.choice((
        json.dumps(document).encode(), json.dumps(document).encode()[: rng.randrange(1, 60)], rng.randbytes(rng.randrange(1, 500)) + SECRET.encode(),
        b'{"items":' * rng.randrange(1, 50_000), b"[" * rng.randrange(1, 100_000), json.dumps([document]).encode(), f"text={SECRET}&replace=1:0:{rng.randrange(99)}:x".encode(),
        b'{"items":["' + SECRET.encode() * rng.choice((10, 1_000, 100_000)) + b'"]}', json.dumps(document).encode("utf-16"),
    ))  # fmt: skip


def test_it_outlives_nonsense_and_says_nothing_of_anybody(tmp_path: Path) -> None:
    rng = random.Random(int(os.environ.get("DOSEREF_HOSTILE_SEED", "16"), 36))
    seen: dict[int, int] = {}
    with served(tmp_path / "log") as address:
        for n in range(int(os.environ.get("DOSEREF_HOSTILE", "200"))):
            status, answer = post(
                address,
                rng.choice(PATHS),
                body(rng),
                rng.choice(TYPES),
                Accept=rng.choice(("*/*", "text/html", "application/fhir+json")),
            )
            assert status < 500 and b"Traceback" not in answer and b'File "' not in answer, (n, status, answer[:300])
            seen[status] = seen.get(status, 0) + 1
            if n % 20 == 0:
                status, answer = post(address, "/check", GOOD)
                assert status == 200 and json.loads(answer)["regimens"][0]["totals"][0]["high"] == 4000
    assert {400, 413, 415, 422} <= set(seen)
    log = (tmp_path / "log").read_text(encoding="utf-8", errors="replace")
    assert "POST /check 200" in log and "fault" not in log
    for word in (SECRET, "acetaminophen", "Traceback", "items", "127.0.0.1:"):
        assert word not in log.replace("running on http://127.0.0.1:", ""), word


@contextmanager
def running(
    body_seconds: float, header_seconds: float, monkeypatch: pytest.MonkeyPatch, **bounds: int
) -> Iterator[int]:
    """The service in a thread, with little patience."""
    from doseref.service.app import application
    from doseref.service.bounds import Bounds
    from doseref.service.patience import ImpatientProtocol

    monkeypatch.setattr(ImpatientProtocol, "header_seconds", header_seconds)
    monkeypatch.setattr(ImpatientProtocol, "most_connections", 30)
    settings = uvicorn.Config(
        application(bounds=Bounds(body_seconds=body_seconds, **bounds)), http=ImpatientProtocol, log_config=None, host="127.0.0.1", port=0, lifespan="off",
    )  # fmt: skip
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(20)


HEAD = b"POST /check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 900\r\n"


@pytest.mark.parametrize(
    ("begun", "count", "told"),
    [(HEAD, 40, b""), (HEAD + b"\r\n{", 20, b"408"), (b"", 40, b"")],
    ids=["headers", "body", "nothing"],
)
def test_clients_that_dawdle_are_let_go(begun: bytes, count: int, told: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(0.6, 0.6, monkeypatch) as port:
        slow = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(count)]  # it serves 30 at once
        for each in slow:
            each.sendall(begun)
        end = time.monotonic() + 20
        heard = b""
        for _ in range(4):
            time.sleep(0.2)
            try:
                slow[0].sendall(b"x" if begun else b"")
            except OSError:
                break
        while time.monotonic() < end and (more := _received(slow[0])):
            heard += more
        assert told in heard
        while (asked := post(f"http://127.0.0.1:{port}", "/check", GOOD))[0] == 429 and time.monotonic() < end:
            time.sleep(0.2)
        assert asked[0] == 200 and b"4000" in asked[1]
        for each in slow:
            each.close()


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65_536)
    except ConnectionResetError:
        return b""


def test_a_process_that_stays_looks_after_its_memory() -> None:
    """A command raises the threshold of the collector and ends; a service that did so would grow with every connection."""
    import gc

    from doseref.cli.serve import settle
    from doseref.refdata import reference

    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 50)
    try:
        settle(reference())
        assert gc.get_threshold()[0] <= 5_000 and gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_a_connection_that_is_over_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """However it ended, and without the garbage collector: what a connection has sent would be held until that comes by,
    which is seldom in a process that has settled. (What is no HTTP at all is: h11's own fault holds its frame.)
    """
    import gc

    from h11 import Connection
    from starlette.requests import Request
    from uvicorn.protocols.http.h11_impl import RequestResponseCycle

    ends = (
        HEAD.replace(b"900", b"9") + b"\r\n[1, 2, 3]",  # answered
        HEAD.replace(b"900", b"33") + b'\r\n{"items":["metformin 500 mg bd"]}',
        HEAD.replace(b"900", b"900000") + b"\r\n" + b"x" * 50_000,  # left in the middle
        HEAD.replace(b"900", b"1500000") + b"\r\n" + b"x" * 50_000,  # too large
        HEAD + b"\r\n",
        HEAD,
        b"",
        b"GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    )

    def left() -> dict[str, int]:
        found = [type(each) for each in gc.get_objects()]
        return {kind.__name__: found.count(kind) for kind in (Connection, Request, RequestResponseCycle)}

    with running(20, 20, monkeypatch) as port:
        gc.collect()
        gc.disable()
        try:
            for n in range(400):
                with socket.create_connection(("127.0.0.1", port), timeout=20) as each:
                    each.sendall(ends[n % len(ends)])
                    if n % len(ends) in (0, 1, 3, 7):
                        _received(each)
                    if n % 2:  # reset, where the others are closed
                        each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end = time.monotonic() + 20
            while max(left().values()) > 5 and time.monotonic() < end:
                time.sleep(0.1)
            assert max(left().values()) <= 5, left()
        finally:
            gc.enable()


def test_large_bodies_that_arrive_slowly_are_held_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last ones are told to come again while the first are still sending; a list is small, and is taken."""
    monkeypatch.setattr("doseref.service.bodies.SMALL_BYTES", 10_000)
    with running(20, 20, monkeypatch, arriving_bytes=200_000) as port:
        slow = []
        for _ in range(20):  # 20 × 90,000 bytes, of which two have room
            each = socket.create_connection(("127.0.0.1", port), timeout=20)
            each.sendall(HEAD.replace(b"900", b"100000") + b"\r\n" + b"x" * 90_000)
            slow.append(each)
        assert [each.recv(12) for each in slow[2:]] == [b"HTTP/1.1 429"] * 18
        assert post(f"http://127.0.0.1:{port}", "/check", GOOD)[0] == 200
        for each in slow[:2]:
            each.sendall(b"x" * 10_000)
            assert each.recv(12) == b"HTTP/1.1 400"  # heard to the end
        for each in slow:
            each.close()
