"""A headless Chromium, where there is one: a page as it is after its scripts ran, and axe's verdict on it.

axe-core is no dependency: ``DOSEREF_AXE`` names its ``axe.min.js``. Tests skip, saying why, where either is missing.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest


def chromium() -> str:
    """The browser; skips the test where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


def run(*arguments: str, profile: Path) -> str:
    """What Chromium prints for these arguments."""
    done = subprocess.run(
        [chromium(), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=True,
    )  # fmt: skip
    return done.stdout


def dom(page: str, script: str, tmp_path: Path, width: int = 1280) -> str:
    """The text that ``script`` puts into an element ``out`` at the end of ``page``."""
    free = re.sub(r"<meta http-equiv='Content-Security-Policy'[^>]*>", "", page)
    tail = f"<pre id='out' hidden></pre><script>{script}</script>"
    path = tmp_path / "page.html"
    path.write_text(free.replace("</body>", tail + "</body>"), encoding="utf-8")
    printed = run(
        f"--window-size={width},900", "--virtual-time-budget=15000", "--dump-dom", path.as_uri(), profile=tmp_path / "profile"
    )  # fmt: skip
    found = re.search(r"<pre id=\"out\"[^>]*>(.*?)</pre>", printed, re.S)
    assert found, printed[-500:]
    return html.unescape(found[1])


def axe(page: str, tmp_path: Path, width: int = 1280) -> list[str]:
    """What axe finds wrong, each with the first element; skips where axe-core is not at hand."""
    path = os.environ.get("DOSEREF_AXE", "")
    if not path or not Path(path).is_file():
        pytest.skip("DOSEREF_AXE names no axe.min.js (npm install axe-core)")
    code = Path(path).read_text(encoding="utf-8").replace("</script", "<\\/script")
    script = code + (
        ";axe.run(document,{resultTypes:['violations']}).then(r=>{document.getElementById('out').textContent="
        "JSON.stringify(r.violations.map(v=>[v.id,v.nodes.length,v.nodes[0].html.slice(0,200)]))})"
    )
    found: list[list[Any]] = json.loads(dom(page, script, tmp_path, width))
    return [f"{rule} × {count}: {first}" for rule, count, first in found]


def overflow(page: str, tmp_path: Path, width: int = 390) -> int:
    """Pixels by which a page is wider than its window (a frame of ``width``)."""
    inner = html.escape(re.sub(r"<meta http-equiv='Content-Security-Policy'[^>]*>", "", page), quote=True)
    frame = f"<!DOCTYPE html><html><body><iframe id='f' width='{width}' height='900' srcdoc=\"{inner}\"></iframe></body></html>"
    script = (
        "const f=document.getElementById('f');f.onload=()=>{const e=f.contentDocument.documentElement;"
        "document.getElementById('out').textContent=String(e.scrollWidth-e.clientWidth)}"
    )
    return int(dom(frame, script, tmp_path))
