"""Cautionary sentences that pharmacies print behind an instruction: "Do not drink alcohol", "Keep taking this medicine until the
course is finished, unless you are told to stop", "Contains paracetamol. Do not take anything else containing paracetamol".

sentence ::= ["Warning:" | "Caution:"] (advice | effect | manner | course | contains | kept)

They are sentences of their own behind a whole instruction, say how a medicine is taken and what to beware of, and name drugs that
are not taken. None says how much or how often: a figure stands in one only as the time between two things ("2 hours before or
after", "4 weeks after opening"). A limit ("Do not take more than 8 in 24 hours") is no such sentence and is left to be read.
"""

from __future__ import annotations

import re

from doseref.patterns import regex

_FREE = r"[^.;|0-9\n]{0,90}"
_DOSED = regex(
    r"\b(?:half|halve|one|two|three|four|five|six|twice|once|thrice|daily|stop(?:ped)?|reduce|increase|double|only|instead|every|each\sday|alternate|omit|skip|"
    r"hold|extra|prn|nightly|at\snight|morning|mane|nocte|bd|tds|qds|od|max(?:imum)?|except|until|unless|if)\b",
    re.I,
)
"""Words that could be of a dose or turn it round: no such sentence holds one, but in the phrases of :data:`_ALLOWED`."""
_ALLOWED = regex(
    r"\b(?:(?:unless|except|until|without)\b[^.;|0-9]{0,60}?\b(?:stop|doctor(?:['’]s)?|gp|prescriber|nurse|pharmacist|told|advised|directed|instructed|advice|finished|"
    r"completed?|gone|used|opened)(?:\s(?:tells|advises|says)\s(?:you\s)?(?:to\s)?(?:stop)?|\sto\sstop|\sadvice)?|do\snot\sstop|don['’]?t\sstop|a\snew\sone|(?:one|two|three|four|six)\s(?:hours?|weeks?|months?)|"
    r"at\sonce|if\s(?:this\shappens|it\shappens|affected|drows\w+|sleepy|you\s(?:still\s)?(?:feel|are|get|become|take\stoo\smuch|feel\swell))|even\sif\syou\sfeel\swell|"
    r"(?:skin|area|use)\sonly|as\sone)",
    re.I,
)
_THIS = r"(?:this|the|these|your|it|them)(?:\s(?:medicines?|tablets?|capsules?|drops|cream|ointment|patch(?:es)?|preparation|liquid|product))?"
_MEDICINE = (
    r"(?:this|these|your|the)\s(?:medicines?|medication|tablets?|capsules?|liquid|preparation|product|patch(?:es)?)"
)
_APART = r"(?:(?:[0-9]{1,2}|one|two|three|four|six|an?)\shours?\s(?:before|after)(?:\s(?:or|and)\safter)?|at\sthe\ssame\stime(?:\sof\s(?:the\s)?day)?)"
_ALCOHOL = rf"(?:alcohol(?:ic)?(?:\s(?:drinks?|beverages?))?|grapefruit(?:\s(?:juice|products?))?(?:\swhile\s{_FREE})?)"
_MACHINES = rf"(?:drive|operate|use\s(?:any\s)?(?:tools|machin)|cycle|ride){_FREE}"
_METAL = r"(?:iron|zinc|calcium|magnesium|aluminium)"
_REMEDY = rf"(?:milk|dairy(?:\sproducts?)?|indigestion\sremedies|antacids?|(?:medicines\scontaining\s)?{_METAL}(?:\s(?:preparations?|tablets|supplements?|products?))?)"
_REMEDIES = rf"{_REMEDY}(?:(?:,\s(?:or\s)?|\sor\s|\sand\s){_REMEDY}){{0,6}}"
_DOCTOR = r"(?:doctor|gp|prescriber|nurse|pharmacist|told|advised|directed|instructed|advice|consult(?:ing|ation)?|asking|speaking|medical)"
_SENTENCES = (
    rf"(?:{_MEDICINE}|it|they|this|these)\s(?:(?:may|might|can|could|will)\s(?:make|cause|colou?r|affect|stain|upset|turn|give\syou|interact|harm)|makes\syou|colou?rs|causes|contains|is\sharmless|are\sharmless|is\sflammable){_FREE}",
    rf"(?:may|can)\s(?:cause|colour|color|stain|make)\s{_FREE}",
    rf"if\s(?:this\shappens|affected|drows(?:y|iness)|sleepy|it\shappens|you\s(?:still\s)?(?:feel|are|get|become)\s(?:sleepy|drowsy|tired|dizzy|affected|unwell){_FREE})"
    rf"[\s,]+(?:do\snot|don['’]?t|avoid|you\sshould\snot)\s(?:driv|operat|us(?:e|ing)\s(?:any\s)?(?:tools|machin)|drink){_FREE}",
    rf"(?:you\s)?(?:do\snot|don['’]?t|must\snot|should\snot)\s(?:drink|have|eat\sor\sdrink|consume|take)\s{_ALCOHOL}|avoid\s{_ALCOHOL}",
    rf"(?:do\snot|don['’]?t|never)\s{_MACHINES}",
    rf"(?:do\snot|don['’]?t)\s(?:take|have|use|eat\sor\sdrink)\s(?:any\s|with\s)?{_REMEDIES},?\s{_APART}"
    rf"(?:,?\s(?:you\stake|taking|as|before|or|and|after)){{0,4}}(?:\s{_THIS})?",
    rf"not\sto\sbe\staken\s(?:{_APART}|within\s(?:two|2|four|4)\shours)(?:\s(?:as|of|with))?\s{_REMEDIES}",
    rf"(?:do\snot|don['’]?t)\sstop\s(?:taking|using|this|the|suddenly|abruptly){_FREE}(?:\s(?:unless|except|without|until)\s{_FREE}{_DOCTOR}{_FREE}(?:stop)?)?",
    rf"(?:keep|continue)\staking\s{_FREE}until\s(?:the\s)?(?:course|they|it|all){_FREE}(?:finished|complete[d]?|gone|used)"
    rf"(?:,?\s(?:unless|except)\s{_FREE}(?:stop|{_DOCTOR}){_FREE})?",
    rf"(?:complete|finish)\s(?:the\s)?(?:full\s|whole\s|prescribed\s|entire\s)*(?:course|prescription)(?:[\s,]+(?:unless|except)\s{_FREE}{_DOCTOR}{_FREE}(?:stop)?)?",
    r"(?:space|spread)\s(?:the\s|out\sthe\s)?doses\sevenly(?:\s(?:throughout|through|over|across)\sthe\sday)?|(?:to\sbe\s)?(?:take[n]?\s)?(?:at\s)?(?:regular|even)(?:ly)?(?:\sspaced)?\sintervals|"
    r"(?:to\sbe\s)?take[n]?\sregularly",
    rf"(?:read|see|follow|keep)\sthe\s(?:additional|enclosed|printed|special|patient|attached|leaflet|manufacturer){_FREE}|read\s(?:leaflet|label){_FREE}",
    rf"(?:protect|cover|keep)\s(?:your|the)\s(?:skin|body){_FREE}|avoid\s(?:exposure|direct|strong|bright|too\smuch|contact){_FREE}|(?:do\snot|avoid)\s(?:using\s|use\s)?(?:sun\s?beds?|sun\slamps?){_FREE}",
    r"(?:do\snot|don['’]?t)\s(?:take|use)\s(?:with\s)?(?:anything(?:\selse)?|any(?:\sother)?\s(?:medicines?|products?|preparations?|tablets)|other\s(?:medicines?|products?))\s(?:that\s)?(?:contain(?:ing|s)?|with)\s"
    rf"[a-z ,-]{{3,40}}?(?:\s(?:while|whilst|when|with)\s{_FREE})?",
    r"(?:do\snot|don['’]?t)\s(?:take|use)\swith\s(?:any\s)?(?:other|another)\s[a-z -]{3,30}(?:products?|medicines?|preparations?|tablets|remed(?:y|ies))?",
    r"contains?\s(?:an?\s)?(?:paracetamol|aspirin|ibuprofen|codeine|penicillin|(?:aspirin|penicillin)-like\s(?:medicine|drug)|a\spenicillin|lactose|gluten|sugar|alcohol|gelatin|peanut|soya)",
    rf"(?:talk|speak)\sto\s(?:a|your)\s(?:doctor|pharmacist|nurse){_FREE}|(?:seek|get)\s(?:urgent\s|immediate\s)?(?:medical\s)?(?:advice|help){_FREE}",
    r"this\smeans\s(?:an?|1|one)\shour\sbefore\s(?:food|eating)\sor\s(?:2|two)\shours\safter\s(?:food|eating)?",
    rf"(?:suck(?:ed)?|chew(?:ed)?|swallow(?:ed)?|dissolved?|mix(?:ed)?|shake|spread)(?:\sor\s(?:suck(?:ed)?|chew(?:ed)?|mix(?:ed)?|dissolved?))?(?:\s(?:well|thinly|gently|thoroughly|fully))*(?:\s{_THIS})?"
    r"(?:\s(?:whole|(?:in|with)\s(?:a\s)?(?:little\s)?water|under\s(?:the|your)\stongue|bottle|well|before\s(?:taking|use|swallowing|each\sdose)|on\sthe\saffected\s(?:skin|area)(?:\sonly)?))*(?:,?\s(?:do\s)?not\s(?:be\s)?(?:chew|crush)(?:ed)?(?:\sor\s(?:chew|crush)(?:ed)?)?)?",
    rf"to\sbe\s(?:sucked|chewed|swallowed|dissolved|mixed)\s(?:or\s(?:chewed|sucked|mixed)|whole|in\swater|with\swater){_FREE}",
    rf"(?:for\sexternal\suse|external\suse|not\sto\sbe\sswallowed|keep\sout\sof){_FREE}|(?:keep|store)\s(?:this\smedicine\s|them\s|it\s)?(?:in|at|below|away|tightly|refrigerated|out|locked){_FREE}",
    rf"(?:discard|throw\saway|use\swithin|use\sby|dispose\sof)\s(?:{_FREE}|[0-9]{{1,2}})\s?(?:days?|weeks?|months?|opening|contents){_FREE}",
    rf"take\scare\swhen\sdriving{_FREE}|wash\s(?:your\s)?hands{_FREE}",
    rf"remove\s(?:the\s)?(?:old\s|used\s|previous\s)?patch(?:es)?\s(?:before|first|when){_FREE}(?:\bone)?|(?:do\snot\s)?(?:cut|fold)\s(?:the\s)?patch(?:es)?{_FREE}",
)
_START = r"(?:[.;]\s*|\s{2,}|[)\]]\s|\s[-–*]\s|(?<=\n)|,\s(?=(?-i:Warning|Caution|WARNING|CAUTION|Do\snot|DO\sNOT|Contains|CONTAINS)))"
_WARNING = regex(
    rf"{_START}(?:warnings?|caution|important|note)?\s?[:!-]?\s*(?:{'|'.join(_SENTENCES)})\s*(?=[.;|*]|\s{{2,}}|$|\s[-–]\s)",
    re.I,
)
_WITH_FOOD = regex(
    r"(?:take\s|to\sbe\staken\s)?with\sor\s(?:just\s|straight\s)?after\s(?:food|a\smeal|meals)(?:,?\sor\sa\smeal)?",
    re.I,
)
_EMPTY = regex(
    r"(?:take\s)?(?:this\smedicine\s)?when\syour\sstomach\sis\sempty|(?:an|one|1)\shour\sbefore\sfood\sor\son\san\sempty\sstomach",
    re.I,
)
_IN_ONE = (
    "warning",
    "caution",
    "do not",
    "don't",
    "don’t",
    "medicine",
    "course",
    "contain",
    "empty",
    "just after",
    "avoid",
    "may cause",
    "may make",
    "shake",
    "chew",
    "regular",
    "evenly",
    "leaflet",
    "discard",
    "swallow",
    "suck",
    "dissolve",
    "spread",
    "external",
    "keep",
    "store",
    "patch",
    "if affected",
    "or after food",
    "not to be",
    "take care",
)
"""No such sentence is without one of these."""
_OFTEN = regex(
    r"\b(?:daily|day|once|twice|night|morning|weekly|week|hours?|hourly|required|needed|od|bd|tds|qds|om|on|nocte|mane|prn|meals?|bedtime|time)\b",
    re.I,
)
_MOST = 8


def without_warnings(text: str) -> str:
    """``text`` without the cautionary sentences behind its instruction; ``text`` itself where there are none."""
    lower = text.lower()
    if not any(each in lower for each in _IN_ONE):
        return text
    begins = _OFTEN.search(text)
    if begins is None:
        return text
    head, rest = text[: begins.end()], text[begins.end() :]
    rest = _EMPTY.sub("on an empty stomach", _WITH_FOOD.sub("with food", rest))
    at = 0
    for _ in range(_MOST):
        found = _WARNING.search(rest, at)
        if found is None:
            break
        if _DOSED.search(_ALLOWED.sub(" ", found.group())):
            at = found.start() + 1
            continue
        behind = rest[found.end() :].lstrip(" .")
        rest, at = f"{rest[: found.start()]}{'. ' if behind else ''}{behind}", found.start()
    return head + rest
