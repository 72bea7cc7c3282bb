"""Text of a user on its way to a terminal or a log: an escape sequence in a name must not drive either."""

from __future__ import annotations


def clean(text: str, keep: str = "") -> str:
    """Text with a blank in the place of every control character but those to ``keep``."""
    return "".join(char if char.isprintable() or char in keep else " " for char in text)


def escaped(text: str, keep: str = "\n") -> str:
    """Text with control characters shown as escapes (``\\x1b``), for findings about the characters themselves."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or char in keep else char.encode("unicode_escape", "replace").decode("ascii")
        for char in text
    )
