"""R411 altered-release (warning)

What. An extended-release form is crushed, chewed, split or opened, or taken more often than four times in 24 hours; a
coated (delayed-release) one is crushed or chewed. "Do not crush" is no finding. A half tablet without a word of
splitting is information, for some extended-release tablets are scored.

Why. Broken, it gives a day's dose at once. Taken as often as a short-acting one, it piles up, or the short-acting form
is meant.

Passes:
    Nifedipine ER 60 mg tablet, do not crush or chew, once daily

Fires:
    Oxycodone ER 20 mg tablet, crush and take every 12 hours
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, printed
from doseref.patterns import regex
from doseref.quantities import is_whole
from doseref.regimen.model import Item

_MOST_A_DAY = 4
_FORBIDDEN = regex(
    r"\b(?:do not|don['’]?t|never|not|no|without|avoid|rather than)\s+(?:be\s+)?(?:crush|chew|split|cut|break|halv|"
    r"dissolv|open)"
    r"[a-z]*(?:[\s,/]+(?:(?:or|and)\s+)?(?:crush|chew|split|cut|break|halv|dissolv|open)[a-z]*)*",
    re.I,
)
_BROKEN = regex(r"\b(crush(?:ed)?|chew(?:ed)?)\b", re.I)
_SPLIT = regex(r"\b(split|halved?|cut(?:\s+in\s+half)?|broken|break|opened|dissolved?)\b", re.I)
_COATED = ("DR", "EC")


def check(case: Case) -> Iterator[Finding]:
    """One finding per item whose form is broken or taken too often."""
    for item in case.items:
        release = _release(item)
        if not release:
            continue
        told = _broken(item, release) or (_too_often(item) if release == "ER" else None)
        if told is None:
            continue
        form = "an extended-release form" if release == "ER" else "a coated form"
        yield Finding(
            "R411",
            "altered-release",
            told[1],
            f"item {item.n}: {form} {told[0]}",
            items=(item.n,),
            substances=tuple(case.name(s) for s in item.substances),
            mend="swallow it whole, or ask for a form that may be divided" if told[1] is Severity.WARNING else "",
        )


def _release(item: Item) -> str:
    """ER, DR or EC where the item is a form to be swallowed of that release; empty for all else."""
    options = item.dosage.options if item.dosage else ()
    stated = {option.release for option in options} | {part.release for part in item.parts}
    stated |= {exposure.release for exposure in item.exposures if exposure.route == "systemic"}
    stated.add(item.product.release if item.product else "")
    return next((word for word in ("ER", *_COATED) if word in stated), "")


def _broken(item: Item, release: str) -> tuple[str, Severity] | None:
    """That the form is broken, in words, and how grave that is."""
    text = _FORBIDDEN.sub(" ", item.given.text)
    found = _BROKEN.search(text) or (_SPLIT.search(text) if release == "ER" else None)
    if found:
        return f"is not to be broken ('{found[1].lower()}')", Severity.WARNING
    counts = [option.count for option in item.dosage.options if option.count] if item.dosage else []
    if release == "ER" and any(count.unit == "{tablet}" and not is_whole(count.low) for count in counts):
        return "is divided; check that the tablet is scored", Severity.INFO
    return None


def _too_often(item: Item) -> tuple[str, Severity] | None:
    often = max(
        (exposure.doses[0] for exposure in item.exposures if exposure.per.is_day and not exposure.prn), default=None
    )
    if often is None or often <= _MOST_A_DAY:
        return None
    return f"is taken {printed(often)} times in 24 hours", Severity.WARNING
