"""How the laws are tried: the same examples in every everyday run, fresh ones where ``DOSEREF_LAWS`` asks for many.

A gate that fails by luck holds up a change that is not at fault, and what it found is gone with the next run; the many
fresh examples have a command of their own in ``CONTRIBUTING.md``.
"""

from __future__ import annotations

from hypothesis import settings

from law_size import WANTED

settings.register_profile("repeatable", derandomize=True, database=None)
settings.register_profile("searching", derandomize=False, print_blob=True)
settings.load_profile("searching" if WANTED else "repeatable")
