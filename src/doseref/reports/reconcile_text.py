"""``reconcile`` for a terminal: one table a substance, disagreeing cells marked, nothing cut however narrow it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from doseref.articles.compare import Group
from doseref.articles.values import Attribute
from doseref.checks.article.run import Reconciliation
from doseref.findings import Finding, Severity
from doseref.refdata import Reference
from doseref.reports.reconcile_rows import (
    LEGEND,
    MARKS,
    Cell,
    attribute_word,
    cells,
    count_words,
    findings_of,
    ordered,
    place,
    source_name,
    worst_by_substance,
)

_RED, _BOLD, _DIM, _OFF = "\x1b[31m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
_LABEL = 13
_NARROWEST = 17
"""Columns a source needs at least in a table; with less, values stand one below the other."""
_QUIET = ("side-effects", "class", "timing", "route")
"""Attributes that are shown only where they are in conflict, unless everything is asked for."""


def render(
    result: Reconciliation,
    reference: Reference,
    *,
    width: int = 80,
    colour: bool = False,
    everything: bool = False,
    quiet: bool = False,
) -> str:
    """The report; ``width`` is in columns. ``everything`` shows the substances without findings too,
    ``quiet`` no counts.
    """
    lines: list[str] = []
    worst = worst_by_substance(result.findings)
    shown = [group for group in ordered(result) if everything or group.substance in worst]
    for group in shown:
        lines += _group(group, findings_of(result, group), reference, width, colour, everything)
        lines.append("")
    loose = [found for found in result.findings if not found.substances]
    if loose:
        lines += [
            _bold("NOT COMPARED", colour),
            *(line for found in loose for line in _finding(found, width, colour)),
            "",
        ]
    if quiet:
        return "\n".join(lines)
    rest = len(result.groups) - len(shown)
    if rest:
        lines += _fold(
            f"{rest} other substance{'' if rest == 1 else 's'} without a difference to tell (--all shows "
            f"{'it' if rest == 1 else 'them'})",
            width,
        )
    if result.silenced:
        lines.append(f"{len(result.silenced)} silenced by a comment or the baseline")
    for message in result.stale:
        lines += _wrapped(f"no longer found, can leave the baseline: {message}", width, "", "  ")
    lines += _wrapped(count_words(result), width, "", "")
    if shown:
        lines += _fold(LEGEND, width)
    if result.findings:
        lines.append("doseref rules CODE explains a rule")
    return "\n".join(lines) + "\n"


_SAID = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "NOTE"}
"""The word over a substance without a conflict: its gravest finding."""


def _group(
    group: Group, found: Sequence[Finding], reference: Reference, width: int, colour: bool, everything: bool
) -> list[str]:
    verdict = (
        "CONFLICT"
        if any(attribute.relation == "conflict" for attribute in group.attributes)
        else _SAID[max(each.severity for each in found)]
        if found
        else "OK"
    )
    title = f"{group.substance}  {verdict}"
    lines = [_bold(title, colour), "─" * min(width, max(len(title), 40))]
    attributes = [
        attribute
        for attribute in group.attributes
        if everything or attribute.relation == "conflict" or attribute.name not in _QUIET
    ]
    sources = group.sources
    column = (width - _LABEL) // max(1, len(sources)) - 2
    if attributes and len(sources) > 1 and column >= _NARROWEST and _fits(attributes, column):
        lines += _grid(attributes, sources, reference, column, colour)
    else:
        for attribute in attributes:
            lines += _stack(attribute, reference, width, colour)
    for each in found:
        lines += _finding(each, width, colour)
    return lines


def _fits(attributes: Sequence[Attribute], column: int) -> bool:
    """Whether no single word is wider than a column."""
    return all(
        len(word) <= column
        for attribute in attributes
        for cell in cells(attribute)
        for word in _joined(cell.text).split()
    )


def _grid(
    attributes: Sequence[Attribute], sources: Sequence[str], reference: Reference, column: int, colour: bool
) -> list[str]:
    """One column a source."""
    head = " " * _LABEL + "  ".join(_padded(source_name(source, reference), column) for source in sources)
    lines = [head.rstrip()]
    for attribute in attributes:
        columns: list[list[tuple[str, bool]]] = []
        for source in sources:
            own = [cell for cell in cells(attribute) if cell.statement.source == source]
            columns.append([piece for cell in own for piece in _cell_lines(cell, column)] or [("·", False)])
        label = f"{MARKS[attribute.relation]} {attribute_word(attribute.name)}"
        for number in range(max(len(each) for each in columns)):
            parts = []
            for each in columns:
                text, conflict = each[number] if number < len(each) else ("", False)
                parts.append(_marked(text, conflict, colour) + " " * (column - len(text)))
            lines.append((_padded(label if number == 0 else "", _LABEL) + "  ".join(parts)).rstrip())
    return lines


def _cell_lines(cell: Cell, column: int) -> list[tuple[str, bool]]:
    mark = "≠ " if cell.conflict else ""
    return [
        (line.replace("\u00a0", " "), cell.conflict)
        for line in _fold(mark.replace(" ", "\u00a0") + _joined(cell.text), column)
    ]


def _joined(text: str) -> str:
    """Numbers tied to their units, so that a line never ends between them."""
    words = text.split(" ")
    joined = words[0]
    for before, word in pairwise(words):
        joined += ("\u00a0" if before[:1].isdigit() and word[:1].isalpha() and word not in ("to", "or") else " ") + word
    return joined


def _stack(attribute: Attribute, reference: Reference, width: int, colour: bool) -> list[str]:
    """One line a value, for narrow terminals."""
    lines: list[str] = []
    by_text: dict[tuple[str, bool], list[str]] = {}
    for cell in cells(attribute):
        by_text.setdefault((cell.text, cell.conflict), []).append(place(cell.statement, reference))
    label = f"{MARKS[attribute.relation]} {attribute_word(attribute.name)}"
    for number, ((text, conflict), places) in enumerate(by_text.items()):
        first = _padded(label if number == 0 else "", _LABEL)
        mark = "≠ " if conflict else "  "
        wrapped = _wrapped(_joined(mark.replace(" ", "\u00a0") + text), width, first, " " * (_LABEL + 2))
        lines += [_marked(line.replace("\u00a0", " "), conflict, colour) for line in wrapped]
        lines += _wrapped(
            " · ".join(name.replace(" ", "\u00a0") for name in dict.fromkeys(places)),
            width,
            " " * (_LABEL + 4),
            " " * (_LABEL + 4),
        )
    return [line.replace("\u00a0", " ") for line in lines]


def _finding(found: Finding, width: int, colour: bool) -> list[str]:
    head = f"{found.severity.word:<8}{found.code}  "
    lines = _wrapped(_tied(found.message), width, head, "    ")
    if found.severity.word == "error" and colour:
        lines = [_RED + line + _OFF for line in lines]
    if found.mend:
        lines += _wrapped(_tied(found.mend), width, "    → ", "      ")
    if not found.substances:
        lines += _wrapped(str(found.locations[0]), width, "    at ", "      ") if found.locations else []
    return [line.replace("\u00a0", " ") for line in lines]


_COUNTED = frozenset(
    "g mg mcg µg ng kg mL L mmol mEq IU unit units hour hours day days week weeks month months year years time times dose "
    "doses tablet tablets capsule capsules caplet caplets puff puffs drop drops patch patches spray sprays %".split()
)


def _tied(text: str) -> str:
    """A sentence whose figures are tied to what they count, and the two ends of a range to each other."""
    words = text.split(" ")
    tied = words[0]
    for at, word in enumerate(words[1:], 1):
        before, behind = words[at - 1], words[at + 1] if at + 1 < len(words) else ""
        figure = before.lstrip("(")[:1].isdigit() and before[-1:].isdigit()
        counted = figure and word.rstrip(".,;:)").split("/")[0] in _COUNTED
        opens = figure and word in ("to", "or", "–") and behind[:1].isdigit()
        closes = before in ("to", "or", "–") and word[:1].isdigit() and at > 1 and words[at - 2][-1:].isdigit()
        tied += ("\u00a0" if counted or opens or closes else " ") + word
    return tied


def _wrapped(text: str, width: int, first: str, following: str) -> list[str]:
    """``text`` in lines of at most ``width`` columns, broken at spaces only."""
    lines: list[str] = []
    line, empty = first, True
    for word in text.split(" "):
        if not empty and len(line) + 1 + len(word) > width:
            lines.append(line)
            line, empty = following, True
        line += word if empty else f" {word}"
        empty = False
    return [*lines, line]


def _fold(text: str, width: int) -> list[str]:
    return _wrapped(text, width, "", "")


def _padded(text: str, width: int) -> str:
    return text + " " * (width - len(text))


def _marked(text: str, conflict: bool, colour: bool) -> str:
    return f"{_RED}{text}{_OFF}" if conflict and colour and text.strip() else text


def _bold(text: str, colour: bool) -> str:
    return f"{_BOLD}{text}{_OFF}" if colour else text
