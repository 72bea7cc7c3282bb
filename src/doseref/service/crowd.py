"""Too many at once: a bounded queue, and 429 with ``Retry-After`` for whom there is no room in it.

A queue without an end answers nobody in time once more is asked than can be answered; so a request either has its
answer soon or is told at once, at little cost, to come again. That is no fault of the service (5xx): it would do the
same for one client as for many.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from doseref.service.bounds import Receive, RefusedError, Scope, Send

RETRY_SECONDS = 1
CROWDED = f"too many requests at once; ask again in {RETRY_SECONDS} second; nothing was assessed"


class Queue:
    """The requests that are worked on or wait for it, ``most`` at once."""

    def __init__(self, most: int) -> None:
        self.most, self.inside = most, 0

    @property
    def full(self) -> bool:
        """Whether the next request is told to come again."""
        return self.inside >= self.most

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place in the queue while the block runs; raises :class:`RefusedError` (429) where there is none."""
        if self.full:
            raise RefusedError(429, CROWDED)
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1


async def crowded(scope: Scope, receive: Receive, send: Send) -> None:
    """The application of a connection that is one too many: 429, and the connection is closed."""
    if scope["type"] != "http":
        return
    body = json.dumps({"error": CROWDED}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"retry-after", str(RETRY_SECONDS).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 429, "headers": headers})
    await send({"type": "http.response.body", "body": body})
