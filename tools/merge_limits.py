"""Build the read rows of ``data/limits.csv`` and their sources from readings of label texts (for maintainers; not part of the package).

    python tools/merge_limits.py --reader SHEET.csv … --facts label_facts.csv --korea …csv --states …csv [--retrieved 2026-11-28]

Rows that carry a number of ``readings`` are made here and made anew at each run; rows without one, and those that
``tools/limit_hand.txt`` lists, were written by hand and stay.
What was settled by looking a source up again stands in ``tools/limit_decisions.csv`` with its reason, never in this file.

The rules, in order:

1. A reading is joined to a substance by a name of the data; a combination to the products that hold just those ingredients.
2. A condition ("with ciclosporin", "CrCl below 30", "opioid-tolerant only") makes an exception, which is never the general limit.
3. Equal figures of one substance, route, release, country, status, kind and use (however it is worded, ``limit_match.py``) are one
   row of the nearest source; ``readings`` counts the persons who read it and the label texts it was read in, whichever is more.
4. A maximum of one indication that is below what another label of the same form gives as usual binds that indication only.
5. A figure that stands in secondary pages only informs; it enters where nobody read anything in a label of that route and release
   (a maximum also where it is above all that the labels give), the highest of a kind alone.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from limit_match import alike
from limit_readings import Reading, of_facts, of_korea, of_reader, of_states, rows

from doseref.tables import schema
from doseref.tables.write import render
from doseref.units import UNITS

Row = dict[str, str]
TIER_ORDER = ("label", "label-copy", "regulator", "guideline", "secondary")
SOURCE_KIND = {
    "label": "label",
    "label-copy": "label",
    "regulator": "table",
    "guideline": "guideline",
    "secondary": "monograph",
}
HOME = ("US", "", "GB")
"""Countries of whose medicines what only restates a label enters at all."""
RELEASES = ("", "IR", "ER", "DR", "EC")
UPPER = ("maximum", "none-determinable", "safe-level")
"""Kinds of an authority's upper intake level, which is of the food and the supplement by every route of swallowing."""
KOREA = "mfds-dur-capacity-caution-table-jso2781"
COUNTED = ("{tablet}", "{capsule}", "{lozenge}", "{piece}")
"""Units that mean something only of a product."""
METERED = ("{puff}", "{spray}", "{drop}", "mL")
GENERAL = re.compile(
    r"(?:(?:most )?adults?(?: males?)?(?:,? (?:men|and adolescents?(?: \d+\+)?|and children|outpatient|maintenance|long-term|per eye))*|adult men|men|(?:adult )?outpatients|general|16 years and over incl\. elderly"
    r"|per (?:affected )?eye|any acetaminophen)?"
    r"(?:,? ?(?:and )?(?:over |>=? ?)?\d+ ?(?:y|years?)?(?: and (?:over|above|older))?)?(?: and over 40 kg)?"
    r"|\d+-64 (?:y|years)|over 16 years|acetaminophen component|.*component"
)
"""Whom a label's general figure is for, as readers write it; everything else is an exception."""
START = re.compile(r"first day|day 1\b|first 24|loading|load\b|induction|initial", re.I)
"""A dose of the beginning, which says nothing of the days after it."""
CHILDREN = re.compile(r"child|adolescents?$|^adolescent")
AMONG_READER_NOTES = re.compile(
    r"excerpt|page|reader|drugs\.com|see note|label_date|from memory|repost|mirror|seen\b|site\b|column", re.I
)


