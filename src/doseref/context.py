"""What a statement is about besides its dose: for whom, for what, by which way, and in what part of a treatment."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from doseref.indications import uses_in
from doseref.patterns import regex
from doseref.records import record, replace
from doseref.same_use import alike, is_one_use, named, of_another_page


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
    summary: bool = False
    """Whether it stands under the title of a box or a section that sums the page up ("Key points")."""
    plain: bool = False
    """Whether its sentence says nothing but whom, how much and how often: no use in words that are not understood."""
    topic: str | None = None
    """The one use that the page's title names: what a dose is for that says nothing of it."""

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
            self.summary or outer.summary,
            self.plain,
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
    if any(_is_after(other) and _ACUTE.search(one.use or "") for one, other in ((a, b), (b, a))):
        return False
    a, b = _without_idle(a, b), _without_idle(b, a)
    case = _group_of_a_row(a, b) or _group_of_a_row(b, a)
    if case:
        a, b = case
    if bool(_MOST.search(a.use or "")) != bool(_MOST.search(b.use or "")):
        return False
    if not same_people(a, b) or is_counter(a) != is_counter(b):
        return False
    if {a.setting, b.setting} == {AS_SOLD, "prescription"}:
        return False
    parts = (a.purpose, b.purpose) if same_page else (_lasting_part(a), _lasting_part(b))
    if parts[0] != parts[1] and not (begun(a) and begun(b)):
        return False
    if same_page:
        a, b = _by_title(a, b), _by_title(b, a)
        return _same_way(a, b) and (_same_words(a, b) or (case is not None and not (a.use and b.use)))
    ours, theirs = _lasting_use(a), _lasting_use(b)
    if ours and theirs and not alike(ours, theirs):
        return False
    if (not ours and of_another_page(a.topic, theirs)) or (not theirs and of_another_page(b.topic, ours)):
        return False
    if (_at_first(a) and _is_after(b)) or (_at_first(b) and _is_after(a)):
        return False
    pairs = ((a.form, b.form), (a.release, b.release))
    return all(one == other or one is None or other is None for one, other in pairs)


def _by_title(context: Context, other: Context) -> Context:
    """A context that says no use with the one of the page's title, where the other one is for that."""
    use = _lasting_use(other)
    if not context.topic or not use or _lasting_use(context) or not is_one_use(context.topic, use):
        return context
    return replace(context, indication=use)


_SWALLOWED = frozenset(("tablet", "capsule", "caplet"))
_INJECTED = frozenset(("intravenous", "intramuscular", "subcutaneous"))
"""Ways of an injection, any of which an injection of no said way may be."""


def _same_way(a: Context, b: Context) -> bool:
    """Whether two doses of a page are of one form, release and route: as said of both, but a summary or an
    example need not say it again, and a tablet is what is meant where no form is said.
    """
    either = a.summary or b.summary or is_single(a) != is_single(b)
    ways = ((a.form, b.form), (a.release, b.release), (a.route, b.route))
    injected = "injection" in (a.route, b.route) and {a.route, b.route} - {"injection"} <= _INJECTED
    return all(
        one == other
        or (None in (one, other) and (either or (one or other) in _SWALLOWED))
        or (injected and (one, other) == ways[2])
        for one, other in ways
    )


def same_people(a: Context, b: Context) -> bool:
    """Whether two contexts are about the same people, an adult in general where they do not say; who is one of a band
    ("a child of 50 lb" and the row "48–59 lb") is of it.
    """
    ours, theirs = _who(a, b), _who(b, a)
    if ours == theirs:
        return True
    return ours[::2] == theirs[::2] and ours[1] is not None and theirs[1] is not None and _one_band(ours[1], theirs[1])


def _one_band(one: str, other: str) -> bool:
    """Whether two bands are of the same people by all that both measure (ages, weights); a single figure is of the band that
    it lies in.
    """
    ours, theirs = _measures(one), _measures(other)
    common = ours.keys() & theirs.keys()
    further = [part for part in (*ours.values(), *theirs.values()) if part.rpartition(" ")[2] not in common]
    if not all(map(_SPAN.match, further)):
        return (
            False  # "2 to 12 years, over 30 kg" are fewer than "2 to 12 years"; "6 to 8 years, 20 to 25 kg" are one row
        )
    return bool(common) and all(
        ours[each] == theirs[each] or _lies_in(ours[each], theirs[each]) or _lies_in(theirs[each], ours[each])
        for each in common
    )


