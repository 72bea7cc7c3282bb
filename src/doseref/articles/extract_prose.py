"""Doses in running text: which amount belongs to which substance."""

from __future__ import annotations

import re

from doseref.articles.besides import is_avoided, is_besides, is_kept_away, of_the_other, taken_besides
from doseref.articles.by_clause import is_lowered, often_of_clause
from doseref.articles.carried_words import bare_doses, bare_limits, with_strength
from doseref.articles.contexts import is_context
from doseref.articles.dose_groups import GroupReader
from doseref.articles.doses import advised, dose_words, has_limit, sentences
from doseref.articles.equals import with_named, without_equals
from doseref.articles.how_often import has_frequency
from doseref.articles.instruction import DoseGroup, Parse, is_dose_alone
from doseref.articles.limit_clauses import limit_clauses
from doseref.articles.model import Block
from doseref.articles.owners import Unowned, affected, newcomer, owners_of, set_aside, still_about
from doseref.articles.raw_dose import RawDose
from doseref.articles.resolve import Mention, Resolver
from doseref.articles.sentence_before import (
    as_often,
    as_often_as_before,
    limit_of_last,
    often_of,
    opening_release,
    release_after,
)
from doseref.articles.spacing import spacing_in
from doseref.articles.terms import scope_of
from doseref.articles.uses import disease_of
from doseref.articles.whom import THERE, around_of, company_of, is_of_them, opens_example, without_summary
from doseref.patterns import regex
from doseref.records import replace

_LETTERS = regex(r"[^\W\d_]{2}")
_MOST_DOSES = 400
"""Doses looked at in one block; a paragraph with more is a table of figures, and the rest of it is reported."""


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
    introduced = before = topic = often = release = ""
    earlier = start
    pair: list[tuple[str, ...]] = []
    left = _MOST_DOSES
    text = block.text
    for first, last in sentences(text[start:end]):
        low, high = first + start, last + start
        sentence = text[low:high]
        mentions = (
            [_shift(mention, low) for mention in resolver.mentions(sentence)] if _LETTERS.search(sentence) else []
        )
        besides = [
            each
            for each in mentions
            if each.substances != running and is_besides(text, each, low, high, about=bool(running))
        ]
        if pair and not mentions and (which := _OF_TWO.match(sentence)):
            running = pair[1 if which.group(1) else 0]  # "The second is brought in slowly."
        words = without_equals(text, dose_words(_masked(text, mentions) if mentions else text, low, high))
        words = with_named(text, words, mentions, low)
        if len(words) > left:
            unowned.append(Unowned(words[left].start, words[left].end, "more doses than a paragraph holds"))
            return found, unowned
        left -= len(words)
        advice = advised(sentence) if words else []
        if advice and advice != [(0, len(sentence))]:
            words = [each for each in words if any(a <= each.start - low < b for a, b in advice)]
            high = low + max(
                (b for a, b in advice if any(a <= w.start - low < b for w in words)), default=advice[-1][1]
            )
        if words and advice:
            stranger = newcomer(sentence) if not mentions and running else ""
            if stranger:
                unowned += [Unowned(word.start, word.end, stranger) for word in words if word.strong]
                continue
            label = _label_of(sentence, resolver)
            aside = [e for e in mentions if e not in besides and set_aside(text, e, low, high)]
            meant = [e for e in mentions if e not in besides and e not in aside]
            words = [w for w in words if not any(of_the_other(text, each, w) for each in aside)]
            labelled = low == start and bool(subject) and text[:start].rstrip(" *_").endswith(":")
            groups, loose = owners_of(
                text, low, words, meant, running if meant or not mentions else still_about(running, mentions), labelled
            )
            unowned.extend(loose)
            limits = limit_clauses(text, low, high, words)
            given: list[list[RawDose]] = []
            for position, group in enumerate(groups):
                stop = groups[position + 1].anchor if position + 1 < len(groups) else high
                stop = _before_another(text, group, mentions, stop)
                alone = listed and is_dose_alone(text, group, stop, dosing)
                carried = often.strip() or carried_often(text, found, group.substances, earlier)
                ends = [each.end for doses in given for each in doses]
                reader = GroupReader(text, low, high, group, parse, raw or parse, alone, carried)
                around = around_of(text, groups, position, low, high)
                doses = reader.read(stop, limits, around, low if not position else group.anchor, max(ends, default=0))
                unowned += reader.left
                doses = _of_its_clause(text, doses, group, low if not position else group.anchor)
                doses = as_often_as_before(text, doses, carried, max([group.floor, *ends]), parse)
                bare = bare_limits(text, low, stop, group, doses, reader.period_beside(doses[-1:]), unowned)
                given.append(
                    [with_strength(text, each, found, parse) for each in doses]
                    + bare
                    + bare_doses(text, low, stop, group, doses)
                )
            _share(text, low, groups, given, parse)
            for doses in given:
                for each in as_often(text, doses, often, parse) if len(given) == 1 and not mentions else doses:
                    own = replace(
                        each,
                        scope=each.scope or scope,
                        label=label,
                        topic=topic if not _OWN_USE.match(sentence) else "",
                        release=(opening_release(sentence) or release) if not mentions else "",
                        later=each.later or is_lowered(text[max(low, each.start - 40) : each.end]),
                    )
                    if before and (
                        THERE.search(sentence) or is_of_them(before, own.around) or opens_example(before, sentence)
                    ):
                        own = replace(own, scope=own.scope or scope_of(before), around=f"{before} {own.around}")
                    with_others = taken_besides(besides, each.start, len(words) == 1)
                    if company := company_of(text, low, mentions, own.substances) or with_others:
                        own = replace(own, company=company)
                    found.append(own if mentions else replace(own, introduced=introduced))
                    if mentions and (other := _both(text, mentions, own)):
                        found.append(replace(own, substances=other))
        others = [each for each in mentions if each not in besides]
        about = running if not others else meant_alone(text, others, low, last + start)
        if about and found and found[-1].sentence[0] >= earlier and advised(sentence):
            most = limit_of_last(text, low, last + start, found, about, parse)
            found += [most] if most is not None else []
        if about and (apart := spacing_in(text, low, last + start)) and advised(sentence):
            found.append(RawDose(about, *apart[:2], None, (low, last + start), around=sentence, spacing=apart[2]))
        before, earlier = sentence, low
        often = often_of(sentence) if not words else ""
        release = release_after(sentence, release if not mentions else "")
        topic = disease_of(sentence) or topic
        kinds = {
            each.substances
            for each in mentions
            if not _compared(text, each, low)
            and (len(mentions) < 2 or not set_aside(text, each, low, last + start))
            and each not in besides
            and not (running and words and not advice and _measured(text, each, low))
            and not (running and affected(text, each, low, last + start))
            and not (running and is_kept_away(text, each, low))
        }
        pair = [each.substances for each in mentions] if len(kinds) == 2 == len(mentions) else []
        if mentions and not kinds:
            continue  # "Longer-lasting than ibuprofen.": still about the one before
        if len(kinds) == 1 and running and kinds != {running} and all(is_avoided(text, e, low) for e in mentions):
            running, introduced = subject, ""
        elif len(kinds) == 1:
            running = next(iter(kinds))
            introduced = sentence
        elif kinds:
            running = _in_bold(block, mentions) if low == start else ()
            running, introduced = running or subject, sentence if running else ""
    return found, unowned