class Join:
    """Names of the data: substances by any name, products by the set of their ingredients."""

    def __init__(self, data: Path) -> None:
        self.by_name: dict[str, str] = {}
        self.salts: dict[str, Row] = {}
        for row in rows(data / "names.csv"):
            if row["kind"] not in ("abbreviation", "compound", "brand-er", "word"):
                self.by_name.setdefault(row["name"].lower(), row["substance"])
            if row["kind"] == "salt" and row["salt_amount"]:
                self.salts[row["name"].lower()] = row
        self.supplements: set[str] = set()
        for row in rows(data / "substances.csv"):
            self.by_name[row["name"].lower()] = row["id"]
            if row["kind"] == "supplement":
                self.supplements.add(row["id"])
        self.sets: dict[str, set[str]] = defaultdict(set)
        self.product_rows: dict[str, list[Row]] = defaultdict(list)
        for row in rows(data / "products.csv"):
            self.sets[row["id"]].add(row["substance"])
            self.product_rows[row["id"]].append(row)

    def substances(self, drug: str) -> tuple[str, ...] | None:
        """Ids of the ingredients of ``a`` or ``a/b``; ``None`` where a name is not known."""
        whole = self.by_name.get(drug)
        if whole:
            return (whole,)
        found = [self.by_name.get(part.strip()) for part in drug.split("/")]
        return tuple(each for each in found if each) if all(found) else None

    def products(self, ids: Iterable[str], reading: Reading) -> list[str]:
        """Products of just these ingredients on one country's market, in the strengths that a reading names where it names any.

        A number of tablets is a limit of what is counted and one of millilitres of what is poured.
        """
        wanted, release, country = reading.product, reading.release, reading.country
        target = set(ids)
        numbers = [Decimal(each) for each in re.findall(r"\d+(?:\.\d+)?", wanted)]
        found = []
        for key, held in self.sets.items():
            own = self.product_rows[key]
            market = own[0]["market"].split("; ") if own[0]["market"] else []
            if held != target or any(row["withdrawn"] for row in own) or (release and own[0]["release"] != release):
                continue
            if market and country and country not in market:
                continue
            if (reading.unit in COUNTED and own[0]["per_unit"] == "mL") or (
                reading.unit == "mL" and own[0]["per_unit"] != "mL"
            ):
                continue
            strengths = [Decimal(row["strength"]) for row in own]
            if len(numbers) < len(target) or all(number in strengths for number in numbers[: len(target)]):
                found.append(key)
        return sorted(found)

    def named(self, substance: str, wanted: str, unit: str) -> list[str]:
        """Products of one ingredient that are called so, or so with a strength, and are counted in this unit."""
        name = re.sub(r"[^a-z0-9.]+", " ", wanted.lower()).strip()
        found = []
        for key, held in self.sets.items():
            own = self.product_rows[key][0]
            called = [own["name"], own["label"], *own["also"].split("; ")]
            written = {re.sub(r"[^a-z0-9.]+", " ", each.lower()).strip() for each in called if each}
            if (
                held == {substance}
                and not own["withdrawn"]
                and name in written
                and (not unit.startswith("{") or own["per_unit"] == unit)
            ):
                found.append(key)
        return sorted(found)


def slug(text: str, most: int = 60) -> str:
    """Lower-case words joined by hyphens, cut at a word."""
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return words if len(words) <= most else words[:most].rsplit("-", 1)[0]


def general(reading: Reading) -> bool:
    """Whether a reading is about ordinary adults."""
    young = not reading.age_low or Decimal(reading.age_low) <= 19
    free = not (reading.age_high or reading.egfr_low or reading.egfr_high)
    return bool(GENERAL.fullmatch(reading.population)) and young and free


def in_milligrams(reading: Reading, join: Join) -> Reading:
    """ "4 caplets" of a product of one ingredient and strength as an amount: the label's own tablets times their own strength.

    Not a limit of the product itself: what is sold without a prescription may be prescribed at more ("unless directed by a doctor").
    """
    strength = re.search(r"(\d+(?:\.\d+)?) ?mg\b", reading.product or reading.form)
    if strength is None and reading.product and reading.unit in COUNTED and "/" not in reading.drug:
        held = {join.product_rows[key][0]["strength"] for key in join.named(join.by_name.get(reading.drug, ""), reading.product, reading.unit)
                if join.product_rows[key][0]["unit"] == "mg"}  # fmt: skip
        strength = re.search(r"(\d+(?:\.\d+)?) mg", f"{held.pop()} mg") if len(held) == 1 else None
    if reading.unit not in ("{tablet}", "{capsule}", "{patch}") or not strength or "/" in reading.drug:
        return reading
    each = Decimal(strength[1])
    units = f"{reading.unit.strip('{}')}{'' if reading.amount == '1' else 's'}"
    words = f"{reading.amount} {units} of {strength[1]} mg are {Decimal(reading.amount) * each} mg"
    single = str(Decimal(reading.single) * each) if reading.single and reading.single_unit == reading.unit else ""
    return replace(
        reading, amount=str(Decimal(reading.amount) * each), unit="mg", single=single or (reading.single if reading.single_unit == "mg" else ""),
        single_unit="mg" if single or reading.single_unit == "mg" else "", note=words,
        form=reading.form if strength[0] in reading.form else f"{reading.form} {strength[1]} mg".strip(),
    )  # fmt: skip


