"""How many examples a law is tried on: a few in everyday runs, more with ``DOSEREF_LAWS=20000``."""

from __future__ import annotations

import os

WANTED = int(os.environ.get("DOSEREF_LAWS", "0"))


def examples(usual: int) -> int:
    """The usual number, or the one that the environment asks for."""
    return WANTED or usual
