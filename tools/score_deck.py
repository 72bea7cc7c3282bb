"""Score doseref on decks of regimens that a pharmacist judged: ``python tools/score_deck.py DECK.jsonl [-v]``.

A line is ``{"id", "items", "clean", "dangers": [{"substances", "why"}], "patient": {...}}``. A danger is heard where one finding at
warning or above names all of its substances (any of them where the danger is one of dose); that an item was not read is
no such finding. A clean regimen is quiet where it has no finding above information.
"""

from __future__ import annotations

import json
import statistics
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import doseref
from doseref.findings import Finding, Severity
from doseref.names import names
from doseref.refdata import reference

NAMES = names(reference())
UNREAD = ("R401", "R402", "R403", "R404")
KEYS = {"age": "age", "age_years": "age", "weight_kg": "weight", "egfr": "egfr", "pregnant": "pregnant", "sex": "sex", "hepatic": "hepatic",
        "creatinine_mg_dl": "creatinine"}  # fmt: skip

SEXES = {"M": "male", "F": "female"}


def options(patient: dict[str, Any]) -> dict[str, Any]:
    """The person's facts as keywords of ``doseref.check``, those that it knows."""
    known = doseref.check.__kwdefaults__ or {}
    found = {KEYS[key]: SEXES.get(value, value) for key, value in patient.items() if key in KEYS and value is not None}
    return {k: Decimal(str(v)) if isinstance(v, int | float) and not isinstance(v, bool) else v
            for k, v in found.items() if k in known}  # fmt: skip


def heard(danger: dict[str, Any], findings: list[Finding]) -> bool:
    """Whether one finding names all substances of a danger."""
    wanted = {_plain(name) for name in danger["substances"]}
    return any(all(_holds({_plain(s) for s in f.substances}, name) for name in wanted) for f in findings)


def _holds(told: set[str], wanted: str) -> bool:
    """Whether a finding is about a substance; the amphetamines are told as mixed amphetamine salts."""
    if "/" in wanted:  # "carbidopa/levodopa" is heard of by the one of the two that matters
        return any(_holds(told, _plain(each)) for each in wanted.split("/"))
    return wanted in told or any(wanted in name.split() for name in told)


def _plain(name: str) -> str:
    """The name under which the program tells of it: divalproex and valproate are one substance."""
    known = NAMES.lookup(name)
    told = NAMES.data.name_of(known.substance) if known is not None and known.substance else name
    return told.lower().replace("-", " ").removesuffix(" acid fatty").strip()


def score(path: Path, verbose: bool) -> str:
    """The figures of one deck in one line."""
    dangers = told = loud = clean = part = 0
    counts = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        findings = [
            f
            for f in doseref.check(row["items"], **options(row.get("patient") or {})).findings
            if f.severity > Severity.INFO
        ]
        counts.append(len(findings))
        if row["clean"]:
            clean += 1
            loud += bool(findings)
            if findings and verbose:
                print("LOUD", row["id"], row["items"], row.get("patient"))
        for danger in row["dangers"]:
            dangers += 1
            real = [f for f in findings if f.code not in UNREAD]
            if heard(danger, real):
                told += 1
                continue
            near = any({_plain(s) for s in danger["substances"]} & {_plain(s) for s in f.substances} for f in findings)
            part += near
            if verbose:
                print("PART" if near else "MISS", row["id"], danger, row["items"], row.get("patient"))
        if verbose and (row["clean"] and findings):
            for f in findings:
                print("     ", f.severity.word, f.code, f.message[:200])
    return (
        f"{path.name}: dangers heard {told}/{dangers} (in part or unread {part}); clean lists with anything above information "
        f"{loud}/{clean}; median findings above information {statistics.median(counts)}"
    )


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "-v"]
    for word in words:
        print(score(Path(word), "-v" in sys.argv))
