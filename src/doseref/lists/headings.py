"""Lines and rows of a list that are no items: whose list it is, headings, totals, allergies.

Only what cannot be an item is taken for one of these; it is told as left out, never dropped.
"""

from __future__ import annotations

import re
from datetime import date

from doseref.dosage.words import LEXICON
from doseref.errors import UsageError
from doseref.items.list_headings import HEADING
from doseref.lists.results import results
from doseref.lists.who_it_is import NUMBERED_AS, diagnoses, split_facts, told_beside
from doseref.names import Names
from doseref.patterns import regex
from doseref.regimen.facts import FACTS, told
from doseref.regimen.told_facts import without_told_facts

_PERSON = regex(
    r"(?:patient|pt|resident|client|member|service user)(?:'s)?(?:\s+(?:name|id|no|number))?\s*[:#]\s*(.*\S)", re.I
)
_NAMED = regex(r"(?:full |last |first )?name\s*:\s*(.*\S)", re.I)
_NOT_TAKEN = regex(
    r"(?:(?:medications?|meds?|drugs?)\s+)?(?:recently\s+)?(?:stop(?:ped)?|discontinued?|ceased?|dc'?d|past|previous|"
    r"old|inactive|former|held|on\s+hold|withheld|suspended|"
    r"completed|finished|not\s+taking|no\s+longer\s+taking|no\s+longer\s+taken|do\s+not\s+take|stop\s+taking|"
    r"cancelled|canceled)"
    r"(?:\s*(?::|-+|—)|(?:\s+(?:taking\s+)?(?:these\s+)?(?:med(?:ication|icine)?s?|drugs?|items?|prescriptions?|"
    r"list))\s*(?:list)?\s*:?)",
    re.I,
)
_TAKEN = regex(
    r"(?:(?:current|active|home|discharge|regular|new|other|otc|over[- ]the[- ]counter|prn|as[- ]needed|as[- ]required|when[- ]required|"
    r"continued?|continuing|started?|"
    r"starting|changed?|changes(?:\smade)?|increased?|decreased?|taking|repeats?|acutes?|bought|"
    r"to\s+take|take|unchanged|resumed?|ongoing)[\s/,&-]*(?:and\s+)?)+(?:these\s+)?(?:med(?:ication|icine)?s?|drugs?|"
    r"items?|prescriptions?|list|templates?)?\s*:",
    re.I,
)
_TAKING = regex(
    r"(?:start|begin|continue|keep|resume|take|change|ask)\s(?:how\syou\s|the\sway\syou\s|your\sdoctor\sabout\s)?(?:tak(?:e|ing)\s|us(?:e|ing)\s)?"
    r"(?:these|the\sfollowing|your|all)\s(?:(?:other|same|current|new|home)\s)?(?:med(?:ication|icine)?s?|drugs?)(?:\s(?:as\s(?:before|usual)|listed\sbelow))?\s*:?"
    r"|(?:med(?:ication|icine)s?|drugs?|prescription)\s(?:on|at|for|to\stake)\s(?:discharge|home|admission)(?:\s?\([^()]{1,20}\))?\s*:?",
    re.I,
)
"""The headings of a visit summary ("START taking these medications") and of a letter ("Medicines on discharge (TTO):")."""
_CHANGES = regex(
    r"(?:(?:medications?|medicines?|drugs?|doses?)\s)?(?:chang(?:ed|es)(?:\s(?:made|to\s(?:medications?|medicines?|drugs?|treatment)))?|dose\schanges?|"
    r"(?:increased|decreased|reduced|amended|altered)|(?:increased|decreased|reduced|changed|amended|altered)\s(?:medications?|medicines?|drugs?|doses?)|"
    r"(?:medications?|medicines?|drugs?)\s(?:changed|changes|increased|reduced|amended))(?:\s(?:this|during)\s(?:admission|stay))?\s*:?",
    re.I,
)
_NEEDED = regex(
    r"\W*(?:(?:prn|as[- ](?:needed|required)|(?:when|if)[- ](?:needed|required))\b[\s/,&-]*(?:only\s*)?)+"
    r"(?:(?:these\s+)?(?:med(?:ication|icine)?s?|drugs?|items?|prescriptions?|list))?\W*",
    re.I,
)
"""A heading that says of all below it that it is taken as needed, and of nothing else ("PRN", "As needed medications")."""
_GREETED = regex(
    r"(?:dear|hi|hello|hey|good\s(?:morning|afternoon|evening))(?:\s[^\W\d]\S*){0,4}\s?[,!]|to whom it may concern\W*",
    re.I,
)
_THANKED = regex(
    r"(?:(?:dear|hi|hello)(?:\s[^\W\d]\S*){0,4}\s?[,!:–-]+\s)?(?:(?:many\s)?thanks|thank\syou)(?:\s(?:so|very)\smuch)?\s(?:for|to)\s"
    r"(?:seeing|referring|reviewing|asking|your|taking|sending|accepting|following|arranging|continuing|the\sreferral)\b[^\d:;]{0,150}",
    re.I,
)
"""The first sentence of a letter between doctors: "Dear Dr Jones, thank you for seeing this lady"."""
_THANKING = regex(_THANKED.pattern.removesuffix(r"[^\d:;]{0,150}"), re.I)
_ABOUT = regex(r"(?:re|ref|our\sref|your\sref|regarding|subject|cc)\s?:\s?\S.{0,150}", re.I)
"""Whom or what a letter is about."""
_ENDED = regex(
    r"(?:(?:with\s)?(?:(?:kind(?:est)?|best|warm(?:est)?|many)\s)?(?:regards|wishes|thanks)|thank\syou(?:\s(?:so|very)\smuch)?|cheers|"
    r"yours(?:\s(?:sincerely|faithfully|truly))?|sincerely)(?:\s(?:and|in\sadvance|for\syour\shelp)\b[^\d]{0,30})?\s?[,.!]*"
    r"|sent\sfrom\smy\s[^\d]{3,20}|get\soutlook\sfor\s\S{3,10}",
    re.I,
)
_SIGNATURE = regex(
    r"(?!p\.?\s?s\b|also\b|and\b|plus\b)[^\W\d][^\W\d.,'’&()/-]*(?:\s[^\W\d][^\W\d.,'’&()/-]*){0,4}", re.I
)
"""A name, a job, a place: a few words without a figure, and no postscript."""
_FACT = regex(
    r"(?:(?:known\s+|drug\s+)*allerg(?:y|ies)|nkd?a|dob|date of birth|mrn|gp|pcp|prescriber|physician|doctor|pharmacy|"
    r"phone|"
    r"tel|address|insurance|printed|printed (?:on|by)|list date|date|as of|reviewed by|diagnos[ei]s|dx|"
    r"pmhx?)\s*(?:[:\-].*)?|(?:past\smedical\shistory|medical\shistory|problem\slist|background|co-?morbidities|impression)\s*:.*",
    re.I,
)
_TOTAL = regex(
    r"totals?\s*:?|(?:grand |sub[- ]?)totals?\b.*|page\s+[0-9]+(?:\s*(?:of|/)\s*[0-9]+)?|end of (?:report|list)|"
    r"count\s*:?",
    re.I,
)
_COLUMN_HEADS = regex(
    r"(?:drugs?|medicines?|medications?|items?|name)(?:(?:\s{2,}|\s*\t\s*)[^\d\s][^\d\t]*?)*?(?:\s{2,}|\s*\t\s*)"
    r"(?:dose|strength|freq(?:uency)?|sig|directions?|instructions?|route|how\soften)\b[^\d]*",
    re.I,
)
"""The heads of a table whose columns are kept apart by spaces: "Drug   Dose   Freq   Duration"."""
_DOSED = regex(
    r"[0-9]\s*(?:mg|mcg|ug|g|ml|l|units?|iu|%|tab|tabs|tablets?|caps?|capsules?|puffs?|drops?)\b"
    r"|\b(?:daily|bd|bid|tds|tid|qid|qds|weekly|hourly|prn|q[0-9]+h)\b",
    re.I,
)


