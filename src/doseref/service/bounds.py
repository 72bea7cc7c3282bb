"""What the service accepts: bounded bodies, depth, items and time.

Every answer to a fault is ``{"error": "..."}`` with the message that the command would print.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from decimal import Decimal
from typing import Any

from doseref.errors import DoserefError
from doseref.records import record

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


@record
class Bounds:
    """The most that is taken: bytes of a body, levels of JSON, items in all, characters of one item,
    seconds for an answer and for a body to arrive, requests that wait, bytes of all bodies that arrive at once.
    """

    body_bytes: int = 1_000_000
    depth: int = 40
    items: int = 500
    item_characters: int = 4_000
    seconds: float = 20.0
    body_seconds: float = 20.0
    waiting: int = 32
    arriving_bytes: int = 16_000_000


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
