"""What one field of a row of an export is: the drug, an amount, a form, a route, a time, an instruction, or what says
nothing of what is taken.

A field is known by what the words of the sig language in it are (:class:`doseref.dosage.tokens.Tokens`), not by a list of
its texts, so that whatever the language reads in an instruction it also reads in a column. What is left out (numbers of
records, dates, statuses, people) is known by its shape, and only where no word of it turns, changes or times a dose.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from doseref.dosage.asides import TURNING
from doseref.dosage.note_words import AGREED, ATTENDED, HANDED, PEOPLE, REVERSING, SOMEBODY
from doseref.dosage.remarks import PAST
from doseref.dosage.tokens import Tokens
from doseref.items.export_labels import said_besides
from doseref.items.export_shapes import STATUS
from doseref.items.export_words import in_full
from doseref.items.makers import only_a_maker
from doseref.names import Names
from doseref.names.tokens import tokenize
from doseref.patterns import regex
from doseref.records import record


class Kind(Enum):
    """What a field is."""

    DRUG = auto()
    AMOUNT = auto()
    """A number with a measured unit: a strength, a dose, or how much was handed out."""
    COUNT = auto()
    """A number with a counted unit."""
    NUMBER = auto()
    """A bare number or span."""
    UNIT = auto()
    FORM = auto()
    ROUTE = auto()
    """By which route, or where."""
    TIME = auto()
    """How often, when or how long, without an amount."""
    HOURS = auto()
    """Times of the clock alone."""
    SIG = auto()
    """An amount with a time, or a verb."""
    ASIDE = auto()
    """What says nothing of what is taken: a code, a date, a status, who wrote it."""
    REMARK = auto()
    """Any other words."""


@record
class Field:
    """One field of a row: its text, as the sig language writes it, its kind, and the kinds of its words."""

    text: str
    kind: Kind
    words: tuple[str, ...] = ()
    label: str = ""
    """What it calls itself: "dose", "strength"."""


_END = "END"
_NUMBERS = frozenset(("NUM", "FR", "HALF"))
_SIGNS = frozenset("SLASH DASH LP RP PLUS COMMA STOP".split())
_TIMES = frozenset(
    "FREQ ADV EVERY TIMES ONCE WHEN MEAL BEFORE AFTER WITH TIME DAYW PRN X T AT ON IN A AND OTHER ALT ORD ORDN HLY AWAKE "
    "FOR PER MAX MAXD STAT REPEAT NOTE IF COND UNTIL UPTO LE APART AMPM BETWEEN OF TO THEN SINGLE TOTAL".split()
)
_BY_TURNS = frozenset(("ALT", "OTHER"))
_SAYS_WHEN = frozenset("FREQ ADV EVERY TIMES ONCE WHEN TIME DAYW PRN HLY STAT MEAL".split())
_OF_FORM = frozenset("C FORM REL ROUTE WORD STOP DASH SLASH".split())
_STRONG = frozenset(("U", "T", "C"))
_OF_PARTS = frozenset("fe iron elemental base salt ca mg zn".split())
"""What a part of a strength is called, in brackets behind it: "325 mg (65 mg Fe)"."""
_LEAST_FIELDS_OF_ROW = 3
_OF_A_PLACE = frozenset("ROUTE SLASH EYE SITE SIDE AND".split())
_FORM_WORDS = frozenset(
    "sa hfa gastro res resistant film coated fc ec chw chewable disp f c bp usp eff oral aer ad".split()
)
"""Words of a form that the sig language has none of its own for."""
_CLOCK = regex(r"(?:[01][0-9]|2[0-4]):?[0-5][0-9](?:\s?(?:[,/&;]|and)?\s?(?:[01][0-9]|2[0-4]):?[0-5][0-9])*")
_CODE = regex(
    r"(?P<letters>[A-Z]{1,4})[-_ #]{0,2}[0-9]{4,12}(?:-[0-9]{1,3})?|[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}|[A-TV-Z][0-9]{2}\.[0-9A-Z]{1,4}|"
    r"[0-9]{4,5}[ABCDEFHJKLNPQRSTVWXYZ]|[0-9]{4,5}-[0-9]{3,4}-[0-9]{1,2}"
)
"""Numbers of prescriptions and records, and codes of drugs and diagnoses: "RX7730192", "C07AB07", "E11.9", "8581P"."""
_OF_PRESCRIPTIONS = frozenset(("RX", "NDC"))
_OF_ISSUES = regex(r"[0-9]{1,2}\s(?:of|/)\s[0-9]{1,2}")
_STAMP = regex(
    r"(?:(?:given|administered|charted|scanned)\s)?(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}\s[0-9]{1,2}:?[0-9]{2}(?:\s?[ap]m)?)",
    re.I,
)
"""A date with its time of the clock, perhaps that of one giving."""
_WARD = regex(
    r"[0-9]{1,2}[A-Z]{0,2}-(?:[0-9]{2,4}[A-Z]?|ICU|CCU|PICU|NICU|MICU|SICU|PACU|ED|OR|TELE|MED|SURG|ONC|PEDS)"
)
"""A ward or bed: "3E-312A", "4W-ICU"."""
WARD_OR_PAIR = regex(r"[0-9]{1,2}-[0-9]{2,4}")
"""A bed without letters, or behind the drug the strengths of two ingredients: "10-325"."""
_NUMBER_ALONE = regex(r"[0-9]{9,18}|[0-9]{6,12}-[0-9]{1,3}")
"""So many figures are of no dose: codes of the dm+d and of claims."""
_MONEY = regex(r"(?:(?P<words>[A-Za-z]{2,12}(?: [A-Za-z]{2,12})?) ?)?[$£€₹]\s?[0-9]{1,5}(?:[.,][0-9]{2})?")
_BRANCH = regex(r"(?P<words>[A-Za-z'’&.]{2,14}(?: [A-Za-z'’&.]{2,14}){0,2}) #\s?[0-9]{2,6}")
"""A shop with its number: "WALGREENS #04412"."""
_MAILED = frozenset(("active/susp", "active/suspense", "active/parked"))
_CREDENTIALS = r"(?:md|do|np|pa|pa-?c|rn|aprn|arnp|crnp|dnp|cnp|dds|dmd|dpm|fnp-c|[a-z]{1,4}np(?:-[a-z]{1,2})?|mbbs|frcp|pharmd|rph|od)"
_SURNAME = r"[A-Z][A-Za-z'’-]{1,20}"
_INITIAL = r"[A-Z]\.?"
_PERSON = regex(
    rf"(?:(?:Dr|DR|Prof|PROF|Mr|Mrs|Ms|Sr)\.?\s)(?:{_INITIAL}\s?){{0,2}}(?:{_SURNAME}\s?){{1,3}}"
    rf"|(?:[A-Z](?:\.\s?|\s)){{1,2}}{_SURNAME}(?:-{_SURNAME})?"
    rf"|{_SURNAME},?\s{_INITIAL}(?:\s?{_INITIAL})?"
    rf"|{_SURNAME},\s?{_SURNAME}(?:\s{_INITIAL})?"
    rf"|(?:{_INITIAL}\s?){{1,2}}{_SURNAME},?\s(?i:{_CREDENTIALS})\.?"
)
"""Somebody's name: "T. Nguyen", "Hartley R", "Dr M Chu", "DOE, JANE A"."""
_CREDENTIAL = regex(rf"(?:[A-Za-z][A-Za-z.'’-]{{0,20}},?\s){{1,4}}{_CREDENTIALS}\.?", re.I)
_NURSE = regex(r"(?:RN|LPN|LVN|RPh|RPH|PharmD|NP|PA|APRN|ARNP|FNP|CNP|DNP|MD|DO)(?:\s[A-Za-z'’-]{2,20}){0,2}")
"""Who gave it, by the title alone or before the name."""
_PLAIN = regex(r"[A-Za-z][A-Za-z.'’&/ -]{1,40}")
_PLACES = frozenset(
    "clinic peds pediatrics ed icu urgent care hospital dept department ward unit center centre practice surgery medical health group".split()
)
_SINCE = regex(
    r"(?:since|started|start|begun|from)\s?:?\s(?:[0-9]{1,2}[/.-])?[0-9]{1,2}[/.-](?:20)?[0-9]{2}|(?:since|started)\s20[0-9]{2}",
    re.I,
)


