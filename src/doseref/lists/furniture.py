"""Lines of a letter round its list of medicines that are neither medicine nor fact: letterheads, dates of the stay, who
wrote it, requests, and what a visit summary says between the medicines.

Only what names no medicine and no dose is taken for one of these; it is told as left out, never dropped.
"""

from __future__ import annotations

import re

from doseref.items.care_notes import takes_nothing
from doseref.patterns import regex

_JOB = (
    r"(?:f[1-3]|fy[12]|sho|spr|str|[sc]t[1-8]|pgy-?[1-7]|registrar|consultant(?:\s[a-z]+){0,3}|gp|locum|house\sofficer|m\.?d\.?|d\.?o\.?|r\.?n\.?|n\.?p\.?|"
    r"pa-?c|pharm\.?d\.?|mrpharms|mb\s?chb|mbbs|mrcp|mrcgp|frcp|bsc|msc|phd|(?:[a-z]+\s){0,2}(?:registrar|pharmacist|nurse|prescriber|physician|doctor|surgeon))"
)
_TITLE = r"(?:dr|doctor|prof(?:essor)?|mr|mrs|ms|miss|mx|sister|nurse)\.?"
_NAME = r"[^\W\d_][\w.'’-]{0,30}"
_WRITER = regex(
    rf"(?:{_TITLE}\s{_NAME}(?:\s{_NAME}){{0,3}}|{_NAME}(?:\s{_NAME}){{1,3}}(?=\s?[,(]))(?:\s?[,(]\s?{_JOB}\)?){{0,4}}\.?",
    re.I,
)
_JOBS = regex(rf"(?:{_JOB})(?:[\s,/&-]{{1,3}}{_JOB}){{0,3}}", re.I)
_STAY = regex(
    r"(?:(?:date\s(?:of\s)?)?(?:admitted|admission|discharged?|transfer(?:red)?|attended|attendance|seen|reviewed|clinic|dictated|typed|letter)(?:\sdate|\son)?"
    r"|date\s(?:of\s)?(?:clinic|letter|visit)|length\sof\sstay|ward|bed|site|consultant|attending|registrar|named\snurse|discharging\s[a-z]+|"
    r"responsible\s[a-z]+|referr(?:er|ed\sby)|author|completed\sby|written\sby|prepared\sby|checked\sby|signed|signature|copy\sto|copies\sto|specialty|"
    r"department|hospital\s(?:no|number)|nhs\s(?:no|number)|unit\s(?:no|number)|discharge\sdestination|next\sappointment|follow[\s-]up)\s?:.{0,120}",
    re.I,
)
_CALLED = regex(
    r"(?:bleep|pager|ext(?:ension)?|tel(?:ephone)?|phone|fax|mob(?:ile)?|e-?mail|www)\b\.?\s?(?:no\.?|number)?\s?[:#]?\s?[\w@.+()\s-]{3,50}",
    re.I,
)
_WHERE = regex(
    r"(?:.{0,60}\b(?:hospitals?|nhs|trust|infirmary|medical\s(?:centre|center|group|practice)|health\s?(?:centre|center|care)|clinic|surgery|pharmacy|"
    r"department|directorate|division|university|street|road|avenue|lane|house|england|scotland|wales)\b.{0,60}|ward\s[0-9a-z]{1,4}|"
    r"(?:ward|unit|bay|bed|room|clinic)\s[0-9]{1,3}[a-z]?)",
    re.I,
)
_REQUEST = regex(
    r"(?:(?:please|kindly|grateful\sif\syou|we\swould\sbe\sgrateful|could\syou|would\syou|gp\sto|to\sgp|action\sfor\sgp)\b.{0,40}\b(?:re-?check|check|repeat|"
    r"monitor|arrange|review|refer|chase|follow[\s-]?up|book|ensure|contact|call|see)\b).{0,100}",
    re.I,
)
_BETWEEN = regex(
    r"(?:what\schanged|last\s(?:time|dose)\s(?:this\swas\s)?(?:given|taken)|next\sdose\s(?:is\s)?due|(?:qty|quantity)|refills?|where\sto\s(?:get|pick)\b.{0,30}|"
    r"pick\sup\s(?:these|your)\b.{0,60}|(?:your\s)?doctor['’]?s\scomments?|(?:commonly|also)\sknown\sas|common\sbrands?(?:\sname)?|"
    r"generic\sname|brand\sname)\s?:.{0,120}",
    re.I,
)
"""What a visit summary says between a medicine and the next one; brands in it are those of the medicine above."""
_SECTION = regex(
    r"(?:(?:management\s|discharge\s|follow[\s-]up\s)?plan|actions?(?:\s(?:for|required\sby)\s(?:the\s)?gp)?|follow[\s-]up|recommendations?|advice(?:\s(?:to|for)\sgp)?|"
    r"investigations|(?:blood\s)?results|(?:past\s)?(?:medical\s)?history|presenting\scomplaint|clinical\s(?:summary|details|narrative|course)|summary|background|"
    r"impression|diagnos[ei]s|procedures?|(?:on\s)?examination|social\shistory|family\shistory|hospital\scourse|instructions(?:\sto\sgp)?)\s*:",
    re.I,
)
"""Headings of a letter with nothing behind them."""
_PROSE = regex(
    r"(?:she|he|they|(?:the|this|our|your)\s(?:patient|lady|gentleman|man|woman|child|girl|boy)|(?:mr|mrs|ms|miss)\s[^\W\d_]+|there|on\sexamination)"
    r"\s(?:\S+\s){1,40}\S+$",
    re.I,
)
_TAKES = regex(
    r"\b(?:tak(?:e|es|ing|en)|took|on\s(?!(?:[0-9]{1,2}|the|a|her|his|examination|admission|discharge|arrival)\b)|start\w*|commenc\w*|giv(?:e|en|ing)|gave|prescri\w*|"
    r"continu\w*|us(?:e|es|ed|ing)|dos(?:e|es|ing)|tablets?|capsules?|medic\w*|drugs?|pills?|stop\w*|inject\w*|infus\w*|treat\w*|therapy|receiv\w*|need\w*|requir\w*|"
    r"tolerat\w*|suggest\w*|recommend\w*|advis\w*|consider\w*|trial\w*|tri(?:ed|es)|switch\w*|doubl\w*|halv\w*|titrat\w*|increas\w*|reduc\w*|chang\w*|add(?:ed|ing)?|cover\w*|course|antibiotics?|with\s(?:iv|oral|im)|mg|mcg|units?)\b",
    re.I,
)
"""Words of a sentence that may be about a medicine whose name is not known here."""
_LISTED = regex(r"^(?:[-*•+]|[0-9]{1,2}[.)])\s+")
_WORDS = regex(r"\S+(?:\s+\S+)+")


