"""Prescriptions that nobody wrote: seeded, as many as are asked for, mixed as a pharmacy's are.

Run: python benchmarks/prescriptions.py ROWS PAIRS PEOPLE FILE [SEED] (csv or parquet). Besides plain instructions the mixture
holds as-needed items, ranges, tapers, patches, weekly drugs, clock times, combinations, misspellings and lines that nobody reads.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

DRUGS = """acetaminophen;500 mg|325 mg|650 mg|1 g
ibuprofen;200 mg|400 mg|600 mg|800 mg
naproxen;250 mg|500 mg
meloxicam;7.5 mg|15 mg
tramadol;50 mg|100 mg
oxycodone;5 mg|10 mg
morphine ER;15 mg|30 mg
gabapentin;100 mg|300 mg|600 mg
pregabalin;75 mg|150 mg
amitriptyline;10 mg|25 mg|50 mg
duloxetine;30 mg|60 mg
sertraline;50 mg|100 mg
citalopram;20 mg|40 mg
venlafaxine;37.5 mg|75 mg|150 mg
trazodone;50 mg|100 mg
lisinopril;5 mg|10 mg|20 mg|40 mg
losartan;25 mg|50 mg|100 mg
amlodipine;5 mg|10 mg
metoprolol;25 mg|50 mg|100 mg
carvedilol;6.25 mg|12.5 mg|25 mg
verapamil;80 mg|120 mg
furosemide;20 mg|40 mg|80 mg
hydrochlorothiazide;12.5 mg|25 mg
spironolactone;25 mg|50 mg
atorvastatin;10 mg|20 mg|40 mg|80 mg
simvastatin;20 mg|40 mg
metformin;500 mg|850 mg|1000 mg
glipizide;5 mg|10 mg
levothyroxine;50 mcg|100 mcg|0.1 mg
omeprazole;20 mg|40 mg
pantoprazole;40 mg
famotidine;20 mg|40 mg
prednisone;5 mg|10 mg|20 mg
methotrexate;2.5 mg|10 mg
alendronate;10 mg|70 mg
warfarin;2.5 mg|5 mg
apixaban;2.5 mg|5 mg
aspirin;81 mg|325 mg
clopidogrel;75 mg
lorazepam;0.5 mg|1 mg
zolpidem;5 mg|10 mg
cyclobenzaprine;5 mg|10 mg
tizanidine;2 mg|4 mg
celecoxib;100 mg|200 mg
allopurinol;100 mg|300 mg
cetirizine;10 mg
loratadine;10 mg
diphenhydramine;25 mg|50 mg
lithium;300 mg
digoxin;125 mcg|0.25 mg
Norco 5/325;
Percocet 5/325;
Tylenol PM;
Excedrin Migraine;
NyQuil;
magnesium oxide;400 mg
vitamin D3;1000 units|50000 units
curcumin;500 mg
ibuprophen;400 mg
xylofantazine;10 mg"""
"""Drug; strengths. The last two are a misspelling and a name that nobody has."""

SIGS = """1 tablet once daily|1 tablet twice daily|2 tablets every 6 hours|1 tablet every 4-6 hours as needed for pain
1 to 2 tablets every 6 hours as needed|1 tablet at bedtime|1 tablet every morning|1 tab po tid|1 po q8h prn|2 tablets three times daily
1 tablet every 8 hours for 7 days|1 tablet daily for 14 days then stop|1 tablet at 8 am and 8 pm|1 tablet at 08:00, 14:00 and 20:00
1 tablet once a week|1 tablet every Monday|1 tablet every other day|half a tablet daily|1-0-1|1 tablet four times daily, max 4 tablets per day
3 tablets daily for 3 days, then 2 tablets daily for 3 days, then 1 tablet daily for 3 days|take as directed|use with care when the moon is full
1 tablet every 2 hours|4 tablets four times daily|1 tablet now, then 1 tablet every 12 hours|1 tablet with meals|2 tablets at once"""

SPECIAL = (
    ("fentanyl 25 mcg/h patch", "apply 1 patch every 72 hours"), ("lidocaine 5% patch", "apply 1 patch daily, 12 hours on, 12 hours off"),
    ("acetaminophen 160 mg/5 mL oral suspension", "15 mL every 6 hours"), ("albuterol 90 mcg inhaler", "2 puffs every 6 hours as needed"),
    ("insulin glargine 100 units/mL", "inject 20 units at bedtime"), ("diclofenac 1% gel", "apply 4 g to the knee four times daily"),
    ("timolol 0.5% eye drops", "1 drop in each eye twice daily"), ("semaglutide 0.5 mg", "inject once weekly"),
    ("methotrexate 2.5 mg", "6 tablets once weekly"), ("acetaminophen 500 mg", "2 tablets every 4 hours"), ("Norco 5/325", "2 tablets every 4 hours"),
    ("", "1 tablet daily"), ("acetaminophen", ""),
)  # fmt: skip


def pairs(count: int, seed: int) -> list[tuple[str, str]]:
    """``count`` different instructions: drug with strength, and sig; numbered notes make more of them where words run out."""
    mixed = random.Random(seed)
    drugs = [(name, "5 mg|10 mg|20 mg|25 mg|50 mg|100 mg".split("|")) for name in _substances()]
    drugs += [(name, [each for each in strengths.split("|") if each]) for name, _, strengths in (line.partition(";") for line in DRUGS.splitlines())]  # fmt: skip
    sigs = [sig for line in SIGS.splitlines() for sig in line.split("|")]
    found: dict[tuple[str, str], None] = dict.fromkeys(SPECIAL)
    tails = ["", ""]
    misses = 0
    while len(found) < count:
        name, strengths = mixed.choice(drugs)
        drug = f"{name} {mixed.choice(strengths)}" if strengths else name
        pair = (drug, mixed.choice(sigs) + mixed.choice(tails))
        misses = misses + 1 if pair in found else 0
        if misses > 200:
            tails += [f" for {len(tails)} days", f" with {len(tails) * 10} mL of water"]
            misses = 0
        found[pair] = None
    return list(found)[:count]


def _substances() -> list[str]:
    """Every substance of the project's tables that a label limits."""
    root = Path(__file__).resolve().parents[1] / "data"
    with (root / "limits.csv").open(encoding="utf-8", newline="") as table:
        return sorted({row["substance"].replace("-", " ") for row in csv.DictReader(table) if row["country"] == "US"})


