"""Whether a paragraph of running text goes on about the one drug of the paragraph before it, without naming it.

A drug that nobody knows must never lend its dose to the one before it: where the words in front of the first amount
could hold a name, the paragraph is about nobody.
"""

from __future__ import annotations

import re

from doseref.articles.ages import YEAR_OLDS
from doseref.articles.contexts import context_of, is_indication, looks_like_drug
from doseref.articles.doses import dose_words, sentences
from doseref.articles.owners import newcomer
from doseref.articles.resolve import Mention
from doseref.patterns import regex

_GOES_ON = regex(
    r"\W*(?:(?:but\s+|and\s+)?(?:(?:for|in|with)\s+)?(?:the\s+|your\s+|my\s+|older\s+|younger\s+|smaller\s+)?"
    r"(?:child(?:ren)?|kids|adults?|grown-?ups|infants|babies|toddlers|teen(?:ager)?s|adolescents|the\s+elderly|"
    r"older\s+(?:people|adults|patients)|seniors)\b(?=[:,]|\s+(?:get|have|take|need|are|aged|under|over|from|who|the\s+dose))|"
    r"to\W{1,3}(?:treat|prevent)\W{1,3}it\b|(?:it|the\s+(?:usual\s+|adult\s+|daily\s+|maximum\s+|most\s+)?(?:dose|maximum|most))\b)",
    re.I,
)
"""How a paragraph begins that goes on about the one drug of the paragraph before it ("For the children: …")."""
_ASKED = regex(
    r"\?[\"”’')*_]*(?:\s+(?:asks?|asked|writes?|wrote|wonders?|wants?\s+to\s+know|says)\b(?:[^.?!]|\b[A-Z]\.){0,80}\.?)?[\"”’'*_ ]*\Z"
)
"""How a paragraph ends that asks, with who does ("… in a day?" asks D.B. of Leeds)."""


def asks(text: str) -> bool:
    """Whether a paragraph ends with a question, or with who asks it."""
    return "?" in text and _ASKED.search(text) is not None


SPEAKS = regex(
    r"\b(?:he|she|they|we|i|(?:(?:our|the|your|my)\s+)?(?:[A-Za-z-]+\s+)?(?:nurse|doctor|pharmacist|expert|gp|chemist|editor|midwife|team|dietician|dietitian|consultant|dr\s[A-Z]\w+))\s+"
    r"(?:says?|repl(?:y|ies|ied)|answers?|writes?|advises?|explains?|responds?)\Z",
    re.I,
)
"""Who says what follows a colon: no label of it."""
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred|\d)"
_PEOPLE = (
    r"(?:adults?|grown-?ups?|child(?:ren)?|kids|youngsters|teenagers|infants|babies|lady|gentleman|m[ae]n|wom[ae]n|people|"
    r"patients?|persons?|anyone|anybody|everyone|nobody|dose|maximum|limit|ceiling|amount|gp|doctors?|pharmacists?)"
)
_OPENS = regex(
    rf"\W*(?:(?:but|and|so)\s+)?(?:(?:after|when|while|if|from|every|at|during|over|under|above|below|until|once|without|"
    rf"on|before|by|as|in|not|no|nobody|you|we|they|it|that|this|he|she|those|most|some|then|next|thereafter|"
    rf"later|afterwards)\b|"
    rf"(?:the\s+|an?\s+|your\s+|my\s+|our\s+|many\s+|all\s+|some\s+|for\s+|with\s+)?(?:[a-z]+\s+){{0,2}}{_PEOPLE}\b|{_NUMBER}|"
    r"[a-z]+(?:-[a-z]+)?\s+(?:[a-z]+\s+)?needs?\s+(?:more|less|higher|lower)\b)",
    re.I,
)
"""How the sentence of a dose begins that speaks of people, of a time or of a measure, and not of a drug."""
_TAKEN = regex(
    r"(?:\A|[.;:](?=\s)|\b(?:takes?|taking|have|has|having|gets?|gives?|given|needs?|uses?|used|prescribes?|with|on|at|to|(?:it|that|dose|amount|maximum|limit|ceiling)\s+is|"
    r"exceed|than|above|beyond|below|under|past|about|around|between|from|start|starts|begin|begins|a|an|the|only|just|then|and|or)(?=\s)"
    rf"|{YEAR_OLDS}(?=\s))[\s\"“']*(?:(?:up\s+to|between|half\s+a|{_NUMBER})\s+)?\Z",
    re.I,
)
"""What stands right before an amount that is taken by whom the sentence speaks of."""
_NAME = regex(r"(?<=[a-z,;] )(?!I\b|GPs?\b|Dr\b|IU\b)[A-Z][a-z]{3,}")
_KIND = regex(
    r"\b(?:anti-?[a-z]{5,}|statins?|painkillers?|steroids?|diuretics?|water\s+tablets?|laxatives?|nsaids?|opioids?|vitamins?|"
    r"inhibitors?|blockers?|herbs?|herbal|extract|oil|tea|supplement|drug|medicine|brand|alternative|another|other|new)\b",
    re.I,
)
"""Words that may stand for another drug than the one before."""