def of_somebody(text: str, names: Names) -> bool:
    """Whether what a label of a person or a place holds is nothing but that."""
    return all(
        word.isdigit() or len(word) < _SHORTEST_WORD or (word not in _TURNED and _of_a_person(word, names))
        for word in text.lower().replace(",", " ").replace("#", " ").replace(".", " ").replace("-", " ").split()
    )


def field(text: str, names: Names, supplied: bool, headed: bool) -> Field:
    """The field of ``text``; ``supplied``: it says only what was handed out, when and by whom; ``headed``: the drug is
    named before it.
    """
    if headed and WARD_OR_PAIR.fullmatch(text):
        return Field(text, Kind.NUMBER, ("NUM", "DASH", "NUM"))
    if supplied or _aside(text, names):
        return Field(text, Kind.ASIDE)
    written = in_full(text)
    if not headed and _named(written, names):
        tokens = Tokens(written, names.data.vocabulary)
        return Field(written, Kind.DRUG, tuple(tokens.kinds[: tokens.kinds.index(_END)]))
    if written.startswith("on at ") or _FIGURES.fullmatch(written):
        return Field(written, Kind.TIME if written.startswith("on") else Kind.NUMBER, ("NUM",))
    if _CLOCK.fullmatch(written):
        return Field(written, Kind.HOURS)
    if _LED_BY_NOUGHT.fullmatch(text):
        return Field(text, Kind.NUMBER, ("NUM",))
    tokens = Tokens(written, names.data.vocabulary)
    kinds = tuple(tokens.kinds[: tokens.kinds.index(_END)])
    if kinds[1:] == ("NUM", "U") and kinds[0] in ("C", "FORM") and written.lower().endswith(("ml", "g")):
        return Field(tokens.said(0, 1), Kind.FORM, kinds[:1])  # "pen 3 mL"
    return Field(written, _kind(tokens, kinds), kinds)


