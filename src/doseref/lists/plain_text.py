"""A list written as text, one item a line: whose it is, what its headings say of the lines below them, and the letter
that it may stand in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from doseref.items.not_taken import names_in
from doseref.lists.headings import as_needed, facts_in, heads_alone, no_item, of_a_letter, person, stops, without_marks
from doseref.lists.results import unread_kidneys
from doseref.lists.who_it_is import facts_of_head, split_facts
from doseref.names import Names
from doseref.records import replace
from doseref.regimen.facts import PROSE, UNCLEAR
from doseref.regimen.model import SAYS_WHO, Given

_HEADS_OR_ENDS = "'{0}' may head the lines below or belong to the line above: write '{0}:', or put it behind the item"
"""Why "PRN" alone between items is not read: both are usual, and a guess would make less of what is taken."""
People = list[tuple[str | None, list[Given]]]
"""Person (``None`` for nobody named) and items, in the order of the file."""
_NEEDED = (("prn", "yes"),)
_LETTER = "it belongs to a letter"
_SIGNATURE_LINES = 5
"""So near below the end of a letter stand the name and the job of who wrote it."""


def lines(text: str) -> list[str]:
    """Lines as an editor counts them: ended by LF, CR LF or CR and by nothing else (a form feed ends no line)."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read_text(path: str, text: str, names: Names) -> People:
    """The people of a text and their items; ``#`` starts a comment line, ``[name]`` another person's list."""
    people: People = []
    under = _Headings(names)
    for number, written, alone in _numbered(text):
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
        people[-1][1].append(replace(under.item(without_marks(written), alone), place=f"{path}:{number}"))
    filled = [each for each in people if each[1]]
    if len(filled) > 1 and filled[0][0] is None and all(given.left_out for given in filled[0][1]):
        filled[1] = (filled[1][0], filled[0][1] + filled[1][1])  # headings above the first person are nobody's list
        del filled[0]
    whole: dict[str | None, list[Given]] = {}
    for name, items in filled:  # a name that comes again, on the next page, is the same person
        whole.setdefault(name, []).extend(items)
    return list(whole.items())


def _numbered(text: str) -> Iterator[tuple[int, str, bool]]:
    """The lines with something on them: number, words, and whether it begins a paragraph (a blank line or nothing
    stands before it).
    """
    alone = True
    for number, line in enumerate(lines(text), start=1):
        written = line.strip()
        if written:
            yield number, written, alone
        alone = not written


class _Headings:
    """What the headings above a line say of it: no longer taken, or only as needed; and whether a letter has ended."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._today = date.today()
        self._stopped = ""
        self._needed = False
        self._items_below = False
        self._signed = 0

    def heading(self, words: str, stopped: bool) -> None:
        """From here on another heading holds."""
        self._stopped = words if stopped else ""
        self._needed = as_needed(words)
        self._items_below = False

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
            unclear = unread_kidneys(line) or ((UNCLEAR, f"'{line}'"),)
            return Given(line, left_out=why, facts=facts or unclear)
        why = no_item(line) or self._letter(line)
        if why:
            return Given(line, left_out=why, facts=self._told(line) or unread_kidneys(line))
        self._items_below = True
        if self._stopped:
            why = f"it stands below the heading '{self._stopped}'"
            return Given(line, left_out=why, facts=unread_kidneys(line))
        return Given(line, columns=_NEEDED if self._needed else ())

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
