"""Whether words of an article say how often, when or for how long something is taken.

The sig language says what a word means; here stands which of its kinds, alone or in a row, tell of a time. A word that
only an article uses for it stands in ``words.txt``, as ``OFTEN``.
"""

from __future__ import annotations

from functools import lru_cache

from doseref.articles import asides
from doseref.articles.model import REMEMBERED
from doseref.articles.spoken_words import spoken
from doseref.dosage.tokens import Tokens
from doseref.dosage.vocabulary import NO_NAMES
from doseref.patterns import regex

SHAPES: tuple[tuple[str, str], ...] = (
    ("FREQ|ADV|DAYW|PRN|VAGUE|ONCE|APART|DIV|MAXD", "twice daily"),
    (r"WHEN:(?!mornings?\b|evenings?\b|nights?\b|noon|afternoons?\b|[ap]m\b)", "in the morning"),
    (r"STAT:(?!now\b)|TODAY:(?!today\b)", "right away"),
    ("RAISE:titrat", "titrated"),
    (r"NUM:\d+ TIMES:times(?! AS| WORD)", "3 to 4 times a day"),
    ("EVERY (?:OTHER |NUM (?:(?:TO|DASH|OR) NUM )?|WORD:few )?T:(?:d|wk|mo|a|h)", "every few hours"),
    ("(?<!REPEAT:phrase )EVERY (?:NUM (?:(?:TO|DASH|OR) NUM )?|A )?T:(?:min|s)", "every 5 minutes"),
    ("(?:PER|SLASH) (?:NUM )?T:(?:d|wk|mo|a|h)", "per 24 hours"),
    ("A (?:T:(?:d|wk|mo|a)|WHEN)", "a week"),
    ("(?:PER|EVERY) C:{dose}|PER (?:C:{injection}|C:{session}|SITE:(?!nostril)|COURSE)", "per injection"),
    ("AFTER EVERY", "after each loose stool"),
    ("FOR (?:UPTO )?(?:NUM (?:(?:TO|DASH|OR) NUM )?|A )T:(?:d|wk|mo|h)", "for up to two weeks"),
    ("FOR (?:WORD )?INIT (?:NUM )?(?:T:d|WHEN|C:{dose}|ONLY)", "for the first two days"),
    (r"T:d NUM:\d+(?!\S)", "days 1 to 5"),
    ("(?:NUM|A) T:(?:h|min) BEFORE", "half an hour before"),
    ("REPEAT (?:ONCE )?(?:AFTER|IN) NUM T:h", "repeat after 2 hours"),
    ("SINGLE (?:INIT )?(?:C:{dose}|C:{injection}|NUM U C)|SINGLE(?! (?:WORD|ROUTE|NUM|C))", "a single 2 mg tablet"),
    ("(?:NUM:1|A) NUM U C:{dose}", "one 1,000 mg dose"),
    (r"X NUM:[1-9](?!\S)", "x 3"),
    ("(?:WITH|AT|BEFORE|AFTER) (?:EVERY |WORD )?MEAL:(?!food|eat)", "with breakfast"),
    ("NUM:24 T:h", "24 hours"),
    ("NUM (?:DASH )?T:h WORD:intervals", "eight-hour intervals"),
)
"""Kinds of tokens in a row that tell of a time, each with an example: ``kind:value`` for units of time and what is
counted, ``kind:word`` for all others, where the value or the word matters; of several words, ``kind:phrase``.
"""

_KIND = regex(r"(?<![\\A-Z])[A-Z][A-Z0-9]*\b(?!:)(?=[ )?|(]|\Z)")


def _pattern() -> str:
    """The shapes as one pattern: a kind without a value stands for all of its values."""
    shapes = (shape.replace("{", r"\{").replace("}", r"\}") for shape, _ in SHAPES)
    return "|".join(rf"(?<!\S)(?:{_KIND.sub(lambda hit: f'{hit[0]}:[^ ]*+', shape)})" for shape in shapes)


_SHAPES = regex(_pattern())
_ONLY_HERE = spoken("OFTEN", "ARTICLE")
_BY_VALUE = frozenset(("T", "C", "NUM"))


@lru_cache(maxsize=REMEMBERED)
def kinds_of(text: str) -> str:
    """The tokens of a text in the sig language, in order, each with its value or its word: ``NUM:4 TIMES:times A:a T:d``."""
    tokens = Tokens(text, NO_NAMES)
    return " ".join(
        f"{kind}:{value if kind in _BY_VALUE else tokens.raw[first] if first == last else 'phrase'}"
        for kind, value, first, last in zip(tokens.kinds, tokens.values, tokens.first, tokens.last, strict=False)
        if kind != "END"
    )


def has_frequency(text: str) -> bool:
    """Whether a text says how often, when or for how long."""
    return bool(_SHAPES.search(kinds_of(text))) or _ONLY_HERE.first(text) is not None or asides.on_or_om(text)
