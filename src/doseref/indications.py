"""What medicines are for, by all its names: the uses that a text names ("hay fever" and "seasonal allergies" are one).

The names stand in ``indications.txt``, each with its source. A text is looked through word by word, the longest name first; what is
said in another spelling, in the plural or with hyphens is found by rule and stands there once.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from doseref.patterns import regex
from doseref.records import record

_TABLE = Path(__file__).with_name("indications.txt")
_WORD = regex(r"[^\W_]+(?:['’]s\b)?")
_SPELLINGS = (
    ("haem", "hem"), ("aemi", "emi"), ("oedem", "edem"), ("oesoph", "esoph"), ("rrhoe", "rrhe"), ("ischaem", "ischem"), ("oestr", "estr"), ("tumour", "tumor"),
    ("paed", "ped"), ("anaesth", "anesth"), ("leukaem", "leukem"), ("foet", "fet"), ("traveller", "traveler"),
)  # fmt: skip
"""British spellings of parts of words, and the American ones under which names stand."""
_LEFT_OUT = frozenset("mellitus pectoris rheumatica gravidarum".split())
"""Words of a name that people leave out: "type 2 diabetes", "angina", "polymyalgia"."""
_LACKS = (("low",), ("lack", "of"), ("deficiency", "of"), ("deficient", "in"), ("shortage", "of"), ("short", "of"))
"""What stands in front of the name of what somebody has too little of."""

_IS_LOW = (("is", "low"), ("are", "low"), ("level", "is", "low"), ("level", "are", "low"), ("deficient",))
"""What stands behind it."""


@record
class NamedUse:
    """One use that a text names: its id and where its name begins and ends in the text."""

    use: str
    start: int
    end: int


@record
class _Uses:
    names: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    """First word → the names that begin with it, the longest first, and their uses."""
    wider: dict[str, frozenset[str]]
    """Use → itself and all uses that it is a kind of."""


def _plain(word: str) -> str:
    """A word as names are looked up: lower case, American spelling, singular, without a possessive."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    for british, american in _SPELLINGS:
        if british in word:
            word = word.replace(british, american)
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("uses") and len(word) > 5:
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _forms(name: str) -> list[tuple[str, ...]]:
    """A name and the ways in which it is said that follow from it by rule."""
    words = tuple(map(_plain, _WORD.findall(name)))
    found = [words]
    if shorter := tuple(word for word in words if word not in _LEFT_OUT):
        found.append(shorter)
    if words[-1] == "inflammation" and len(words) > 1:
        found.append(("inflamed", *words[:-1]))
    if words[-1] == "deficiency" and len(words) > 1:
        found += [(*lack, *words[:-1]) for lack in _LACKS]
        found += [(*words[:-1], *behind) for behind in _IS_LOW]
    return found


@cache
def _table() -> _Uses:
    names: dict[str, dict[tuple[str, ...], str]] = {}
    kinds: dict[str, set[str]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        use, wider, told, _ = line.split("\t")
        kinds.setdefault(use, {use}).update(wider.split())
        for name in told.split("; "):
            for words in _forms(name):
                names.setdefault(words[0], {}).setdefault(words, use)
    whole: dict[str, frozenset[str]] = {}
    for use in kinds:
        found, left = {use}, [use]
        while left:
            new = kinds.get(left.pop(), set()) - found
            found |= new
            left += new
        whole[use] = frozenset(found)
    ordered = {first: tuple(sorted(each.items(), key=lambda pair: -len(pair[0]))) for first, each in names.items()}
    return _Uses(ordered, whole)


@lru_cache(maxsize=4096)
def uses_in(text: str) -> tuple[NamedUse, ...]:
    """The uses that a text names, in order; a name inside a longer one is not told by itself."""
    table = _table()
    hits = list(_WORD.finditer(text))
    words = [_plain(hit.group()) for hit in hits]
    found: list[NamedUse] = []
    place = 0
    while place < len(words):
        for name, use in table.names.get(words[place], ()):
            if tuple(words[place : place + len(name)]) == name:
                found.append(NamedUse(use, hits[place].start(), hits[place + len(name) - 1].end()))
                place += len(name)
                break
        else:
            place += 1
    return tuple(found)


_LONGEST = 60
"""Characters: no name of a use is longer."""


def use_at(text: str, start: int) -> NamedUse | None:
    """The use whose name begins at ``start``; ``None`` where none does."""
    first = _WORD.match(text, start)
    if first is None or _plain(first.group()) not in _table().names:
        return None
    named = uses_in(text[start : start + _LONGEST])
    found = named[0] if named and named[0].start == 0 else None
    return NamedUse(found.use, start, start + found.end) if found else None


def without_uses(text: str) -> str:
    """``text`` with a space for each use that it names."""
    parts, reached = [], 0
    for each in uses_in(text):
        parts += [text[reached : each.start], " "]
        reached = each.end
    return "".join((*parts, text[reached:]))


def related(one: str, other: str) -> bool:
    """Whether two uses are the same, or one is a kind of the other; two kinds of one are not."""
    wider = _table().wider
    return one in wider[other] or other in wider[one]


@lru_cache(maxsize=512)
def names_of(use: str) -> tuple[tuple[str, ...], ...]:
    """The names of a use, each as its words are looked up."""
    return tuple(name for names in _table().names.values() for name, named in names if named == use)


def is_known(text: str) -> bool:
    """Whether a text names a use."""
    return bool(uses_in(text))
