"""Score the article reader against gold written by hand: ``python tools/score_articles.py (fresh DIR | pages DIR GOLD | off DIR) [-v]``.

``fresh``: a directory of articles with ``statements.csv`` (one row a dose: file, line, substance, route, dose, times and amount a day, maximum,
context) and ``findings.csv`` (planted conflicts and non-conflicts with the places of both). ``pages``: articles and one such table, in
which ``statement`` is ``no`` for figures that are no dose. ``off``: pages about something else, where nothing above information may be told.

A row is found where a statement of its substance stands on its line (or up to two lines off, for lines that wrap) and holds its dose, its frequency
or daily amount, its route where both state one, and its maximum. A statement is right where each dose and maximum of it is in the rows there.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from doseref.articles.extract import extract
from doseref.articles.extracted import Extraction
from doseref.articles.read import read_article
from doseref.articles.resolve import Resolver, resolver
from doseref.checks.article.run import reconcile
from doseref.dosage.model import Option
from doseref.figures import doses, long_period, per_day
from doseref.findings import Finding, Severity
from doseref.refdata import reference
from doseref.statements import Statement

Span = tuple[Decimal, Decimal, str]
_NEAR = 2
_FACTORS = {"ug": Decimal(1), "mg": Decimal(1000), "g": Decimal(10) ** 6}
_UNITS = {"mcg": "ug", "µg": "ug", "μg": "ug", "microgram": "ug", "micrograms": "ug", "gm": "g", "IU": "[IU]", "iu": "[IU]", "units": "[IU]", "unit": "[IU]", "mEq": "meq", "mL": "mL", "ml": "mL",
          "tabs": "{tablet}", "tab": "{tablet}", "tablet": "{tablet}", "tablets": "{tablet}", "patches": "{patch}", "patch": "{patch}",
          "drops": "{drop}", "puffs": "{puff}", "capsule": "{capsule}", "capsules": "{capsule}", "doses": "{dose}", "hr": "h", "L": "L"}  # fmt: skip
_UNITS |= {
    each: f"{{{each}}}" for each in ("drop", "puff", "spray", "sachet", "piece", "lozenge", "suppository", "dose")
}
_ROUTES = {"po": "oral", "iv": "intravenous", "im": "intramuscular", "sc": "subcutaneous", "sq": "subcutaneous", "in": "nasal", "pr": "rectal",
           "intranasal": "nasal", "nebulized": "inhalation", "nebulised": "inhalation", "by mouth": "oral", "drip": "intravenous", "iv/io": "intravenous",
           "injection": "injection", "po/ng": "oral"}  # fmt: skip
_ROUTES_OF_ARTICLES = frozenset(
    (
        "oral",
        "intravenous",
        "intramuscular",
        "subcutaneous",
        "nasal",
        "rectal",
        "topical",
        "transdermal",
        "inhalation",
        "sublingual",
    )
)


@dataclass
class Row:
    """One dose of the gold, in plain units."""

    file: str
    line: int
    substance: frozenset[str]
    known: bool
    route: str
    dose: Span | None
    times: tuple[Decimal, Decimal] | None
    daily: Span | None
    maxima: list[tuple[Decimal, str]]
    is_dose: bool
    raw: dict[str, str]
    asked: bool = True
    """Whether it must be found: the starting dose of a row that is told as its usual one may be told too."""
    found: str = ""
    why: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kept = {key: value for key, value in self.raw.items() if value and key not in ("file", "line", "statement")}
        return f"{self.file}:{self.line} " + " ".join(f"{key}={value}" for key, value in kept.items())


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "")) if text.strip() else None
    except InvalidOperation:
        return None  # "per stool"


def _unit(text: str) -> str:
    parts = [
        _UNITS.get(part, part)
        for part in text.replace(" per nostril", "").replace(" per ", "/").replace("/dose", "").split("/")
    ]
    return "/".join(parts)


def _plain(low: Decimal, high: Decimal, unit: str) -> Span:
    head, _, rest = unit.partition("/")
    factor = _FACTORS.get(head, Decimal(1))
    name = "ug" if head in _FACTORS else head
    return low * factor, high * factor, f"{name}/{rest}" if rest else name


def _span(row: dict[str, str], name: str, unit: str) -> Span | None:
    low, high = _number(row.get(f"{name}_low", "")), _number(row.get(f"{name}_high", ""))
    if low is None and high is None:
        return None
    return _plain(
        low if low is not None else high or Decimal(0), high if high is not None else low or Decimal(0), _unit(unit)
    )


def _names(text: str, found: Resolver) -> tuple[frozenset[str], bool]:
    parts = [part.strip() for part in text.replace(" + ", "/").split("/")]
    named = [found.names.lookup(part) for part in parts]
    known = all(entry is not None and entry.substance for entry in named)
    return frozenset(
        found.reference.name_of(entry.substance) if entry and entry.substance else part.lower()
        for entry, part in zip(named, parts, strict=True)
    ), known


def rows_of(path: Path, found: Resolver) -> list[Row]:
    """The gold rows of one table."""
    rows = []
    with path.open(encoding="utf-8", newline="") as handle:
        for raw in csv.DictReader(handle):
            names, known = _names(raw["substance"], found)
            times = (_number(raw["times_per_day_low"]), _number(raw["times_per_day_high"]))
            amounts = [amount.rpartition("-")[2] for amount in raw["maximum"].split("|") if amount.strip()]
            units = raw["maximum_unit"].split("|")
            units += [units[-1]] * (len(amounts) - len(units))
            maxima = []
            for amount, unit in zip(amounts, units, strict=False):
                head = _unit(unit.split(" ")[0].replace("/day", "").replace("/24", ""))
                low, _, plain = _plain(Decimal(amount.replace(",", "")), Decimal(amount.replace(",", "")), head)
                maxima.append((low, plain))
            rows.append(
                Row(
                    raw["file"], int(raw["line"]), names, known, raw["route"].strip().lower(), _span(raw, "dose", raw["dose_unit"]),
                    (times[0], times[1] if times[1] is not None else times[0]) if times[0] is not None else None,  # type: ignore[arg-type]
                    _span(raw, "daily", raw.get("daily_unit", "")), maxima, raw.get("statement", "yes") != "no", raw,
                    raw.get("statement") != "start",
                )
            )  # fmt: skip
    return rows


@dataclass
class Dose:
    """One dose of a statement."""

    amount: Span
    times: tuple[Decimal, Decimal] | None
    per_day: bool
    routes: tuple[str, ...]
    target: bool = False
    count: Span | None = None
    """How many tablets that is."""
    band: int = 0
    """In a table of weight bands, which row of it; 0 elsewhere. How often is said outside of the table."""


def doses_of(statement: Statement) -> Iterator[Dose]:
    """The doses that a statement gives, its target among them."""
    together = _parts_of_a_day(statement)
    if together is not None:
        yield together
        return
    for option in statement.dosage.options:
        given = doses(option, statement.substances)
        if not given and option.strengths:
            given = tuple((statement.substances[0], _strength(each)) for each in option.strengths)  # type: ignore[misc]
        if not given and option.dose:
            given = ((statement.substances[0], option.dose),)  # "co-amoxiclav 625 mg": of both together
        if not given and option.count:
            given = ((statement.substances[0], option.count),)
        routes = (option.route,) if option.route and option.route != "injection" else statement.routes
        longer = long_period(option)
        times = per_day(option)
        if times is None and (single_day(statement, option) or _one_day(statement, option)):
            times = (Decimal(1), Decimal(1))  # "500 mg on the first day"
        if longer is not None:
            hours = longer[0].hours() or longer[0].value * (
                Decimal(24 * 365) if longer[0].unit == "a" else Decimal(24 * 30)
            )
            times = (longer[1] * 24 / hours, longer[2] * 24 / hours)
        elif times is None and option.every and not option.every.single:
            days = {"wk": Decimal(7), "mo": Decimal(30), "d": Decimal(1)}.get(option.every.unit)
            if days is not None:  # "every two to three months"
                times = (1 / (option.every.high * days), 1 / (option.every.low * days))
        for _, amount in given:
            count = _plain(option.count.low, option.count.high, option.count.unit) if option.count else None
            yield Dose(_plain(amount.low, amount.high, amount.unit), times, option.per_day, routes, count=count)
    target = statement.dosage.target
    if target is not None:
        times = (target.times.low, target.times.high) if target.times else None
        yield Dose(_plain(target.low, target.high, target.unit), times, target.per_day, statement.routes, True)
    for number, (_, dose) in enumerate(statement.bands, 1):
        yield Dose(_band(dose), None, False, statement.routes, band=number)


def _parts_of_a_day(statement: Statement) -> Dose | None:
    """The dose of a statement that names it once for each part of the day ("600 mg with lunch and 600 mg with supper")."""
    phases = statement.dosage.phases
    options = [option for phase in phases for option in phase.options]
    given = [doses(option, statement.substances) for option in options]
    several = len(phases) > 1 and len(options) == len(phases) and len({phase.sequence for phase in phases}) == 1
    if not several or any(len(each) != 1 or each != given[0] for each in given):
        return None
    if any(per_day(option) != (1, 1) for option in options):
        return None
    amount, times = given[0][0][1], Decimal(len(options))
    return Dose(_plain(amount.low, amount.high, amount.unit), (times, times), False, statement.routes)


def _one_day(statement: Statement, option: Option) -> bool:
    """Whether an option is given once, on a day that the label beside it names ("Azithromycin, day 1 | 500 mg once")."""
    once = option.doses_total is not None and option.doses_total.high == 1
    return once and (statement.context.condition or "").startswith("day ")


def single_day(statement: Statement, option: object) -> bool:
    """Whether an option is the dose of one day."""
    return any(
        phase.from_day is not None and phase.from_day == phase.to_day and any(each is option for each in phase.options)
        for phase in statement.dosage.phases
    )


def _band(text: str) -> Span:
    told = _BAND.match(text.replace("half a ", "0.5 ").replace("–", "-"))
    if told is None:
        raise ValueError(text)
    low, own, high, unit = told.groups()
    first = _plain(Decimal(low), Decimal(low), _unit(own or unit or ""))
    last = _plain(Decimal(high), Decimal(high), _unit(unit or own or "")) if high else first
    return (first[0], last[1], last[2])


_BAND = re.compile(r"([\d.]+)\s*([^\W\d]*)(?:\s*-\s*([\d.]+)\s*([^\W\d]*))?")
"""The dose of a band: "240-250 mg", "500 mg-1 g"."""


def _strength(each: object) -> object:
    from doseref.quantities import Range

    return Range(each.amount, each.amount, each.unit)  # type: ignore[attr-defined]


def same(a: Span, b: Span) -> bool:
    """Whether two amounts are the same."""
    return a[2].replace("[IU]", "u") == b[2].replace("[IU]", "u") and a[0] == b[0] and a[1] == b[1]


def fits(row: Row, dose: Dose) -> list[str]:
    """What is wrong with a dose held against a row: nothing where it is the row's."""
    wrong = []
    if row.dose is not None:
        as_daily = row.daily is not None and same(row.daily, dose.amount) and (dose.per_day or dose.target)
        split = dose.per_day and row.times is not None and same(
            (row.dose[0] * row.times[0], row.dose[1] * row.times[1], row.dose[2]), dose.amount
        )  # fmt: skip
        per = dose.per_day and same((row.dose[0], row.dose[1], row.dose[2].removesuffix("/day")), dose.amount)
        ends = dose.amount[2] == row.dose[2] and dose.target and row.dose[1] == dose.amount[1]
        whole = as_daily or split or per
        counted = dose.count is not None and same(row.dose, dose.count)
        # "up to three patches": the gold leaves the low end open
        most = not row.raw["dose_low"] and any(
            each is not None and each[1:] == row.dose[1:] for each in (dose.amount, dose.count)
        )
        if not (same(row.dose, dose.amount) or whole or ends or counted or most):
            wrong.append("dose")
        if row.times is not None and not whole and not dose.target and not dose.band:
            if dose.times is None:
                wrong.append("no frequency")
            elif any(abs(a - b) > Decimal("0.01") for a, b in zip(dose.times, row.times, strict=True)):
                capped = (row.times[1], "{dose}") in row.maxima and dose.times[0] == row.times[0]
                if not capped:  # the gold's frequency is cut off at the most doses of a day, which the statement gives as its maximum
                    wrong.append("frequency")
    elif row.daily is not None and not same(row.daily, dose.amount):
        wrong.append("daily")
    route = _ROUTES.get(row.route, row.route)
    if route in _ROUTES_OF_ARTICLES and dose.routes and route not in dose.routes and "injection" not in dose.routes:
        wrong.append("route")
    return wrong


