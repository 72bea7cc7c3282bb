"""How an instruction was read, step by step, as text: tokens, productions, refinements."""

from __future__ import annotations

from doseref.dosage.trace import Trace


def trace_report(trace: Trace) -> str:
    """The tokens with their kinds; which production took which words; which step after it changed what."""
    lines = ["  tokens"]
    lines += _columns([("    " + words, kind) for words, kind in trace.tokens])
    lines.append("  productions")
    lines += _columns(
        [("    " + "  " * taken.depth + taken.words, taken.production, taken.where) for taken in trace.taken]
    )
    lines.append("  refinements")
    lines += _columns(
        [
            ("    " + (changed.step if not number else ""), what)
            for changed in trace.changed
            for number, what in enumerate(changed.what)
        ]
    ) or ["    none"]
    return "\n".join(lines) + "\n"


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows with their cells under each other, two blanks apart; the last cell is as long as it is."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    ]
