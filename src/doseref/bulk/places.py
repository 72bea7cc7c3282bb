"""Item numbers that are filled in later: what is judged once for many people says "item 3" to one and "item 7" to
another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Private characters, which no text of the data holds and no input keeps (:func:`doseref.streams.printable`)."""
PLACE = _OPEN
"""What a text has in it that names items by their places."""
FIRST_PLACE = f"(?s)^(?P<before>[^{_OPEN}]*){_OPEN}(?P<place>[0-9]+){_CLOSE}(?P<behind>.*)$"
NAME = "\ue002{}\ue003"
"""A mark for the name of the substance at a place."""
_MARK = re.compile("([\ue000\ue002])([0-9]+)[\ue001\ue003]")
_PLACE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


class Place(int):
    """The place (from 1) of an item among those that are judged together;
    in a message it is a mark for the item's number.
    """

    def __str__(self) -> str:
        return f"{_OPEN}{int(self)}{_CLOSE}"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def has_places(text: str) -> bool:
    """Whether a text names items by their places."""
    return _OPEN in text


def fill(text: str, numbers: Sequence[int]) -> str:
    """The text with the items' own numbers, ``numbers`` of the places from 1 on."""
    return _PLACE.sub(lambda found: str(numbers[int(found[1]) - 1]), text)


def parts_of(text: str) -> list[str | tuple[str, int]]:
    """A text in parts: as it stands, and marks for what is filled in: ``("name", 1)``, ``("item", 2)``."""
    parts: list[str | tuple[str, int]] = []
    end = 0
    for mark in _MARK.finditer(text):
        parts += [text[end : mark.start()], ("item" if mark[1] == _OPEN else "name", int(mark[2]))]
        end = mark.end()
    return [*parts, text[end:]]