def near(row: Row, statement: Statement, lines: int = _NEAR) -> bool:
    """Whether a statement stands where a row does."""
    further = len(statement.bands) - 1 if statement.bands else lines
    apart = any(each.place and abs(each.place[0] - row.line) <= lines for each in statement.maximum)
    here = -lines <= row.line - statement.line <= further or (apart and row.dose is None and row.daily is None)
    return Path(statement.path).name == row.file and here


def maxima_of(statement: Statement) -> list[tuple[Decimal, str]]:
    """The maxima of a statement in plain units."""
    return [(span[0], span[2]) for span in (_plain(m.amount, m.amount, m.unit) for m in statement.maximum)]


def score_rows(rows: Sequence[Row], statements: Sequence[Statement]) -> None:
    """Set ``found`` of every row: right, wrong or missing, and why."""
    for row in rows:
        own = [s for s in statements if near(row, s) and row.substance <= set(s.substances)]
        own.sort(key=lambda s: abs(s.line - row.line))
        best: list[str] | None = None
        for statement in own:
            wrong: list[str] | None = None
            if row.dose is None and row.daily is None:
                wrong = []
            for dose in doses_of(statement):
                if dose.band and row.line - statement.line not in (0, dose.band - 1):
                    continue
                here = fits(row, dose)
                wrong = here if wrong is None or len(here) < len(wrong) else wrong
            if wrong is None:
                continue
            stated = maxima_of(statement)
            for other in own:
                stated += maxima_of(other)
            ends = [(dose.amount[1], dose.amount[2]) for dose in doses_of(statement) if dose.target]
            if row.maxima and not statement.bands and not any(each in stated or each in ends for each in row.maxima):
                wrong = [*wrong, "maximum" if stated else "no maximum"]
            if best is None or len(wrong) < len(best):
                best = wrong
        row.found = "missing" if best is None else "wrong" if best else "right"
        row.why = best or []


