"""A hook of mkdocs: the pages that come from the code, and those that stand beside ``docs/``.

- ``index.md``, ``glossary.md``, ``contributing.md``, ``changelog.md`` and ``security.md`` are README, GLOSSARY, CONTRIBUTING, CHANGELOG and
  SECURITY of the repository, with their links turned; each stands in one place only.
- ``reference/commands.md``, ``reference/schemas.md`` and ``reference/python-api.md`` are made from the program when the site is built,
  so they cannot be stale.
- What a page links to elsewhere in the repository (an example, a table of tests) comes along into the site.
- A page of the navigation that is not written yet is left out; decisions are listed by their numbers.
"""

from __future__ import annotations

import contextlib
import enum
import inspect
import io
import json
import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BESIDE = {
    "index.md": "README.md", "glossary.md": "GLOSSARY.md", "contributing.md": "CONTRIBUTING.md", "changelog.md": "CHANGELOG.md",
    "security.md": "SECURITY.md",
}  # fmt: skip
"""Page of the site → the file of the repository that it is."""
_LINK = re.compile(r"(!?\[(?:[^\]\[]|\[[^\]]*\])*\])\(([^)\s#]+)(#[^)\s]*)?\)")
_MADE = "Made from the program when this site was built.\n"


# Pages -------------------------------------------------------------------------------------------------------------


def pages() -> dict[str, str]:
    """The pages that are not files of ``docs/``, by their place in the site."""
    made = {
        page: turned((ROOT / name).read_text("utf-8"), name, page)
        for page, name in BESIDE.items()
        if (ROOT / name).is_file()
    }
    return {
        **made, "reference/commands.md": commands(), "reference/schemas.md": schemas(), "reference/python-api.md": python_api(),
    }  # fmt: skip


def commands() -> str:
    """The help of every command, as the program prints it."""
    from doseref.cli.main import COMMANDS

    parts = ["# Commands\n", _MADE, "## doseref\n", _text(_help([]))]
    for name, (_, line) in COMMANDS.items():
        parts += [f"## doseref {name}\n", f"{line}\n", _text(_help([name]))]
    return "\n".join(parts)


def _help(words: list[str]) -> str:
    from doseref.cli.main import run

    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    os.environ["COLUMNS"] = "100"
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        run([*words, "--help"])
    return out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


def _text(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"


def schemas() -> str:
    """The JSON Schemas of what the commands write: which document is which part, and every part once."""
    from doseref.schemas import DOCUMENTS, definitions

    documents = [
        f"| `{identity}` | `{written}` | [{part}](#{part}) |" for part, identity, written in DOCUMENTS.values()
    ]
    parts = [
        "# JSON schemas\n", _MADE,
        "`doseref schema DOCUMENT` prints the JSON Schema (2020-12), complete in itself; [what may change](../stability.md) says what holds.\n",
        "\n".join(["| document | written by | its form |", "| --- | --- | --- |", *documents, ""]),
    ]  # fmt: skip
    for name, node in sorted(definitions().items()):
        body = _fields(node) if "properties" in node else f"{_kind(node)}\n"
        parts += [f"## {name}\n", *([f"{node['description']}\n"] if "description" in node else []), body]
    return "\n".join(parts)


def _fields(node: dict[str, Any]) -> str:
    required = set(node.get("required", ()))
    rows = [
        f"| `{field}` | {_kind(of)} | {'yes' if field in required else ''} | {_cell(of.get('description', ''))} |"
        for field, of in node.get("properties", {}).items()
    ]
    return "\n".join(["| field | type | always | what it holds |", "| --- | --- | --- | --- |", *rows, ""])


def _kind(node: Any) -> str:
    if not isinstance(node, dict):
        return "any"
    if "$ref" in node:
        part = str(node["$ref"]).rsplit("/", 1)[-1]
        return f"[{part}](#{part})"
    if "const" in node:
        return f"`{json.dumps(node['const'])}`"
    if "enum" in node:
        return ", ".join(f"`{json.dumps(each)}`" for each in node["enum"])
    for either in ("anyOf", "oneOf"):
        if either in node:
            return " or ".join(_kind(each) for each in node[either])
    kind = node.get("type", "any")
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    return f"list of {_kind(node['items'])}" if kind == "array" and "items" in node else words


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def python_api() -> str:
    """Every public name of the package with its signature and docstring, and the public members of its classes."""
    import doseref

    parts = ["# Python API\n", _MADE, "[In Python and in notebooks](../python.md) walks through it.\n"]
    for name in (each for each in dir(doseref) if not each.startswith("_")):
        thing = getattr(doseref, name)
        parts += [f"## {name}\n", *_described(name, thing)]
        if inspect.isclass(thing):
            parts += _fields_of(thing)
            for member, of in _members(thing):
                parts += [f"### {name}.{member}\n", *_described(member, of)]
    return "\n".join(parts)


def _members(kind: type) -> Iterator[tuple[str, Any]]:
    for name, member in sorted(vars(kind).items()):
        if isinstance(member, classmethod | staticmethod):
            member = member.__func__
        if not name.startswith("_") and (
            inspect.isfunction(member) or isinstance(member, property) or hasattr(member, "func")
        ):
            yield name, member


def _described(name: str, thing: Any) -> list[str]:
    of = thing.fget if isinstance(thing, property) else getattr(thing, "func", thing)
    words = re.sub(r":\w+:`([^`]+)`", r"`\1`", inspect.getdoc(of) or "").replace("``", "`")
    if isinstance(thing, property) or hasattr(thing, "func"):
        kind = inspect.signature(of).return_annotation
        return [_code(f"{name}: {kind}"), words + "\n"]
    # A record gets an __init__ of its own once it has been made a few times, whose defaults are no words.
    if inspect.isclass(thing) and (
        issubclass(thing, (Exception, enum.Enum))
        or hasattr(thing, "_record_fields")
        or "args" in inspect.signature(thing).parameters
    ):
        bases = ", ".join(each.__name__ for each in thing.__bases__ if each is not object)
        return [_code(f"class {name}({bases})" if bases else f"class {name}"), words + "\n"]
    signature = str(inspect.signature(thing))
    return [_code(f"{name}{signature}"), words + "\n"]


def _code(text: str) -> str:
    """A signature without the quotation marks that postponed annotations have."""
    return "```text\n" + re.sub(r"(: |-> )'([^']+)'", r"\1\2", text) + "\n```\n"


def _default(value: Any) -> str:
    return f"`{value!r}`" if type(value).__repr__ is not object.__repr__ else "made anew"


def _fields_of(kind: type) -> list[str]:
    """The fields of a record with their types and defaults."""
    known = vars(kind)
    rows = [
        f"| `{name}` | `{_cell(str(of))}` | {_default(known[name]) if name in known else ''} |"
        for name, of in inspect.get_annotations(kind).items()
        if not name.startswith("_")
    ]
    return ["\n".join(["| field | type | default |", "| --- | --- | --- |", *rows, ""])] if rows else []


# Links -------------------------------------------------------------------------------------------------------------


def turned(text: str, stands: str, page: str) -> str:
    """``text`` with its links to files turned: ``stands`` is where its file stands in the repository, ``page`` where it is in the site.

    What is in the site is linked there; another file of the repository comes along; a directory is named without a link.
    """

    def to(found: re.Match[str]) -> str:
        words, target, anchor = found[1], found[2], found[3] or ""
        if re.match(r"[a-z]+:", target):
            return found[0]
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(stands), target))
        place = _in_site(whole)
        if place is None:
            return words if words.startswith("!") else words[1:-1]
        return f"{words}({posixpath.relpath(place, posixpath.dirname(page) or '.')}{anchor})"

    parts = re.split(r"(^ *```.*?^ *```$)", text, flags=re.MULTILINE | re.DOTALL)
    return "".join(part if part.lstrip().startswith("```") else _LINK.sub(to, part) for part in parts)


