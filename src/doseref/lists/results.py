"""Results of the laboratory in a list: one with its date, and several in a row ("U&E: Na 138, K 4.2, Cr 90, eGFR 61").

Only what says something of the kidneys counts. A line is read where all of it is results; where it says a figure of the
kidneys and is not read, or says that they are weak and no figure, that is told (R413), never set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from doseref.patterns import regex
from doseref.regimen.facts import KIDNEYS
from doseref.regimen.model import Item

Facts = tuple[tuple[str, str], ...]
_EGFR = r"(?:e-?gfr|gfr|estimated\sgfr)"
_CRCL = r"(?:cr\s?cl|creatinine\sclearance|creat\s?cl)"
_CREATININE = r"(?:(?:serum\s|plasma\s)?creat(?:inine)?|s\.?cr|s\.creat|cr)"
_OTHERS = (
    r"(?:na\+?|sodium|k\+?|potassium|ur(?:ea)?|bun|cl|chloride|t?co2|hco3|bicarb(?:onate)?|(?:adj(?:usted)?\s|corr(?:ected)?\s)?ca(?:lcium)?|"
    r"mg(?:2\+)?|magnesium|po4|phos(?:phate)?|hb|hgb|ha?emoglobin|wcc|wbcc?|plt|plts|platelets|mcv|neut(?:rophils|s)?|alt|ast|alp|ggt|bili(?:rubin)?|"
    r"alb(?:umin)?|crp|esr|inr|hba1c|a1c|tsh|f?t4|glu(?:c(?:ose)?)?|ldl|hdl|chol(?:esterol)?|ferritin|b12|folate|urate|uric\sacid|ck|trop(?:onin)?|u?acr|"
    r"bnp|nt-?probnp|bp|hr|pulse|temp|sats|spo2|rr|bmi)"
)
_UNIT = (
    r"(?:mL/min(?:\s?/\s?1[.,]73\s?m(?:2|²|\^2)?)?|mL/min/1[.,]73|mg/dL|[uµμ]mol/l|umol|mmol/L|mmol/mol|mg/mmol|mEq/L|g/d?L|ng/mL|[um]?g/L|m?[iu]u?/m?l|%|"
    r"mmHg|bpm|x\s?10\s?[\^*]?\s?9/l|10\s?[\^*]\s?9/l|fl)"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
DATE = (
    r"(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})|[0-9]{1,2}/(?:20)[0-9]{2}|"
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)?[\s-]{_MONTH}(?:[\s-](?:[0-9]{{4}}|[0-9]{{2}}))?|{_MONTH}\s(?:[0-9]{{1,2}},\s)?[0-9]{{4}}|"
    r"today|yesterday|this\s(?:morning|week)|last\s(?:week|month)|[0-9]{1,2}\s(?:days?|weeks?|months?)\sago)"
    r"(?:[\s,T]{1,2}[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)
"""When a result is of: what it says is used whenever it is of, for it is the last that is known."""
DATED = rf"(?:[\s,]*[(\[]?\s?(?:(?:on|dated|taken|from|as\sof|of|at|@)\s)?{DATE}\s?[)\]]?)"
_FLAG = r"(?:\s?[(\[]?(?:h|l|hh|ll|high|low|↑|↓|\*|abnormal|stable)[)\]]?(?![a-z]))"
_BY = r"(?:\s?[(\[](?:c\s?[&-]\s?g|cg|cockcroft(?:[\s–-]*(?:and\s|&\s?)?gault)?|ckd[\s-]?epi(?:\s20[0-9]{2})?|mdrd|calc(?:ulated)?|est(?:imated)?)[)\]])"
"""By which formula."""
_RANGE = r"(?:\s?[(\[](?:ref(?:erence)?:?\s?|normal\s|n\s)?(?:[0-9]{1,4}(?:\.[0-9]{1,2})?\s?[-–]\s?[0-9]{1,4}(?:\.[0-9]{1,2})?|[<>]\s?[0-9]{1,4})[)\]])"
_IS = r"\s?(?:is|was|of|now|[:=~])?(?:\s?(?:estimated|calculated|measured)(?:\s(?:at|as|to\sbe))?)?\s{0,3}"


def _one(name: str, value: str) -> str:
    return rf"{name}{_BY}?{_IS}{value}(?![0-9])(?!\.[0-9])(?!\s?[-–/→>]+\s?[0-9])"


_VALUE = r"[<>]?\s?[0-9]{1,4}(?:\.[0-9]{1,2})?"
_BEHIND = rf"(?:{_FLAG}|{_BY}|{_RANGE})*{DATED}?"
_KIDNEYS = "|".join(
    (
        _one(_EGFR, f"(?P<egfr>{_VALUE})") + rf"(?:\s?{_UNIT})?",
        _one(_CRCL, f"(?P<crcl>{_VALUE})") + rf"(?:\s?{_UNIT})?",
        _one(_CREATININE, rf"(?P<creatinine>{_VALUE}(?:\s?\(?(?:mg/dL|[uµμ]mol/L)\)?)?)"),
    )
)
_OF_OTHERS = rf"(?:bp\s?[:=]?\s?[0-9]{{2,3}}/[0-9]{{2,3}}|{_one(_OTHERS, _VALUE)})(?:\s?{_UNIT})?"
_RESULT = regex(rf"(?:{_KIDNEYS}|{_OF_OTHERS}){_BEHIND}(?![^\W\d_])", re.I)
_HEAD = regex(
    r"(?:(?:latest|last|recent|most\srecent|current|today['’]?s?|admission|baseline|discharge|on\sadmission|repeat)\s)*"
    r"(?:u\s?(?:&|and|\+)\s?es?|u/es?|ues|uecs?|bloods?(?:\s(?:tests?|results?))?|labs?(?:\s?results?)?|results?|(?:renal|kidney)\s(?:function|profile)|"
    r"rfts?|bmp|cmp|lfts?|fbc|cbc|biochem(?:istry)?|chemistry|electrolytes|renal|observations|obs|haematology|hematology)\b",
    re.I,
)
"""What stands before results: "U&E:", "Latest bloods"."""
_DATED = regex(DATED, re.I)
_LATEST = regex(r"(?:latest|last|current|recent|repeat|known|baseline|new)\s", re.I)
_BETWEEN = regex(r"[\s,;:|.·•()–-]{1,8}|/\s|and\s", re.I)
_FILLERS = regex(r"(?:her|his|their|the|patient['’]?s?|pt['’]?s?)\s", re.I)
_NO_BRACKETS = str.maketrans("", "", "()")
_MOST_RESULTS = 60
_MOST_TOLD = 80
_KIDNEY_FIGURE = regex(
    rf"\b(?:{_EGFR}|{_CRCL}|(?:serum\s)?creat(?:inine)?|s\.?cr){_BY}?{_IS}(?:(?:around|about|approx\.?|stable\sat|only|down\sto|up\sto)\s)?"
    r"[<>~≈]?\s?[0-9]{1,4}(?![0-9])(?!\s?(?:x\b|times|week|month|day|/(?:7|12|52)\b))",
    re.I,
)
"""A figure of the kidneys, however the words round it are."""
_BARE_CR = regex(r"\bcr\s?[:=]?\s?[0-9]", re.I)
"""The creatinine in a row of results; elsewhere "CR 50" is a release."""
_WEAK = regex(
    r"\b(?:(?:ckd|c\.k\.d\.?|chronic\s(?:kidney|renal)\s(?:disease|failure|insufficiency))(?:[\s,-]*(?:stage|grade|g)?\s?(?:[1-5][ab]?|i{1,3}v?|iv|v)\b)?"
    r"|es[kr][df]|end[\s-]stage\s(?:renal|kidney)\s(?:disease|failure)|ha?emodialysis|(?:peritoneal\s)?dialysis|"
    r"(?:renal|kidney)\s(?:impairment|failure|insufficiency|disease)|(?:impaired|poor|reduced|weak)\s(?:renal|kidney)\sfunction)\b",
    re.I,
)
_EARLY = regex(r"[\s,-](?:stage|grade|g)?\s?(?:1|2|i{1,2})$", re.I)
"""CKD 1 and 2: a kidney function that limits nothing."""
_DENIED = regex(
    r"\b(?:not?|non|never|denies|without|nil|if|avoid|risk\sof|family\shistory\sof|fhx?|mother|father|brother|sister|refused|declined|resolved|"
    r"monitor\sfor|in\scase\sof|(?:renal|kidney|dialysis)\s(?:unit|ward|clinic|team))\b[\s:-]{0,2}(?:[a-z]{1,12}[\s,/-]{1,2}){0,3}$",
    re.I,
)


def results(line: str) -> Facts | None:
    """What a line that holds results and nothing else says of the kidneys, as roles and cells; ``None`` for any other
    line, and for one that says nothing of them.
    """
    told: list[tuple[str, str]] = []
    place, count, text = 0, 0, line.strip()
    if filler := _FILLERS.match(text):
        text = text[filler.end() :]
    while place < len(text):
        match = _RESULT.match(text, place)
        if match is not None:
            count += 1
            told += [(role, cell.strip().translate(_NO_BRACKETS)) for role, cell in match.groupdict().items() if cell]
        else:
            between = (_HEAD, _DATED, _LATEST, _BETWEEN)
            match = next((found for each in between if (found := each.match(text, place))), None)
        if match is None or count > _MOST_RESULTS:
            return None
        place = match.end()
    return tuple(told) or None


def unread_kidneys(line: str) -> Facts:
    """That a line says a figure of the kidneys that is not read, or that they are weak: told where no figure is known."""
    found = _KIDNEY_FIGURE.search(line) or (_BARE_CR.search(line) if _HEAD.match(line.strip()) else None)
    if found is None:
        found = next(
            (
                each
                for each in _WEAK.finditer(line)
                if not _EARLY.search(each[0]) and not _DENIED.search(line[max(0, each.start() - 60) : each.start()])
            ),
            None,
        )
    return ((KIDNEYS, " ".join(line.split())[:_MOST_TOLD]),) if found else ()


def results_among(texts: Iterable[str]) -> list[tuple[str, str]]:
    """What items that are rows of results say of the person."""
    return [fact for text in texts for fact in results(text) or ()]


def unread_among(items: Iterable[Item]) -> list[tuple[str, str]]:
    """What items that are no medicine, or a history, say of the kidneys and no row of results does; what an instruction
    says of them ("if CrCl < 30") is its own matter.
    """
    texts = (
        each.given.text for each in items if not each.substances and (each.care or _HISTORY.match(each.given.text))
    )
    return [fact for text in texts if not results(text) for fact in unread_kidneys(text)]


_HISTORY = regex(
    r"\s*(?:pmhx?|(?:past\s)?(?:medical\s)?history|dx|diagnos[ei]s|problems?(?:\slist)?|background|conditions?|co-?morbidities|impression|known|has|"
    rf"(?:(?:her|his|the|latest|last)\s){{0,2}}(?:{_EGFR}|{_CRCL}|creatinine)|"
    r"on\s(?:ha?emo)?dialysis|ckd|es[kr][df]|chronic\s(?:kidney|renal)|end[\s-]stage|dialysis|(?:renal|kidney)\s(?:failure|impairment|disease))\b",
    re.I,
)
