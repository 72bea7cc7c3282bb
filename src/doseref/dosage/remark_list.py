"""The words that a remark may hold, as ``remark_words.txt`` beside this module lists them."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def words() -> frozenset[str]:
    """The words of ``remark_words.txt``, read when a line first asks for one."""
    lines = Path(__file__).with_name("remark_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
