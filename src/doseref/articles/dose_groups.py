"""The instructions of one drug in one sentence: how many there are, whose each is, and the most that it states."""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.articles.by_clause import by_clauses, clause_end, daily_in_front, often_in_front, told_of_all
from doseref.articles.contexts import context_of
from doseref.articles.doses import has_limit
from doseref.articles.how_often import has_frequency
from doseref.articles.in_turn import doses_in_turn, turn_to_others
from doseref.articles.instruction import DoseGroup, Parse, behind_bracket, instruction_at, is_given, parts_of
from doseref.articles.limit_clauses import LimitClause
from doseref.articles.misspelled import DoseWord, misspelled_frequency
from doseref.articles.owners import Unowned
from doseref.articles.raw_dose import RawDose
from doseref.articles.table_cells import often_in
from doseref.articles.taken import is_taken
from doseref.articles.terms import scope_of
from doseref.articles.uses import condition_of, use_of
from doseref.articles.whom import TURNED, text_without_brackets, whom
from doseref.dosage.model import Dosage
from doseref.figures import per_day
from doseref.patterns import regex
from doseref.records import replace

_JOINED = regex(r"[^;.]{0,30}\band\s+", re.I)
"""Between a maximum and an amount that is another one for other days ("750 mg on the first day and 500 mg later")."""
_SAME = regex(r"\s*[,(]?\s*(?:or|that\s+is|which\s+is|so)?\s*", re.I)
"""Between a number of tablets and the amount that they are."""
_OF_A_DAY = regex(r"\b24[\s-]?h(?:ours?)?\b")
_TURN = regex(r"[;:,]\s|\s(?:and|but)\s")