_FORM_OPENS = regex(
    r"\W*(?:(?:but|and|by\s+contrast|meanwhile),?\s+)?(?:as\s+for\s+)?(?:the|its)\s+(?:(?:nasal|oral|eye|ear|skin|ordinary|plain|slow-release|modified-release|extended-release|sustained-release|"
    r"prolonged-release|long-acting|melting|dissolving|chewable|dispersible|soluble|higher|lower|stronger|weaker|prefilled|rectal)\s+)?"
    r"(?:auto-?injector|injections?|shot|pens?|spray|patch(?:es)?|gel|cream|ointment|lotion|foam|tablets?|capsules?|syrup|liquid|suspension|solution|suppositor(?:y|ies)|"
    r"drops|inhaler|nebuli[sz]er|lozenges?|powder|sachets?|gum|film|wafer|infusion|drip|depot)\b(?!\s+(?:of|called|named|with)\b)",
    re.I,
)
"""How a sentence begins that is about another form of the drug before it ("The nasal spray is a compromise: …")."""
_ANOTHER_WAY = regex(
    r"\b(?:another|other|different)\s+(?:route|way|form|kind\s+of\s+tablet|strength|matter|story|thing)s?\b", re.I
)


_OWN_CASE = regex(
    r"\W*for\s+(?:the\s+|your\s+|an?\s+)?[a-z]+(?:\s+[a-z]+)?,?\s+(?:it|you|we|that|the\s+dose|adults|people)\b", re.I
)
"""A sentence that begins with what its dose is for ("For the hands it is 2 g four times a day")."""


def opens_with_form(text: str) -> bool:
    """Whether a text begins with a form of the drug that was spoken of ("The gum helps with cravings")."""
    return _FORM_OPENS.match(text) is not None


def _another_form(text: str, stop: int) -> bool:
    """Whether the first dose of a paragraph is told of a form of the drug before it, and no other drug can be meant."""
    told, formed = "", False
    for first, last in sentences(text):
        words = dose_words(text[first:last])
        formed = formed or _FORM_OPENS.match(text[first:last]) is not None
        if not words:
            told += text[first:last]
            continue
        told += text[first : first + words[0].start]
        named = (
            _NAME.search(told) or newcomer(told) or looks_like_drug(told) or _KIND.search(_ANOTHER_WAY.sub(" ", told))
        )
        opens = (
            _FORM_OPENS.match(text[first:last]) or _OPENS.match(text[first:last]) or _OWN_CASE.match(text[first:last])
        )
        return formed and opens is not None and first + words[-1].end <= stop and not named
    return False


def carries_on(text: str, mentions: list[Mention]) -> bool:
    """Whether a paragraph goes on about the drug of the one before, up to the first drug that it names itself."""
    if _GOES_ON.match(text):
        return True
    stop = mentions[0].start if mentions else len(text)
    if _another_form(text, stop):
        return True
    for number, (first, last) in enumerate(sentences(text)):
        sentence = text[first:last]
        bare = sentence.lstrip("\"“'‘ ")
        words = dose_words(sentence)
        told = sentence[: words[-1].start] if words else sentence
        if last > stop or _NAME.search(told) or newcomer(told) or looks_like_drug(told):
            return False
        if not words:
            if number or not _OPENS.match(bare) or _USING.search(sentence) or _KIND.search(sentence):
                return False  # "Some people swear by devil's claw. They take …"
            continue
        if _KIND.search(told) or not _OPENS.match(bare):
            return False
        head = _FOR.match(bare)
        if head and not (is_indication(head.group(1)) or context_of(head.group(1)).population):
            return False
        return _TAKEN.search(sentence[: words[0].start]) is not None
    return False


_USING = regex(
    r"\b(?:takes?|us(?:es?|ing)|swears?|likes?|loves?|tr(?:y|ies)|buys?|choose|prefers?|reach(?:es)?|recommends?|praises?|called|named|"
    r"known|there\s+(?:is|are)|comes?|next|instead|also|besides|with|by)\b",
    re.I,
)
"""Words of a sentence that may bring up something else that is taken."""
_FOR = regex(r"\W*(?:for|with|on|in)\s+([^,;.\d]{3,50}),", re.I)
"""What the sentence begins with: what its dose is for, or somebody's drug."""
