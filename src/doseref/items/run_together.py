"""Rows of an export whose columns stand without anything between them: "40MG TABTAKE ONE TABLET AT BEDTIME90RF5".

row  ::= [record] drug (form [figure [figure]] | size) verb sig [tail]
tail ::= [(figure | "QTY" figure) [piece]] [figure | "DAYS" figure] ["RF" figure] [date | schedule]

A column ends only where that is unmistakable: a known form, or the unit of a strength or a pack, directly before a known
verb; a word that says how often or why directly before how many were handed out, at the very end of the line. What is
handed out is named so ("QTY 90"), and so is never a dose; where the figure could be one, the line stays as it is.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.patterns import regex

_COUNTED = (
    r"(?:chew\s?)?tab(?:let)?s?|tbs?|cap(?:sule|let)?s?|cps?|odt|chew(?:able)?s?|susp(?:ension)?|sol(?:n|ution)?s?|syrp|syr(?:up)?|liq(?:uid)?|elix(?:ir)?|"
    r"conc(?:entrate)?|oint(?:ment)?|crm|cre(?:am)?|gel|lot(?:ion)?|foam|shampoo|vials?|amp(?:u|ou)?(?:le)?s?|pens?|kwikpen|flexpen|solostar|"
    r"syringes?|syrng|cartridges?|inj(?:ection)?|spr(?:ay)?|drops?|drp|inh(?:aler|aln)?|hfa|diskus|respimat|ellipta|neb(?:ule)?s?|patch(?:es)?|"
    r"ptch|pwd|powder|packets?|pkts?|sachets?|supp(?:ository|ositories|s)?|films?|strips?|lozenges?|kit"
)
"""Forms, behind which a figure is how many were handed out."""
_OTHERS = r"er|xr|sr|dr|ec|la|xl|gms?|g|grams?|mls?|mg|mcg|meq|oz|ct|ea|units?|act(?:uation)?|hr|%"
"""Releases, and units of strengths and packs."""
_VERBS = (
    r"take|tk|give|administer|apply|inst[ia]ll?|inhale|inject|insert|use|place|put|chew|dissolve|swallow|drink|mix(?=\s?[0-9])|shake|swish|suck|spread|"
    r"rub|unwrap|sprinkle|infuse|spray(?=\s?[0-9])"
)
_PLAIN_VERBS = tuple(
    "take tk give administer apply instill instil inhale inject insert use place put chew dissolve swallow drink mix shake swish suck "
    "spread rub unwrap sprinkle infuse spray".split()
)
_VERBS_OF_ONE = r"(?:take|tk|place|inject|give|chew|dissolve|swallow|insert)"
_T_AT_FIGURE = regex("[0-9 ]tk?[0-9]")
_APART = frozenset(" \t\n(:;,.-/")
_NUMBER = r"(?:[0-9½¼¾]|one|two|three|four|half|an?\s)"
_SEAM = regex(rf"(?<![a-z])(?:{_COUNTED}|(?<=[0-9/ ])(?:{_OTHERS}))\.?(?=(?:{_VERBS})[\s0-9])", re.I)
_SEAM_AT_FIGURE = regex(
    rf"(?<![a-z])({_COUNTED})\.?\s?(?:[#x]?(?:1[4-9]|[2-9][0-9]|[1-9][0-9]{{2}})(?:\.[0-9]*)?(?=(?:{_VERBS})[\s0-9])|"
    rf"[#x]?[0-9][0-9.]*(?=(?:{_VERBS})\s?{_NUMBER}))",
    re.I,
)
"""A figure between the form and the verb: how many, and for how many days; never one that the verb could count."""
_LETTER = regex(rf"(?<![a-z])({_COUNTED})\.?(?:\s?[#x]?[0-9]{{1,3}})?\s?tk?(?=[0-9](?:-[0-9])?(?:t|tab|c|cap)\b)", re.I)
"""The letter T for "take": "TABLET 30T1-2T Q6H"."""
_BETWEEN = regex(
    rf"(?<=[0-9]%|mg|cg|ml|eq)(?P<form>\s?(?:(?:sl|er|xr|sr|dr|ec)\s)?(?:{_COUNTED}))\.?\s(?P<many>[1-9][0-9]{{0,2}})(?:\.0{{1,3}})?"
    rf"\s(?P<days>[1-9][0-9]?)\s(?:(?={_VERBS_OF_ONE}\s(?P<dose>{_NUMBER})[a-z0-9 /.½-]{{0,14}}?(?:{_COUNTED}|ts?|cs?|mg|mcg|mls?|units?)\s)|tk?(?=[0-9](?:t|tab|c|cap)\s))",
    re.I,
)
"""How many and for how many days, as columns of their own between a product whose strength is said and a verb with a dose
of its own, count and piece or amount ("TAKE 1 HOUR BEFORE" has none).
"""
_COLUMNS_BEFORE = regex(
    r"[0-9] t(?:k|ake)?\b|[0-9] (?:place|inject|give|chew|dissolve|swallow|insert)\b|[0-9] tk?[0-9]"
)
_LEAST_DAYS, _LEAST_HANDED_OUT = 5, 4
"""Fewer days, or fewer pieces, could be a dose."""
_HALF = regex(rf"(?<=mg\s)({_COUNTED})(?=1/2\s?(?:t|tab|c|cap)s?\s)", re.I)
"""Half a piece directly behind its form: "TABLET1/2 T PO"."""
_VERB_AT_FIGURE = regex(rf"(?<![a-z0-9])({_VERBS})(?=[0-9])", re.I)
_RECORD = regex(
    r"(?:[0-9]{4,5}-[0-9]{3,4}-[0-9]{1,2}|[0-9]{11})\s?(?=[a-z]{3})|(?:rx\s?#?)?[0-9]{6,12}(?=[a-z]{4,}\s)(?!units?\b|gram|micro|milli|inter)",
    re.I,
)
"""The number of a product or a prescription before the name, which may stand directly behind it."""

_SPAN = r"(?:days?|weeks?|wks?|months?|hours?|hrs?)"
_OFTEN = (
    r"(?<![a-z])(?:daily|weekly|monthly|nightly|qday|qd|qod|bid|tid|qid|qhs|bd|tds|qds|q[0-9]{1,2}(?:-[0-9]{1,2})?\s?h(?:rs?|ours?)?)|"
    rf"(?<![a-z])(?:an?|every|each|per|other|alternate|one|two|three|four|five|six|eight|twelve)\s{_SPAN}|(?<![0-9.])[0-9]{{1,2}}\s?{_SPAN}|(?<=x)[0-9]{{1,2}}d"
)
_WHY = (
    r"(?<![a-z])(?:needed|prn|directed|utd|food|water|anxiety|sleep|insomnia|nausea|vomiting|spasms?|cough|constipation|itching|headaches?|"
    r"cholesterol|wheezing|breath|infection|eyes?|ears?|nostrils?|skin|stomach|areas?|area\(s\))"
)
_WHEN = r"(?<![a-z])(?:bedtime|morning|evening|night|noon|am|pm|hs|breakfast|lunch|dinner|supper|meals?|pain|pressure)"
_PIECE = r"\s?(?P<piece>tab(?:let)?s?|cap(?:sule)?s?|each|ea|mls?|gms?|g|patch(?:es)?|pens?|inhalers?|vials?)?"
_FIGURE = rf"(?P<label>(?:qty|quantity|disp|#)\s?[:=#]?\s?)?(?P<many>[0-9]{{1,4}})(?:\.0{{1,3}}|(?P<part>\.[0-9]{{1,2}}))?{_PIECE}"
_DATE = r"(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12][0-9]|3[01])/20[0-9]{2}"
_DAYS = r"(?:days?(?:\s?supply)?|ds)\s?[:=]?\s?(?P<days>[0-9]{1,3})"
_REFILLS = r"(?:rfs?|refills?|ref|r)\s?[:=]?\s?(?P<refills>[0-9]{1,2})"
_TAIL = regex(
    rf"(?P<word>(?P<often>(?>{_OFTEN}))|(?P<why>(?>{_WHY}))|(?P<when>(?>{_WHEN}))|(?<=[a-z])(?=qty))\.?"
    rf"(?:(?=[0-9a-z#])|\s(?=[0-9]{{1,3}}(?:rf|r[0-9]|ref|days|ds)))"
    rf"(?:{_FIGURE}(?:\s(?P<supply>10|14|15|2[0158]|3[0145]|42|45|56|60|84|90)(?=\s|$))?)?(?:\s?{_DAYS})?(?:\s?{_REFILLS})?(?:\s(?:{_DATE}|c[2-5]))?\s*$",
    re.I,
)
_PACK = regex(
    rf"(?:(?>{_OFTEN})|(?>{_WHY})|(?>{_WHEN})|p\.r\.n\.)\s(?P<many>[1-9][0-9]{{1,2}})"
    r"\s?(?:(?P<piece>tablet|capsule)\(s\)|rpts?\s(?P<refills>[0-9]{1,2}))$",
    re.I,
)
"""How many are in the pack, and how often again, behind a sig: "at night p.r.n. 25 rpt 0", "at night 60 tablet(s)"."""
_LEAST_PACK = 20
_COUNTS = regex(rf"(?<![a-z0-9]){_NUMBER}", re.I)
_PIECES = regex(r"\b(?:tab(?:let)?|cap(?:sule)?)s?\b", re.I)
_LONGEST = 60
"""Characters from the end in which the tail is looked for."""
_SHORTEST, _LONGEST_TAIL, _WORDS_OF_TAIL = 4, 40, 4
_HOURS = 24
"""Two figures up to this could be hours of the day: "BID8 20"."""
_MILLILITRES = frozenset(("ml", "mls"))
_BULK = frozenset(("ml", "mls", "g", "gm", "gms"))
_SIG = regex(rf"\b(?!spray)(?:{_VERBS})\b", re.I)
_BOUND = regex(r"\b(?:max\w*|nte|exceed|limit|total|up\sto|then|until|last)\b[^0-9]*$", re.I)
"""Words to which a figure behind them may belong: "max per day8"."""
_COURSE = regex(rf"\b(?:for|x)\s?([0-9]{{1,2}})\s?(?:{_SPAN}|d)\.?$", re.I)
_TAKEN = regex(r"\b([0-9]{1,2}|one|two|three|four|half)\s?(?:tab|cap|t\b|c\b)", re.I)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "half": 1}
_AMOUNT = regex(r"[0-9]\s?(?:mc?g|g|gm|mls?|units?|u|iu|meq)\b", re.I)
_VOLUME = regex(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)\s?(?:ml|g|gm)\b", re.I)
_DOSED = regex(
    rf"\b(?:{_VERBS})\s(?:up\sto\s|contents\sof\s)*{_NUMBER}|"
    r"\b(?:[0-9½¼¾]+|one|two|three|four|half|an?)\s?(?:t|c|tab|cap|puff|drop|gtt|spray|inhal|patch|ml|mg|mcg|g|gm|gram|unit|meq)[a-z]*\b",
    re.I,
)
"""How much is taken each time: without it the figure could be just that."""
_OF_DEVICES = regex(r"\b(?:puff|drop|gtt|spray|inhalation)s?\b", re.I)
"""What is counted in whole ones only."""
_SECOND = regex(r"\b(?:and|or|then|plus)\b|[,;&+]", re.I)
_TIMES = regex(rf"{_OFTEN}|{_WHEN}", re.I)
_NOBODY_TAKES = 14
"""Tablets or capsules that nobody takes at one time."""
_LARGEST = 1000
_TIMES_A_DOSE = 4
"""A volume is handed out where it is so many times every dose of the instruction."""


def apart(text: str) -> str:
    """``text`` with blanks between its columns and what is handed out named so; ``text`` itself where nowhere two of them
    touch unmistakably.
    """
    if _touching(text.lower()):
        text = _SEAM_AT_FIGURE.sub(r"\1 ", _SEAM.sub(r"\g<0> ", text))
        text = _VERB_AT_FIGURE.sub(r"\1 ", _LETTER.sub(r"\1 TAKE ", text))
    if _COLUMNS_BEFORE.search(text.lower()):
        text = _BETWEEN.sub(_without_columns, text, count=1)
    if "1/2" in text:
        text = _HALF.sub(r"\1 TAKE ", text)
    if text[:1].isdigit() or text[:2] in ("RX", "Rx"):
        text = _RECORD.sub("", text, count=1) if _RECORD.match(text) else text
    return _without_tail(
        _without_pack(text) if text.endswith("(s)") or " rpt" in text[-_LONGEST_TAIL:].lower() else text
    )


def _without_pack(text: str) -> str:
    """``text`` with the pack at its end named so; as it is where the figure could be a dose, in units or of few pieces."""
    found = _PACK.search(text, max(0, len(text) - _LONGEST))
    if found is None or int(found["many"]) < _LEAST_PACK:
        return text
    sig = text[: found.start("many")].rstrip()
    form = _PIECES.search(sig)
    directions = sig[form.end() :] if form else ""
    if not _COUNTS.search(directions) or any(each.search(directions) for each in (_BOUND, _AMOUNT, _SECOND)):
        return text
    return f"{sig} QTY {found['many']} {found['piece'] or ''}".rstrip() + (
        f", RF {found['refills']}" if found["refills"] else ""
    )


def _without_columns(found: re.Match[str]) -> str:
    """The product without how many and for how many days; as it is where the days are so few that they could be a dose."""
    if int(found["days"]) < _LEAST_DAYS or int(found["many"]) < _LEAST_HANDED_OUT:
        return found[0]
    return f"{found['form']} {'' if found['dose'] else 'TAKE '}"


def _touching(lower: str) -> bool:
    """Whether a verb, or a "T" for it, touches what stands before it."""
    for verb in _PLAIN_VERBS:
        at = lower.find(verb)
        while at >= 0:
            end = at + len(verb)
            if at and lower[at - 1] not in _APART and not lower[end : end + 1].isalpha():
                return True
            at = lower.find(verb, end)
    return _T_AT_FIGURE.search(lower) is not None


def _without_tail(text: str) -> str:
    """``text`` with how many were handed out named so, where that stands directly behind the last word of a sig."""
    if not any(len(word) >= _SHORTEST and _mixed(word) for word in text[-_LONGEST_TAIL:].split()[-_WORDS_OF_TAIL:]):
        return text
    found = _TAIL.search(text, max(0, len(text) - _LONGEST))
    if found is None or not (found["many"] or found["days"] or found["refills"]):
        return text
    sig = text[: found.end("word")]
    if found["many"] and not _handed_out(found, sig):
        return text
    said = [f"QTY {found['many']}{found['part'] or ''} {found['piece'] or ''}".rstrip()] if found["many"] else []
    said += [
        f"{label} {found[each]}"
        for label, each in (("DAYS", "days"), ("DAYS", "supply"), ("RF", "refills"))
        if found[each]
    ]
    return f"{sig} {', '.join(said)}"


def _mixed(word: str) -> bool:
    """Whether letters and figures stand in one word."""
    return not word.isalpha() and any(sign.isalpha() for sign in word) and any(sign.isdigit() for sign in word)


def _handed_out(found: re.Match[str], sig: str) -> bool:
    """Whether the figure behind ``sig`` can only be how many were handed out: it is called so, refills or days follow it,
    or the dose is said and it is no second one, no limit and no length that could stand there.
    """
    many, piece = Decimal(f"{found['many']}{found['part'] or ''}"), (found["piece"] or "").lower()
    if _BOUND.search(sig) or (found["supply"] and max(many, Decimal(found["supply"])) <= _HOURS):
        return False
    if found["label"] or found["days"] or found["refills"]:
        return True
    verb = _SIG.search(sig)
    directions = sig[verb.start() :] if verb else sig
    applied = directions[:5].lower() == "apply"
    if not _DOSED.search(directions):
        return (applied and many >= _NOBODY_TAKES) or piece in _MILLILITRES  # which is then told: no dose is said
    if found["part"]:
        return applied or _OF_DEVICES.search(directions) is not None
    volumes = [Decimal(each[1]) for each in _VOLUME.finditer(directions)]
    if volumes and (piece in _BULK or many >= _LARGEST):
        return many >= _TIMES_A_DOSE * max(volumes)
    if many >= _LARGEST:
        return False  # "DAILY3090": 30 for 90 days, or 3,090?
    course = _COURSE.search(sig)
    if course is not None and many < int(course[1]):
        return False
    taken = [int(_WORDS.get(each[1].lower(), 0) or each[1]) for each in _TAKEN.finditer(directions)]
    pieces = many >= _NOBODY_TAKES and bool(taken) and not _AMOUNT.search(directions)
    if piece[:3] in ("tab", "cap"):
        return pieces
    if found["when"]:
        of_meals = found["when"].lower() == "meals"  # at all of them: no second dose can follow
        alone = _SECOND.search(directions) is None and (of_meals or len([*_TIMES.finditer(directions)]) == 1)
        return pieces or (alone and not taken and not (many % 3 and many % 10))
    return many >= max(taken, default=1)