_LED_BY_NOUGHT = regex(r"0[0-9]{1,9}")
"""The number of a fill or of a record; as a dose it would be a figure without its point."""
_FIGURES = regex(r"[0-9]{1,4}\.0{1,3}")


_FORMS_BEFORE = frozenset("tab tabs cap caps inj syp syr susp".split())
"""Forms that India writes before the name."""


def _named(text: str, names: Names) -> bool:
    """Whether a field begins with the name of a drug, or with its release or form and the name ("24 HR metformin …",
    "Tab. Atorvastatin 10mg").
    """
    tokens = tokenize(text)
    first = 2 if len(tokens) > 2 and tokens[0].text.isdigit() and tokens[1].text == "hr" else 0
    first = 1 if len(tokens) > 1 and tokens[0].text in _FORMS_BEFORE else first
    found = names.at(tokens, first, head=True)
    return found is not None and not found.entry.everyday and not found.entry.word


def _kind(tokens: Tokens, kinds: tuple[str, ...]) -> Kind:
    held = frozenset(kinds)
    if not kinds:
        return Kind.FORM  # a device: "FlexPen"
    if kinds == ("U",):
        return Kind.UNIT
    if held <= _NUMBERS | {"SLASH", "DASH", "TO"} and held & _NUMBERS:
        row = kinds.count("NUM") >= _LEAST_FIELDS_OF_ROW and "DASH" in held
        return Kind.SIG if row else Kind.NUMBER
    if kinds[0] in _NUMBERS and _amount(tokens, kinds):
        return Kind.AMOUNT if "U" in held else Kind.COUNT
    if held <= _OF_A_PLACE:
        return Kind.ROUTE
    if held <= _OF_FORM and held & {"C", "FORM", "REL"} and _form(tokens, kinds):
        return Kind.FORM
    timed = held & _SAYS_WHEN or "T" in held
    if timed and held <= _TIMES | _SIGNS | _NUMBERS | {"WORD", "U", "C", "SITE"} and not dosed(kinds):
        return Kind.TIME
    by_turns = held & _BY_TURNS and kinds.count("NUM") > 1  # "alternate 3 mg / 4 mg"
    steps = kinds[0] in _NUMBERS and kinds[1:2] in (("C",), ("U",)) and "WORD" not in held
    if kinds[0] == "TAKE" or (held & _SAYS_WHEN and held & _NUMBERS) or by_turns or steps:
        return Kind.SIG
    return Kind.REMARK


def says_when(words: tuple[str, ...]) -> bool:
    """Whether the kinds of words of a field say how often or when, and not only how long."""
    often = any(words[place : place + 2] == ("X", "SLASH") for place in range(len(words)))
    return often or not _SAYS_WHEN.isdisjoint(words)


def of_one_time(words: tuple[str, ...]) -> bool:
    """Whether an instruction is that of one time of the day: "08:00 1.5 tab", "BFAST 1"."""
    return _OF_ONE_TIME.issuperset(words) and len(_ONE_TIME.intersection(words)) == 1


_ONE_TIME = frozenset(("TIME", "WHEN", "MEAL"))
_OF_ONE_TIME = _ONE_TIME | _NUMBERS | {"C", "U", "AT", "STOP", "SLASH", "WITH"}


