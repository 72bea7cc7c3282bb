"""The fenced blocks of a page: what a reader would type, what the page says comes back, and what comes back.

A page is run from top to bottom in a directory of its own that holds the clone's ``examples``, ``data``, ``tests`` and ``benchmarks``.

- ```` ```console ```` : lines after ``$ `` are typed (a line that ends in a backslash goes on), what stands beneath is what both
  output streams print at 80 columns. A line ``…`` stands for any lines left out, ``…`` in a line for any characters.
- ```` ```python ```` : run; what it prints is the comment behind each ``print``, and the comments at its end.
- ```` ```text title="list.txt" ```` : that file (any language), which the commands after it find. Without a title it is only shown.
- ``<!-- not run: reason -->`` before a block: it cannot be run here, and why.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = "…"
CLONE = ("examples", "data", "tests", "benchmarks", "README.md")
"""What of the clone a page finds beside it."""
_FENCE = re.compile(r"^(?P<indent> *)(?P<ticks>```+|~~~+)(?P<info>.*)$")
_MARK = re.compile(r"^\s*<!-- not run: (?P<reason>.+?) -->\s*$")
_TITLE = re.compile(r'title="(?P<title>[^"]+)"')
_PRINTED = re.compile(r"print\(.*\)  # (?P<said>.+)$")


@dataclass(frozen=True)
class Block:
    """A fenced block: where it begins (line number of its fence), its language, file name and text."""

    page: str
    line: int
    language: str
    title: str
    body: list[str]
    not_run: str = ""

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


@dataclass(frozen=True)
class Typed:
    """A command and what the page says it prints; ``line`` is the offset of the first printed line in the block's body."""

    command: str
    shown: list[str] = field(default_factory=list)
    first: int = 0