def _in_bold(block: Block, mentions: list[Mention]) -> tuple[str, ...]:
    """The one drug that a paragraph begins with in bold, whatever others its first sentence names ("**Losartan** is the
    stand-in for ramipril."): the paragraph is about it.
    """
    first, last = block.strong[0] if block.strong else (0, 0)
    inside = [each for each in mentions if first <= each.start and each.end <= last]
    opens = first <= _OPENING and len({each.substances for each in inside}) == 1
    return inside[0].substances if opens and inside[0].start <= first + _OPENING else ()


def _both(text: str, mentions: list[Mention], own: RawDose) -> tuple[str, ...]:
    """The other drug whose dose is this one as well: "both loratadine and cetirizine are taken as 10 mg once a day"."""
    first, second = mentions[0], mentions[-1]
    if len(mentions) != 2 or own.substances != second.substances or own.start < second.end:
        return ()
    joined = text[first.end : second.start].strip(" *_") == "and"
    return first.substances if joined and _BOTH.search(text, max(0, first.start - 8), first.start) else ()


_BOTH = regex(r"\bboth\s+\Z", re.I)
_OPENING = 2
"""Characters of quotes and signs that may stand in front of a name that opens a paragraph."""


def _of_its_clause(text: str, doses: list[RawDose], group: DoseGroup, begin: int) -> list[RawDose]:
    """The one dose of several that could be read, for nobody whom the clause of another one names ("7.5 mg for 4 weeks;
    elderly 3.75 mg …").
    """
    if len(doses) != 1 or len(group.words) < 2:
        return doses
    stop = text.find(";", doses[0].end, group.words[-1].start)
    own = text[begin:stop]
    return doses if stop < 0 else [replace(doses[0], around=own, scope=scope_of(own))]


def carried_often(text: str, found: list[RawDose], substances: tuple[str, ...], earlier: int) -> str:
    """How often a drug is taken by the last dose of the sentence before, which began at ``earlier``."""
    last = next((each for each in reversed(found) if not each.prefix and each.spacing is None), None)
    if last is None or last.substances != substances or last.sentence[0] < earlier:
        return ""
    return often_of_clause(f"{text[last.start : last.end]}{last.shared}")


