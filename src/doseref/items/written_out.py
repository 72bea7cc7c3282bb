"""Short ways of writing a drug, written out before its name is looked for.

``TMP/SMX DS`` are 160 mg and 800 mg, in the order in which the two are named; co-trimoxazole is named by the sum of both in
Britain (480, 960); "micronized" says how a powder is made; "inserted 02/2024" tells since when an implant is there.
"""

from __future__ import annotations

import re

from doseref.items.order_names import plainly
from doseref.patterns import regex

_TMP = r"TMP|trimethoprim"
_SMX = r"SMX|SMZ|sulfamethoxazole|sulphamethoxazole"
_PAIR = regex(
    rf"(?P<first>\b(?:{_TMP}|{_SMX}))\s?[-/+]\s?(?P<second>(?:{_TMP}|{_SMX})\b)(?:\s?[-(]?\s?(?P<strength>DS|SS|double\sstrength|"
    r"single\sstrength)\b\)?)?(?P<told>\s*\(?[0-9]{2,3}\s?(?:mg)?\s?[-/])?",
    re.I,
)
_DOUBLE, _SINGLE = (160, 800), (80, 400)
"""Trimethoprim and sulfamethoxazole of the two tablets, in mg (``products.csv``: Bactrim DS, Bactrim SS)."""
_SUM = regex(r"\b(co-?trimoxazole|septrin)(\s+(?:tab(?:let)?s?|cap(?:sule)?s?))?\s+(480|960)\s?mg\b(?!\s?/)", re.I)
_MADE = regex(r"^(\W*)(?:ultra)?microni[sz]ed\s+(?=[A-Za-z]{5})", re.I)
_SINCE = regex(
    r"\s+(?:was\s)?(?:inserted|fitted|implanted|placed)\b(?:\s+(?:on|in|since))?"
    r"(?:\s*\(?(?:[0-9]{1,2}[/.-])?(?:[0-9]{1,2}[/.-])?(?:[0-9]{4}|[0-9]{2})\)?|\s+[A-Z][a-z]{2,8}\.?\s?[0-9]{2,4})?\s*$"
)
_CHANGE = regex(
    r"(?<=[A-Za-z0-9)])\s*(?:[-–—]\s*|\s[(\[])(?:continued?|continuing|unchanged|no\schange|dose\s(?:increased|decreased|reduced|changed)|increased|"
    r"decreased|reduced|restarted|resumed|new(?:ly\sstarted)?|started|new\sstart)[)\]]?\s*$",
    re.I,
)
"""What a discharge letter says of a drug behind its dose; the dose is the one that holds now."""
_OFTEN = r"(?:o[dmn]|bd|bid|tds|tid|qds|qid|prn|mane|nocte|daily|when|up\sto|via|as\sneeded)\b"
_PUFFS = regex(rf"(?<![0-9./])([1-4])p(?=\s+{_OFTEN})", re.I)
"""Puffs, as Britain writes them: "salbutamol 2p PRN"."""
_DISPERSIBLE = regex(rf"([0-9]\s?mg)\s+disp\.?(?:\s+tab(?:let)?s?)?(?=\s+{_OFTEN})", re.I)
"""A dispersible tablet; "disp 30" is what was dispensed."""
_LEFT = regex(
    r"\s*(?:\(stop\safter\s(?P<after>[0-9]{1,2}\s(?:days|weeks|months))\)|"
    r"[-–—,(]\s*(?P<left>[0-9]{1,2}\s(?:days|weeks))\sleft(?:,?\s(?:and\s)?then\sstop)?\)?)\s*$",
    re.I,
)
"""How long it is still taken, and nothing behind it."""
_CLAV = regex(
    r"\bamox(?:i|icillin|ycillin)?\s?[-/+ ]\s?(?:(?:k|pot(?:assium)?)\.?[\s-])?clav(?:ulanate|ulanic\sacid|ulan)?\b",
    re.I,
)
"""Amoxicillin with clavulanate as pharmacy systems shorten it: "AMOX/K CLAV 875-125MG"."""
_TTS = regex(r"\b(clonidine)[\s-]+TTS[\s-]?[1-3]\b(?=[^a-z]*?[0-9.]+\s?mg\s?(?:/|per\s)\s?(?:24|day))", re.I)
"""The size of a patch behind the generic name, where what it gives a day is written."""
_FOR = regex(r"^\W*HRT\s*[:–-]?\s+(?=[A-Za-z])(?!(?:clinic|review|check|nurse|appt|appointment|follow)\b)")
_ENTERIC = regex(r"\b(sul(?:f|ph)asalazine|salazopyrin|diclofenac|naproxen|aspirin)\s+EN\b", re.I)
_LONG_DASHES = regex(r"(?<![0-9.])[0-9½¼](?:\s?-{2,}\s?[0-9½¼]){2,3}(?![0-9.])")
_RULE = regex(r"(?<=\s)-{2,}(?=\s)")
"""Several dashes, as India writes them by hand: "1---0---1", and " ---- " for a comma."""
_EXTENDED = regex(r"(?<=[a-z]{3})\s+EXT(?:ENDED)?(?:[\s-]?REL(?:EASE)?)?\.?(?=\s+[0-9.]+\s?MG\b)", re.I)
_MACROCRYSTALS = regex(
    r"\b(nitrofurantoin)\s+(?:mono(?:hyd(?:rate)?)?\.?\s?[/-]?\s?)?(?:mac(?:ro(?:crys(?:tals?)?)?)?|mcr)\b(?=\.?\s)",
    re.I,
)
_MICROGRAMS = regex(r"(?<=[0-9])(\s?)microg(?:ram)?s?\b", re.I)
_FORM_IN_LETTERS = regex(r"([0-9.]\s?(?:MG|MCG|MEQ|GM?|ML|UNITS?|%))\s+(TB|CP|VL)(?=[\s,;|]|$)")
_FORMS = {"TB": "TAB", "CP": "CAP", "VL": "VIAL"}
_INSERTED = regex(
    r"\b(?:(?P<unwrap>UNWRAP)\s?(?:&|AND|,)\s?INS(?:ERT)?|INS)(?=\s+(?:[1-4]|ONE|TWO|HALF|A|THE)\s+"
    r"(?:SUPP|APPL|TAB|OVULE|PESS|RING|PR|PV|VAG|RECT|FULL))",
    re.I,
)
"""Letters of pharmacy exports behind a strength, and "insert" of what goes into the body."""
_OF_FOOD = regex(
    r"(?:(?<=[0-9½]\s)|(?<=[-–]\s)|\b(?P<often>OD|BD|TDS|TID|QID|HS)\s+|\b(?P<minutes>[0-9]{2}\s?min(?:ute)?s?)\s+)(?P<when>A/?F|B/?F)\b(?!\w)"
)
"""After and before food in the letters of Indian prescriptions, behind the parts of a day or a number of minutes."""
_INDIAN = regex(
    r"\W*(?:tab(?:let)?|cap(?:sule)?|inj(?:ection)?|syp|syr|susp|t|c)\b|.{3,60}?[0-9½]\s?[-–]\s?[0-9½]\s?[-–]\s?[0-9½]",
    re.I,
)
_TRAY_PARTS = {
    "breakfast": ("br", "bf", "bk", "b'", "b’"),
    "lunch": ("lu", "mi"),
    "dinner": ("di", "te"),
    "bedtime": ("be", "no"),
}
_TRAY_LETTERS = {"b": "breakfast", "l": "lunch", "d": "dinner", "t": "dinner"}
_TRAY_ENTRY = (
    r"(?P<part>br(?:ea)?k(?:fast|fst|f)?|b['’]?k?f(?:a)?(?:st)?|lun(?:ch)?|midi|din(?:ner)?|tea|bed|nocte|(?-i:[BLDT])(?=\s{0,4}[:=]?\s{0,4}[0-9½¼–-]))"
    r"\s{0,4}[:=]?\s{0,4}(?P<many>[0-9]{1,2}(?:/[24])?[½¼]?|[½¼]|-|–|nil)(?![0-9a-z.])[\s,;|]*"
)
_TRAY_ENTRIES = regex(_TRAY_ENTRY, re.I)
_TRAY = regex(
    rf"\b{_TRAY_ENTRY}".replace("?P<part>", "?:").replace("?P<many>", "?:")
    + rf"(?:{_TRAY_ENTRY}){{2,3}}".replace("?P<part>", "?:").replace("?P<many>", "?:"),
    re.I,
)
"""The columns of a packed tray: "Brk 2  Lun -  Din 2  Bed 2"."""
_SIDE = regex(
    r"(?<![\w(])(?P<side>[RL])\)\s?(?=(?:eye|ear|nostril|knee|hip|shoulder|hand|foot|leg|arm|heel|elbow|ankle|wrist|side)s?\b)",
    re.I,
)
"""A side as Australia writes it: "R) eye"."""
_STRIP = regex(r"(?<=[0-9A-Za-z.)])\s{1,3}\(?[0-9]{1,3}\s?['’]\s?s\b\)?", re.I)
"""How many are in a strip: "Tab 15's"."""
_NEEDLES = regex(
    r"\bB-?D(?=\s(?:viva|micro-?fine|ultra-?fine|auto-?shield|safety|needles?|pen\s?needles?|syringes?|lancets?)\b)",
    re.I,
)
"""Who makes needles, and no "twice a day"."""
_WITHHELD = regex(r"\bw/h\b(?=\s(?:if|for|when)\b)", re.I)
_CANISTER = regex(
    r"(?<=mcg)(?P<device>(?:/[0-9.]{0,3}\s?(?:act|inh|dose)\w{0,6})?\s{0,2}(?:hfa|inh|diskus|mdi|aero?)?)\s{0,2}"
    r"\(?(?:28|30|60|120|200)(?:\s?(?:inh\w{0,9}|doses?|blisters?|act\w{0,8}|puffs?))?\)?"
    r"(?=\s{0,2}(?:[;|(/,]|$|inhale\b|inl\b|take\b|[12]\s?(?:inh|puff|pf)))",
    re.I,
)
"""How many puffs an inhaler holds, behind its strength: "250-50MCG INH 60", "160-4.5MCG(120 INH)"."""
_PRN_CHART = regex(r"^\s*prn\s(?:chart|sheet|meds?|medications?)\s?[:–—-]\s*", re.I)
_BEFORE_FOOD = regex(r"(?P<minutes>\b[1-6][05]\s?min(?:ute)?s?)\s+B/F\b", re.I)
_ONCE_AND_PARTS = regex(r"\bOD\s+(?=(?:[1½]\s?-\s?0\s?-\s?0|0\s?-\s?[1½]\s?-\s?0|0\s?-\s?0\s?-\s?[1½])(?![-0-9]))")
"""Once a day, or the end of a brand, before the one part of the day that says it too ("Nurokind OD 0-1-0")."""
_MONTHS = regex(r"\bx\s?([0-9]{1,2})\s?m\b(?!\s?[a-z0-9/])", re.I)
_REGIME_DAY = regex(r"\b(?:D|day\s?)(?P<day>[1-9][0-9]?)\s?[:=–-]?\s+(?=(?:[0-9½]|one|two|half)[^,;]{0,40})", re.I)
"""The days of a reducing regime in letters: "D1 20mg QDS, D2 15mg QDS"."""
_MOM = regex(
    r"\bMOM\b(?=\s+(?:susp(?:ension)?\s+)?(?:take\s+|give\s+)?[0-9]{1,2}(?:\s?[-–]\s?[0-9]{1,2})?\s?(?:ml|mL|ML|cc|CC|tbsp|TBSP|oz|OZ)\b)"
)
"""Milk of magnesia before so many millilitres, and no mother (pharmacy abbreviations, studystack.com/flashcard-675910, read
2026-12-01).
"""
_SIGNS = (
    "mom ",
    *("d1", "d2"),
    *"tmp smx smz sulfameth sulphameth trimox septrin micron insert fitted implanted placed contin change creased".split(),
    *"reduced started resumed new hrt".split(),
    *("--", "microg", " ext", "mono", " mac", " mcr", " tb", " cp", " vl", "ins ", "unwrap"),
    *(" af", " bf", "od ", " a/f", " b/f", " m", "m)", "'s", "’s", "mcg", "prn ", "brk", "lun", "bed"),
    *("r)", "l)", "w/h", "bd ", "b-d"),
    *(" en ", "1p", "2p", "3p", "4p", "disp", "stop after", " left", "clav", "tts"),
)


