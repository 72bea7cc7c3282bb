"""Requests a second and latencies of ``doseref serve`` on loopback, with a bounded load of three-item checks, good, bad and huge.

    python benchmarks/service_load.py --seconds 10 --connections 4 [--varied] [--mixed] [--rate 100] [--workers 1]

Starts its own server on a free port and ends it. The load is made by one process on the same machine, so on a machine with few cores it
takes part of what it measures; the server's processor time per request is printed beside. ``--varied`` asks for thousands of different items
(otherwise a dozen, which are read once and remembered). ``--mixed`` makes two in five requests bad or huge, and lets some clients dawdle:
they send a byte a second and never end.
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
        return kind, b'{"items":["' + b"x" * 1_500_000 + b'"]}'
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


async def client(
    port: int, until: float, asked: argparse.Namespace, pause: float, seed: int, seen: list[tuple[str, int, float]]
) -> None:
    rng = random.Random(seed)
    reader = writer = None
    while time.perf_counter() < until:
        if writer is None:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        kind, body = bodies(rng, asked.mixed, asked.varied)
        start = time.perf_counter()
        head = f"POST /check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        status = 0
        try:
            writer.write(head.encode() + body)
            assert reader is not None
            answer = await reader.readuntil(b"\r\n\r\n")
            status = int(answer.split(b" ", 2)[1])
            length = next(
                int(line.split(b":")[1]) for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length")
            )
            await reader.readexactly(length)
            if kind == "huge" or b"connection: close" in answer.lower():
                writer.close()
                writer = None
        except (OSError, asyncio.IncompleteReadError):
            writer = None  # the server closed on a body that it had refused
            status = status or (413 if kind == "huge" else 0)
        seen.append((kind, status, time.perf_counter() - start))
        if pause:
            await asyncio.sleep(max(0.0, pause - (time.perf_counter() - start)))


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

    async def load(seconds: float, into: list[tuple[str, int, float]]) -> None:
        until = time.perf_counter() + seconds
        slow = 8 if arguments.mixed else 0
        await asyncio.gather(
            *(client(port, until, arguments, pause, n, into) for n in range(arguments.connections)),
            *(dawdler(port, until) for _ in range(slow)), watched(until),
        )  # fmt: skip

    asyncio.run(load(2.0, []))
    before, memory_before = used(server)
    start = time.perf_counter()
    asyncio.run(load(arguments.seconds, seen))
    wall = time.perf_counter() - start
    after, memory_after = used(server)
    times = sorted(took for kind, _, took in seen if kind == "good")
    print(
        f"{len(seen) / wall:.0f} requests a second over {wall:.1f} s with {arguments.connections} connections, {os.getloadavg()[0]:.1f} load on {os.cpu_count()} cores"
    )
    print(
        f"good ones: median {times[len(times) // 2] * 1000:.1f} ms, p99 {times[int(len(times) * 0.99)] * 1000:.1f} ms"
    )
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
