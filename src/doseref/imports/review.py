"""What an import read, beside the sentence that it was read from, for a person to confirm row by row."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from doseref.errors import InputError
from doseref.imports.book import RECORD, Book

COLUMNS = tuple("label set_id version section status read figures population limit confirmed sentence".split())


def review(directory: Path) -> list[dict[str, str]]:
    """Every reading of the overlay in ``directory``, in the order of its labels; ``confirmed`` is ``yes``, or blank.

    Raises :class:`InputError` where nothing was imported into it.
    """
    if not (directory / RECORD / "readings.csv").is_file():
        raise InputError("nothing was imported into it: doseref import spl FILE -o DIR", path=str(directory))
    book = Book(directory, "")
    confirmed = {row["id"]: row["confirmed"] for row in book.rows["limits"]}
    titles = {row["set_id"]: row["title"] for row in book.rows["sources"]}
    return [
        {
            "label": titles.get(row["set_id"], row["set_id"]),
            "set_id": row["set_id"],
            "version": row["version"],
            "section": " ".join(part for part in (row["section"], row["title"]) if part),
            "status": row["status"],
            "read": row["read"],
            "figures": row["figures"],
            "population": row["population"],
            "limit": row["limit"],
            "confirmed": confirmed.get(row["limit"], ""),
            "sentence": row["sentence"],
        }
        for row in book.record("readings")
    ]


def text(rows: list[dict[str, str]], directory: Path, width: int = 80) -> str:
    """The review for a terminal of ``width`` columns: nothing is cut."""
    lines: list[str] = []
    label = ""
    for row in rows:
        if row["label"] != label:
            label = row["label"]
            lines += ["", f"{label}, set id {row['set_id']}, version {row['version']}"]
        mark = "confirmed" if row["confirmed"] else "to confirm" if row["limit"] else row["status"]
        whom = f" [{row['population']}]" if row["population"] else ""
        lines.append(f"  {mark:<10}  {row['section']}{whom}")
        if row["figures"]:
            lines.append(f"              {row['figures']}")
        if row["limit"]:
            lines.append(f"              row {row['limit']}")
        lines.append(f"              “{row['sentence']}”")
    count = sum(1 for row in rows if row["limit"] and not row["confirmed"])
    lines += [
        "",
        (
            f"{len(rows):,} sentence{'' if len(rows) == 1 else 's'}, {count:,} with a figure to confirm: read each beside "
            "its sentence. Where it is right, set confirmed to yes in that row of "
            f"{directory / 'limits.csv'}; where it is wrong, correct the row first. Until then it raises nothing."
        ),
    ]
    return "\n".join(each for line in lines for each in _wrapped(line, width)).lstrip("\n") + "\n"


def _wrapped(line: str, width: int) -> list[str]:
    """A line broken at spaces, what follows as far in as it began; a path or an id is never cut."""
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(
        line, max(width, 40), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [""]


def table(rows: list[dict[str, str]]) -> str:
    """The review as CSV; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    from doseref.tables.write import quoted

    def cell(value: str) -> str:
        return quoted(f"'{value}" if value[:1] in "=+-@\t" and value else value)

    return "\n".join([",".join(COLUMNS), *(",".join(cell(row[name]) for name in COLUMNS) for row in rows)]) + "\n"


def to_json(rows: list[dict[str, str]]) -> dict[str, Any]:
    """``doseref.review/1``: the rows with ``confirmed`` as true or false."""
    return {"schema": "doseref.review/1", "readings": [{**row, "confirmed": row["confirmed"] == "yes"} for row in rows]}
