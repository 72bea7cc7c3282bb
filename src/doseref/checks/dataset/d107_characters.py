"""D107 characters (error)

What. Cells hold plain text: UTF-8 that was not decoded wrongly on its way (mojibake), no control or invisible
characters, and no cell that a spreadsheet program would run as a formula (=, +, - or @ in front).

Why. "â€“" for a dash hides a range, a zero-width space makes two names of one, and a formula cell is a door for
somebody else's instructions.

Passes:
    400–800 mg

Fires:
    400â€“800 mg
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, columns_of, shown
from doseref.findings import Finding
from doseref.tables.read import Row

RULE = Rule("D107", "characters")

_TEXT = ("string", "list", "refs", "ref", "enum", "flag", "date")


def check(data: Dataset) -> Iterator[Finding]:
    """Characters that do not belong into a cell, in all rows of all files."""
    for sheet in data.sheets.values():
        for flaw in sheet.flaws:
            if flaw.kind == "encoding":
                yield RULE.flaw(sheet, flaw, "save the file as UTF-8")
        for row in sheet.every_row():
            yield from _strange(row)
        text = {position for position, column in columns_of(sheet) if column.kind in _TEXT}
        for row in sheet.rows:
            for position, cell in enumerate(row.cells):
                if cell and cell[0] in "=+-@" and position in text:
                    yield RULE.at(
                        row,
                        position,
                        f"{shown(cell)} starts like a spreadsheet formula",
                        "write it without the sign in front",
                    )


def _strange(row: Row) -> Iterator[Finding]:
    together = "".join(row.raw)
    if together.isascii() and together.isprintable():
        return
    for position, cell in enumerate(row.raw):
        if cell.isascii() and cell.isprintable():
            continue
        odd = next(
            (char for char in cell if not (char.isprintable() or char.isspace() or "\udc80" <= char <= "\udcff")), ""
        )
        odd = odd or next((char for char in cell if char in "\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\ufffd\r"), "")
        if odd:
            what = "the replacement character" if odd == "\ufffd" else f"the invisible character U+{ord(odd):04X}"
            yield RULE.at(row, position, f"{what} in {shown(cell)}", "type the cell anew")
        mended = _unmangled(cell)
        if mended:
            yield RULE.at(
                row,
                position,
                f"{shown(cell)} was decoded wrongly; it may have been {shown(mended)}",
                "type the cell anew",
            )


def _unmangled(cell: str) -> str:
    """The text that was read as Windows-1252 or Latin-1 instead of UTF-8, if ``cell`` looks like that; else empty."""
    if cell.isascii():
        return ""
    for wrong in ("cp1252", "latin-1"):
        try:
            mended = cell.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
        if mended != cell and len(mended) < len(cell):
            return mended
    # A cell may be mangled only in part, or have lost a byte on the way.
    for mark, meant in (
        ("â€“", "–"),
        ("â€”", "—"),
        ("â€™", "’"),
        ("â€œ", "“"),
        ("Â°", "°"),
        ("Âµ", "µ"),
        ("Î¼", "μ"),
        ("Ã—", "×"),
        ("â‰¤", "≤"),
    ):
        if mark in cell:
            return cell.replace(mark, meant)
    return ""
