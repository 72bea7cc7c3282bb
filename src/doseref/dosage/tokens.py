"""Words → tokens: one look-up per word. Linear time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from doseref.dosage import clock_tokens, export_letters, numbers
from doseref.dosage.limits_behind import said_behind
from doseref.dosage.or_two import second_numbers
from doseref.dosage.places_of_disease import complained_of
from doseref.dosage.product_dash import product_dashes
from doseref.dosage.splitting import places, split, unhyphenated
from doseref.dosage.step_units import units_of_steps
from doseref.dosage.vocabulary import Vocabulary
from doseref.dosage.words import LEXICON, PHRASES

_DIGITS = "0123456789"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
END = "END"
_SHORT_MILLIONS = {"m": Decimal(10) ** 6, "k": Decimal(1000)}
_BIG = ("[IU]", "[CFU]")
_NO_ENTRY = ("", None)
_LETTER_O = "the letter O in a number"
_OF_A_LIMIT = frozenset("NUM MILL U C IN A T PER SLASH EVERY ADV FREQ DASH TO".split())
"""What may stand in a maximum that is called one only behind it ("3 g in a day at the very most")."""
_BEFORE_DAILY = ("ONCE", "TIMES")
"""Behind these, "daily" is how often and no part of "daily max" ("500 mg twice daily max 1 g")."""
_HOW_OFTEN = ("daily", "weekly")
_ANOTHER_PERIOD = frozenset(("week", "weekly", "wk", "wkly", "daily"))
"""Behind "daily twice" these say another one: "daily three times a week"."""
_BEFORE_HOURS = ("IN", "PER", "SLASH")
"""Behind these, "24 hr" is a period and no release form ("24 HR oxycodone")."""
_COUNTS = ("NUM", "U")
"""Behind these, "spray" is what is counted and no way of giving ("one 4 mg spray into one nostril")."""


_NO_SECOND_DOSE = frozenset(("MAX", "MAXD", "MAX1", "ATMOST", "DASH", "SLASH"))
"""What stands behind an amount that is a limit or a part of one."""


_EACH_TIME = (["A", "T"], ["PER", "T"], ["EVERY", "NUM"])
"""Behind a piece: how often one is taken."""
_NUMBERS_OF_A_LIST = ("NUM", "BAD")
_QUARTER = Decimal("0.25")
"""Tablets are taken in quarters."""
_OF_A_TABLET = (["mg"], ["mcg"], ["ug"], ["µg"], ["g"])
"""Units before which "500 650" are two numbers: nobody writes hundreds of thousands of them."""


class Tokens:
    """The tokens of one text: parallel lists, padded at the end so that looking ahead needs no check.

    ``kinds``/``values`` are the grammar's input; ``first``/``last`` are each token's first and last
    raw word, from which :meth:`span` works out its place in the text, and only when asked.
    """

    __slots__ = ("_spans", "first", "kinds", "last", "raw", "text", "values", "vocabulary")

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self._spans: list[tuple[int, int]] | None = None
        self.raw: list[str] = split(text)
        self.kinds: list[str] = []
        self.values: list[Any] = []
        self.first: list[int] = []
        self.last: list[int] = []
        self._scan()

    def _scan(self) -> None:
        raw = self.raw
        kinds, values, first, last = self.kinds, self.values, self.first, self.last
        add_kind, add_value, add_first, add_last = kinds.append, values.append, first.append, last.append
        look, phrases, small = LEXICON.get, PHRASES.get, numbers.SMALL.get
        words, at = (raw, None) if "-" not in raw else unhyphenated(raw, self._between_blanks)
        size, i = len(words), 0
        while i < size:
            word = words[i]
            seconds = phrases(word)
            begins = seconds.get(words[i + 1]) if seconds is not None and i + 1 < size else None
            length = 1
            if begins is not None:
                for length, rest, kind, value in begins:  # noqa: B007 - the loop variables are the result
                    if words[i + 1 : i + length] == rest and not (
                        kinds
                        and (
                            (kind == "REL" and rest == ["hr"] and kinds[-1] in _BEFORE_HOURS)
                            or (kind in ("MAXD", "FREQ") and word in _HOW_OFTEN and kinds[-1] in _BEFORE_DAILY)
                            or (
                                kind == "FREQ"
                                and word == "daily"
                                and not _ANOTHER_PERIOD.isdisjoint(words[i + length : i + length + 2])
                            )
                            or (word == "spray" and rest == ["into"] and kinds[-1] in _COUNTS)
                        )
                    ):
                        break
                else:
                    begins = None
                    length = 1
            if begins is None:
                found = look(word)
                if found is not None:
                    kind, value = found
                elif (word[0] in _DIGITS and word[-1] not in _LETTERS) or (word[0] == "." and len(word) > 1):
                    value = small(word)
                    if value is not None:
                        kind = "NUM"
                    elif self._grouped(words, i, at):
                        i += 1
                        continue
                    else:
                        kind, value = _number(word)
                elif (
                    word in _SHORT_MILLIONS
                    and i + 1 < size
                    and kinds
                    and kinds[-1] == "NUM"
                    and look(words[i + 1], _NO_ENTRY)[1] in _BIG
                ):
                    kind, value = "MILL", _SHORT_MILLIONS[word]  # "2.4M IU"
                else:
                    kind, value = _other(word)
                    if kind == "WORD" or kind == "ID":
                        named = self.vocabulary.at(words, i, lambda index: self._capital(index, at))
                        if named is not None and self._taken_back(named[0]):
                            kind, value = "SUBST", None
                            i, length = named
            if kind:
                add_kind(kind)
                add_value(value)
                add_first(i)
                add_last(i + length - 1)
            i += length
        if "ATMOST" in kinds:
            self._limits_in_front()
        if "MAX" in kinds or "MAXD" in kinds:
            for place, start in said_behind(kinds):
                self._to_front(place, start)
        if "INIT" in kinds:
            self._then_behind_first()
        if "SINGLE" in kinds:
            self._one_piece()
        if "OR" in kinds:
            self._second_numbers(words)
        if "BAD" in kinds and "," in self.text:
            self._decimal_commas(words)
        if "SUBST" in kinds:
            self._name_inside()
        if "T" in kinds or "THEN" in kinds:
            for place, unit in units_of_steps(kinds, values):
                self._behind(place, "U", unit)
        if at is not None:
            self.first = [at[index] for index in first]
            self.last = [at[index] for index in last]
        kinds += (END, END, END, END, END, END, END, END)
        values += (None,) * 8
        self.first += (len(raw),) * 8
        raw.append("")
        if not export_letters.LETTERS.isdisjoint(raw):
            heads = [raw[index] for index in self.first[:-8]]
            export_letters.put_in_full(kinds, values, heads, self._glued, raw)
        if not clock_tokens.POSSIBLE.isdisjoint(kinds):
            self._clocks()
        if "ROUTE" in kinds:
            complained_of(kinds, values, [raw[index] for index in self.first[:-8]])
        if "DASH" in kinds:
            for place in [*product_dashes(kinds, values, self._spaced)]:
                kinds[place] = "STOP"

    def _clocks(self) -> None:
        """Make clock times of what stands where one does."""
        heads = [self.raw[index] for index in self.first[:-8]]
        clock_tokens.pointed(self.kinds, self.values, heads)
        for place in clock_tokens.without_at(self.kinds, self.values, heads, self._glued):
            self._behind(place, "AT", None)

    def _spaced(self, place: int) -> bool:
        """Whether a space stands behind the sign at ``place``."""
        end = self.span(place)[1]
        return self.text[end : end + 1].isspace()

    def _between_blanks(self, i: int) -> bool:
        """Whether blanks stand on both sides of the raw word ``i``."""
        begin, end = self._places()[i]
        return self.text[begin - 1 : begin].isspace() and self.text[end : end + 1].isspace()

    def _glued(self, place: int) -> bool:
        """Whether the token at ``place`` begins right behind the one before it."""
        return self.span(place - 1)[1] == self.span(place)[0]

    def _limits_in_front(self) -> None:
        """Put "at the very most", said behind a figure, in front of it as what it says: MAX."""
        for place in [n for n, kind in enumerate(self.kinds) if kind == "ATMOST"]:
            start = place
            while start and self.kinds[start - 1] in _OF_A_LIMIT:
                start -= 1
            if start and self.kinds[start - 1] == "WITH":
                self.kinds[start - 1] = "NOTE"  # "with 300 mg a day as the maximum"
            if start < place:
                self.kinds[place] = "MAX"
                self._to_front(place, start)

    def _to_front(self, place: int, start: int) -> None:
        """Move the token at ``place`` before the one at ``start``."""
        self.kinds.insert(start, self.kinds.pop(place))
        self.values.insert(start, self.values.pop(place))
        for each in (self.first, self.last):
            each.insert(start, each.pop(place))

    def _behind(self, place: int, kind: str, value: str | None) -> None:
        """Put a token that the text leaves out behind the one at ``place``; it stands where that one does."""
        self.kinds.insert(place + 1, kind)
        self.values.insert(place + 1, value)
        for each in (self.first, self.last):
            each.insert(place + 1, each[place])

    def _name_inside(self) -> None:
        """Take the name out of "two 500 mg paracetamol tablets": count, strength and form stand around it."""
        for place in range(len(self.kinds) - 5, -1, -1):
            if self.kinds[place : place + 5] == ["NUM", "NUM", "U", "SUBST", "C"]:
                for each in (self.kinds, self.values, self.first, self.last):
                    del each[place + 3]

    def _decimal_commas(self, words: list[str]) -> None:
        """Read "2,5 mg" as 2.5 mg and "1,5 tablets" as 1.5: the comma can separate no thousands, and no form follows
        that could be counted.

        "2,5 mg tablets" could be two of 5 mg, "5,10 mg" two doses: they stay as they are. Nobody takes 0 of anything.
        """
        kinds = self.kinds
        for place in range(len(kinds) - 1):
            if kinds[place] != "BAD" or kinds[place + 1] not in ("U", "C") or self.first[place] != self.last[place]:
                continue
            before = kinds[place - 1] if place else ""
            if before == "COMMA" and place > 1 and kinds[place - 2] not in _NUMBERS_OF_A_LIST:
                before = ""  # "50 mg tablets, 1,5 tablets"
            if before in ("COMMA", "DASH", "SLASH", "X", "PLUS", *_NUMBERS_OF_A_LIST):
                continue
            word = words[self.first[place]]
            value = numbers.decimal_comma(word)
            if value is None or (kinds[place + 1] == "C" and value % _QUARTER):
                continue
            if word.startswith("0,") or kinds[place + 2 : place + 3] not in (["C"], ["FORM"], ["SLASH"]):
                kinds[place], self.values[place] = "NUM", value

    def _then_behind_first(self) -> None:
        """Make "then" of the comma in "4 mg first, 2 mg after each stool": a second dose behind a first one."""
        kinds = self.kinds
        for place in range(1, len(kinds) - 3):
            first = kinds[place : place + 4] == ["INIT", "COMMA", "NUM", "U"] and kinds[place - 1] == "U"
            if first and not _NO_SECOND_DOSE.intersection(kinds[place + 4 : place + 5]):
                kinds[place + 1] = "THEN"

    def _second_numbers(self, words: list[str]) -> None:
        """Put the unit of "for a week or two" behind its second number: "for 1 or 2 weeks"."""
        for place, whole in second_numbers(self.kinds, self.values, lambda each: words[self.first[each]]):
            if whole is None:
                self.kinds[place - 1] = "NUM"
                self._to_front(place + 1, place)
                self._to_front(place + 2, place + 1)
                continue
            number, unit = whole
            self.kinds[place], self.values[place] = "EVERY", None
            self._behind(place + 2, "T", unit)
            self._behind(place, "NUM", number)

    def _one_piece(self) -> None:
        """Count the piece of "a single 20 mg tablet a day": one each time, and no dose that is given once."""
        kinds = self.kinds
        for place in [n for n, kind in enumerate(kinds) if kind == "SINGLE"]:
            piece = place + 3 if kinds[place + 1 : place + 3] == ["NUM", "U"] else place + 1
            if kinds[piece : piece + 1] != ["C"] or self.values[piece] == "{dose}":
                continue
            if kinds[piece + 1 : piece + 3] in _EACH_TIME:
                kinds[place], self.values[place] = "NUM", Decimal(1)

    def _capital(self, index: int, at: list[int] | None) -> bool:
        """Whether word ``index`` begins with a capital in the text as given."""
        start = self._places()[index if at is None else at[index]][0]
        return self.text[start : start + 1].isupper()

    def _taken_back(self, start: int) -> bool:
        """Take back the tokens made of words from ``start`` on: they belong to a name ("evening" of evening primrose
        oil).

        ``False``, and nothing taken back, where a token reaches over ``start``.
        """
        keep = len(self.first)
        while keep and self.first[keep - 1] >= start:
            keep -= 1
        if keep and self.last[keep - 1] >= start:
            return False
        for each in (self.kinds, self.values, self.first, self.last):
            del each[keep:]
        return True

    def _grouped(self, words: list[str], i: int, at: list[int] | None) -> bool:
        """Whether ``1 500`` or ``day 1,300`` are two numbers; then both are added as tokens."""
        word = words[i]
        separator = " " if " " in word else "," if "," in word else ""
        if not separator or "^" in word:
            return False
        parts = word.split(separator)
        before = self.kinds[-1] if self.kinds else ""
        listed = (
            (separator == "," and len(parts) > 2 and any(len(part) != 3 for part in parts[1:]))
            or (before == "T" and words[i - 1] in ("day", "days", "week", "weeks"))
            or (before in ("AT", "ON", "DAYW") and any(len(part) < 3 for part in parts[1:]))
        )
        if separator == " " and not listed:
            following = [LEXICON.get(w, ("", None))[0] for w in words[i + 1 : i + 4]]
            listed = (
                len(parts) == 2
                and len(parts[0]) == 1
                and following[:1] == ["U"]
                and any(kind in ("C", "FORM") for kind in following[1:])
            ) or (len(parts) == 2 and len(parts[0]) == 3 and words[i + 1 : i + 2] in _OF_A_TABLET)
        if not listed:
            return False
        for number, part in enumerate(parts):
            kind, value = numbers.read(part)
            if number and separator == ",":
                self._add("COMMA", None, i)
            self._add(kind, value, i)
        return True

    def _add(self, kind: str, value: Any, i: int) -> None:
        self.kinds.append(kind)
        self.values.append(value)
        self.first.append(i)
        self.last.append(i)

    def span(self, i: int, j: int | None = None) -> tuple[int, int]:
        """Where tokens ``i`` to ``j`` (included) stand in the text as given."""
        spans = self._places()
        if not spans:
            return 0, len(self.text)
        first = min(self.first[min(i, len(self.first) - 1)], len(spans) - 1)
        last = self.last[min(i if j is None else j, len(self.last) - 1)] if self.last else len(spans) - 1
        return spans[first][0], spans[max(last, first)][1]

    def _places(self) -> list[tuple[int, int]]:
        """Start and end of every raw word."""
        if self._spans is None:
            self._spans = places(self.text, filter(None, self.raw))
        return self._spans

    def said(self, i: int, j: int) -> str:
        """Tokens ``i`` up to, not including, ``j`` as one text, in lower case."""
        text = " ".join(self.words(i, j))
        return text.replace(" - ", "-").replace(" / ", "/").replace(" ,", ",").replace(" ( s )", "(s)")

    def words(self, i: int, j: int) -> list[str]:
        """The raw (lower case) words of tokens ``i`` up to, not including, ``j``."""
        return self.raw[self.first[i] : self.last[j - 1] + 1] if j > i else []


def _number(word: str) -> tuple[str, Any]:
    """A numeric word that is no small plain number: a clock time, a vulgar or a separated number."""
    if "o" in word:
        return "BAD", _LETTER_O
    if ":" in word:
        hour, _, minute = word.partition(":")
        if int(hour) < 25 and int(minute) < 60:
            return "TIME", f"{int(hour) % 24:02d}:{minute}"
        return "BAD", "no time of day"
    return numbers.read(word.replace("\u00a0", " "))


def _other(word: str) -> tuple[str, Any]:
    """A word that is not in the vocabulary as it stands: dots inside, a possessive, or unknown."""
    if (word[0] in _DIGITS or word[:2] == "o.") and not word.strip("o.0123456789"):
        return "BAD", _LETTER_O
    if "." in word and len(word) > 1:
        bare = word.replace(".", "")
        found = LEXICON.get(bare)
        if found is not None and found[0]:
            return found
        return "WORD", None
    if word.isalnum() and word.isascii():
        return ("ID", None) if any(ch in _DIGITS for ch in word) else ("WORD", None)
    if word[0].isascii() and word[0].isalpha():
        return "WORD", None
    if word[0] == "[" and len(word) > 1:
        return "NOTE", None
    if word[0] in _DIGITS:
        return "ID", None
    return "BAD", "a sign that is not understood"
