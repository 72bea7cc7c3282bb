"""The outermost layer of the service: no body that is too large, no trace to a client, no content in a log."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable

from doseref.service.bodies import Bodies, LeftError
from doseref.service.bounds import App, Bounds, Message, Receive, RefusedError, Scope, Send

log = logging.getLogger("doseref.service")


class Guard:
    """The outermost layer: stops a body that is too large while it arrives, turns a fault into a plain answer, logs one
    line.

    The line holds the method, the name of the route, status and time; never a path that somebody wrote, a query, a
    body, or the text of a fault.
    """

    def __init__(self, app: App, bounds: Bounds, full: Callable[[], str] = str) -> None:
        """``full`` says why no further request is taken, empty where one is."""
        self.app, self.bounds, self.full = app, bounds, full
        self.bodies = Bodies(bounds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, within bounds."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start = time.perf_counter()
        status = 0
        body: bytes | None = None

        async def whole() -> Message:
            """The body in one piece; after it nothing comes but that the client goes away."""
            nonlocal body
            if body is None:
                return await receive()
            piece, body = body, None
            return {"type": "http.request", "body": piece, "more_body": False}

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
            body = await self.bodies.whole(receive)
            await self.app(scope, whole, watched)
        except LeftError:
            pass
        except RefusedError as refused:
            if not status:
                await _answer(watched, refused.status, str(refused))
        except Exception as fault:
            log.error("fault %s at %s", type(fault).__name__, _place(fault))
            if not status:
                await _answer(watched, 500, "the service could not answer; nothing was assessed")
        finally:
            route = getattr(scope.get("route"), "path", "-")
            log.info("%s %s %d %.1f ms", scope["method"], route, status, (time.perf_counter() - start) * 1000)


def _place(fault: BaseException) -> str:
    """Function and line where a fault was. (A traceback must not be kept in a variable of the guard: it holds the
    frames, they hold it, and a body of a request with them until the garbage collector comes by.)
    """
    where = fault.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    return f"{where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where else "?"


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
