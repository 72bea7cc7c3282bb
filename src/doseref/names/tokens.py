"""A text as the letters, digits and signs by which names are matched, and the key that spellings of one name share."""

from __future__ import annotations

import itertools

from doseref.patterns import regex
from doseref.records import record


@record
class Token:
    """A run of letters, a run of digits, or one other character that is no space; ``text`` is folded."""

    text: str
    start: int
    end: int
    gap: bool
    """Whether white space or punctuation stands before it."""
    upper: bool = False
    """Whether it is written in capitals."""


def fold(character: str) -> str:
    """One character for matching: compatibility form, lower case, without accents; possibly several characters."""
    if character.isascii():
        return character.lower()
    import unicodedata  # most text never needs it

    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(each for each in plain if not unicodedata.combining(each))


_IN_NUMBERS = ",.\u00a0\u202f"


PLAIN_TOKEN = regex(r"[A-Za-z][A-Za-z'’]*|[0-9][0-9'’]*|[#+/]['’]*")
NOT_PLAIN = regex(r"[^\x00-\x7f–—•…“”’≥≤→·\u00a0\u202f]")
"""Characters that may be letters or digits in another form; those listed only separate."""
APOSTROPHES = regex("['’]")


def respelt(folded: str) -> str:
    """Folded text with one spelling for each of three stems: "sulphate" is sulfate, "oestriol" estriol, "mesilate" mesylate.

    Countries changed from one to the other for every name and salt (TGA: updating medicine ingredient names, 2016).
    """
    if "sulph" in folded or "oestr" in folded or "silate" in folded:
        return folded.replace("sulph", "sulf").replace("oestr", "estr").replace("silate", "sylate")
    return folded


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text``: letter runs, digit runs and ``#``/``+``/``/``; all else only separates."""
    return folded_tokens(text) if NOT_PLAIN.search(text) else plain_tokens(text)


def plain_tokens(text: str, most: int | None = None) -> list[Token]:
    """The tokens of a text whose letters and digits are those of ASCII, as :func:`folded_tokens` has them;
    the first ``most`` of them.
    """
    tokens: list[Token] = []
    reached = 0
    for found in itertools.islice(PLAIN_TOKEN.finditer(text), most):
        start, end = found.span()
        written = found.group()
        gap = not tokens or (
            start > reached
            and (
                text[reached] == " "
                or any(text[each] not in "'’" and not _inside_number(text, each) for each in range(reached, start))
            )
        )
        run = written if written.isalnum() else APOSTROPHES.sub("", written)
        tokens.append(Token(respelt(run.lower()), start, end, gap, written.isupper()))
        reached = end
    return tokens


def folded_tokens(text: str) -> list[Token]:
    """The tokens of any text, character by character."""
    tokens: list[Token] = []
    run = ""
    kind = ""
    start = 0
    gap = True
    run_gap = True
    for position, character in enumerate(text):
        if character in "'’":
            continue
        folded = fold(character)
        one = folded[:1]
        this = "d" if one.isdigit() else "a" if one.isalpha() else "s" if one in "#+/" and one else ""
        if this != kind or this in ("s", ""):
            if run:
                tokens.append(Token(respelt(run), start, position, run_gap, text[start:position].isupper()))
                gap = False
            run, start, kind, run_gap = "", position, this, gap
        if this:
            run += folded
        elif not _inside_number(text, position):
            gap = True
            run_gap = True
    if run:
        tokens.append(Token(respelt(run), start, len(text), run_gap, text[start:].isupper()))
    return tokens


def _inside_number(text: str, position: int) -> bool:
    """Whether a separator stands inside one number: "vitamin D 2,000 units" is not vitamin D2."""
    return (
        text[position] in _IN_NUMBERS
        and text[max(position - 1, 0)].isdigit()
        and text[position + 1 : position + 2].isdigit()
    )


_DROPPED = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) not in "#+/"}
_DROPPED_BETWEEN = {code: None for code in _DROPPED if code != ord("\n")}


def key(text: str) -> str:
    """The tokens' texts in one word: what two spellings of one name ("co-codamol", "Co Codamol") have in common."""
    if text.isascii():  # nearly every name; two thousand of them are indexed at each start
        return respelt(text.lower().translate(_DROPPED))
    return "".join(token.text for token in tokenize(text))


def keys(texts: list[str]) -> list[str]:
    """The :func:`key` of each text, all at once: thousands of names are indexed at each start."""
    if not texts:
        return []  # no line of text is one empty line
    plain = [text if text.isascii() and "\n" not in text else "" for text in texts]
    found = respelt("\n".join(plain).lower().translate(_DROPPED_BETWEEN)).split("\n")
    return [one or key(text) for one, text in zip(found, texts, strict=True)]