def written_out(text: str) -> str:
    """``text`` with these written out; the text itself where there is none of them."""
    text = plainly(text)
    lower = text.lower()
    if not any(sign in lower for sign in _SIGNS):
        return text
    text = _SIDE.sub(lambda found: "right " if found["side"].lower() == "r" else "left ", text)
    text = _NEEDLES.sub("", text)
    text = _WITHHELD.sub("withhold", _STRIP.sub("", text))
    text = _BEFORE_FOOD.sub(r"\g<minutes> before food", text)
    text = _PRN_CHART.sub("PRN ", text)
    text = _CANISTER.sub(lambda found: found["device"], text, count=1)
    text = _TRAY.sub(_columns, text, count=1)
    text = _MOM.sub("milk of magnesia", text, count=1)
    if "d1" in lower or "d2" in lower:
        text = _days_in_words(text)
    if _INDIAN.match(text):
        text = _ONCE_AND_PARTS.sub("", text)
        text = _MONTHS.sub(r"x \1 months", _OF_FOOD.sub(_food, text))
    text = _TTS.sub(r"\1", _CLAV.sub("amoxicillin/clavulanate", text, count=1), count=1)
    text = _ENTERIC.sub(r"\1 EC", _CHANGE.sub("", _FOR.sub("", text)))
    text = _PUFFS.sub(r"\1 puffs", _DISPERSIBLE.sub(r"\1 dispersible tablet", text))
    text = _LEFT.sub(lambda m: f" for {m['after'] or m['left']}", text)
    text = _RULE.sub(";", _LONG_DASHES.sub(lambda m: re.sub(r"\s?-+\s?", "-", m.group()), text))
    text = _INSERTED.sub("insert", _FORM_IN_LETTERS.sub(lambda m: f"{m[1]} {_FORMS[m[2]]}", text))
    text = _MACROCRYSTALS.sub(r"\1", _EXTENDED.sub(" ER", text, count=1), count=1)
    text = _MICROGRAMS.sub(r"\1mcg", text)
    text = _SINCE.sub("", _MADE.sub(r"\1", text, count=1))
    text = _SUM.sub(lambda m: f"{m[1]}{m[2] or ''} {'160/800' if m[3] == '960' else '80/400'} mg", text, count=1)
    return _PAIR.sub(_both, text, count=1)


