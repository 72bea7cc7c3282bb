"""Doses in running text: which amount belongs to which substance, and where the instruction begins and ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from doseref.articles import limits_in_words
from doseref.articles.doses import (
    DoseWord,
    dose_words,
    has_frequency,
    has_limit,
    is_about_food,
    is_no_advice,
    limit_in_front,
    misspelled_frequency,
    sentences,
)
from doseref.articles.model import Block
from doseref.articles.resolve import Mention, Resolver
from doseref.articles.terms import scope_of
from doseref.dosage.model import Dosage
from doseref.records import record, replace

Parse = Callable[[str], Dosage]

_LEAD = re.compile(
    rf"(?:\b(?:{limits_in_words.BEFORE}|"
    r"days?\s+(?:\d{1,2}|one|two|three|four|five|six|seven)(?:\s*(?:–|-|to)\s*(?:\d{1,2}|three|four|five|six|"
    r"seven))?:?|up\s+to|no\s+more\s+than|not\s+more\s+than|not\s+(?:to\s+)?exceed|"
    r"(?:should|must|do|can)\s+not\s+exceed|never\s+exceed|"
    r"(?:a\s+)?(?:daily\s+)?max(?:imum)?\.?(?:\s+(?:daily\s+)?dose)?(?:\s+(?:is|of))?|at\s+most|"
    r"limit(?:ed)?\s+(?:is|to)|without\s+exceeding|exceed(?:ing)?|"
    r"start(?:ing)?\s+(?:at|with|on)|begin(?:ning)?\s+(?:at|with)|from|between|(?:a\s+)?single(?:\s+dose\s+of)?|take|"
    r"apply|inject|"
    r"titrat\w{1,4}(?:\s+up)?\s+to|(?:(?:may|can)\s+be\s+)?(?:increas\w{1,3}|raised|titrated)\s+to|"
    r"build(?:ing)?\s+up\s+to|raised?\s+to|then|once|twice|"
    r"(?:(?:one|two|three|half|\d{1,2})\s{0,2}(?:or|to|–|-)\s{0,2})?(?:one|two|three|four|half(?:\s+an?)?|"
    r"\d{1,2}\s?[x×])|(?:don['’]t|do\s+not|never|not)\s+(?:take|use|have|go)|daily\s+dose\s+of|total\s+of|"
    r"between\s+\d[\d.,]{0,8}\s?(?:m?c?g|IU|units)?\s+and|with\s+a\s+ceiling\s+of|more\s+than|(?:go\s+)?beyond|never|"
    r"not|do|(?:the|your)\s+(?:daily\s+)?(?:most|limit|maximum)(?:\s+(?:anyone|you|adults?|people|"
    r"anybody)\s+should\s+(?:ever\s+)?take)?(?:\s+(?:in\s+24\s+hours|in\s+a\s+day|per\s+day|a\s+day))?(?:\s+is)?|"
    r"should|must|doses?\s+(?:of|above|over)|(?:stay|keep)\s+(?:below|under)|in\s+divided\s+doses\s+of|of|"
    r"every\s+\d{1,2}\s+hours,?|(?:only\s+)?(?:once|twice|"
    r"(?:two|three|four|five|six|\d)\s+times)\s+(?:(?:a|per|each)\s+day|daily),?)|[(≤<])[\s:]{0,3}\Z",
    re.I,
)
_TAIL = re.compile(
    r"(?:[\s,;:(–—+/±-]|\b(?:while|whereas|and|or|but|with|whilst|for|then|the|a|an|plus|as|of|than|rather|instead|"
    r"combined|alongside|versus|vs|compared|"
    r"unlike|to|by|take|add|in|on|using|is|are|usually|some|many|if|when|use|uses|people|patients|adults|doctors|"
    r"prefer|try|adding|given|may|can|be)\b)+\Z",
    re.I,
)
_CUT = re.compile(
    r"[,;(–—]|\s(?:is|are|may|can|helps?|eases?|works?|reduces?|relieves?|in\s+(?:winter|summer)|while|whereas|"
    r"because|since|although|but|which|who|so|unless|until|if|"
    r"to\s+(?:help|reduce|ease|treat|relieve|support|limit|control)|"
    r"for\s+(?:pain|relief|nerve|back|sleep|muscle|adults|people|most|inflammation|bone|joint|spasms?)|depending|"
    r"under|and|or|with|rather|during|as(?!\s+(?:needed|required|directed|one|a\s+single|two|three)))\b",
    re.I,
)
_OF_OTHER = re.compile(
    r"\s+of\s+(?!the\b|it\b|this\b|your\b|each\b|either\b|these\b|active\b|elemental\b|body\b)([A-Za-z][\w-]{2,30})"
)
_BEFORE = re.compile(r"([A-Za-z][\w-]{2,40})(?:\s|\u00a0)\Z")
_ROUTE = re.compile(
    r"\b(?:epidural(?:ly)?|intradiscal(?:ly)?|intravenous(?:ly)?|intramuscular(?:ly)?|subcutaneous(?:ly)?|"
    r"intra-articular(?:ly)?|percutaneous(?:ly)?|perineural(?:ly)?|"
    r"inject(?:ed|ion)\s+(?:in)?to|into\s+the\s+(?:disc|joint|epidural))\b",
    re.I,
)
"""Routes by which an amount is given in one session: there it needs no frequency to be an instruction."""
_PLAIN = frozenset((
    "a", "about", "above", "additional", "adds", "adult", "adults", "almost", "also", "always", "amount", "an", "and",
    "another", "apply", "applying", "approximately", "are", "around", "as", "at", "average", "be", "begin",
    "beginning", "being", "below", "between", "beyond", "both", "brand", "brands", "but", "by", "can", "capsule", "capsules",
    "chew", "common", "commonly", "could", "cream", "daily", "day", "divided", "doctors", "dosage", "dosages", "dose",
    "dosed", "doses", "dosing", "drink", "either", "equal", "equals", "even", "everyone", "exactly", "exceed",
    "exceeding", "extra", "extract", "first", "for", "form", "forms", "four", "from", "generally", "get", "gets",
    "give", "given", "gives", "giving", "got", "had", "has", "have", "her", "high", "higher", "him", "hours", "in",
    "increase", "increased", "increasing", "initially", "inject", "injected", "injection", "inserted", "into",
    "intravenous", "is", "it", "just", "keep", "least", "less", "like", "likes", "limit", "low", "lower", "lowered",
    "maintenance", "many", "max", "maximum", "may", "mean", "means", "min", "minimum", "month", "monthly", "more",
    "most", "nearly", "need", "needs", "next", "normally", "not", "of", "often", "on", "once", "once-daily", "one",
    "only", "or", "oral", "orally", "over", "past", "patient", "patients", "people", "per", "pill", "pills", "plus", "prefer",
    "prefers", "prescribe", "prescribed", "prescribes", "product", "products", "raise", "raised", "range", "ranges",
    "ranging", "reach", "reaching", "receive", "receives", "recommend", "recommended", "reduce", "reduced", "remain",
    "require", "requires", "roughly", "round", "second", "should", "single", "some", "someone", "standard", "start",
    "started", "starting", "stay", "stays", "still", "suggest", "suggested", "supplement", "supplements", "swallow",
    "tablet", "tablets", "take", "taken", "takes", "taking", "target", "than", "that", "the", "them", "then", "these",
    "they", "this", "three", "titrate", "titrated", "to", "topical", "total", "totalling", "totals", "toward",
    "towards", "tried", "try", "twice", "twice-daily", "two", "typical", "typically", "under", "until", "upto", "use",
    "used", "uses", "using", "usual", "usually", "was", "week", "weekly", "were", "where", "which", "will", "with",
    "within", "worth", "would", "years", "you", "your",
))  # fmt: skip
"""Words that stand before an amount and are no name."""
_IDLE_FIGURE = re.compile(
    r"\b(?:older|younger|over|under|above|below|aged?|age\s+of)\s+(?:than\s+)?\d{1,3}(?:\s+years?)?(?=\s+(?:should|"
    r"must|may|can|who|and\s+older)\b)|"
    r"\b\d[\d.,]{0,8}\s?(?:%|per\s?cent\b|(?:mg|g|mmol|µmol|pg|ng)\s?/\s?(?:dL|L|mL)\b)|"
    r"\buntil\s+\d{1,2}\s+(?:days|weeks)\s+after\b|"
    r"\b(?:preferred\s+to|rather\s+than|instead\s+of|in\s+place\s+of|better\s+than)\s+[^,;.\d]{0,40}|"
    r"\b\d[\d,]{0,6}\s+(?:patients|people|adults|women|men|participants|volunteers)\b|"
    r"\bcosts?\s+[^,;.\d]{0,30}[$£€]?\s?\d[\d.,]{0,8}(?:\s+(?:dollars|euros|pounds))?(?:\s+(?:a|per)\s+(?:month|week|"
    r"year|day))?|"
    r"\bit\s+(?:takes|can\s+take|may\s+take)\s+\d{1,2}(?:\s?(?:–|-|to)\s?\d{1,2})?\s+(?:days|weeks|months)\b",
    re.I,
)
"""Figures behind an instruction that are none of its own: ages of others, shares, laboratory values,
when an attack is over.
"""
_CUT_OFF = re.compile(r"(?:\d\s?[x×]|\d|\bor|\bto|\band\s+a\s+half|[½¼¾])[\s-]*\Z", re.I)
"""What ends like this before an amount is a part of it that was not taken along."""
_BRACKETS = re.compile(r"\([^()]{0,120}(?:\bif\b|\bwhen\b|\d)[^()]{0,120}\)")
"""What a bracket says of other people or other amounts ("(3 g/day if you drink alcohol)") does not limit the dose
before it.
"""
_PROPER = re.compile(
    r"(?:,|\b(?:called|named|compound|drug|medicine|brand|product))\s+([A-Z][a-z]{3,20})(?=,?\s+(?:is|are|at|was|"
    r"comes|may|can|\d)\b|,)"
)
_NO_DRUGS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September "
    "October November December America American Europe European Britain British Canada Australia English Medicare".split()
)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_MOST_DOSES = 400
"""Doses looked at in one block; a paragraph with more is a table of figures, and the rest of it is reported."""


@record
class RawDose:
    """A dosage instruction found in a block: its substances and its offsets."""

    substances: tuple[str, ...]
    start: int
    end: int
    scope: str | None
    sentence: tuple[int, int]
    near: str = ""
    """The name as it stands in the text with what is next to it ("Morphine SR: ", "oral prednisone "):
    route and release form.
    """
    around: str = ""
    """The words of its sentence that can limit it."""
    listed: bool = False
    """An amount without a frequency, by a route or below a heading of doses."""
    introduced: str = ""
    """The sentence before it that named the substance, where its own names none."""
    shared: str = ""
    """How often, where it stands behind the bracket of several doses: "(tramadol 50 mg or oxycodone 5 mg) every 4
    hours".
    """
    later: bool = False
    """The second of two doses of one sentence: what is taken later, or where the first is not enough."""


@record
class Unowned:
    """A dose in a block that belongs to no substance; ``word`` is the name it seems to be of."""

    start: int
    end: int
    word: str
    unread: bool = False
    """The substance is known; how often it is taken is misspelled."""


@dataclass(slots=True)
class _Group:
    substances: tuple[str, ...]
    words: list[DoseWord]
    anchor: int
    """Offset at which the words about this group begin: its mention's start, or its first dose."""
    floor: int
    """Offset before which nothing belongs to this group any more."""