def only_stated(reading: Reading) -> Reading:
    """Without what is a schedule and no bound of its own: "twice daily", half of the day's total, once a day.

    A shortest interval and a number of doses are kept for what is taken as needed: over the counter, or below eight hours;
    the largest single dose there, where it is the day's total, or where the label gives no total.
    """
    hours = Decimal(reading.interval_hours) if reading.interval_hours else None
    needed = reading.status == "otc" or (hours is not None and hours <= 8)
    if needed or (reading.single == reading.amount and reading.single_unit == reading.unit) or not reading.amount:
        single = reading.single
    else:
        single = ""
    if single and reading.amount and dimension(reading.unit) != dimension(reading.single_unit):
        single = ""
    weekly = reading.period_unit in ("wk", "mo")
    return replace(
        reading, single=single, single_unit=reading.single_unit if single else "",
        interval_hours=reading.interval_hours if needed or weekly else "", doses=reading.doses if needed or weekly else "",
    )  # fmt: skip


def dimension(unit: str) -> str:
    """What a unit measures: mass, or the counted unit itself."""
    known = UNITS.get(unit)
    return str(known.dimension) if known else unit


def factor(unit: str) -> Decimal:
    """Milligrams of one ``unit`` of mass, 1 for other units: for comparing figures of one kind only."""
    known = UNITS.get(unit)
    return Decimal(str(known.factor)) if known and known.dimension == "mass" else Decimal(1)


def per_day(reading: Reading) -> tuple[str, Decimal] | None:
    """Dimension and amount per day, for comparing; ``None`` without a figure."""
    days = {"d": 1, "wk": 7, "mo": 30, "a": 365}.get(reading.period_unit)
    if not reading.amount or not days:
        return None
    known = UNITS.get(reading.unit)
    kind = known.dimension if known and known.dimension == "mass" else reading.unit
    return kind, Decimal(reading.amount) * factor(reading.unit) / (Decimal(reading.period) * days)


def cluster_key(ids: tuple[str, ...], reading: Reading, join: Join) -> tuple[object, ...]:
    """What makes two readings the same statement, but for how its indication and its group of people are written."""
    amount = per_day(reading)
    counted = "/" in reading.drug or reading.unit.startswith("{")
    products: tuple[str, ...] | str = slug(reading.product)
    if counted and len(ids) > 1:
        products = tuple(join.products(ids, reading)) or products
    single = reading.single if reading.single and not amount else ""
    return (
        ids, reading.route, "" if reading.release == "IR" else reading.release, reading.country, reading.status, reading.kind,
        general(reading), reading.age_low if not general(reading) else "", reading.age_high, reading.egfr_low, reading.egfr_high,
        reading.from_day, reading.to_day, amount, reading.period_unit, Decimal(single) * factor(reading.single_unit) if single else "",
        products if counted else "", component(reading.drug, reading),
    )  # fmt: skip


def clustered(found: list[tuple[tuple[str, ...], Reading]], join: Join) -> list[tuple[tuple[str, ...], list[Reading]]]:
    """Readings that say the same, the nearest source first in each group."""
    exact: dict[tuple[object, ...], list[Reading]] = defaultdict(list)
    for ids, reading in found:
        exact[cluster_key(ids, reading, join)].append(reading)
    made: list[tuple[tuple[str, ...], list[Reading]]] = []
    for key, group in exact.items():
        parts: list[list[Reading]] = []
        for reading in sorted(group, key=nearness):
            for part in parts:
                if alike(part[0].indication, reading.indication) and (
                    general(reading) or alike(part[0].population, reading.population)
                ):
                    part.append(reading)
                    break
            else:
                parts.append([reading])
        made += [(key[0], part) for part in parts]  # type: ignore[misc]
    return made


