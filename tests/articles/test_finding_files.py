"""Which files are read, and by which settings: version control, hidden files, patterns, the same file twice, what cannot be read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from doseref.articles.find import find_articles
from doseref.cli.main import build
from doseref.cli.settings import find, load
from doseref.errors import DoserefError, InputError, UsageError

LOW = "Ibuprofen: 400 mg every 8 hours (max 1,200 mg/day)\n"
HIGH = "Ibuprofen: 400 mg every 8 hours (max 2,400 mg/day)\n"


def put(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def ran(*words: str, stdin: str | None = None) -> tuple[int, str, str]:
    outcome = CliRunner().invoke(build(list(words)), list(words), input=stdin)
    if isinstance(outcome.exception, DoserefError):  # what the program itself prints, and ends with
        return int(outcome.exception.exit_code), outcome.stdout, f"{outcome.stderr}{outcome.exception}"
    assert outcome.exception is None or isinstance(outcome.exception, SystemExit), outcome.exception
    return outcome.exit_code, outcome.stdout, outcome.stderr


def names(root: Path, *paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    found = find_articles([str(root / path) for path in paths], exclude=exclude, exclude_base=root)
    return [Path(each).relative_to(root).as_posix() for each in found.files]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / ".git" / "info").mkdir(parents=True)
    return put(
        tmp_path,
        {
            ".git/info/exclude": "secret.md\n",
            ".gitignore": "/drafts/\n*.bak.md\n/build\n",
            "a.md": LOW,
            "a.bak.md": LOW,
            "secret.md": LOW,
            ".hidden.md": LOW,
            ".obsidian/x.md": LOW,
            "node_modules/package/readme.md": LOW,
            "drafts/new.md": HIGH,
            "build/out.html": LOW,
            "pages/.gitignore": "*.txt\n!keep.txt\n",
            "pages/b.mdx": LOW,
            "pages/c.txt": LOW,
            "pages/keep.txt": LOW,
            "pages/~$letter.docx": "lock",
            "pages/old/d.HTM": LOW,
            "pages/e.rst": LOW,
            "pages/f.pdf": "x",
            "pages/picture.png": "x",
        },
    )


def test_what_version_control_leaves_out_is_no_article(site: Path) -> None:
    assert names(site, ".") == ["a.md", "pages/b.mdx", "pages/keep.txt", "pages/old/d.HTM"]
    # from below, the rules of the directories above still hold
    assert names(site, "pages") == ["pages/b.mdx", "pages/keep.txt", "pages/old/d.HTM"]


def test_what_is_named_is_read(site: Path) -> None:
    assert names(site, "drafts") == ["drafts/new.md"]
    assert names(site, ".hidden.md", "a.bak.md") == [".hidden.md", "a.bak.md"]


def test_what_is_excluded(site: Path) -> None:
    assert names(site, ".", exclude=("old/", "*.mdx")) == ["a.md", "pages/keep.txt"]
    assert names(site, ".", exclude=("/pages/*", "!/pages/keep.txt")) == ["a.md", "pages/keep.txt"]


def test_a_file_counts_once(site: Path) -> None:
    (site / "link.md").symlink_to(site / "a.md")
    found = find_articles([str(site / "a.md"), str(site / "pages" / ".." / "a.md"), str(site)])
    assert [Path(each).name for each in found.files].count("a.md") == 1
    assert not any(Path(each).name == "link.md" for each in found.files)


def test_a_circle_of_links_ends(site: Path) -> None:
    (site / "pages" / "round").symlink_to(site, target_is_directory=True)
    assert names(site, "pages") == ["pages/b.mdx", "pages/keep.txt", "pages/old/d.HTM"]


def test_what_has_no_reader_is_told(site: Path) -> None:
    assert find_articles([str(site)]).no_reader == ((".pdf", 1), (".rst", 1))
    code, _, error = ran("extract", str(site), "--format", "json", "--isolated")
    assert code == 0
    assert "not read, for want of a reader: 1 .pdf, 1 .rst" in error


def test_a_directory_of_nothing_but_ignored_articles(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    put(tmp_path, {".gitignore": "*.md\n", "a.md": LOW})
    with pytest.raises(InputError, match="what is hidden, ignored by version control or excluded is left out"):
        find_articles([str(tmp_path)])


def test_patterns_of_the_settings(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "doseref.toml").write_text('paths = ["pages/**/*", "*.md"]\nexclude = ["*.mdx"]\n', encoding="utf-8")
    settings = load(str(site / "doseref.toml"))
    found = find_articles(settings.paths, exclude=settings.exclude, base=settings.directory)
    assert sorted(Path(each).name for each in found.files) == ["a.md", "d.HTM", "keep.txt"]
    with pytest.raises(InputError, match=r"nothing/\*\.md: the pattern fits no file"):
        find_articles(["nothing/*.md"], base=site)


def test_settings_are_found_from_the_file_upward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(
        tmp_path,
        {
            "one/doseref.toml": 'ignore = ["A101"]\n',
            "one/deep/pyproject.toml": "[project]\nname = 'x'\n",
            "one/deep/a.md": LOW,
            "one/b.md": HIGH,
            "two/c.md": HIGH,
        },
    )
    (tmp_path / ".git").mkdir()
    elsewhere = tmp_path / "two"
    monkeypatch.chdir(elsewhere)
    assert find(tmp_path / "one" / "deep") == tmp_path / "one" / "doseref.toml"
    assert ran("reconcile", "../one/deep/a.md", "../one/b.md")[0] == 0
    assert ran("reconcile", "../one/deep/a.md", "../one/b.md", "--isolated")[0] == 1
    # two/ is not below one/: what they have in common has no settings
    assert ran("reconcile", "../one/deep/a.md", "c.md")[0] == 1
    assert ran("reconcile", "../one/deep/a.md", "c.md", "--config", "../one/doseref.toml")[0] == 0


def test_a_table_in_pyproject(tmp_path: Path) -> None:
    put(tmp_path, {"pyproject.toml": '[tool.doseref]\nfail-on = "never"\n', "a.md": LOW, "b.md": HIGH})
    assert ran("reconcile", str(tmp_path))[0] == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ingore = []", "unknown key 'ingore'; known are paths, exclude, select, ignore, severity, fail-on"),
        ('ignore = "A101"', "ignore must be a list of strings"),
        ('severity = {A101 = "grave"}', "the words are error, warning, info, off"),
        ("paths = ['a']\narticles = ['a']", "paths and articles are the same; keep paths"),
        ('fail-on = "often"', "fail-on must be one of error, warning, info, never"),
        ("a = [", "cannot be read as settings"),
    ],
)
def test_what_is_wrong_in_the_settings_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "doseref.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load(str(path))
    assert message in str(raised.value)
    assert str(path) in str(raised.value)


def test_config_and_isolated_exclude_each_other() -> None:
    with pytest.raises(UsageError, match="--config and --isolated exclude each other"):
        load("doseref.toml", isolated=True)


def test_severity_of_the_settings(tmp_path: Path) -> None:
    put(tmp_path, {"a.md": LOW, "b.md": HIGH, "doseref.toml": '[severity]\nA1 = "info"\nA101 = "warning"\n'})

    def severities() -> dict[str, str]:
        found = json.loads(ran("reconcile", str(tmp_path), "--format", "json")[1])["findings"]
        return {each["code"]: each["severity"] for each in found}

    assert severities()["A101"] == "warning"
    (tmp_path / "doseref.toml").write_text('[severity]\nA1 = "off"\nA101 = "error"\n', encoding="utf-8")
    assert severities() == {"A101": "error"}
    (tmp_path / "doseref.toml").write_text('[severity]\nA9 = "off"\n', encoding="utf-8")
    code, _, error = ran("reconcile", str(tmp_path))
    assert code == 2 and "no article rule begins with 'A9'" in error


def test_paths_of_the_settings_are_read_where_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"content/a.md": LOW, "content/b.md": HIGH, "doseref.toml": 'paths = ["content"]\n', "sub/x.txt": ""})
    monkeypatch.chdir(tmp_path / "sub")
    assert ran("reconcile")[0] == 1
    document = json.loads(ran("extract", "--format", "json")[1])
    assert [each["source"] for each in document["statements"]] == ["a", "b"]


def test_country_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "doseref.toml").write_text('country = "gb"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code, _, error = ran("check", "Ibuprofen 400 mg three times daily")
    assert "labels of GB judge, as the settings say" in error
    assert code == 0
    assert "settings" not in ran("check", "Ibuprofen 400 mg three times daily", "--country", "US")[2]


def test_standard_input_goes_by_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"content/doseref.toml": 'ignore = ["A201"]\n', "content/a.md": LOW})
    monkeypatch.chdir(tmp_path)
    page = "| Drug | Dose |\n|---|---|\n| Ibuprofen | 800 mg every 6 hours, maximum 2,400 mg/day |\n"
    code, text, _ = ran("extract", "-", "--stdin-filename", "content/new.md", "--format", "json", stdin=page)
    (statement,) = json.loads(text)["statements"]
    assert (code, statement["source"], statement["line"]) == (0, "new", 3)
    code, text, _ = ran("reconcile", "-", "--stdin-filename", "content/new.md", "--format", "json", stdin=page)
    assert [each["code"] for each in json.loads(text)["findings"] if each["severity"] != "info"] == []
    found = json.loads(ran("reconcile", "-", "--format", "json", "--isolated", stdin=page)[1])["findings"]
    assert [each["code"] for each in found if each["severity"] == "error"] == ["A201"]
    code, _, error = ran("reconcile", "content", "--stdin-filename", "a.md")
    assert code == 2 and "needs '-'" in error


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_directory_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    put(tmp_path, {"a.md": LOW, "locked/b.md": LOW})
    (tmp_path / "locked").chmod(0)
    try:
        code, _, error = ran("reconcile", str(tmp_path))
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert code == 2
    assert f"{tmp_path / 'locked'}: Permission denied" in error


def test_unreadable_files_are_told_and_the_others_read(tmp_path: Path) -> None:
    put(tmp_path, {"a.md": LOW, "b.docx": "no zip", "c.md": HIGH})
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    code, text, error = ran("reconcile", str(tmp_path), "--format", "json")
    assert code == 2
    assert [each["code"] for each in json.loads(text)["findings"]] == ["A101"]
    assert f"{tmp_path / 'b.docx'}: " in error
    assert f"{tmp_path / 'gone.md'}: there is no such file" in error


def test_a_missing_reader_leaves_its_files_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"a.md": LOW, "b.docx": "x", "c.docx": "y"})
    from doseref.articles import read_docx
    from doseref.errors import MissingExtraError

    def without(content: bytes, path: str) -> None:
        raise MissingExtraError("reading Word files", "docx")

    monkeypatch.setattr(read_docx, "read_docx", without)
    code, text, error = ran("extract", str(tmp_path), "--format", "json")
    assert code == 2
    assert len(json.loads(text)["statements"]) == 1
    assert (
        "b.docx and 1 more: left out; reading Word files needs an extra: python -m pip install 'doseref[docx]'" in error
    )


def test_several_workers_say_the_same_as_one(tmp_path: Path) -> None:
    files = {f"{number:03}.md": LOW.replace("400", str(100 + number)) for number in range(40)}
    put(tmp_path, {**files, "bad.docx": "no zip", "sub/001.md": HIGH})
    one = ran("reconcile", str(tmp_path), "--format", "json", "--jobs", "1")
    two = ran("reconcile", str(tmp_path), "--format", "json", "--jobs", "2")
    assert one == two
    assert one[0] == 2 and "bad.docx: " in one[2]
    assert ran("reconcile", str(tmp_path), "--jobs", "none")[0] == 2
    assert one[1] != ""
