"""The second entry of the double entry: what the program reads in a dosage text, held against the curated columns.

A phase of the reading is held against the phase of the same number, an option against the option of the same number,
an ingredient against the strength that names it (or, where the text names none, the strengths as a whole).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal

from doseref import units
from doseref.articles.terms import heading_facts
from doseref.checks.dataset.data import Dataset, dose_stem, number, terms
from doseref.dosage.model import Dosage, Maximum, Option, Phase
from doseref.errors import QuantityError
from doseref.figures import per_day
from doseref.quantities import Range
from doseref.records import record, replace
from doseref.tables.read import Row
from doseref.tables.schema import DRUGS
from doseref.tables.write import in_words

Resolve = Callable[[str], str | None]
"""From a name as a text writes it to a substance id, or ``None``."""

TIMING_TERMS: dict[str, tuple[str, ...]] = {
    "HS": ("bedtime",),
    "NIGHT": ("night", "bedtime", "evening"),
    "MORN": ("morning",),
    "NOON": ("noon", "midday"),
    "AFT": ("afternoon",),
    "EVE": ("evening",),
    "C": ("with-food", "with-meals", "with-breakfast", "with-lunch", "with-dinner"),
    "PC": ("after-",),
    "AC": ("before-",),
}
"""How one of the coded timing terms must begin where the dosage text says the event-timing code."""

_FIRST_ONLY = frozenset(column.name for column in DRUGS.columns if column.first_of)
_GENERIC_INJECTION = frozenset(
    "intravenous intramuscular subcutaneous epidural intradiscal intra-articular perineural intrathecal intradermal "
    "local percutaneous".split()
)


@record
class Difference:
    """One column in which the reading and the curated figure part; both as words."""

    row: Row
    column: str
    read: str
    curated: str


def reading(data: Dataset, text: str) -> Dosage:
    """The machine's reading of a dosage text, each text read once."""
    known = data.readings.get(text)
    if known is None:
        from doseref.dosage import parse

        known = data.readings[text] = parse(text, data.vocabulary)
    return known


def resolver(data: Dataset) -> Resolve:
    """Names in texts → substance ids, by the dataset's own names."""
    ids: dict[str, str] = {}
    for row in data.rows("names"):
        ids.setdefault(row["name"].casefold(), row["substance"])
    for row in data.rows("substances"):
        ids[row["name"].casefold()] = row["id"]
        ids.setdefault(row["id"], row["id"])
    return lambda name: ids.get(name.casefold())


def differences(rows: list[Row], dosage: Dosage, resolve: Resolve, *, strict: bool = True) -> Iterator[Difference]:
    """Every column of a statement's rows in which the curated figure and the reading differ.

    ``strict`` also counts what only one of the two has; without it (a text that is not wholly read) only figures that
    both have and that differ.
    """
    by_place: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        by_place.setdefault((int(number(row, "phase") or 0), int(number(row, "option") or 0)), []).append(row)
    first = rows[0]
    phases = _dosing_phases(dosage)
    found: list[Difference] = []
    seen: set[tuple[int, int]] = set()
    for phase_number, phase in enumerate(phases, 1):
        for option_number, option in enumerate(phase.options, 1):
            place = phase_number, option_number
            seen.add(place)
            its_rows = by_place.get(place)
            if its_rows is None:
                if strict or len(phases) > 1:
                    found.append(
                        Difference(
                            first, "phase", f"phase {place[0]}, option {place[1]}: {_words(option)}", "no such row"
                        )
                    )
                continue
            found.extend(_option(its_rows, phase, _with_target(option, dosage), resolve))
    if phases and strict:
        for place, its_rows in by_place.items():
            if place not in seen and not _by_route(its_rows, by_place.get((place[0], place[1] - 1), [])):
                found.append(Difference(its_rows[0], "phase", "no such part", f"phase {place[0]}, option {place[1]}"))
    found.extend(_whole(rows, dosage, resolve))
    for each in found:
        if strict or (each.read and each.curated):
            yield each


