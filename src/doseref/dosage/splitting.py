"""Text → words: one normalising translation and one regular expression.

Normalising never changes the length of the text, so every place stays a place in the text as given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from doseref.dosage.words import LEXICON, PHRASES
from doseref.patterns import regex

_SAME_LENGTH: dict[int, str] = {}
for _sign in "‐‑‒–—―−﹘﹣－⁃":
    _SAME_LENGTH[ord(_sign)] = "-"
for _sign in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000":
    _SAME_LENGTH[ord(_sign)] = "\u00a0"
for _sign in "\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f\ufe0f":
    _SAME_LENGTH[ord(_sign)] = " "
for _sign in "’‘ʼ′`´":
    _SAME_LENGTH[ord(_sign)] = "'"
for _value, _sign in enumerate("०१२३४५६७८९"):
    _SAME_LENGTH[ord(_sign)] = str(_value)  # as doctors in India write rows of tablets
_SAME_LENGTH.update(
    {
        0xB5: "u",
        0x3BC: "u",
        0x39C: "u",
        ord("×"): "x",
        ord("✕"): "x",
        ord("⁄"): "/",
        ord("∕"): "/",
        ord("“"): '"',
        ord("”"): '"',
    }
)

_DECIMAL_DOT = regex("(?<=[0-9])[·∙⋅‧](?=[0-9])")
"""A dot in the middle of the line between two digits: the decimal point of older British writing."""

_IN_A_ROW = regex("(?<=[0-9])-{2,9}(?=[0-9])")
_SPACED_ROW = regex(r"(?<![0-9.])[0-4](?:\s-{2,9}\s[0-4]){2,3}(?![0-9.])")
_GAP = regex(r"\s-{2,9}\s")
_APART = regex(r"(?<=\s)-{2,9}(?=\s)")
_TOKEN = regex(
    r"[a-wyz][a-z]+(?= |\Z)|[0-9]{1,6}(?= [a-z])"  # the plain ones first: nothing below would cut them otherwise
    r"|(?<![a-z0-9.])(?:o\.[0-9][0-9o.]*|[0-9][0-9.]*o[0-9o.]*)(?![a-z0-9'])"
    r"|(?:[a-z]\.){2,}(?![a-z])|[a-z](?:\.[a-z])+(?![a-z])\.?"
    r"|\[[a-z]+\]|\{[a-z]+\}"
    r"|q10(?![0-9])(?!\s?[hdwm/.-])"
    r"|x(?=(?:hs|bd|bid|tid|tds|qid|qds|od)(?![a-z0-9]))"
    r"|d(?=1(?: to |-)d[0-9])|(?:(?<=d1 to )|(?<=d1-))d(?=[0-9])"  # "D1 to D14"
    r"|(?:q|x|d(?=[0-9]+(?:[-/][0-9]|:))|days?|weeks?|wks?|max|every|take|for)(?=[0-9])"
    r"|(?:qty|ds|rf|rfl|disp)(?=[0-9])"
    r"|tk?(?=[0-9](?:[tc]|tab|cap)(?![a-z0-9]))"
    r"|[a-z]+[0-9][a-z0-9]*|[a-z]+(?:'[a-z]+)?"
    r"|[0-9]{1,2}:[0-9]{2}(?![0-9])"
    r"|(?<![0-9])[0-2][0-9][0-5][05](?=,[0-2][0-9][0-5][05](?![0-9]))"  # "0600,1400,2200"
    r"|[0-9]+(?:\.[0-9]+)?e[0-9]+"
    r"|10(?:\s?\^\s?[0-9]+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?<![a-z0-9])(?<![a-z]-)[1-9][0-9]{0,2}(?:[ \u00a0][0-9]{3})+(?![0-9.,'])"
    r"|[0-9]+\.\.[0-9.]*"
    r"|(?:[01][0-9]|2[0-4])[0-5][05](?=,(?:[01][0-9]|2[0-4])[0-5][05](?![0-9]))"  # "0600,1400,2200"
    r"|[0-9]+(?:[.,'][0-9]+)*"
    r"|(?<![0-9a-z.])\.[0-9]+(?:\.[0-9]+)*"
    r"|->|<=|>=|=>|>>"
    r"|[^\s]|\n"
)

_RANGED = frozenset(
    "one two three four five six seven eight nine ten once twice i ii iii mon tue wed thu fri sat sun monday tuesday "
    "wednesday thursday friday saturday sunday m mo t tu w we th f fr sa su s bid tid qid bd tds qds od qd am pm".split()
)
"""Words between which a hyphen is a range; between other words it only joins ("as-needed")."""
_DIGITS = "0123456789"


def normal(text: str) -> str:
    """``text`` in lower case with one sign for every dress of dash, space and quote; same length as ``text``."""
    if text.isascii():
        return _dashes(text.lower())
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := ch.lower()) == 1 else ch for ch in text)
    return _dashes(_DECIMAL_DOT.sub(".", lower.translate(_SAME_LENGTH)))


def _dashes(text: str) -> str:
    """Rows of dashes as one sign: between digits a dash ("1---0---1"), between blanks a stop ("BBF -- 12 units"), as are two
    strokes ("Mon 4 mg // Tue 3 mg").
    """
    if " // " in text:
        text = text.replace(" // ", " ;  ")
    if "--" not in text:
        return text
    text = _SPACED_ROW.sub(lambda row: _GAP.sub(lambda gap: f"{' ' * (len(gap[0]) - 1)}-", row[0]), text)
    text = _IN_A_ROW.sub(lambda found: f"{' ' * (len(found[0]) - 1)}-", text)
    return _APART.sub(lambda found: f";{' ' * (len(found[0]) - 1)}", text)


def split(text: str) -> list[str]:
    """The words and signs of ``text``, normalised."""
    return _TOKEN.findall(normal(text))


def places(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Start and end of each of the ``words`` that :func:`split` gives of ``text``: only blanks stand between them."""
    flat, end = normal(text), 0
    found = []
    for word in words:
        start = flat.index(word, end)
        end = start + len(word)
        found.append((start, end))
    return found


