"""The notation of ``tests/sigs``: a written reading → what is accepted, and how a parse is compared with it.

:func:`parse_reading` reads the notation (``tests/sigs/README.md``), :func:`differences` says what differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from doseref import units
from doseref.dosage.model import RELEASES, ROUTES, WHEN_ORDER

ANY = object()
"""Accepts whatever is there."""
SET = object()
"""Accepts any value but an empty one."""

OPTION_EMPTY: dict[str, Any] = {
    "dose": None, "count": None, "strengths": (), "per_day": False, "times": None, "every": None, "route": None,
    "form": None, "release": None, "when": (), "at": (), "days": (), "prn": False, "prn_for": None,
    "duration": None, "doses_total": None, "cycle": None, "site": None, "until": None,
}  # fmt: skip
"""What a field of an option is when the reading does not name it."""

LOOSE_FORMS = {
    "dose", "application", "puff", "spray", "drop", "injection", "session", "ampule", "vial", "scoop", "piece", "pump",
    "syringe", "pen", "pill", "stick", "implant", "film", "strip", "gummy", "enema", "pessary", "sachet",
}  # fmt: skip
"""Counted things whose own word may or may not be reported as the form."""

TEXT_UNITS = {"mcg": "ug", "units": "[IU]", "unit": "[IU]", "CFU": "[CFU]", "cells": "{cells}", "mEq": "meq"}
STATUSES = {"read": {"read"}, "partly-read": {"partly-read"}, "unread": {"unread"},
            "not-read": {"partly-read", "unread"}, "*": {"read", "partly-read", "unread"}}  # fmt: skip


class ReadingError(ValueError):
    """A reading that is not written in the notation."""


@dataclass
class Expected:
    """One accepted reading. ``phases`` is ``None`` where the phases are not compared."""

    phases: list[dict[str, Any]] | None = field(default_factory=list)
    target: list[Any] = field(default_factory=lambda: [None])
    maximum: list[Any] = field(default_factory=list)
    longest: list[Any] = field(default_factory=lambda: [None])
    status: set[str] = field(default_factory=lambda: {"read"})
    problems: set[str] = field(default_factory=set)


# --- the notation → what is accepted ---------------------------------------------------------------------------------


def parse_reading(reading: str) -> list[Expected]:
    """``reading = alternative {" // " alternative}``: any one of them is right."""
    return [_alternative(part.strip()) for part in reading.split(" // ")]


def _alternative(text: str) -> Expected:
    """``alternative = [phase {(" >> " | " ++ ") phase}] [" ;; " whole {"; " whole}]``"""
    expected = Expected()
    body, _, whole = f" {text} ".partition(" ;; ")
    for item in _items(whole):
        if not _whole(item, expected):
            raise ReadingError(f"not a field of the whole dosage: {item!r}")
    sequence = 0
    for n, later in enumerate(body.split(" >> ")):
        for together in later.split(" ++ "):
            phase = _phase(together, expected)
            if phase is None:
                continue
            phase["sequence"] = sequence = max(sequence, n + 1)
            if expected.phases is not None:
                expected.phases.append(phase)
    if expected.phases:
        _rank(expected.phases)
    return expected


def _items(text: str) -> Iterator[str]:
    return (item.strip() for item in text.split(";") if item.strip())


def _phase(text: str, expected: Expected) -> dict[str, Any] | None:
    """``phase = option {" || " option}``; ``day`` and ``step`` belong to the phase, wherever they stand in it."""
    phase: dict[str, Any] = {"day": [(None, None)], "step": [None], "options": []}
    named = False
    for part in text.split(" || "):
        option: dict[str, list[Any]] = {name: [empty] for name, empty in OPTION_EMPTY.items()}
        for item in _items(part):
            named = True
            if item == "any":
                expected.phases = None
            elif not _whole(item, expected):
                _field(item, option, phase)
            else:
                named = named and item.split()[0] not in {"max", "target", "longest", "status", "problem"}
        _imply_form(option)
        phase["options"].append(option)
    filled = any(option[name] != [empty] for option in phase["options"] for name, empty in OPTION_EMPTY.items())
    if not (named or filled) or expected.phases is None:
        return None
    if not filled and phase["day"] == [(None, None)] and phase["step"] == [None]:
        return None
    return phase


def _whole(item: str, expected: Expected) -> bool:
    """``whole = "target" … | "max" … | "longest" … | "status" … | "problem" …``; whether ``item`` is one."""
    word, _, value = item.partition(" ")
    if word == "target":
        expected.target = _values(value, _target)
    elif word == "max":
        expected.maximum.append(_maximum(value))
    elif word == "longest":
        expected.longest = _values(value, _quantity)
    elif word == "status":
        expected.status = set().union(*(STATUSES[one] for one in value.split("|")))
    elif word == "problem":
        expected.problems.add(value)
    else:
        return False
    return True


def _values(text: str, read: Any, empty: Any = None) -> list[Any]:
    """``value {"|" value} ["?"]``, or ``*`` (whatever) or ``+`` (anything but nothing)."""
    if text == "*":
        return [ANY]
    if text == "+":
        return [SET]
    optional = text.endswith("?")
    values = [read(part.strip()) for part in text.removesuffix("?").split("|")]
    return [*values, empty] if optional else values


def _field(item: str, option: dict[str, list[Any]], phase: dict[str, Any]) -> None:
    """One field of an option (or ``day``/``step`` of its phase)."""
    word, _, value = item.partition(" ")
    bare = word.removesuffix("?")
    if bare in ROUTES and not value:
        option["route"] = _values(word, str)
    elif word in ("dose", "count"):
        per_day = value.removesuffix("?").endswith("/d")
        option[word] = _values(value.replace("/d?", "?").removesuffix("/d") if per_day else value, _quantity)
        option["per_day"] = [True] if per_day else option["per_day"]
    elif word == "per_day":
        option["per_day"] = [True] if value != "?" else [True, False]
    elif word == "strength":
        option["strengths"] = _values(value, _strengths, ())
    elif word == "times":
        option["times"] = _values(value, _times)
    elif word in ("every", "for"):
        option["every" if word == "every" else "duration"] = _values(value, _quantity)
    elif word == "total":
        option["doses_total"] = _values(value, lambda text: _quantity(f"{text} dose")[:2])
    elif word == "cycle":
        option["cycle"] = _values(value, _cycle)
    elif word in ("route", "form", "release", "site", "until"):
        option[word] = _values(value, _plain)
    elif word == "when":
        option["when"] = _values(value, lambda text: _sorted_when(text.replace(",", " ").split()), ())
    elif word in ("at", "on"):
        name = "at" if word == "at" else "days"
        option[name] = _values(value, lambda text: tuple(text.replace(",", " ").split()), ())
    elif bare == "prn":
        option["prn"] = [True] if word == "prn" else [True, False]
        option["prn_for"] = _values(value, _plain) if value else [None]
    elif word == "reason":
        option["prn_for"] = _values(value, _plain)
    elif word == "day":
        phase["day"] = _values(value, _days, (None, None))
    elif word == "step":
        phase["step"] = _values(value, _step)
    else:
        raise ReadingError(f"not a field: {item!r}")
    _check_words(option)


def _check_words(option: dict[str, list[Any]]) -> None:
    for name, known in (("route", ROUTES), ("release", RELEASES)):
        for value in option[name]:
            if value not in (None, ANY, SET) and value not in {one.lower() for one in known}:
                raise ReadingError(f"not a {name}: {value!r}")


def _imply_form(option: dict[str, list[Any]]) -> None:
    """A counted tablet implies the form tablet; a counted puff or drop may report its own word or nothing."""
    count = option["count"][0]
    if option["form"] != [None] or not isinstance(count, tuple):
        return
    word = count[2].strip("{}")
    if word in LOOSE_FORMS:
        option["form"] = [None, word, word + "s"]
    else:
        option["form"] = [word] if option["count"][-1] is not None else [word, None]


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        raise ReadingError(f"not a number: {text!r}") from None


def _span(text: str) -> tuple[Decimal, Decimal]:
    low, _, high = text.partition("-")
    return _number(low), _number(high or low)


def _code(word: str) -> str:
    first, slash, rest = word.partition("/")
    word = TEXT_UNITS.get(first, first) + slash + rest
    if word in units.UNITS or word in units.TIME_WORDS:
        return word
    if "{" + word + "}" in units.UNITS:
        return "{" + word + "}"
    raise ReadingError(f"not a unit: {word!r}")


def _quantity(text: str) -> tuple[Decimal, Decimal, str]:
    """``low["-"high] unit``"""
    numbers, _, unit = text.strip().partition(" ")
    low, high = _span(numbers)
    return _base(low, high, _code(unit))


def _base(low: Decimal, high: Decimal, unit: str) -> tuple[Decimal, Decimal, str]:
    """Both ends in the base unit of the dimension, so that 0.5 g and 500 mg are one thing."""
    known = units.UNITS.get(unit)
    if known is not None:
        return low * known.factor, high * known.factor, known.dimension if known.factor != 1 else _base_code(known)
    if unit in units.TIME_SECONDS:
        hours = Decimal(units.TIME_SECONDS[unit]) / 3600
        return round(low * hours, 6).normalize(), round(high * hours, 6).normalize(), "h"
    return low, high, unit


def _base_code(known: units.Unit) -> str:
    scaled = any(one.dimension == known.dimension and one.factor != 1 for one in units.UNITS.values())
    return known.dimension if scaled else known.code


def _period(value: Decimal, unit: str) -> tuple[Decimal, str]:
    low, _, code = _base(value, value, unit)
    return low, code


def _times(text: str) -> tuple[Any, ...]:
    """``low["-"high] "/" period["-"period_high] unit``"""
    numbers, _, period = text.partition("/")
    value, _, unit = period.partition(" ")
    first, last = _span(value)
    return (*_span(numbers), _period(first, unit), _period(last, unit))


def _strengths(text: str) -> tuple[Any, ...]:
    """``strength {" + " strength}`` with ``strength = amount unit [substance] ["per" volume unit]``"""
    parts = []
    for one in text.split(" + "):
        amount, _, per = one.partition(" per ")
        number, _, rest = amount.partition(" ")
        unit, _, substance = rest.partition(" ")
        low, _, code = _quantity(f"{number} {unit}")
        parts.append((substance.lower() or None, low, code, _quantity(per) if per else None))
    return tuple(parts)


def _cycle(text: str) -> tuple[Any, ...]:
    """``on "on" off "off" unit``"""
    on, _, off, _, unit = text.split()
    return _period(_number(on), unit) + _period(_number(off), unit)


def _plain(text: str) -> str:
    """Lower case, single spaces, no article in front: how words of a site or reason are compared."""
    words = text.lower().replace("-", " ").split() if text not in ROUTES else [text]
    while words and words[0] in ("the", "a", "an", "your", "any"):
        words.pop(0)
    return " ".join(words)


def _sorted_when(codes: list[str]) -> tuple[str, ...]:
    for code in codes:
        if code not in WHEN_ORDER:
            raise ReadingError(f"not an event-timing code: {code!r}")
    return tuple(sorted(set(codes), key=WHEN_ORDER.index))


def _days(text: str) -> tuple[int | None, int | None]:
    """``n`` | ``n "-" m`` | ``n "-"`` (open)"""
    first, dash, last = text.partition("-")
    return int(first), int(last) if last else (None if dash else int(first))


def _step(text: str) -> tuple[Any, ...]:
    """``("up" | "down") [change unit] ["every" n unit] ["to" to unit]``"""
    head, _, to = text.partition(" to ")
    head, _, every = f"{head} ".partition(" every ")
    direction, _, change = head.strip().partition(" ")
    if direction not in ("up", "down"):
        raise ReadingError(f"a step goes up or down: {text!r}")
    return (
        direction,
        _quantity(change) if change else None,
        _period(_number(every.split()[0]), every.split()[1]) if every else None,
        _quantity(to) if to else None,
    )


def _target(text: str) -> tuple[Any, ...]:
    """``low["-"high] unit["/d"] [", times" times]``"""
    amount, _, times = text.partition(", times ")
    per_day = amount.endswith("/d")
    return (*_quantity(amount.removesuffix("/d")), per_day, _times(times) if times else None)


def _maximum(text: str) -> tuple[Any, ...]:
    """``amount unit["/" [n] period] [substance]``"""
    number, _, rest = text.partition(" ")
    unit, _, substance = rest.partition(" ")
    head, _, period = unit.rpartition("/")
    time = period.lstrip("0123456789")
    if head and time in units.TIME_WORDS:
        value = _number(period.removesuffix(time) or "1")
        return (*_quantity(f"{number} {head}")[1:], _period(value, time), substance.lower() or None)
    return (*_quantity(f"{number} {unit}")[1:], None, substance.lower() or None)


# --- what the parser says → the same values ---------------------------------------------------------------------------


def _d(value: Any) -> Decimal:
    return Decimal(str(value))


def _json_range(data: dict[str, Any] | None) -> Any:
    return _base(_d(data["low"]), _d(data["high"]), data["unit"]) if data else None


def _json_times(data: dict[str, Any] | None) -> Any:
    if not data:
        return None
    first, last = _d(data["period"]), _d(data.get("period_high", data["period"]))
    return (_d(data["low"]), _d(data["high"]), _period(first, data["unit"]), _period(last, data["unit"]))


def _json_strength(data: dict[str, Any]) -> tuple[Any, ...]:
    low, _, unit = _base(_d(data["amount"]), _d(data["amount"]), data["unit"])
    per = data.get("per")
    volume = _base(_d(per["value"]), _d(per["value"]), per["unit"]) if per else None
    return ((data["substance"] or "").lower() or None, low, unit, volume)


def _json_option(data: dict[str, Any]) -> dict[str, Any]:
    total = data["doses_total"]
    cycle = data.get("cycle")
    return {
        "dose": _json_range(data["dose"]),
        "count": _json_range(data["count"]),
        "strengths": tuple(_json_strength(one) for one in data["strengths"]),
        "per_day": data["per_day"],
        "times": _json_times(data["times"]),
        "every": _json_range(data["every"]),
        "route": data["route"],
        "form": data["form"].lower() if data["form"] else None,
        "release": data["release"].lower() if data["release"] else None,
        "when": tuple(data["when"]),
        "at": tuple(data["at"]),
        "days": tuple(data["days"]),
        "prn": data["prn"],
        "prn_for": _plain(data["prn_for"]) if data["prn_for"] else None,
        "duration": _json_range(data["duration"]),
        "doses_total": None if total is None else (_d(data.get("doses_total_low", total)), _d(total)),
        "cycle": _period(_d(cycle["on"]), cycle["unit"]) + _period(_d(cycle["off"]), cycle["unit"]) if cycle else None,
        "site": _plain(data["site"]) if data.get("site") else None,
        "until": _plain(data["until"]) if data.get("until") else None,
    }


def _json_step(data: dict[str, Any] | None) -> Any:
    if not data:
        return None
    every = data["every"]
    return (
        data["direction"],
        _json_range(data["change"]),
        _period(_d(every["value"]), every["unit"]) if every else None,
        _json_range(data["to"]),
    )


def _json_phases(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Phases without a value are left out; equal parts of a day, written as phases, become one with several times."""
    phases: list[dict[str, Any]] = []
    for one in data:
        options = [_json_option(option) for option in one["options"]]
        phase = {
            "sequence": one["sequence"],
            "day": (one["from_day"], one["to_day"]),
            "step": _json_step(one.get("step")),
            "options": [option for option in options if option != OPTION_EMPTY],
        }
        if not phase["options"] and phase["step"] is None and phase["day"] == (None, None):
            continue
        if not (phases and _merged(phases[-1], phase)):
            phases.append(phase)
    _rank(phases)
    return phases


def _merged(before: dict[str, Any], phase: dict[str, Any]) -> bool:
    if before["sequence"] != phase["sequence"] or len(before["options"]) != 1 or len(phase["options"]) != 1:
        return False
    one, two = before["options"][0], phase["options"][0]
    if (
        any(one[name] != two[name] for name in OPTION_EMPTY if name not in ("when", "at"))
        or before["day"] != phase["day"]
    ):
        return False
    one["when"] = _sorted_when([*one["when"], *two["when"]])
    one["at"] = tuple(sorted({*one["at"], *two["at"]}))
    return True


def _rank(phases: list[dict[str, Any]]) -> None:
    order = sorted({phase["sequence"] for phase in phases})
    for phase in phases:
        phase["sequence"] = order.index(phase["sequence"]) + 1


# --- comparing --------------------------------------------------------------------------------------------------------


def differences(readings: list[Expected], actual: dict[str, Any]) -> list[str]:
    """What differs from the nearest of the accepted readings; empty where one of them fits."""
    return min((_differences(expected, actual) for expected in readings), key=len)


def states_a_wrong_value(found: list[str]) -> bool:
    """Whether a difference is a value that should not be there, rather than one that is missing."""
    kinds = (line.partition(": ")[::2] for line in found if not line.startswith(("status:", "no problem")))
    return any(not shown.startswith(("None ", "() ", "False ", "sequences [] ")) for _, shown in kinds)


def _differences(expected: Expected, actual: dict[str, Any]) -> list[str]:
    found: list[str] = []
    if expected.phases is not None:
        _compare_phases(expected.phases, _json_phases(actual["phases"]), found)
        target = actual["target"]
        if target:
            amount = _base(_d(target["low"]), _d(target["high"]), target["unit"])
            target = (*amount, target["per_day"], _json_times(target.get("times")))
        _compare("target", expected.target, target, found)
        longest = actual["longest"]
        if longest:
            longest = _base(_d(longest.get("low", longest["value"])), _d(longest["value"]), longest["unit"])
        _compare("longest", expected.longest, longest, found)
        maxima = [_json_maximum(one) for one in actual["maximum"]]
        if sorted(map(repr, maxima)) != sorted(map(repr, expected.maximum)):
            found.append(f"maximum: {_show(maxima)} instead of {_show(expected.maximum)}")
    if actual["status"] not in expected.status:
        found.append(f"status: {actual['status']} instead of {' or '.join(sorted(expected.status))}")
    for kind in sorted(expected.problems - {problem["kind"] for problem in actual["problems"]}):
        found.append(f"no problem of kind {kind}")
    return found


def _json_maximum(data: dict[str, Any]) -> tuple[Any, ...]:
    per = data["per"]
    period = _period(_d(per["value"]), per["unit"]) if per else None
    amount = _base(_d(data["amount"]), _d(data["amount"]), data["unit"])
    return (*amount[1:], period, data["substance"].lower() if data["substance"] else None)


def _compare_phases(expected: list[dict[str, Any]], actual: list[dict[str, Any]], found: list[str]) -> None:
    if [phase["sequence"] for phase in expected] != [phase["sequence"] for phase in actual]:
        shown = [[_shown_option(option) for option in phase["options"]] for phase in actual]
        found.append(
            f"phases: sequences {[phase['sequence'] for phase in actual]} instead of "
            f"{[phase['sequence'] for phase in expected]} ({shown})"
        )
        return
    for n, (want, have) in enumerate(zip(expected, actual, strict=True), 1):
        where = f"phase {n} " if len(expected) > 1 else ""
        _compare(f"{where}day", want["day"], have["day"], found)
        _compare(f"{where}step", want["step"], have["step"], found)
        options = have["options"] or [OPTION_EMPTY]
        if len(want["options"]) != len(options):
            shown_options = [_shown_option(option) for option in options]
            found.append(f"{where}options: {len(options)} instead of {len(want['options'])} ({shown_options})")
            continue
        for m, (wanted, option) in enumerate(zip(want["options"], options, strict=True), 1):
            place = f"{where}option {m} " if len(options) > 1 else where
            for name in OPTION_EMPTY:
                _compare(place + name, wanted[name], option[name], found)


def _shown_option(option: dict[str, Any]) -> str:
    return "; ".join(f"{name} {_show(value)}" for name, value in option.items() if value != OPTION_EMPTY[name])


def _compare(name: str, accepted: list[Any], value: Any, found: list[str]) -> None:
    for one in accepted:
        if one is ANY or (one is SET and value not in (None, ())) or one == value:
            return
        if name.endswith("strengths") and one and value and _same_strength(one, value):
            return
        if isinstance(one, str) and isinstance(value, str) and one.lower() == value.lower():
            return
    found.append(f"{name}: {_show(value)} instead of {' or '.join(_show(one) for one in accepted)}")


def _same_strength(wanted: tuple[Any, ...], value: tuple[Any, ...]) -> bool:
    """A single strength may name its ingredient where the reading names none."""
    return len(wanted) == len(value) == 1 and wanted[0][0] is None and wanted[0][1:] == value[0][1:]


def _show(value: Any) -> str:
    if value is ANY or value is SET:
        return "something"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, (tuple, list)):
        return "(" + " ".join(_show(one) for one in value) + ")"
    return str(value)
