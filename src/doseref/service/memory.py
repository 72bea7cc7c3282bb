"""Memory of a process that stays: what is freed goes back to the system.

glibc raises the size from which a block is given back at once with each large block that it has seen, and keeps a heap
for every thread; after some thousand bodies of a megabyte the process holds what it used at its busiest moment.
"""

from __future__ import annotations

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Parameters of ``mallopt`` as ``malloc.h`` of glibc numbers them."""
_LARGE_BYTES = 65_536
_HEAPS = 2


def return_what_is_freed() -> bool:
    """Set the thresholds of the C library's allocator; whether it has them (glibc alone does)."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):  # no such library, no such function, no library without a name
        return False
    settings = ((_TRIM_THRESHOLD, _LARGE_BYTES), (_MMAP_THRESHOLD, _LARGE_BYTES), (_ARENA_MAX, _HEAPS))
    done = [mallopt(parameter, value) == 1 for parameter, value in settings]  # each is set, whatever the others say
    return all(done)
