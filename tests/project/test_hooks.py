"""The pre-commit hooks, the GitHub Action and their worked examples run what they say."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "pre-commit"


def yaml(path: Path) -> Any:
    return pytest.importorskip("yaml").safe_load(path.read_text(encoding="utf-8"))


def run(entry: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    program, *words = shlex.split(entry)
    assert program == "doseref"
    return subprocess.run(
        [sys.executable, "-m", "doseref", *words, *arguments],
        cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200"},
    )  # fmt: skip


def hooks() -> dict[str, Any]:
    return {hook["id"]: hook for hook in yaml(ROOT / ".pre-commit-hooks.yaml")}


def test_the_hook_sees_conflicts_with_articles_that_did_not_change(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "site")
    hook = hooks()["doseref-reconcile"]
    assert hook["pass_filenames"] is False
    done = run(hook["entry"], cwd=tmp_path / "site")
    shown = (
        (EXAMPLE / "README.md").read_text(encoding="utf-8").split("$ doseref reconcile --here --format concise\n")[1]
    )
    assert (done.returncode, done.stdout) == (1, shown.split("```")[0])
    knee = tmp_path / "site" / "content" / "knee.md"
    knee.write_text(knee.read_text(encoding="utf-8").replace("1,000", "1,250"), encoding="utf-8")
    assert run(hook["entry"], cwd=tmp_path / "site").returncode == 0


def test_without_settings_the_hook_reads_the_repository_and_not_the_data(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text("- **Naproxen**: 500 mg twice daily, maximum 500 mg/day\n", encoding="utf-8")
    done = run(hooks()["doseref-reconcile"]["entry"], cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("a.md:1:")


def test_the_hook_of_the_tables(tmp_path: Path) -> None:
    (tmp_path / "our-tables").mkdir()
    (tmp_path / "our-tables" / "names.csv").write_text("name,substance\nx,y\n", encoding="utf-8")
    hook = hooks()["doseref-validate"]
    done = run(hook["entry"], "our-tables", cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert "names.csv" in done.stdout + done.stderr


def test_the_example_names_the_hooks_there_are() -> None:
    named = [hook["id"] for repo in yaml(EXAMPLE / ".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]
    assert sorted(named) == sorted(hooks())


def test_the_action_takes_what_its_example_gives(tmp_path: Path) -> None:
    action = yaml(ROOT / "action.yml")
    (job,) = yaml(ROOT / "examples" / "github-action" / "workflow.yml")["jobs"].values()
    given = next(step["with"] for step in job["steps"] if step.get("uses", "").startswith("OWNER/doseref@"))
    assert set(given) <= set(action["inputs"])
    shutil.copytree(EXAMPLE, tmp_path / "site")
    commands = [step["run"] for step in action["runs"]["steps"] if step.get("run", "").startswith("doseref")]
    assert len(commands) == 2
    for command in commands:
        words = command.replace('"$SARIF"', given["sarif"]).replace("$ARGUMENTS", given["arguments"])
        done = run(words.replace("$ARTICLES", ""), cwd=tmp_path / "site")
        assert done.returncode == (0 if "sarif" in command else 1), done.stderr
    assert (tmp_path / "site" / "doses.sarif").is_file()
    assert done.stdout.startswith("::error file=content/knee.md,line=3,col=50")