def _stated(statement: Statement, rows: Sequence[Row]) -> set[tuple[Decimal, str]]:
    """Every maximum that the gold gives of a statement's substances in its file; the dose of a row that is a maximum is one."""
    own = [row for row in rows if row.file == Path(statement.path).name and row.substance & set(statement.substances)]
    told = {
        (row.dose[1], row.dose[2].removesuffix("/day"))
        for row in own
        if row.dose and "maximum" in row.raw.get("note", "")
    }
    return told | {each for row in own for each in row.maxima}


def verdict(statement: Statement, rows: Sequence[Row]) -> str:
    """Empty where every dose and maximum of a statement is in the gold; else what is wrong."""
    here = [row for row in rows if near(row, statement)]
    own = [row for row in here if row.substance & set(statement.substances)]
    yes = [row for row in own if row.is_dose]
    all_doses = list(doses_of(statement))
    if not all_doses and not yes and set(maxima_of(statement)) <= _stated(statement, rows) and statement.maximum:
        return ""  # a maximum on a line of its own, which the gold gives with the dose
    if not yes:
        other = [row for row in here if abs(row.line - statement.line) <= 1 and row.is_dose and row.dose]
        if any(same(row.dose, dose.amount) for row in other for dose in all_doses if row.dose):
            return "WRONG SUBSTANCE"
        return "no dose" if own else "not in gold"
    problems = []
    for dose in all_doses:
        best = min((fits(row, dose) for row in yes), key=len)
        ends = dose.target and any(row.maxima and (dose.amount[1], dose.amount[2]) in row.maxima for row in yes)
        if best and not ends:
            problems += best
    if not set(maxima_of(statement)) <= _stated(statement, rows):
        problems.append("maximum")
    return ", ".join(dict.fromkeys(problems))


