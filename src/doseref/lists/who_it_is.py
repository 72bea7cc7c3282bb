"""What one line says of a person, several facts at once: "Pt: John Doe, age 6, 20 kg", "81F, eGFR 22"."""

from __future__ import annotations

import re
from datetime import date

from doseref.dosage.remark_list import words as plain_words
from doseref.lists.results import DATED
from doseref.patterns import regex
from doseref.regimen.facts import SAID, UNCLEAR, who
from doseref.regimen.told_facts import told_facts, without_told_facts

Facts = tuple[tuple[str, str], ...]
"""Role and cell, as a column would say them: ``("age", "6 years")``."""

_YEARS = r"(?:years?|yrs?|y)"
_NUMBER_OF_YEARS = (
    rf"\b(?P<is>[0-9]{{1,3}})\s?-?(?:(?P<unit>months?|mo)[\s-]?old\b|{_YEARS}[\s-]?old\b|y/?o\b|{_YEARS}\b)"
)
_PIECES = (
    (
        "birth date",
        regex(
            r"\b(?:d\.?o\.?b\.?|date of birth|born)(?:\son)?\s?[:=]?\s*(?P<is>[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4})",
            re.I,
        ),
    ),
    (
        "age",
        regex(
            rf"\b(?:aged?|patient age)\s?[:=]?\s*(?P<is>[0-9]{{1,3}})(?:\s?(?P<unit>months?|mo)\b|\s?-?{_YEARS}\b)?(?:[\s-]?old\b)?"
            r"(?![0-9./-])",
            re.I,
        ),
    ),
    ("age", regex(_NUMBER_OF_YEARS, re.I)),
    (
        "egfr",
        regex(
            rf"\b(?:e?gfr)\s?(?:is|of|[:=])?\s*(?P<is>[<>]?\s?[0-9]{{1,3}}(?:\.[0-9])?)(?:\s?mL/min(?:/1\.73\s?m[2²])?)?(?![0-9]|\.[0-9]){DATED}?",
            re.I,
        ),
    ),
    (
        "crcl",
        regex(
            rf"\b(?:cr\s?cl|creatinine\sclearance)\s?(?:is|of|[:=])?\s*(?P<is>[<>]?\s?[0-9]{{1,3}}(?:\.[0-9])?)(?:\s?mL/min)?(?![0-9]|\.[0-9]){DATED}?",
            re.I,
        ),
    ),
    (
        "creatinine",
        regex(
            r"\b(?:(?:serum\s)?creat(?:inine)?|s\.?cr)\s?(?:is|of|[:=])?\s*(?P<is>[0-9]{1,4}(?:\.[0-9]{1,2})?(?:\s?(?:mg/dl|[uµμ]mol/l)\b)?)(?![0-9.]|\s?%)"
            rf"{DATED}?",
            re.I,
        ),
    ),
    (
        "weight",
        regex(
            rf"\b(?:(?:body\s)?weight|wt|weighs)\s?(?:is\s|[:=])?\s*(?P<is>[0-9]{{1,3}}(?:\.[0-9]{{1,2}})?\s?(?:kg|lbs?))\b(?:{DATED})?",
            re.I,
        ),
    ),
    ("weight", regex(r"(?<![0-9./–-])(?<!\bto\s)(?P<is>[0-9]{1,3}(?:\.[0-9]{1,2})?\s?kg)\b(?!\s?/)", re.I)),
)
"""The facts that a line may say, each with what follows its name."""
_SIZE = regex(
    r"\b(?:(?:height|ht)\s?[:=]?\s{0,2}(?:[0-9][0-9.]{0,5}\s?(?:cm|m|ft|feet|in(?:ch(?:es)?)?|['’′])(?:\s?[0-9]{1,2}(?:\.[0-9])?\s?(?:in(?:ch(?:es)?)?\b|\"|”|″|''))?|"
    r"[0-9]{3})|(?:bmi|bsa)\s?[:=]?\s{0,2}[0-9]{1,2}(?:\.[0-9]{1,2})?(?:\s?(?:kg/m(?:2|²)|m(?:2|²)))?)(?![\w/])",
    re.I,
)
"""What no limit asks for, and what is told beside the weight."""
_SUBJECT = regex(
    r"(?:(?:she|he|(?:the|this|our)\s(?:patient|lady|gentleman|man|woman|girl|boy|child)|pt)\s(?:is|was|has|had)\s(?:an?\s)?|"
    r"(?:she|he|(?:the|this)\s(?:patient|lady|gentleman|man|woman|girl|boy|child)|pt)\s(?=weighs?\b)|(?:her|his|the\spatient['’]s)\s)"
    r"(?:(?:current|latest|last|most\srecent|usual)\s)?",
    re.I,
)
"""Of whom a sentence of its own speaks: "She weighs 47 kg and her eGFR is 31"."""
_JOINED = regex(r"\b(?:and|with|an?|her|his|she|he|is|was|has)\b", re.I)
_AGE_AND_SEX = regex(
    r"(?<![\w./-])(?:(?P<age>[0-9]{2,3})[/\s]?(?P<sex>[MF])|(?P<first>[MF])/?(?P<then>[0-9]{2,3}))(?![\w/.-])"
)
_SEX = regex(r"(?<![\w-])(?P<sex>male|female|man|woman|lady|gentleman|girl|boy)\b(?!['’]s)", re.I)
_SEXES = {
    "man": "male",
    "gentleman": "male",
    "boy": "male",
    "woman": "female",
    "lady": "female",
    "girl": "female",
}
_SEX_BEHIND_AGE = regex(r"^,\s+(?P<sex>[MF])(?![\w/'])|(?<=,\s)(?P<again>[MF])(?=,|$)")
"""What is left of "81 yo F" when the age is taken out."""
_SEX_BEFORE_AGE = regex(r"(?<![\w'’-])(?P<sex>[MF])[\s,/]{0,2}$")
_PLACE = regex(r"\b(?P<is>room|ward|bed|unit|bay|page|floor|cubicle)\b", re.I)
_NAMED_BETWEEN = regex(r"[^\W\d_]{2,}")
_BED_SAID = regex(r"\s?(?:no\.?|number|#)?\s?[0-9]{1,3}[a-z]?\s?(?:[,;:–—|-]|\s-)", re.I)
_HOLDS_ONE = frozenset(("bed", "room", "cubicle"))
_SIGNS = " ,;:|()-–—.&"
_STAGE = regex(r"(?:stage|grade|class|type|nyha|g|[0-9][ab]?|i{1,3}|iv)\.?", re.I)
"""How far a disease has gone: "CKD 4", "CKD stage 3b", "NYHA II"."""
_OF_PERSON = frozenset("and with known has hx pmh background".split())
_MAY_BE_TAKEN = frozenset("insulin steroid steroids thyroid align ocean retina halls".split())
"""Words of remarks that are also what somebody takes."""


