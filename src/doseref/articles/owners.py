"""Whose a dose in running text is: the drug before it, behind it, or the one the text is about."""

from __future__ import annotations

import re

from doseref.articles.ages import YEAR_OLDS
from doseref.articles.besides import is_kept_away
from doseref.articles.contexts import is_indication, is_step, looks_like_drug
from doseref.articles.doses import dose_words, is_about_food
from doseref.articles.instruction import DoseGroup
from doseref.articles.misspelled import DoseWord
from doseref.articles.resolve import Mention
from doseref.patterns import regex
from doseref.records import record

_LAST_WORD = regex(r"([A-Za-z][\w-]{2,40})(?:\s|\u00a0)\Z")
_OF_OTHER = regex(
    r"\s+of\s+(?!the\b|it\b|this\b|your\b|each\b|either\b|these\b|active\b|elemental\b|body\b|(?:gel|cream|ointment|lotion|foam|liquid|powder|granules|solution|suspension|syrup|mixture)\b)([A-Za-z][\w-]{2,30})"
)
_PLAIN = frozenset(
    (
        "a about above additional adds adult adults almost also always amount an and another apply applying "
        "approximately "
        "are around as at average be begin beginning being below between beyond both brand brands but by can capsule "
        "capsules chew common commonly could cream daily day divided doctors dosage dosages dose dosed doses dosing "
        "drink "
        "either equal equals even everyone exactly exceed exceeding extra extract first for form forms four from "
        "generally get gets give given gives giving got had has have her high higher him hours in increase increased "
        "increasing initially inject injected injection inserted into intravenous is it just keep least less like "
        "likes "
        "limit low lower lowered maintenance many max maximum may mean means min minimum month monthly more most "
        "nearly "
        "need needs next normally not of often on once once-daily one only or oral orally over past patient patients "
        "people per pill pills plus prefer prefers prescribe prescribed prescribes product products "
        "raise raised range regular release rescue same injects sprays delivers "
        "ranges ranging reach reaching receive receives recommend recommended reduce reduced remain require requires "
        "figure figures "
        "roughly round second should single some someone standard start started starting stay stays still suggest "
        "suggested supplement supplements swallow tablet tablets take taken takes taking target than that the them "
        "then "
        "rub rubs rubbing spread smear massage squeeze dab squirt nostril nostrils side "
        "these they this three titrate titrated to topical total totalling totals toward towards tried try twice "
        "twice-daily two typical typically under until upto use used uses using usual usually was week "
        "weekly were women men boys girls "
        "where "
        "caplet caplets softgel softgels syrup suspension liquid solution infusion cream gel inhaler spray drops patch patches "
        "comes come came follows followed suits works went goes "
        "five six seven eight nine ten eleven twelve "
        "suggests recommends advise advises advised propose proposes proposed favour favours favor favors allow allows allowed permit permits "
        "says said orders ordered offer offers offered agree agrees agreed aim aims aiming hands handed choose chooses chose pick picks picked tries trust trusts "
        "counsel counsels quote quotes quoted list lists listed states stated tells told reckon reckons reckoned settle settles settled stick sticks stuck "
        "begins began continues continued maintain maintains swallows chew chews swallowed drinks drank applies requires required remains "
        "whereas which will with within worth would write writes years you your"
    ).split()
)
"""Words that stand before an amount and are no name."""

_PROPER = regex(
    r"(?:,|\b(?:called|named|compound|drug|medicine|brand|product))\s+([A-Z][a-z]{3,20})(?=,?\s+(?:is|are|at|was|"
    r"comes|may|can|\d)\b|,)"
)
_NO_DRUGS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August "
    "September October November December America American Europe European Britain British Canada Australia "
    "English Medicare".split()
)


