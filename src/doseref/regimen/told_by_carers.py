"""What wards, carers and prescribers write in a field behind an instruction of how it is given, charted or meant to go on, and
that leaves the dose as it is: "remove old patch", "(change Mon)", "time critical", "PRN protocol in place", "not before 22:30",
"aim to wean at next review", "dose ↑ from 75mg".
"""

from __future__ import annotations

import re

from doseref.patterns import regex

_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_DATE = r"(?:[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?|(?:[0-9]{1,2}\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?:\s['’]?[0-9]{2,4})?|20[0-9]{2})"
_MASS = r"[0-9]{1,4}(?:\.[0-9]{1,2})?\s?(?:mg|mcg|micrograms?|g|units?|ml|mls)?"
_CHARTS = r"(?:chart|protocol|plan|map|sheet|record|policy|guidance|diary|log|folder|form)"
_OF = r"(?:patch|pain|bowel|bno|body|prn|covert|seizure|epilepsy|care|topical|cream|site|rotation|stool|separate|fluid|behaviour|abc|bm|bp|weight|pulse|food|sleep|mar)"
_LATER = r"(?:wean(?:ing)?|reduc(?:e|ing)|stop(?:ping)?|taper(?:ing)?|step(?:ping)?(?:\s(?:it|dose))?\sdown|de-?prescrib(?:e|ing)|ceas(?:e|ing)|switch(?:ing)?|increas(?:e|ing)|up-?titrat(?:e|ing)|titrat(?:e|ing))"
_VISIT = r"(?:r/?v|review|appt|appointment|visit|clinic|opd|f/?u|follow[\s-]?up|consultation|mur|smr)"
_SAID = (
    r"remove\s(?:the\s)?(?:old|previous|used|existing|last)(?:\s(?:patch|one))?(?:\s(?:first|before\s(?:applying|new)[a-z ]{0,15}))?",
    rf"(?:please\s)?(?:record|document|note|enter|sign)(?:\s(?:the|time|times|date|given|taken|effect|effectiveness|site|on|in|and|reason|of|administration|pulse|bp|{_CHARTS}|{_OF}))+",
    rf"(?:see|refer\sto|follow|record\son)\s(?:the\s|attached\s)?(?:{_OF}\s)+{_CHARTS}s?",
    rf"(?:{_OF}\s){{1,2}}{_CHARTS}s?(?:\s(?:in\splace|available|attached|agreed|on\sfile|in\sfile|in\suse|completed))?",
    r"time[\s-](?:critical|sensitive|specific)(?:\s(?:med(?:ication|icine|s)?|drug))?",
    r"not\s(?:before|earlier\sthan)\s(?:[0-2]?[0-9][:.][0-9]{2}|[0-9]{1,2}\s?[ap]m|2[0-3]00)(?:\s?h(?:rs?)?)?",
    r"check\s(?:the\s)?(?:pulse|bp|hr|heart\srate|bm|bgl|bsl|blood\s(?:sugar|glucose|pressure)|weight|skin|inr|patch)s?(?:\sis\sin\splace)?(?:\s(?:before|prior\sto|with|at)\s"
    r"(?:giving|administering|administration|each\sdose|every\sdose|dose|use|injecting|application))?",
    r"rotate\s(?:the\s)?(?:injection\s|application\s)?sites?|alternate\ssites",
    r"ct\s(?:same|all|rest)|c\.?s\.?t\.?|cont(?:inue|\.)?\s(?:same|all|as\sbefore)(?:\s(?:treatment|rx|meds))?",
    rf"(?:aim(?:ing)?|plan(?:ning)?|consider|hop(?:e|ing)|intend(?:ing)?|view|for|gp)\s(?:to\s)?(?:try\s(?:to\s)?)?{_LATER}(?:\s(?:dose|off|down|further))?"
    rf"\s(?:at|in|on|after)\s(?:the\s|his\s|her\s)?(?:next\s|follow-?up\s)?{_VISIT}(?:\s(?:with|by)\s[a-z]{{2,12}}|\s{_DATE})?",
    rf"(?:dose\s)?(?:(?:recently|just|was)\s)?(?:[↑↓⬆⬇]|inc(?:r|reased)?|dec(?:r|reased)?|reduced|up|down|stepped\s(?:up|down)|up-?titrated|down-?titrated|titrated(?:\s(?:up|down))?|weaned|halved|doubled)"
    rf"\s?(?:from\s|\(from\s|ex\s){_MASS}(?:\s(?:od|om|on|bd|tds|qds|daily|nocte|mane|weekly))?(?:\s(?:on|in|at|by)?\s?(?:{_DATE}|gp|clinic|hosp(?:ital)?|cardio|renal|rheum))*\)?",
    r"(?:amber|red|green)(?:\s(?:drug|list|traffic\slight))?|shared\scare(?:\s(?:agreement|protocol|drug))?(?:\s(?:in\splace|on\sfile|agreed|signed))?|(?:hospital|clinic|specialist)\sinitiated",
    r"palliative(?:\s(?:care|register|patient))?|dnacpr(?:\sin\splace)?|gsf|eol(?:\scare)?|respect\sform(?:\sin\splace)?",
    r"(?:with\s|via\s|use\s|using\s)?(?:spacer|volumatic|aerochamber|haleraid)(?:\s(?:given|issued|provided|used|device))?",
    r"(?:given|administered|injected)\sby\s(?:the\s)?(?:dn|district\snurse|practice\snurse|nurse|gp|carers?|wife|husband|family|hospital|surgery)",
    r"hospital\s(?:only|supply|drug|issue|prescribed)(?:\s(?:only|supply|drug))?|secondary\scare\ssupply",
    r"(?:ibd|hf|ms|pd|epilepsy|respiratory|diabetes|renal|transplant|memory|pain|stoma|continence|dietitian|dietician|keyworker|cgl|camhs|cmht|dsn|rheumatology|dermatology|cardiology|neurology)"
    r"(?:\s(?:team|nurse|clinic|service|led|aware|cgl|review))?",
    r"new(?:\smed(?:ication|icine)?)?|unchanged|no\schange|long[\s-]term|regular|lifelong|ongoing|short[\s-]term(?:\suse)?(?:\sonly)?",
    r"(?:oos|out\sof\sstock|mfr\sout|supply\sissue|shortage)(?:\s(?:current|noted|at\spresent))?",
    r"gp\s(?:no\saction|to\s(?:continue|please\scontinue|note|review|monitor)|please\scontinue|aware|informed)(?:\s(?:needed|required|prescribing|supply))?|no\sgp\saction",
)
_CARED = regex(rf"(?:^|(?<=[\s,;(]))(?:{'|'.join(_SAID)})$", re.I)
_CHANGED = regex(
    rf"(?:patch\s)?(?:chang(?:e[sd]?|ing)|apply|applied|replaced?|due|new\spatch)\s(?:on\s|every\s|each\s|day\s)*(?P<days>{_DAY}(?:\s?(?:&|and|/|,|\+)\s?{_DAY})?)(?:\s(?:am|pm|mornings?|evenings?))?",
    re.I,
)
_ONE = regex(
    r"every\s(?:7|seven)\sdays|\b(?:once|one|1)\b[a-z ]{0,24}\bweek|\bweekly\b|7[\s-]day|(?:a|per|every)\sweek\b|1/7\b",
    re.I,
)
_TWO = regex(
    r"twice\s(?:a\s|per\s|each\s)?week|twice[\s-]weekly|every\s(?:3|3-4|3\sto\s4|three\sto\sfour)\sdays|2\s?x\s?(?:a\s)?week|two\stimes\sa\sweek",
    re.I,
)
_NOT_REGULAR = regex(
    r"not\s(?:for|to\sbe)\s(?:regular|long[\s-]term|routine|daily|everyday|every\sday|nightly|continuous)(?:\suse)?",
    re.I,
)
_A_MONTH = regex(r"[0-9]{1,2}\s(?:tab(?:let)?s?|cap(?:sule)?s?)\s?(?:/|per|a)\s?(?:month|mth|4\sweeks|28\sdays)", re.I)
"""How many are handed out in a month of what is taken as needed."""
_AS_NEEDED = regex(r"\bprn\b|\bsos\b|required|needed|necessary", re.I)
_DAYS = regex(_DAY, re.I)


def without_care(text: str) -> str:
    """``text`` without such a remark at its end."""
    found = _CARED.search(text)
    return text[: found.start()].rstrip(" ,;.") if found else text


def cared(text: str, said: str) -> bool:
    """Whether a field tells how it is given, charted or meant to go on, and leaves the dose that is ``said`` before it as it is:
    a day of changing a patch only where that is as often, "not for regular use" only where it is as needed.
    """
    text = text.strip(" .*!()")
    if not without_care(text):
        return True
    if _NOT_REGULAR.fullmatch(text) or _A_MONTH.fullmatch(text):
        return _AS_NEEDED.search(said) is not None
    found = _CHANGED.fullmatch(text)
    if found is None:
        return False
    days = len(_DAYS.findall(found["days"]))
    return (_TWO if days == 2 else _ONE).search(said) is not None and (days == 2) == (_TWO.search(said) is not None)
