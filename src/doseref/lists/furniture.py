"""Lines of a letter round its list of medicines that are neither medicine nor fact: letterheads, dates of the stay, who
wrote it, requests, and what a visit summary says between the medicines.

Only what names no medicine and no dose is taken for one of these; it is told as left out, never dropped.
"""

from __future__ import annotations

import re

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
_WORDS = regex(r"\S+(?:\s+\S+)+")


def between(line: str) -> str:
    """Why a line is of the medicine above it and no item; empty where it may be one."""
    return "it belongs to the line above" if _BETWEEN.fullmatch(line.strip()) else ""


def furniture(line: str) -> str:
    """Why a line that names no medicine and no dose, which is not asked here, is no item; empty where it may be one."""
    text = line.strip(" .*_–—-")
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