def rows(count: int, instructions: int, people: int, seed: int) -> Iterator[tuple[str, str, str]]:
    """Person, drug and sig of each row; the same instruction is common or rare, as in life."""
    mixed = random.Random(seed + 1)
    known = pairs(instructions, seed)
    for place in range(count):
        pair = known[place] if place < len(known) else known[int(len(known) * mixed.random() ** 1.5)]
        yield f"p{mixed.randrange(people)}", *pair


def write(path: Path, count: int, instructions: int, people: int, seed: int = 1) -> None:
    """The rows as a CSV or Parquet file."""
    if path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as parquet

        schema = pa.schema([(name, pa.string()) for name in ("patient", "drug", "sig")])
        with parquet.ParquetWriter(path, schema) as out:
            batch: list[tuple[str, str, str]] = []
            for row in rows(count, instructions, people, seed):
                batch.append(row)
                if len(batch) == 200_000:
                    out.write_table(pa.table(list(map(list, zip(*batch, strict=True))), schema=schema))
                    batch = []
            if batch:
                out.write_table(pa.table(list(map(list, zip(*batch, strict=True))), schema=schema))
        return
    with path.open("w", encoding="utf-8", newline="") as out_text:
        written = csv.writer(out_text)
        written.writerow(("patient", "drug", "sig"))
        written.writerows(rows(count, instructions, people, seed))


if __name__ == "__main__":
    write(
        Path(sys.argv[4]), int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *(int(each) for each in sys.argv[5:6])
    )
