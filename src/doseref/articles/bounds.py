"""The grammar of a bound: an amount, a day, and a word for an end (of a tally, of a range, of what is allowed) in the
same clause, in whatever order ("the day's tally must finish at or under 660 mg", "10 mg a day being the highest amount
licensed").

The lists below are the vocabulary; :func:`bound_in_front` and :func:`bound_behind` say in which order they make a limit.
A clause with a condition ("if the total exceeds 100 mg a day, split it") is none.
"""

from __future__ import annotations

import re

from doseref.patterns import regex

_GREATEST = (
    r"(?:highest|largest|biggest|greatest|heaviest|outermost|uppermost|utmost|furthest|farthest|top(?:most)?|maximum)"
)
_QUANTITY = r"(?:doses?|dosages?|amounts?|figures?|totals?|quantit(?:y|ies)|intakes?|levels?|tall(?:y|ies)|number)"
_END = (
    r"(?:(?:daily|day['’]s|24[\s-]?h(?:ours?|rs?)?|upper|outer|absolute|hard|safe)\s+){0,2}"
    r"(?:limits?|ceiling|cap|lid|roof|maximum|upper\s+(?:end|bound|edge|mark|figure|reaches)|top\s+(?:end|of\s+the\s+(?:range|scale|ladder))|"
    rf"stopping\s+point|(?:red|finish(?:ing)?)\s+line|cut-?off(?:\s+point)?|{_GREATEST}\s+(?:[a-z]+\s+){{0,2}}{_QUANTITY})"
)
"""What a range, a tally or a permission ends in."""
_TALLY = (
    r"(?:tall(?:y|ies)|totals?|sum|count|intake|(?:day|24\s+hours)['’]s?\s+[a-z]+|daily\s+(?:doses?|amounts?|intake|quantity|use|portions?)|"
    r"(?:whole|full|entire)\s+day|24[\s-]?h(?:ours?|rs?)?\s+(?:dose|amount|intake))"
)
"""What is counted together over a day."""
_BELOW = (
    r"(?:at\s+or\s+(?:under|below|beneath)|below|under|beneath|within|inside|south\s+of|short\s+of|(?:no|not)\s+(?:higher|more|greater|further)\s+than|"
    r"(?:no|not)\s+(?:above|over|beyond|past)|less\s+than|fewer\s+than|≤|<=?|at\s+most)"
)
_BEYOND = (
    r"(?:(?:creep|climb|go|run|rise|get|stray|drift|edge|tip|spill|slip|stretch|push|add\s+up\s+to|amount\s+to|come\s+to)s?\s+"
    r"(?:(?:to\s+)?(?:anything\s+)?(?:past|beyond|above|over|north\s+of|more\s+than))|exceed|surpass|overshoot|top)"
)
_GAP = r"[^\d.;:!?()]{0,70}?"
_STANDS = (
    r"(?:is|are|being|remains?|stays?|(?:sits|stands|lies|ends|rests)\s+at|(?:is|are|has\s+been|was)?\s*(?:set|put|placed|fixed|drawn|reached)\s+at|"
    r"at|of|comes\s+(?:to|at))"
)
_OF_DAY = r"(?:over|in|within|for|on|during)\s+(?:any\s+|a\s+|one\s+|the\s+|each\s+)?(?:whole\s+|full\s+|single\s+)?(?:24[\s-]?h(?:ours?|rs?)?|day)"
_FRONT = (
    regex(
        rf"\b{_END}(?![\w'’-])(?:\s+{_OF_DAY})?{_GAP}(?:,[^\d.,;:()]{{3,80}},\s)?\b{_STANDS}(?:\s+(?:just|only|still|now|about))?\s+\Z",
        re.I,
    ),
    regex(
        rf"\b{_TALLY}(?![\w'’-])(?:{_GAP}{_OF_DAY})?{_GAP}(?:[:,–—]\s{_GAP})?(?:(?<=[\s])|\b){_BELOW}(?:\s+a\s+total\s+of)?\s*\Z",
        re.I,
    ),
    regex(
        rf"\b(?:let|have|see)\b{_GAP}\b{_TALLY}(?![\w'’-]){_GAP}\b{_BEYOND}\s+\Z",
        re.I,
    ),
    regex(
        rf"\b(?:keep|kept|keeping|hold|held|stay|stays|remain|stick|stop|stops|finish|end|be\s+kept)\b{_GAP}\b{_BELOW}\s+\Z",
        re.I,
    ),
    regex(rf"\b{_END}(?![\w'’-]){_GAP}(?:\(\s*|:\s+|\s[–—=]\s*)\Z", re.I),
    regex(rf"\b(?:draw|draws|drawn)\b{_GAP}\bline\b{_GAP}\bat\s+\Z", re.I),
    regex(r"(?:\A|[|:–—]\s*)[\s*_]*(?:and\s+|but\s+)?(?:no|not|never)\s+(?:above|over|past|beyond)\s+\Z", re.I),
    regex(
        rf"\b{_TALLY}(?![\w'’-])(?:{_GAP}{_OF_DAY})?{_GAP}\b(?:may|can|might|is\s+allowed\s+to)\s+(?:reach|touch|(?:go|rise|climb|get|come|run|add)(?:\s+up)?\s+to|be\s+(?:as\s+(?:high|much)\s+as|up\s+to))\s+\Z",
        re.I,
    ),
    regex(rf"\b{_TALLY}\s+(?:allowed|permitted|possible)\b(?:\s+{_OF_DAY})?\s*[:=–—-]\s*\Z", re.I),
)
"""Clauses that lead up to the amount that they make a limit of."""
_STOP_WHEN = regex(
    rf"\b(?:stop|quits?|halt|enough|no\s+more|finish(?:ed)?)\b{_GAP}\b(?:once|when|as\s+soon\s+as)\b{_GAP}\b{_TALLY}(?![\w'’-]){_GAP}"
    r"\b(?:hits|reaches|gets\s+to|comes\s+to|touches|is\s+at)\s+\Z",
    re.I,
)
"""Where to stop, told with the case that it comes to ("stop once the day's count hits 4 g")."""
_CONDITION = regex(
    r"\b(?:if|when(?:ever)?|whose|who|unless|until|once|because|although|after|while|was|were|had)\b|\?", re.I
)
"""Words that make of a bound a case that something is said of, or a report."""
_TAIL = r"(?=\s*(?:[.;:!?)–—|]|,|\Z|(?:we|you|anyone|anybody|any|an?|the|that|he|she|they|i|in|per|for|of|on|at|allowed|permitted|to|ever|licen[cs]ed|approved|recommended|advised|with|by|and|but|doctors|most|adults|people)\b))"
_DET = r"(?:the|your|its|an?|my|our|their|her|his|any)"
_DAY = r"(?:\s*(?:/\s?(?:d(?:ay)?|24\s?h)|daily|(?:a|per|each|in\s+an?y?|in\s+one|over\s+the|in\s+the)\s+day|(?:with)?in\s+(?:any\s+)?(?:24|twenty[\s-]four)\s+hours|nightly|(?:a|per)\s+night))?"
_OF_IT = r"(?:\s+of\s+(?:it|them|[a-z][a-z-]{3,24}))?"
_BEHIND = regex(
    rf"{_OF_IT}{_DAY}{_OF_IT}(?:\s+in\s+total)?\s*,?\s*(?:"
    rf"(?:(?:is|are|being|as|makes|marks|remains|stays)\s+|=\s*)?(?:then\s+|also\s+|already\s+)?(?:"
    rf"{_DET}\s+(?:[a-z'’-]+\s+){{0,2}}?(?:{_END}(?!['’-])|(?:most|lot|limit|cap|ceiling|ration|quota)){_TAIL}|"
    r"the\s+end\s+of\s+the\s+(?:road|line|range|scale)\b|"
    rf"the\s+day['’]s\s+(?:maximum|limit|ceiling|lot|top)\b|{_GREATEST}\s+(?:[a-z]+\s+){{0,2}}{_QUANTITY}{_TAIL})|"
    r"(?:that|which)\s+(?:a|any|the|one)\s+(?:day|24\s+hours)\s+(?:allows?|permits?|can\s+hold)\b|"
    r"(?:and|but)\s+(?:not\s+(?:a|an|one|another|any)\s+(?:[a-z]+\s+)?(?:more|further|higher|beyond)|(?:no|nothing|never)\s+(?:more|further|higher|beyond)|"
    r"(?:you|we|they|people|adults|i)\s+(?:go|goes)\s+no\s+(?:higher|further))\b(?!\s+than)"
    r")",
    re.I,
)
"""What makes a limit of the amount that it stands behind."""
_OR_LESS = regex(rf"{_OF_IT}{_DAY}\s+or\s+(?:less|under|below|fewer|lower)\b", re.I)
_COUNTED = regex(
    rf"\b{_TALLY}(?![\w'’-])|\b(?:keep|kept|hold|held|stay|stick|limit|restrict)\b",
    re.I,
)
_NOT_BOUND = regex(r"\b(?:starting|initial|first|usual|lowest|smallest|minimum|maintenance|lower)\b", re.I)


