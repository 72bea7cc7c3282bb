"""The fields of a line behind its instruction: "1 od  28 tablet  Last issued 15.01.2024  U/Es 3/12".

Systems of practices, care homes and pharmacies write a line in fields, with signs or two blanks between them. A field that
says only what was handed out, when, by whom or how often again is left out wherever it stands behind the instruction, not
only at the end of the line; between those that stay, blanks become a sign, so that the sig language sees where a remark
begins. Like every shorter form of an instruction it counts only where it is then read whole.
"""

from __future__ import annotations

import re

from doseref.patterns import regex
from doseref.regimen.told_by_carers import cared, without_care
from doseref.regimen.told_in_practice import MASSES, is_lot_with_repeats, is_number_of_pieces, is_pack_alone
from doseref.regimen.written_behind import without_last, without_pack

_SIGN = regex(
    r"\s*(?:(?<![0-9])\*+|\*+(?![0-9]))\s*|\s*[;|]+\s*|\s[-–—]+\s+|\s{2,}|,\s+|(?<=[a-z0-9)])\.\s+(?=[A-Z0-9(\[*])|(?<=\s[Rr][0-9])\s(?=[A-Za-z])|(?<![0-9]\))(?<=[)\]])\s|\s(?=[(\[](?![0-9]{1,4}\)))"
)
"""What stands between two fields."""
_OFTEN = regex(
    r"\b(?:daily|o\.?d|b\.?d|t\.?d\.?s|q\.?d\.?s|bid|tid|qid|qds|om|on|nocte|mane|midi|midday|hs|prn|sos|stat|weekly|monthly|fortnightly|hourly|"
    r"once|twice|thrice|alternate|every|each|morning|mornings|evening|night|nightly|bedtime|noon|lunch(?:time)?|teatime|breakfast|dinner|"
    r"times\s(?:a|per)|(?:a|per)\s(?:day|week|month)|/\s?day|when\s(?:required|needed|necessary)|as\s(?:required|needed)|if\s(?:required|needed)|"
    r"am|pm|q[0-9]{1,2}h|[0-9]{1,2}\s?hrly|[0-9](?:\s?-\s?[0-9½]){2,3})\b",
    re.I,
)
"""A word that says how often; behind it the fields of the supply begin."""
_READING = (
    r"(?:(?:dry|last|latest|recent|target|serum|s\.|adj(?:usted)?)\s?)*(?:(?-i:[Cc]r)|creat(?:inine)?|e?gfr|crcl|wt|weight|ht|height|bmi|bp|hr|pulse|(?:k\+?|li|lithium|mg2?\+|ca|po4)(?=\s?[:=]?\s?[0-9]{1,2}\.[0-9])|na\+?(?=\s?[:=]?\s?1[0-9]{2})|"
    r"hb|hgb|plts?|wcc|wbc|neuts?|inr|tsh|ft4|hba1c|a1c|alt|alp|ast|ggt|bili|alb|crp|esr|iops?|pefr|pf|fev1|qtc|psa|urate|ferritin|ldl|chol|tchol|u&e|egfr|"
    r"phq-?9|gad-?7|k10|mmse|moca|must|waterlow|cfs|rockwood|act|level|trough|sats|spo2|temp|b12|folate|vit\sd|lvef|ef|nt-?probnp|bnp|cha2ds2-?vasc|has-?bled|orbit|age)"
    r"(?:\s(?:checked|was|today|now))?\s?[:=]?\s?[<>≈~]?(?![0-9]{2,4}\s?(?:mg|mcg|units?|meq|tabs?)\b)[0-9]{1,5}(?:\.[0-9]{1,2})?(?:\s?[/-]\s?[0-9]{1,3})?"
    r"(?:\s?(?:%|kg|mm\s?hg|m?mol/l|mmol/mol|[uµ]?mol/l|umol/l|ml/min(?:/1\.73\s?m2)?|g/l|bpm|/min|mg/l|nmol/l|ug/l|cm|st))?"
)
_READINGS = regex(
    rf"(?:{_READING}|[0-9]{{1,3}}\s?(?:yo|y/o|yrs?(?:\sold)?|years?(?:\sold)?|kg)(?:\s?[mf])?)(?:[\s,;/]*(?:{_READING}|[0-9]{{1,3}}\s?kg))*"
    r"(?:[\s,]*\(?(?:on\s|in\s)?(?:[0-9]{1,2}[/.-][0-9]{2,4}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s?(?:[0-9]{2,4})?|today|stable|ok)\)?)?",
    re.I,
)
"""A field of readings and of who somebody is: "Cr 88 Wt 74kg", "83yo, 58kg", "IOP 17/15"; no dose has these words before it."""
_ONLY_DATE = regex(
    r"(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:20)?[0-9]{2}|20[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[\s-](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[\s-](?:20)?[0-9]{2}|"
    r"\((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?:\s(?:20)?[0-9]{2})?\))",
    re.I,
)
_SHORTEST = 12
_MOST_PIECES = 6
_MOST = 24
"""Fields of one line; one of more is no line of a person's medicines."""