def words_of(text: str) -> list[str]:
    """The words of ``text`` as the vocabulary is asked for them: lower case, hyphens that only join words gone."""
    raw = split(text)
    return unhyphenated(raw)[0] if "-" in raw else raw


def unhyphenated(raw: list[str], spaced: Callable[[int], bool] = lambda i: False) -> tuple[list[str], list[int] | None]:
    """The words without hyphens that only join two words, and where each one was. ``spaced`` says whether blanks stand
    around a hyphen: "for pain - 1 tablet" is no name.
    """
    words: list[str] = []
    at: list[int] = []
    size = len(raw)
    joined = False
    for i, word in enumerate(raw):
        if joined:
            joined = False
            continue
        if word == "-" and 0 < i < size - 1:
            before, after = raw[i - 1], raw[i + 1]
            if _one_name(before, after, i) and not spaced(i):
                words[-1] = before + word + after
                joined = True
                continue
            if (
                before[-1].isalpha()
                and after[0].isalpha()
                and not (before in _RANGED and after in _RANGED)
                and not _between_strengths(raw, i)
            ):
                continue
            if before[-1] in _DIGITS and after[0].isalpha() and after not in _RANGED:
                continue
        words.append(word)
        at.append(i)
    return words, (at if len(words) != size else None)


def _between_strengths(raw: list[str], i: int) -> bool:
    """Whether the hyphen at ``i`` stands between a strength and the next ingredient: "2.5 mg-metformin 850 mg"."""
    return (
        i > 1
        and raw[i - 2][-1] in _DIGITS
        and LEXICON.get(raw[i - 1], ("", None))[0] == "U"
        and LEXICON.get(raw[i + 1], ("WORD", None))[0] in ("WORD", "SUBST")
        and raw[i + 1] not in PHRASES
    )


def _one_name(before: str, after: str, i: int) -> bool:
    """Whether ``before-after`` is one name: omega-3, B-12, 5-HTP, L-methylfolate."""
    if after[0] in _DIGITS and before.isalpha():
        return (
            after.isdigit()
            and len(after) < 3
            and LEXICON.get(before, ("SUBST", None))[0] in ("SUBST", "WORD")
            and before not in _RANGED
        )
    if before.isdigit() and i == 1:
        return len(after) > 2 and after.isalpha() and after not in LEXICON and after not in PHRASES
    return (
        i == 1
        and before in ("l", "d", "n", "s")
        and len(after) > 2
        and after.isalpha()
        and after not in ("day", "days")
    )