def prose(
    block: Block,
    start: int,
    end: int,
    subject: tuple[str, ...],
    resolver: Resolver,
    parse: Parse,
    scope: str | None = None,
    raw: Parse | None = None,
    *,
    listed: bool = False,
    dosing: bool = False,
) -> tuple[list[RawDose], list[Unowned]]:
    """The dosage instructions in ``block.text[start:end]``; ``subject`` is whom the text is about where it names
    nobody.

    Where doses are ``listed`` (an item, a cell), an amount right behind a name counts without a frequency if a route or
    a body weight stands with it, or ``dosing`` says that doses are listed here.

    ``parse`` reads sentences in plainer words too, ``raw`` instructions only: it says where an instruction ends.
    """
    found: list[RawDose] = []
    unowned: list[Unowned] = []
    running = subject
    introduced = ""
    left = _MOST_DOSES
    text = block.text
    for first, last in sentences(text[start:end]):
        low, high = first + start, last + start
        sentence = text[low:high]
        mentions = (
            [_shift(mention, low) for mention in resolver.mentions(sentence)] if _LETTERS.search(sentence) else []
        )
        words = dose_words(_masked(text, mentions) if mentions else text, low, high)
        if len(words) > left:
            unowned.append(Unowned(words[left].start, words[left].end, "more doses than a paragraph holds"))
            return found, unowned
        left -= len(words)
        if words and not is_no_advice(sentence):
            newcomer = _newcomer(sentence) if not mentions and running else ""
            if newcomer:
                unowned += [Unowned(word.start, word.end, newcomer) for word in words if word.strong]
                continue
            groups, loose = _owners(text, low, words, mentions, running)
            unowned.extend(loose)
            for position, group in enumerate(groups):
                stop = groups[position + 1].anchor if position + 1 < len(groups) else high
                alone = listed and _is_dose_alone(text, group, stop, dosing)
                found_at = _instruction(text, low, stop, group, parse, raw or parse, alone)
                if found_at is None and any(word.strong for word in group.words) and _misspelled(text, group, stop):
                    unowned.append(Unowned(group.words[0].start, stop, " / ".join(group.substances), True))
                if found_at is None:
                    continue
                around = _around(text, groups, position, low, high)
                told = scope_of(around) or scope
                near = text[max(low, group.anchor - 15) : found_at[0]]
                parts, rest = _parts(text, found_at, group, parse, raw or parse)
                reached = low if not position else group.anchor
                for number, (begin, end) in enumerate(parts):
                    later = number > 0 and not has_limit(text[begin:end])
                    said = around if len(parts) == 1 else _BRACKETS.sub(" ", text[reached:end])
                    whom = told if len(parts) == 1 else scope_of(said) or scope
                    own = RawDose(group.substances, begin, end, whom, (low, high), near, said, alone, later=later)
                    reached = end
                    own = replace(own, shared=_behind_bracket(text, low, begin, end, high) if alone else "")
                    found.append(own if mentions else replace(own, introduced=introduced))
                if rest is not None:
                    unowned.append(Unowned(*rest, " / ".join(group.substances), True))
        kinds = {mention.substances for mention in mentions if not _compared(text, mention, low)}
        if mentions and not kinds:
            continue  # "Longer-lasting than ibuprofen.": still about the one before
        if len(kinds) == 1:
            running = next(iter(kinds))
            introduced = sentence
        elif kinds:
            running = subject
            introduced = ""
    return found, unowned