class GroupReader:
    """Reads the instructions of one drug in one sentence; ``left`` is what it could not read."""

    def __init__(
        self, text: str, low: int, high: int, group: DoseGroup, parse: Parse, raw: Parse, alone: bool, often: str = ""
    ) -> None:
        self.text, self.low, self.high = text, low, high
        self.group, self.parse, self.raw, self.alone = group, parse, raw, alone
        self.left: list[Unowned] = []
        self.limits: set[int] = set()
        self.often = often
        self.floor = 0

    def read(self, stop: int, limits: list[LimitClause], around: str, reached: int, floor: int = 0) -> list[RawDose]:
        """The doses up to ``stop``. ``around`` is the words that can limit them, from ``reached`` on.

        A maximum in words that the sig language does not know is taken out of its clause; the doses beside it are read
        without that clause.
        """
        self.limits = {each.first for each in limits}
        self.floor = floor
        several = self._in_turn(stop) or self._of_others(stop, reached)
        if several:
            return several
        doses, rest = self._between(self.group, self.low, stop, around, reached)
        own = [each for each in limits if any(each.first == word.start for word in self.group.words)]
        told = [each for each in own if not self._is_read(each, doses) or self._told_in_front(each, doses)]
        if not told:
            self.left += rest
            return doses
        doses, rest = [], []
        begin = self.low
        for number, limit in enumerate([*told, None]):
            end = limit.dosed or self._clause(begin, limit) if limit else stop
            words = [word for word in self.group.words if begin <= word.start < end]
            if limit and words and not words[-1].strong and _SAME.fullmatch(self.text, words[-1].end, limit.first):
                words.pop()  # "three tablets, 750 mg in other words, is the most"
            apart = not words or has_frequency(self.text[words[0].end : end])
            if not apart and number and _JOINED.fullmatch(self.text, begin, words[0].start):
                rest.append(Unowned(words[0].start, words[-1].end, " / ".join(self.group.substances), True))
            elif words:
                part = DoseGroup(
                    self.group.substances, words, max(self.group.anchor, begin), max(self.group.floor, begin)
                )
                said = text_without_brackets(self.text[max(reached, begin) if number else reached : end])
                more, unread = self._between(part, begin, end, said, max(reached, begin) if number else reached)
                doses += more
                rest += unread
            if limit is not None:
                begin = max(limit.last, limit.dosed)
                ahead = told[number + 1].start if number + 1 < len(told) else stop
                after = clause_end(self.text, limit.last, ahead) if number + 1 < len(told) else stop
                doses += self._limit(limit, doses, max(reached, limit.start - 60) if number else reached, after)
        self.left += rest
        return doses

    def _in_turn(self, stop: int) -> list[RawDose]:
        """The doses of several ages that are all taken as often as their sentence says behind them."""
        turns = doses_in_turn(self.text, self.low, stop, self.group.words)
        if any(self.parse(f"{self.text[e.word.start : e.word.end]}{e.often}").status != "read" for e in turns):
            return []
        return [
            RawDose(
                self.group.substances,
                each.word.start,
                each.word.end,
                scope_of(each.whom),
                (self.low, self.high),
                around=each.whom,
                shared=each.often,
                given=True,
            )
            for each in turns
        ]

    def _of_others(self, stop: int, reached: int) -> list[RawDose]:
        """The doses of a clause that goes on to other people ("men 10 mg at bedtime and women 5 mg", "40 mg once
        daily, or 30 mg once daily if the clearance is below 30"), each with its own words; empty for any other one.

        A second dose that does not say how often is taken as often as the first.
        """
        words = self.group.words
        cuts = [
            cut for number in range(1, len(words)) if (cut := turn_to_others(self.text, words, number, self.low, stop))
        ]
        found: list[RawDose] = []
        begin, alone = self.low, self.alone
        for end, after in [*cuts, (stop, stop)] if cuts else []:
            own = [word for word in words if begin <= word.start < end]
            often = often_in(self.text[found[-1].start : found[-1].end]) if found else ""
            told = has_frequency(self.text[begin:end])
            self.alone = alone or (bool(often) and not told)
            part = DoseGroup(
                self.group.substances,
                own,
                max(self.group.anchor, begin),
                max(self.group.floor, begin),
                begin if found else 0,
            )
            said = text_without_brackets(self.text[reached if not found else begin : end])
            doses, rest = self._between(part, begin, end, said, begin)
            self.alone = alone
            if not doses or rest:
                return []
            found += [replace(each, shared=f" {often}" if often and not told else each.shared) for each in doses]
            begin = after
        return found

    def _clause(self, begin: int, limit: LimitClause) -> int:
        """Where the clause of a maximum begins: "…; the day's dose must stay under …", behind the doses before it."""
        floor = max(
            (word.end for word in self.group.words if begin <= word.start and word.end <= limit.start), default=begin
        )
        cut = max((hit.start() for hit in _TURN.finditer(self.text, floor, limit.start)), default=limit.start)
        between = _OF_A_DAY.sub("", self.text[cut : limit.start])
        return cut if not any(char.isdigit() for char in between) else limit.start

    def _is_read(self, limit: LimitClause, doses: list[RawDose]) -> bool:
        """Whether a maximum is one in the reading of the instruction that holds it."""
        for each in doses:
            if each.start <= limit.first < each.end:
                dosage = self.parse(self.text[each.start : each.end])
                known = [option.dose for option in dosage.options if option.dose]
                amount = self.parse(f"max {self.text[limit.first : limit.last]}/day").maximum
                return (
                    dosage.status == "read"
                    and any(
                        one.amount == other.amount and one.unit == other.unit
                        for one in dosage.maximum
                        for other in amount
                    )
                    and not (limit.dosed and not known)
                    and not (known and self._only_limits(each))
                )
        return False

    def _only_limits(self, dose: RawDose) -> bool:
        """Whether every amount of an instruction is a limit: what is read as its dose is the limit in other units."""
        inside = [word for word in self.group.words if dose.start <= word.start < dose.end]
        return all(word.start in self.limits for word in inside)

    def _told_in_front(self, limit: LimitClause, doses: list[RawDose]) -> bool:
        """Whether the dose that was read together with a limit is taken as often as the words in front of it say
        ("once a day with supper, to begin with 500 mg; the ceiling is 2 g a day").
        """
        for each in doses:
            if each.start < limit.first < each.end:
                options = self.parse(self.text[each.start : each.end]).options
                silent = bool(options) and not any(o.times or o.every or o.per_day or o.when for o in options)
                return silent and bool(often_in_front(self.text, self.low, each.start))
        return False

    def _limit(self, limit: LimitClause, doses: list[RawDose], begin: int, stop: int) -> list[RawDose]:
        """A maximum taken out of its clause; without a period it is that of the dose beside it, if that is clear."""
        per = limit.per or self.period_beside(doses) or ("" if doses else _of_a_day(self.text[self.low : limit.start]))
        if not per:
            self.left.append(Unowned(limit.start, limit.last, " / ".join(self.group.substances), True))
            return []
        turned = TURNED.search(self.text, limit.last, stop)
        stop = turned.start() if turned else stop
        around = text_without_brackets(self.text[max(begin, doses[-1].end) if doses else begin : stop])
        if doses and whom(around) in (None, whom(doses[-1].around)):
            around = f"{doses[-1].around} {around}"  # it speaks of nobody else
        near = self.text[max(self.low, self.group.anchor - 15) : limit.first]
        return [
            RawDose(
                self.group.substances,
                limit.first,
                limit.last,
                scope_of(around),
                (self.low, self.high),
                near,
                around,
                prefix="max ",
                shared=per,
            )
        ]

    def period_beside(self, doses: list[RawDose]) -> str:
        """What the most is of that says no period beside these doses."""
        options = [option for each in doses for option in self.parse(self.text[each.start : each.end]).options]
        if options and all(per_day(option) == (Decimal(1), Decimal(1)) for option in options):
            return "/day"
        often = any(option.times or option.every or option.per_day or option.when for option in options)
        return " per dose" if options and not often else ""

    def _between(
        self, group: DoseGroup, low: int, stop: int, around: str, reached: int
    ) -> tuple[list[RawDose], list[Unowned]]:
        """The doses of ``group`` in ``text[low:stop]``, and what of it is not read."""
        text, parse = self.text, self.parse
        if told_of_all(text, group.words, stop):
            together = self._by_clauses(group, low, stop, around, reached)
            if len(together) == len(group.words):
                return together, []
        found_at = instruction_at(text, low, stop, group, parse, self.raw, self.alone)
        name = " / ".join(group.substances)
        if found_at is None:
            misspelled = any(word.strong for word in group.words) and _misspelled(text, group, stop)
            if not misspelled and (single := self._by_clauses(group, low, stop, around, reached)):
                return single, []
            return [], [Unowned(group.words[0].start, stop, name, True)] if misspelled else []
        parts, rest = parts_of(text, found_at, group, parse, self.raw)
        unsaid = found_at[0] if not _says(parse(text[slice(*parts[0])])) else rest[0] if rest else stop
        apart = self._by_clauses(group, low, stop, around, reached, unsaid) if unsaid < stop else []
        if apart and unsaid == found_at[0]:
            return apart, self._left_over(group.words, apart)
        found = self._parts(group, parts, low, stop, around, reached)
        if apart and rest:  # behind clauses that are read
            return [*found, *apart], self._left_over([w for w in group.words if w.start >= rest[0]], apart)
        return found, [Unowned(*rest, name, True)] if rest is not None else []

    def _parts(
        self, group: DoseGroup, parts: list[tuple[int, int]], low: int, stop: int, around: str, reached: int
    ) -> list[RawDose]:
        """The instructions of a sentence, each with the words that limit it."""
        text = self.text
        told = scope_of(around)
        near = text[max(low, group.anchor - 15) : parts[0][0]]
        found: list[RawDose] = []
        for number, (begin, end) in enumerate(parts):
            later = number > 0 and not has_limit(text[begin:end])
            said = (
                self._own(around, end)
                if len(parts) == 1
                else text_without_brackets(_opened(text[reached:end], begin - reached))
            )
            if len(parts) > 1 and number + 1 == len(parts) and context_of(tail := text[end : min(stop, end + 40)]).band:
                said = f"{said}{tail}"
            head = _WHAT_FOR.match(text, self.low, group.words[0].start) if number else None
            if head is not None and not use_of(said):
                said = f"{head.group()}, {said}"  # "For nerve pain begin at 10 mg …; I stop at 75 mg a night"
            scope = told if len(parts) == 1 else scope_of(said)
            if number + 1 < len(parts):
                ahead = text_without_brackets(_closed(text[reached : parts[number + 1][0]]))
                if condition_of(ahead) == "start" and context_of(ahead).purpose != "target":
                    said = ahead  # "…, which I raise every few days to …"
            own = RawDose(
                group.substances, begin, end, scope, (self.low, self.high), near, said, self.alone, later=later
            )
            if (band := _BEHIND.match(text, end)) and context_of(band.group()).band:
                own, end = replace(own, around=f"{said} {band.group(1)}"), band.end()
            if is_given(text[max(low, begin - 40) : begin]) or self._is_taken(begin, end):
                own = replace(own, given=True)
            reached = end
            shared = behind_bracket(text, low, begin, end, self.high) if self.alone else ""
            if len(parts) == 1 and not has_frequency(text[begin:end]) and daily_in_front(text, self.low, begin):
                shared = " a day"
            found.append(replace(own, shared=shared))
        return found

    def _by_clauses(
        self, group: DoseGroup, low: int, stop: int, around: str, reached: int, unsaid: int = 0
    ) -> list[RawDose]:
        """The doses from ``unsaid`` on of a sentence that is no instruction as a whole, each by its own clause; several
        are each limited by their own words.
        """
        words = [word for word in group.words if word.start not in self.limits]
        floor = max(low, group.floor, self.floor)
        told = by_clauses(self.text, floor, stop, words, self.raw, self.often, self.low)
        found: list[RawDose] = []
        for number, (word, each) in enumerate(told):
            if word.start < unsaid:
                continue
            ahead = clause_end(self.text, word.end, told[number + 1][1].start) if number + 1 < len(told) else stop
            said = around if len(told) == 1 else text_without_brackets(self.text[reached:ahead])
            near = self.text[max(low, group.anchor - 15) : each.start]
            found.append(
                RawDose(
                    group.substances, each.start, each.end, scope_of(said), (self.low, self.high), near, said,
                    shared=each.often, given=True, later=number > 0,
                )
            )  # fmt: skip
            reached = ahead
        return found

    def _left_over(self, words: list[DoseWord], doses: list[RawDose]) -> list[Unowned]:
        """The amounts that no clause of their own says how often to take."""
        name = " / ".join(self.group.substances)
        return [
            Unowned(word.start, word.end, name, True)
            for word in words
            if word.start not in self.limits and not any(each.start <= word.start < each.end for each in doses)
        ]

    def _own(self, around: str, end: int) -> str:
        """The words ``around`` the only instruction of a sentence, without a clause behind it that is about others
        ("Adults take 5 mg at bedtime; from four to ten years it is …").
        """
        turn = self.text.find("; ", end, self.high)
        rest = self.text[turn : self.high].strip() if turn >= 0 else ""
        if len(rest) < 3 or not around.strip().endswith(rest):
            return around
        told, own = context_of(rest), around.strip().removesuffix(rest)
        return own if (told.band or told.population) and (told.band or "") != (context_of(own).band or "") else around

    def _is_taken(self, begin: int, end: int) -> bool:
        own = [word for word in self.group.words if begin <= word.start < end]
        return any(is_taken(self.text, self.low, word, self.high) for word in own[:2])


