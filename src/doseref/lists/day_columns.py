"""Columns for the times of a day, as charts and medication plans have them: how much is taken in the morning, at noon …

One cell says how much at that time ("1", "½", "500 mg"), or only that it is taken then ("x"). An empty cell, a dash and
a nought are no dose. Together they are the directions of the row; what they come to is worked out by the sig language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from doseref.lists.unit_heads import plain
from doseref.patterns import regex
from doseref.regimen.merged import as_words

HEADS: dict[str, str] = {
    "morning": "morning|mornings|in the morning|am|mane|breakfast|with breakfast|at breakfast",
    "noon": "noon|midday|lunch|lunchtime|with lunch|at lunch|at noon",
    "afternoon": "afternoon|in the afternoon|tea|teatime|tea time",
    "evening": "evening|evenings|in the evening|pm|dinner|supper|with dinner|with supper|dinner time",
    "night": "night|nights|at night|bedtime|at bedtime|bed time|nocte|hs",
}
"""Role → how its column is headed."""
_SAID = {
    "morning": "in the morning",
    "noon": "at noon",
    "afternoon": "in the afternoon",
    "evening": "in the evening",
    "night": "at bedtime",
}
_CLOCK = regex(r"(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9]|(?:[01][0-9]|2[0-3])[0-5][0-9] ?h(?:rs?)?|(?:[1-9]|1[0-2]) ?[ap]m")
_NOTHING = frozenset(("", "-", "–", "—", "0", "0.0", "nil", "none", "no", "/"))
_MARKS = frozenset(("x", "✓", "✔", "☑", "☒", "•", "yes", "y", "*"))


def clock(head: str) -> str:
    """What a head that is a time by the clock says ("08:00" → "at 08:00"); empty for any other."""
    time = head.strip().lower()
    return f"at {time.replace('.', ':')}" if _CLOCK.fullmatch(time) else ""


def directions(cell: Callable[[str], str], hours: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The directions that the cells of a day come to, and why they cannot be read together; both empty where no cell says
    that anything is taken, the second where nothing is amiss.

    ``cell`` gives what stands under a role; ``hours`` are the clock times of the header in their order, each with what
    stands under it. A mark says when, and leaves how much to the other columns. What a column of its own says to
    be as needed is so at each of the times, and for its reason.
    """
    prn = cell("prn")
    needed = f" {as_words('prn', prn)}".rstrip() if prn else ""
    times = [(_SAID[role] + needed, cell(role)) for role in HEADS] + [(when + needed, words) for when, words in hours]
    taken = [(when, words) for when, words in times if _looked_up(words) not in _NOTHING]
    marked = [_looked_up(words) in _MARKS for _, words in taken]
    mixed = any(marked) and not all(marked)
    said = ", ".join(when if mark else f"{words} {when}" for mark, (when, words) in zip(marked, taken, strict=True))
    return said, "some times of the day have a figure and some a mark: how much does a mark mean?" if mixed else ""


def _looked_up(words: str) -> str:
    """A cell as it is looked up."""
    return plain(words) or words.strip().lower()
