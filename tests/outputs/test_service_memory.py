"""What is freed goes back to the system, so that a process that stays holds no more than it uses."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

PROGRAM = """
import sys
from pathlib import Path

def resident_kib():
    return int(next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")).split()[1])

if sys.argv[1] == "set":
    from doseref.service.memory import return_what_is_freed
    assert return_what_is_freed()
before, kept, bodies = resident_kib(), [], []
for _ in range(400):
    bodies.append(bytearray(100_000))
    kept.append(bytearray(700))  # what lies between them stays
del bodies
print((resident_kib() - before) // 1024)
"""


def held_mib(how: str) -> int:
    """What 400 bodies of 100 kB leave behind once they are gone."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(
    sys.platform != "linux" or platform.libc_ver()[0] != "glibc", reason="the thresholds are those of glibc"
)
def test_bodies_that_are_gone_are_no_longer_held() -> None:
    assert held_mib("unset") >= 30  # 400 × 100 kB are 38 MiB: without the thresholds they stay
    assert held_mib("set") <= 8