_OFTEN_BEHIND = re.compile(
    r"\s{0,3}((?:every|q)\s?\d{1,2}(?:\s?[–-]\s?\d{1,2})?\s?(?:hours?|hrs?|h)\b|"
    r"(?:once|twice|three\s+times|four\s+times)\s+(?:a\s+day|daily)\b|\b(?:daily|bid|tid|qid)\b)",
    re.I,
)


def _behind_bracket(text: str, low: int, begin: int, end: int, high: int) -> str:
    """The frequency right behind the bracket that a dose without one stands in beside another one;
    empty where there is none.
    """
    close = text.find(")", end, high)
    if close < 0 or text.rfind("(", low, begin) <= text.rfind(")", low, begin) or has_frequency(text[begin:end]):
        return ""
    hit = _OFTEN_BEHIND.match(text, close + 1, high) if re.search(r"\bor\b", text[end:close], re.I) else None
    return f" {hit.group(1)}" if hit else ""


_BESIDE = re.compile(
    r"\b(?:than|like|unlike|as\s+(?:good|strong|effective|well)\s+as|similar\s+to|compared\s+(?:with|to)|instead\s+of|"
    r"rather\s+than|versus|vs\.?|alongside)\s+(?:the\s+)?\Z",
    re.I,
)
"""What stands before the name of a drug that another one is compared with."""