def blocks(page: str, text: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        opened = _FENCE.match(lines[at])
        if not opened:
            at += 1
            continue
        end = at + 1
        while end < len(lines) and lines[end].strip() != opened["ticks"]:
            end += 1
        mark = next((_MARK.match(lines[n]) for n in range(at - 1, max(at - 3, -1), -1) if lines[n].strip()), None)
        info = opened["info"].strip()
        title = _TITLE.search(info)
        indent = len(opened["indent"])
        yield Block(
            page, at + 1, info.split(" ", 1)[0], title["title"] if title else "",
            [line[indent:] for line in lines[at + 1 : end]], mark["reason"] if mark else "",
        )  # fmt: skip
        at = end + 1


def typed(block: Block) -> list[Typed]:
    """The commands of a console block with what is shown beneath each."""
    found: list[Typed] = []
    at = 0
    while at < len(block.body):
        line = block.body[at]
        at += 1
        if not line.startswith("$ "):
            if not found:
                raise ValueError(f"{block.place}: a console block begins with a line '$ command'")
            found[-1].shown.append(line)
            continue
        command = line[2:]
        while command.endswith("\\"):
            command = command[:-1] + block.body[at].strip()
            at += 1
        found.append(Typed(command, [], at))
    return found


def same(shown: list[str], printed: list[str]) -> bool:
    """Whether the page shows what was printed; ``…`` stands for what is left out."""
    parts = ["(?:.*\n)*?" if line.strip() == LEFT_OUT else _line(line) + "\n" for line in shown]
    return re.fullmatch("".join(parts), "".join(line.rstrip() + "\n" for line in printed)) is not None


def _line(line: str) -> str:
    return ".*?".join(re.escape(part) for part in line.rstrip().split(LEFT_OUT))


class Shell:
    """What is typed on one page: the directory stays, and so do the names that Python blocks define."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.names: dict[str, object] = {}
        self.code = 0
        for name in CLONE:
            (directory / name).symlink_to(ROOT / name)

    def write(self, block: Block) -> str:
        """The file that a block with a title shows, made; one of the clone must be as it is shown (what is wrong is returned)."""
        path = self.directory / block.title
        text = "\n".join(block.body) + "\n"
        if block.title.split("/")[0] in CLONE:
            return (
                "" if path.read_text(encoding="utf-8") == text else f"{block.place}: {block.title} holds something else"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return ""

    def type(self, command: str) -> list[str]:
        """The lines that a command prints to both streams."""
        if command == "echo $?":
            return [str(self.code)]
        if changed := re.fullmatch(r"cd (\S+)", command):
            self.directory /= changed[1]
            return []
        if command.startswith("doseref ") and not re.search(r"[|<>&;]", re.sub(r"\"[^\"]*\"|'[^']*'", "", command)):
            return self._in_process(shlex.split(command)[1:])
        environment = {**os.environ, "COLUMNS": "80", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command], cwd=self.directory, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        self.code = done.returncode
        return done.stdout.splitlines()

    def _in_process(self, words: list[str]) -> list[str]:
        from doseref.cli.main import run

        with _caught(self.directory) as out:
            try:
                run(words)
                self.code = 0
            except SystemExit as ended:
                self.code = int(ended.code or 0)
        return out.getvalue().splitlines()

    def python(self, block: Block) -> tuple[list[str], list[str]]:
        """What the comments of a block say is printed, and what is."""
        said = [found["said"] for line in block.body if (found := _PRINTED.search(line))]
        behind = len(block.body)
        while behind and block.body[behind - 1].startswith("# "):
            behind -= 1
        said += [line[2:] for line in block.body[behind:]]
        with _caught(self.directory) as out:
            exec(compile("\n".join(block.body), block.place, "exec"), self.names)
        return said, out.getvalue().splitlines()


class _Out(io.TextIOWrapper):
    def getvalue(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


@contextlib.contextmanager
def _caught(directory: Path) -> Iterator[_Out]:
    """Both streams in one, as on a terminal of 80 columns that shows no colour; started in ``directory``."""
    out = _Out(io.BytesIO(), encoding="utf-8", write_through=True)
    before = {name: os.environ.get(name) for name in ("COLUMNS", "NO_COLOR", "DOSEREF_DATA")}
    os.environ.update(COLUMNS="80", NO_COLOR="1")
    os.environ.pop("DOSEREF_DATA", None)
    try:
        with contextlib.chdir(directory), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            yield out
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


def run_page(page: Path, directory: Path, *, mend: bool = False) -> list[str]:
    """What on a page is not so, block by block; with ``mend`` the page's outputs are written anew, keeping what it leaves out."""
    text = page.read_text(encoding="utf-8")
    lines = text.splitlines()
    name = page.relative_to(ROOT).as_posix()
    shell = Shell(directory)
    faults: list[str] = []
    changes: list[tuple[int, int, list[str]]] = []
    for block in blocks(name, text):
        if block.not_run:
            continue
        if block.title:
            faults += filter(None, [shell.write(block)])
        elif block.language == "python":
            said, printed = shell.python(block)
            if not same(said, printed):
                faults.append(f"{block.place}: the comments say {said}, printed is {printed}")
        elif block.language == "console":
            for each in typed(block):
                printed = [line.rstrip() for line in shell.type(each.command)]
                if not same(each.shown, printed):
                    faults.append(_told(block, each, printed))
                    changes.append((block.line + each.first, len(each.shown), _kept(each.shown, printed)))
    if mend:
        for start, length, new in reversed(changes):
            lines[start : start + length] = new
        page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return faults


def _told(block: Block, each: Typed, printed: list[str]) -> str:
    shown = "\n    ".join(each.shown)
    return (
        f"{block.place}: $ {each.command}\n  shows\n    {shown}\n  prints\n    "
        + "\n    ".join(printed)
        + f"\n  mend, and read what changed: python tests/project/doc_blocks.py {block.page}"
    )


def _kept(shown: list[str], printed: list[str]) -> list[str]:
    """The new lines of an output, as many before and behind the first and last ``…`` as there were; lines that still hold stay."""
    patterns = [line for line in shown if LEFT_OUT in line and line.strip() != LEFT_OUT]
    printed = [next((line for line in patterns if same([line], [new])), new) for new in printed]
    marks = [n for n, line in enumerate(shown) if line.strip() == LEFT_OUT]
    if not marks:
        return printed
    behind = len(shown) - 1 - marks[-1]
    return [*printed[: marks[0]], LEFT_OUT, *(printed[-behind:] if behind else [])]


if __name__ == "__main__":
    import tempfile

    for given in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as somewhere:
            for fault in run_page((ROOT / given).resolve(), Path(somewhere), mend=True):
                print(fault.split("\n", 1)[0])
