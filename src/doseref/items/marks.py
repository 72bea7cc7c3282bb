"""What stands before an item and is no part of it: list numbers, bullets, labels and what was dispensed.

``5. ibuprofen 400 mg tid`` is one line of a list and not five of anything. A number is a list number by its sign
("5.", "5)", "(5)"), and only where words follow: before another number it may be a count or half of a decimal, and
then it stays, so that the sig language refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from doseref.dosage.words import DEVICES
from doseref.items.changed import as_now
from doseref.patterns import regex

_BULLET = regex(r"(?:[-–—*•·▪▫■□◦●○◆◇‣⁃➢➤✓✔☐☑+>]|\[[ xX]\])\s+|[•·▪▫■□◦●○◆◇‣⁃➢➤✓✔☐☑]|[-–—*](?=[A-Za-z(])")
_NUMBER = regex(
    r"(?:\(\s?[0-9]{1,3}\s?\)[.:]?|[0-9]{1,3}\s?[).:](?![0-9])|[0-9]{1,3}\.\)|[(]?(?:[a-hA-H]|[ivxIVX]{1,5})\)|[①-⑳]|"
    r"#\s?[0-9]{1,2}(?:\s?[).:]|\s))\s*"
)
_LONGEST_LETTERS = len("xviii)")
"""Characters of the longest letters that number an item, with their sign."""
_LABEL = regex(
    r"(?:(?:current\s|home\s|discharge\s|active\s)?(?:medications?|meds?|drugs?|items?|lines?|rx|prescription|"
    r"order)\s*(?:#|no\.?\s?)?[0-9]{0,3}\s?[:)]"
    r"|(?:rx|item|med|drug|line)\s#?[0-9]{1,3}\s?[.:)-]"
    r"|(?:rx|prescription|order)\s?(?:#|no\.?|number)?\s?[:#]?\s?[0-9]{5,12}(?:-[0-9]{1,3})?[\s:;,.-]"
    r"|(?:regular|medication|drug|sliding)\s(?:chart|sheet|kardex)\s?[:–—-]\s?|(?:p\.?a\.?|prior\sauth(?:ori[sz]ation)?)"
    r"\s(?:needed|required|req|approved|on\sfile)\s?[:–—-]\s?"
    r"|(?:med(?:ication)?s?\son\sd(?:ischarge|/c)|in\sprocess)\s?[:|–—-]\s|(?:script|nomad)\s?:|discharge\srx\s:?"
    r"|(?:tt[oa]s?|to\s?take\s?(?:out|home|away)|take\s?home|home|gp|repeat|acute|regular|discharge|admission|clinic|"
    r"inpatient|outpatient|opd|ward|pta|pre-?admission|webster[\s-]?pa(?:k|ck)s?|dosette(?:\sbox)?|blister[\s-]?packs?|"
    r"(?:(?:non|not|un)[\s-]?)?packed|℞|otc|adv(?:ice|ised)?|r/?x|plan|treatment|tx)\s?[:)]"
    r"|e?mar\s?(?::|[-–—]\s)|tt[oa]s?\s?[-–—](?=\s)|℞|(?:a\s?&\s?e\s|ed\s)?tt[oa]s?\s(?=\s*[a-z]))\s*",
    re.I,
)
_CHANGES = regex(
    r"(?:new(?:\s(?:medication|med|start))?|changed?|modified|continued?|unchanged|increased?|decreased?|reduced?|"
    r"started?|resumed?|restarted?|current|home|existing|amended|(?:medication|medicine|drug|dose)s?\schanges?|"
    r"discharge|regular|repeat|acute|otc)(?:\s?[:=]\s*|\s[-–—]\s+)|(?:unchanged|otc)\s+(?=[A-Za-z])|"
    r"\[(?:new|changed?|continued?|unchanged|increased|decreased|"
    r"started?|resumed?)\]\s*|\((?:new|changed?|continued?|unchanged)\)\s*",
    re.I,
)
"""What a discharge letter says of a drug before its name; a drug that is stopped or held is no such item."""
_NO_CHANGE = regex(r"no\schange\s?[:=–—-]\s*", re.I)
_GOES_ON = regex(
    r"(?:please\s+|p(?:atien)?t\s+to\s+)?(?:cont(?:inue|\.)?|resume|restart|re-?start|start|begin|commence|keep|has|have)(?:\s+(?:on|with|taking|using|home|"
    r"current|your|existing|regular|her|his|the|unchanged|same|as\sbefore|(?:this|these)(?:\smedic(?:ation|ine)s?)?))*"
    r"(?:\s?:)?\s+(?:[-–—]\s+)?(?=[A-Za-z])",
    re.I,
)
_GOAL = regex(
    r"(?:inr\s(?:goal|target|range)|(?:goal|target)\sinr)\s?:?\s?[0-9](?:\.[0-9])?\s?(?:[-–]|to)\s?[0-9](?:\.[0-9])?"
    r"\s?[,;:.–-]\s+(?=[A-Za-z])",
    re.I,
)
"""What the INR is to be, before the drug: "INR goal 2-3, warfarin 4 mg daily"."""
_SPEAKER = regex(
    r"(?:i|he|she|they|we|pt|patient|mum|mom|dad|mother|father)\s+(?:am |is |are |was told to |currently |usually |"
    r"also |normally |now |just |still |been |has been |have been )*"
    r"(?:takes?|taking|uses?|using)\s+",
    re.I,
)
_REGULAR = regex(r"^([0-9]+)\s+regular\s+(?=[A-Z])", re.I)
_DISPENSED = regex(r"(?:disp(?:ense[d]?)?|qty|quantity|supply)\.?\s?[:#]?\s?#?\s?[0-9]{1,4}\b[\s,;]*(?=[A-Za-z])", re.I)
_WORD = regex(r"[A-Za-z(\[{]")


_DATE = regex(
    r"(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{2}-[0-9]{2})\s?[:;,-]?\s+(?=[A-Za-z])"
)
"""The day of a line before its drug: "12/02/25 PHENYTOIN …"."""


def unmarked(text: str) -> str:
    """``text`` without the marks of a list before it; the text itself where there are none."""
    rest = as_now(text.strip())
    for _ in range(3):  # "- 1) Rx: …"
        shorter = _without_one(rest)
        if shorter == rest:
            break
        rest = as_now(shorter)
    letter = _FORM_LETTER.match(rest)
    if letter is not None:
        return f"{_FORM_LETTERS[letter.group(1)]} {rest[letter.end() :]}"
    organ = _ORGAN_FORM.match(rest) if rest[:1] in ("e", "E") else None
    return rest if organ is None else f"{_one_word(organ.group().lower())} {rest[organ.end() :]}"


_SHORT_SALT = regex(r"([A-Za-z]{4,})-(?:pot|sod)\.?\s+(?=([A-Za-z]+))", re.I)


def without_short_salt(text: str, known: Callable[[str], object]) -> str:
    """``text`` without a shortened salt between two known names ("amoxicillin-pot clavulanate"):
    the second is known without it.
    """
    match = _SHORT_SALT.match(text) if "-" in text else None
    if match is None or not known(match.group(1)) or not known(match.group(2)):
        return text
    return f"{match.group(1)}-{text[match.end() :]}"


_FORM_LETTER = regex(r"([TC])\.\s?(?=[A-Za-z]{3})")
_ORGAN_FORM = regex(
    r"(?:e\s?/\s?[do]|(?:eye|ear)[\s-](?:drops?|oint(?:ment)?))\b\.?\s+(?!for\b|in\b|to\b)(?=[A-Za-z]{3})", re.I
)
"""Drops or an ointment before the name of the drug: "E/D Moxicip 0.5%"."""


def _one_word(said: str) -> str:
    """Drops of an organ as the word of the sig language for them, which may stand before a name."""
    if "o" in said.replace("drop", ""):
        return "ointment"
    return "eardrops" if said.startswith("ear") else "eyedrops"


_FORM_LETTERS = {"T": "Tab.", "C": "Cap."}
"""Letters for the form before a name, as Indian prescriptions have them: "T. ibuprofen 400 mg"."""


_BEGINNINGS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (pattern, frozenset(letters.split()))
    for pattern, letters in (
        (
            _LABEL,
            "cu ho di ac me dr it li rx r/ pr or tt to ta gp re cl in ou op wa pt pl tr tx ot ad a& ed a we do bl no un pa "
            "ma em sc p. sl",
        ),
        (_CHANGES, "ne ch mo co un in de re st cu ho ex di ac ot am me dr do [n [c [u [i [d [s [r (n (c (u"),
        (_NO_CHANGE, "no"),
        (_GOES_ON, "pl co re st be ha ke pt pa"),
        (_GOAL, "in go ta"),
        (_SPEAKER, "i he sh th we pt pa mu mo da fa"),
        (_DISPENSED, "di qt qu su"),
    )
)
"""Patterns of words before an item, and the two letters (one, before a space) that each of them begins with: most items
begin with none of them, and compiling a pattern costs as much as reading an instruction."""


def _of_words(text: str) -> Iterator[re.Pattern[str]]:
    """The patterns of words that may match at the beginning of ``text``."""
    head = text[:2].lower().strip()
    plain = head.isascii()
    return (pattern for pattern, begins in _BEGINNINGS if not plain or head in begins)


def _without_one(text: str) -> str:
    if text[:1].isalpha() and text[:1].isascii():
        first: tuple[re.Pattern[str], ...] = ()
    else:
        first = (_BULLET, _DATE)
    for pattern in (*first, *_of_words(text)):
        match = pattern.match(text)
        if match and _WORD.match(text, match.end()):
            return text[match.end() :]
        if match and pattern is _SPEAKER and text[match.end() : match.end() + 1].isdigit():
            return _REGULAR.sub(r"\1 ", text[match.end() :])
        if match and pattern is _BULLET and _list_number(text[match.end() :]):
            return text[match.end() :]
    lettered = text[:1].isalpha() and ")" not in text[:_LONGEST_LETTERS]
    number = None if lettered else _NUMBER.match(text)
    if number is None:
        return text
    rest = text[number.end() :]
    closed = ")" in number.group() and not number.group().startswith("(")
    bullet = _BULLET.match(rest)
    if bullet and _WORD.match(rest, bullet.end()):
        return rest
    return rest if _WORD.match(rest) or (closed and rest[:1].isdigit()) else text


def _list_number(text: str) -> bool:
    number = _NUMBER.match(text)
    return number is not None and _WORD.match(text, number.end()) is not None


_NUMBER_DASH = regex(r"([0-9]{1,3})\s?[-–—]\s+(?=[A-Za-z])")


def unclear_number(text: str) -> str:
    """A number with a dash before a word, which may be that of a list or a count ("3 - ibuprofen 400 mg");
    empty without one.
    """
    match = _NUMBER_DASH.match(text)
    return match.group(1) if match else ""


def _figure_at(text: str, end: int) -> bool:
    """Whether a number stands directly behind a name at ``end``, as behind most: then none of these words do."""
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isdigit()


_DESCRIPTION = regex(
    r"(?:[\s,]+(?:low[- ]dose|(?:regular|extra|maximum|max|adult|junior|double|high)[- ]strength|brand(?:\sname)?|"
    r"generic|otc|usp|bp|replacement(?:\stherapy)?)\b)+"
    r"(?=[\s,]+[0-9][0-9.,]*\s?(?:mg|mcg|g)\b)",
    re.I,
)


_DEVICE = regex(rf"(?:[\s-]+(?:{'|'.join(DEVICES)}|u-?[1-5]00)\b|\s?\(CF\)(?=\s))+", re.I)
_STARTER = regex(
    r"[\s-]+(?:DVT[\s/-]?PE\s)?(?:Treat(?:ment)?\s)?(?:[0-9]{1,2}[\s-]?D(?:ay)?s?\s)?(?:Start(?:er|ing)?(?:\s(?:month\s)?(?:pa(?:ck|k)|pk|kit))?"
    r"|(?:month\s)?starter)(?=[\s:,(-])",
    re.I,
)


def without_starter(text: str, end: int) -> str:
    """``text`` without the words for the pack of the first weeks behind a brand that ends at ``end`` ("Eliquis DVT-PE Treat
    30D Start 5 mg"): what is taken of it is said behind.
    """
    match = None if _figure_at(text, end) else _STARTER.match(text, end)
    return text if match is None else text[:end] + text[match.end() :]


_CLASS = regex(
    r"(?:[\s,-]+\(?u-?[1-5]00\)?)?[\s-]+insul(?:i?n)\b(?=[\s,]+(?:\(?u-?[1-5]00\)?[\s,]+)?[0-9])|[\s,-]+\(u-?[1-5]00\)",
    re.I,
)


def without_class(text: str, end: int) -> str:
    """``text`` without the word "insulin", and its concentration in letters, behind a brand of insulin that ends at ``end``
    ("Lantus SoloStar U-100 Insulin 100 unit/mL").
    """
    match = None if _figure_at(text, end) else _CLASS.match(text, end)
    return text if match is None else text[:end] + text[match.end() :]


_KIND_OF_INHALER = regex(r"\s+(?:p?MDI|HFA)(?=\s+[0-9]+(?:\.[0-9]+)?/[0-9])", re.I)


def without_kind_of_inhaler(text: str, end: int) -> str:
    """``text`` without "MDI" between a brand that ends at ``end`` and its strengths ("Seretide MDI 250/25")."""
    match = None if _figure_at(text, end) else _KIND_OF_INHALER.match(text, end)
    return text if match is None else text[:end] + text[match.end() :]


_DOUBLE = regex(r"[\s-]+DS\b(?=[\s,:-]*\(?\s?[0-9.]+\s?mg\s?/\s?[0-9.]*\s?mL)", re.I)


def without_double(text: str, end: int) -> str:
    """``text`` without "DS" behind a name at ``end`` where its own concentration follows, which is what counts then
    ("Crocin DS (240 mg/5 mL)").
    """
    match = None if _figure_at(text, end) else _DOUBLE.match(text, end)
    return text if match is None else text[:end] + text[match.end() :]


def without_device(text: str, end: int) -> str:
    """``text`` without the words for a device or propellant behind a name at ``end`` ("albuterol HFA",
    "Lantus SoloStar").
    """
    match = None if _figure_at(text, end) else _DEVICE.match(text, end)
    text = text if match is None else text[:end] + text[match.end() :]
    colour = _COLOUR.match(text, end) if "haler" in text or "puffer" in text else None
    return text if colour is None else text[:end] + text[colour.end() :]


_COLOUR = regex(
    r"\s+\(?(?:blue|brown|purple|pink|orange|green|white)(?:\)(?=\s)|(?=\s))(?=\s+(?:relie[fv]er\s|preventer\s)?(?:inhaler|puffer)\b)",
    re.I,
)
"""The colour by which people call an inhaler ("salbutamol blue inhaler")."""
_DISPERSES = regex(r"[\s-]+(?:MD|DT)\b(?=\s+(?:[0-9½]|SOS|OD|BD|TDS|TID|HS|stat\b))")


def without_dispersing(text: str, end: int) -> str:
    """``text`` without the letters for a tablet that disperses in the mouth or in water behind a name that ends at ``end``
    ("Ondem MD 4 SOS", "Clonazepam MD 0.25 mg").
    """
    match = None if _figure_at(text, end) else _DISPERSES.match(text, end)
    return text if match is None else text[:end] + text[match.end() :]


def undescribed(text: str, end: int) -> str:
    """``text`` without the words behind a name at ``end`` that only describe a strength which is then written
    ("low dose 81 mg").
    """
    match = None if _figure_at(text, end) else _DESCRIPTION.match(text, end)
    return text if match is None else text[:end] + text[match.end() :]