def _compared(text: str, mention: Mention, low: int) -> bool:
    return _BESIDE.search(text[max(low, mention.start - 30) : mention.start]) is not None


def _misspelled(text: str, group: _Group, stop: int) -> bool:
    """Whether a word right behind the dose is one letter off how often it is taken ("50 mg evry 6 hours")."""
    behind = re.findall(r"[A-Za-z]+", text[group.words[-1].end : min(stop, group.words[-1].end + 30)])[:3]
    return any(misspelled_frequency(word.lower()) for word in behind)


def _newcomer(sentence: str) -> str:
    """A name inside a sentence that is not known: what the sentence says is then not about the substance before it."""
    for hit in _PROPER.finditer(sentence):
        name = hit.group(1)
        if name.lower() not in _PLAIN and name not in _NO_DRUGS:
            return name
    return ""


def _masked(text: str, mentions: list[Mention]) -> str:
    """``text`` with the names made unreadable as numbers: the 3 of "Omega 3" is no dose."""
    for mention in mentions:
        if any(ch.isdigit() for ch in mention.text):
            text = text[: mention.start] + "x" * (mention.end - mention.start) + text[mention.end :]
    return text


def _around(text: str, groups: list[_Group], position: int, low: int, high: int) -> str:
    """The words of the sentence that can limit one group: its own, and for the first those before it."""
    begin = low if position == 0 else groups[position].anchor
    stop = groups[position + 1].anchor if position + 1 < len(groups) else high
    return _BRACKETS.sub(" ", text[begin:stop])