def read_all(paths: Iterable[Path]) -> list[Extraction]:
    """What the reader finds in each article."""
    return [extract(read_article(str(path)), reference()) for path in paths]


def _articles(directory: Path) -> list[Path]:
    return [
        path
        for path in sorted(directory.iterdir())
        if path.suffix in (".md", ".txt", ".html", ".docx") and path.name not in ("README.md", "corrections.md")
    ]


def _statements(extractions: Iterable[Extraction]) -> list[Statement]:
    return [statement for each in extractions for statement in each.statements]


_AMOUNT = re.compile(r"\d[\d.,]*")


def taken(path: Path, rows: Sequence[Row], statements: Sequence[Statement]) -> list[tuple[str, int, str, str]]:
    """Figures that are no doses and stand in a statement that is not in the gold: file, line, the figure's words, the dosage."""
    found = []
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            figures = set(_AMOUNT.findall(row["text"]))
            for each in statements:
                if Path(each.path).name != row["file"] or abs(each.line - int(row["line"])) > 1:
                    continue
                if verdict(each, rows) and figures & set(_AMOUNT.findall(each.dosage_text)):
                    found.append((row["file"], int(row["line"]), row["text"], each.dosage_text))
    return found


def _told(finding: Finding) -> str:
    where = "; ".join(f"{Path(each.path).name}:{each.line}" for each in finding.locations)
    return f"{finding.severity.word} {finding.code} {finding.message} [{where}]"


