"""Lines of a report for a terminal: wrapped at spaces, indented, coloured where colour is wanted."""

from __future__ import annotations

from doseref.reports.characters import clean

COLOURS = {
    "OVER": "31;1",
    "MAY EXCEED": "33;1",
    "ABOVE RANGE": "33",
    "MAY EXCEED RANGE": "33",
    "WITHIN": "32",
    "INCOMPLETE": "33;1",
    "error": "31;1",
    "warning": "33;1",
    "NOT ASSESSED": "36",
}
"""How a word is coloured (ANSI), the gravest verdicts first."""
PAD = 7
"""Columns of the margin in which a verdict's word stands."""


class Writer:
    """Lines of a report: wrapped, indented, coloured only where colour is wanted."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width, self.colour = width, colour
        self.lines: list[str] = []

    def paint(self, word: str) -> str:
        """``word`` in its colour; the word itself always stays."""
        code = COLOURS.get(word)
        return f"\033[{code}m{word}\033[0m" if self.colour and code else word

    def add(self, head: str, text: str, indent: int = PAD, painted: bool = False) -> None:
        """A line that begins with ``head`` in the margin and wraps under ``indent``."""
        room = max(self.width - indent, 20)
        pieces = wrap(text, room, self.width - max(len(head) + 2, indent))
        first = ("" if not indent else f"{head:<{indent - 1}} ") if len(head) < indent or not head else f"{head}  "
        if painted and self.colour:
            first = first.replace(head, self.paint(head), 1)
        self.lines.append((first + pieces[0]).rstrip())
        self.lines += [" " * indent + piece for piece in pieces[1:]]

    def taken(self, kept: int = 1) -> str:
        """The lines so far but the last ``kept``, which are no longer held."""
        end = max(len(self.lines) - kept, 0)
        text = "".join(f"{line.rstrip()}\n" for line in self.lines[:end])
        del self.lines[:end]
        return text

    def blank(self) -> None:
        """An empty line, never two."""
        if self.lines and self.lines[-1]:
            self.lines.append("")


def wrap(text: str, room: int, first_room: int | None = None) -> list[str]:
    """``text`` in lines of at most ``room`` columns, broken between words only; numbers stay with their units."""
    words = _kept_together(clean(text).split(" "))
    lines: list[str] = []
    line = ""
    limit = first_room if first_room is not None else room
    for word in words:
        if line and len(line) + 1 + len(word) > limit:
            lines.append(line)
            line, limit = word, room
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return lines


_BEHIND_A_NUMBER = frozenset(
    "mg mcg g kg mL units unit mEq mg/day mg/kg mg/dL mL/min years hours days tablets".split(" ")
)


def _kept_together(words: list[str]) -> list[str]:
    """A number and the unit behind it as one word, so that a dose is never broken across lines."""
    joined: list[str] = []
    for word in words:
        number = joined and joined[-1][-1:].isdigit() and word.rstrip(".,;:)") in _BEHIND_A_NUMBER
        strength = (
            joined and joined[-1][-1:].isalpha() and word[:1].isdigit() and "/" in word
        )  # "Percocet 10/325" is one name
        place = joined and (word == "line" or (joined[-1].endswith(" line") and word[:1].isdigit()))
        if number or strength or place:
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined
