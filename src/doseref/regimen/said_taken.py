"""What was taken, as it is told: "08:00 1 g, 12:00 ibuprofen 400 mg", each dose sorted to the item that it is of.

A dose without a name is of the item beside which it stands. A name must be that item's, or of one other item of the
list; any other is refused, and so is a strength that is not the item's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from doseref.dosage.model import Option
from doseref.errors import UsageError
from doseref.items.model import NO_NAME
from doseref.names import Names
from doseref.patterns import regex
from doseref.quantities import Amount
from doseref.records import record
from doseref.regimen.model import Given, Item
from doseref.regimen.read import read_item
from doseref.regimen.window import DAY_MINUTES
from doseref.units import convert, convertible

_CLOCK = (
    r"(?P<hours>[0-9]{1,2})[:.](?P<minutes>[0-9]{2})(?:\s*(?P<half>[ap])m)?|(?P<hour>[0-9]{1,2})\s*(?P<side>[ap])m"
    r"|(?P<word>noon|midday|midnight)|(?P<whole>[0-9]{2})(?P<rest>[0-9]{2})\s?h(?:rs?)?"
)
_WARD = r"(?P<ward>[0-2][0-9][0-5][0-9])"
"""``1500``: four figures without a word, as wards write a time; only where nothing but a time can stand."""
_DAY = r"(?P<day>yesterday|today|[0-9]{4}-[0-9]{2}-[0-9]{2})[T\s]?"
_MOMENT = regex(rf"(?:{_DAY}\s*)?(?:{_CLOCK}|{_WARD})", re.I)
_TAKEN = regex(rf"(?:{_DAY})?\s*(?P<at>{_CLOCK}|{_WARD})(?![0-9])\s*(?:h(?:rs?)?\b)?\s*:?\s*(?P<amount>.+)", re.I)
_NAME_FIRST = regex(rf"(?P<name>[^0-9\s].*?)\s+(?P<rest_of_it>(?:{_DAY})?\s*(?:{_CLOCK})(?![0-9]).*)", re.I)
"""``paracetamol 08:00 1 g``: the name stands before the time (which is none of four bare figures: 1000 may be mg)."""
_WORDS = {"noon": 12, "midday": 12, "midnight": 0}


@record
class SaidDose:
    """One dose as told: minutes before (negative) or at the moment asked about (0), how much of what."""

    text: str
    minute: int
    amount: Amount
    substances: tuple[str, ...] = ()
    """Of what, where it is named."""
    product: str = ""
    strengths: tuple[tuple[Decimal, str], ...] = ()
    """How much is in one tablet or the like, where it is said."""
    doses: bool = False
    """Whether it says "doses"; a bare number has the same unit."""
    supposed: bool = False
    """Whether it is yesterday's only because its time is later than now."""


def minute_of(clock: str) -> int:
    """Minutes after midnight of ``14:30``, ``14.30``, ``1430``, ``1430h``, ``2:30 pm``, ``8 pm``, ``noon`` or one of them
    with a day before it (``2026-12-01 14:30``); raises :class:`UsageError`, also for a bare ``8``, which may be either.
    """
    match = _MOMENT.fullmatch(clock.strip())
    hours, minutes, half = _parts(match) if match else (99, 0, "")
    if hours > 23 or minutes > 59 or (half and not 1 <= hours <= 12):
        raise UsageError(f"'{clock}' is not a time of day like 14:30 or 8 pm")
    return (hours % 12 + (12 if half == "p" else 0) if half else hours) * 60 + minutes