def _in_site(path: str) -> str | None:
    """Where a file of the repository is in the site."""
    for page, name in BESIDE.items():
        if path == name:
            return page
    if path.startswith("docs/"):
        return (
            path.removeprefix("docs/")
            if not (ROOT / path).is_dir()
            else path.removeprefix("docs/").rstrip("/") + "/README.md"
        )
    return f"repository/{path}{'.txt' if path.endswith('.md') else ''}" if (ROOT / path).is_file() else None


# The hook ----------------------------------------------------------------------------------------------------------


def on_config(config: Any) -> Any:
    """Leave out of the navigation what is not written yet, and list the decisions."""
    there = {*pages(), *(path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md"))}
    config["nav"] = _kept(config["nav"], there)
    return config


def _kept(nav: list[Any], there: set[str]) -> list[Any]:
    found: list[Any] = []
    for entry in nav:
        if isinstance(entry, str):
            found.append(entry)
            if entry == "decisions/README.md":
                found += sorted(f"decisions/{path.name}" for path in (ROOT / "docs/decisions").glob("0*.md"))
            continue
        ((title, target),) = entry.items()
        if isinstance(target, list):
            if inner := _kept(target, there):
                found.append({title: inner})
        elif target in there:
            found.append(entry)
    return found


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that are made, and what the pages link to outside ``docs/``."""
    from mkdocs.structure.files import File

    made = pages()
    for page, text in made.items():
        files.append(File.generated(config, page, content=text))
    written = {
        f"docs/{path.relative_to(ROOT / 'docs').as_posix()}": path.read_text("utf-8")
        for path in (ROOT / "docs").rglob("*.md")
    }
    written |= {name: (ROOT / name).read_text("utf-8") for name in BESIDE.values() if (ROOT / name).is_file()}
    for stands, text in written.items():
        for _, target, _ in _LINK.findall(text):
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(stands), target))
            place = _in_site(whole)
            if place and place.startswith("repository/") and not files.get_file_from_path(place):
                files.append(File.generated(config, place, content=(ROOT / whole).read_text("utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Turn the links of a file of ``docs/``; the made pages have theirs turned."""
    place = page.file.src_uri
    if place in BESIDE or (place.startswith("reference/") and not (ROOT / "docs" / place).is_file()):
        return markdown
    return turned(markdown, f"docs/{place}", place)