_ROOTS = (
    "limit ceiling cap lid roof maximum upper top stop cut line est most tall total sum count intake daily day 24 "
    "keep kept hold held stay stick remain finish end draw above over past beyond quit halt enough more"
).split()
"""Parts of the words that lead up to a limit: without one of them there is none, and nothing is searched for."""


def bound_in_front(before: str) -> int | None:
    """Where in the words in front of an amount the bound begins that makes a limit of it; ``None`` where there is none."""
    said = before.lower()
    if not any(root in said for root in _ROOTS):
        return None
    stop = _STOP_WHEN.search(before)
    if stop is not None:
        return stop.start()
    for words in _FRONT:
        hit = words.search(before)
        if (
            hit is not None
            and not _CONDITION.search(_REASON.sub("", clause(before)))
            and not _NOT_BOUND.search(hit.group())
        ):
            return hit.start()
    return None


_REASON = regex(r"\A\W*(?:because|as|since|although|while)\s[^,;:\d]{3,90},\s", re.I)
"""Why there is a bound, in front of it."""


def bound_behind(text: str, before: str, end: int, ahead: int) -> int | None:
    """Where the bound ends that stands right behind the amount that ends at ``end``; ``None`` where there is none."""
    hit = _BEHIND.match(text, end, ahead)
    if hit is None:
        hit = _OR_LESS.match(text, end, ahead) if _COUNTED.search(clause(before)) else None
    if hit is None or _CONDITION.search(clause(before).rpartition(", ")[2]) or _NOT_BOUND.search(hit.group()):
        return None
    return hit.end()