_NOT_TAKEN = regex(
    r"\s+(?:(?:is|are|was|were|has|have|can)\s*(?:not|n['’]t)\s+(?:been\s+|be\s+)?(?:tolerated|enough|suitable|available|used|given|"
    r"taken|an\s+option|work\w*|help\w*)|(?:is|are)\s+(?:contraindicated|unsuitable|unavailable|ineffective|too\s+weak)|"
    r"(?:has\s+|have\s+)?(?:fails?|failed)\b|(?:does|do|did)\s*(?:not|n['’]t)\s+(?:work|help|suffice|agree)|"
    r"(?:intolerance|allergy|failure)\b)",
    re.I,
)
_NOT_OF = regex(
    r"\b(?:allergic\s+to|(?:coughs?|coughed|coughing|wheez\w+|(?:rash|reaction|side\s+effects?|trouble|bleed(?:ing)?|headaches?|cramps?))\s+(?:on|from|with)|stand-?ins?\s+for|(?:do|does|did)\s*(?:not|n['’]t)\s+(?:get\s+on|cope)\s+with|intoleran(?:t|ce)\s+(?:of|to)|(?:cannot|can['’]t|can\s+not|could\s+not|unable\s+to)\s+(?:take|tolerate|have)|"
    r"because\s+of|due\s+to|caused\s+by|thanks\s+to|(?:stop|stopping|discontinue|omit|withhold|come\s+off|leave\s+off|switch(?:ing)?\s+from|chang(?:e|ing)\s+from)|instead\s+of|rather\s+than|in\s+place\s+of|unlike|without|(?:replac|supersed)(?:e|es|ing)|(?:swap|exchang|trad|substitut)(?:e|es|s|ing|ping)?(?:\s+(?:your|his|her|their))?|no\s+response\s+to|refractory\s+to|unresponsive\s+to|"
    r"(?:each|every|per)\s+[\d.,]+\s*\w{1,6}\s+of)\s+(?:the\s+|oral\s+)?\Z",
    re.I,
)
_WHAT = regex(r"\b(?:what|than|where|whatever|which)\s+(?:the\s+)?\Z", re.I)
_CANNOT = regex(
    r"\s+(?:cannot|can['’]?t|can|could(?:n['’]t)?|do(?:es)?(?:n['’]t)?|did(?:n['’]t)?|is(?:n['’]t)?|fails)\b", re.I
)
"""Behind a drug that another one is held against: "ibuprofen, which does what paracetamol cannot"."""
_IF_SO = regex(
    r"\b(?:if|when|where|should|unless|because|as|since|who|whom|whose|those|patients?|people)\b[^.;]{0,40}\Z", re.I
)


_EFFECT = regex(
    r"\b(?:(?:run|runs|running|be|become|get|gets)\s+(?:short|low|out)\s+(?:of|on|in)|trouble\s+with|(?:lack|loss|shortage|absorption|level|levels)\s+of|"
    r"(?:los|lower|rais|deplet|block|hinder|disturb|upset|bind|drain|reduc|absorb|wast)(?:e|es|ing|s)?)\s+(?:the\s+|your\s+|their\s+|its\s+)?\Z",
    re.I,
)
_LEVEL = regex(
    r"\s+(?:levels?|stores?|balance|absorption|deficiency|drops?|falls?|rises?|runs?\s+(?:low|short|out))\b", re.I
)
"""What a dose does to something in the body that is a drug as well ("over 25 mg a day … may run short of copper")."""