def _measures(band: str) -> dict[str, str]:
    """What a band measures → its figures: ``kg`` → ``20 to 30 kg``."""
    return {part.rpartition(" ")[2]: part for part in band.split(", ")}


def is_single(context: Context) -> bool:
    """Whether its band is the age or the weight of one person, as an example has it ("a child of 50 lb")."""
    return any(map(_ONE.match, same_band(context.band).split(", "))) if context.band else False


def _lies_in(one: str, band: str) -> bool:
    figure, span = _ONE.match(one), _SPAN.match(band)
    return bool(figure and span and Decimal(span[1]) <= Decimal(figure[1]) <= Decimal(span[2]))


def begun(context: Context) -> bool:
    """Whether it is about the dose that a treatment starts with."""
    return context.purpose == "starting" or context.condition == "start" or _at_first(context)


_FIRST = regex(r"\bfirst\s+(?:\d{1,3}\s+|few\s+|two\s+|three\s+)?(?:days?|weeks?|months?)\b", re.I)


def _lasting_part(context: Context) -> str | None:
    """The part of a treatment that a context is about; what goes on is the usual dose."""
    return None if context.purpose == "maintenance" else context.purpose


def _is_after(context: Context) -> bool:
    return context.condition == "later" or context.purpose == "maintenance"


def begins_with(context: Context) -> str | None:
    """The first days or weeks of a treatment that a context is about, ``None`` for any other."""
    condition = context.condition or ""
    return condition if _FIRST.search(condition) else None


_ACUTE = regex(r"\b(?:flare(?:-?ups?)?s?|attacks?|exacerbations?|acute)\b", re.I)
"""A disease at its worst: what is taken after that says nothing against its dose."""


def _at_first(context: Context) -> bool:
    """Whether it is about the first days or weeks of a treatment: what is taken later says nothing against that."""
    return begins_with(context) is not None


_PLACES = frozenset(("start", "later", "or"))
"""Conditions that say when in a treatment or that it may be another way, and not for what."""
_NO_USE = regex(
    r"(?:same|ditto|idem|as\s+above|by\s+(?:body\s+)?weight|notes?|remarks?|comments?|usual|standard|any|all|(?:(?:the|our|your)\s+)?(?:key|quick|fast|main|basic)\s+"
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
    return named(condition) <= named(indication)


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


_MOST = regex(r"\b(?:max(?:imum)?|ceiling|upper\s+limit|highest)\b", re.I)
"""A label that names its dose the most of a day ("Depression, maximum")."""
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
    return a.use == b.use or bool((apart or plain) and is_one_use(_lasting_use(a), _lasting_use(b)))


def apart(a: Context, b: Context, *, same_page: bool) -> bool:
    """Whether both say what they are for, and it is not the same; on one page also under which condition."""
    if a.indication and b.indication and not alike(a.use, b.use):
        return True
    a, b = _without_idle(a, b), _without_idle(b, a)
    return bool(same_page and a.condition and b.condition and a.condition != b.condition)


AS_SOLD = "as sold"
"""The setting of a dose on a page that knows the drug without a prescription: nothing that is prescribed contradicts it."""


def is_counter(context: Context) -> bool:
    """Whether it is about what is taken without a prescription, in so many words."""
    return context.setting == "over the counter"


_SEXES = frozenset(("men", "women"))
_NOT_OLD = regex(r"below 6[05] year\Z")


def _who(context: Context, other: Context) -> tuple[str | None, str | None, str | None]:
    """Whom a context is about; one of the sexes is everybody beside what is said of neither."""
    band = same_band(context.band) if context.band else None
    if band and not other.band and other.population != "older adults" and _NOT_OLD.match(band):
        band = None  # who is under 60 or 65 is an adult as any other place means one
    who = context.population
    everybody = who == "adults" or (who in _SEXES and other.population not in _SEXES)
    group = None if context.group and uses_in(context.group) else context.group  # what they have is what it is for
    return None if everybody else who, band, group


_ONE = regex(r"(\d+(?:\.\d+)?) (\w+)\Z")
_SPAN = regex(r"(\d+(?:\.\d+)?) to (\d+(?:\.\d+)?) (\w+)\Z")
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
