"""A command ends at once where nobody waits for its end, with its exit code and all it wrote; else as any program does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ITEM = "Docusate 100 mg twice daily"
OVER = "Tylenol Extra Strength 500 mg, 3 tablets every 4 hours"


def run(before: str, *words: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys\n{before}\nfrom doseref.cli import main\nmain()"
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(("item", "code"), [(ITEM, 0), (OVER, 1)])
def test_all_is_written_and_the_code_is_told(item: str, code: int) -> None:
    ended = run("", "check", item)
    assert ended.returncode == code
    assert ended.stdout.split()[-1] == "explains."
    assert ended.stderr == ""


def test_what_is_to_run_at_the_end_runs() -> None:
    ended = run("import atexit; atexit.register(print, 'at the end')", "check", ITEM)
    assert ended.returncode == 0
    assert ended.stdout.endswith("at the end\n")


def test_other_threads_are_waited_for() -> None:
    before = "import threading, time; threading.Thread(target=lambda: (time.sleep(2), print('done'))).start()"
    ended = run(before, "check", ITEM)
    assert ended.returncode == 0
    assert ended.stdout.endswith("done\n")


def test_output_that_cannot_be_written_is_told() -> None:
    before = "sys.stdout.write('kept'); sys.stdout.flush = lambda: (_ for _ in ()).throw(OSError(28, 'full'))"
    ended = run(before, "check", ITEM)
    assert ended.returncode == 120  # as Python ends any program whose last output is lost
    assert "full" in ended.stderr


def test_output_to_links_in_a_circle_is_told_and_leaves_them(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.symlink_to(other)
    other.symlink_to(one)
    ended = run("", "check", ITEM, "--output", str(one))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "one: cannot be written: Too many levels of symbolic links" in ended.stderr
    assert one.is_symlink() and other.is_symlink()


def test_output_through_a_link_leaves_the_link(tmp_path: Path) -> None:
    one, file = tmp_path / "one", tmp_path / "file"
    one.symlink_to(file)  # where nothing is yet
    assert run("", "check", ITEM, "--output", str(one)).returncode == 0
    assert one.is_symlink() and file.read_text(encoding="utf-8").endswith("explains.\n")
