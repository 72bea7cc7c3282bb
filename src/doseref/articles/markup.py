"""What stands in an article and is no text of it: front matter, shortcodes, template tags, MDX code, link targets.

It is blanked out character by character before the text is read, so that every line and column stays where it was.
Lines that hold nothing else become empty; within a line the blank is :data:`FILLER`, which no reader of Markdown takes
for an indent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from doseref.articles.model import FILLER
from doseref.patterns import regex

_Range = tuple[int, int]
"""Offsets in the text, from and to (not included)."""
_PAIRS = (
    ("{{<", ">}}"),
    ("{{%", "%}}"),
    ("{{", "}}"),  # Hugo; Jekyll, Handlebars
    ("{%", "%}"),  # Jekyll, Liquid, Nunjucks
    ("{/*", "*/}"),  # MDX
    ("$$", "$$"),  # mathematics
)
_LONGEST = 5_000
"""Characters that one tag may have; what is longer has lost its end."""
_LIQUID = regex(r"\{%-?\s{0,9}(comment|raw)\s{0,9}-?%\}")
_ADDRESS = regex(r"(?<!\]\()(?<!\]\(<)<?https?://[^\s<>\"'|)\]]{1,1000}>?")
_TARGET = regex(r"\]\([^()\n]{0,1000}\)")
_MDX_LINE = regex(r"^(?:import|export)\b[^\n]*", re.MULTILINE)
_MDX_STATEMENT = regex(
    r"(?:import\s*(?:[\w${*]|['\"])|export\s+(?:const|let|var|default|function|class|async|type|interface|\{|\*))"
)


def without_markup(text: str, kind: str, path: str = "") -> str:
    """``text`` with what is no text of the article blanked out; of the same length, with the same line ends.

    ``kind`` is markdown, html or text; a ``path`` that ends in ``.mdx`` makes Markdown MDX.
    """
    if kind == "text":
        return _blanked(text, list(_addresses(text)))
    found: list[_Range] = []
    end = _front_matter_end(text)
    if end:
        found += _front_matter(text, end)
    if "{" in text or "$$" in text:
        found += _liquid_blocks(text)
        found += _tags(text)
    if kind == "markdown" and path.lower().endswith(".mdx"):
        found += _mdx(text)
    return _blanked(text, [*found, *_addresses(text)])


def _blanked(text: str, ranges: list[_Range]) -> str:
    """``text`` with the ranges blanked out; lines that hold nothing else are empty."""
    if not ranges:
        return text
    parts: list[str] = []
    position = 0
    for start, end in sorted(ranges):
        if end <= position:
            continue
        parts.append(text[position : max(start, position)])
        parts.append("".join("\n" if char == "\n" else FILLER for char in text[max(start, position) : end]))
        position = end
    lines = "".join([*parts, text[position:]]).split("\n")
    return "\n".join(" " * len(line) if FILLER in line and not line.strip(f"{FILLER} \t") else line for line in lines)


def _front_matter_end(text: str) -> int:
    """Where the front matter ends: YAML between ``---``, TOML between ``+++``, or JSON; 0 where there is none.

    Comments of HTML may stand before it.
    """
    start = 0
    while text.startswith("<!--", start):
        closed = text.find("-->", start)
        if closed < 0:
            return 0
        start = closed + 3
        while start < len(text) and text[start] in " \t\n":
            start += 1
    for fence in ("---", "+++"):
        if re.match(re.escape(fence) + r"[ \t]{0,9}\n", text[start : start + 20]):
            end = re.compile(rf"^{re.escape(fence)}[ \t]{{0,9}}$", re.MULTILINE).search(text, start + 4)
            return end.end() if end else 0
    if text.startswith(("{\n", "{ \n", "{\r"), start):
        import json

        try:
            return json.JSONDecoder().raw_decode(text, start)[1]
        except (ValueError, RecursionError):
            return 0
    return 0


_ITEM = regex(r"^([ \t]{0,8})- (['\"]?)(?=\S)(.*(?:\n\1[ \t]{1,8}(?!- ).*){0,30})", re.MULTILINE)
_DOSE = regex(r"\d\s?(?:mg|mcg|µg|g|mL|ml|units|IU)\b")
_SENTENCE_FROM = 40
"""Characters from which an item of the front matter is a sentence rather than a word."""


def _front_matter(text: str, end: int) -> Iterator[_Range]:
    """The front matter without the items of its lists that are sentences with a dose:
    there are pages that keep their steps there.
    """
    reached = 0
    for hit in _ITEM.finditer(text, 0, end):
        words = hit[3].rstrip()
        if len(words) < _SENTENCE_FROM or not _DOSE.search(words):
            continue
        yield reached, hit.end(1)
        if hit[2]:
            yield hit.start(2), hit.start(3)
        reached = hit.start(3) + len(words)
        if hit[2] and words.endswith(hit[2]):
            reached -= 1
    yield reached, end


def _liquid_blocks(text: str) -> Iterator[_Range]:
    """``{% comment %} … {% endcomment %}``: what stands between is never shown."""
    position = 0
    while found := _LIQUID.search(text, position):
        position = found.end()
        if found[1] == "comment":
            closed = re.compile(r"\{%-?\s{0,9}endcomment\s{0,9}-?%\}").search(text, position)
            if closed is None:
                return
            yield found.start(), closed.end()
            position = closed.end()


def _tags(text: str) -> Iterator[_Range]:
    """Shortcodes, template tags, comments of MDX and mathematics; each ends before the next empty line but one of
    MDX.
    """
    opened = re.compile("|".join(re.escape(start) for start, _ in _PAIRS))
    ends = dict(_PAIRS)
    position = 0
    while found := opened.search(text, position):
        begin = found.start()
        limit = min(len(text), begin + _LONGEST)
        if found.group() != "{/*":
            empty = text.find("\n\n", begin, limit)
            limit = empty if empty >= 0 else limit
        closed = text.find(ends[found.group()], found.end(), limit)
        if closed < 0:
            position = found.end()
            continue
        position = closed + len(ends[found.group()])
        yield begin, position


def _addresses(text: str) -> Iterator[_Range]:
    """Addresses that stand in the text; those of Markdown links are left to Markdown."""
    return ((found.start(), found.end()) for found in _ADDRESS.finditer(text))


def without_link_targets(html: str) -> str:
    """A block of HTML inside Markdown, where links of Markdown are none: the targets are no text all the same."""
    return _blanked(html, [(found.start(), found.end()) for found in _TARGET.finditer(html)])


def _mdx(text: str) -> Iterator[_Range]:
    """Imports and exports of MDX up to the next empty line, and expressions in braces."""
    reached = 0
    for found in _MDX_LINE.finditer(text):
        if found.start() >= reached and _MDX_STATEMENT.match(found.group()):
            closed = text.find("\n\n", found.start())
            reached = closed if closed >= 0 else len(text)
            yield found.start(), reached
    depth = begin = 0
    for found in re.finditer(r"[{}]|\n\n", text):
        char = found.group()
        if char == "{":
            begin = found.start() if depth == 0 else begin
            depth += 1
        elif char == "}" and depth:
            depth -= 1
            if depth == 0:
                yield begin, found.end()
        elif char == "\n\n":
            depth = 0