def without_fields(sig: str) -> list[str]:
    """``sig`` without its fields that tell of the supply, as it stands and with a sign for blanks; empty where nothing changes."""
    if len(sig) < _SHORTEST:
        return []
    parts = _parts(_with_packs_apart(without_pack(sig)))
    if len(parts) > _MOST:
        return []
    whole, kept, dropped = _kept(parts)
    head = _without_pieces_of_head(whole)
    dropped = dropped or head != whole
    plain = (head + "".join(sign + text for sign, text in kept)).strip(" ,;|*-–—")
    signed = (head + "".join((_sign(sign) + text) for sign, text in kept)).strip(" ,;|*-–—")
    apart = (head + "".join(f"{_apart(sign, text)}{text}" for sign, text in kept)).strip(" ,;|*-–—")
    made = ([plain] if dropped else []) + ([signed] if signed != plain and (dropped or signed != sig) else [])
    return [each for each in dict.fromkeys((*made, apart)) if each and each != sig]


_SOLIDS = r"(?:tab(?:let)?s?|cap(?:sule)?s?|patch(?:es)?|sachets?|pens?|vials?|amps?|inhalers?|doses?|supps|op|bottles?|tubes?|packs?)"
_PACK = rf"(?:[0-9]{{1,2}}\s?[x×*]\s?[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?\s?(?:mls?|g|doses?|{_SOLIDS})?|[0-9]{{1,4}}\s?{_SOLIDS}|[0-9]{{1,4}}(?:\.[0-9])?\s?(?:mls?|g)(?:\s?[x×]\s?[0-9]{{1,2}})?)"
_TAKEN = (
    r"(?:of|at|in|with|after|before|when|as|if|every|each|by|for|to|or|and|then|per|a|an|nocte|mane|midday|noon|noc|om|on|od|bd|tds|qds|bid|tid|qid|prn|sos|hs|stat|daily|weekly|"
    r"once|twice|three|four|up|po|iv|im|sc|s/c|pr|pv|inh|via|into|both|left|right|max|only|extra|more|again|morning|evening|night|breakfast|lunch|dinner|tea|[0-9])"
)
_PACK_AMONG = regex(rf"(?<=[a-wyz0-9)])\s(?P<pack>{_PACK})(?=\s(?!{_TAKEN}\b)[A-Za-z]|\s\(|$)", re.I)
"""A pack between single blanks, which no word of a dosage follows: "3 od 84 tabs IBD team", "nocte 3x3ml"."""


def _with_packs_apart(sig: str) -> str:
    """``sig`` with two blanks around the packs behind the first word that says how often."""
    begins = _OFTEN.search(sig)
    if begins is None:
        return sig
    return sig[: begins.end()] + _PACK_AMONG.sub(lambda found: f"  {found['pack']} ", sig[begins.end() - 1 :])[1:]


def _apart(sign: str, text: str) -> str:
    """The sign that sets a field apart; none before a bracket, which says something of what stands before it: whether
    "daily (2 syringes)" are both of a day or handed out is for the sig language to ask.
    """
    return sign if text.startswith(("(", "[")) and not sign.strip() else "; "


def _sign(between: str) -> str:
    """The sign that the sig language sees where blanks, stars or a dash stand between two fields."""
    return between if between.strip(" *-–—") or between == " " else "; "


def _parts(sig: str) -> list[tuple[str, str]]:
    """The fields of a line, each with what stands before it; a bracket is one field."""
    made, at, before, depth = [], 0, "", 0
    for found in _SIGN.finditer(sig):
        depth += _depth(sig[at : found.start()])
        if depth > 0:
            before_text = sig[at : found.start()]
            made.append((before, before_text, True))
        else:
            made.append((before, sig[at : found.start()], False))
        at, before = found.end(), found.group()
    made.append((before, sig[at:], False))
    return _joined(made)


def _depth(text: str) -> int:
    return text.count("(") + text.count("[") - text.count(")") - text.count("]")


def _joined(made: list[tuple[str, str, bool]]) -> list[tuple[str, str]]:
    """Put together what stands in one bracket."""
    fields: list[tuple[str, str]] = []
    inside = False
    for sign, text, opens in made:
        if inside:
            fields[-1] = (fields[-1][0], fields[-1][1] + sign + text)
        elif text or not fields:
            fields.append((sign, text))
        inside = opens
    return fields


