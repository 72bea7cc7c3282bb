"""What is promised in SECURITY.md: no network but the service's own, and nothing read outside an untrusted directory."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "doseref"
NETWORK = (
    "socket",
    "ssl",
    "http",
    "urllib",
    "requests",
    "httpx",
    "ftplib",
    "smtplib",
    "socketserver",
    "webbrowser",
    "xmlrpc",
)
HARMLESS = ("urllib.parse",)
"""Takes addresses apart and opens nothing."""
SERVICE = ("service", "serve.py")

FORBID = """
import socket, sys

def refuse(*_, **__):
    raise AssertionError("a socket was opened")

socket.socket = socket.create_connection = socket.getaddrinfo = refuse
from doseref.cli import main
sys.exit(main())
"""
"""Runs a command in which opening a socket is an error."""


def imported(tree: ast.AST) -> set[str]:
    """Every module that a source names in an import, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return names


def opens(module: str) -> bool:
    return module.partition(".")[0] in NETWORK and not module.startswith(HARMLESS) and module != "urllib"


def test_no_module_but_the_service_opens_a_socket() -> None:
    told = {
        f"{path.relative_to(SOURCES)}: {module}"
        for path in SOURCES.rglob("*.py")
        if not set(SERVICE) & set(path.relative_to(SOURCES).parts)
        for module in imported(ast.parse(path.read_text("utf-8")))
        if opens(module)
    }
    assert told == set()


def test_an_import_of_the_network_is_seen() -> None:
    seen = imported(ast.parse("def ask():\n    from urllib.request import urlopen\n    from urllib.parse import quote"))
    assert {module for module in seen if opens(module)} == {"urllib.request", "urllib.request.urlopen"}


@pytest.mark.parametrize(
    "words",
    [
        ("check", "ibuprofen 400 mg three times daily", "--format", "html"),
        ("parse", "1 tablet twice daily", "--format", "fhir"),
        ("show", "acetaminophen", "--format", "json"),
        ("validate",),
        ("convert", "500 mcg", "mg"),
    ],
)
def test_commands_run_where_sockets_are_forbidden(words: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-c", FORBID, *words], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.fixture
def untrusted(tmp_path: Path) -> Path:
    """A copy of the shipped tables, beside a file that is nobody's business."""
    (tmp_path / "secret.csv").write_text("id,hidden-word\n", "utf-8")
    (tmp_path / "secret.json").write_text('{"version": "hidden-word"}', "utf-8")
    return Path(shutil.copytree(ROOT / "data", tmp_path / "tables"))


@pytest.mark.parametrize(
    ("file", "secret", "code"),
    [("drugs.csv", "secret.csv", "D108"), ("datapackage.json", "secret.json", "D111")],
)
def test_nothing_outside_an_untrusted_directory_is_read(untrusted: Path, file: str, secret: str, code: str) -> None:
    (untrusted / file).unlink()
    (untrusted / file).symlink_to(untrusted.parent / secret)
    for words in (("validate", "."), ("check", "--data", ".", "ibuprofen 400 mg daily")):
        done = subprocess.run(
            [sys.executable, "-m", "doseref", *words], capture_output=True, text=True, check=False, cwd=untrusted
        )
        assert "hidden-word" not in done.stdout + done.stderr
        assert done.returncode in (1, 2)
        if words[0] == "validate":
            assert code in done.stdout


def test_a_link_inside_the_directory_is_followed(untrusted: Path) -> None:
    (untrusted / "drugs.csv").rename(untrusted / "kept.txt")
    (untrusted / "drugs.csv").symlink_to("kept.txt")
    done = subprocess.run(
        [sys.executable, "-m", "doseref", "validate", str(untrusted)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
