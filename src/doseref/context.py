"""What a statement is about besides its dose: for whom, for what, by which way, and in what part of a treatment."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from doseref.indications import related, uses_in, without_uses
from doseref.patterns import regex
from doseref.records import record, replace


@record
class Context:
    """Whom and what one statement is about, as far as the text around it says; ``None`` is not said.

    Whatever is stated counts; an adult in general is not stated.
    """

    population: str | None = None
    """``children``, ``older adults``, ``pregnancy``, ``kidney impairment``, ``liver impairment``, ``men``,
    ``women``, ``adults``.
    """
    band: str | None = None
    """An age or weight band as written ("6 to 12 years", "12-17 lbs")."""
    route: str | None = None
    form: str | None = None
    release: str | None = None
    indication: str | None = None
    """What it is for, lower case ("hypertension"), as a label or heading says."""
    purpose: str | None = None
    """``loading``, ``maintenance``, ``starting``, ``single``, ``repeat``, ``infusion``, ``reversal``,
    ``premedication``.
    """
    setting: str | None = None
    """``over the counter`` or ``prescription``."""
    condition: str | None = None
    """What the sentence or a label says besides ("in severe gout", "start"): sets doses of one page apart."""
    group: str | None = None
    """Whom its sentence limits the dose to in words of its own ("you already take a water pill", "with amlodipine")."""

    def to_json(self) -> dict[str, Any]:
        """The parts that are stated."""
        parts = ("population", "band", "route", "form", "release", "indication", "purpose", "setting", "group")
        return {name: getattr(self, name) for name in parts if getattr(self, name)}

    def within(self, outer: Context) -> Context:
        """This context where it speaks, else what stands around it.

        A population of its own ends the band around it ("Children 6 to 12 years: … Adults: …").
        """
        if outer is NOTHING or outer == NOTHING:
            return self
        if self is NOTHING:
            return outer
        return Context(
            self.population or outer.population,
            self.band or (outer.band if not self.population else None),
            self.route or outer.route,
            self.form or (outer.form if not self.route else None),
            self.release or outer.release,
            self.indication or outer.indication,
            self.purpose or outer.purpose,
            self.setting or outer.setting,
            self.condition or outer.condition,
            self.group or outer.group,
        )

    @property
    def use(self) -> str | None:
        """What it is for, as the labels around it or its sentence say; ``None`` where neither does."""
        return " ".join(part for part in dict.fromkeys((self.indication, self.condition)) if part) or None

    def words(self) -> str:
        """In words for a person: "children, loading"; empty where nothing is stated."""
        kept = replace(self, route=None, release=None)
        return ", ".join(str(value) for value in kept.to_json().values() if value != "adults")


NOTHING = Context()


def compatible(a: Context, b: Context, *, same_page: bool) -> bool:
    """Whether figures in two contexts can contradict each other.

    Population, purpose and setting must be the same (an adult in general is none); other parts only where both state
    them. On one page the parts that set a dose apart must be the same throughout: who writes two doses of a drug below
    each other under different labels means both.
    """
    if "infusion" in (a.purpose, b.purpose):
        return False  # a rate is set to effect
    a, b = _without_idle(a, b), _without_idle(b, a)
    case = _group_of_a_row(a, b) or _group_of_a_row(b, a)
    if case:
        a, b = case
    if bool(_MOST.search(a.use or "")) != bool(_MOST.search(b.use or "")):
        return False
    if not same_people(a, b) or _counter(a) != _counter(b):
        return False
    if a.purpose != b.purpose and not (begun(a) and begun(b)):
        return False
    if same_page:
        return (a.form, a.release, a.route) == (b.form, b.release, b.route) and (
            _same_words(a, b) or (case is not None and not (a.use and b.use))
        )
    ours, theirs = _lasting_use(a), _lasting_use(b)
    if ours and theirs and not alike(ours, theirs):
        return False
    if (_at_first(a) and _is_after(b)) or (_at_first(b) and _is_after(a)):
        return False
    pairs = ((a.form, b.form), (a.release, b.release))
    return all(one == other or one is None or other is None for one, other in pairs)


def same_people(a: Context, b: Context) -> bool:
    """Whether two contexts are about the same people, an adult in general where they do not say."""
    return _who(a, b) == _who(b, a)


def begun(context: Context) -> bool:
    """Whether it is about the dose that a treatment starts with."""
    return context.purpose == "starting" or context.condition == "start" or _at_first(context)


_FIRST = regex(r"\bfirst\s+(?:\d{1,3}\s+|few\s+|two\s+|three\s+)?(?:days?|weeks?|months?)\b", re.I)


def _is_after(context: Context) -> bool:
    return context.condition == "later" or context.purpose == "maintenance"


def _at_first(context: Context) -> bool:
    """Whether it is about the first days or weeks of a treatment: what is taken later says nothing against that."""
    return bool(_FIRST.search(context.condition or ""))


_GENERAL = frozenset(
    "dose acute chronic mild moderate severe management treatment relief everyday common with from their your "
    "tablet tablets capsule capsules medicine medicines drug drugs pills remedy remedies spray sprays cream drops treat prevent therapy "
    "course first second hour hours days weeks year years month months others usual short "
    "prevention preventing prevent prevents prophylaxis prophylactic keep keeps keeping away disease diseases disorder disorders attack attacks flare flares episode episodes adult adults child children man woman women patient patients people suspected known opioid opioids".split()
)
_SHORT = frozenset("vf vt svt af hf mi pe uti tb ra oa cap hap hiv ibs gad ocd acs chf htn bph mrsa copd".split())
"""Abbreviations of diseases: words so short tell one use from another only where they are names."""
_DESPITE = regex(r"\b\w+-(?:resistant|refractory|induced|related|associated)\b", re.I)
"""What goes in front of a disease and is not its name ("shock-resistant VF")."""
_OR = regex(r"\s*/\s*|\s+or\s+")


@lru_cache(maxsize=1024)
def _named(indication: str) -> frozenset[str]:
    """What tells an indication from others: the uses that it names, and its other words as far as their endings do not
    differ ("nerve pain" and "pain").
    """
    bare = _DESPITE.sub(" ", indication)
    told = frozenset(each.use for each in uses_in(bare)) | _telling(without_uses(bare))
    return told or frozenset(_words(bare))


def _words(text: str) -> list[str]:
    return "".join(char if char.isalpha() else " " for char in text).split()


def _telling(text: str) -> frozenset[str]:
    """The words of a text that tell one use from another."""
    return frozenset(word[:6] for word in _words(text) if (len(word) > 3 or word in _SHORT) and word not in _GENERAL)


_PLACES = frozenset(("start", "later", "or"))
"""Conditions that say when in a treatment or that it may be another way, and not for what."""
_NO_USE = regex(
    r"(?:by\s+(?:body\s+)?weight|notes?|remarks?|comments?|usual|standard|any|all|(?:(?:the|our|your)\s+)?(?:key|quick|fast|main|basic)\s+"
    r"(?:facts?|points?|figures?|doses?)|at\s+a\s+glance|(?:in\s+)?(?:brief|short)|(?:a\s+)?(?:quick\s+)?(?:summary|reminder|recap)|in\s+a\s+nutshell|"
    r"(?:common\s+|your\s+|readers['’]?\s+)?questions?(?:\s+(?:and|&)\s+answers?)?|q\s?(?:&|and)\s?a|faqs?|you\s+asked|remember|"
    r"(?:the\s+)?bottom\s+line|take[\s-](?:away|home)s?(?:\s+messages?)?|checklist)\Z",
    re.I,
)
"""Labels of rows and headings of boxes that say nothing of what a dose is for."""


def _says_no_more(condition: str, indication: str) -> bool:
    """Whether a condition is what the label says already, in other words ("an asthma" below "Asthma")."""
    if condition in _PLACES or any(map(str.isdigit, condition)) or not is_one_use(condition, indication):
        return False
    return _named(condition) <= _named(indication)


_LASTS = regex(
    r"(?:for\s+)?(?:up\s+to\s+|about\s+)?\d{1,3}(?:\s?(?:–|-|to)\s?\d{1,3})?[\s-](?:days?|weeks?|months?|nights?)(?:['’])?(?:\s+course)?\Z",
    re.I,
)
"""How long a course is, in a label."""


def is_idle(condition: str) -> bool:
    """Whether a condition limits a dose to nobody: the title of a box, how long a course is."""
    return bool(_NO_USE.match(condition) or _LASTS.match(condition))


def _without_idle(context: Context, other: Context) -> Context:
    """A context without a condition that limits its dose to nobody: the title of a box, the length of its course where
    the other place has no other one.
    """
    told = context.condition
    idle = told and (
        _NO_USE.match(told)
        or (_LASTS.match(told) and not _LASTS.match(other.condition or ""))
        or (context.indication and _says_no_more(told, context.indication))
    )
    named = context.indication and _NO_USE.match(context.indication)
    if not idle and not named:
        return context
    return replace(context, condition=None if idle else told, indication=None if named else context.indication)


def _lasting_use(context: Context) -> str | None:
    if context.condition in _PLACES:
        return context.indication
    return context.use


_PREVENTS = regex(r"\b(?:prevent\w{0,4}|prophyla\w{3,5}|keep(?:s|ing)?\s+[\w\s]{3,30}\s+away)\b", re.I)
_MOST = regex(r"\b(?:max(?:imum)?|ceiling|upper\s+limit|highest)\b", re.I)
"""A label that names its dose the most of a day ("Depression, maximum")."""
_GRADE = regex(
    r"\b(not\s+severe|non-?severe|uncomplicated|simple|mild|moderate|severe|fulminant|complicated|"
    r"(?:primary|secondary)\s+prevention|cu?rb-?65\W{1,3}(?:score\s+)?(?:of\s+)?\d(?:\s?(?:[–-]|to|or)\s?\d)?)\b",
    re.I,
)
_GRADES = {"mild": "not severe", "non-severe": "not severe", "nonsevere": "not severe", "simple": "uncomplicated"}


def alike(one: str | None, other: str | None) -> bool:
    """Whether two uses share a word that tells them from others; nothing said is like nothing said.

    To prevent a disease is another use than to treat it, and so are two grades of it ("severe", "not severe").
    """
    if one == other:
        return True
    if not one or not other or bool(_PREVENTS.search(one)) != bool(_PREVENTS.search(other)):
        return False
    ours, theirs = _grades(one), _grades(other)
    if ours and theirs and not ours & theirs:
        return False
    named = [{each.use for each in uses_in(_DESPITE.sub(" ", use))} for use in (one, other)]
    if all(named):
        return any(related(mine, yours) for mine in named[0] for yours in named[1])
    return (
        bool(_telling(one) & _telling(other) or _named(one) == _named(other))
        or _kind_of(one, other)
        or _kind_of(other, one)
    )


_ALLERGY = regex(r"\ballerg(?:y|ies|ic)\b", re.I)
_OF_ALLERGY = regex(r"\b(?:hives|urticaria|hay\s?fever|pollen|rhinitis|itch\w{0,3})\b", re.I)


def _kind_of(one: str, other: str) -> bool:
    """Whether ``one`` is allergies in general and ``other`` a kind of them; two kinds are not the same."""
    return bool(_ALLERGY.search(one) and not _OF_ALLERGY.search(one) and _OF_ALLERGY.search(other))


_CASE_FILLER = frozenset(
    "regimen regime scheme option group arm the of with for in to patients patient people adults those who have has had and".split()
)
_DIGITS = {
    word: str(number) for number, word in enumerate("zero one two three four five six seven eight nine ten".split())
}


def _same_case(one: str | None, other: str | None) -> bool:
    """Whether two conditions are the same case in other words or another order ("A: no penicillin allergy", "regimen
    A, no penicillin allergy"; "points 2", "two points").
    """
    if one == other or not one or not other or {one, other} & _PLACES:
        return one == other
    return _case(one) == _case(other)


def _group_of_a_row(a: Context, b: Context) -> tuple[Context, Context] | None:
    """Both contexts less whom the one names in its sentence and the other by its row ("adults with two points" and the
    row "2" below "Points"); ``None`` where that is not so.
    """
    if not a.group or b.group or not b.condition or b.condition in _PLACES or _case(a.group) != _case(b.condition):
        return None
    return replace(a, group=None), replace(b, condition=None)


@lru_cache(maxsize=1024)
def _case(condition: str) -> frozenset[str]:
    words = "".join(char if char.isalnum() else " " for char in condition.lower()).split()
    return frozenset(_DIGITS.get(word, word) for word in words if word not in _CASE_FILLER)


def _same_words(a: Context, b: Context) -> bool:
    """Whether two doses of a page are for the same, under the same condition; what the one has as its label the other
    may say in its sentence.
    """
    places = {a.condition, b.condition} <= {None, "start"} and begun(a) and begun(b)
    if places or _same_case(a.condition, b.condition):
        return is_one_use(a.indication, b.indication)
    told = {a.condition, b.condition} - {None}
    plain = not told & _PLACES and not any(char.isdigit() for each in told for char in each or "")
    if plain and a.indication and b.indication and len(told) == 1:
        return is_one_use(a.use, b.use)
    if plain and len(told) == 2 and not (a.indication or b.indication):
        return is_one_use(a.condition, b.condition)  # "hay fever", "an adult with hay fever"
    apart = (a.indication and not a.condition and not b.indication) or (
        b.indication and not b.condition and not a.indication
    )
    return a.use == b.use or bool(apart and is_one_use(a.use, b.use))


def is_one_use(one: str | None, other: str | None) -> bool:
    """Whether two doses of a page are for the same: in the same words, or one of the uses that a label names
    ("VF / pulseless VT" and "refractory VF in adults").
    """
    if one == other:
        return True
    if not one or not other or not alike(one, other) or _grades(one) != _grades(other):
        return False
    ours, theirs = ({_named(each) for each in _OR.split(use)} for use in (one, other))
    return not ours.isdisjoint(theirs)


def _grades(use: str) -> frozenset[str]:
    """How bad the disease is, as far as a use says so."""
    found = (" ".join(hit.group().lower().split()) for hit in _GRADE.finditer(use))
    scored = (
        "".join(char for char in each if char.isdigit() or char == "u") if "65" in each else each for each in found
    )
    return frozenset(_GRADES.get(grade, grade) for grade in scored)  # "CRB-65: 1 to 2" is "6512", CURB-65 "u6512"


def apart(a: Context, b: Context, *, same_page: bool) -> bool:
    """Whether both say what they are for, and it is not the same; on one page also under which condition."""
    if a.indication and b.indication and not alike(a.use, b.use):
        return True
    a, b = _without_idle(a, b), _without_idle(b, a)
    return bool(same_page and a.condition and b.condition and a.condition != b.condition)


def _counter(context: Context) -> bool:
    return context.setting == "over the counter"


_SEXES = frozenset(("men", "women"))
_NOT_OLD = regex(r"below 65 year\Z")


def _who(context: Context, other: Context) -> tuple[str | None, str | None, str | None]:
    """Whom a context is about; one of the sexes is everybody beside what is said of neither."""
    band = same_band(context.band) if context.band else None
    if band and not other.band and other.population != "older adults" and _NOT_OLD.match(band):
        band = None  # who is under 65 is an adult as any other page means one
    who = context.population
    everybody = who == "adults" or (who in _SEXES and other.population not in _SEXES)
    return None if everybody else who, band, context.group


_BELOW = regex(r"[<≤]|\b(?:under|below|less|younger|lighter|up\s+to)\b", re.I)
_ABOVE = regex(r"[>≥+]|\b(?:over|above|from|more|older|heavier|up|at\s+least)\b", re.I)
_FIGURE = regex(r"\d+(?:\.\d+)?")
_UNIT = regex(r"(kg|kilo|lb|pound|year|yr|y/?o|y\b|month|mo|week|day)\w*\W*(?:and\b.*|or\b.*)?\Z", re.I)
_UNITS = {"kilo": "kg", "pound": "lb", "yr": "year", "yo": "year", "y/o": "year", "y": "year", "mo": "month"}


@lru_cache(maxsize=1024)
def same_band(band: str) -> str:
    """A band of ages or weights in one way of writing: "from 3 months" and "over 3 months" are the same people."""
    if ", " in band:
        return ", ".join(same_band(each) for each in band.split(", "))  # ages and a weight
    figures, unit = _FIGURE.findall(band), _UNIT.search(band)
    if not 1 <= len(figures) <= 2 or unit is None:
        return band
    word = unit.group(1).lower()
    rest = _UNITS.get(word, word)
    if len(figures) == 2:
        return f"{figures[0]} to {figures[1]} {rest}"
    side = "below " if _BELOW.search(band) else "above " if _ABOVE.search(band) else ""
    return f"{side}{figures[0]} {rest}"