_OF_TWO = regex(
    r"\W*(?:(?:and|but)\s+)?the\s+(?:(second|latter)|first|former)(?:\s+(?:one|of\s+(?:them|these|the\s+two)))?\s+"
    r"(?:is|has|can|may|must|should|needs?|comes|starts|begins|takes|works|costs|was)\b",
    re.I,
)
"""How a sentence begins that is about one of the two drugs that the sentence before names."""
_OWN_USE = regex(r"\W*(?:but\s+|and\s+)?(?:for|in|if|when|as\s+an?|to|against)\b", re.I)
"""How a sentence begins that says what its dose is for, or when, in its own words."""
_AND = regex(r"\s*,?\s*(?:and|plus|or|&|,)\s+", re.I)


def _share(text: str, low: int, groups: list[DoseGroup], given: list[list[RawDose]], parse: Parse) -> None:
    """Fill in the doses of drugs that are given as often as the next one of a list says, which alone says it:
    "amlodipine 5 mg and lisinopril 10 mg daily".
    """
    for position in range(len(groups) - 2, -1, -1):
        own, after = groups[position], groups[position + 1]
        silent = all(each.given and not has_frequency(text[each.start : each.end]) for each in given[position])
        if not silent or len(given[position + 1]) != 1 or len(own.words) != 1:
            continue
        word, told = own.words[0], given[position + 1][0]
        often = told.shared or f" {text[after.words[-1].end : told.end].strip()}"
        joined = _AND.fullmatch(text, word.end, after.anchor) and own.anchor < word.start
        if (
            not joined
            or any(sign in often for sign in ";:.")
            or dose_words(often)
            or has_limit(often)
            or not has_frequency(often)
        ):
            continue
        if parse(f"{text[word.start : word.end]}{often}").status == "read":
            near = text[max(low, own.anchor - 15) : word.start]
            mine = replace(told, substances=own.substances, start=word.start, end=word.end, near=near, shared=often)
            given[position] = [mine]


_LABEL = regex(r"\s*([A-Z][^:.;!?\d]{2,60}(?:(?<=\b[A-Z])\.\s[a-z][^:.;!?\d]{1,40})?):\s")


def _before_another(text: str, group: DoseGroup, mentions: list[Mention], stop: int) -> int:
    """``stop``, or the semicolon in front of another drug whose dose is no amount: "100 mg twice daily; or co-… 1
    tablet".
    """
    last = group.words[-1].end
    other = next((each for each in mentions if last < each.start < stop and each.substances != group.substances), None)
    sign = text.find(";", last, other.start) if other is not None else -1
    return sign if sign >= 0 else stop


def _label_of(sentence: str, resolver: Resolver) -> str:
    hit = _LABEL.match(sentence)
    if hit is None or resolver.mentions(hit.group(1)) or not is_context(hit.group(1)):
        return ""
    return without_summary(hit.group(1))


_BESIDE = regex(
    r"\b(?:than|like|unlike|as\s+(?:good|strong|effective|well)\s+as|similar\s+to|compared\s+(?:with|to)|instead\s+of|"
    r"rather\s+than|versus|vs\.?|alongside|(?:sister|brother|cousin|relative|twin|half|successor|rival)\s+(?:of|to))\s+(?:the\s+)?\Z",
    re.I,
)
"""What stands before the name of a drug that another one is compared with."""


def _compared(text: str, mention: Mention, low: int) -> bool:
    return _BESIDE.search(text[max(low, mention.start - 30) : mention.start]) is not None


_AMOUNT_OF = regex(r"\d\s?(?:m?c?g|[µμ]g|micrograms|milligrams|grams?|IU|units)\s+(?:of\s+)?\Z", re.I)


def _measured(text: str, mention: Mention, low: int) -> bool:
    """Whether a drug is named behind an amount; in a sentence that only reports, the text is not about that one then
    ("a comparison in which 40 mg of pravastatin came off second best").
    """
    return _AMOUNT_OF.search(text, max(low, mention.start - 30), mention.start) is not None


def meant_alone(text: str, mentions: list[Mention], low: int, high: int) -> tuple[str, ...]:
    """The one drug that a sentence names and means; empty where there are several."""
    named = {each.substances for each in mentions if not set_aside(text, each, low, high)}
    return named.pop() if len(named) == 1 and len({each.substances for each in mentions}) == 1 else ()


def _masked(text: str, mentions: list[Mention]) -> str:
    """``text`` with the names made unreadable as numbers: the 3 of "Omega 3" is no dose."""
    for mention in mentions:
        if any(ch.isdigit() for ch in mention.text):
            text = text[: mention.start] + "x" * (mention.end - mention.start) + text[mention.end :]
    return text


def _shift(mention: Mention, by: int) -> Mention:
    return Mention(mention.substances, mention.start + by, mention.end + by, mention.text, mention.brand)
