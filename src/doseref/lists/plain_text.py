"""A list written as text, one item a line: whose it is, what its headings say of the lines below them, and the letter
that it may stand in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from doseref.items.not_taken import names_in
from doseref.lists.furniture import between, furniture, letterhead
from doseref.lists.headings import (
    as_needed,
    changes,
    dosed,
    facts_in,
    heads_alone,
    name_and_facts,
    no_item,
    of_a_letter,
    person,
    stops,
    without_marks,
)
from doseref.lists.results import unread_kidneys
from doseref.lists.sig_below import ListLine, joined
from doseref.lists.told_sentences import told_sentences
from doseref.lists.who_it_is import facts_of_head, not_understood, split_facts, without_identity
from doseref.names import Names
from doseref.records import replace
from doseref.regimen.facts import PROSE
from doseref.regimen.model import SAYS_WHO, Given, Item
from doseref.regimen.read import read_item

_HEADS_OR_ENDS = "'{0}' may head the lines below or belong to the line above: write '{0}:', or put it behind the item"
"""Why "PRN" alone between items is not read: both are usual, and a guess would make less of what is taken."""
People = list[tuple[str | None, list[Given]]]
"""Person (``None`` for nobody named) and items, in the order of the file."""
_NEEDED = (("prn", "yes"),)
_LETTER = "it belongs to a letter"
_CHANGED = "changed"
"""Marks a sentence about a change until the whole list is known."""
_SIGNATURE_LINES = 5
"""So near below the end of a letter stand the name and the job of who wrote it."""


def lines(text: str) -> list[str]:
    """Lines as an editor counts them: ended by LF, CR LF or CR and by nothing else (a form feed ends no line)."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read_text(path: str, text: str, names: Names) -> People:
    """The people of a text and their items; ``#`` starts a comment line, ``[name]`` another person's list."""
    people: People = []
    under = _Headings(names)
    changed: list[tuple[list[Given], int]] = []
    for row in joined(_numbered(text), names):
        number, written, alone = row.number, row.written, row.alone
        marked = written.startswith("#") or (written.startswith("[") and written.endswith("]"))
        if marked and stops(f"{written.strip('#[]: ')}:") is not None:
            under.heading(written, stops(f"{written.strip('#[]: ')}:") or False)  # "## Stopped": no comment, no person
            continue
        if written.startswith("#"):
            continue
        named = written[1:-1].strip() if marked else person(written, names)
        if marked or named:
            facts = facts_of_head(named, date.today())
            said = [Given(written, place=f"{path}:{number}", left_out=SAYS_WHO, facts=facts)] if facts else []
            people.append((named or None, said))
            under = _Headings(names)
            continue
        if not people:
            people.append((None, []))
        own = people[-1][1]
        for given in under.items(without_marks(written), alone):
            if (under.changed or given.left_out == _CHANGED) and given.left_out in ("", _CHANGED):
                changed.append((own, len(own)))
                given = replace(given, left_out="")
            own.append(replace(given, place=f"{path}:{number}"))
    _said_again(changed, names)
    if people and people[0][0] is None:
        own = people[0][1]
        begun = next((place for place, each in enumerate(own) if each.left_out.startswith(_LETTER)), 0)
        end = len(own) if len(people) > 1 else begun  # the letterhead ends where the letter begins
        own[:end] = [_above_the_name(each, names) for each in own[:end]]
    filled = [each for each in people if each[1]]
    if len(filled) > 1 and filled[0][0] is None and all(given.left_out for given in filled[0][1]):
        filled[1] = (filled[1][0], filled[0][1] + filled[1][1])  # headings above the first person are nobody's list
        del filled[0]
    whole: dict[str | None, list[Given]] = {}
    for name, items in filled:  # a name that comes again, on the next page, is the same person
        whole.setdefault(name, []).extend(items)
    short = {name: without_identity(name) if name else name for name in whole}
    told = Counter(short.values())
    return [(short[name] if told[short[name]] == 1 else name, items) for name, items in whole.items()]


def _numbered(text: str) -> Iterator[ListLine]:
    """The lines with something on them; one begins a paragraph where a blank line or nothing stands before it."""
    alone = True
    for number, line in enumerate(lines(text), start=1):
        written = line.strip()
        if written:
            yield ListLine(number, written, alone, len(line.expandtabs()) - len(line.expandtabs().lstrip()))
        alone = not written


def _above_the_name(given: Given, names: Names) -> Given:
    """A line above the name of the person: that of the letterhead is no item of somebody without a name."""
    if given.left_out or names_in(given.text, names) or dosed(given.text) or not letterhead(given.text):
        return given
    return replace(given, left_out="it stands above the letter or the name")


