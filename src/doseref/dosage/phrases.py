"""The phrases of the English reading: words of the codes, numbers, amounts, times, lengths.

Each is one that the grammar reads back as what it was written from.
"""

from __future__ import annotations

from decimal import Decimal

from doseref import units
from doseref.dosage.model import Cycle, Times
from doseref.quantities import Period, Range

WHEN_PHRASES: dict[str, str] = {
    "WAKE": "on waking",
    "MORN": "in the morning",
    "ACM": "before breakfast",
    "CM": "with breakfast",
    "PCM": "after breakfast",
    "NOON": "at noon",
    "ACD": "before lunch",
    "CD": "with lunch",
    "PCD": "after lunch",
    "AFT": "in the afternoon",
    "EVE": "in the evening",
    "ACV": "before dinner",
    "CV": "with dinner",
    "PCV": "after dinner",
    "AC": "before meals",
    "C": "with meals",
    "PC": "after meals",
    "NIGHT": "at night",
    "HS": "at bedtime",
    "IMD": "immediately",
}
"""The phrase of every FHIR event-timing code that the model knows."""

ROUTE_PHRASES: dict[str, str] = {
    "oral": "by mouth",
    "sublingual": "under the tongue",
    "buccal": "buccally",
    "intravenous": "intravenously",
    "intramuscular": "intramuscularly",
    "subcutaneous": "subcutaneously",
    "topical": "topically",
    "transdermal": "transdermally",
    "rectal": "rectally",
    "vaginal": "vaginally",
    "inhalation": "by inhalation",
    "nasal": "intranasally",
    "ophthalmic": "ophthalmically",
    "otic": "otically",
    "epidural": "epidurally",
    "intradiscal": "intradiscally",
    "intra-articular": "intra-articularly",
    "perineural": "perineurally",
    "intrathecal": "intrathecally",
    "intradermal": "intradermally",
    "local": "locally",
    "injection": "by injection",
    "percutaneous": "percutaneously",
    "enteral": "enterally",
}
"""The phrase of every route word of the model."""

RELEASE_PHRASES = {
    "IR": "immediate-release",
    "ER": "extended-release",
    "DR": "delayed-release",
    "EC": "enteric-coated",
}
"""The phrase of every release code of the model."""

WEEKDAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_FREQUENT = {1: "once", 2: "twice"}


def number(value: Decimal) -> str:
    """A number exactly, with thousands commas, a leading zero and no trailing zeros."""
    whole, _, rest = f"{value:f}".partition(".")
    rest = rest.rstrip("0")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def amount(value: Range) -> str:
    """A range with its unit, exactly: "500 to 1,000 mg", "1 tablet", "5%"."""
    text = number(value.high) if value.single else f"{number(value.low)} to {number(value.high)}"
    if value.unit == "%":
        return f"{text}%"
    return f"{text} {_unit(value.unit, plural=value.high != 1)}"


def _unit(code: str, *, plural: bool) -> str:
    return "million cells" if code == "{Mcells}" else units.printed(code, plural=plural)


def times_phrase(times: Times) -> str:
    """ "twice a day", "2 to 4 times a day", "3 times per 2 weeks", "once per 2 to 4 weeks"."""
    if times.low == times.high:
        often = _FREQUENT.get(int(times.low), "") if times.low == times.low.to_integral_value() else ""
        often = often or f"{number(times.low)} times"
    else:
        often = f"{number(times.low)} to {number(times.high)} times"
    one, many = units.TIME_WORDS[times.unit]
    if times.period_high is not None:
        return f"{often} per {number(times.period)} to {number(times.period_high)} {many}"
    if times.period == 1:
        return f"{often} a {one}" if one != "hour" else f"{often} an {one}"
    return f"{often} per {number(times.period)} {many}"


def length_phrase(value: Range) -> str:
    """An interval: "6 hours", "4 to 6 hours", "day"."""
    one, many = units.TIME_WORDS[value.unit]
    if value.single:
        return one if value.low == 1 else f"{number(value.low)} {many}"
    return f"{number(value.low)} to {number(value.high)} {many}"


def period_phrase(period: Period) -> str:
    """ "2 weeks", "day": a period as the length it is."""
    return length_phrase(Range(period.value, period.value, period.unit))


def doses_phrase(total: Range) -> str:
    """ "as a single dose", "for 3 doses": how many doses there are in all."""
    if total.single and total.low == 1:
        return "as a single dose"
    return (
        f"for {number(total.low)} doses" if total.single else f"for {number(total.low)} to {number(total.high)} doses"
    )


def cycle_phrase(cycle: Cycle) -> str:
    """ "3 weeks on, 1 week off"."""
    one, many = units.TIME_WORDS[cycle.unit]
    on, off = (f"{number(value)} {one if value == 1 else many}" for value in (cycle.on, cycle.off))
    return f"{on} on, {off} off"


def listed(words: list[str]) -> str:
    """Words joined by commas and, before the last, "and"."""
    if len(words) <= 1:
        return "".join(words)
    # "and after" is "from then on" to the grammar.
    last = ", " if words[-1].startswith("after ") else " and "
    return ", ".join(words[:-1]) + last + words[-1]