_IN_BLOOD = regex(
    r"(?:\s+levels?)?(?:\s+in\s+(?:the|your|his|her|their)\s+blood)?(?:\s+levels?)?\s+"
    r"(?:(?:is|are|was|stays?|remains?|climbs?|rises?|goes|runs?|falls?|drops?|gets?|creeps?)\s+(?:still\s+|too\s+|up\s+|down\s+)?)?"
    r"(?:above|over|below|under|between|at|to|past|beyond|of|is|low|high|normal|more\s+than|less\s+than)(?:\s+about)?"
    r"(?:\s+\d[\d.,]*(?:\s+(?:to|and)\s+\d[\d.,]*)?\s*(?:(?:mmol|mEq|[µμ]mol|micromol\w*|nmol|nanomol\w*|millimol\w*|nanogram\w*)"
    r"(?!\s*(?:(?:/|per)\s*d|a\s+day|daily|once|twice|three|four|every|each))|m?g\s*(?:/|per)\s*d(?:L|eci)|[mn]g\s*(?:/|per)\s*m|units\s+per\s+[ml]|%))",
    re.I,
)
_MEASURE_OF = regex(
    r"\b(?:(?:the|your|his|her|their|blood|serum|plasma)\s+|(?:level|levels|amount|measure)\s+of\s+)\Z", re.I
)
_LOW_HIGH = regex(
    r"(?:\s+in\s+(?:the|your|his|her|their)\s+blood)\b|(?:\s+levels?)?\s+(?:is|are|stays?|remains?|climbs?|rises?|goes|runs?|falls?|drops?|gets?)\s+(?:still\s+|too\s+)?"
    r"(?:low|high|normal|up|down|above|over|below|under)\b",
    re.I,
)


def is_measured(text: str, mention: Mention, low: int) -> bool:
    """Whether a name is that of something measured in the blood ("if the potassium in your blood climbs over 5.5
    mmol/L"), and of nothing that is taken.
    """
    if _IN_BLOOD.match(text, mention.end):
        return True
    whose = _MEASURE_OF.search(text[max(low, mention.start - 20) : mention.start])
    return whose is not None and _LOW_HIGH.match(text, mention.end) is not None


def affected(text: str, mention: Mention, low: int, high: int) -> bool:
    """Whether a drug is named behind an amount as what that does something to."""
    before = text[max(low, mention.start - 60) : mention.start]
    if is_measured(text, mention, low) or _COMPOUND.match(text, mention.end):
        return True
    told = _EFFECT.search(before) or _LEVEL.match(text, mention.end, high)
    return told is not None and bool(dose_words(text, low, mention.start))


_COMPOUND = regex(
    r"-(?:treated|induced|resistant|sensitive|naive|na\u00efve|intolerant|allergic|related|associated|dependent|free)\b",
    re.I,
)
"""Behind a drug of which only people or illnesses are spoken: "for ritonavir-treated patients"."""


def set_aside(text: str, mention: Mention, low: int, high: int) -> bool:
    """Whether a drug is named as the one that is not taken ("where morphine is not tolerated", "instead of
    warfarin"): what follows is no dose of it.
    """
    before = text[max(low, mention.start - 60) : mention.start]
    if affected(text, mention, low, high):
        return True
    if _NOT_OF.search(before) or (_WHAT.search(before) and _CANNOT.match(text, mention.end, high)):
        return True
    if is_kept_away(text, mention, low):
        return True
    return bool(_NOT_TAKEN.match(text, mention.end, high) and _IF_SO.search(before))


def still_about(running: tuple[str, ...], mentions: list[Mention]) -> tuple[str, ...]:
    """Whom a sentence is about that names only drugs that are not taken: the one before it, unless it is one of
    them.
    """
    named = {name for mention in mentions for name in mention.substances}
    return () if named & set(running) else running


@record
class Unowned:
    """A dose in a block that belongs to no substance; ``word`` is the name it seems to be of."""

    start: int
    end: int
    word: str
    unread: bool = False
    """The substance is known; how often it is taken is misspelled."""


def newcomer(sentence: str) -> str:
    """A name inside a sentence that is not known: what the sentence says is then not about the substance before it."""
    for hit in _PROPER.finditer(sentence):
        name = hit.group(1)
        if name.lower() not in _PLAIN and name not in _NO_DRUGS:
            return name
    return ""


