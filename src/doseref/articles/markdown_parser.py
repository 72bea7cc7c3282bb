"""markdown-it-py, set up to take apart only the texts in which there is something to take apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from doseref.errors import MissingExtraError
from doseref.patterns import regex

_SIGN = r"\\`*_\[\n"
_SIGNS = regex(rf"[{_SIGN}]|~~|<(?=[A-Za-z/!?])|&(?=[A-Za-z#])")
"""Everything that may begin something other than text inside a paragraph; an image's ``!`` has a bracket behind it."""
_TEXT = rf"(?:[^{_SIGN}~<&]|~(?!~)|<(?![A-Za-z/!?])|&(?![A-Za-z#]))"
_BOLD = regex(
    rf"{_TEXT}*(?:(?:(?<= )|(?<!.))\*\*(?=[A-Za-z0-9]){_TEXT}+"
    rf"(?:(?<=[A-Za-z0-9])\*\*(?=[ :.,;)]|\Z)|(?<=[:.,)%])\*\*(?= |\Z)){_TEXT}*)+"
)
"""A text with no sign but bold words whose asterisks can mean nothing else: those that open stand behind a space and
before a letter, those that close behind a letter or a colon.
"""


def is_one_piece(content: str) -> bool:
    """Whether a text is nothing but a text in one line."""
    return bool(content) and not _SIGNS.search(content)


class Inline(NamedTuple):
    """A part of a text, with the names that markdown-it-py gives its kind."""

    type: str
    content: str


def quick_parts(content: str) -> Sequence[Inline] | None:
    """The parts of a text that is nothing but text and bold words, ``None`` for any other one.

    markdown-it-py goes through each character, and most texts of an article have no sign of Markdown at all.
    """
    if not _SIGNS.search(content):
        return (Inline("text", content),)
    parts: list[Inline] = []
    rest: str | None = content
    while rest is not None:
        line, end, more = rest.partition("\n")
        if line and _SIGNS.search(line) and not _BOLD.fullmatch(line):
            return None
        for number, part in enumerate((line.rstrip(" ") if end else line).split("**")):
            if number:
                parts.append(Inline("strong_open" if number % 2 else "strong_close", ""))
            parts.append(Inline("text", part))
        if end:
            parts.append(Inline("hardbreak" if line.endswith("  ") else "softbreak", ""))
        rest = more.lstrip(" \t") if end else None
    return parts


@lru_cache(maxsize=1)
def parser() -> Any:
    """The parser for CommonMark with tables and struck text.

    Its texts that :func:`quick_parts` can tell have no children. Raises :class:`MissingExtraError` where markdown-it-py
    is not installed.
    """
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        raise MissingExtraError("reading Markdown", "articles") from None
    made = MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"])
    made.core.ruler.at("inline", _inline)
    return made


def _inline(state: Any) -> None:
    """The library's rule of this name, but for texts that need no taking apart."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if quick_parts(token.content) is None:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def parts_of(content: str) -> Sequence[Any]:
    """The parts of a text that stands in no document with link targets of its own."""
    return quick_parts(content) or parser().parseInline(content)[0].children
