"""A list in which the medicine stands on one line and how it is taken on the next, as visit summaries print it::

    cephalexin (KEFLEX) 500 MG capsule
      Take 1 capsule (500 mg total) by mouth 4 (four) times daily for 7 days.

Only a line that names a medicine and says nothing of how it is taken has the next ones joined to it, and only those
that name no medicine: they stand further in, or are an instruction that is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from doseref.items.not_taken import names_in
from doseref.lists.furniture import between, furniture
from doseref.lists.headings import facts_in, no_item, person, stops
from doseref.lists.results import unread_kidneys
from doseref.names import Names
from doseref.patterns import regex
from doseref.records import record
from doseref.regimen.model import Given
from doseref.regimen.read import read_item

_TAKEN = regex(
    r"(?:take|inject|apply|use|inhale|place|instill?|insert|dissolve|chew|swallow|give|administer|spray|put|rub|drink|mix|dilute)\b",
    re.I,
)
_FOR = regex(r"[(\[]?(?:for|indication|reason|to\s(?:help|treat|prevent))\b", re.I)
"""What goes on with the line above, whatever that says: "for gout", "for 7 days"."""
_MOST_LINES = 8
"""So many lines at most tell how one medicine is taken."""


@record
class ListLine:
    """A line with something on it: its number, its words, whether it begins a paragraph, and how far in it stands."""

    number: int
    written: str
    alone: bool
    indent: int


def joined(rows: Iterable[ListLine], names: Names) -> Iterator[ListLine]:
    """The lines, each medicine with the lines below it that say how it is taken; what stands between comes after it."""
    known = list(rows)
    place = 0
    while place < len(known):
        line, after = known[place], place + 1
        told: list[ListLine] = []
        aside: list[ListLine] = []
        while after < len(known) and len(told) < _MOST_LINES and not known[after].alone:
            below = known[after]
            if between(below.written):
                aside.append(below)
            elif _says_how(line, below, names):
                told.append(below)
            else:
                break
            after += 1
        goes_on = all(_FOR.match(each.written) and each.indent > line.indent for each in told)
        if not told or not (names_in(line.written, names) if goes_on else _says_no_how(line, names)):
            yield line
            place += 1
            continue
        words = " ".join((line.written, *(each.written for each in told)))
        yield ListLine(line.number, words, line.alone, line.indent)
        yield from aside
        place = after


def _says_how(line: ListLine, below: ListLine, names: Names) -> bool:
    """Whether a line below a medicine names none itself and may say how it is taken."""
    further = below.indent > line.indent
    if not (further or _TAKEN.match(below.written)) or names_in(below.written, names):
        return False
    words = below.written
    if words.startswith(("#", "[")) or stops(words) is not None or no_item(words) or person(words) or furniture(words):
        return False
    if facts_in(words, date.today()) is not None or unread_kidneys(words):
        return False  # what it says of the person is not of the medicine above
    return further or names.data.parse(below.written).status == "read"


def _says_no_how(line: ListLine, names: Names) -> bool:
    """Whether a line names a medicine and nothing of how it is taken."""
    if line.written.startswith(("#", "[")) or not names_in(line.written, names):
        return False
    item = read_item(1, Given(line.written), names)
    options = item.dosage.options if item.dosage else ()
    return not item.exposures and not any(each.times or each.every or each.when or each.prn for each in options)