def owners_of(
    text: str,
    low: int,
    words: list[DoseWord],
    mentions: list[Mention],
    running: tuple[str, ...],
    labelled: bool = False,
) -> tuple[list[DoseGroup], list[Unowned]]:
    """Tie each dose to a substance: the one named right after it, else before it, else the subject of the text.

    Behind a label that names the drug (``labelled``) one that is named later in the sentence is another matter:
    "**Zinc:** 15 mg once a day; stay under 40 mg a day or your copper drops".
    """
    groups: list[DoseGroup] = []
    unowned: list[Unowned] = []
    only = mentions[0] if not labelled and len({mention.substances for mention in mentions}) == 1 else None
    previous_end = low
    after: Mention | None = None
    for word in words:
        if not word.strong and is_about_food(
            _without_names(text, mentions, max(previous_end, word.start - 30), word.start)
        ):
            previous_end = word.end
            continue  # "keep salt below 6 g a day"
        follower = _follower(text, word, mentions)
        before = [mention for mention in mentions if mention.end <= word.start]
        stranger = _stranger(text, word, previous_end, mentions) if follower is None else None
        if stranger is not None:
            if word.strong:
                unowned.append(Unowned(word.start, word.end, stranger))
            previous_end = word.end
            continue
        behind_it = None if only is None or _of_next_clause(text, word, only) else only
        inside = next((each for each in mentions if word.start < each.start and each.end < word.end), None)
        owner = inside or follower or (before[-1] if before else None) or behind_it
        substances = owner.substances if owner else running
        previous_end = word.end
        if substances and "/" in text[word.start : word.end] and len(substances) < 2:
            unowned.append(Unowned(word.start, word.end, " / ".join(substances), True))
            continue  # two amounts, and one drug
        if not substances:
            if word.strong:
                unowned.append(Unowned(word.start, word.end, ""))
            continue
        last = groups[-1] if groups else None
        if last and follower and after and last.substances != substances and _paired(text, after, word):
            last.substances = tuple(dict.fromkeys((*last.substances, *substances)))
            last.words.append(word)
        elif last and len(last.substances) > 1 and set(substances) <= set(last.substances):
            last.words.append(word)  # "max APAP 3,000 mg/day" within the combination it belongs to
        elif (
            last
            and last.substances == substances
            and not (before and before[-1].start >= last.words[-1].end and before[-1] is not after)
        ):
            last.words.append(word)
        else:
            behind = (
                follower is not None
                or owner is None
                or owner.start > word.start
                or bool(last and owner.end <= last.words[-1].start)
            )
            anchor = word.start if behind or owner is None else owner.start
            floor = max(
                [
                    low,
                    *(each.end for group in groups for each in group.words),
                    *(each.end for each in mentions if each.end <= word.start),
                ]
            )
            groups.append(DoseGroup(substances, [word], anchor, floor))
        after = follower
    return groups, unowned


_NEXT_CLAUSE = regex(r"(?:,|;)\s+(?:and|but|while|whereas|or)\s", re.I)
_OWN_AMOUNT = regex(
    r",?\s+(?:at\s+|is\s+|in\s+doses\s+of\s+)?\d[\d.,]*\s?(?:m?c?g|[µμ]g|micrograms?|milligrams?|units)\b", re.I
)


def _of_next_clause(text: str, word: DoseWord, mention: Mention) -> bool:
    """Whether a drug is named in a clause behind an amount, with an amount of its own ("she writes down 20 mg twice a
    day, and mentions that hydroxyzine, at 25 mg three times a day, …"): the first one is none of it.
    """
    if mention.start < word.end or _OWN_AMOUNT.match(text, mention.end) is None:
        return False
    return _NEXT_CLAUSE.search(text, word.end, mention.start) is not None


def _without_names(text: str, mentions: list[Mention], low: int, high: int) -> str:
    """A stretch of ``text`` without the drugs that it names: sodium cromoglicate is no food."""
    found = text[low:high]
    for each in mentions:
        first, last = max(low, each.start) - low, min(high, each.end) - low
        if first < last:
            found = found[:first] + " " * (last - first) + found[last:]
    return found


