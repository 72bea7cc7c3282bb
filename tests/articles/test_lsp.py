"""The language server, spoken to as an editor speaks: JSON-RPC over its standard input and output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from doseref.desk import Desk
from doseref.refdata import reference

pytest.importorskip("pygls")
ROOT = Path(__file__).resolve().parents[2]
KNEE = "# Knee pain\n\n- **Naproxen**: 250 mg twice daily, no more than 1,000 mg a day\n"
BACK = "# Back pain\n\n- 😀 **Naproxen**: 250 mg twice daily, no more than 1,250 mg a day\n"


class Editor:
    """As much of an editor as the test needs."""

    def __init__(self, directory: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "doseref", "lsp"],
            cwd=directory, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
        self.heard: Queue[Any] = Queue()
        self.number = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        out = self.process.stdout
        assert out is not None
        while True:
            size = 0
            while line := out.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    size = int(line.split(b":")[1])
            if not size:
                self.heard.put(None)
                return
            self.heard.put(json.loads(out.read(size)))

    def send(self, method: str, params: Any, *, ask: bool = False) -> None:
        message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
        if ask:
            self.number += 1
            message["id"] = self.number
        content = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.process.stdin.flush()

    def ask(self, method: str, params: Any) -> Any:
        """The answer to a request; what is told meanwhile is passed over."""
        self.send(method, params, ask=True)
        while True:
            message = self.heard.get(timeout=60)
            assert message is not None, self.process.stderr.read() if self.process.stderr else ""
            if message.get("id") == self.number and "method" not in message:
                return message["result"]

    def diagnostics(self, uri: str) -> Any:
        """The next findings that are sent for a document."""
        while True:
            message = self.heard.get(timeout=60)
            assert message is not None, self.process.stderr.read() if self.process.stderr else ""
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                return message["params"]["diagnostics"]


def test_an_editor_is_told_while_it_writes(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "doseref.toml").write_text('paths = ["*.md"]\n', encoding="utf-8")
    (tmp_path / "knee.md").write_text(KNEE, encoding="utf-8")
    back = tmp_path / "back.md"
    back.write_text("", encoding="utf-8")
    uri = back.as_uri()
    editor = Editor(tmp_path)
    try:
        able = editor.ask("initialize", {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": {}})
        assert able["capabilities"]["hoverProvider"] and able["capabilities"]["definitionProvider"]
        editor.send("initialized", {})
        document = {"uri": uri, "languageId": "markdown", "version": 1, "text": BACK}
        editor.send("textDocument/didOpen", {"textDocument": document})
        (found,) = editor.diagnostics(uri)
        assert (found["code"], found["severity"], found["source"]) == ("A101", 1, "doseref")
        # '- 😀 **Naproxen**: 250 mg twice daily, no more than ' has 51 characters, one of them of two units
        assert found["range"]["start"] == {"line": 2, "character": 52}
        assert found["relatedInformation"][0]["location"]["uri"] == (tmp_path / "knee.md").as_uri()
        at = {"textDocument": {"uri": uri}, "position": {"line": 2, "character": 55}}
        text = editor.ask("textDocument/hover", at)["contents"]["value"]
        assert "knee.md, line 3: 250 mg twice daily, no more than 1,000 mg a day" in text
        (place,) = editor.ask("textDocument/definition", at)
        assert (place["uri"], place["range"]["start"]["line"]) == ((tmp_path / "knee.md").as_uri(), 2)
        change = {
            "textDocument": {"uri": uri, "version": 2},
            "contentChanges": [{"text": BACK.replace("1,250", "1,000")}],
        }
        editor.send("textDocument/didChange", change)
        assert editor.diagnostics(uri) == []
        assert editor.ask("textDocument/hover", {**at, "position": {"line": 0, "character": 3}}) is None
        editor.ask("shutdown", None)
        editor.send("exit", None)
        assert editor.process.wait(timeout=30) == 0
    finally:
        editor.process.kill()


def test_the_desk_keeps_what_is_written_before_what_is_on_the_disk(tmp_path: Path) -> None:
    knee, back = tmp_path / "knee.md", tmp_path / "back.md"
    knee.write_text(KNEE, encoding="utf-8")
    back.write_text(BACK, encoding="utf-8")
    desk = Desk(reference(), files=[str(knee), str(back)])
    assert [found.code for found, _ in desk.findings(str(knee))] == ["A101"]
    desk.write(str(back), BACK.replace("1,250", "1,000"))
    assert desk.findings(str(knee)) == []
    desk.close(str(back))
    assert [found.code for found, _ in desk.findings(str(knee))] == ["A101"]
    back.unlink()
    desk.close(str(back))
    assert desk.findings(str(knee)) == []
    assert desk.explained(str(knee), 3, 20) == (
        "**naproxen**\n\nNothing else is said of it in this article, the only one that was read."
    )
    (tmp_path / "other.md").write_text("# Gout\n\n- **Ibuprofen**: 200 mg twice daily\n", encoding="utf-8")
    desk.add([str(tmp_path / "other.md"), str(knee)])
    assert (
        desk.explained(str(knee), 3, 20)
        == "**naproxen**\n\nNothing else is said of it in the 2 articles that were read."
    )


def test_paths_are_as_seen_from_the_project(tmp_path: Path) -> None:
    for name, text in (("knee.md", KNEE), ("back.md", BACK)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    desk = Desk(reference(), files=[str(tmp_path / "knee.md"), str(tmp_path / "back.md")], root=tmp_path)
    ((found, _),) = desk.findings(str(tmp_path / "knee.md"))
    assert str(tmp_path) in found.message
    assert str(tmp_path) not in desk.short(found.message)
    assert "(back.md line 3)" in desk.short(found.message)
    assert str(tmp_path) not in desk.explained(str(tmp_path / "knee.md"), 3, 20)


def test_without_settings_the_articles_beside_an_open_one_are_read(tmp_path: Path) -> None:
    for name, text in (("knee.md", KNEE), ("back.md", BACK)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "more.md").write_text(BACK, encoding="utf-8")
    editor = Editor(tmp_path)
    try:
        editor.ask("initialize", {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": {}})
        editor.send("initialized", {})
        document = {"uri": (tmp_path / "knee.md").as_uri(), "languageId": "markdown", "version": 1, "text": KNEE}
        editor.send("textDocument/didOpen", {"textDocument": document})
        (told,) = editor.diagnostics((tmp_path / "knee.md").as_uri())
        assert told["code"] == "A101"
        assert "1,250 mg/day (back.md line 3)" in told["message"]
        editor.ask("shutdown", None)
        editor.send("exit", None)
    finally:
        editor.process.kill()