def report(rows: Sequence[Row], extractions: Sequence[Extraction], verbose: bool) -> None:
    """Recall by rows, and how many statements are right."""
    statements = _statements(extractions)
    wanted = [row for row in rows if row.is_dose and row.asked]
    score_rows(wanted, statements)
    known = [row for row in wanted if row.known]
    right = sum(row.found == "right" for row in known)
    there = sum(row.found != "missing" for row in known)
    print(
        f"doses of known substances: {right}/{len(known)} right ({100 * right / len(known):.1f} %), {there} found at all; unknown: {len(wanted) - len(known)}"
    )
    loose = {
        (Path(each.location.path).name, each.location.line) for extraction in extractions for each in extraction.loose
    }
    silent = 0
    for row in known:
        if row.found != "right":
            told = any((row.file, row.line + off) in loose for off in (-1, 0, 1))
            silent += row.found == "missing" and not told
            if verbose:
                print("  ROW", row.found.upper(), ",".join(row.why), "told" if told else "", row)
    print(f"missing and not told as unread: {silent}")
    verdicts = [(statement, verdict(statement, rows)) for statement in statements]
    good = sum(not told for _, told in verdicts)
    wrong = sum(told == "WRONG SUBSTANCE" for _, told in verdicts)
    print(
        f"statements: {good}/{len(verdicts)} right ({100 * good / max(1, len(verdicts)):.1f} %), wrong substance {wrong}"
    )
    if verbose:
        for statement, told in verdicts:
            if told:
                print(
                    f"  ST {told}: {Path(statement.path).name}:{statement.line} {statement.substances} {statement.dosage_text!r} | {statement.maximum and maxima_of(statement)}"
                )