def nearness(reading: Reading) -> tuple[int, int, str, str]:
    """Sorts the nearest source first: tier, set id, then the newest."""
    return (
        TIER_ORDER.index(reading.tier),
        0 if reading.set_id else 1,
        "".join(chr(255 - ord(c)) for c in reading.date) or "~",
        reading.url,
    )


def merged(group: list[Reading]) -> tuple[Reading, int]:
    """One reading of a cluster, its blanks filled from the others, and how many independent readings gave it."""
    group = sorted(group, key=nearness)
    best = group[0]
    for other in group[1:]:
        if other.tier == "secondary" and best.tier != "secondary":
            continue
        for field in ("single", "interval_hours", "doses", "longest"):
            twin = {"single": "single_unit", "longest": "longest_unit"}.get(field)
            if field == "longest" and best.to_day:
                continue  # the days say it
            if field == "single" and best.amount and other.single and not _fits(best, other):
                continue
            if not getattr(best, field) and getattr(other, field):
                best = replace(best, **{field: getattr(other, field)} | ({twin: getattr(other, twin)} if twin else {}))
    if any(each.release == "IR" for each in group):
        best = replace(best, release="IR")
    near = [each for each in group if (each.tier == "secondary") == (best.tier == "secondary")]
    return best, max(len({each.reader for each in near}), len({each.url for each in near}))


def _fits(total: Reading, other: Reading) -> bool:
    """Whether a single dose of one reading can be one of the total of another."""
    if dimension(total.unit) != dimension(other.single_unit):
        return False
    return Decimal(other.single) * factor(other.single_unit) <= Decimal(total.amount) * factor(total.unit)


def component(drug: str, reading: Reading) -> str:
    """Which ingredient of a combination a figure in mass is about, as the reader wrote it; empty where it is the first."""
    found = re.search(r"(?:amount is )?(\w[\w ]*?)(?: phosphate)? component", f"{reading.population} ; {reading.note}")
    word = found[1].removeprefix("amount is ").strip() if found else ""
    return next((part for part in drug.split("/") if word and (part in word or word in part)), "")


class Sources:
    """Rows of sources.csv: those that are there, and new ones by title and address."""

    def __init__(self, data: Path, retrieved: str) -> None:
        self.rows = {row["id"]: row for row in rows(data / "sources.csv")}
        self.cited = {row["source"] for row in rows(data / "limits.csv")}
        self.anew: list[Row] = []
        self.retrieved = retrieved
        self.read_on = {
            (row["where"], row["tier"], row["country"]): (row["retrieved"], row["review_by"])
            for row in self.rows.values()
        }
        self.made: dict[tuple[str, str, str], str] = {}

    def made_anew(self, names: Iterable[str]) -> None:
        """Drop the sources that only readings made; they are made again where they are still read."""
        self.anew = [row for name in sorted(names) if name.startswith("read-") and (row := self.rows.pop(name, None))]

    def id_of(self, reading: Reading) -> str:
        """The id of a reading's source, made where it is new: of several of one address the one that the limits cite."""
        if reading.url == "korea":
            return KOREA
        key = (reading.url, reading.tier, reading.country)
        if key not in self.made:
            there = [
                row
                for row in (*self.rows.values(), *self.anew)
                if _bare(row["where"]) == _bare(reading.url)
                and row["tier"] == reading.tier
                and row["country"] in ("", reading.country)
            ]
            nearest = min(there, key=lambda row: row["id"] not in self.cited, default=None)
            kept = nearest is not None and nearest["id"] in self.rows
            self.made[key] = nearest["id"] if nearest is not None and kept else self._new(reading)
        return self.made[key]

    def _new(self, reading: Reading) -> str:
        start = slug(f"read-{_host(reading.url)}-{reading.title}")
        name, n = start, 1
        while name in self.rows:
            n += 1
            name = f"{start}-{n}"
        due = f"{int(self.retrieved[:4]) + 2}{self.retrieved[4:]}"
        retrieved, review_by = self.read_on.get((reading.url, reading.tier, reading.country), (self.retrieved, due))
        self.rows[name] = {
            "id": name, "title": reading.title, "kind": SOURCE_KIND[reading.tier], "publisher": reading.publisher, "date": reading.date,
            "retrieved": retrieved, "review_by": review_by, "where": reading.url,
            "verification": "verified-secondary" if reading.tier == "secondary" else "verified", "note": "", "tier": reading.tier,
            "country": reading.country, "set_id": reading.set_id,
        }  # fmt: skip
        return name


