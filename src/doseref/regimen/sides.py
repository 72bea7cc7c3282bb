"""Both sides of a pair: "2 sprays in each nostril" are four, "4 g to each knee" eight."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.model import Option
from doseref.quantities import ONE
from doseref.records import replace
from doseref.regimen.delivered import Delivered

_NOSES_EYES_EARS = frozenset("nostril nostrils nare naris nares eye eyes ear ears eyelid eyelids".split())
_PAIRS = _NOSES_EYES_EARS | frozenset(
    "knee knees hip hips arm arms leg legs foot feet hand hands shoulder shoulders wrist wrists elbow elbows ankle "
    "ankles thigh thighs armpit "
    "armpits axilla axillae buttock buttocks deltoid deltoids cheek cheeks side sides heel heels palm palms sole soles calf calves".split()
)
_TWO = Decimal(2)
_EACH = frozenset(("each", "per", "every"))


def sides(site: str | None) -> tuple[Decimal, Decimal]:
    """Fewest and most times that an amount is given at one administration, by the words for where it is given.

    Both nostrils, eyes or ears get the amount each; of "both knees", "the left and right knee" and "in the nostrils" it
    is open whether the amount is shared.
    """
    words = set((site or "").replace(",", " ").replace("/", " ").split())
    if not words & _PAIRS or words & {"affected", "painful", "or", "alternate", "alternating", "other"}:
        return ONE, ONE
    if words & _EACH:
        return _TWO, _TWO
    if words & {"both", "bilateral", "bilaterally", "bilat", "b/l"} or words >= {"left", "right", "and"}:
        return (_TWO, _TWO) if words & _NOSES_EYES_EARS else (ONE, _TWO)
    return (ONE, _TWO) if words & {"nostrils", "nares", "eyes", "ears"} else (ONE, ONE)


def on_both_sides(delivered: list[Delivered], option: Option) -> list[Delivered]:
    """What one administration delivers, with each side of a pair counted; a total of the day has both in it already."""
    low, high = sides(option.site)
    each = not _EACH.isdisjoint((option.site or "").split())
    if high == 1 or (option.per_day and not each):
        return delivered
    if option.per_day or (option.dose is not None and option.count is not None):
        low = ONE  # "2 sprays (100 mcg) in each nostril", "4 sprays a day in each nostril": it may be that of both
    times = str(high) if low == high else f"{low} to {high}"
    return [
        replace(
            each,
            amount=each.amount.scaled(low, high),
            working=f"{each.working} × {times}",
            units=None if each.units is None else each.units.scaled(low, high),
        )
        for each in delivered
    ]
