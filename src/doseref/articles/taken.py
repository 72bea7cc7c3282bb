"""Whether a sentence has an amount taken though it does not say how often: "give one 4 mg spray", "400 mg may be used",
"a single oral dose of dexamethasone, 0.6 mg/kg".

What is told of somebody ("was given 300 mg"), forbidden ("do not take 2 g") or held by a product is not taken.
"""

from __future__ import annotations

import re

from doseref.articles.misspelled import DoseWord
from doseref.patterns import regex

_FEW_WORDS = (
    r"(?:\s+(?!(?:more|less|over|under|above|below|than|not?|per|each|every|if|when)\b)[A-Za-z][\w'’-]*,?){0,4}"
)
_TAKES = regex(
    r"(?:\b(?:takes?|taking|gives?|giving|uses?|using|(?:starts?|begins?|starting|beginning|goes|go)(?=\s+(?:\w+\s+){0,2}(?:with|at|on)\b)|swallows?|chews?|sucks?|injects?|puts?|places?|adds?|receives?|(?:may|can|should|could)\s+have|"
    r"gets?|needs?|try|prescribes?|administers?|(?:is|are|be)\s+(?:then\s+)?(?:given|taken|used|injected|sprayed|offered)|"
    r"(?:a|one|single|first|loading|starting|usual)\s+(?:[a-z]+(?:-[a-z]+)?\s+){0,2}dose(?:\s+(?:of|is))?|(?:dose|amount)\s+is|\bfor\s+(?:an?\s+)?[a-z]+\s+(?:that|it)\s+is|"
    r"\bdose\b[^.;:,\d]{0,50}\b(?:is|(?:should|must|ought\s+to|will)\s+be)|"
    r"(?:dose|amount|that|it)\s+(?:is|becomes)\s+(?:halved|cut|lowered|reduced|raised|doubled)\s+to|cuts?\s+(?:it|that|this)\s+to|dissolve)"
    rf"{_FEW_WORDS}\s*[,(]?\s*|\b(?:find|finds|that)\s+)(?:one\s+|a\s+|two\s+|half\s+a\s+)?\Z",
    re.I,
)
"""What stands in front of an amount that is to be taken; verbs in the past and of what a product holds are none."""
_FOR_THIS = regex(r"(?:\A|[.;:]\s*)(?:for|in|against)\s+[^,;:.\d]{3,60},\s+[A-Za-z][\w-]+(?:\s[a-z]+)?\s+\Z", re.I)
"""A sentence without a verb: "For a bad migraine, sumatriptan 50 mg"."""
_ENDS = regex(r"\s*(?:[;.]|\Z)")
_PRAISED = (
    r"(?:still\s+|also\s+|often\s+|usually\s+|generally\s+)?(?:(?:the|an?|our|my|your)\s+)?(?:(?:very|most|more|perfectly)\s+)?(?:(?:reasonable|good|sensible|usual|standard|first|best|simple|safe|effective|preferred|suitable|fair|"
    r"recommended|second|next|alternative|normal|initial|other|cheap|gentle)\s+){0,3}(?:choice|step|option|alternative|line|first-line|second-line|treatment|start|starting\s+point|pick|"
    r"bet|answer|standby|fallback|rule|safe|effective|reasonable|recommended|preferred|suitable|appropriate|advisable|usual|standard|sensible|acceptable|fine|indicated)"
)
"""What is said of a dose that is one to take ("… is a reasonable first step")."""
_IS_TAKEN = regex(
    r"\)?(?:\s+(?!(?:was|were|had|has|have|or|and|per|in)\b)[A-Za-z][\w'’-]*){0,3}?\s+(?:(?:may|can|should|must)\s+be|is|are)\s+(?:then\s+|often\s+|usually\s+|generally\s+)?"
    r"(?:used|taken|given|injected|chewed|swallowed|sprayed|enough|plenty|sufficient|tried|added|offered|considered|repeated)\b|"
    rf"\)?(?:\s+(?!(?:was|were|had|has|have|or|and|per)\b)[A-Za-z][\w'’-]*){{0,4}}?\s+(?:is|are|remains?|makes)\s+{_PRAISED}\b(?!\s+(?:than|as|strength|size|tablet|pack|form|product|brand|name|price)\b)|"
    r"\)?(?:\s+(?:by|under|into|in|at|through|as|with)\s+(?:the\s+|an?\s+)?[a-z]+)?\s+(?:usually\s+|often\s+|generally\s+)?(?:works|helps|suffices|acts|relieves|eases|settles|treats|stops|"
    r"clears|does\s+(?:it|the\s+job))\b|"
    r"\)?(?:\s+tablets?|\s+capsules?)?\s+comes?\s+first\b|"
    r"\)?(?:\s+of\s+[a-z]{3,20})?,?\s+(?:as\s+(?:one|a\s+single)\s+dose|straight\s+away|right\s+away|at\s+once|immediately)\b",
    re.I,
)
_NOT = regex(
    r"\bno\s+longer\b[^.;:,]{0,70}\Z|(?:\b(?:not|never|no|nor|without|avoid|stop|cannot|was|were|had|been|used\s+to)|n['’]t)\b[^.;:,]{0,40}\Z",
    re.I,
)
_COUNTED = regex(r"\b(?:an?|one|two|three|four|half\s+an?|[1-9])\s*\Z", re.I)
_A_PRODUCT = regex(
    r"[\s-]{0,3}(?:tabs?|tablets?|capsules?|caps?|caplets?|pills?|vials?|ampou?les?|bottles?|syringes?|pens?|inhalers?|"
    r"packs?|suppositor(?:y|ies)|suspension|syrup|solution|cream|liquid|strength|patch(?:es)?|lozenges?|version|size|apiece|each\b|dose\s+form|"
    r"a\s+(?:puff|tablet|capsule|spray))\b|\s?(?:/|per|in)\s?\d?\s?m[lL]\b",
    re.I,
)


def is_taken(text: str, low: int, word: DoseWord, stop: int) -> bool:
    """Whether the words right around an amount say that it is taken, given or enough."""
    before = text[max(low, word.start - 70) : word.start]
    if _A_PRODUCT.match(text, word.end, stop) and not _COUNTED.search(before):
        return False
    if _ENDS.match(text, word.end, stop) and _FOR_THIS.search(text[low : word.start]):
        return True
    kilos = _KILOS.match(text, word.end, stop)
    end = kilos.end() if kilos else word.end
    return not _NOT.search(before) and bool(_TAKES.search(before) or _IS_TAKEN.match(text, end, stop))


_KILOS = regex(r"\s?(?:/|per)\s?kg\b", re.I)