def _shift(mention: Mention, by: int) -> Mention:
    return Mention(mention.substances, mention.start + by, mention.end + by, mention.text, mention.brand)


def _owners(
    text: str, low: int, words: list[DoseWord], mentions: list[Mention], running: tuple[str, ...]
) -> tuple[list[_Group], list[Unowned]]:
    """Tie each dose to a substance: the one named right after it, else before it, else the subject of the text."""
    groups: list[_Group] = []
    unowned: list[Unowned] = []
    only = mentions[0] if len({mention.substances for mention in mentions}) == 1 else None
    previous_end = low
    after: Mention | None = None
    for word in words:
        if not word.strong and is_about_food(text[max(previous_end, word.start - 30) : word.start]):
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
        owner = follower or (before[-1] if before else None) or only
        substances = owner.substances if owner else running
        previous_end = word.end
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
            groups.append(_Group(substances, [word], anchor, floor))
        after = follower
    return groups, unowned


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


def _stranger(text: str, word: DoseWord, low: int, mentions: list[Mention]) -> str | None:
    """A name next to an amount that is none of the known ones: the amount is then not the subject's."""
    other = _OF_OTHER.match(text, word.end)
    if (
        other
        and not any(mention.start <= other.start(1) < mention.end for mention in mentions)
        and other.group(1).lower() not in _PLAIN
    ):
        return other.group(1)
    before = _BEFORE.search(text[max(low, word.start - 45) : word.start])
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
    return name


_SUPPLIED = re.compile(
    r"[\s-]{0,3}(?:/\s?\d|(?:/\s?)?(?:\w{3,12}[\s-])?(?:tabs?|tablets?|capsules?|caps?|caplets?|pills?|vials?|"
    r"ampou?les?|bottles?|syringes?|inhalers?|strips?|packs?|suppositories|suspension|syrup|solution|cream|count|"
    r"ct)\b|\s?[x×]\s?\d{2,4}\b)",
    re.I,
)
_WEIGHED = re.compile(r"(?:g|gm|grams?|units?|tab(?:let)?s?)\Z", re.I)
_BY = re.compile(
    r"[\s,]{0,3}\(?(?:PO|IV|IM|SC|SQ|IN|PR|SL|IO|IVP|NG|IV/\w{2}|orally|by\s+mouth|intra\w{4,12}|sub\w{5,10}|"
    r"nebuli[sz]ed|rectally|topically|chew(?:ed)?|sublingual(?:ly)?|immediately|intranasal(?:ly)?)\b|\s?/\s?kg",
    re.I,
)


def _is_dose_alone(text: str, group: _Group, stop: int, dosing: bool) -> bool:
    """Whether an amount without a frequency is a dose all the same: by a route or by weight,
    and not what a tablet holds.
    """
    last = group.words[-1]
    by = any(_BY.match(text, word.end, stop) for word in group.words)
    weighed = by and any(_WEIGHED.search(text, word.start, word.end) for word in group.words)
    known = weighed or any(word.strong for word in group.words)
    if not known or any(_SUPPLIED.match(text, word.end, stop) for word in group.words):
        return False
    if by:
        return True
    before = text[group.anchor : group.words[0].start]
    return (
        dosing and len(before) < 40 and not re.search(r"[.;]", before) and not text[last.end : last.end + 1].isalnum()
    )


