"""What medicines are for, by all its names: the uses that a text names ("hay fever" and "seasonal allergies" are one).

The names stand in ``indications.txt``, each with its source. A text is looked through word by word, the longest name first; what is
said in another spelling, in the plural, with hyphens, in another turn ("pain in the lower back", "my back hurts") or with an article
inside is found by rule and stands there once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from doseref.patterns import regex
from doseref.records import record

_TABLE = Path(__file__).with_name("indications.txt")
_WORD = regex(r"[^\W_]+(?:['’]s\b)?")
_SPELLINGS = (
    ("haem", "hem"), ("aemi", "emi"), ("oedem", "edem"), ("oesoph", "esoph"), ("rrhoe", "rrhe"), ("ischaem", "ischem"), ("oestr", "estr"), ("tumour", "tumor"),
    ("paed", "ped"), ("anaesth", "anesth"), ("leukaem", "leukem"), ("foet", "fet"), ("traveller", "traveler"), ("pnoe", "pne"), ("labour", "labor"),
    ("coeli", "celi"), ("behaviour", "behavior"), ("neurone", "neuron"),
)  # fmt: skip
"""British spellings of parts of words, and the American ones under which names stand."""
_PLURALS = {"teeth": "tooth", "feet": "foot", "hurting": "hurt", "aching": "ache", "achy": "ache", "achey": "ache"}
"""Forms of words that no ending tells, and of what aches."""
_LEFT_OUT = frozenset("mellitus pectoris rheumatica gravidarum".split())
"""Words of a name that people leave out: "type 2 diabetes", "angina", "polymyalgia"."""
_INSIDE = frozenset("a an the your my his her their our that which".split())
"""Words that may stand between those of a name: "pain in the back", "a clot on his lung"."""
_HURTS = (
    "pain in *",
    "pain of *",
    "pain from *",
    "painful *",
    "sore *",
    "soreness in *",
    "ache *",
    "ache in *",
    "* ache",
    "* hurt",
    "* ~ sore",
)
_INFLAMED = ("inflammation of *", "inflammation in *", "inflamed *")
_NEEDS = (
    *(
        "* dependency",
        "* addiction",
        "* misuse",
        "* use disorder",
        "* habit",
        "* craving",
        "* addict",
        "craving for *",
        "dependence on *",
    ),
    *("addiction to *", "addicted to *", "dependent on *"),
)
_TURNS_BEHIND = {
    "pain": _HURTS,
    "ache": ("* pain", *_HURTS),
    "infection": ("infection of *", "infection in *", "infection on *", "infected *"),
    "inflammation": _INFLAMED,
    "ulcer": ("ulcer of *", "ulcer in *", "* ulceration"),
    "cancer": ("cancer of *", "carcinoma of *", "* carcinoma"),
    "thrush": ("thrush of *", "thrush in *", "* candidosis", "* candidiasis", "* candida", "* yeast", "* yeast infection", "yeast infection of *"),
    "swelling": ("swollen *", "swelling of *", "swelling in *", "puffy *", "* swell", "fluid in *", "fluid on *", "water in *", "water on *", "* edema"),
    "enlargement": ("enlarged *", "enlargement of *", "swollen *", "big *"),
    "loss": ("loss of *", "losing *", "lose *"),
    "clot": ("clot in *", "clot on *", "blood clot in *", "blood clot on *"),
    "fungus": ("fungal *", "fungal * infection", "* fungal infection", "fungal infection of *", "fungus of *", "fungus in *", "fungus on *", "fungus under *"),
    "replacement": ("new *", "replacement of *", "replaced *", "* replaced", "artificial *", "* surgery", "* operation", "* arthroplasty", "total * replacement"),
    "sickness": ("* sick", "sick in *", "sickness in *", "sickness on *", "sick on *"),
    "ringworm": ("ringworm of *", "ringworm on *", "ringworm in *"),
    "abscess": ("abscess of *", "abscess in *", "abscess on *"),
    "cramp": ("cramp in *", "cramp of *", "* spasm", "cramping *", "* cramping"),
    "stone": ("stone in *", "stone of *", "* calculus"),
    "dependence": _NEEDS,
    "withdrawal": ("withdrawal from *", "coming off *", "come off *", "* detox", "* detoxification"),
    "deficiency": (
        *("low *", "lack of *", "deficiency of *", "deficient in *", "shortage of *", "short of *", "* ~ low"),
        *("* level ~ low", "* ~ deficient", "* depletion"),
    ),
}  # fmt: skip
"""How else a name is said by its last word; ``*`` is what stands before it, ``~`` words that join a thing and its state."""
_LINKS = frozenset(
    "is are was too very run go gone get getting grown stay still always that which has have been become so".split()
)
"""Words that join a part of the body and its state, ``~`` in a turn: "blood sugar that runs too high"."""
_CANNOT = ("can't *", "cannot *", "can not *", "unable to *", "not able to *", "struggle to *", "inability to *")
_TURNS_FRONT = {
    "high": (
        *(f"{word} *" for word in ("raised", "elevated", "increased", "rising")),
        *("* ~ raised", "* ~ up", "* ~ elevated", "* ~ rising", "too much *", "excess *"),
        *("lowering *", "* lowering", "bringing down *", "bringing * down"),
        *("to lower *", "to reduce *", "to bring down *", "to bring * down", "to get * down", "to cut *"),
    ),
    "low": ("falling *", "* ~ falling", "to raise *", "to bring up *", "too little *"),
    "difficulty": ("trouble *", "difficulty in *", "trouble with *", "problem *", "problem with *", "difficulty with *", "trouble in *"),
    "runny": ("* run", "* stream", "* drip"),
    "stopping": tuple(
        f"{word} *"
        for word in ("stop", "quit", "quitting", "give up", "giving up", "pack in", "packing in", "kick", "kicking", "come off", "coming off", "get off", "getting off")
    ),
}  # fmt: skip
"""How else a name is said by its first word."""
_BASE = {
    "sleeping": "sleep",
    "getting": "get",
    "passing": "pass",
    "falling": "fall",
    "staying": "stay",
    "keeping": "keep",
    "urinating": "urinate",
}
"""What stands behind "cannot" for what stands behind "difficulty"."""
_STATES = frozenset(
    "blocked stuffy runny itchy sore watery swollen inflamed infected painful dry weak brittle thin overactive underactive enlarged irregular high low worn".split()
)
"""What is said of a part of the body in front of it or behind it; two may stand in front of it ("itchy, watery eyes")."""
_LIKE = {
    "blocked": (
        "bunged up",
        "stuffed up",
        "blocked up",
        "clogged up",
        "plugged up",
        "bunged",
        "stuffed",
        "clogged",
        "plugged",
        "congested",
    ),
    "runny": ("running", "streaming", "dripping", "drippy"),
    "watery": ("streaming", "weepy", "runny", "watering"),
    "brittle": ("fragile",),
    "thin": ("thinning",),
    "worn": ("worn out", "wear and tear of"),
    "overactive": ("hyperactive", "racing", "fast"),
    "underactive": ("slow", "sluggish", "lazy", "low", "slowed down"),
    "enlarged": ("large", "big"),
    "weak": ("failing", "weakened"),
}
"""What else is said for such a word."""
_OF_PART = {
    "oral": "mouth", "vaginal": "vagina", "nasal": "nose", "renal": "kidney", "gastric": "stomach", "duodenal": "duodenum", "esophageal": "gullet",
    "pulmonary": "lung", "dental": "tooth", "ocular": "eye", "abdominal": "tummy", "muscular": "muscle", "prostatic": "prostate", "facial": "face",
    "genital": "genitals", "urinary": "urine",
}  # fmt: skip
"""What is said of a part of the body, and that part: "nasal congestion", "congestion in the nose"."""
_BESIDE = _STATES | frozenset("and or very red streaming".split())


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
    guarded: dict[str, str]
    """Single words that name a use only where nothing else can be meant → their uses."""
    told: dict[str, tuple[tuple[str, ...], ...]]
    """Use → its names as they stand in the file."""
    wider: dict[str, frozenset[str]]
    """Use → itself and all uses that it is a kind of."""


def _plain(word: str) -> str:
    """A word as names are looked up: lower case, American spelling, singular, without a possessive."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    for british, american in _SPELLINGS:
        if british in word:
            word = word.replace(british, american)
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("uses") and len(word) > 5:
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _forms(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The ways in which a name is said that follow from it by rule; the words of a name are plain ones."""
    yield tuple(word for word in words if word not in _LEFT_OUT)
    yield from _parted(words)
    if len(words) == 1:
        return
    first, *rest = words
    for turn in _TURNS_BEHIND.get(words[-1], ()):
        yield _turned(turn, words[:-1])
    for turn in _TURNS_FRONT.get(first, ()):
        yield _turned(turn, rest)
    if first == "difficulty" and rest[0] in _BASE:
        for turn in _CANNOT:
            yield _turned(turn, (_BASE[rest[0]], *rest[1:]))
    if first in _STATES:
        for state in (first, *_LIKE.get(first, ())):
            yield (*state.split(), *rest)
            yield (*rest, "~", *state.split())
    if part := _OF_PART.get(first):
        yield (_plain(part), *rest)
        yield (*rest, "of", _plain(part))
        yield (*rest, "in", _plain(part))
    if rest[0] == "blood" and rest[-1] == "level":
        for kind in ((), ("blood",), ("serum",)):
            yield (first, *kind, *rest[1:-1])
            yield (first, *kind, *rest[1:])
    if len(words) == 2 and len("".join(words)) > 6:
        yield ("".join(words),)


def _parted(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A name with "over" and "under" as words of their own ("an under-active thyroid")."""
    for n, word in enumerate(words):
        for front in ("over", "under"):
            if word.startswith(f"{front}a"):
                yield (*words[:n], front, word.removeprefix(front), *words[n + 1 :])


def _turned(turn: str, words: Sequence[str]) -> tuple[str, ...]:
    """A turn of speech with the words that stand for ``*`` in it."""
    parts = turn.replace("'", " ").split()  # as the words of a text are parted
    return tuple(
        each for part in parts for each in (words if part == "*" else (part if part == "~" else _plain(part),))
    )


def _lines() -> Iterator[tuple[str, str, str]]:
    """The rows of the table: the use, the wider ones, a name."""
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            use, wider, told, _ = line.split("\t")
            for name in told.split("; "):
                for words in product(*(word.split("/") for word in name.split(" "))):
                    yield use, wider, " ".join(words)


@cache
def _table() -> _Uses:
    names: dict[tuple[str, ...], str] = {}
    guarded: dict[str, str] = {}
    told: dict[str, list[tuple[str, ...]]] = {}
    kinds: dict[str, set[str]] = {}
    for use, wider, name in _lines():
        kinds.setdefault(use, {use}).update(wider.split())
        if name.startswith("="):
            guarded[name[1:]] = use
            continue
        words = tuple(map(_plain, _WORD.findall(name)))
        names.setdefault(words, use)
        told.setdefault(use, []).append(words)
    for use, each in told.items():
        for words in each:
            for form in _forms(words):
                names.setdefault(form, use)  # what stands in the file goes first
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, use in names.items():
        by_first.setdefault(words[0], []).append((words, use))
    return _Uses(
        {first: tuple(sorted(each, key=lambda pair: -len(pair[0]))) for first, each in by_first.items()},
        guarded,
        {use: tuple(each) for use, each in told.items()},
        {use: _with_wider(use, kinds) for use in kinds},
    )


def _with_wider(use: str, kinds: dict[str, set[str]]) -> frozenset[str]:
    found, left = {use}, [use]
    while left:
        new = kinds.get(left.pop(), set()) - found
        found |= new
        left += new
    return frozenset(found)


def _end(words: Sequence[str], place: int, name: tuple[str, ...]) -> int | None:
    """Behind which word a name ends that begins at ``place``; ``None`` where another stands there."""
    between = _BESIDE if name[0] in _STATES else _INSIDE
    for n, word in enumerate(name):
        if word == "~":
            while place < len(words) and words[place] in _LINKS and words[place] != name[n + 1]:
                place += 1
            continue
        while n and place < len(words) and words[place] != word and words[place] in (between if n == 1 else _INSIDE):
            place += 1
        if place >= len(words) or words[place] != word:
            return None
        place += 1
    return place


_AIMS = regex(
    r"(?:\A|\b(?:for|against|treat(?:s|ing)?|(?:reliev|eas|prevent|stop|calm|control|sooth|settl)(?:e|es|s|ing)?|(?:relief|treatment|prevention|control)\s+of))"
    r"\W*(?:(?:the|an?|your|my|his|her|their|bad|mild|severe|acute|common|simple|minor)\s+)*\Z",
    re.I,
)
"""What stands in front of a word that names a use only there: "for nerves", "to stop fits"; or it stands first."""
_CLOSES = regex(
    r"\s*(?:\Z|[,;:.()/|–—\n]|-\s|(?:and|or)\b|in\s+(?:adults?|child|kids|babies|infants|wom[ae]n|m[ae]n\b|people|pregnan|the\s+elderly))"
)
_GOES_ON = regex(
    r"\s*(?:\Z|[,;:.()/|–—\n]|-\s|\d|(?:and|or|in|is|are|the|an?|take|give|use|try|adults?|children|you|we|it|on|at|with|when|by)\b)"
)


def _is_meant(text: str, start: int, end: int) -> bool:
    """Whether a word that has other meanings names a use: behind "for" or the like, or as a label."""
    aim = _AIMS.search(text, 0, start)
    return (
        aim is not None
        and (_GOES_ON if aim.group()[:1].isalpha() and aim.start() else _CLOSES).match(text, end) is not None
    )


def _is_one_of_many(words: Sequence[str], place: int) -> bool:
    """Whether something is told each time it happens: "2 mg after each (further) loose stool" is when, and not what for."""
    return any(
        back <= place and words[place - back] == "after" and words[place - back + 1] in ("each", "every")
        for back in (2, 3)
    )


@lru_cache(maxsize=4096)
def uses_in(text: str) -> tuple[NamedUse, ...]:
    """The uses that a text names, in order; a name inside a longer one is not told by itself."""
    table = _table()
    hits = list(_WORD.finditer(text))
    words = [_plain(hit.group()) for hit in hits]
    found: list[NamedUse] = []
    place = 0
    while place < len(words):
        start = hits[place].start()
        for name, use in () if _is_one_of_many(words, place) else table.names.get(words[place], ()):
            end = _end(words, place, name)
            if end is not None:
                found.append(NamedUse(use, start, hits[end - 1].end()))
                beside = name[0] in _STATES and end - place > len(name)
                place = place + 1 if beside else end
                break
        else:
            meant = table.guarded.get(hits[place].group().lower())
            if meant is not None and _is_meant(text, start, hits[place].end()):
                found.append(NamedUse(meant, start, hits[place].end()))
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
        parts += [text[reached : max(reached, each.start)], " "]
        reached = max(reached, each.end)  # two names may share a word ("a blocked or runny nose")
    return "".join((*parts, text[reached:]))


def wider(use: str) -> frozenset[str]:
    """A use and all uses that it is a kind of."""
    return _table().wider[use]


def related(one: str, other: str) -> bool:
    """Whether two uses are the same, or one is a kind of the other; two kinds of one are not."""
    return one in wider(other) or other in wider(one)


@lru_cache(maxsize=512)
def names_of(use: str) -> tuple[tuple[str, ...], ...]:
    """The names of a use, each as its words are looked up."""
    return _table().told.get(use, ())


def is_known(text: str) -> bool:
    """Whether a text names a use."""
    return bool(uses_in(text))