def split_facts(line: str, today: date) -> tuple[str, Facts]:
    """What a line says of the person, and the words that are left; no facts where one of them is not understood or two
    contradict each other.
    """
    subject = _SUBJECT.match(line)
    rest, facts = _cut_out(line[subject.end() :] if subject else line)
    if not facts or UNCLEAR in who(facts, today):
        return line, ()
    if subject:
        rest = _JOINED.sub(" ", rest)
    return re.sub(r"(?:\s*[,;|()–—-]+\s*){2,}", ", ", rest).strip(_SIGNS) or "", facts


def not_understood(line: str, today: date) -> Facts:
    """A line that speaks of the person and is not understood: why not, where a fact of it cannot be (a day of birth that
    never was), else the line.
    """
    why = who(_cut_out(line)[1], today).get(UNCLEAR)
    return ((UNCLEAR, "; ".join(why)),) if isinstance(why, tuple) and why else ((UNCLEAR, f"'{line}'"),)


def _cut_out(line: str) -> tuple[str, Facts]:
    """The words that are left of a line, and the facts that it says, understood or not."""
    rest, found = _SIZE.sub(", ", line), list[tuple[str, str]]()
    for both in _AGE_AND_SEX.finditer(rest):
        if not _of_a_place(rest, both.start()):
            found += [("age", f"{both['age'] or both['then']} years"), ("sex", both["sex"] or both["first"])]
            rest = f"{rest[: both.start()]}, {rest[both.end() :]}"
            break
    for role, pattern in _PIECES:
        piece = pattern.search(rest)
        if piece is None:
            continue
        groups = piece.groupdict()
        unit = f" {'months' if groups.get('unit') else 'years'}" if role == "age" else ""
        found.append((role, f"{piece['is']}{unit}"))
        before = rest[: piece.start()]
        if role == "age" and (letter := _SEX_BEFORE_AGE.search(before)):
            found.append(("sex", letter["sex"]))
            before = before[: letter.start()]
        rest = f"{before}, {rest[piece.end() :]}"
    if found and (sex := _SEX.search(rest)) is not None:
        word = sex["sex"].lower()
        found.append(("sex", _SEXES.get(word, word)))
        rest = f"{rest[: sex.start()]}, {rest[sex.end() :]}"
    elif any(role == "age" for role, _ in found) and (letter := _SEX_BEHIND_AGE.search(rest)) is not None:
        found.append(("sex", letter["sex"] or letter["again"]))
        rest = f"{rest[: letter.start()]}, {rest[letter.end() :]}"
    if any(role == "birth date" for role, _ in found):
        found = [each for each in found if each[0] != "age"]  # the day says it more closely
    return rest, tuple(dict.fromkeys(found))


def _of_a_place(line: str, start: int) -> bool:
    """Whether "12F" at ``start`` may be a bed: behind the word for a place, unless that has its number or a name stands
    between them.
    """
    places = list(_PLACE.finditer(line, 0, start))
    if not places:
        return False
    between = line[places[-1].end() : start]
    if places[-1]["is"].lower() in _HOLDS_ONE and _BED_SAID.match(between):
        return False
    return _NAMED_BETWEEN.search(between) is None


