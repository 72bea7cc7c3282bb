"""Comments in an article that silence rules: ``<!-- doseref: ignore A102 reason -->``."""

from __future__ import annotations

from collections.abc import Iterable

from doseref.articles.model import Block, Ignore, Piece
from doseref.patterns import regex

_IGNORE = regex(r"doseref:\s*ignore(?P<file>-file)?(?![\w-])(?P<rest>[^\n]{0,400})")
_ANY = regex(r"(?:<!--|\{/\*)\s{0,9}doseref:\s*(?P<word>[\w-]{3,20})(?P<rest>[^\n]{0,400})")
_NO_COLON = regex(r"(?:<!--|\{/\*)\s{0,9}doseref[\s-]{1,3}(?P<word>ignore(?:-file)?)\b")
_END = regex(r"-->|\*/")
"""Where a comment ends in HTML and Markdown, or in MDX."""
_WORDS = ("ignore", "ignore-file")
_CODE = regex(r"A\d{3}\Z")
_NAMES_CODE = regex(r"\bA\d{3}\b")
_NEAR_CODE = regex(r"[A-Za-z]{1,2}[\dOoIl]{2,4}[A-Za-z]{0,2}")


def read_ignores(text: str, blocks: list[Block]) -> tuple[tuple[Ignore, ...], tuple[tuple[int, str], ...]]:
    """The ``doseref: ignore`` comments, and what is wrong with comments that silence nothing (line, message)."""
    return tuple(_ignores(text, blocks)), tuple(_mistakes(text))


def _mistakes(text: str) -> Iterable[tuple[int, str]]:
    """Comments that were meant to silence something and do not: a misspelled word, or no code of a rule."""
    for found in _NO_COLON.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield line, f"a colon is missing behind 'doseref' and nothing is silenced; write 'doseref: {found['word']}'"
    for found in _ANY.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        word = found["word"].lower()
        if word not in _WORDS:
            if any(_close(word, known) for known in _WORDS) or _NAMES_CODE.search(found["rest"]):
                yield line, f"'doseref: {found['word']}' is not understood; write 'doseref: ignore'"
            continue
        words = _END.split(found["rest"])[0].replace(",", " ").split()
        near = [each for each in words if _NEAR_CODE.fullmatch(each) and not _CODE.fullmatch(each)]
        if near and _CODE.match(near[0].upper()):
            yield line, f"{near[0]!r} silences nothing; codes are in capitals, write {near[0].upper()!r}"
        elif near:
            yield line, f"{near[0]!r} is no code of a rule (A101 to A303); it silences nothing"
        elif not any(_CODE.match(each) for each in words):
            yield line, f"'doseref: {found['word']}' names no rule and silences nothing; name one, such as A102"


def _close(word: str, known: str) -> bool:
    """Whether a word has the letters of another, or all but one of them."""
    return sorted(word) == sorted(known) or (
        abs(len(word) - len(known)) <= 1 and sum(a != b for a, b in zip(word, known, strict=False)) <= 1
    )


def _ignores(text: str, blocks: list[Block]) -> Iterable[Ignore]:
    """Each comment covers its own line and the block that follows it."""
    starts = sorted({piece.line for block in blocks for piece in _all_pieces(block)})
    last_line = text.count("\n") + 1
    position = line = 0
    for found in _IGNORE.finditer(text):
        line += text.count("\n", position, found.start())
        position = found.start()
        words = _END.split(found["rest"])[0].replace(",", " ").split()
        codes = tuple(word for word in words if _CODE.match(word))
        reason = " ".join(word for word in words if not _CODE.match(word))
        here = line + 1
        if found["file"]:
            yield Ignore(codes, reason, 1, last_line)
            continue
        following = next((start for start in starts if start > here), here)
        block_end = max((_last_line(block) for block in blocks if _first_line(block) == following), default=following)
        yield Ignore(codes, reason, here, block_end)


def _all_pieces(block: Block) -> Iterable[Piece]:
    yield from block.pieces
    for cell in block.cells:
        yield from cell.pieces


def _first_line(block: Block) -> int:
    return min((piece.line for piece in _all_pieces(block)), default=0)


def _last_line(block: Block) -> int:
    return max((piece.line for piece in _all_pieces(block)), default=0)