def _kept(parts: list[tuple[str, str]]) -> tuple[str, list[tuple[str, str]], bool]:
    """The head of a line up to its instruction, the fields behind it that stay, and whether any was left out."""
    head, first = parts[0][1], 1
    while first < len(parts) and _OFTEN.search(head) is None:
        head += parts[first][0] + parts[first][1]
        first += 1
    kept: list[tuple[str, str]] = []
    dropped, gone, i = False, False, first
    behind = 0  # fields that stay in front of the first that goes
    while i < len(parts):
        sign, text = parts[i]
        said = head + " " + " ".join(each for _, each in kept)
        if i + 1 < len(parts) and is_lot_with_repeats(f"{text} {parts[i + 1][1]}", said):
            behind = behind if dropped else len(kept)
            dropped, gone, i = True, True, i + 2
            continue
        less = _without_pieces(text, said)
        if less:
            kept.append((sign if sign.strip() or not gone else "; ", less))
        gone = not less
        if less != text and not dropped:
            dropped, behind = True, len(kept)
        i += 1
    if any(MASSES.search(text) and _OFTEN.search(text) for _, text in kept[behind:]):
        return head, parts[first:], False  # "14 tabs, 325 mg every 6 hours": the number may be of the dose behind it
    return head, kept, dropped


def _without_pieces(text: str, said: str) -> str:
    """A field without the pieces of the supply at its end and its beginning; the inside of a bracket is looked at alike."""
    bare = text.strip()
    if (
        _READINGS.fullmatch(bare)
        or (_ONLY_DATE.fullmatch(bare) or _ONLY_DATE.fullmatch(bare.strip("()[] ")))
        or cared(bare, said)
    ):
        return ""
    if bare[:1] + bare[-1:] in ("()", "[]"):
        if _CLOCKS.fullmatch(bare) and _agree(bare, said):
            return ""
        if _READINGS.fullmatch(bare[1:-1].strip()) or cared(bare[1:-1], said):
            return ""
        inner = [(sign, _without_pieces(each, said)) for sign, each in _parts(bare[1:-1])]
        stays = "".join((sign if i else "") + each for i, (sign, each) in enumerate(part for part in inner if part[1]))
        if MASSES.search(stays):
            return text  # "(HR 62, 50 mg)": what stays would be a dose without what stood before it
        return f"{bare[0]}{stays}{bare[-1]}" if stays else ""
    if is_pack_alone(bare, said) or is_number_of_pieces(bare, said) or is_lot_with_repeats(bare, said):
        return ""
    line = f"{said}; {bare}"
    for _ in range(_MOST_PIECES):
        less = without_care(without_last(line))
        if less == line or len(less) <= len(said) + 1:
            return "" if less != line else _unless_pack(line[len(said) + 2 :], said)
        line = less
    return _unless_pack(line[len(said) + 2 :], said)


def _unless_pack(text: str, said: str) -> str:
    """What is left of a field; empty where that is how many are handed out, and no more: "(100) last issued 22/01"."""
    bare = text.strip()
    return "" if is_pack_alone(bare, said) or is_number_of_pieces(bare, said) else text


def _without_pieces_of_head(head: str) -> str:
    """The head without the pieces behind its instruction that no sign sets apart."""
    for _ in range(_MOST_PIECES):
        less = without_care(without_last(head))
        if less == head or _OFTEN.search(less) is None:
            break
        head = less
    return head


_CLOCK = r"(?:[01]?[0-9]|2[0-3])[:.]?[0-5][0-9]"
_CLOCKS = regex(rf"[(\[]\s?@?\s?{_CLOCK}(?:[\s,/&]+{_CLOCK}){{0,3}}\s?(?:h|hrs?)?[)\]]", re.I)
_EACH_CLOCK = regex(_CLOCK)
_TIMES_A_DAY = (
    (
        1,
        regex(
            r"\b(?:od|om|on|o\.d\.?|daily|mane|nocte|once|every\s(?:day|morning|night)|at\snight|in\sthe\s(?:morning|evening)|each\s(?:day|morning))\b",
            re.I,
        ),
    ),
    (2, regex(r"\b(?:bd|bid|twice)\b", re.I)),
    (3, regex(r"\b(?:tds|tid|three\stimes)\b", re.I)),
    (4, regex(r"\b(?:qds|qid|four\stimes)\b", re.I)),
)


def _agree(clocks: str, said: str) -> bool:
    """Whether clock times in a bracket are as many as the instruction before them says a day."""
    many = len(_EACH_CLOCK.findall(clocks))
    return [number for number, words in _TIMES_A_DAY if words.search(said)] == [many]