def clock_of(minute: int) -> str:
    """``14:30``: minutes after midnight as a time of day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _parts(match: re.Match[str]) -> tuple[int, int, str]:
    """Hours, minutes, and ``a`` or ``p`` where it says which half of the day."""
    if match["word"]:
        return _WORDS[match["word"].lower()], 0, ""
    if match["ward"]:
        return int(match["ward"][:2]), int(match["ward"][2:]), ""
    hours = match["hours"] or match["whole"] or match["hour"]
    half = match["half"] or match["side"] or ""
    return int(hours), int(match["minutes"] or match["rest"] or 0), half.lower()


def read_taken(text: str, now: str, names: Names) -> list[SaidDose]:
    """``08:00 1 g, 12:00 ibuprofen 400 mg``, ``ibuprofen 08:00 400 mg, 12:00 400 mg``: each dose; a later time is
    yesterday's. A name before the first time is that of all doses that name none.

    Raises :class:`UsageError` for what is no time with an amount, and for a name that is not known.
    """
    found: list[SaidDose] = []
    name = ""
    for part in re.split(r"[,;]\s+|;|,(?=\s*[0-9]{1,2}:)", text):
        match = _NAME_FIRST.fullmatch(part.strip())
        if match and not _DAY_WORD.match(match["name"]) and match["name"].lower() not in _WORDS:
            name, part = match["name"], match["rest_of_it"]
        found.append(_dose(part.strip(), now, names, name))
    return found


_DAY_WORD = regex(r"(?:yesterday|today|noon|midday|midnight)\b", re.I)


def _dose(text: str, now: str, names: Names, name: str = "") -> SaidDose:
    match = _TAKEN.fullmatch(text)
    dosage = names.data.parse(match["amount"]) if match else None
    option = dosage.options[0] if dosage and len(dosage.options) == 1 else None
    amount = (option.dose or option.count) if option else None
    if match is None or dosage is None or dosage.status != "read" or amount is None or not amount.single:
        raise UsageError(f"taken: '{text}' is not a time and an amount like '08:00 1 g'")
    item = read_item(1, Given(match["amount"]), names)
    if name and any(trouble.message == NO_NAME for trouble in item.troubles):
        text = f"{name} {text}"
        item = read_item(1, Given(f"{name} {match['amount']}"), names)
    for trouble in item.troubles:
        if trouble.kind in ("unknown-name", "ambiguous-name") and trouble.message != NO_NAME:
            raise UsageError(f"taken: '{text}': {trouble.message}")
    at, supposed = _minutes_from(now, match, text)
    product = item.product.id if item.product else ""
    doses = "dose" in match["amount"].lower()
    return SaidDose(
        text, at, Amount(amount.low, amount.unit), item.substances, product, _strengths(option), doses, supposed
    )


def _minutes_from(now: str, match: re.Match[str], text: str) -> tuple[int, bool]:
    """Minutes from now (negative before it) of a dose, and whether it is yesterday's only because its time is later.

    Raises :class:`UsageError` for a time still to come, and for a day where that of now is not said.
    """
    at = minute_of(match["at"]) - minute_of(now)
    day = (match["day"] or "").lower()
    if day[:1].isdigit():
        of_now = _MOMENT.fullmatch(now.strip())
        if of_now is None or not (of_now["day"] or "")[:1].isdigit():
            raise UsageError(f"taken: '{text}' has a date: give --now one too, like --now '2026-01-31 14:30'")
        at -= _days_between(day, of_now["day"], text) * DAY_MINUTES
    if at > 0 and day not in ("", "yesterday"):
        raise UsageError(f"taken: '{text}' is later than now ({now})")
    supposed = at > 0 and not day
    return at - DAY_MINUTES if at > 0 or day == "yesterday" else at, supposed


def _days_between(day: str, later: str, text: str) -> int:
    from datetime import date  # costs start-up, and is rarely asked for

    try:
        return (date.fromisoformat(later) - date.fromisoformat(day)).days
    except ValueError:
        raise UsageError(f"taken: '{text}': there is no such day") from None


def _strengths(option: Option | None) -> tuple[tuple[Decimal, str], ...]:
    """The strengths of the pieces that are counted; none of a liquid or of what is said as an amount."""
    if option is None or option.count is None:
        return ()
    return tuple((each.amount, each.unit) for each in option.strengths if each.per is None)


def sorted_to_items(
    items: Sequence[Item], taken: Sequence[str], now: str, names: Names, country: str
) -> dict[int, list[SaidDose]]:
    """The doses that were taken of each item, by its number; ``taken`` has one text for each item, in their order.

    Raises :class:`UsageError` for a dose that is of no item, or of none that can be told.
    """
    found: dict[int, list[SaidDose]] = {}
    for place, text in enumerate(taken):
        if not text.strip():
            continue
        beside = items[place] if place < len(items) else None
        for dose in read_taken(text, now, names):
            found.setdefault(_item_of(dose, beside, items, names, country).n, []).append(dose)
    return found


def _item_of(dose: SaidDose, beside: Item | None, items: Sequence[Item], names: Names, country: str) -> Item:
    """The item that a dose is of: the one beside it, or the only one of its name."""
    if not dose.substances and beside is None:
        raise UsageError(f"taken: '{dose.text}' stands beside no item; name the drug")
    alike = [beside] if beside is not None and not dose.substances else _named(dose, items)
    if beside is not None and beside in alike:
        alike = [beside]
    if len(alike) == 1 and not _same_pieces(dose, alike[0]):
        raise UsageError(f"taken: '{dose.text}' is of another product or strength than item {alike[0].n}")
    if len(alike) == 1:
        return alike[0]
    what = " and ".join(names.data.name_of(each, country) for each in dose.substances)
    if alike:
        numbers = " and ".join(str(item.n) for item in alike)
        raise UsageError(f"taken: '{dose.text}' may be of items {numbers}, which both hold {what}: put it beside one")
    raise UsageError(f"taken: '{dose.text}' is of {what}, and no item holds just that; add it as an item")


def _named(dose: SaidDose, items: Sequence[Item]) -> list[Item]:
    return [item for item in items if set(item.substances) == set(dose.substances)]


def _same_pieces(dose: SaidDose, item: Item) -> bool:
    """Whether the pieces that are counted are those of the item, as far as they are told.

    Of one substance the strength that is told is what counts.
    """
    if dose.product and dose.amount.unit.startswith("{") and dose.product != (item.product.id if item.product else ""):
        return False
    if not dose.strengths or len(item.substances) == len(dose.strengths) == 1:
        return True
    known = [strength for exposure in item.exposures for strength in exposure.strengths]
    return all(
        any(convertible(unit, own) and convert(value, unit, own) == amount for amount, own in known)
        for value, unit in dose.strengths
    )