def _days_in_words(text: str) -> str:
    """``text`` with "day 1", "day 2" … for the letters of a regime's days; the text itself where they are not all days that
    follow one another, as no vitamin does.
    """
    found = list(_REGIME_DAY.finditer(text))
    if len(found) < 2 or [int(each["day"]) for each in found] != list(range(1, len(found) + 1)):
        return text
    return _REGIME_DAY.sub(r"day \g<day> ", text)


def _food(match: re.Match[str]) -> str:
    """The words for letters of food, with what stands before them."""
    before = match["often"] or match["minutes"] or ""
    return f"{before} {'after' if match['when'].upper().startswith('A') else 'before'} food".lstrip()


def _columns(match: re.Match[str]) -> str:
    """The columns of a tray with their words in full and no hyphen for none."""
    said = []
    for entry in _TRAY_ENTRIES.finditer(match.group()):
        letters = entry["part"].lower()
        part = _TRAY_LETTERS.get(letters) or next(w for w, begins in _TRAY_PARTS.items() if letters.startswith(begins))
        said.append(f"{part} {'0' if entry['many'] in ('-', '–', 'nil') else entry['many']}")
    return ", ".join(said) + " "


def _both(match: re.Match[str]) -> str:
    """Both names, with the strengths that double or single strength stands for where no figure says them."""
    first_is_tmp, second_is_tmp = (match[each].lower().startswith("t") for each in ("first", "second"))
    if first_is_tmp == second_is_tmp:
        return match.group()
    names = ("trimethoprim", "sulfamethoxazole") if first_is_tmp else ("sulfamethoxazole", "trimethoprim")
    told, strength = match["told"] or "", (match["strength"] or "").lower()
    if not strength or told:
        return f"{names[0]}/{names[1]}{told}"
    pair = _DOUBLE if strength.startswith("d") else _SINGLE
    one, two = pair if first_is_tmp else pair[::-1]
    return f"{names[0]}/{names[1]} {one}/{two} mg"
