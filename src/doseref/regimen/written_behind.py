"""What an order system, a pharmacy or a ward writes behind an instruction, taken off from its end piece by piece.

Every piece says what was dispensed, when, by whom, how it was sent, or when a dose was given last: none is a dose.
They are taken off only where what is left is then read whole (:mod:`doseref.regimen.read`), so that nothing that the
sig language could not place is ever dropped beside a number.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.dosage.note_words import ATTENDED, PEOPLE
from doseref.dosage.words import LEXICON
from doseref.patterns import regex
from doseref.regimen.packs_behind import PACKS, is_pack, without_pack_before
from doseref.regimen.told_behind import ADMINISTERED, ADVISED, CHARTED, HANDLED, NAMES, READINGS
from doseref.regimen.told_in_practice import PRACTICE, is_lot, is_number_of_pieces

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    r"(?:[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-](?:[0-9]{4}|[0-9]{2}))?|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|20[0-9]{2}[01][0-9][0-3][0-9]"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?[- ]?{_MONTH}(?:[- ,]+(?:[0-9]{{4}}|[0-9]{{2}}))?"
    rf"|{_MONTH}\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?:,?\s[0-9]{{4}})?)"
)
_CLOCK = r"(?:[0-9]{1,2}[:.][0-9]{2}|[0-9]{3,4}|[0-9]{1,2}(?=\s?[ap]\.?m))\s?(?:[ap]\.?m\b\.?|hrs?|h)?"
_WHOLE = r"mls?|g|gms?|grams?|each|ea|pens?|kits?|inhalers?|vials?|syringes?|bottles?|box(?:es)?|packs?|op"
"""What is handed out whole, or by weight and volume."""
_PIECE = (
    rf"(?:tab(?:let)?s?|cap(?:sule)?s?|caplets?|patch(?:es)?|sachets?|tubes?|lozenges?|suppositor(?:y|ies)|doses?|"
    rf"films?|ampoules?|units?|{_WHOLE})"
)
_SINGULAR = (
    r"(?:tablet|capsule|caplet|patch|each|ml|g|gm|pen|inhaler|vial|syringe|kit|bottle|box|pack|packet|sachet|tube|"
    r"lozenge|suppository|dose|film|ampoule|device|spray|applicator|cartridge)"
)
"""Order systems write the unit of what is handed out in the singular ("90 tablet 3")."""
_IN_WORDS = r"(?:\s?\([a-z][a-z -]{2,30}\))?"
_PEOPLE = r"[a-z][a-z'-]{1,20}(?:,?\s[a-z][a-z.'-]{0,20}){0,2}"
_AGAIN = r"(?:rf|rfs|rfls?|refills?|ref|rpts?|repeats?)"

_HOW_MANY = (
    rf"(?<![0-9] )(?<!to )(?<!or )(?:[4-9]|[0-9]{{2,4}})(?:\.[0-9]{{1,2}})?\s{_SINGULAR}\s[0-9]{{1,2}}",
    r"(?<![0-9] )(?<!to )(?<!or )[0-9]{1,3}(?:\.[0-9]{1,2})?\s"
    r"(?:ml|g|pen|kit|inhaler|vial|syringe|bottle|box|pack)\s[0-9]{1,2}",
    r"(?:disp(?:ense[d]?)?|qty|quantity|mitte|script|supply|supplied|#)\s?[-:.=#]*\s?#?\s?[0-9]{1,4}(?:\.[0-9]{1,2})?"
    rf"{_IN_WORDS}(?:\s?{_PIECE})?(?:\s?x\s?[0-9]{{1,2}})?",
    rf"(?:{_AGAIN}|r)\s?[-:.=#x]*\s?(?:[0-9]{{1,2}}|none|nil|no|zero){_IN_WORDS}",
    rf"(?:x\s?)?(?:[0-9]{{1,2}}|no|nil|zero|one|two|three|five|six){_IN_WORDS}\s?(?:more\s)?{_AGAIN}",
    rf"(?<=[a-z)]\s[-–]\s)[0-9]{{1,3}}\s{_SINGULAR}",
    r"(?<=[a-z]\s)(?:r?pbs\s)?[0-9]{2,3}\sx\s[0-9]{1,2}",
    r"(?<=\s(?:bd|od|on|om|hs)\s)(?:1[4-9]|[2-9][0-9]|[1-9][0-9]{2})|"
    r"(?<=\s(?:tds|tid|bid|qds|qid|prn)\s)(?:1[4-9]|[2-9][0-9]|[1-9][0-9]{2})|"
    r"(?<=\s(?:daily|nocte)\s)(?:28|30|56|60|84|90|112|120|180)",
    r"nr|non-?repeat|one\sissue|acute|on\srepeat|repeat\stemplate|(?:(?<=ml\s)|(?<=[0-9]\s)|(?<=tabs\s)|(?<=caps\s)|(?<=g\s))rpt",
    r"[0-9]{1,3}[\s-]?days?['’]?\s?supply|[0-9]{1,3}\s?ds|ds\s?[:=]?\s?[0-9]{1,3}",
    r"(?<=[a-z]\s)(?:1[4-9]|[2-9][0-9]|[1-9][0-9]{2})\s[0-9]{1,2}",
    rf"\[[0-9]{{1,3}}\]|pack\sof\s[0-9]{{1,3}}|[0-9]{{1,2}}\s?[x*]\s?[0-9]{{2,3}}(?:\s?{_PIECE})?|[0-9]{{1,2}}\s?op",
    r"(?:x\s?)?(?:[4-9]|[0-9]{2,3})\s?(?:tab(?:let)?s?|cap(?:sule|let)?s?|patch(?:es)?|sachets?|films?|tubes?|inhalers?)"
    rf"[\s,;+]+(?:x\s?)?[0-9]{{1,2}}\s?{_AGAIN}",
    r"(?:2[89]|[3-9][0-9]|1[0-9]{2}|200)\s?(?:inh(?:alations?)?|blisters?|actuations?|puffs?|doses?|sprays?)"
    r"(?:/(?:canister|inhaler|pack|device))?(?:\s[0-9]{1,2}(?:\.[0-9]{1,2})?\s?gm?)?",
    r"(?:3|10)\s?ml\s(?:vials?|pens?|cartridges?)(?:\sx\s[0-9]{1,2})?",
    r"[0-9]\s(?:pack|box|inhaler|bottle|tube)",
    r"[0-9]{1,3}(?:\.[0-9])?\s?ml\s(?:vials?|pens?|syringes?|ampoules?|bottles?)\s?#\s?[0-9]{1,3}",
    r"ndc\s?[:#]?\s?(?:[0-9]{4,5}-[0-9]{3,4}-[0-9]{1,2}|[0-9]{10,11})",
    r"refills?\s(?:left|remaining)\s?:?\s?[0-9]{1,2}|refill\(s\)\s?:?\s?[0-9]{1,2}",
    r"[0-9]{1,3}\s(?:tab|cap)\(s\)|(?<=[;,]\s)[0-9]{1,3}\seach|[0-9]{1,3}\s?(?:pens?|ml)\s?=\s?[0-9]{1,3}\s?(?:ds|days?)",
    r"days?(?:\ssupply)?\s?[:=]?\s?[0-9]{1,3}|(?<=,)[0-9]{1,3},\s?[0-9]{1,3}\s?(?:ds?)?",
    r"(?<=[a-z]\s)(?<!\sthen\s)(?<!\sor\s)(?<!\sto\s)(?<!\sand\s)(?<!\sfor\s)(?<!\splus\s)(?<!\severy\s)"
    r"(?:28|30|56|60|84|90|100|112|120|168|180|360)(?:\s[0-9]{1,3}){0,2}",
    r"[0-9]{1,3}\s?(?:tab(?:let)?s?|cap(?:sule)?s?|patch(?:es)?|sachets?|mls?)\sto\slast\s(?:[0-9]{1,2}\s)?(?:days?|weeks?|months?)",
    r"(?<=[a-z]{2}[,.)]\s)(?:28|30|56|60|84|90|112|120|168|180)|(?<=/day\s)x\s?(?:1[4-9]|[2-9][0-9]|1[0-9]{2})",
    r"(?:issue|supply|script|repeat)\s[0-9]{1,2}\s?(?:of|/)\s?[0-9]{1,2}|not\s(?:added\sto|on)\srepeat|"
    r"(?<!may\s)(?<!can\s)(?<!be\s)(?<!to\s)(?<!then\s)(?<!and\s)repeat",
    r"(?:tta|tto)\s?:?\s?[0-9]{1,3}\s?x\s?[0-9.]{1,5}\s?(?:mg|mcg)(?:\s?tabs?|\s?caps?)?",
)
_QUIET = (
    r"(?![a-z .]{0,30}(?:stop|held|hold|doubl|treb|half|halv|incre|decre|reduc|rais|lower|chang|ceas|paus|omit|skip|miss|then|"
    r"until|unless|every|each|twice|once|extra|more|less|other|another|again|says|daily|weekly|weekend|dose|tablet|wife|husband))"
)
"""Before words that say nothing of more, less or another dose."""
_TESTS = r"(?:(?:check|monitor|repeat)\s)?(?:tfts?|lfts?|fbc|cbc|u&?es?|ue|kft|rft|bmp|cmp|lipids?|bloods|renal\sfunction|hba1c|inr|ecg|crp|tsh|levels?)"
"""What is measured from time to time; how often that is, is no frequency of the dose."""
_ABOUT_IT = (
    r"(?:rs\.?|inr|mrp|co-?pay|cost|price)\s?:?\s?[$£₹]?[0-9]{1,5}(?:\.[0-9]{1,2})?(?:/-)?|gst\s[0-9]{1,2}\s?%",
    r"batch\s(?:no\.?\s)?[0-9a-z]{4,12}|exp(?:iry)?\.?\s[0-9]{1,2}/[0-9]{2,4}|sold|ready",
    r"no\srepeats?\s(?:w/o|without)\s(?:rx|prescription)|nim|(?:not\s(?:to\sbe\s)?)?packed|refrig(?:erate)?",
    r"(?:\[\s?\]\s?)?tick\s(?:box\s)?to\s(?:re-?)?order|(?:facility\s)?mar|surgery\s[0-9]{3,6}",
    r"no\s(?:taper|wean)(?:\s(?:needed|required))?|(?:no\s)?pa\s(?:needed|required)",
    rf"{_TESTS}(?:[\s/&,+]+(?:and\s)?{_TESTS})*\s(?:every\s|q)?(?:[0-9]{{1,2}}[\s-]?)?(?:monthly|weekly|yearly|annually|mthly|wkly|months?|weeks?|/12|/52)",
    rf"not\sto\sbe\sstopped\s(?:suddenly|abruptly)|{_QUIET}(?:[a-z]{{4,20}}\s){{1,2}}clinic",
    rf"(?:{_QUIET}[a-z][a-z .]{{1,30}},\s)?day\s?[0-9]{{1,2}}\s?(?:/|of)\s?[0-9]{{1,3}}",
)
"""What it costs, where it comes from, how it is packed, who looks after it, which day of a course it is."""
_REFILLS = _HOW_MANY[3:5]
_HOW_SENT = (
    r"dispense\sas\swritten|daw(?:\s?[:=]?\s?[0-9yn])?|brand\s(?:medically\s)?(?:necessary|only)",
    r"generic\s(?:ok|okay|permitted)|(?:may|ok(?:ay)?\sto|can)\ssubstitute|substitution\s(?:ok|permitted|allowed)",
    r"no\ssubstitutions?|do\snot\ssubstitute|brand\ssubstitution\s(?:not\s)?permitted|no\sgeneric",
    r"normal|print(?:ed)?|no\sprint|local\sprint|phoned?\sin|e-?prescri(?:be|ption)|escript|fax(?:ed)?",
    r"historical(?:\smed)?|sample(?:\sgiven)?|otc|over\sthe\scounter|class:\s?normal|long[- ]term|nhs",
    r"r?pbs|private(?:\sscript)?|streamlined|(?:streamlined\s)?auth(?:ority)?\s?(?:no\.?|code)?\s?:?\s?[0-9]{4,8}",
    r"(?:schedule\s|sch\s?|c-?|cd\s?)(?:ii|iii|iv|v|[2-5])n?|sch(?:edule)?\s?[hgx]1?",
    r"(?:(?:dx|icd-?10)\s?:?\s)?(?-i:[A-TV-Z][0-9]{2}\.[0-9][0-9A-Z]{0,3})",
)
_WHEN_AND_WHO = (
    r"(?:earliest\s|last\s|next\s|first\s|orig(?:inal)?\s|date\s)*(?:re-?)?(?:fill(?:ed)?|dispensed?|written|ordered|"
    r"issued?|prescribed|eff(?:ective)?|picked\sup|sold|authori[sz]ed|signed|start(?:ed|ing)?|rx|due|collected|supplied|lf)"
    rf"(?:\s(?:date|on|or|after|by))*\s?[:=]?\s?{_DATE}(?:\s{_CLOCK})?",
    rf"(?:do\snot\s(?:fill|start|dispense)|dnf|not\sto\sbe\sfilled)\s(?:before|until|till|prior\sto)\s?:?\s?{_DATE}",
    rf"(?:dr\.?|prescriber|provider|prescribed\sby|ordered\sby|pcp|gp|rph|md)\s?[:.]?\s(?:dr\.?\s)?(?:[a-z]\.?\s){{0,2}}"
    rf"(?P<who>{_PEOPLE})(?:,?\s{_DATE})?",
    rf"{_PEOPLE},?\s(?:md|do|np|pa|pa-c|aprn|arnp|dds|dmd|dpm|fnp|mbbs)",
    r"(?:dea|npi|lic|reg)\s?(?:no\.?|#)?\s?:?\s?[a-z]{0,2}[0-9]{5,10}",
    r"(?:for\s)?review\s(?:in\s)?[0-9]{1,2}(?:/(?:7|52|12)|\s(?:days?|weeks?|months?))(?:\s(?:by|with)\s(?:gp|dr))?",
    r"[-–]\s[0-9]{1,2}/[0-9]{1,2}/(?:20)?[0-9]{2}|(?:28|30|56|84)/(?:28|30|56)",
    r"(?:rx|script|prescription)\s?(?:no\.?|#|number)?\s?:?\s?[0-9]{5,12}",
    rf"(?:dob|d\.o\.b\.?|born)\s?:?\s?{_DATE}",
    r"(?:rm|room|ward|unit)\s?#?\s?[0-9]{1,4}(?:-?[0-9a-z]{1,2})?(?:,?\sbed\s?[0-9]{1,2})?",
    r"bed\s?#?\s?(?:[0-9]{2,4}(?:-?[0-9a-z]{1,2})?|[0-9]-?[a-z])",  # "mane 1, bed 2" are two at bedtime
    rf"ready\sfor\spick-?\s?up(?:\s(?:by|on|after)\s{_DATE})?",
    r"(?:mrn|ur|urn|nhs\sno\.?|pt\sid)\s?[:#]?\s?[0-9]{5,12}",
    r"(?:call|ph(?:one)?|tel|fax)\s?[:.]?\s?(?:\([0-9]{3}\)\s?)?[0-9]{3}[\s-][0-9]{4}(?:[\s-][0-9]{4})?"
    r"(?:\s(?:w/|with|for)\s?(?:any\s)?(?:questions?|refills?|concerns?|problems?))?",
)
_BEGUN = (
    rf"{_QUIET}(?:(?:was|recently|newly|first)\s)?(?:started|commenced|initiated)"
    rf"(?:\s(?:on\s|in\s)?{_DATE}|\s[0-9]{{1,2}}(?:/(?:7|52|12)|\s(?:days?|weeks?|months?|years?))\sago"
    r"|\s(?:today|yesterday|recently|last\s(?:week|month|year)|(?:on|this)\sadmission|in\shospital))?"
    r"(?:\sfor\s(?!(?:a|an|one|two|three|four|five|six|seven|ten|the|up)\b)[a-z]{3,15}(?:\s[a-z]{3,15}){0,2})?",
)
"""When an instruction that stands before it began, and for what."""
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_GIVEN = (
    r"(?:last|next|first)\s(?:dose\s|time\sthis\swas\s)?(?:given|taken|due|dose|administered|inj(?:ection)?|scheduled|changed?|applied|replaced)"
    r"(?:[\s:@,-]*(?:at|on|due|given|taken|is|was|to\sbe|tonight|today|tomorrow|yesterday|this|am|pm|morning|evening|"
    rf"afternoon|noon|midnight|bedtime|hs|{_DAY}|{_DATE}|{_CLOCK})(?![a-z0-9]))+"
)
_TAILS = (
    *_HOW_MANY,
    *_HOW_SENT,
    *_WHEN_AND_WHO,
    *_ABOUT_IT,
    *_BEGUN,
    _GIVEN,
    *READINGS,
    *CHARTED,
    *ADMINISTERED,
    *ADVISED,
    *HANDLED,
    *PACKS,
    *PRACTICE,
)
_TAIL = regex(rf"[\s,;.:|/(–—-]+(?:{'|'.join(_TAILS)})[\s,;.)|]*$", re.I)
_FIGURES = regex(r"[\s,;.0-9]+")
_SOLID = regex(r"(?:tab(?:let)?s?|cap(?:sule|let)?s?|[0-9]\s?[tc])\b", re.I)
"""What is counted in pieces, of which a bare figure can be how many are handed out."""
_MOST_PIECES = 8
_LONGEST = 160
"""Characters from the end in which a piece is looked for."""


_VOLUME = r"([0-9]{1,4}(?:\.[0-9]{1,2})?)\s?ml"
_MILLILITRES = regex(rf"{_VOLUME}\b", re.I)
_BOTTLE = regex(rf"[\s,;.]+{_VOLUME}[\s,;.]+(?:{'|'.join(_REFILLS)})[\s,;.]*$", re.I)
"""The volume that is handed out with its refills: "15 mL, 5 refills"."""
_TIMES_A_DOSE = 4
"""A volume is handed out where it is so many times every other one of the line."""


def _without_bottle(sig: str) -> str:
    """``sig`` without a volume and its refills at its end; ``sig`` itself where the volume could be another dose."""
    found = _BOTTLE.search(sig, max(0, len(sig) - _LONGEST))
    if found is None:
        return sig
    others = [Decimal(each.group(1)) for each in _MILLILITRES.finditer(sig, 0, found.start() + 1)]
    if any(Decimal(found.group(1)) < _TIMES_A_DOSE * each for each in others):
        return sig
    return sig[: found.start()]


def without_last(sig: str) -> str:
    """``sig`` without one such piece at its end; ``sig`` itself where there is none."""
    less = _without_bottle(sig)
    if less != sig:
        return less
    start = max(0, len(sig) - _LONGEST)
    found = _TAIL.search(sig, start)
    if found is None or not sig[: found.start()].strip():
        return sig
    if _FIGURES.fullmatch(found.group()) and not (
        _SOLID.search(sig, 0, found.start()) or is_number_of_pieces(found.group().strip(" ,;."), sig[: found.start()])
    ):
        return sig  # "10 units at night 20" may be a second dose
    led_to = "supply" not in found.group().lower() and _LED_TO.search(sig[max(0, found.start() - 12) : found.start()])
    if led_to or not is_pack(found, sig[: found.start()]):
        return sig
    if found["lot"] and not is_lot(found["lot"], sig[: found.start()]):
        return sig
    if any(found[each] and not _a_name(found[each]) for each in ("who", *NAMES)):
        return sig
    return sig[: found.start()].rstrip()


_LED_TO = regex(
    r"(?:^|[^a-z])(?:may|can|could|should|must|will|do|not|never|or|then|if|unless|until|up\sto|max)\s*$", re.I
)
"""Words that what follows belongs to: "may repeat x1" says nothing of what is handed out."""


def _a_name(who: str) -> bool:
    """Whether words behind "GP" or "Dr" can be somebody's name: "GP: bd" and "GP has doubled" are none."""
    words = regex(r"[a-z]+").findall(who.lower())
    return not any(
        word in _SAID or (LEXICON.get(word, ("WORD",))[0] not in ("WORD", "") and word not in PEOPLE | ATTENDED)
        for word in words
    )