_CUT = regex(r"[;!?]\s|\.\s(?=[A-Z])|,?\s(?:but|so|then)\s|,\s(?:and|while|where(?:as)?|which)\s")


_LABEL = regex(
    rf"(?:{_TALLY}|{_END})(?![\w'’-])[^.:;\d]{{0,60}}(?:24[\s-]h(?:ours?|rs?)?\b[^.:;\d]{{0,20}})?:\s+[^.:;\d]{{0,40}}\Z",
    re.I,
)


_ENDS = regex(rf"\b{_END}(?![\w'’-])[^.:;\d(]{{0,60}}:\s+[*_]*\Z", re.I)


def is_label_of_end(before: str) -> bool:
    """Whether a label with a colon right in front of an amount makes a limit of it ("Maximum daily … combined: ")."""
    return _ENDS.search(before) is not None and not _NOT_BOUND.search(before) and not _CONDITION.search(clause(before))


def label(before: str) -> str:
    """The label of a bound with a colon that leads up to an amount ("Total by mouth over 24 hours: at most "); else empty."""
    hit = _LABEL.search(before)
    return before[: hit.end()].rpartition(":")[0] if hit else ""


def clause(before: str) -> str:
    """The last clause of the words in front of an amount."""
    cut = max((hit.end() for hit in _CUT.finditer(before)), default=0)
    return before[cut:]
