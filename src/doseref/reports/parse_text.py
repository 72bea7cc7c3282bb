"""How dosage instructions were read, as text for a person: phase by phase, what was not understood underlined."""

from __future__ import annotations

from collections.abc import Sequence

from doseref.dosage.english import english_maximum, english_phase, english_target
from doseref.dosage.model import Dosage, Problem
from doseref.dosage.phrases import amount

LINE_COLUMNS = 76
"""Columns of the text as given before it goes on in the next line (under it there must be room for underlines)."""

_QUOTED = 60
"""Letters of the text that are said again beside a message; a longer part is underlined and its column named."""

_STATUS = {"read": "read", "partly-read": "read in part", "unread": "not read"}


def parse_report(dosages: Sequence[Dosage], columns: int = LINE_COLUMNS) -> str:
    """The readings of ``dosages``, in order, each under its own text; ends with a newline.

    More than one dosage gets a closing line with how many were read. ``columns`` is where a long text
    is continued in a further line.
    """
    blocks = [dosage_report(dosage, columns) for dosage in dosages]
    if len(dosages) > 1:
        blocks.append(_summary(dosages))
    return "\n".join(blocks)


def dosage_report(dosage: Dosage, columns: int = LINE_COLUMNS) -> str:
    """One dosage: its text with underlines, its phases in plain English, then everything that was noticed."""
    unread = [problem for problem in dosage.problems if not problem.noted]
    notation = [problem for problem in dosage.problems if problem.noted]
    lines = _underlined(dosage.text, unread, columns)
    lines += [f"  {line}" for line in _reading(dosage)]
    lines += [f"  {_told(dosage, problem)}" for problem in (*unread, *notation)]
    return "\n".join(lines) + "\n"


def _reading(dosage: Dosage) -> list[str]:
    """The phases, numbered where there are several, and what holds for all of them."""
    if dosage.status == "unread" and not dosage.phases:
        return ["not read"]
    lines = [] if dosage.status == "read" else [_STATUS[dosage.status]]
    for number, phase in enumerate(dosage.phases):
        text = english_phase(phase) or "(no dose is given)"
        if len(dosage.phases) == 1:
            lines.append(text)
            continue
        together = number > 0 and dosage.phases[number - 1].sequence == phase.sequence
        lines.append(f"{'and' if together else 'then' if number else 'first':<5} {text}")
    if dosage.target:
        lines.append(english_target(dosage.target))
    if dosage.longest:
        lines.append(f"for up to {amount(dosage.longest)}")
    lines += [english_maximum(maximum) for maximum in dosage.maximum]
    return lines


def _told(dosage: Dosage, problem: Problem) -> str:
    """ "not understood: 'wibble' (column 12)", "contradiction: 'q6h' (column 5): why"."""
    kind = "not understood" if problem.kind == "unread" else problem.kind
    if problem.message.startswith("nothing that says"):
        return problem.message  # of no word in it: "not understood" would be said of the whole
    words = _shown(dosage.text[problem.start : problem.end]).strip()
    parts = [kind]
    # Compared by length: looking at the whole text for every problem would take the square of a long line's time.
    if words and len(dosage.text) - (problem.end - problem.start) > 1:
        place = f"(column {problem.start + 1})"
        parts.append(f"'{words}' {place}" if len(words) <= _QUOTED else place)
    if problem.message != kind or len(parts) == 1:
        parts.append(problem.message)
    return ": ".join(dict.fromkeys(parts))


def _underlined(text: str, problems: Sequence[Problem], columns: int) -> list[str]:
    """The text, continued at spaces, with ``^~~~`` under every problem's place."""
    shown = _shown(text)
    marks = [" "] * len(shown)
    for problem in problems:
        for place in range(max(problem.start, 0), min(problem.end, len(shown))):
            marks[place] = "^" if place == problem.start else "~"
    lines: list[str] = []
    start = 0
    while start < len(shown) or not lines:
        end = len(shown)
        if end - start > columns:
            space = shown.rfind(" ", start + 1, start + columns + 1)
            end = space + 1 if space > 0 else shown.find(" ", start + columns) + 1 or end
        line = shown[start:end].rstrip()
        lines.append(line)
        under = "".join(marks[start : start + len(line)]).rstrip()
        if under:
            lines.append(under)
        start = max(end, start + 1)
    return lines


def _shown(text: str) -> str:
    """``text`` of the same length without anything that a terminal would act on."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in text)


def _summary(dosages: Sequence[Dosage]) -> str:
    counts = [(sum(dosage.status == status for dosage in dosages), word) for status, word in _STATUS.items()]
    return f"{len(dosages)} dosages: " + ", ".join(f"{count} {word}" for count, word in counts if count) + "\n"
