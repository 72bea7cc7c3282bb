"""Reads the decks of regimens and says where the program and the hand-worked figures differ. The format: README.md."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import doseref
from doseref.findings import Severity
from doseref.regimen.judged import Judged
from doseref.regimen.model import Total, Verdict
from doseref.result import Result

HERE = Path(__file__).parent
DECKS = {"must fire": HERE / "must_fire.tsv", "must not fire": HERE / "must_not_fire.tsv"}
COLUMNS = ("id", "items", "totals", "verdicts", "codes", "info", "options", "note")

# A table of its own: the decks are not to agree with the program because both use the program's units.
_MASS = {"mcg": Decimal("0.001"), "mg": Decimal(1), "g": Decimal(1000)}
_CODES = {"ug": "mcg", "[IU]": "units", "{patch}": "patch", "ug/h": "mcg/h"}
_TOTAL = re.compile(
    r"(?P<name>[^\[]+?)(?: \[(?P<route>[a-z]+)\])? (?P<low>\d+(?:\.\d+)?)(?:\.\.(?P<high>\d+(?:\.\d+)?))? (?P<unit>\S+)/(?P<per>[^\s/]+)"
)
_NUMBER_OPTIONS = ("age", "weight", "egfr")
_FLAGS = ("otc", "strict", "pregnant", "hepatic", "accept-suggestions")


@dataclass(frozen=True)
class Row:
    """One regimen of a deck with what is expected of it."""

    id: str
    items: tuple[str, ...]
    totals: str
    verdicts: str
    codes: frozenset[str]
    info: frozenset[str]
    options: str
    note: str

    def __str__(self) -> str:
        return f"{self.id} {self.note}"

    def check(self) -> Result:
        """The program's outcome for this row."""
        return doseref.check(list(self.items), **_keywords(self.options))


def read(path: Path) -> list[Row]:
    """All rows of a deck; raises ``ValueError`` with the line for a row that is not in the format."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if tuple(lines[0].split("\t")) != COLUMNS:
        raise ValueError(f"{path.name}:1: the columns are {', '.join(COLUMNS)}")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            raise ValueError(f"{path.name}:{number}: {len(cells)} cells instead of {len(COLUMNS)}")
        known = dict(zip(COLUMNS, cells, strict=True))
        items = tuple(item.strip() for item in known["items"].split(" | "))
        if not 2 <= len(items) <= 10:
            raise ValueError(f"{path.name}:{number}: {len(items)} items; a regimen of a deck has 2 to 10")
        codes, info = (frozenset(known[column].split()) for column in ("codes", "info"))
        rows.append(
            Row(known["id"], items, known["totals"], known["verdicts"], codes, info, known["options"], known["note"])
        )
    return rows


def differences(row: Row, result: Result) -> list[str]:
    """Every way in which the outcome differs from what the row expects; empty where it agrees."""
    regimen = result.regimens[0]
    return [*_codes(row, regimen), *_totals(row, result, regimen), *_verdicts(row, result, regimen)]


def _keywords(options: str) -> dict[str, Any]:
    words = shlex.split(options)
    found: dict[str, Any] = {}
    while words:
        name = words.pop(0).removeprefix("--")
        if name in _FLAGS:
            found[name.replace("-", "_")] = True
        else:
            value = words.pop(0)
            found["policy" if name == "source" else name.replace("-", "_")] = (
                Decimal(value) if name in _NUMBER_OPTIONS else value
            )
    return found


def _codes(row: Row, regimen: Judged) -> Iterator[str]:
    loud = {finding.code for finding in regimen.findings if finding.severity > Severity.INFO}
    quiet = {finding.code for finding in regimen.findings if finding.severity == Severity.INFO}
    for code in sorted(loud ^ row.codes):
        message = next((f.message for f in regimen.findings if f.code == code and f.severity > Severity.INFO), "")
        yield f"unexpected {code}: {message}" if code in loud else f"missing {code}"
    yield from (f"missing information {code}" for code in sorted(row.info - quiet))


def _totals(row: Row, result: Result, regimen: Judged) -> Iterator[str]:
    wanted: dict[tuple[str, str, str], tuple[Decimal, Decimal, str]] = {}
    for text in filter(None, (part.strip() for part in row.totals.split(";"))):
        match = _TOTAL.fullmatch(text)
        if match is None:
            yield f"the deck's total {text!r} is not in the format"
            continue
        low = Decimal(match["low"])
        wanted[(match["name"], match["route"] or "systemic", match["per"])] = (
            low,
            Decimal(match["high"] or low),
            match["unit"],
        )
    found = {(result.data.name_of(t.substance), t.route, _period(t)): t for t in regimen.totals}
    for key in wanted.keys() - found.keys():
        yield f"no total of {' '.join(key)}"
    for key in found.keys() - wanted.keys():
        yield f"an unexpected total of {' '.join(key)}: {found[key].amount}"
    for key in wanted.keys() & found.keys():
        low, high, unit = wanted[key]
        amount = found[key].amount
        shown = (_turned(amount.low, amount.unit, unit), _turned(amount.high, amount.unit, unit))
        if shown != (low, high):
            yield f"{key[0]} is {amount}, expected {low} to {high} {unit}"


def _period(total: Total) -> str:
    value = total.per.value
    return total.per.unit if value == 1 else f"{value:f}{total.per.unit}"


def _turned(value: Decimal, code: str, wanted: str) -> Decimal | None:
    unit = _CODES.get(code, code)
    if unit == wanted:
        return value
    if unit in _MASS and wanted in _MASS:
        return value * _MASS[unit] / _MASS[wanted]
    return None


def _verdicts(row: Row, result: Result, regimen: Judged) -> Iterator[str]:
    for group in filter(None, (part.strip() for part in row.verdicts.split(";"))):
        name, _, wanted = group.partition(": ")
        totals = [t for t in regimen.totals if result.data.name_of(t.substance) == name]
        if not totals:
            yield f"no total of {name} to be judged"
            continue
        known = [verdict for total in totals for verdict in total.verdicts]
        judging = [verdict for total in totals for verdict in total.judged]
        for each in wanted.split(", "):
            if each == "none":
                if judging:
                    yield f"{name} is judged by {judging[0].limit.statement}, expected by none"
                continue
            who, _, word = each.rpartition(" ")
            yield from _one(name, who, word, known, judging)


def _one(name: str, who: str, word: str, known: list[Verdict], judging: list[Verdict]) -> Iterator[str]:
    among = [v for v in known if v.judges] if word == "not-assessed" else judging
    chosen = (
        among
        if who == "all"
        else [
            v for v in known if who in (v.limit.source, v.limit.statement) and (v in among or who == v.limit.statement)
        ]
    )
    if not chosen:
        yield f"{name}: {who} gives no verdict, expected {word}"
    for verdict in chosen:
        if verdict.judgement != word:
            yield f"{name}: {verdict.limit.statement} ({verdict.amount}) says {verdict.judgement}, expected {word}"