def person(words: str, names: Names | None = None) -> str:
    """Whose list follows ("Patient: John Smith"); empty where the line says no such thing.

    "Name:" may head a drug as well: only where no word after it is a name known here (``names``) is it a person's.
    """
    found = _PERSON.fullmatch(words.strip())
    if found is None and names is not None:
        found = _NAMED.fullmatch(words.strip())
        if found and any(names.lookup(word) for word in (found[1], *re.findall(r"[^\W\d_]+", found[1]))):
            return ""
    return " ".join(found[1].split()) if found and not _DOSED.search(found[1]) else ""


_FACT_HEADS = {head: role for role, heads in FACTS.items() for head in heads.split("|")}
_SAID = regex(r"(?:patient(?:'s)? )?([a-z][a-z ]*?)\s*[:=]\s*(\S.*)", re.I)
_BARE = regex(r"(age|weight|wt|egfr|gfr|crcl|creatinine|sex)\s+(\S.*)", re.I)
_BORN = regex(
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|patient|pt|name)\b[^\d|]*[\s,;:(]+)?(?:d\.?o\.?b\.?|date of birth|born)(?:\s+on)?\s*[:,]?\s*"
    r"([0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4})\)?\.?",
    re.I,
)
"""Whose list it is, with the day of birth: "Mrs J. Smith, DOB 3/4/1948"."""
_RE = regex(r"\s*re\s?:\s*", re.I)
_TITLED = regex(r"(?:mr|mrs|ms|miss|mx|dr|prof|patient|pt)\b\.?(?:\s[^\W\d][^\s\d,;]*){0,4}", re.I)
"""Somebody by title and name, and nothing else."""
_PREGNANT = regex(
    r"(?:(?:the\s)?(?:patient|pt|lady|woman)\s|she\s|she['’]s\s)?(?:is\s)?(?:currently\s)?pregnant"
    r"(?:\s?[,(–-]?\s?[0-9]{1,2}(?:\+[0-6])?\s?(?:/\s?40|weeks?|wks?)\s?\)?)?\.?",
    re.I,
)
_OF_ONE_FACT = regex(r"(?:body\s)?(?:weight|wt)\b|(?:she|he|her|his|pt|(?:the|this|our)\s[a-z]+)\b", re.I)
"""Where one fact is enough: it is named at the head ("Weight 60 kg, height 170 cm"), or a sentence is about somebody."""
_NAME = regex(r"(?:[A-Z][\w'’.-]*,?\s){1,3}[A-Z][\w'’.-]+")
"""Two to four words of a name, each with a capital: "John Sample", "SAMPLE, John"."""
_OLD = regex(r"\s*(?:years? old|y/?o\b|yo\b)", re.I)


