"""What a rule says when it fires: frozen values that print nothing and know no command."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from doseref.records import field, record


class Severity(IntEnum):
    """How much a finding matters; comparable, ``ERROR`` highest."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The word used in every output: ``info``, ``warning`` or ``error``."""
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> Severity:
        """The severity called ``word``; raises ``KeyError`` for any other word."""
        return cls[word.upper()]


@record
class Location:
    """A place in a file: ``line`` and ``column`` count from 1; 0 means not known."""

    path: str
    line: int = 0
    column: int = 0
    end_column: int = 0
    source: str | None = None
    cell: str | None = None
    """A spreadsheet cell, table cell or paragraph (docx), where line and column mean nothing."""

    def __str__(self) -> str:
        text = self.path
        if self.line:
            text += f":{self.line}"
            if self.column:
                text += f":{self.column}"
        if self.cell:
            text += f" ({self.cell})"
        return text

    def to_json(self) -> dict[str, Any]:
        """``{"path", "line", "column", "end_column", "source"}`` (and ``cell`` where there is one)."""
        data: dict[str, Any] = {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "end_column": self.end_column,
            "source": self.source,
        }
        if self.cell:
            data["cell"] = self.cell
        return data


@record
class Finding:
    """One thing a rule has to say: code, name, severity, message, where, the figures and the working.

    ``items`` are item numbers (from 1) of a regimen; ``sources`` are source ids; ``working`` is the
    arithmetic, recomputable by hand from what it prints; ``mend`` says what to do about it.
    """

    code: str
    rule: str
    severity: Severity
    message: str
    items: tuple[int, ...] = ()
    substances: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    working: str = ""
    locations: tuple[Location, ...] = ()
    mend: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    beside: int = 0
    """How many of the last of its locations are only set beside it: what another place says, which is not at fault."""

    @property
    def own_locations(self) -> tuple[Location, ...]:
        """The places that it is about: a comment at one of these silences it."""
        return self.locations[: len(self.locations) - self.beside]

    def __repr__(self) -> str:
        """Short: the code, how grave, and the message."""
        return f"<{self.code} {self.severity.word}: {self.message}>"

    def to_json(self) -> dict[str, Any]:
        """The JSON object of a finding; ``locations`` and ``mend`` only where there are any."""
        data: dict[str, Any] = {
            "code": self.code,
            "rule": self.rule,
            "severity": self.severity.word,
            "message": self.message,
            "items": list(self.items),
            "substances": list(self.substances),
            "sources": list(self.sources),
            "working": self.working,
        }
        if self.locations:
            data["locations"] = [location.to_json() for location in self.locations]
        if self.mend:
            data["mend"] = self.mend
        data.update(self.extra)
        return data
