"""At the prompt: typed lists, colour, completion, and what is said while it waits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from doseref.cli import completion
from doseref.cli.main import COMMANDS, run
from doseref.schemas import ALIASES, DOCUMENTS

MODULES = [(name, module) for name, (module, _) in COMMANDS.items()]
PROGRAM = [sys.executable, "-m", "doseref"]


def completed(*words: str) -> list[str]:
    return completion.complete(list(words), MODULES)


def at_terminal(typed: str, *words: str, program: list[str] | None = None, **more: str) -> tuple[int, str]:
    """The exit code and all that is shown, with a terminal for standard input, output and error."""
    pty = pytest.importorskip("pty", reason="there are no terminals to be made here")
    read, write = pty.openpty()
    process = subprocess.Popen(
        [*(program or PROGRAM), *words],
        stdin=write,
        stdout=write,
        stderr=write,
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "", "PAGER": "", **more},
    )
    os.close(write)
    os.write(read, typed.encode())
    shown = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            more = os.read(read, 65_536)
        except OSError:
            break  # the other side is closed
        if not more:
            break
        shown += more
    return process.wait(30), shown.decode("utf-8", "replace")


def test_items_are_typed_up_to_an_empty_line() -> None:
    code, shown = at_terminal("acetaminophen 1 g every 4 hours\naspirin 81 mg daily\n\n", "check", "--fail-on", "never")
    assert code == 0
    assert "Type the items, one a line" in shown
    assert "6,000 mg in 24 hours" in shown and "all of 2 items" in shown


def test_standard_input_on_a_terminal_says_that_it_waits() -> None:
    code, shown = at_terminal("aspirin 81 mg daily\n\x04", "check", "-")
    assert code == 0 and "reading standard input; Ctrl-D ends it" in shown


def test_a_pager_shows_what_is_longer_than_the_screen_and_nothing_else(tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho PAGED; cat\n", encoding="utf-8")
    pager.chmod(0o755)
    code, shown = at_terminal("", "rules", PAGER=str(pager))
    assert code == 0 and "PAGED" in shown and "R101" in shown
    for words, more in ((["check", "aspirin 81 mg daily"], str(pager)), (["rules"], ""), (["rules"], "/no/such/pager")):
        code, shown = at_terminal("", *words, PAGER=more)
        assert (code == 0 and "PAGED" not in shown and "R1" in shown) or "aspirin" in shown
    done = subprocess.run(
        [*PROGRAM, "rules"],
        capture_output=True,
        text=True,
        env={**os.environ, "PAGER": str(pager)},
        check=True,
        encoding="utf-8",
    )
    assert "PAGED" not in done.stdout


def test_colour_is_for_terminals_unless_it_is_unwanted() -> None:
    over = ("check", "acetaminophen 1 g every 4 hours")
    assert "\x1b[31;1mOVER" in at_terminal("", *over)[1]
    for words, more in (((), {"NO_COLOR": "1"}), (("--color", "never"), {}), ((), {"TERM": "dumb"})):
        code, shown = at_terminal("", *words, *over, **more)
        assert code == 1 and "OVER" in shown and "\x1b[31" not in shown


FAST_CLOCK = (
    "import time; real = time.monotonic; time.monotonic = lambda: real() * 10_000; "
    "from doseref.cli.main import run; import sys; run(sys.argv[1:])"
)
"""The program with a clock on which everything takes longer than two seconds."""


def test_progress_is_shown_on_a_terminal_alone_and_taken_away_again(tmp_path: Path) -> None:
    listed = tmp_path / "many.txt"
    listed.write_text("".join(f"[p{n}]\naspirin 81 mg daily\n" for n in range(1, 1201)), encoding="utf-8")
    words = ("check", "-f", str(listed), "--format", "json", "--output", str(tmp_path / "out.json"))
    code, shown = at_terminal("", *words, program=[sys.executable, "-c", FAST_CLOCK])
    assert code == 0 and "\r1,200 of 1,200 people" in shown and shown.rstrip("\n").endswith("\r\x1b[K")
    assert "of 1,200 people" not in at_terminal("", "check", "aspirin 81 mg daily")[1]
    done = subprocess.run([sys.executable, "-c", FAST_CLOCK, *words], capture_output=True, check=True)
    assert done.stderr == b"" and done.stdout == b""


def test_completion_is_installed_from_a_terminal(tmp_path: Path) -> None:
    code, shown = at_terminal("", "--install-completion", "bash", HOME=str(tmp_path))
    assert code == 0 and str(tmp_path) in shown
    assert [path for path in tmp_path.rglob("*") if path.is_file() and "doseref --complete" in path.read_text("utf-8")]


def test_without_a_terminal_nothing_is_asked_for() -> None:
    done = subprocess.run([*PROGRAM, "check"], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 2
    assert "nothing to check: give an ITEM or --file FILE" in done.stderr and "Type the items" not in done.stderr


@pytest.mark.parametrize(
    ("words", "coloured"),
    [
        (["--color", "always", "check", "acetaminophen 1 g q4h"], True),
        (["check", "acetaminophen 1 g q4h", "--color=always"], True),
        (["check", "acetaminophen 1 g q4h", "--color", "never"], False),
        (["check", "acetaminophen 1 g q4h"], False),
    ],
)
def test_colour_is_as_it_is_asked_for(words: list[str], coloured: bool, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(words)
    assert ended.value.code == 1
    shown = capsys.readouterr().out
    assert ("\x1b[31;1mOVER" in shown) == coloured and "OVER" in shown


def test_another_colour_is_refused_and_behind_two_dashes_it_is_an_item(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["check", "aspirin", "--color", "red"])
    assert ended.value.code == 2 and "--color 'red' is none of auto, always, never" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        run(["check", "--format", "json", "--", "--color"])
    assert json.loads(capsys.readouterr().out)["regimens"][0]["items"][0]["text"] == "--color"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("ch",), ["check"]),
        (("check", "--fo"), ["--format"]),
        (("check", "--format", "ma"), ["markdown"]),
        (("check", "x", "--fail-on", ""), ["error", "info", "never", "warning"]),
        (("rules", "R10"), [f"R10{n}" for n in range(1, 10)]),
        (("rules", "a30"), ["A301", "A302", "A303"]),
        (("schema", "re"), ["reconcile", "review"]),
        (("show", "aceta"), ["acetaminophen", "Acetamol"]),
        (("convert", "5 mg", "g", "--of", "napr"), ["Naprosyn", "naproxen"]),
        (("check", "-f", "so"), []),
    ],
)  # fmt: skip
def test_completion(words: tuple[str, ...], expected: list[str]) -> None:
    found = completed(*words)
    if words[0] in ("show", "convert"):  # the tables grow
        assert expected[-1 if words[0] == "convert" else 0] in found and all(
            each.lower().startswith(words[-1]) for each in found
        )
    else:
        assert found == expected


def test_every_command_completes_its_options_and_no_word_is_typed_for_it() -> None:
    for name in COMMANDS:
        assert "--help" in completed(name, "-"), name
        assert name == "schema" or len(completed(name, "--")) > 3, name
    assert set(completed("schema", "")) == {*DOCUMENTS, *ALIASES}
    assert completed("")[:2] == ["--color", "--help"]


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_the_script_is_written_where_the_shell_looks(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    run(["--install-completion", shell])
    told = capsys.readouterr().out
    (path,) = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert str(path) in told and "doseref --complete" in path.read_text(encoding="utf-8")
    run(["--show-completion", shell])
    assert capsys.readouterr().out == path.read_text(encoding="utf-8")


def test_bash_asks_and_is_answered(tmp_path: Path) -> None:
    import shutil

    if not shutil.which("bash"):
        pytest.skip("there is no bash here")
    (tmp_path / "doseref").write_text(f'#!/bin/sh\nexec {sys.executable} -m doseref "$@"\n', encoding="utf-8")
    (tmp_path / "doseref").chmod(0o755)
    lines = f'{completion.script("bash")}\nCOMP_WORDS=(doseref show "vitamin d"); COMP_CWORD=2; _doseref; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(
        ["bash", "-c", lines],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )
    assert "vitamin\\ D" in done.stdout.splitlines()


def test_a_list_that_is_named_without_its_option_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """ "doseref check clinic.txt" would be one item that is not known; a drug that a file is called after is one."""

    def code(item: Path | str) -> object:
        with pytest.raises(SystemExit) as ended:
            run(["check", str(item)])
        return ended.value.code

    path = tmp_path / "clinic.txt"
    path.write_text("aspirin 81 mg daily\n", encoding="utf-8")
    assert code(path) == 2
    told = f"{path} is a file, and an ITEM is a drug with its dose; a list is given with -f: -f {path}"
    assert told in capsys.readouterr().err
    assert code(tmp_path / "nothing.txt") == 0
    (tmp_path / "aspirin").touch()
    with pytest.MonkeyPatch.context() as here:
        here.chdir(tmp_path)
        assert code("aspirin") == 0
