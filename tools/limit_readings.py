"""Readings of label texts, from the files that readers and fact tables come in, as one kind of record.

A reading is one figure (or the reason why there is none) that one person read in one text. Three layouts are known: a reader's
sheet, the table of label facts, and the tables of two authorities. Nothing is decided here; see ``merge_limits.py``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from doseref.tables import schema

UNITS = {"mcg": "ug", "µg": "ug", "μg": "ug", "㎍": "ug", "IU": "[IU]", "mEq": "meq", "[drp]": "{drop}", "{inhalation}": "{puff}",
         "inhalation": "{puff}", "spray": "{spray}", "tablet": "{tablet}", "puff": "{puff}", "lozenge": "{lozenge}", "piece": "{piece}",
         "mcg/kg": "ug/kg"}  # fmt: skip
"""Units as readers write them, by the project's codes."""

ROUTES = {"inhaled": "inhalation", "enteral": "oral", "oral; intravenous": ""}
COUNTRIES = {"UK": "GB"}
KINDS = {"usual_top": "usual-top", "not_recommended_above": "not-recommended-above", "titrate": "titrated", "schedule_only": "schedule-only"}  # fmt: skip
TIERS = {"label_copy": "label-copy"}


@dataclass(frozen=True)
class Reading:
    """One reading; figures are strings of digits in ``unit`` per ``period`` × ``period_unit``, blank where none was read."""

    drug: str
    reader: str
    kind: str
    tier: str
    title: str
    url: str
    publisher: str = ""
    product: str = ""
    route: str = "oral"
    form: str = ""
    release: str = ""
    country: str = ""
    status: str = ""
    indication: str = ""
    population: str = ""
    age_low: str = ""
    age_high: str = ""
    egfr_low: str = ""
    egfr_high: str = ""
    single: str = ""
    single_unit: str = ""
    amount: str = ""
    unit: str = ""
    period: str = ""
    period_unit: str = ""
    interval_hours: str = ""
    doses: str = ""
    longest: str = ""
    longest_unit: str = ""
    section: str = ""
    set_id: str = ""
    date: str = ""
    note: str = ""
    from_day: str = ""
    to_day: str = ""


_RELEASES = {"ER": "ER", "XR": "ER", "SR": "ER", "CR": "ER", "DR": "DR", "EC": "DR", "IR": "IR", "ODT": ""}
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_SET_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_BRAND_PAGE = re.compile(r"drugs\.com/(pro|monograph)/")


_RESTATES = re.compile(
    r"droracle|biologyinsights|goodrx|imedikament|medicoreinc|newmedicalterms|blogtinhoc|planbonestep|funfoxmeds|edrugswiki"
    r"|qbitwellness|hillsborofast|statpearls|wikipedia|webmd|medscape|singlecare|healthline|medicalnewstoday|straighthealth|theodora|singlesource"
    r"|pmc\.ncbi.*table", re.I
)  # fmt: skip
"""Addresses of pages that restate, shorten or reword a label, whatever a reader called them."""


def restates(url: str) -> bool:
    """Whether an address is that of a page that restates a label rather than carries its text."""
    return bool(_RESTATES.search(url))


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a comma separated file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(lines)]


def of_reader(path: Path) -> Iterator[Reading]:
    """A reader's sheet: one row a limit by one source."""
    for row in rows(path):
        amount = row["amount"]
        if row["kind"] not in schema.LIMIT_KINDS:
            continue  # nothing was read
        yield _sound(
            Reading(
                row["drug"].lower(), row["reader"], row["kind"], _reader_tier(row), row["source_title"], row["url"], row["publisher"],
                row["product"], row["route"], " ".join(filter(None, (row["form"], f"({row['salt']})" if row["salt"] else ""))),
                _RELEASES.get(row["release"], ""), row["country"], row["status"] if row["status"] in ("rx", "otc") else "", row["indication"], row["population"],
                row["age_low_years"], row["age_high_years"], row["egfr_low"], row["egfr_high"], row["single"],
                row["single_unit"] if row["single"] else "", amount, row["unit"] if amount else "", row["period"] if amount else "",
                row["period_unit"] if amount else "", row["interval_hours"], row["doses_per_day"] if amount else "",
                row["longest"], row["longest_unit"] if row["longest"] else "", row["section"], row["set_id"], row["label_date"], row["note"],
            )
        )  # fmt: skip


def _reader_tier(row: dict[str, str]) -> str:
    """A page that restates a label is secondary, whatever the reader called it: drugs.com/dosage except a named brand's."""
    if row["tier"] == "label-copy" and "drugs.com/dosage" in row["url"] and not _brand(row):
        return "secondary"
    return TIERS.get(row["tier"], row["tier"]) if row["tier"] else "secondary"


def _brand(row: dict[str, str]) -> bool:
    """Whether a drugs.com/dosage page is a named brand's, which carries the label's own text."""
    page = row["url"].rsplit("/", 1)[-1].removesuffix(".html").lower()
    generic = re.sub(r"[^a-z]+", "-", row["drug"].lower())
    return bool(_BRAND_PAGE.search(row["url"])) or not (page.startswith(generic[:6]) or generic.startswith(page[:6]))


