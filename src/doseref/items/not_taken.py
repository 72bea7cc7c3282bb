"""Lines of a list that say their drug is not taken (any more), and lines on which one drug took the place of another.

not-taken ::= stop-word [":" | "-"] drug [what it was]            ("STOP ibuprofen 600 mg", "CEASED: oestradiol patch")
            | drug [what it was] sign stopped [when | by | why]   ("sotalol ceased", "clonidine 0.1 mg - not taking")
            | drug "(" stopped [when | by | why] ")" [what it was]
replaced  ::= drug [what it was] stopped sign ("now" | "started" | …) drug sig
            | drug [what it was] ("changed to" | "switched to" | "replaced by") drug sig

Such a line is left out as a stopped prescription of a file is (:mod:`doseref.lists.columns`), and told with its words. Only
what is said as done counts: a line with any word of a plan ("stop after 5 days", "held until Monday", "then ceased"),
with a word that turns it round ("do not stop", "not taking as prescribed"), or with any other word stays as it is, and is
read or told as not read.
"""

from __future__ import annotations

import itertools
import re

from doseref.dosage.words import LEXICON
from doseref.items.identity import Identity
from doseref.names import Found, Names
from doseref.names.tokens import tokenize
from doseref.patterns import regex
from doseref.units import UNIT_WORDS