def _with_target(option: Option, dosage: Dosage) -> Option:
    """ "Titrate to 300–600 mg three times daily" has no dose but its target's, which is per administration."""
    target = dosage.target
    if option.dose or option.strengths or option.count or target is None or target.per_day:
        return option
    times = option.times or (None if option.every else target.times)
    if times is None and option.every is None:
        return option
    return replace(option, dose=Range(target.low, target.high, target.unit), times=times)


def _by_route(rows: list[Row], before: list[Row]) -> bool:
    """Whether rows repeat the option before them but for the route: two routes that the heading names
    ("IM/IV steroid").
    """
    skipped = {"option", "route", *_FIRST_ONLY}
    names = [name for name in rows[0].sheet.table.header if name not in skipped]
    return len(rows) == len(before) and all(
        row["route"] != other["route"] and all(row[name] == other[name] for name in names)
        for row, other in zip(rows, before, strict=True)
    )


def _dosing_phases(dosage: Dosage) -> list[Phase]:
    return [phase for phase in dosage.phases if phase.options]


def _words(option: Option) -> str:
    return str(option.dose or option.count or "no amount")


def _option(rows: list[Row], phase: Phase, option: Option, resolve: Resolve) -> Iterator[Difference]:
    yield from _doses(rows, option, resolve)
    for row in rows:
        yield from _range(row, "count", option.count, "count_unit")
        yield from _flag(row, "per_day", option.per_day)
        yield from _times(row, phase, option)
        yield from _range(row, "every", option.every, "every_unit")
        yield from _range(row, "duration", option.duration, "duration_unit")
        yield from _range(row, "doses", option.doses_total, "")
        yield from _plain(row, "from_day", "" if phase.from_day is None else str(phase.from_day))
        yield from _plain(row, "to_day", "" if phase.to_day is None else str(phase.to_day))
        yield from _release(row, option)
        yield from _route(row, option)
        if option.form and row["form"] and option.form != row["form"]:
            yield Difference(row, "form", option.form, row["form"])
        yield from _daily(row, phase, option)
        yield from _prn(row, option)
    yield from _timing(rows[0], option)


def _timing(row: Row, option: Option) -> Iterator[Difference]:
    """Every event-timing code of the text is one of the statement's timing terms; the timing line may say more."""
    if not row["dosage"]:
        return
    coded = terms(row["timing"])
    for code in option.when:
        wanted = TIMING_TERMS.get(code)
        if wanted and not any(term.startswith(wanted) for term in coded):
            yield Difference(row, "timing", f"{code} ({' or '.join(wanted)})", row["timing"])


def _doses(rows: list[Row], option: Option, resolve: Resolve) -> Iterator[Difference]:
    parts = [strength for strength in option.strengths if strength.per is None]
    if not parts:
        curated = [row for row in rows if row["dose_low"] or row["dose_high"] or row["dose_unit"]]
        for row in curated or rows[:1]:
            yield from _range(row, "dose", option.dose, "dose_unit")
        return
    count = option.count or Range.of(1, "{dose}")
    amounts = [(part, Range(part.amount * count.low, part.amount * count.high, part.unit)) for part in parts]
    if len(rows) == 1 and len(amounts) == 1:
        # A strength of what is counted ("2 tablets of 500 mg"), or of the patch that is applied.
        if option.dose is None:
            yield from _range(rows[0], "dose", amounts[0][1], "dose_unit")
        return
    left = list(rows)
    unnamed: list[Range] = []
    for part, amount in amounts:
        substance = resolve(part.substance) if part.substance else None
        named = next((row for row in left if row["substance"] == substance), None)
        if named is None:
            unnamed.append(amount)
        else:
            left.remove(named)
            yield from _range(named, "dose", amount, "dose_unit")
    yield from _unnamed(left or rows[:1], unnamed)