def _bare(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/").lower()


def _host(url: str) -> str:
    return _bare(url).split("/")[0].removesuffix(".com")


def decided(reading: Reading, decisions: list[Row]) -> Reading | None:
    """The reading after the decisions that were made on it; ``None`` where it is dropped."""
    for row in decisions:
        if (
            row["drug"] != reading.drug
            or (row["kind"] and row["kind"] != reading.kind)
            or (row["amount"] and row["amount"] != reading.amount)
        ):
            continue
        if (
            row["where"]
            and row["where"]
            not in f"{reading.url} {reading.reader} {reading.indication} {reading.population} {reading.form} {reading.product}"
        ):
            continue
        if row["action"] == "drop":
            return None
        changes = dict(part.split("=", 1) for part in row["action"].split("; "))
        reading = replace(reading, **changes)
    return reading


def collected(arguments: argparse.Namespace, join: Join) -> list[Reading]:
    """Every reading of every file."""
    found = [reading for path in arguments.reader for reading in of_reader(path)]
    if arguments.facts:
        found += of_facts(arguments.facts)
    if arguments.korea:
        found += of_korea(arguments.korea)
    if arguments.states:
        found += of_states(arguments.states)
    decisions = rows(Path(__file__).with_name("limit_decisions.csv"))
    kept = (
        decided(reading, decisions)
        for reading in found
        if {reading.unit, reading.single_unit} - {""} <= UNITS.keys()
        and "{dose}" not in (reading.unit, reading.single_unit)
    )
    return [
        only_stated(in_milligrams(each, join))
        for each in kept
        if each is not None and not CHILDREN.search(each.population)
    ]


def narrow(entries: list[tuple[tuple[str, ...], Reading, int]]) -> dict[int, str]:
    """Positions of maxima that bind one indication or brand only, each with what says so: another text gives more.

    Whatever the tier and country of the other text: a figure that some text exceeds for ordinary adults is not the drug's maximum
    (a label may be older than the page: dulaglutide 1.5 mg, now 4.5 mg).
    """
    best: dict[tuple[object, ...], Decimal] = {}
    more: dict[tuple[object, ...], tuple[Decimal, Reading]] = {}
    for ids, reading, _ in entries:
        day = per_day(reading)
        if (
            not day
            or not general(reading)
            or reading.unit.endswith("/kg")
            or reading.from_day
            or START.search(f"{reading.population} {reading.indication}")
        ):
            continue
        about = component(reading.drug, reading)
        if reading.kind == "maximum" and reading.tier != "secondary":
            key = (ids, about, reading.route, reading.release, reading.country, reading.status, day[0])
            best[key] = max(best.get(key, Decimal(0)), day[1])
        if reading.status != "otc" and not (reading.kind == "maximum" and reading.country not in ("US", "")):
            for release in {reading.release, ""}:
                wide = (ids, about, reading.route, release, day[0])
                if wide not in more or more[wide][0] < day[1]:
                    more[wide] = (day[1], reading)
    found = {}
    for n, (ids, reading, _) in enumerate(entries):
        day = per_day(reading)
        if (
            reading.kind == "maximum"
            and day
            and general(reading)
            and reading.status != "otc"
            and reading.country == "US"
        ):
            about = component(reading.drug, reading)
            key = (ids, about, reading.route, reading.release, reading.country, reading.status, day[0])
            top = more.get((ids, about, reading.route, reading.release, day[0]))
            if top and top[0] > best.get(key, day[1]):
                other = top[1]
                found[n] = (
                    f"{other.amount} {other.unit} in {_host(other.url)} ({other.tier}, {other.kind}{', ' + other.indication if other.indication else ''})"
                )
    return found


def built(readings: list[Reading], join: Join, sources: Sources, hand: list[Row]) -> tuple[list[Row], list[str]]:
    """Rows of limits.csv made from readings, and what was left out with the reason."""
    left: list[str] = []
    known: list[tuple[tuple[str, ...], Reading]] = []
    for reading in readings:
        ids = join.substances(reading.drug)
        if ids is None:
            left.append(f"not known: {reading.drug}")
            continue
        if (
            len(ids) == 1
            and ids[0] in join.supplements
            and reading.kind in UPPER
            and reading.tier in ("regulator", "guideline")
            and reading.reader != "table"
        ):
            reading = replace(reading, route="" if reading.route == "oral" else reading.route, status="")
        known.append((ids, reading))
    clusters = clustered(known, join)
    entries = [(ids, *merged(group)) for ids, group in clusters]
    read_again(hand, clusters, sources)
    binding = narrow(entries)
    near = {(ids, r.route, r.kind, r.release) for ids, r, _ in entries if r.tier != "secondary" and r.country in HOME}
    near |= {((row["substance"],), row["route"], row["kind"], row["release"]) for row in hand
             if sources.rows[row["source"]]["tier"] != "secondary" and row["country"] in HOME}  # fmt: skip

    tops: dict[tuple[object, ...], Decimal] = {}
    for ids, r, _ in entries:
        figure = per_day(r)
        if figure is not None and r.tier != "secondary" and r.country in HOME:
            place = (ids, r.route, figure[0])
            tops[place] = max(tops.get(place, figure[1]), figure[1])

    def kept(ids: tuple[str, ...], reading: Reading) -> bool:
        """A page that restates adds nothing beside a label but a maximum above all that the label gives, which keeps a lower figure
        from being told as the end of the range; and nothing about others than ordinary adults."""
        told = any(
            (ids, route, kind, release) in near
            for kind in schema.LIMIT_KINDS
            for release in (("", reading.release) if reading.release else RELEASES)
            for route in (
                (reading.route, "") if reading.status == "otc" and reading.country == "US" else (reading.route,)
            )
        )
        day = per_day(reading)
        above = (
            reading.kind == "maximum" and day is not None and day[1] > tops.get((ids, reading.route, day[0]), day[1])
        )
        return reading.tier != "secondary" or ((not told or above) and general(reading) and reading.country in HOME)

    highest: dict[tuple[object, ...], int] = {}
    for n, (ids, reading, _) in enumerate(entries):
        if reading.tier == "secondary":
            key = (ids, reading.route, reading.release, reading.country, reading.kind, component(reading.drug, reading))
            day = (per_day(reading) or ("", Decimal(0)))[1]
            other = highest.get(key)
            if other is None or day > (per_day(entries[other][1]) or ("", Decimal(0)))[1]:
                highest[key] = n
    alone = set(highest.values())
    taken = {row["id"] for row in hand}
    korean = {row["substance"] for row in hand if row["country"] == "KR"}
    made: list[Row] = []
    labelled = {
        (e[0], e[1].route, per_day(e[1]))
        for e in entries
        if e[1].kind == "maximum" and e[1].reader != "table" and e[1].tier != "secondary"
    }
    labelled |= {
        ((row["substance"],), row["route"], per_day(_figure(row)))
        for row in hand
        if row["kind"] == "maximum" and row["country"] == "US"
    }
    typed = {
        ((row["substance"],), row["route"], row["country"], row["kind"], per_day(_figure(row)))
        for row in hand
        if row["kind"] in ("maximum", "top-of-initial-range")
        and row["adult"]
        and not row["product"]
        and sources.rows[row["source"]]["tier"] != "secondary"
    }
    for n, (ids, reading, count) in enumerate(entries):
        if reading.reader == "table" and reading.country == "US" and (ids, reading.route, per_day(reading)) in labelled:
            continue  # the table says nothing that a label does not say, and nothing of intervals and durations
        if general(reading) and (ids, reading.route, reading.country, reading.kind, per_day(reading)) in typed:
            continue  # typed by hand with its interval, single dose and duration
        if reading.tier == "secondary" and n not in alone:
            continue
        if not kept(ids, reading) or (reading.country == "KR" and ids[0] in korean):
            continue
        row = row_of(ids, reading, count, join, sources, binding.get(n, ""))
        if row is None:
            left.append(f"no product in the data: {reading.drug} {reading.product}")
            continue
        row["id"] = identity(row, ids, reading, taken)
        taken.add(row["id"])
        made.append(row)
    return made, left


def read_again(hand: list[Row], clusters: list[tuple[tuple[str, ...], list[Reading]]], sources: Sources) -> None:
    """Fills ``readings`` of rows typed by hand: who typed it, and all who read that figure; a nearer source takes the place of a page that restates."""
    for row in hand:
        if row["product"] or not (row["amount"] or row["single"]):
            continue
        own = sources.rows[row["source"]]
        day = per_day(_figure(row))
        same = [
            reading
            for ids, group in clusters
            for reading in group
            if ids == (row["substance"],) and reading.kind == row["kind"] and reading.country == row["country"]
            and reading.route == row["route"] and (reading.release or "IR") == (row["release"] or "IR")
            and (per_day(reading) == day if day else not reading.amount and reading.single == row["single"])
            and reading.status == row["status"] and general(reading) == bool(row["adult"] and not row["age_low_years"])
            and (reading.from_day, reading.to_day) == (row["from_day"], row["to_day"])
            and reading.tier != "secondary" and alike(reading.indication, row["indication"])
        ]  # fmt: skip
        persons = {each.reader for each in same}
        best = min(same, key=nearness, default=None)
        if best is not None and TIER_ORDER.index(best.tier) < TIER_ORDER.index(own["tier"]):
            row["source"] = sources.id_of(best)
            row["section"] = section(best.section) or row["section"]
            row["verification"] = "verified"
        texts = {each.url for each in same} | {own["where"]}
        if same:  # else as it was typed: what was read once, by who typed it, is in no sheet
            row["readings"] = str(max(len(persons) + 1, len(texts)))


def _figure(row: Row) -> Reading:
    """The total of a row of limits.csv, for comparing."""
    return Reading(
        "",
        "",
        "",
        "",
        "",
        "",
        amount=row["amount"],
        unit=row["unit"],
        period=row["period"],
        period_unit=row["period_unit"],
    )


def row_of(
    ids: tuple[str, ...], reading: Reading, count: int, join: Join, sources: Sources, binding: str
) -> Row | None:
    """One row of limits.csv; ``None`` where a combination has no product."""
    substance, products = ids[0], ""
    if len(ids) > 1:
        found = join.products(ids, reading)
        if not found:
            return None
        products = "; ".join(found)
        about = component(reading.drug, reading)
        substance = join.substances(about)[0] if about and join.substances(about) else substance  # type: ignore[index]
    if reading.unit in COUNTED and not products:
        return None
    if reading.unit in METERED and not products:
        # What a puff holds differs between devices: the label's count is told, and judges nothing.
        counted = f"the label counts {reading.amount} {reading.unit.strip('{}')}s per {reading.period_unit}"
        reading = replace(
            reading,
            kind="schedule-only",
            amount="",
            unit="",
            period="",
            period_unit="",
            doses="",
            single="",
            single_unit="",
            note=counted,
        )
    kind = reading.kind
    if kind == "maximum" and not any((reading.single, reading.amount, reading.interval_hours, reading.longest)):
        kind = "schedule-only"
    salt = reading.drug if reading.drug in join.salts else ""
    reading = replace(
        reading,
        note=reading.note.lstrip("= "),
        longest="" if reading.to_day else reading.longest,
        longest_unit=reading.longest_unit if reading.longest and not reading.to_day else "",
    )
    notes = (
        [reading.note]
        if reading.note and len(reading.note) < 120 and not AMONG_READER_NOTES.search(reading.note)
        else []
    )
    if binding:
        notes.append(f"binds its own indication or brand only, another text gives more: {binding}")
    cells = {
        "substance": substance, "product": products, "source": sources.id_of(reading), "kind": kind, "route": reading.route,
        "form": " ".join(dict.fromkeys(filter(None, (reading.form, f"({reading.product})" if reading.product and len(ids) == 1 and reading.product.lower() not in reading.form.lower() else "")))),
        "release": reading.release, "salt": salt, "country": reading.country, "status": reading.status, "population": reading.population or "adult",
        "adult": "yes" if general(reading) and not binding else "", "indication": reading.indication, "single": reading.single,
        "single_unit": reading.single_unit if reading.single else "", "amount": reading.amount, "unit": reading.unit, "period": reading.period,
        "period_unit": reading.period_unit, "interval_hours": reading.interval_hours, "doses": reading.doses, "longest": reading.longest,
        "longest_unit": reading.longest_unit,
        "longest_all_routes": "yes" if reading.longest and re.search("combined duration|all routes", reading.note) else "", "verification": "verified-secondary" if reading.tier == "secondary" else "verified",
        "note": "; ".join(notes), "section": section(reading.section), "age_low_years": reading.age_low if (general(reading) and not binding) or Decimal(reading.age_low or 0) > 18 else "", "age_high_years": reading.age_high,
        "egfr_low": reading.egfr_low, "egfr_high": reading.egfr_high, "from_day": reading.from_day, "to_day": reading.to_day,
        "readings": str(count),
    }  # fmt: skip
    return {column: cells.get(column, "") for column in schema.LIMITS.header}


def section(text: str) -> str:
    """A section as the label numbers or names it, in short."""
    numbers = re.findall(r"\d+\.\d+(?:-\d+\.\d+)?", text)
    if numbers:
        return ", ".join(dict.fromkeys(numbers))
    return text if len(text) < 40 else ""


def identity(row: Row, ids: tuple[str, ...], reading: Reading, taken: set[str]) -> str:
    """A readable id: substance or combination, country, status, what sets it apart, then a number."""
    words = [
        "-".join(ids),
        row["country"] or "xx",
        row["status"],
        row["route"] if row["route"] not in ("oral", "") else "",
        row["release"],
    ]
    words += [
        slug(row["indication"], 24),
        slug("" if row["adult"] else row["population"], 20),
        {"maximum": ""}.get(row["kind"], row["kind"]),
    ]
    if len(ids) > 1 and row["substance"] != ids[0]:
        words.append(row["substance"])
    start = slug("-".join(filter(None, words)), 120)
    name, n = start, 1
    while name in taken:
        n += 1
        name = f"{start}-{n}"
    return name


def main() -> None:
    """Read the arguments, write both tables, print what was left out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--reader", type=Path, nargs="*", default=[])
    parser.add_argument("--facts", type=Path)
    parser.add_argument("--korea", type=Path)
    parser.add_argument("--states", type=Path)
    parser.add_argument("--retrieved", required=True)
    arguments = parser.parse_args()
    limits = rows(arguments.data / "limits.csv")
    listed = Path(__file__).with_name("limit_hand.txt")
    typed = set(listed.read_text(encoding="utf-8").split())
    hand = [row for row in limits if not row["readings"] or row["id"] in typed]
    listed.write_text("".join(f"{row['id']}\n" for row in sorted(hand, key=lambda row: row["id"])), encoding="utf-8")
    sources = Sources(arguments.data, arguments.retrieved)
    sources.made_anew({row["source"] for row in limits} - {row["source"] for row in hand})
    join = Join(arguments.data)
    made, left = built(collected(arguments, join), join, sources, hand)
    for table, found in ((schema.LIMITS, [*hand, *made]), (schema.SOURCES, list(sources.rows.values()))):
        text = render(table, [[row[column] for column in table.header] for row in found])
        (arguments.data / table.file).write_text(text, encoding="utf-8")
    print(f"{len(hand)} rows by hand, {len(made)} rows read, {len(left)} readings left out")
    for line in sorted(set(left)):
        print(" ", line)


if __name__ == "__main__":
    main()