_DONE = (
    r"(?:(?:was|were|has been|have been|been|is|now|already|currently|recently|self[\s-]|patient|pt|temporarily)\s*)*"
    r"(?:stopped(?:\staking)?|ceased|discontinued|d/c['’]?d|dc['’]?d|withdrawn|withheld|held|on\shold|suspended|paused|"
    r"(?:course\s)?(?:completed|finished)|completed\scourse|finished\scourse|no\slonger\s(?:taking|takes|taken|using|on|required|needed)|"
    r"not\s(?:currently\s|being\s)?(?:taking|taken|using|used|started|commenced|filled)(?:\s(?:yet|it|this))?|"
    r"never\s(?:started|taken|took|filled|commenced)|declined)"
)
"""What is said as done. "Stop", "hold" and "d/c" behind a drug are a plan, or a discharge."""
_BEFORE = (
    r"(?:please\s)?(?:stop(?:ped)?(?:\staking)?|ceased?(?:\staking)?|discontinued?(?:\staking)?|d/c['’]d|dc['’]d|held|hold|withheld|withhold|"
    r"on\shold|suspended|paused|no\slonger\s(?:taking|takes|on)|not\s(?:currently\s)?taking|never\s(?:started|took)|"
    r"not\s(?:started|commenced))"
)
_HEAD = regex(
    rf"[\[(*\s]*(?P<word>{_BEFORE})[\])*\s]*?(?P<when>\s[0-9]{{1,2}}[/.][0-9]{{1,2}}(?:[/.][0-9]{{2,4}})?)?(?P<sign>[\])*\s]*[:–—-]\s*|[\])*\s]+)"
    r"(?=[A-Za-z])",
    re.I,
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:(?:on|in|since|early|mid|late|end of|around|approx\.?|about|~)\s*)*(?:[0-9]{{1,2}}[/.-][0-9]{{1,2}}(?:[/.-][0-9]{{2,4}})?|"
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}/[0-9]{{4}}|(?:[0-9]{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTH}(?:\s?['’]?[0-9]{{2,4}})?|(?:19|20)[0-9]{{2}}|"
    r"last\s(?:week|month|year|admission|visit|summer|winter)|this\s(?:week|month|year|admission|visit)|yesterday|recently|"
    r"(?:[0-9]{1,2}|a|one|two|three|four|six|few|several|some)\s(?:days?|weeks?|wks?|months?|years?|yrs?)\sago|years\sago|long\sago|"
    r"admission|discharge|arrival|in\shospital|pre-?op(?:eratively)?|post-?op(?:eratively)?|perioperatively)"
)
_BY = r"(?:(?:by|per|as\sper)\s(?:(?:the|his|her|dr\.?)\s)?[A-Za-z]+(?:\s(?:team|clinic|doctor|physician|nurse|specialist|pharmacist))?)"
_WHY = r"(?:due\sto|d/t|2/2|secondary\sto|because\sof|given|owing\sto|for|as|with|pending|after|following|\?)\s+[A-Za-z][A-Za-z /'’-]{1,60}"
_REASON = (
    r"(?:rash|cough|nausea|vomiting|diarrh?oea|constipation|bleed(?:ing)?|gi\sbleed|oedema|edema|swelling|hypotension|hypertension|"
    r"dizziness|falls?|aki|ckd|hyperkal(?:ae|e)mia|hyponatr(?:ae|e)mia|bradycardia|myalgia|muscle\s(?:pain|aches?)|side[\s-]effects?|adverse\s"
    r"(?:effects?|reaction)|adr|allergy|intoleran(?:t|ce)|not\stolerated|ineffective|no\s(?:benefit|effect)|not\seffective|cost|"
    r"weight\sgain|sedation|drowsiness|headaches?|switched|duplicate|no\slonger\s(?:needed|required|indicated)|not\s(?:needed|"
    r"required|indicated)|patient\s(?:choice|preference|request)|surgery|pregnancy|bruising|hypogly?caemia|hypoglycemia|course\scomplete[d]?|"
    r"symptoms?\s(?:resolved|settled)|resolved)"
)
_TOLD = r"\((?:[A-Za-z][A-Za-z /'’-]{1,60})\)"
"""A reason in brackets: "(ankle swelling)"."""
_EXTRA = rf"(?:{_DATE}|{_BY}|{_WHY}|{_TOLD}|{_REASON}|{_DONE})"
_SIGN = r"[\s,;:.()–—-]*?"
_TAIL = regex(rf"(?:^|[\s,;:.(\[*–—-])(?P<word>{_DONE})(?P<extra>(?:{_SIGN}{_EXTRA})*)[\s.;!)\]*]*$", re.I)
_BRACKET = regex(rf"\s[(\[*]+(?P<word>{_DONE})(?P<extra>(?:{_SIGN}{_EXTRA})*)\s*[)\]*]+(?=\s)", re.I)
_TURNED = regex(
    r"\b(?:not|never|no|n['’]t|don['’]?t|if|when|then|until|till|to\sbe|be|being|get|once|unless|should|will|may|can|must|why|whether|"
    r"after|before|restart(?:ed)?|re-?started|resum(?:e|ed|ing)|recommenc(?:e|ed|ing)|but|except|only)\b",
    re.I,
)
"""Words before a stop that make it a plan, or turn it round: "until finished", "to be ceased", "never stopped"."""
_PLANNED = regex(
    r"\b(?:after|until|till|when|if|once|unless|then|before|prior|while|during|resum[a-z]*|restart[a-z]*|re-?start[a-z]*|start[a-z]*|"
    r"beg[iu]n[a-z]*|commenc[a-z]*|recommenc[a-z]*|continu[a-z]*|chang[a-z]*|switch[a-z]*|increas[a-z]*|decreas[a-z]*|reduc[a-z]*|now|instead|"
    r"replac[a-z]*|tak(?:e|es|ing)|use|uses|using|give|tomorrow|next|review|taper[a-z]*|wean[a-z]*|except|but|only|"
    r"today|tonight|this\s(?:morning|evening|afternoon)|morning\sof|day\sof|sbp|hr\b|bp\b|"
    r"in\s[0-9]+|for\s[0-9]+|x\s?[0-9]+|[0-9]+/(?:7|52|12)\b|on\s(?:mon|tue|wed|thu|fri|sat|sun|day|[0-9])|day\s[0-9]|"
    r"as\s(?:prescribed|directed|instructed|ordered)|regularly|consistently|correctly|properly|enough|every\sday|always)",
    re.I,
)
_ON_A_DAY = regex(
    rf"[0-9]{{1,2}}[/.][0-9]{{1,2}}(?![0-9]*\s?(?:mg|mcg|g|m[lL]|units?|tab|cap))|\b(?:on\s{_DATE}|from|starting)\b",
    re.I,
)
_OFTEN = regex(r"\b(?:daily|once|twice|bd|bid|tds|tid|qid|qds|nocte|mane|every|weekly|prn|od|hs)\b", re.I)
_LONGEST = 200
_SIGNS = (
    "stop cease discont d/c'd d/c’d d/cd dc'd dc’d dcd held hold withh suspend paused longer taking taken using started commenced filled "
    "never completed finished declined withdrawn change switch replace converted transition rotat now"
).split()
"""No line of these kinds is without one of them; they are looked for before any pattern is asked."""


_NOT_AGAIN = regex(
    r"[\s,;.–—-]*[(\[]?\s*(?:please\s)?(?:do\snot|don['’]?t|never|not\sto\sbe)\s"
    r"(?:re-?start(?:ed)?|resumed?|recommenced?|take|taken|use|give|given)(?:\s(?:again|it|this|anymore|any\smore))?\s*[)\]]?[\s.!]*$",
    re.I,
)
"""What is said of it once more: "(do not restart)"."""
NOT_TAKEN = "not taken"
"""What is told of such a line, beside its words."""
_ACTS_ON = "maoi"
"""What still acts two weeks after it was stopped, by its labels (``stacks.csv``): such a line is not left out."""


def left_out(text: str, names: Names) -> Identity | None:
    """A line whose drug is not taken, as an item of which nothing is added up; ``None`` for any other."""
    if not not_taken(text, names):
        return None
    named = [each.entry.substance for each in names_in(text, names)]
    if any(
        _ACTS_ON in names.data.ancestry(own) for each in named if each for own in names.data.substances[each].classes
    ):
        return None
    return Identity(by="synonym", matched=text, care=NOT_TAKEN)


def not_taken(text: str, names: Names) -> str:
    """The words of a line that say that its drug is not taken; empty where it says no such thing, or something else too."""
    lower = text.lower()
    if len(text) > _LONGEST or not any(sign in lower for sign in _SIGNS):
        return ""
    text = _NOT_AGAIN.sub("", text)
    head = _HEAD.match(text)
    if head is not None:
        return head["word"] if _stopped(head, text[head.end() :], names) else ""
    tail = _TAIL.search(text)
    said = tail or _BRACKET.search(text)
    if said is None:
        return ""
    before, behind = text[: said.start("word")], "" if tail else text[said.end() :]
    named = names_in(before, names)
    if (
        not _of_the_drug(before, named)
        or _TURNED.search(before)
        or _PLANNED.search(behind)
        or not _one_item(before, named)
        or _of_a_part(before[named[-1].end if named else 0 :])
    ):
        return ""
    reasons = [each.group() for each in re.finditer(rf"{_TOLD}|{_WHY}", said["extra"], re.I)]
    if names_in(f"{said['extra']} {behind}", names) or any(_PLANNED.search(each.partition(" ")[2]) for each in reasons):
        return ""
    return text[said.start("word") : said.end("extra")].strip(" ,;:.()–—-")


def _of_the_drug(before: str, named: list[Found]) -> bool:
    """Whether it is the drug that stopped: behind its name, its dose or a sign. Smoking, and pain, stop too."""
    written = before.rstrip()
    word = re.search(r"[A-Za-z]+$", written)
    if word is None or (named and named[-1].end >= len(written)):
        return re.search(r"[A-Za-z]{3}", before) is not None
    if not named:
        return re.fullmatch(r"[^A-Za-z]*(?:(?:tab|cap)(?:let|sule)?s?\.?\s)?[A-Za-z][A-Za-z-]{3,}", written) is not None
    return LEXICON.get(word.group().lower(), ("WORD",))[0] != "WORD" or word.group().lower() in UNIT_WORDS


_TIMED = regex(
    r"\b(?:daily|once|twice|bd|bid|tds|tid|qid|qds|nocte|mane|every|weekly|monthly|prn|od|om|on|hs|qhs|qam|qpm|qd|qod|q\s?[0-9]{1,2}|nightly|"
    r"bedtime|night|morning|evening|hourly|hrly|times)\b|\bq[0-9]{1,2}(?:h|d|w|min)",
    re.I,
)
"""How often, in the instruction before a sign: what follows it is something of its own."""
_BREAKS = regex(r"[,;:()\[\]*]|\.\s|\s[-–—]+\s")
_PART = regex(
    r"(?<!single\s)(?<!one\s)(?<!1\s)\b(?:doses?|load(?:ing)?|bolus|bridge|bridging|titration|starter|refills?)\s*$",
    re.I,
)

_HALF_OF_A_DAY = regex(
    r"\b(?:bid|bd|b\.i\.d\.?|tid|tds|qid|qds|twice\s(?:a\sday|daily))\s(?:am|pm|morning|noon|lunch|evening|night|bedtime)\s*$",
    re.I,
)
"""One time of the day behind a frequency of several: "5 mg bid am held"."""


def _of_a_part(told: str) -> bool:
    """Whether a stop behind ``told``, which stands behind the name, is that of a part of what is taken: of what follows a sign
    behind the frequency ("25 mg bid, AM dose held", "5 mg bid (10 mg bid x 7 days completed)"), or of one dose ("AM dose
    held", "load completed").
    """
    pieces = _BREAKS.split(told)
    last = pieces[-1].strip()
    if not last or re.fullmatch(_DATE, last, re.I):
        return False
    if _PART.search(last) or _HALF_OF_A_DAY.search(last):
        return True
    return len(pieces) > 1 and _TIMED.search(" ".join(pieces[:-1])) is not None


def _one_item(text: str, found: list[Found]) -> bool:
    """Whether several names in a text are of one item: "paliperidone (Invega)", "ibuprofen and naproxen"."""
    return len({each.entry.name for each in found}) < 2 or all(
        re.fullmatch(r"[\s(/+-]*(?:\b[a-z]+ate\s)?(?:and\s)?[\s(]*", text[one.end : two.start]) is not None
        for one, two in itertools.pairwise(found)
    )


def _stopped(head: re.Match[str], rest: str, names: Names) -> bool:
    """Whether what follows a stop-word is the drug and what its dose was, and nothing that is to come."""
    done = head["word"].lower().split()[-1].endswith(("ed", "d", "held")) and not head["word"].lower().startswith(
        "please"
    )
    if head["when"] and not done:
        return False  # "STOP 12/3 ibuprofen" is a plan
    if "taking" in head["word"].lower() and ":" in head["sign"]:
        rest = _SIG_BEHIND.sub(r"\1", rest, count=1)  # "STOP taking: carvedilol 6.25 mg tablet. Take 1 tablet …"
    if _PLANNED.search(rest) or _TURNED.search(rest) or (not done and _ON_A_DAY.search(rest)):
        return False
    unsigned = not head["sign"].strip()
    if unsigned and "taking" in head["word"].lower() and head["word"].lower().startswith("not") and _OFTEN.search(rest):
        return False  # "not taking lisinopril daily"
    found = names_in(rest, names)
    if not found:
        return _UNKNOWN.match(rest) is not None
    return _BEFORE_NAME.fullmatch(rest[: found[0].start]) is not None and _one_item(rest, found)


_SIG_BEHIND = regex(r"([.;,–—-]\s+)(?:take|use|give|inject|inhale|apply)\b", re.I)
"""The verb of the instruction that a letter repeats of a drug under "STOP taking:"."""
_BEFORE_NAME = regex(
    r"(?:\W|(?:the|your|home|his|her|oral|taking|tab(?:let)?s?|cap(?:sule)?s?|inj(?:ection)?|syp|syrup)\b)*", re.I
)
_UNKNOWN = regex(
    r"(?:the\s|all\s|your\s)?[A-Za-z][A-Za-z-]{3,}(?:\s[A-Za-z-]+){0,2}(?:\s[0-9][0-9.,]*\s?(?:mg|mcg|g|units?|mL)\b|\s*$)",
    re.I,
)
"""A name that is not known here, alone or with one amount behind it."""


def names_in(text: str, names: Names) -> list[Found]:
    """The names of drugs in a text, in order; what is no medicine and words of every day do not count."""
    tokens = tokenize(text)
    found: list[Found] = []
    place = 0
    while place < len(tokens):
        each = names.at(tokens, place)
        if each is None or each.entry.care or each.entry.everyday or each.entry.abbreviation:
            place += 1
            continue
        found.append(each)
        place = each.last
    return found


_SWITCHED = regex(
    rf"[\s,;:.(\[–—-]*(?:\b{_DONE}(?:\s*\([^()]{{0,60}}\))?[\s,;:.)\]–—-]*(?:and\s)?(?:now(?:\s(?:on|taking|takes))?|changed\sto|switched\sto|"
    r"replaced\s(?:by|with)|started(?:\son)?|commenced)|\b(?:has\sbeen\s|was\s)?(?:changed|switched|converted|transitioned|rotated)\s(?:over\s)?to|"
    r"\breplaced\s(?:by|with)|\b(?:→|->|=>)(?=\s*now))\s*:?\s*(?=[A-Za-z])",
    re.I,
)
_CHANGE = regex(r"[\W0-9]{0,5}(?:changed?|switch(?:ed)?|replaced?|converted?)\s*:?\s+(?:from\s)?(?=[A-Za-z])", re.I)
_TO = regex(r"\s+(?:to|with|by)\s+(?=[A-Za-z])", re.I)


def as_replaced(text: str, names: Names) -> str:
    """The line with the drug alone that took another's place ("Yaz ceased, now Lo Loestrin Fe daily"); ``text`` elsewhere."""
    lower = text.lower()
    if len(text) > _LONGEST or not any(sign in lower for sign in _SIGNS):
        return text
    verb = _CHANGE.match(text)
    start = verb.end() if verb else 0
    for pattern in (_SWITCHED, *((_TO,) if verb else ())):
        found = pattern.search(text, start)
        if found is None:
            continue
        before, behind = text[start : found.start()], text[found.end() :]
        old, new = names_in(before, names), names_in(behind, names)
        if (
            len(old) != 1
            or old[0].start > 2
            or not new
            or new[0].start
            or _TURNED.search(before)
            or _PLANNED.search(behind)
        ):
            return text
        if len({each.entry.name for each in new}) > 1 or _same(old[0], new[0]) or _ON_A_DAY.search(behind):
            return text
        return behind
    return text


def _same(one: Found, other: Found) -> bool:
    """Whether two names are of one drug: then its dose was changed (:mod:`doseref.items.changed`)."""
    return one.entry.name == other.entry.name or (
        bool(one.entry.substance) and one.entry.substance == other.entry.substance
    )