def _unnamed(rows: list[Row], amounts: list[Range]) -> Iterator[Difference]:
    """Strengths that the text ties to no ingredient ("5 mg/325 mg"): each is one of the rows',
    and each row's is one of them.
    """
    curated = [(_shown(row, "dose", "dose_unit"), row) for row in rows]
    for amount in amounts:
        match = next((pair for pair in curated if pair[0] == _text(amount)), None)
        if match:
            curated.remove(match)
        else:
            words = " and ".join(text for text, _ in curated if text)
            yield Difference(curated[0][1] if curated else rows[0], "dose_low", _text(amount), words)


def _times(row: Row, phase: Phase, option: Option) -> Iterator[Difference]:
    times = option.times
    read = ""
    if times:
        period = Range(times.period, times.period_high or times.period, times.unit)
        read = f"{_numbers(times.low, times.high)} per {_text(period)}"
    low, high, period_value = number(row, "times_low"), number(row, "times_high"), number(row, "times_period")
    curated = ""
    if low is not None and high is not None and period_value is not None:
        curated = f"{_numbers(low, high)} per {in_words(period_value)} {row['times_unit']}"
    if read != curated and not (_once_on_a_day(phase, option) and curated == "1 per 1 d"):
        yield Difference(row, "times_low", read, curated)


def _once_on_a_day(phase: Phase, option: Option) -> bool:
    """ "300 mg on day 1": one administration on that one day, though the text gives no frequency."""
    one_day = phase.from_day is not None and phase.from_day == phase.to_day
    return one_day and option.times is None and option.every is None and not option.when and not option.at


def _release(row: Row, option: Option) -> Iterator[Difference]:
    """A text that names no release form leaves it to the entry's heading."""
    curated = row["release"]
    if option.release == (curated or None):
        return
    if option.release is None and heading_facts(row["name"]).release == curated:
        return
    yield Difference(row, "release", option.release or "", curated)


def _route(row: Row, option: Option) -> Iterator[Difference]:
    """A text that names no route leaves it to the heading, and "injection" may be any kind of injection."""
    if not option.route or option.route == row["route"]:
        return
    if option.route == "injection" and row["route"] in _GENERIC_INJECTION:
        return
    yield Difference(row, "route", option.route, row["route"])


def _prn(row: Row, option: Option) -> Iterator[Difference]:
    """The timing line may say as needed too; then the timing term "prn" says so."""
    if option.prn and not row["prn"]:
        yield Difference(row, "prn", "yes", "")
    elif row["prn"] and not option.prn and row["dosage"] and "prn" not in terms(row["timing"]):
        yield Difference(row, "prn", "", "yes")


def _daily(row: Row, phase: Phase, option: Option) -> Iterator[Difference]:
    """The daily amount by the reading's frequency and dose."""
    stem = dose_stem(row)
    low, high = number(row, f"{stem}_low"), number(row, f"{stem}_high")
    counts = per_day(option)
    if counts is None and row["daily_low"] and _once_on_a_day(phase, option):
        counts = (Decimal(1), Decimal(1))
    if low is None or high is None or counts is None or (stem == "count" and not row["daily_low"]):
        if row["daily_low"] and counts is None:
            yield Difference(row, "daily_low", "", _shown(row, "daily", "daily_unit"))
        return
    # The text's own dose where it has one for this row, so that a slip in the dose is told of once.
    dose = option.dose if stem == "dose" and option.dose else Range(min(low, high), max(low, high), row[f"{stem}_unit"])
    made = dose.scaled(*counts)
    with suppress(QuantityError):
        made = made.to(row["daily_unit"] or made.unit)
    if _text(made) != _shown(row, "daily", "daily_unit"):
        yield Difference(row, "daily_low", _text(made), _shown(row, "daily", "daily_unit"))


