"""The body of a request while it arrives: in time, and never too much of all bodies together.

Nothing else that clients send is held for long, and a client may send slowly: without a bound, some hundred that dawdle
over a body that is just small enough would take hundreds of megabytes between them.
"""

from __future__ import annotations

import anyio

from doseref.service.bounds import Bounds, Receive, RefusedError
from doseref.service.crowd import CROWDED

SMALL_BYTES = 65_536
"""A body up to here is taken however many arrive: who sends large ones shuts nobody out who sends a list."""


class LeftError(Exception):
    """The client went away before its body was whole; there is nobody to answer."""


class Bodies:
    """The bodies that arrive at this moment."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds, self.held_bytes = bounds, 0

    async def whole(self, receive: Receive) -> bytes:
        """The body in one piece. Raises :class:`RefusedError` where it is too large (413), does not arrive in time
        (408), or is one too many of the large ones (429), and :class:`LeftError`.
        """
        body = bytearray()
        try:
            with anyio.fail_after(self.bounds.body_seconds):
                while await self._more(receive, body):
                    pass
            return bytes(body)
        except TimeoutError:
            late = f"the body did not arrive within {self.bounds.body_seconds:g} seconds"
            raise RefusedError(408, late) from None
        finally:
            self.held_bytes -= len(body)
            body.clear()  # at once, whoever still holds the frame of this function

    async def _more(self, receive: Receive, body: bytearray) -> bool:
        """Add the next piece to ``body``; whether there is more."""
        message = await receive()
        if message["type"] == "http.disconnect":
            raise LeftError
        piece = message.get("body", b"")
        body += piece
        self.held_bytes += len(piece)
        if len(body) > self.bounds.body_bytes:
            raise RefusedError(413, f"the body is larger than {self.bounds.body_bytes:,} bytes")
        if len(body) > SMALL_BYTES and self.held_bytes > self.bounds.arriving_bytes:
            raise RefusedError(429, CROWDED)
        return bool(message.get("more_body", False))
