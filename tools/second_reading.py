"""Second readings of label texts: what to ask a reader who does not see the figures, and his answers as a reader's sheet (for maintainers).

    python tools/second_reading.py take FOUND.csv --reader K1 --sheet tools/readings/read-k1.csv [--settled SETTLED.csv]

``FOUND.csv`` has a row per row of ``data/limits.csv`` (``key``) that was read again, with the figures as read. An answer that gives the
figures of the row is written to the sheet as a reading of its own, in the words of the first reading, so that ``merge_limits.py`` counts
both. An answer that differs is printed with its quotation and enters nothing, until ``SETTLED.csv`` (key, who, reason) says that the text
was looked at again: ``row`` (the row is right and was read so again), ``neither`` (not to be counted).
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import urlsplit

from limit_readings import KINDS, UNITS, of_reader, rows

Row = dict[str, str]
ROOT = Path(__file__).resolve().parents[1]
SHEETS = ROOT / "tools" / "readings"
_DAYS = {"d": 1, "day": 1, "wk": 7, "week": 7, "mo": 30, "month": 30, "a": 365, "year": 365, "h": None}
_SAID = {
    "maximum stated": "maximum", "upper intake level": "maximum", "safe level": "safe-level", "none determinable": "none-determinable",
    "first-dose range": "top-of-initial-range", "threshold": "tolerance-threshold",
}  # fmt: skip
"""Kinds in the words of the question, by the project's."""
_COUNTED = {"tablets": "tablet", "capsules": "capsule", "inhalations": "puff", "inhalation": "puff", "puffs": "puff", "sprays": "spray",
            "drops": "drop", "patches": "patch", "lozenges": "lozenge", "pieces": "piece", "caplets": "tablet", "caplet": "tablet",
            "softgels": "capsule", "units": "[IU]", "applications": "application"}  # fmt: skip
_MASS = {
    "mg": Decimal(1),
    "g": Decimal(1000),
    "ug": Decimal("0.001"),
    "kg": Decimal(1000000),
    "ng": Decimal("0.000001"),
}


def number(text: str) -> Decimal | None:
    """A figure as a decimal; ``None`` where there is none."""
    try:
        return Decimal(text.replace(",", "").strip()) if text.strip() else None
    except InvalidOperation:
        return None


def in_base(value: Decimal | None, unit: str) -> tuple[Decimal, str] | None:
    """A figure in milligrams where its unit is one of mass, else in its own unit."""
    if value is None:
        return None
    bare = unit.strip().strip("{}")
    bare = _COUNTED.get(bare.lower(), bare)
    unit = UNITS.get(bare, "{" + bare + "}" if "{" + bare + "}" in UNITS.values() else bare)
    if unit in _MASS:
        return value * _MASS[unit], "mg"
    top, _, rest = unit.partition("/")
    return (value * _MASS[top], f"mg/{rest}") if rest and top in _MASS else (value, unit)


def per(text: str) -> str:
    """A period as the tables write it: number and unit."""
    found = re.fullmatch(r"\s*(\d+)?\s*([a-z]+)\s*", text.lower())
    if not found:
        return ""
    unit = {"day": "d", "days": "d", "week": "wk", "weeks": "wk", "month": "mo", "months": "mo", "year": "a"}.get(
        found[2], found[2]
    )
    return f"{found[1] or '1'} {unit}"


def differences(row: Row, found: Row) -> list[str]:
    """What an answer gives otherwise than the row; what the reader left open is no difference."""
    told = []
    kind = found["kind"].strip()
    kind = _SAID.get(kind, KINDS.get(kind, kind))
    if kind != row["kind"]:
        told.append(f"kind {row['kind']}: {kind}")
    one, other = in_base(number(row["amount"]), row["unit"]), in_base(number(found["amount"]), found["amount_unit"])
    if one != other and (one or kind == row["kind"]):
        told.append(f"amount {row['amount']} {row['unit']}: {found['amount']} {found['amount_unit']}")
    if one and other and per(found["period"]) and per(found["period"]) != f"{row['period']} {row['period_unit']}":
        told.append(f"period {row['period']} {row['period_unit']}: {found['period']}")
    one, other = (
        in_base(number(row["single"]), row["single_unit"]),
        in_base(number(found["single_dose"]), found["single_unit"]),
    )
    if one and other and one != other:
        told.append(f"single {row['single']} {row['single_unit']}: {found['single_dose']} {found['single_unit']}")
    for column in ("interval_hours", "egfr_low", "egfr_high"):
        near = (0, 1, -1) if "egfr" in column else (0,)  # "below 60" may be written "up to 59"
        low, high = number(row[column]), number(found[column])
        if low is not None and high is not None and low - high not in near:
            told.append(f"{column} {row[column]}: {found[column]}")
    return told


