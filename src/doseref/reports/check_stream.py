"""A report of many people in pieces, each written as soon as it is known:
what :mod:`doseref.reports` writes, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from doseref.findings import Severity
from doseref.regimen.judged import Judged
from doseref.regimen.tally import Tally
from doseref.reports import check_tables, check_text
from doseref.reports.writer import Writer
from doseref.result import Result

FORMATS = ("text", "json", "jsonl", "csv", "markdown")
"""The formats that need not know the last person before they write the first."""


def json_pieces(result: Result, regimens: Iterable[Judged], tally: Tally) -> Iterator[str]:
    """The document ``doseref.check/1``, indented; only where no option chooses sources
    (what it leaves aside stands in front).
    """
    yield json.dumps(result.head_json(), ensure_ascii=False, indent=2).removesuffix("\n}") + ',\n  "regimens": ['
    between = "\n    "
    for regimen in tally.over(regimens):
        text = json.dumps(result.regimen_json(regimen), ensure_ascii=False, indent=2)
        yield between + text.replace("\n", "\n    ")
        between = ",\n    "
    tail = json.dumps(result.tail_json(tally), ensure_ascii=False, indent=2)
    yield "\n  ]," + tail.removeprefix("{")


def jsonl_pieces(result: Result, regimens: Iterable[Judged], tally: Tally) -> Iterator[str]:
    """One object a line."""
    for regimen in tally.over(regimens):
        yield json.dumps(result.regimen_json(regimen), ensure_ascii=False) + "\n"


def pieces(
    result: Result,
    regimens: Iterable[Judged],
    tally: Tally,
    output_format: str,
    width: int,
    colour: bool,
    verbose: bool,
    explain: bool,
    only: Severity | None = None,
) -> Iterator[str]:
    """The report of several people in one of :data:`FORMATS`; ``tally`` has counted them when the last piece is
    written.
    """
    if output_format == "text":
        writer = Writer(width, colour)
        return check_text.pieces(result, regimens, tally, True, writer, verbose, explain, only)
    if output_format == "csv":
        return check_tables.csv_pieces(result, tally.over(regimens))
    if output_format == "markdown":
        return check_tables.markdown_pieces(result, regimens, tally, True)
    return (json_pieces if output_format == "json" else jsonl_pieces)(result, regimens, tally)