def _whole(rows: list[Row], dosage: Dosage, resolve: Resolve) -> Iterator[Difference]:
    """Target, maxima and maximum duration, which belong to the statement and not to a phase."""
    firsts: dict[str, Row] = {}
    for row in rows:
        firsts.setdefault(row["substance"], row)
    target = dosage.target
    read = Range(target.low, target.high, target.unit) if target else None
    with_target = [row for row in firsts.values() if row["target_low"] or row["target_high"]]
    for row in with_target or [rows[0]]:
        yield from _range(row, "target", read, "target_unit")
        if target and row["target_low"]:
            yield from _flag(row, "target_per_day", target.per_day)
    yield from _maxima(firsts, dosage, resolve)
    if dosage.longest:
        carriers = [row for row in rows if row["longest_high"]] or [rows[0]]
        yield from _range(carriers[0], "longest", dosage.longest, "longest_unit")


def _maxima(firsts: dict[str, Row], dosage: Dosage, resolve: Resolve) -> Iterator[Difference]:
    left = {substance: row for substance, row in firsts.items() if row["maximum"]}
    for stated in dosage.maximum:
        if stated.unit.startswith("{"):
            continue  # a count of tablets or doses: no column holds it
        substance = resolve(stated.substance) if stated.substance else None
        if substance is None and len(left) == 1:
            substance = next(iter(left))
        row = left.pop(substance, None) if substance else None
        if row is None:
            any_row = firsts.get(substance or "") or next(iter(firsts.values()))
            yield Difference(any_row, "maximum", _maximum(stated), "")
            continue
        curated = f"{_plain_number(row, 'maximum')} {row['maximum_unit']}"
        if row["maximum_period"]:
            curated += f" per {_plain_number(row, 'maximum_period')} {row['maximum_period_unit']}"
        if curated != _maximum(stated):
            yield Difference(row, "maximum", _maximum(stated), curated)
    for row in left.values():
        yield Difference(row, "maximum", "", f"{row['maximum']} {row['maximum_unit']}")


def _maximum(stated: Maximum) -> str:
    text = f"{in_words(stated.amount)} {stated.unit}"
    return f"{text} per {in_words(stated.per.value)} {stated.per.unit}" if stated.per else text


def _range(row: Row, stem: str, read: Range | None, unit: str) -> Iterator[Difference]:
    """``stem``_low, ``stem``_high and their unit against a range."""
    curated, made = _shown(row, stem, unit), _text(read, unit) if read else ""
    if curated == made:
        return
    if read and unit and row[unit] != read.unit and units.convertible(row[unit], read.unit):
        low, high = number(row, f"{stem}_low"), number(row, f"{stem}_high")
        if low is not None and high is not None:
            same = read.to(row[unit])
            if (same.low, same.high) == (low, high):
                return
    column = f"{stem}_low"
    if read and number(row, column) == read.low:
        column = f"{stem}_high" if number(row, f"{stem}_high") != read.high else unit or column
    yield Difference(row, column, made, curated)


def _flag(row: Row, column: str, read: bool) -> Iterator[Difference]:
    if read != bool(row[column]):
        yield Difference(row, column, "yes" if read else "", row[column])


def _plain(row: Row, column: str, read: str) -> Iterator[Difference]:
    if read != row[column]:
        yield Difference(row, column, read, row[column])


def _shown(row: Row, stem: str, unit: str) -> str:
    low, high = number(row, f"{stem}_low"), number(row, f"{stem}_high")
    code = row[unit] if unit else ""
    if low is None and high is None:
        return code
    low, high = low if low is not None else high, high if high is not None else low
    assert low is not None and high is not None
    return f"{_numbers(low, high)} {code}".strip()


def _text(read: Range, unit: str = "unit") -> str:
    return f"{_numbers(read.low, read.high)} {read.unit if unit else ''}".strip()


def _numbers(low: Decimal, high: Decimal) -> str:
    return in_words(low) if low == high else f"{in_words(low)} to {in_words(high)}"


def _plain_number(row: Row, column: str) -> str:
    value = number(row, column)
    return row[column] if value is None else in_words(value)