def first_reading(row: Row, where: str, sheets: list[Row]) -> Row | None:
    """The line of a reader's sheet that a row was made from: the same address and figures."""

    def fits(line: Row) -> bool:
        amount = in_base(number(line["amount"]), line["unit"])
        return (
            line["url"] == where
            and line["kind"] == row["kind"]
            and (amount == in_base(number(row["amount"]), row["unit"]) or "{" in line["unit"])
            and line["route"] == row["route"]
            and line["country"] == row["country"]
        )

    near = [line for line in sheets if fits(line)]
    same = [
        line
        for line in near
        if line["indication"] == row["indication"] and (line["population"] or "adult") == row["population"]
    ]
    return (same or [line for line in near if line["indication"] == row["indication"]] or near or [None])[0]


def tier_of(url: str, sources: Iterable[Row]) -> str:
    """The tier of another copy that a reader took: the nearest that the project has of that host, else secondary."""
    host = urlsplit(url).hostname
    known = {row["tier"] for row in sources if urlsplit(row["where"]).hostname == host}
    return next((tier for tier in ("label", "label-copy", "regulator") if tier in known), "secondary")


def as_typed(row: Row, source: Row, names: dict[str, str]) -> Row:
    """A line for a row that was typed by hand, from the row itself."""
    return {
        "drug": names[row["substance"]], "product": "", "route": row["route"], "form": row["form"], "release": row["release"],
        "country": row["country"], "status": row["status"], "indication": row["indication"], "population": row["population"],
        "age_low_years": row["age_low_years"], "age_high_years": row["age_high_years"], "egfr_low": row["egfr_low"],
        "egfr_high": row["egfr_high"], "kind": row["kind"], "single": row["single"], "single_unit": row["single_unit"],
        "amount": row["amount"], "unit": row["unit"], "period": row["period"], "period_unit": row["period_unit"],
        "interval_hours": row["interval_hours"], "tier": source["tier"], "source_title": source["title"],
        "publisher": source["publisher"], "section": row["section"], "set_id": source["set_id"], "label_date": source["date"],
    }  # fmt: skip


def main() -> None:
    """Read the arguments, write the sheet, print what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("take",))
    parser.add_argument("found", type=Path)
    parser.add_argument("--reader", required=True)
    parser.add_argument("--sheet", type=Path, required=True)
    parser.add_argument("--settled", type=Path)
    arguments = parser.parse_args()
    limits = {row["id"]: row for row in rows(ROOT / "data" / "limits.csv")}
    sources = {row["id"]: row for row in rows(ROOT / "data" / "sources.csv")}
    names = {row["id"]: row["name"] for row in rows(ROOT / "data" / "substances.csv")}
    others = sorted(path for path in SHEETS.glob("read-*.csv") if path.name != arguments.sheet.name)
    sheets = [line for path in others for line in rows(path)]
    with others[0].open(encoding="utf-8") as lines:
        header = lines.readline().strip().split(",")
    settled = {row["key"]: row["who"] for row in rows(arguments.settled)} if arguments.settled else {}
    typed = set((ROOT / "tools" / "limit_hand.txt").read_text(encoding="utf-8").split())
    taken, open_, unknown = [], 0, 0
    for found in rows(arguments.found):
        row = limits.get(found["key"])
        if row is None or not found["kind"]:
            unknown += 1
            continue
        told = differences(row, found)
        if told and settled.get(found["key"]) != "row":
            open_ += found["key"] not in settled
            if found["key"] not in settled:
                print(
                    f"{found['key']}\t{'; '.join(told)}\t{found['quote'][:300]}\t{found['note']}\t{found['address_read']}"
                )
            continue
        source = sources[row["source"]]
        first = first_reading(row, source["where"], sheets)
        if first is None and (
            row["adult"] != "yes" or row["age_low_years"] or row["product"] or row["id"] not in typed
        ):
            continue  # of some people or products, or from an authority's table: such a row does not find its readings
        line = dict(first or as_typed(row, source, names))
        line["reader"] = arguments.reader
        if found["address_read"] and found["address_read"] != source["where"]:
            line |= {"url": found["address_read"], "tier": tier_of(found["address_read"], sources.values())}
            line |= {"source_title": f"{line['source_title']}, another copy", "set_id": "", "label_date": ""}
        else:
            line["url"] = source["where"]
        taken.append(line)
    with arguments.sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n", restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(taken)
    print(
        f"{len(taken)} read alike, {open_} to settle, {unknown} without an answer or a row; {sum(1 for _ in of_reader(arguments.sheet))} readings"
    )


if __name__ == "__main__":
    main()
