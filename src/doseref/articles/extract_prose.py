"""Doses in running text: which amount belongs to which substance, and where the instruction begins and ends."""

from __future__ import annotations

import re

from doseref.articles.doses import (
    advised,
    dose_words,
    has_limit,
    misspelled_frequency,
    sentences,
)
from doseref.articles.instruction import (
    DoseGroup,
    Parse,
    behind_bracket,
    instruction_at,
    is_dose_alone,
    parts_of,
)
from doseref.articles.model import Block
from doseref.articles.owners import Unowned, newcomer, owners_of
from doseref.articles.resolve import Mention, Resolver
from doseref.articles.terms import scope_of
from doseref.records import record, replace

_BRACKETS = re.compile(r"\([^()]{0,120}(?:\bif\b|\bwhen\b|\d)[^()]{0,120}\)")
"""What a bracket says of other people or other amounts ("(3 g/day if you drink alcohol)") does not limit the dose
before it.
"""
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
        advice = advised(sentence) if words else []
        if advice and advice != [(0, len(sentence))]:
            words = [each for each in words if any(a <= each.start - low < b for a, b in advice)]
            high = low + advice[-1][1]
        if words and advice:
            stranger = newcomer(sentence) if not mentions and running else ""
            if stranger:
                unowned += [Unowned(word.start, word.end, stranger) for word in words if word.strong]
                continue
            groups, loose = owners_of(text, low, words, mentions, running)
            unowned.extend(loose)
            for position, group in enumerate(groups):
                stop = groups[position + 1].anchor if position + 1 < len(groups) else high
                alone = listed and is_dose_alone(text, group, stop, dosing)
                found_at = instruction_at(text, low, stop, group, parse, raw or parse, alone)
                if found_at is None and any(word.strong for word in group.words) and _misspelled(text, group, stop):
                    unowned.append(Unowned(group.words[0].start, stop, " / ".join(group.substances), True))
                if found_at is None:
                    continue
                around = _around(text, groups, position, low, high)
                told = scope_of(around) or scope
                near = text[max(low, group.anchor - 15) : found_at[0]]
                parts, rest = parts_of(text, found_at, group, parse, raw or parse)
                reached = low if not position else group.anchor
                for number, (begin, end) in enumerate(parts):
                    later = number > 0 and not has_limit(text[begin:end])
                    said = around if len(parts) == 1 else _BRACKETS.sub(" ", text[reached:end])
                    whom = told if len(parts) == 1 else scope_of(said) or scope
                    own = RawDose(group.substances, begin, end, whom, (low, high), near, said, alone, later=later)
                    reached = end
                    own = replace(own, shared=behind_bracket(text, low, begin, end, high) if alone else "")
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


_BESIDE = re.compile(
    r"\b(?:than|like|unlike|as\s+(?:good|strong|effective|well)\s+as|similar\s+to|compared\s+(?:with|to)|instead\s+of|"
    r"rather\s+than|versus|vs\.?|alongside)\s+(?:the\s+)?\Z",
    re.I,
)
"""What stands before the name of a drug that another one is compared with."""


def _compared(text: str, mention: Mention, low: int) -> bool:
    return _BESIDE.search(text[max(low, mention.start - 30) : mention.start]) is not None


def _misspelled(text: str, group: DoseGroup, stop: int) -> bool:
    """Whether a word right behind the dose is one letter off how often it is taken ("50 mg evry 6 hours")."""
    behind = re.findall(r"[A-Za-z]+", text[group.words[-1].end : min(stop, group.words[-1].end + 30)])[:3]
    return any(misspelled_frequency(word.lower()) for word in behind)


def _masked(text: str, mentions: list[Mention]) -> str:
    """``text`` with the names made unreadable as numbers: the 3 of "Omega 3" is no dose."""
    for mention in mentions:
        if any(ch.isdigit() for ch in mention.text):
            text = text[: mention.start] + "x" * (mention.end - mention.start) + text[mention.end :]
    return text


def _turn(text: str, groups: list[DoseGroup], position: int) -> int:
    """Where the words about a group begin: at its name, or where the sentence turns to others in front of it."""
    anchor, behind = groups[position].anchor, groups[position - 1].words[-1].end
    return max((behind + hit.end() for hit in _TURNED.finditer(text[behind:anchor])), default=anchor)


_TURNED = re.compile(r"[,;]\s+and\s+(?=(?:for|in)\s)")
"""Where a sentence turns to others, in front of the name: "…, and for those over 75 a tramadol ceiling"."""


def _around(text: str, groups: list[DoseGroup], position: int, low: int, high: int) -> str:
    """The words of the sentence that can limit one group: its own, and for the first those before it."""
    begin = low if position == 0 else _turn(text, groups, position)
    stop = _turn(text, groups, position + 1) if position + 1 < len(groups) else high
    return _BRACKETS.sub(" ", text[begin:stop])


def _shift(mention: Mention, by: int) -> Mention:
    return Mention(mention.substances, mention.start + by, mention.end + by, mention.text, mention.brand)