def _follower(text: str, word: DoseWord, mentions: list[Mention]) -> Mention | None:
    """The substance named right after an amount: "500 mg of curcumin", "30 mg codeine"."""
    for mention in mentions:
        if mention.start >= word.end:
            gap = text[word.end : mention.start].lower().split()
            return (
                mention
                if gap in ([], ["of"], ["of", "oral"], ["oral"], ["of", "topical"], ["combined"], ["of", "combined"])
                and ";" not in gap
                else None
            )
    return None


def _paired(text: str, first: Mention, word: DoseWord) -> bool:
    """Whether two amounts with their substances are one combination: "30 mg codeine/300 mg acetaminophen"."""
    between = text[first.end : word.start]
    return between.strip().lower() in ("/", "+", "with", "plus")


_AGES = regex(YEAR_OLDS, re.I)
_SPELLED = regex(
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-(?:one|two|three|four|five|six|seven|eight|nine))?",
    re.I,
)
"""Ages in words, in front of the amount that is theirs ("past sixty-five 10 mg")."""
_LEAST_NAME = 5
"""Letters of the shortest name of a drug that is written small."""
_OCCASIONS = regex(
    r"\b(?:the|her|his|their|your|my|its)\s+(?:first|second|third|fourth|fifth|next|last)\s+[a-z]+\Z|"
    r"\b(?:on|for|in|during|after|before|at)\s+(?:[a-z-]+\s+){0,2}[a-z]{2,}(?<![uis])s\Z"
)
"""Things that happen more than once, in front of the amount that is taken then."""
_VERB_BEFORE = regex(
    r"(?:\b(?:not|to|should|must|may|might|can|could|will|would|shall|never|i|we|you|they|who|that|which|people|adults?|children|"
    r"patients?|doctors?|please|and|then|usually|often|always|just|simply)|n['’]t|n['’]t\s+ever)\s+[a-z]+(?:\s+(?:up|out|in|on|off|down))?\Z|"
    r"\b(?:the|an?|each|every|his|her|your|my|our|their|this|that)\s+[a-z]+\s+[a-z]+(?<![uis])s\Z",
    re.I,
)
"""Words in front of a verb: what stands right before the amount then is no name."""


def _stranger(text: str, word: DoseWord, low: int, mentions: list[Mention]) -> str | None:
    """A name next to an amount that is none of the known ones: the amount is then not the subject's."""
    other = _OF_OTHER.match(text, word.end)
    if (
        other
        and not any(mention.start <= other.start(1) < mention.end for mention in mentions)
        and other.group(1).lower() not in _PLAIN
    ):
        return other.group(1)
    before = _LAST_WORD.search(text[max(low, word.start - 45) : word.start])
    if before is None:
        return None
    name = before.group(1)
    end = word.start - 1
    if (
        any(mention.start < end <= mention.end for mention in mentions)
        or name.lower() in _PLAIN
        or name.lower().endswith(("ly", "ing"))
    ):
        return None
    if any(mention.end <= word.start for mention in mentions) and not name[0].isupper():
        return None
    if _AGES.fullmatch(name) or _SPELLED.fullmatch(name):
        return None
    if name.islower() and (len(name) < _LEAST_NAME or _VERB_BEFORE.search(text, max(low, end - 45), end)):
        return None  # "should not pass 32 g", "squeeze out 4 g"
    if name.islower() and not looks_like_drug(name) and _OCCASIONS.search(text, max(low, end - 45), end):
        return None  # "on longer journeys 15 mg every eight hours"
    words = " ".join(text[max(low, word.start - 45) : word.start].split()[-3:])
    if is_step(name) or (name.islower() and (is_indication(name) or is_indication(words))):
        return None  # "in atrial fibrillation 5 mg twice daily", "thereafter 5 mg"
    return name