def facts_in(words: str, today: date) -> tuple[tuple[str, str], ...] | None:
    """What a line says of the person and of nothing else ("age: 6", "eGFR 25", "weight 12 kg"), as roles and cells.

    Empty where its head names such a fact and what follows is not understood; ``None`` where the line is none.
    """
    line = words.strip()
    if _PREGNANT.fullmatch(line):
        return (("pregnant", "yes"),)
    if found_results := results(line):
        return found_results
    about = _RE.sub("", line)  # "Re: Mrs J. Smith, DOB 3/4/1948"
    born = _BORN.fullmatch(" ".join(NUMBERED_AS.sub(" ", about).split()).lstrip(" ,;"))
    if born is not None:
        line = f"DOB: {born[1]}"
    rest, several = split_facts(line, today)
    if (several and not rest and _OF_ONE_FACT.match(line)) or (
        len(several) > (0 if _TITLED.fullmatch(rest) else 1) and (not rest or _TITLED.fullmatch(rest))
    ):
        return several
    if several and rest and not _DOSED.search(line):
        beside = told_beside(rest)
        left = without_told_facts(rest).strip(" ,;:") if beside else rest
        behind = _TITLED.match(left)
        if (beside and not left) or diagnoses(left[behind.end() :] if behind else left):
            return several + beside
    said = _SAID.fullmatch(line)
    found = said or _BARE.fullmatch(line)
    role = _FACT_HEADS.get(" ".join(found[1].lower().split())) if found else None
    if found is None or role is None or (_DOSED.search(line) and role not in ("weight", "egfr", "crcl", "creatinine")):
        return None
    fact = ((role, _OLD.sub(" years", found[2].rstrip(". "))),)
    try:
        told(fact, today)
    except UsageError:
        return () if said and not _DOSED.search(line) else None
    return fact


