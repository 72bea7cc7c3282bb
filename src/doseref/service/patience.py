"""HTTP with little patience: a client that opens a connection and does not finish its request within the time is let
go.

uvicorn waits for headers as long as a client likes, and counts it among those that it serves: a few hundred that dawdle
would shut everybody else out. (A body that does not arrive is the matter of :class:`~doseref.service.bodies.Bodies`.)
Of
too many connections the last are told to come again (uvicorn's own limit would tell them 503, as if the service were at
fault); of twice as many no more are listened to, for each takes some memory until it is answered.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from doseref.service.crowd import crowded


class ImpatientProtocol(H11Protocol):
    """uvicorn's own protocol, with at most ``header_seconds`` for the headers of each request.

    At most ``most_connections`` are served.
    """

    header_seconds = 20.0
    most_connections = 128
    """Four times as many as are worked on or wait for it: more would only hold memory until they are told to come again."""
    _limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """The first request is awaited from now on."""
        super().connection_made(transport)
        others = len(self.connections) - 1
        if others >= self.most_connections:
            self.app = crowded
        if others >= 2 * self.most_connections:
            transport.abort()
        self._await_request()

    def data_received(self, data: bytes) -> None:
        """A request whose headers are whole is no longer awaited."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop()

    def on_response_complete(self) -> None:
        """The next request is awaited, unless it is there already."""
        super().on_response_complete()
        if self.cycle is not None and self.cycle.response_complete:
            self._await_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._stop()
        super().connection_lost(exc)
        self._unset_keepalive_if_required()  # a timer would hold a connection that was reset, and what it had received

    def _await_request(self) -> None:
        self._stop()
        self._limit = self.loop.call_later(self.header_seconds, self.transport.close)

    def _stop(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