_SAID = frozenset("has had says said wants wanted will to is was asked asks told changed did does".split())
"""Words behind which it is told what somebody did, and no name follows."""


_PACK = regex(
    r"(?<=[a-z])\s*(?:[\[(]\s?(?:1[0-9]|[2-9][0-9]|[1-9][0-9]{2})(?:\s?(?:tab(?:let)?s?|cap(?:sule)?s?|pack))?\s?"
    r"[\])](?:\s?[-–—:])?"
    r"|(?:(?<=\bpen)|(?<=\bsyr)|(?<=syringe)|(?<=\bvial)|(?<=\bkit)|(?<=injector))\s?\(\s?[1-9][0-9]?\s?\)(?:\s?[-–—:])?"
    r"|[x×]\s?(?:1[0-9]|[2-9][0-9]|[1-9][0-9]{2})\s[-–—:](?=\s))",
    re.I,
)
"""How many are in a pack, in brackets behind the form and before the instruction: "20 mg tablet [30] - 1 daily"."""


def without_pack(sig: str) -> str:
    """``sig`` without the number of a pack behind the product; ``sig`` itself where there is none."""
    sig = without_pack_before(sig, _LONGEST)
    found = _PACK.search(sig, 0, _LONGEST)
    return sig if found is None else f"{sig[: found.start()]} {sig[found.end() :].lstrip()}"


_BLANKS = regex(r"[ \t]{2,}")


def shorter(sig: str) -> list[str]:
    """``sig`` with one, two, three … such pieces less; empty where it has none. Blanks between columns are one."""
    packed = without_pack(sig)
    found = [*_tails(sig), *([packed, *_tails(packed)] if packed != sig else ())]
    single = _BLANKS.sub(" ", sig)
    return found if single == sig else [*found, *_tails(single)]


def _tails(sig: str) -> list[str]:
    found: list[str] = []
    for _ in range(_MOST_PIECES):
        less = without_last(found[-1] if found else sig)
        if less == (found[-1] if found else sig):
            break
        found.append(less)
    return found