def _said_again(changed: Iterable[tuple[list[Given], int]], names: Names) -> None:
    """What a section or a sentence says of a change is no item of its own where the list has the medicine besides, in
    just that dose.
    """
    places = list(changed)
    aside = {(id(own), place) for own, place in places}
    for own, place in places:
        told = read_item(1, own[place], names)
        kept = [
            read_item(1, each, names)
            for n, each in enumerate(own)
            if (id(own), n) not in aside and not each.left_out and not each.refused
        ]
        if told.substances and all(_has(kept, told, substance) for substance in told.substances):
            own[place] = replace(own[place], left_out="it tells a change, and the list has the medicine besides")


def _has(kept: Iterable[Item], told: Item, substance: str) -> bool:
    """Whether items hold a substance, and as much of it as a change says, where it says how much in a day."""
    items = [each for each in kept if substance in each.substances]
    new = [each for each in told.exposures if each.substance == substance]
    now = [each for item in items for each in item.exposures if each.substance == substance]
    if not items or not new or not now:
        return bool(items)
    if len({(each.amount.unit, each.per) for each in (*new, *now)}) > 1:
        return False
    high = sum((each.amount.high for each in now), Decimal(0))
    return min(each.amount.low for each in new) <= high <= sum((each.amount.high for each in new), Decimal(0))


class _Headings:
    """What the headings above a line say of it: no longer taken, or only as needed; and whether a letter has ended."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._today = date.today()
        self._stopped = ""
        self.changed = False
        """Whether the heading is that of what was changed."""
        self._needed = False
        self._items_below = False
        self._signed = 0

    def heading(self, words: str, stopped: bool) -> None:
        """From here on another heading holds."""
        self._stopped = words if stopped else ""
        self.changed = changes(words)
        self._needed = as_needed(words)
        self._items_below = False

    def items(self, line: str, alone: bool) -> Iterator[Given]:
        """A line as an item, or as what its sentences say (:mod:`doseref.lists.told_sentences`)."""
        told = told_sentences(line, self._names) if ". " in line or line.endswith(".") else None
        if told is None or self._stopped:
            yield self.item(line, alone)
            return
        yield Given(
            line, left_out=f"it tells what was {'stopped' if told.stopped else 'changed'}", facts=unread_kidneys(line)
        )
        for sentence in told.changed:
            yield Given(sentence, left_out=_CHANGED)

    def item(self, line: str, alone: bool) -> Given:
        """A line as an item, left out where it is none; ``alone``: it begins a paragraph.

        "As needed" holds for the paragraph below its heading only: more would make less of what follows it.
        """
        heads = heads_alone(line) if alone else stops(line)
        if heads is not None:
            self.heading(line, heads)
            return Given(line, left_out="it is a heading")
        if not alone and as_needed(line):
            return Given(line, refused=_HEADS_OR_ENDS.format(line.strip()))
        if alone and self._items_below:
            self._needed = False
        facts = facts_in(line, self._today)
        if facts is not None:
            why = SAYS_WHO if facts else "what it says of the person is not understood"
            unclear = unread_kidneys(line) or not_understood(line, self._today)
            return Given(line, left_out=why, facts=facts or unclear)
        named = name_and_facts(line, self._today)
        if named and not names_in(line, self._names):
            return Given(line, left_out=SAYS_WHO, facts=named)
        why = no_item(line) or self._letter(line) or between(line) or self._furniture(line)
        if why:
            return Given(line, left_out=why, facts=self._told(line) or unread_kidneys(line))
        self._items_below = True
        if self._stopped:
            why = f"it stands below the heading '{self._stopped}'"
            return Given(line, left_out=why, facts=unread_kidneys(line))
        kidneys = () if dosed(line) or names_in(line, self._names) else unread_kidneys(line)
        return Given(line, columns=_NEEDED if self._needed else (), facts=kidneys)

    def _furniture(self, line: str) -> str:
        """Why a line that names no medicine and no dose is of the letter round the list."""
        why = furniture(line)
        return "" if why and (dosed(line) or names_in(line, self._names)) else why

    def _letter(self, line: str) -> str:
        """Why a line that names no medicine is no item: it greets, ends a letter or stands below its end."""
        self._signed -= 1
        part = of_a_letter(line, self._signed > 0)
        if not part or names_in(line, self._names):
            return ""
        if part == "end":
            self._signed = _SIGNATURE_LINES
        said = self._told(line)
        if not said:
            return _LETTER
        facts = ", ".join(words.replace(": ", " ", 1) for _, words in said)
        return f"{_LETTER}; what it says of the person ({facts}) is not used: write it on a line of its own"

    def _told(self, line: str) -> tuple[tuple[str, str], ...]:
        """What the first sentences of a letter say of the person: told, and no fact."""
        if of_a_letter(line, False) != "greeting":
            return ()
        return tuple((PROSE, f"{role}: {cell}") for role, cell in split_facts(line, self._today)[1])