def between(line: str) -> str:
    """Why a line is of the medicine above it and no item; empty where it may be one."""
    return "it belongs to the line above" if _BETWEEN.fullmatch(line.strip()) else ""


def furniture(line: str) -> str:
    """Why a line that names no medicine and no dose, which is not asked here, is no item; empty where it may be one."""
    text = _LISTED.sub("", line.strip(" .*_–—-"))
    if _SECTION.fullmatch(text):
        return "it is a heading"
    if _PROSE.match(text) and line.rstrip().endswith(".") and not _TAKES.search(text):
        return "it names nothing that is taken"
    if takes_nothing(text):
        return "it says that there is none"
    if _STAY.fullmatch(text) or _CALLED.fullmatch(text):
        return "it is of the letter or the stay"
    if _REQUEST.fullmatch(text):
        return "it asks for something"
    if (_WRITER.fullmatch(text) and any(sign in text for sign in ",.(")) or _JOBS.fullmatch(text):
        return "it says who wrote it"
    if _WRITER.fullmatch(text) and text.lower().startswith(("dr ", "prof ", "sister ", "nurse ")):
        return "it says who wrote it"
    return ""


def letterhead(line: str) -> bool:
    """Whether a line above the name of the person says whose paper it is, or is words without a figure."""
    text = line.strip()
    return (
        _WHERE.fullmatch(text) is not None
        or bool(furniture(text))
        or (_WORDS.fullmatch(text) is not None and not any(sign.isdigit() for sign in text))
    )