def name_and_facts(words: str, today: date) -> tuple[tuple[str, str], ...]:
    """What a line says of the person whose name it begins with, without a title ("Jo Roe 76M, eGFR 22"); empty where it
    is no such line. Whether a word of the name is that of a drug is for the caller to see.
    """
    if _DOSED.search(words) or not _NAME.match(words.strip()):
        return ()
    rest, facts = split_facts(words.strip(), today)
    roles = {role for role, _ in facts}
    name = rest.strip(" ,;:-")
    if len(roles) < 2 or not roles & {"age", "birth date"} or not _NAME.fullmatch(name):
        return ()
    return () if any(word.lower() in LEXICON for word in re.findall(r"[^\W\d_]+", name)) else facts


def no_item(words: str) -> str:
    """Why a line is no item: a heading, or a fact about the person or the list; empty where it may be one."""
    line = words.strip()
    if not any(sign.isalnum() for sign in line):
        return "there is no word in it"
    if HEADING.fullmatch(line) or stops(line) is not None or _COLUMN_HEADS.fullmatch(line):
        return "it is a heading"
    return "it names nothing that is taken" if _FACT.fullmatch(line) and not _DOSED.search(line) else ""


def dosed(words: str) -> bool:
    """Whether words hold an amount of a medicine, or say how often it is taken."""
    return _DOSED.search(words) is not None


def changes(words: str) -> bool:
    """Whether a heading is that of what was changed ("Changed:"), which a letter says beside the new list."""
    return _CHANGES.fullmatch(words.strip().strip("*=_# ")) is not None


def stops(words: str) -> bool | None:
    """Whether a line heads what is no longer taken ("STOPPED:"), or heads what is ("Current:");
    ``None`` where it heads neither.
    """
    line = words.strip().strip("*=_# ")
    if _NOT_TAKEN.fullmatch(line):
        return True
    heads = (_TAKEN, _TAKING, HEADING)
    return False if any(each.fullmatch(line) for each in heads) or (line.endswith(":") and changes(line)) else None


def heads_alone(words: str) -> bool | None:
    """The same of a line that begins a paragraph: there the bare word heads what is below it too ("Stopped", "PRN"),
    unless it may be something that is taken ("Vitamins").
    """
    line = words.strip()
    heads = stops(line)
    if heads is not None or any(sign.isdigit() for sign in line):
        return heads
    return True if _NOT_TAKEN.fullmatch(f"{line}:") else False if _TAKEN.fullmatch(f"{line}:") else None


def as_needed(words: str) -> bool:
    """Whether a heading says that what stands below it is taken as needed."""
    return _NEEDED.fullmatch(words) is not None


def of_a_letter(words: str, ended: bool) -> str:
    """Which part of a letter a line is, and nothing else: ``greeting`` ("Dear Dr Smith,"), ``end`` ("Kind regards") or,
    behind an end (``ended``), ``signature``; empty where it is none. What names a medicine is none, which is not asked
    here.
    """
    line = words.strip()
    if _GREETED.fullmatch(line) or ((_THANKING.match(line) or _ABOUT.fullmatch(line)) and not _DOSED.search(line)):
        return "greeting"
    if _ENDED.fullmatch(line):
        return "end"
    return "signature" if ended and _SIGNATURE.fullmatch(line) and not _DOSED.search(line) else ""


def is_total(cells: list[str]) -> bool:
    """Whether a row counts the rows above it, or ends a page."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and _TOTAL.fullmatch(filled[0]) is not None and not _DOSED.search(" ".join(filled))


_STRONG = regex(r"\*\*(?=[^\s*])([^*]{1,200})(?<=\S)\*\*")
"""Words in bold, as Markdown writes them ("**Naproxen** 500 mg")."""
_LISTED = regex(r"(?:[-*•+]|[0-9]{1,2}[.)])\s+(?=\S*[^\W\d_])")


def without_marks(line: str) -> str:
    """A line of a list without its dash and without marks of bold words."""
    item = line.removeprefix("- ").strip()
    return _STRONG.sub(r"\1", item) if "**" in item else item


def is_listed(line: str) -> bool:
    """Whether a line is written as an item of a list: behind a dash, a dot or its number."""
    return _LISTED.match(line) is not None
