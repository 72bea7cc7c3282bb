"""Limits that are more than three times away from the FDA/EPA table of maximum recommended daily doses: look again (for maintainers).

    python tools/far_from_mrdd.py maxdose_fda_mrdd.csv

The table is old (labels of 1973 to 1999, a person of 60 kg) and never judges a regimen. A limit that was looked at again stands in
``tools/mrdd_looked_at.csv`` with what was found; every other one is printed, and the exit code is 1.
"""

from __future__ import annotations

import csv
import sys
from decimal import Decimal
from pathlib import Path

from doseref.limits import Limit
from doseref.refdata import Reference, reference
from doseref.units import convert, convertible

FAR = 3
ROUTES = ("oral", "")
KINDS = ("maximum", "usual-top", "not-recommended-above")


def old_doses(table: Path, data: Reference) -> dict[str, Decimal]:
    """Milligrams a day of the old table by substance id, matched by UNII and else by name."""
    by_unii = {row["unii"]: key for key, row in data.substance_rows.items() if row["unii"]}
    found: dict[str, Decimal] = {}
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            names = [row["name"], *row["other_names_same_skeleton"].split("; ")]
            key = by_unii.get(row["unii"]) or next(
                (data.substance_ids[name.lower()] for name in names if name.lower() in data.substance_ids), None
            )
            if key and row["mrdd_mg_per_day_60kg"]:
                found[key] = max(found.get(key, Decimal(0)), Decimal(row["mrdd_mg_per_day_60kg"]))
    return found


def daily_mg(limit: Limit) -> Decimal | None:
    """Milligrams a day of a limit; ``None`` where it is no mass per day for ordinary adults."""
    if limit.article or limit.products or limit.amount is None or limit.per is None or not limit.per.is_day:
        return None
    plain = limit.adult and not limit.special and limit.route in ROUTES and limit.kind in KINDS
    return convert(limit.amount, limit.unit, "mg") if plain and convertible(limit.unit, "mg") else None


def main() -> int:
    """Print the limits that are far away and that nobody looked at; 1 where there are any."""
    data = reference()
    with Path(__file__).with_name("mrdd_looked_at.csv").open(encoding="utf-8", newline="") as lines:
        looked = {row["limit"] for row in csv.DictReader(lines)}
    far = 0
    for key, old in old_doses(Path(sys.argv[1]), data).items():
        # The substance's highest limit of a country: lower ones are of other indications.
        highest: dict[str, tuple[Decimal, Limit]] = {}
        for limit in data.limits.get(key, ()):
            amount = daily_mg(limit)
            if amount is not None and (limit.country not in highest or highest[limit.country][0] < amount):
                highest[limit.country] = (amount, limit)
        for amount, limit in highest.values():
            if (amount > FAR * old or old > FAR * amount) and limit.statement not in looked:
                far += 1
                print(f"{limit.statement}: {limit.kind} {amount.normalize():f} mg a day, the old table has {old:f} mg")
    return 1 if far else 0


if __name__ == "__main__":
    sys.exit(main())
