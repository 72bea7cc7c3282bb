"""What would be said of many substances alike, and is said once: that no adjustment to the person's kidneys is stated."""

from __future__ import annotations

from collections.abc import Callable

from doseref.regimen.judged import Judged
from doseref.regimen.kidneys import UNADJUSTED
from doseref.regimen.model import Total

MANY = 3
"""From so many substances on it is told once."""


def unadjusted_note(regimen: Judged) -> str:
    """The words on the kidneys that stand at ``MANY`` totals or more; else empty."""
    notes = [note for total in regimen.totals for note in [_note(total_reasons(total))] if note]
    return notes[0] if len(notes) >= MANY else ""


def unadjusted_line(regimen: Judged, note: str, name_of: Callable[[str], str]) -> str:
    """The one line that tells it, with the substances concerned."""
    names = dict.fromkeys(name_of(t.substance) for t in regimen.totals if _note(total_reasons(t)))
    return f"{note[0].upper()}{note[1:]}: {', '.join(names)}"


def without_note(reason: str, note: str) -> str:
    """A reason without the words that are said once."""
    return "; ".join(part for part in reason.split("; ") if part != note) if note else reason


def total_reasons(total: Total) -> tuple[str, ...]:
    """The reasons of a total and of its verdicts."""
    return (total.reason, *(each.reason for each in total.verdicts if each.judges))


def _note(reasons: tuple[str, ...]) -> str:
    parts = [part for reason in reasons for part in reason.split("; ")]
    return next((part for part in parts if part.startswith(UNADJUSTED)), "")
