"""What the service accepts, and what it says when it does not: bounded bodies, depth, items and time; no trace, no
content in a log.

Every answer to a fault is ``{"error": "..."}`` with the message that the command would print.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from decimal import Decimal
from typing import Any

import anyio

from doseref.errors import DoserefError
from doseref.records import record

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

log = logging.getLogger("doseref.service")


@record
class Bounds:
    """The most that is taken: bytes of a body, levels of JSON, items in all, characters of one item,
    seconds for an answer and for a body to arrive, requests that wait.
    """

    body_bytes: int = 1_000_000
    depth: int = 40
    items: int = 500
    item_characters: int = 4_000
    seconds: float = 20.0
    body_seconds: float = 20.0
    waiting: int = 32


class RefusedError(DoserefError):
    """A request that is not answered; ``status`` is the HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def parsed(body: bytes, bounds: Bounds) -> Any:
    """The JSON of a body; raises :class:`RefusedError` for what is none, or nested too deeply."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError(400, "the body is not UTF-8") from None
    if _depth(text) > bounds.depth:
        raise RefusedError(400, f"JSON nested more than {bounds.depth} levels deep")
    try:
        return _READER.decode(text)
    except json.JSONDecodeError as error:
        raise RefusedError(400, f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None
    except (ValueError, ArithmeticError):
        raise RefusedError(400, "not JSON: a number that cannot be read") from None


def _refuse_constant(word: str) -> Any:
    raise ValueError(word)


_READER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse_constant)
"""One for all requests: each that is made costs time, and leaves a little memory behind where the text is no JSON."""


def _depth(text: str) -> int:
    """How deep brackets nest outside strings: told before anything is built of them."""
    deepest = level = 0
    inside = escaped = False
    if "[" not in text and "{" not in text:
        return 0
    for char in text:
        if inside:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                inside = False
        elif char == '"':
            inside = True
        elif char in "[{":
            level += 1
            deepest = max(deepest, level)
        elif char in "]}":
            level -= 1
    return deepest


class Guard:
    """The outermost layer: stops a body that is too large while it arrives, turns a fault into a plain answer, logs one
    line.

    The line holds the method, the name of the route, status and time; never a path that somebody wrote, a query, a
    body, or the text of a fault.
    """

    def __init__(self, app: App, bounds: Bounds, full: Callable[[], str] = str) -> None:
        """``full`` says why no further request is taken, empty where one is."""
        self.app, self.bounds, self.full = app, bounds, full

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, within bounds."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start = time.perf_counter()
        status = 0
        taken = 0
        whole = False

        async def bounded() -> Message:
            nonlocal taken, whole
            if whole:
                return await receive()  # what comes after the body is that the client went away
            left = self.bounds.body_seconds - (time.perf_counter() - start)
            try:
                with anyio.fail_after(max(0.0, left)):
                    message = await receive()
            except TimeoutError:
                raise RefusedError(
                    408, f"the body did not arrive within {self.bounds.body_seconds:g} seconds"
                ) from None
            whole = not message.get("more_body", False)
            taken += len(message.get("body", b""))
            if taken > self.bounds.body_bytes:
                raise RefusedError(413, f"the body is larger than {self.bounds.body_bytes:,} bytes")
            return message

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                message["headers"] = [
                    *message.get("headers", []),
                    (b"cache-control", b"no-store"),
                    (b"x-content-type-options", b"nosniff"),
                    # What is still to come of a refused body is not waited for.
                    *([(b"connection", b"close")] if status in (408, 413) else []),
                    *([(b"retry-after", b"1")] if status == 429 else []),
                ]
            await send(message)

        try:
            if _declared(scope) > self.bounds.body_bytes:
                raise RefusedError(413, f"the body is larger than {self.bounds.body_bytes:,} bytes")
            if scope["method"] == "POST" and not scope["path"].endswith("/feedback") and (why := self.full()):
                raise RefusedError(429, why)  # before anything is read or routed: it has to be cheap
            await self.app(scope, bounded, watched)
        except RefusedError as refused:
            if not status:
                await _answer(watched, refused.status, str(refused))
        except Exception as fault:
            where = fault.__traceback__
            while where is not None and where.tb_next is not None:
                where = where.tb_next
            place = f"{where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where else "?"
            log.error("fault %s at %s", type(fault).__name__, place)
            if not status:
                await _answer(watched, 500, "the service could not answer; nothing was assessed")
        finally:
            route = getattr(scope.get("route"), "path", "-")
            log.info("%s %s %d %.1f ms", scope["method"], route, status, (time.perf_counter() - start) * 1000)


def _declared(scope: Scope) -> int:
    for name, value in scope.get("headers", ()):
        if name == b"content-length" and value.isdigit() and len(value) < 20:
            return int(value)
    return 0


async def _answer(send: Send, status: int, message: str) -> None:
    body = json.dumps({"error": message}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
