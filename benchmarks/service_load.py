"""Requests a second and latencies of ``doseref serve`` on loopback, with a bounded load of three-item checks, good, bad and huge.

    python benchmarks/service_load.py --seconds 10 --connections 4 [--varied] [--mixed] [--rate 100] [--workers 1]

Starts its own server on a free port and ends it. The load is made by one process on the same machine, so on a machine with few cores it
takes part of what it measures; the server's processor time per request is printed beside. ``--varied`` asks for thousands of different items
(otherwise a dozen, which are read once and remembered). ``--mixed`` makes two in five requests bad or huge, and lets some clients dawdle:
they send a byte a second and never end.

    python benchmarks/service_load.py --open 4 --seconds 600 --varied --mixed

measures for a while how many are answered when clients wait for their answers (a closed loop), then sends that many times 4 a second for
``--seconds``, each at its moment whether or not the ones before are answered (an open loop); waiting is counted from the moment at which a
request should have been sent.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

POOL = (
    "Tylenol Extra Strength 500 mg, 2 tablets every 6 hours", "Norco 5/325 1 tablet every 4-6 hours as needed for pain", "docusate 100 mg twice daily",
    "ibuprofen 400 mg three times daily", "prednisone 10 mg daily", "sertraline 50 mg daily", "aspirin 81 mg daily", "metformin 500 mg twice daily",
    "lisinopril 10 mg daily", "atorvastatin 20 mg at bedtime", "zzyzx 5 mg", "gabapentin 300 mg three times daily",
)  # fmt: skip


DRUGS = (
    "acetaminophen", "ibuprofen", "naproxen", "aspirin", "metformin", "lisinopril", "atorvastatin", "amlodipine", "sertraline", "gabapentin", "pregabalin",
    "omeprazole", "levothyroxine", "prednisone", "tramadol", "oxycodone", "furosemide", "losartan", "citalopram", "warfarin", "metoprolol", "zolpidem",
)  # fmt: skip
TIMES = (
    "daily",
    "twice daily",
    "three times daily",
    "every 6 hours",
    "every 4 to 6 hours as needed",
    "at bedtime",
    "every morning",
)


HUGE = b'{"items":["' + b"x" * 1_500_000 + b'"]}'
PIECE = 65_536


def good(rng: random.Random, varied: bool) -> bytes:
    if not varied:
        return json.dumps({"items": rng.sample(POOL, 3)}).encode()
    items = [f"{drug} {rng.randrange(1, 2000) / 2:g} mg {rng.choice(TIMES)}" for drug in rng.sample(DRUGS, 3)]
    return json.dumps({"items": items}).encode()


def bodies(rng: random.Random, mixed: bool, varied: bool) -> tuple[str, bytes]:
    """Kind and body of the next request."""
    kind = rng.choice(("good", "good", "good", "bad", "huge")) if mixed else "good"
    if kind == "bad":
        known = (
            b"{",
            b"[" * 5000,
            b'{"items":[1]}',
            b'{"items":["a"],"options":{"x":1}}',
            b"\xff",
            rng.randbytes(rng.randrange(1, 2000)),
        )
        return kind, rng.choice(known)
    if kind == "huge":
        return kind, HUGE
    return kind, good(rng, varied)


async def dawdler(port: int, until: float) -> None:
    """A client that announces a body and sends a byte of it a second."""
    while time.perf_counter() < until:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(
                b"POST /check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"
            )
            while time.perf_counter() < until:
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(1)
        except OSError:
            await asyncio.sleep(1)


def head(body: bytes) -> bytes:
    words = f"POST /check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return words.encode()


class Connection:
    """One connection that is kept for the next request, until either side closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, kind: str, body: bytes) -> int:
        """The status of the answer; 0 where there was none, -1 where nobody could be reached."""
        status = 0
        answered: asyncio.Future[bytes] | None = None
        try:
            if self.writer is None or self.writer.is_closing() or (self.reader is not None and self.reader.at_eof()):
                try:
                    self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
                except OSError:
                    return -1
            assert self.reader is not None
            self.writer.write(head(body) + body[:PIECE])
            answered = asyncio.ensure_future(self.reader.readuntil(b"\r\n\r\n"))
            answered.add_done_callback(lambda done: done.cancelled() or done.exception())  # looked at below, or not
            for start in range(PIECE, len(body), PIECE):  # as a client does: until the server has answered
                await asyncio.sleep(0)
                if answered.done():
                    break
                self.writer.write(body[start : start + PIECE])
                await self.writer.drain()
            answer = await answered
            status = int(answer.split(b" ", 2)[1])
            length = next(
                int(line.split(b":")[1]) for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length")
            )
            await self.reader.readexactly(length)
            if kind == "huge" or b"connection: close" in answer.lower():
                self.close()
        except (OSError, asyncio.IncompleteReadError):
            if answered is not None and answered.done() and not answered.exception():
                status = int(answered.result().split(b" ", 2)[1])
            self.close()  # the server closed on a body that it had refused
            status = status or (413 if kind == "huge" else 0)
        return status

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
            self.writer = None


async def client(
    port: int, until: float, asked: argparse.Namespace, pause: float, seed: int, seen: list[tuple[str, int, float]]
) -> None:
    """A closed loop: the next request follows the answer."""
    rng = random.Random(seed)
    connection = Connection(port)
    while time.perf_counter() < until:
        kind, body = bodies(rng, asked.mixed, asked.varied)
        start = time.perf_counter()
        status = await connection.ask(kind, body)
        seen.append((kind, status, time.perf_counter() - start))
        if pause:
            await asyncio.sleep(max(0.0, pause - (time.perf_counter() - start)))
    connection.close()