def of_facts(path: Path) -> Iterator[Reading]:
    """The table of label facts; a figure that nobody read in a label text is secondary, one that was reckoned no maximum."""
    for row in rows(path):
        kind = KINDS.get(row["limit_kind"], row["limit_kind"])
        if kind == "not_found":
            continue
        read = row["verification"] == "read" and row["source_tier"] in ("label", "label_copy")
        if kind == "maximum" and re.search(r"comput|arithmetic|assumed", row["note"]):
            kind = "usual-top"
        amount = row["max_daily"]
        period = {"d": ("1", "d"), "wk": ("1", "wk"), "mo": ("1", "mo"), "3 mo": ("3", "mo")}.get(row["period"])
        if amount and period is None:
            continue
        interval = row["min_interval_h"] if row["min_interval_h"].isdigit() else ""
        yield _sound(
            Reading(
                row["drug"].lower(), "facts", kind, TIERS.get(row["source_tier"], row["source_tier"]) if read else "secondary",
                row["source_title"], row["source_url"], route=ROUTES.get(row["route"], row["route"]),
                form=" ".join(filter(None, (row["form"], f"({row['brand_seen']})" if row["brand_seen"] else ""))),
                release=_release(row["form"]), country=row["jurisdiction"], status=row["status"].lower() if row["status"] in ("Rx", "OTC") else "otc",
                indication=row["indication"], population="" if row["population"] == "adults" else row["population"],
                single=row["max_single"], single_unit=row["max_single_unit"] if row["max_single"] else "", amount=amount,
                unit=row["max_daily_unit"] if amount else "", period=period[0] if amount and period else "",
                period_unit=period[1] if amount and period else "", interval_hours=interval, set_id=row["set_id"], date=row["label_date"],
            )
        )  # fmt: skip


def _release(form: str) -> str:
    for word in re.findall(r"[A-Z]{2}", form):
        if word in _RELEASES:
            return _RELEASES[word]
    return ""


_KOREAN_ORAL = re.compile(r"정제|캡슐|서방|붕해정|경구|시럽|과립|산제|저작정")
_KOREAN_INJECTED = re.compile(r"주사|수액")


def of_korea(path: Path) -> Iterator[Reading]:
    """The daily maxima of the Korean authority, tablets and capsules of one ingredient."""
    for row in rows(path):
        form = row["form_ko"]
        oral, injected = bool(_KOREAN_ORAL.search(form)), bool(_KOREAN_INJECTED.search(form))
        if row["combination"] or not row["amount"] or not oral or "질정" in form:
            continue
        yield _sound(
            Reading(
                row["canonical"].lower(), "table", "maximum", "regulator", "korea", "korea", route="" if injected else "oral",
                form="tablets and capsules" if not injected else "oral forms and injection", country="KR", amount=row["amount"],
                unit=row["unit"], period="1", period_unit="d",
            )
        )  # fmt: skip


def of_states(path: Path) -> Iterator[Reading]:
    """Daily maxima of the drug use reviews of two American states; a condition in the note is the population or indication."""
    for row in rows(path):
        note = row["note"]
        age = re.fullmatch(r"([\d.]+) mg above 65 y", note)
        base = Reading(
            row["substance"].lower(), "table", "maximum", "regulator", row["source"], row["where"], row["source"].split(":")[0].split(" DUR")[0],
            form=row["form"], country="US", status="rx", amount=row["amount"], unit=row["unit"], period="1", period_unit=row["period"],
            indication=note.split(";")[0] if re.search(r"schizo|sedative", note) else "",
        )  # fmt: skip
        yield _sound(base)
        if age:
            yield _sound(replace(base, amount=age[1], age_low="65", population="65 years and over"))


_DAYS = re.compile(r"\bdays? (\d+)(?: ?[-–] ?(\d+)| ?(\+)| on\b)?(?=\s*(?:$|[;,]))")


def _sound(reading: Reading) -> Reading:
    """The reading with the project's codes, its days where the note gives them ("days 1-3", "days 4+"), and without figures that are none."""
    days = _DAYS.fullmatch(
        next((part.strip() for part in reading.note.split(";") if _DAYS.fullmatch(part.strip())), "")
    )
    if days:
        first = days[1]
        last = days[2] or ("" if days[3] or days[0].endswith("on") else first)
        reading = replace(reading, from_day=first if last or first != "1" else "", to_day=last)
    unit, single_unit = UNITS.get(reading.unit, reading.unit), UNITS.get(reading.single_unit, reading.single_unit)
    unit = "{count}" if unit in ("{caplet}",) else unit
    set_id = _SET_ID.search(reading.set_id) or _SET_ID.search(reading.url)
    date = reading.date if _DATE.fullmatch(reading.date) else ""
    return replace(
        reading,
        unit="{tablet}" if unit == "{count}" else unit,
        single_unit="{tablet}" if single_unit == "{caplet}" else single_unit,
        country=COUNTRIES.get(reading.country, reading.country if len(reading.country) == 2 else ""),
        tier="secondary" if restates(reading.url) or not reading.country else reading.tier,
        set_id=set_id[0].lower() if set_id else "",
        date=date,
        note=" ".join(reading.note.split()),
    )