_SUSPECT = regex(
    r"\b(?:age|aged|yrs?|years?|months?|kg|lbs?|[0-9]{1,2}\s?st(?:one)?|weigh\w*|wt|e?gfr|cr\s?cl|creat\w*|s\.?cr|pregnancy(?!\stest)|gestation|trimester|"
    r"liver|hepatic|cirrho\w*|renal|kidneys?|ckd\w{0,2}|aki|esr[df]|dialysis|ha?emodialysis|ml/min|[uµμ]mol\S*|mg/dl|"
    r"[0-9]{2,3}\s?[MF]|[MF]\s?[0-9]{2,3})\b",
    re.I,
)
"""Words of facts that may change what is fine for somebody."""
_DENIED = regex(
    r"\b(?:not?|non|never|denies|normal|nil|good)\b[\s-]{1,2}(?:[a-z]{1,9}[\s-]){0,2}?(?:pregnan\w*|breast\W?fe\w*|lactat\w*|liver|hepatic|renal|"
    r"kidneys?|ckd|aki|dialysis)\b(?:\s(?:disease|impairment|failure|problems?|issues?))?|"
    r"\b(?:liver|hepatic|renal|kidney)\s(?:function\s)?(?:normal|ok|fine)\b|\b(?:renal|liver|kidney|dialysis|antenatal)\s(?:unit|ward|clinic|team)\b",
    re.I,
)
_NUMBER_ALONE = regex(r"\s*[0-9]{1,3}\s*")
_KIDNEYS = regex(r"renal|kidney|ckd|aki", re.I)
_LIVER = regex(
    r"\b(?:(?:known|chronic|severe|moderate|mild)\s)*(?:(?:liver|hepatic)\s(?:disease|impairment|failure|cirrhosis)|cirrhosis)\b",
    re.I,
)


_DAY_OF_BIRTH = regex(
    r"[\s,;|(]*\b(?:d\.?o\.?b\.?|date of birth|born)(?:\son)?\s?[:=]?\s*[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4}\)?",
    re.I,
)
NUMBERED_AS = regex(
    r"[\s,;|(]*\b(?:nhs|h(?:osp(?:ital)?)?|mrn|chi|medicare|patient|pt)\s?(?:no|nr|number|num|id)?\.?\s?[:#]?\s?[0-9][0-9 -]{5,14}[0-9]\)?",
    re.I,
)
"""The person's number in the health service or a hospital: no fact, and too long for a dose."""


def without_identity(name: str) -> str:
    """The name of a person at the head of a list without day of birth and number, which need not stand in every line of
    a report; as it is where nothing else would be left.
    """
    return _DAY_OF_BIRTH.sub("", NUMBERED_AS.sub("", name)).strip(_SIGNS.replace(")", "")) or name


def told_beside(words: str) -> Facts:
    """What words say of pregnancy, breast-feeding and the like."""
    told = sorted(told_facts(words))
    return tuple(("pregnant", "yes") if each == "pregnancy" else (SAID, each) for each in told)


def facts_of_head(line: str, today: date) -> Facts:
    """All that a line at the head of a list says of the person whose name stands in it too; what looks like a fact and is
    not understood as one is told.
    """
    rest, facts = _cut_out(line)
    facts += told_beside(rest)
    rest = _DENIED.sub(" ", without_told_facts(rest))
    if (liver := _LIVER.search(rest)) is not None:
        facts += (("hepatic", "yes"),)
        rest = f"{rest[: liver.start()]}, {rest[liver.end() :]}"
    of_kidneys = any(role in ("egfr", "crcl", "creatinine") for role, _ in facts)
    for part in re.split(r"[,;|()]|\s[-–—]\s", rest):
        word = _SUSPECT.search(part) or (_NUMBER_ALONE.fullmatch(part) if facts else None)
        if (
            word is not None
            and not (of_kidneys and _KIDNEYS.match(word[0]))
            and not _of_a_place(line, line.find(word[0]))
        ):
            facts += ((UNCLEAR, f"'{part.strip(_SIGNS)}' at the head of the list"),)
    return facts


def diagnoses(rest: str) -> bool:
    """Whether words beside the facts of a person say what the person has and nothing else: "CKD 4", "T2DM and
    hypertension"; no word of it can be a dose, a time or a name (``remark_words.txt``).
    """
    parts = [part.split() for part in re.split(r"[,;|()/.&+]|\s[-–—]\s", rest)]
    plain = plain_words()
    return all(
        all(
            _says_what(word.lower().strip(":"), plain) or (place and _STAGE.fullmatch(word))
            for place, word in enumerate(part)
        )
        for part in parts
    )


def _says_what(word: str, plain: frozenset[str]) -> bool:
    """Whether a word is one of remarks, or a disease with its stage in one word ("ckd3b")."""
    staged = re.fullmatch(r"([a-z]{3,})[0-9][ab]?", word)
    if word in _MAY_BE_TAKEN:
        return False
    return word in plain or word in _OF_PERSON or (staged is not None and staged[1] in plain)