async def on_schedule(
    port: int, until: float, asked: argparse.Namespace, rate: float, seen: list[tuple[str, int, float]]
) -> int:
    """An open loop: every request at its moment. The number of the most that were unanswered at once."""
    rng = random.Random(16)
    idle: list[Connection] = []
    running: set[asyncio.Task[None]] = set()
    most = 0

    async def one(due: float, kind: str, body: bytes) -> None:
        connection = idle.pop() if idle else Connection(port)
        status = await connection.ask(kind, body)
        seen.append((kind, status, time.perf_counter() - due))
        idle.append(connection)

    start = time.perf_counter()
    sent = 0
    while (now := time.perf_counter()) < until:
        while start + sent / rate <= now:
            task = asyncio.create_task(one(start + sent / rate, *bodies(rng, asked.mixed, asked.varied)))
            running.add(task)
            task.add_done_callback(running.discard)
            sent += 1
        most = max(most, len(running))
        await asyncio.sleep(max(0.001, start + sent / rate - time.perf_counter()))
    await asyncio.wait(running, timeout=30) if running else None
    for connection in idle:
        connection.close()
    print(
        f"open loop: {sent} sent, {rate:.0f} a second; at most {most} unanswered at once; {len(running)} never answered"
    )
    return most


async def filled(port: int) -> None:
    """Ask for 12,000 different items: what the service remembers of the last few thousand is full before anything is measured."""
    rng = random.Random(4)
    connection = Connection(port)
    for _ in range(60):
        items = [item for _ in range(67) for item in json.loads(good(rng, True))["items"]]
        await connection.ask("good", json.dumps({"items": items}).encode())
    connection.close()


def used(process: int) -> tuple[float, int]:
    """Processor seconds and resident KiB of a process and its children."""
    seconds, memory = 0.0, 0
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            cells = (directory / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(directory.name) == process or int(cells[1]) == process:
            seconds += (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")
            memory += int(cells[21]) * os.sysconf("SC_PAGE_SIZE") // 1024
    return seconds, memory


def measured(port: int, server: int, arguments: argparse.Namespace) -> None:
    seen: list[tuple[str, int, float]] = []
    pause = arguments.connections / arguments.rate if arguments.rate else 0.0

    memory: list[int] = []

    async def watched(until: float) -> None:
        while time.perf_counter() < until:
            memory.append(used(server)[1])
            await asyncio.sleep(min(10.0, arguments.seconds / 4))

    async def load(seconds: float, into: list[tuple[str, int, float]], rate: float = 0.0) -> None:
        until = time.perf_counter() + seconds
        slow = 8 if arguments.mixed else 0
        askers = (
            [on_schedule(port, until, arguments, rate, into)]
            if rate
            else [client(port, until, arguments, pause, n, into) for n in range(arguments.connections)]
        )
        await asyncio.gather(*askers, *(dawdler(port, until) for _ in range(slow)), watched(until))

    asyncio.run(load(2.0, []))
    if arguments.varied:
        asyncio.run(filled(port))
    rate = 0.0
    if arguments.open:
        known: list[tuple[str, int, float]] = []
        asyncio.run(load(20.0, known))
        rate = arguments.open * len(known) / 20.0
        print(f"closed loop: {len(known) / 20.0:.0f} requests a second with {arguments.connections} connections")
        memory.clear()
    before, memory_before = used(server)
    start = time.perf_counter()
    asyncio.run(load(arguments.seconds, seen, rate))
    wall = time.perf_counter() - start
    after, memory_after = used(server)
    times = sorted(took for kind, status, took in seen if kind == "good" and status == 200) or [0.0]
    refused = sorted(took for kind, status, took in seen if kind == "good" and status == 429)
    print(
        f"{len(seen) / wall:.0f} requests a second over {wall:.1f} s with {arguments.connections} connections, {os.getloadavg()[0]:.1f} load on {os.cpu_count()} cores"
    )
    print(
        f"good ones: {len(times) / wall:.0f} answered a second, median {times[len(times) // 2] * 1000:.1f} ms, p99 {times[int(len(times) * 0.99)] * 1000:.1f} ms"
    )
    if refused:
        print(f"told to come again (429): median {refused[len(refused) // 2] * 1000:.1f} ms")
    print(
        f"processor time of the server: {(after - before) / len(seen) * 1000:.2f} ms a request, so {len(seen) / (after - before):.0f} a second a core"
    )
    quarters = [memory[len(memory) * n // 4] / 1024 for n in range(4)]
    print(
        f"memory: {memory_before / 1024:.0f} MB before, then by quarters {', '.join(f'{each:.0f}' for each in quarters)}, {memory_after / 1024:.0f} MB after"
    )
    print("answers:", dict(Counter(f"{kind} {status}" for kind, status, _ in seen)))


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=10.0)
    asked.add_argument("--connections", type=int, default=4)
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument(
        "--rate", type=float, default=0.0, help="requests a second at most; 0: as fast as they are answered"
    )
    asked.add_argument(
        "--open", type=float, default=0.0, help="so many times what it answers, each request at its moment"
    )
    asked.add_argument("--varied", action="store_true", help="thousands of different items instead of a dozen")
    asked.add_argument("--mixed", action="store_true", help="two in five bad or huge")
    arguments = asked.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "doseref", "serve", "--port", str(port), "--workers", str(arguments.workers)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        measured(port, server.pid, arguments)
    finally:
        server.terminate()
        print("exit code after SIGTERM:", server.wait(15))


if __name__ == "__main__":
    main()