def _places(text: str) -> list[tuple[str, int]]:
    return [(place.rpartition(":")[0].strip(), int(place.rpartition(":")[2])) for place in text.split(";")]


def _covers(finding: Finding, places: Sequence[tuple[str, int]], rows: Sequence[Row], lines: int) -> bool:
    """Whether a finding tells both places; a line with a row of its own is no other row's place."""
    left = list(dict.fromkeys((Path(each.path).name, each.line, each.column) for each in finding.locations))
    own = {(row.file, row.line) for row in rows if row.substance & set(finding.substances)}
    for name, wanted in places:
        close = sorted(
            (abs(line - wanted), (file, line, column))
            for file, line, column in left
            if file == name and abs(line - wanted) <= (lines if (file, line) not in own or line == wanted else 0)
        )
        if not close:
            return False
        left.remove(close[0][1])
    return True


def findings(extractions: Sequence[Extraction]) -> list[Finding]:
    """What is told at warning or above."""
    told = reconcile(_statements(extractions), extractions=extractions, data=reference()).findings
    return [finding for finding in told if finding.severity > Severity.INFO]


def planted(path: Path, rows: Sequence[Row], told: Sequence[Finding], found: Resolver) -> None:
    """Planted conflicts found, planted non-conflicts raised, and everything else that is told."""
    counted: dict[str, list[int]] = {}
    used: set[int] = set()
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            names, _ = _names(row["substance"], found)
            hits = [
                n
                for n, each in enumerate(told)
                if names <= set(each.substances)
                and each.code.startswith("A1")
                and _covers(each, _places(row["places"]), rows, 2)
            ]
            if row["kind"] == "conflict":
                hits += [
                    n
                    for n, each in enumerate(told)
                    if names <= set(each.substances)
                    and (
                        (each.code in ("A201", "A204") and _covers(each, _places(row["places"])[:1], rows, 2))
                        or (each.code == "A202" and _covers(each, _places(row["places"]), rows, 2))
                    )
                ]
            used.update(hits)
            counted.setdefault(row["kind"], []).append(bool(hits))
            if bool(hits) != (row["kind"] == "conflict"):
                print("  PLANTED", row)
    for kind, each in counted.items():
        print(f"{kind}: {sum(each)}/{len(each)} told")
    for number, each in enumerate(told):
        print("  ", "planted" if number in used else "OTHER  ", _told(each))


def main(words: Sequence[str]) -> None:
    """Score what the words name."""
    verbose = "-v" in words
    kind, *rest = [word for word in words if word != "-v"]
    found = resolver(reference())
    extractions = read_all(_articles(Path(rest[0])))
    if kind == "fresh":
        rows = rows_of(Path(rest[0]) / "statements.csv", found)
        report(rows, extractions, verbose)
        figures = Path(rest[0]) / "not_statements.csv"
        if figures.is_file():
            hits = taken(figures, rows, _statements(extractions))
            print(f"figures that are no dose, taken for one: {len(hits)}", *hits, sep="\n  ")
        planted(Path(rest[0]) / "findings.csv", rows, findings(extractions), found)
    elif kind == "pages":
        report(rows_of(Path(rest[1]), found), extractions, verbose)
        for each in findings(extractions):
            print("  ", _told(each))
    else:
        for each in extractions:
            for told in findings([each]):
                print("  ", _told(told))
            if each.statements:
                print(
                    "   statements:",
                    Path(each.article.path).name,
                    [(s.line, s.substances, s.dosage_text) for s in each.statements],
                )
        loud = sum(bool(findings([each])) for each in extractions)
        print(f"pages with anything above information: {loud}/{len(extractions)}")


if __name__ == "__main__":
    main(sys.argv[1:])
