"""Overlays: the project's own tables over the shipped ones, held against the rules before anything is judged by them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import doseref
from doseref.cli.main import build, run
from doseref.errors import DataError
from doseref.refdata import Reference
from doseref.tables.load import data_directory
from doseref.tables.schema import LOOKALIKES
from overlay.tables import DOCUSATE, HOUSE, LIMITS, NAMES, PRODUCTS, SOURCES, SUBSTANCES, house, put


def ran(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(build(list(words)), list(words))
    if isinstance(result.exception, doseref.errors.DoserefError):
        return int(result.exception.exit_code), result.stdout, str(result.exception)
    return result.exit_code, result.stdout, result.stderr


def codes(directory: Path, *items: str) -> set[str]:
    return {finding.code for finding in doseref.check(list(items), data=doseref.reference(directory)).findings}


def test_a_row_is_added_and_judges(tmp_path: Path) -> None:
    overlay = house(tmp_path / "own")
    assert "R101" not in {each.code for each in doseref.check("Docusate 400 mg daily").findings}
    assert "R101" in codes(overlay, "Docusate 400 mg daily")
    assert "R101" not in codes(overlay, "Docusate 300 mg daily")  # at the limit is within


def test_all_else_stays_as_shipped(tmp_path: Path) -> None:
    text = "Tylenol Extra Strength 500 mg, 3 tablets every 6 hours"  # 6,000 mg a day
    shipped, layered = doseref.check(text), doseref.check(text, data=doseref.reference(house(tmp_path / "own")))
    assert shipped.regimens[0].totals == layered.regimens[0].totals
    assert [each.to_json() for each in shipped.findings] == [each.to_json() for each in layered.findings]


def test_a_row_with_the_same_key_replaces(tmp_path: Path) -> None:
    shipped = Reference()
    row = next(row for row in shipped.rows(SOURCES) if row["kind"] == "label")
    own = doseref.reference(put(tmp_path / "own", SOURCES, {**row, "title": "Another title"}))
    assert own.sources[row["id"]].title == "Another title"
    assert len(own.sources) == len(shipped.sources)


def test_the_rows_of_a_product_are_replaced_together(tmp_path: Path) -> None:
    shipped = Reference()
    key = next(
        key for key, product in shipped.products.items() if len(product.ingredients) == 2 and product.max_count is None
    )
    first, _ = sorted(shipped.product_rows[key], key=lambda row: int(row["position"]))
    overlay = put(tmp_path / "own", PRODUCTS, {**first, "label": "Something 7 mg alone", "also": ""})
    layered = Reference(overlay=doseref.reference(house(tmp_path / "other")).overlay)
    assert len(layered.products[key].ingredients) == 2
    own = doseref.reference(overlay)
    assert [each.substance for each in own.products[key].ingredients] == [first["substance"]]


def test_one_table_is_enough(tmp_path: Path) -> None:
    overlay = put(tmp_path / "own", NAMES, {"name": "Zorblax", "substance": "docusate", "kind": "brand", "source": ""})
    items = doseref.check("Zorblax 100 mg daily", data=doseref.reference(overlay)).regimens[0].items
    assert items[0].substances == ("docusate",)


def test_an_unsound_overlay_is_refused_with_its_places(tmp_path: Path) -> None:
    overlay = put(tmp_path / "own", SOURCES, HOUSE)
    put(overlay, LIMITS, {**DOCUSATE, "substance": "docusat", "amount": "3OO"})
    code, out, error = ran("check", "Docusate 400 mg daily", "--data", str(overlay))
    assert (code, out) == (2, "")
    column = len("house-docusate,") + 1
    assert f"{overlay}/limits.csv:2:{column}: substance 'docusat' is not in substances.csv (D201)" in error
    assert f"{overlay}/limits.csv:2:" in error and "3OO" in error


@pytest.mark.parametrize("spoil", ["header", "short", "utf-16", "quote"])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, spoil: str) -> None:
    overlay = house(tmp_path / "own")
    path = overlay / "limits.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    if spoil == "header":
        lines[0] = lines[0].replace("amount", "amuont")
    elif spoil == "short":
        lines[1] = lines[1].rpartition(",")[0]
    elif spoil == "quote":
        lines[1] = '"' + lines[1]
    path.write_bytes(("\n".join(lines) + "\n").encode("utf-16" if spoil == "utf-16" else "utf-8"))
    with pytest.raises(DataError, match=r"limits\.csv:\d+"):
        doseref.reference(overlay)


def test_a_name_that_means_something_else_already_is_refused(tmp_path: Path) -> None:
    overlay = put(tmp_path / "own", NAMES, {"name": "Ibuprofen", "substance": "docusate", "kind": "synonym"})
    with pytest.raises(DataError, match=r"names\.csv:2:1: 'Ibuprofen' is the canonical name of ibuprofen already"):
        doseref.reference(overlay)


def test_no_table_and_no_directory(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="no table of the dataset is here"):
        doseref.reference(tmp_path / "empty")
    with pytest.raises(DataError, match="there is no such directory"):
        doseref.reference(tmp_path / "nowhere")


@pytest.mark.parametrize("output_format", ["text", "markdown", "html", "json"])
def test_every_report_names_the_overlay(tmp_path: Path, output_format: str) -> None:
    overlay = house(tmp_path / "own")
    (overlay / "overlay.json").write_text('{"version": "2026-03"}', encoding="utf-8")
    data = doseref.reference(overlay)
    assert data.overlay is not None
    code, out, error = ran("check", "Docusate 300 mg daily", "--data", str(overlay), "--format", output_format)
    assert code == 0
    assert f"with overlay {overlay} 2026-03 ({data.overlay.digest[:7]})" in error
    if output_format == "json":
        stamp = json.loads(out)["data"]
        assert stamp["sha256"] == Reference().digest
        assert stamp["overlays"] == [{"path": str(overlay), "version": "2026-03", "sha256": data.overlay.digest}]
    else:
        assert "2026-03" in out and data.overlay.digest[:7] in " ".join(out.split())


def test_without_an_overlay_the_stamp_is_as_it_was() -> None:
    assert set(doseref.check("Docusate 100 mg daily").to_json()["data"]) == {"version", "sha256"}


def test_the_hash_changes_with_a_figure(tmp_path: Path) -> None:
    overlay = house(tmp_path / "own")
    before = doseref.reference(overlay)
    put(overlay, LIMITS, {**DOCUSATE, "amount": "200"})
    after = doseref.reference(overlay)
    assert before.overlay is not None and after.overlay is not None
    assert before.overlay.digest != after.overlay.digest
    assert "R101" in codes(overlay, "Docusate 300 mg daily")


def test_named_by_the_environment_and_by_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    overlay = house(tmp_path / "own")
    words = ("check", "Docusate 400 mg daily")
    monkeypatch.chdir(tmp_path)
    assert ran(*words)[0] == 0
    monkeypatch.setenv("DOSEREF_DATA", str(overlay))
    code, _, error = ran(*words)
    assert code == 1 and "named by DOSEREF_DATA" in error
    monkeypatch.delenv("DOSEREF_DATA")
    (tmp_path / "doseref.toml").write_text('data = "own"\n', encoding="utf-8")
    code, _, error = ran(*words)
    assert code == 1 and "doseref.toml" in error
    (tmp_path / "doseref.toml").unlink()
    (tmp_path / "pyproject.toml").write_text('[tool.doseref]\ndata = "own"\n', encoding="utf-8")
    assert ran(*words)[0] == 1


def test_the_command_line_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    overlay = house(tmp_path / "own")
    monkeypatch.setenv("DOSEREF_DATA", str(tmp_path / "nowhere"))
    assert ran("check", "Docusate 400 mg daily", "--data", str(overlay))[0] == 1
    assert ran("check", "Docusate 400 mg daily")[0] == 2


def test_every_command_that_names_drugs_takes_it(tmp_path: Path) -> None:
    name = {"name": "Zorblax", "substance": "docusate", "kind": "brand"}
    overlay = str(put(tmp_path / "own", NAMES, name))
    article = tmp_path / "a.md"
    article.write_text("# Bowel\n\n## Zorblax\n\n- Dosage: 100 mg twice daily\n", encoding="utf-8")
    assert "docusate" in ran("show", "Zorblax", "--data", overlay)[1].lower()
    assert ran("parse", "Zorblax 100 mg daily", "--data", overlay)[0] == 0
    assert json.loads(ran("extract", str(article), "--format", "json", "--data", overlay)[1])["statements"][0][
        "substances"
    ] == ["docusate"]
    assert ran("reconcile", str(article), "--data", overlay)[0] == 0
    assert ran("convert", "100 mg", "g", "--of", "Zorblax", "--data", overlay)[0] == 0


def test_validate_checks_an_overlay_over_the_shipped_tables(tmp_path: Path) -> None:
    overlay = house(tmp_path / "own")
    code, out, _ = ran("validate", str(overlay))
    assert (code, out.startswith("no findings in 2 tables, 2 rows")) == (0, True)
    put(overlay, LIMITS, {**DOCUSATE, "source": "house-rules"})
    code, out, _ = ran("validate", str(overlay), "--format", "json")
    found = json.loads(out)
    assert code == 1 and found["data"]["overlay"] is True
    assert [each["code"] for each in found["findings"]] == ["D201"]
    assert found["findings"][0]["locations"][0]["line"] == 2


def test_validate_tells_a_stray_table_and_mends_order(tmp_path: Path) -> None:
    overlay = house(tmp_path / "own")
    (overlay / "limit.csv").write_text("x\n", encoding="utf-8")
    assert "limit.csv" in ran("validate", str(overlay))[1]
    (overlay / "limit.csv").unlink()
    put(overlay, LIMITS, DOCUSATE, {**DOCUSATE, "id": "house-docusate-b", "route": "rectal"})
    path = overlay / "limits.csv"
    header, one, two = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join((header, two, one)) + "\n", encoding="utf-8")
    assert "D104" in ran("validate", str(overlay))[1]
    assert doseref.reference(overlay).limits["docusate"]  # an order changes no meaning
    assert ran("validate", str(overlay), "--fix")[0] == 0


def test_columns_that_are_left_out_are_added_by_fix_and_only_then(tmp_path: Path) -> None:
    overlay = house(tmp_path / "own")
    short = [name for name in LIMITS.header if DOCUSATE.get(name)]
    (overlay / LIMITS.file).write_text(
        ",".join(short) + "\n" + ",".join(DOCUSATE[name] for name in short) + "\n", encoding="utf-8"
    )
    code, out, _ = ran("validate", str(overlay))
    left_out = ", ".join(name for name in LIMITS.header if name not in short)
    assert code == 1 and out.count(" D101 ") == 1
    assert f"limits.csv:1:1: error D101 columns {left_out} are missing" in out and "--fix" in out
    assert ran("validate", str(overlay), "--fix")[0] == 0
    assert (overlay / LIMITS.file).read_text("utf-8").splitlines()[0] == ",".join(LIMITS.header)
    assert "R101" in codes(overlay, "Docusate 400 mg daily")


@pytest.mark.parametrize("header", ["id,substance,id", "id,substance,dose"])
def test_a_column_that_stands_twice_or_is_not_known_is_never_fixed(tmp_path: Path, header: str) -> None:
    overlay = house(tmp_path / "own")
    given = f"{header}\nhouse-docusate,docusate,x\n"
    (overlay / LIMITS.file).write_text(given, encoding="utf-8")
    assert ran("validate", str(overlay), "--fix")[0] == 1
    assert (overlay / LIMITS.file).read_text("utf-8") == given


def test_all_is_told_at_once_also_where_columns_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text(",".join(HOUSE) + "\n" + ",".join(HOUSE.values()) + "\n", "utf-8")
    heads = "id,substance,source,kind,route,country,adult,amount,unit,period,period_unit,verification"
    rows = (
        "a,ibuprofen,hous,max,po,US,yes,2400,mgs,1,d,verified",
        "b,ibuprofen,house,maximum,oral,US,yes,2400,mg,1,d,verified",
        "c,ibuprofen,house,maximum,oral,US,yes,3200,mg,1,d,verified",
        "d,paracetamol,house,maximum,oral,US,yes,3000,mg,1,d,verified",
        "e,docusate,house,maximum,oral,US,yes,300,mg,2400,d,verified",
        "f,naproxen,house,maximum,oral,US,yes,1000,mL,1,d,verified",
    )
    (tmp_path / "limits.csv").write_text("\n".join((heads, *rows, "")), "utf-8")
    code, out, _ = ran("validate", str(tmp_path), "--format", "concise")
    told = [line.split("limits.csv:", 1)[1] for line in out.splitlines() if "limits.csv:" in line]
    assert code == 1
    assert [" ".join(line.split()[:2]).removesuffix(" error:") for line in told] == [
        "1:1: D101", "2:13: D201", "2:18: D103", "2:22: D202", "2:37: D202", "4:39: D310", "5:3: D201", "6:38: D314", "6:45: D310", "6:50: D318", "7:43: D310",
    ]  # fmt: skip
    assert "another maximum of the same source for the very same: 3200 mg beside 2400 mg of b" in told[5]


def test_a_column_that_went_missing_from_the_dataset_is_not_made_up(tmp_path: Path) -> None:
    shutil.copytree(data_directory(), tmp_path / "data")
    table = tmp_path / "data" / LOOKALIKES.file
    given = "\n".join(line.rpartition(",")[0] for line in table.read_text("utf-8").splitlines()) + "\n"
    table.write_text(given, encoding="utf-8")
    assert ran("validate", str(tmp_path / "data"), "--fix")[0] == 1
    assert table.read_text("utf-8") == given


def test_a_substance_of_ones_own(tmp_path: Path) -> None:
    overlay = house(tmp_path / "own")
    put(
        overlay,
        SUBSTANCES,
        {"id": "zorblaxine", "name": "zorblaxine", "kind": "drug", "usual_route": "oral", "source": "house"},
    )
    put(overlay, LIMITS, {**DOCUSATE, "id": "house-zorblaxine", "substance": "zorblaxine", "amount": "10"})
    assert "R101" in codes(overlay, "zorblaxine 20 mg daily")
    assert "R101" not in codes(overlay, "zorblaxine 10 mg daily")


def test_run_ends_with_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["check", "Docusate 100 mg daily", "--data", str(tmp_path / "nowhere")])
    assert ended.value.code == 2
    assert "there is no such directory" in capsys.readouterr().err


def test_a_salt_that_no_name_stands_for_is_refused(tmp_path: Path) -> None:
    """A salt is a name; one with a slip in it would leave the limit's figure as that of the base."""
    overlay = put(tmp_path / "own", SOURCES, HOUSE)
    put(overlay, LIMITS, {**DOCUSATE, "salt": "docusate sodum"})
    with pytest.raises(DataError, match=r"limits\.csv:2:\d+: salt 'docusate sodum' is not in names\.csv"):
        doseref.reference(overlay)


@pytest.mark.parametrize(
    ("written", "mend"),
    [
        ("paracetamol", "write 'acetaminophen', the id of the substance that has this name"),
        ("Paracetamol", "write 'acetaminophen', the id of the substance that has this name"),
        ("Vitamin D", "write 'vitamin-d', the id of the substance that has this name"),
        ("paracetamoll", "correct the id, or add a row to substances.csv"),
        ("co-codamol", "correct the id, or add a row to substances.csv"),
    ],
)
def test_an_id_that_is_a_name_says_which_id_is_meant(tmp_path: Path, written: str, mend: str) -> None:
    overlay = put(tmp_path / "own", SOURCES, HOUSE)
    put(overlay, LIMITS, {**DOCUSATE, "substance": written})
    _, out, error = ran("validate", str(overlay), "--format", "json")
    found = [each for each in json.loads(out or error)["findings"] if each["code"] == "D201"]
    assert [each["mend"] for each in found] == [mend]