def _instruction(
    text: str, low: int, stop: int, group: _Group, parse: Parse, raw: Parse, alone: bool = False
) -> tuple[int, int] | None:
    """Offsets of the instruction around a group's amounts, ``None`` where they are no instruction at all."""
    floor = max(low, group.floor)
    start = _with_lead(text, floor, group.words[0].start)
    limited = limit_in_front(text, floor, group.words[0].start)
    if limited is not None and limited < start:
        found = _best(text, limited, _trimmed(text, limited, stop), group.words[-1].end, parse, raw)
        if parse(text[slice(*found)]).status == "read":
            return found
    end = _trimmed(text, start, stop)
    clause = text[start:end]
    before = text[floor:start]
    if not alone and not has_frequency(clause) and has_frequency(before) and not any(char.isdigit() for char in before):
        begin = floor + max((hit.end() for hit in _CLAUSE_START.finditer(before)), default=0)
        if has_frequency(text[begin:start]) and parse(text[begin:end]).status == "read":
            return begin, end  # "it is taken once a day with supper, starting at 500 mg"
    if alone:
        return _best(text, start, end, group.words[-1].end, parse, raw)
    if not any(word.strong for word in group.words) and not has_frequency(clause):
        return None
    if not has_frequency(clause) and not has_limit(clause) and not _ROUTE.search(clause):
        return None
    return _best(text, start, end, group.words[-1].end, parse, raw)


_SEPARATOR = re.compile(r"[;,:]\s|\s(?:and|but|then)\s")


def _parts(
    text: str, whole: tuple[int, int], group: _Group, parse: Parse, raw: Parse
) -> tuple[list[tuple[int, int]], tuple[int, int] | None]:
    """One instruction, or the clauses of one that is not read as a whole and are read by themselves; and what is left
    of it.

    A clause counts that says how often, or the most; the rest is told.
    """
    start, end = whole
    words = [word for word in group.words if start <= word.start < end]
    if len(words) < 2 or raw(text[start:end]).status == "read" or parse(text[start:end]).status == "read":
        return [whole], None
    found: list[tuple[int, int]] = []
    begin = start
    for cut in _SEPARATOR.finditer(text, start, end):
        inside = [word for word in words if begin <= word.start and word.end <= cut.start()]
        ahead = next((word for word in words if word.start >= cut.end()), None)
        if not inside or ahead is None:
            continue
        part = _best(text, begin, _trimmed(text, begin, cut.start()), inside[-1].end, parse, raw)
        clause = text[slice(*part)]
        if parse(clause).status == "read" and (has_frequency(clause) or has_limit(clause)):
            found.append(part)
            limited = limit_in_front(text, cut.end(), ahead.start)
            begin = limited if limited is not None else _with_lead(text, cut.end(), ahead.start)
    if not found:
        return [whole], None
    last = _best(text, begin, end, words[-1].end, parse, raw)
    clause = text[slice(*last)]
    if parse(clause).status == "read" and (has_frequency(clause) or has_limit(clause)):
        return [*found, last], None
    return found, last


_CLAUSE_START = re.compile(r"[:;.(—]\s*")


def _with_lead(text: str, low: int, start: int) -> int:
    for _ in range(5):
        lead = _LEAD.search(text[max(low, start - 60) : start])
        if lead is None:
            return start
        start = max(low, start - 60) + lead.start()
    return start


def _trimmed(text: str, start: int, end: int) -> int:
    """``end`` without the words that lead over to what follows, and without a full stop."""
    clause = text[start:end].rstrip(" .!?")
    tail = _TAIL.search(clause)
    if tail and tail.start() > 0:
        clause = clause[: tail.start()]
    tail = _OR_OTHERWISE.search(clause)
    if tail:
        clause = clause[: tail.start()]
    if clause.count("(") > clause.count(")") and text[start + len(clause) : end].lstrip()[:1] == ")":
        return start + len(clause) + text[start + len(clause) : end].index(")") + 1
    return start + len(clause)


_OR_OTHERWISE = re.compile(r",\s+or\s+(?:injected|inhaled|by\s+\w{5,12}|as\s+an?\s+\w{4,12})\Z", re.I)
"""Another way of giving it, of which no dose is told here."""


def _best(text: str, start: int, end: int, least: int, parse: Parse, raw: Parse) -> tuple[int, int]:
    """The longest stretch that is read in full and leaves out nothing that holds a figure or a limit."""
    stops = [end]
    for cut in reversed([hit.start() for hit in _CUT.finditer(text, least, end)][:40]):
        left_out = _IDLE_FIGURE.sub(" ", text[cut:end])
        if any(ch.isdigit() for ch in left_out) or has_limit(left_out) or has_frequency(left_out):
            break
        stop = _trimmed(text, start, cut)
        if stop >= least and stop not in stops:
            stops.append(stop)
    if _CUT_OFF.search(text[max(0, start - 12) : start]):
        return start, end
    for reader in (raw, parse):
        for stop in stops:
            if reader(text[start:stop]).status == "read":
                return start, stop
    return start, end