_IN_A_DAY = regex(r"\b(?:times|doses|tablets|once|twice)\s+(?:in|a|per|over)\s+(?:(?:the|a|one|any)\s+)?day\b", re.I)


def _of_a_day(text: str) -> str:
    """What a limit without a period is of where the words before it in its sentence count doses of a day."""
    return "/day" if _IN_A_DAY.search(text) else ""


def _says(dosage: Dosage) -> bool:
    """Whether a reading gives a dose with how often, or a limit; or is a dose, from its first word to its last."""
    told = any(each.times or each.every or each.per_day or each.when for each in dosage.options)
    return bool(told or dosage.maximum or dosage.target or (dosage.options and dosage.status == "read"))


_WHAT_FOR = regex(
    r"\W*(?:for|in|against|to\s+treat)\s+[^,;.\d]{3,50}?(?=,|\s(?:begin|start|give|take|use|try|i|we|you|the|an?)\b)",
    re.I,
)
"""How a sentence begins that says what all of its doses are for."""


def _closed(text: str) -> str:
    """``text`` without a bracket that is still open at its end: "300 mg twice daily (elderly"."""
    opened = text.rfind("(")
    return text[:opened] if opened > text.rfind(")") else text


def _opened(text: str, dose: int) -> str:
    """``text`` without the sign of a bracket that its dose stands in: what the bracket says is said of that dose."""
    opened = text.rfind("(", 0, max(0, dose))
    return (
        f"{text[:opened]} {text[opened + 1 :].replace(')', ' ')}" if opened > text.rfind(")", 0, max(0, dose)) else text
    )


_BEHIND = regex(r"\s{0,2}\(([^()]{2,40})\)")
"""A bracket right behind a dose: where it holds an age or a weight, the dose is theirs ("4 mg (2–5 years), 5 mg …")."""


def _misspelled(text: str, group: DoseGroup, stop: int) -> bool:
    """Whether a word right behind the dose is one letter off how often it is taken ("50 mg evry 6 hours")."""
    behind = re.findall(r"[A-Za-z]+", text[group.words[-1].end : min(stop, group.words[-1].end + 30)])[:3]
    return any(misspelled_frequency(word.lower()) for word in behind)