def _amount(tokens: Tokens, kinds: tuple[str, ...]) -> bool:
    """Whether a field that begins with a number is nothing but an amount, or so many of a form, with its parts in
    brackets.
    """
    for place, kind in enumerate(kinds):
        if kind in _NUMBERS | _SIGNS | _STRONG or kind in ("PER", "FORM", "TO"):
            continue
        if kind == "ROUTE" and tokens.raw[tokens.first[place]] == "inh" and place == len(kinds) - 1:
            return True  # "1-2 inh"
        if kind in ("WORD", "SUBST") and tokens.raw[tokens.first[place]] in _OF_PARTS and "LP" in kinds[:place]:
            continue
        return False
    return kinds[1:] != () and not frozenset(kinds).isdisjoint(("U", "C"))


def _form(tokens: Tokens, kinds: tuple[str, ...]) -> bool:
    """Whether a field names a form, its release and route, and nothing besides."""
    return all(kind != "WORD" or tokens.raw[tokens.first[place]] in _FORM_WORDS for place, kind in enumerate(kinds))


def dosed(kinds: tuple[str, ...]) -> bool:
    """Whether a number in it can be how much is taken: one that counts no times and no length of time, and bounds
    nothing.
    """
    bounded, place = False, 0
    while place < len(kinds):
        kind = kinds[place]
        bounded = (bounded or kind in ("MAX", "MAXD", "UPTO", "LE")) and kind not in ("COMMA", "STOP")
        if kind in _NUMBERS and not bounded:
            before = kinds[max(0, place - 1) : place]
            while kinds[place + 1 : place + 2] in (("DASH",), ("TO",)) and kinds[place + 2 : place + 3] == ("NUM",):
                place += 2
            after = kinds[place + 1 : place + 2]
            if not (after and after[0] in _COUNTS_NO_DOSE) and not (before and before[0] in _OF_A_TIME):
                return True
        place += 1
    return False


_COUNTS_NO_DOSE = frozenset("T TIMES HLY ORD PER X".split())
"""What a number counts that is no dose: times, and lengths of time."""
_OF_A_TIME = frozenset("EVERY AT PER X TIMES".split())


def _aside(text: str, names: Names) -> bool:
    """Whether a field is a code, a status, or says who wrote it or where."""
    if (
        (code := _CODE.fullmatch(text)) is not None
        and code["letters"]
        and code["letters"] not in _OF_PRESCRIPTIONS
        and not _of_a_person(code["letters"].lower(), names)
    ):
        return said_besides(text)  # "CAP 1000"
    if code is not None or _OF_ISSUES.fullmatch(text) or _SINCE.fullmatch(text):
        return names.lookup(text) is None
    if text.lower() in _MAILED or any(each.fullmatch(text) for each in (_STAMP, _WARD, _NUMBER_ALONE)):
        return True
    if said_besides(text) or (only_a_maker(text) and names.lookup(text) is None):
        return True
    if (priced := _MONEY.fullmatch(text) or _BRANCH.fullmatch(text)) is not None:
        return all(_of_a_person(word, names) for word in (priced["words"] or "").lower().split())
    said = [word for word in text.lower().replace("/", " ").replace("-", " ").split() if word]
    if said and STATUS.issuperset(said):
        return True
    if not _PLAIN.fullmatch(text.replace(",", "")):
        return False
    words = {word.strip(".,").removesuffix("'s") for word in said}
    if not words.isdisjoint(_TURNED | SOMEBODY) or names.at(tokenize(text), 0) is not None:
        return False
    if not all(len(word) < _SHORTEST_WORD or _of_a_person(word, names) for word in words):
        return False
    if _PERSON.fullmatch(text) or _CREDENTIAL.fullmatch(text) or _NURSE.fullmatch(text):
        return True
    return words <= PEOPLE | ATTENDED | _PLACES or (len(words) > 1 and not words.isdisjoint(_PLACES))


_SHORTEST_WORD = 2
_TITLES = frozenset(
    "dr prof mr mrs ms sr md do np pa rn lpn lvn od pc aprn arnp crnp dnp cnp dds dmd dpm fnp mbbs frcp rph pharmd".split()
)


def _of_a_person(word: str, names: Names) -> bool:
    """Whether a word can be of a name, a title or a place: the sig language knows it not, or as one of these."""
    if word in _TITLES or word in PEOPLE or word in ATTENDED or word in _PLACES:
        return True
    kinds = Tokens(word, names.data.vocabulary).kinds
    return set(kinds[: kinds.index(_END)]) <= {"WORD", "DASH", "STOP"}


_TURNED = (TURNING | REVERSING | PAST) - HANDED - AGREED
