"""RxNorm's files of the true layout, small, into an overlay."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import doseref
from doseref.errors import InputError
from doseref.imports.rxnorm import import_rxnorm

TODAY = "2026-11-28"


def conso(rxcui: str, kind: str, name: str, view: str = "4096", origin: str = "RXNORM", suppressed: str = "N") -> str:
    return f"{rxcui}|ENG||||||1{rxcui}||{rxcui}||{origin}|{kind}|{rxcui}|{name}||{suppressed}|{view}|"


def rel(to: str, relation: str, of: str) -> str:
    """``of`` has the relation to ``to``."""
    return f"{to}||CUI|RO|{of}||CUI|{relation}|||RXNORM||||N|4096|"


def sat(rxcui: str, name: str, value: str) -> str:
    return f"{rxcui}|||1|AUI|{rxcui}|||{name}|RXNORM|{value}|N|4096|"


CONSO = (
    conso("900001", "IN", "zorblaxine"), conso("5640", "IN", "ibuprofen"), conso("900002", "BN", "Zorblax"),
    conso("900003", "BN", "Zorbofen"), conso("900010", "SCDC", "zorblaxine 10 MG"), conso("900011", "SCDC", "ibuprofen 200 MG"),
    conso("900020", "SCD", "zorblaxine 10 MG Oral Tablet"), conso("900021", "SCD", "ibuprofen 200 MG / zorblaxine 10 MG Oral Tablet"),
    conso("900022", "SCD", "zorblaxine 10 MG Extended Release Oral Tablet"),
    conso("900030", "SBD", "zorblaxine 10 MG Oral Tablet [Zorblax]"),
    conso("900031", "SBD", "ibuprofen 200 MG / zorblaxine 10 MG Oral Tablet [Zorbofen]"),
    conso("900032", "SBD", "zorblaxine 10 MG Extended Release Oral Tablet [Zorblax]"),
    conso("900033", "SBD", "zorblaxine 10 MG Oral Tablet [Gone]", view=""),
    conso("900034", "SBD", "zorblaxine 10 MG Topical Cream [Zorblax]"),
    conso("900040", "IN", "not from RxNorm", origin="MMSL"), conso("900041", "IN", "suppressed", suppressed="O"),
)  # fmt: skip
REL = (
    rel("900001", "has_ingredient", "900010"), rel("5640", "has_ingredient", "900011"),
    rel("900010", "consists_of", "900020"), rel("900010", "consists_of", "900021"), rel("900011", "consists_of", "900021"),
    rel("900010", "consists_of", "900022"),
    rel("900020", "tradename_of", "900030"), rel("900021", "tradename_of", "900031"), rel("900022", "tradename_of", "900032"),
    rel("900001", "tradename_of", "900002"), rel("900001", "tradename_of", "900003"), rel("5640", "tradename_of", "900003"),
)  # fmt: skip
SAT = (sat("900010", "RXN_STRENGTH", "10 MG"), sat("900011", "RXN_STRENGTH", "200 MG"))


def files(directory: Path, conso_lines: tuple[str, ...] = CONSO) -> Path:
    directory.mkdir()
    for name, lines in (("RXNCONSO", conso_lines), ("RXNREL", REL), ("RXNSAT", SAT)):
        (directory / f"{name}.RRF").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return directory


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_names_brands_and_strengths(tmp_path: Path) -> None:
    overlay = tmp_path / "overlay"
    counts = import_rxnorm(files(tmp_path / "rrf"), overlay, TODAY)
    assert [(row["id"], row["rxcui"]) for row in table(overlay / "substances.csv")] == [("zorblaxine", "900001")]
    assert [(row["name"], row["substance"], row["kind"]) for row in table(overlay / "names.csv")] == [
        ("Zorblax", "zorblaxine", "brand")
    ]
    assert [
        (row["label"], row["as_named"], row["strength"], row["unit"], row["per_unit"], row["release"], row["rxcui"])
        for row in table(overlay / "products.csv")
    ] == [
        ("Zorblax 10 mg (tablet)", "zorblaxine", "10", "mg", "{tablet}", "", "900030"),
        ("Zorblax 10 mg (tablet, extended release)", "zorblaxine", "10", "mg", "{tablet}", "ER", "900032"),
        ("Zorbofen 200/10 mg", "ibuprofen", "200", "mg", "{tablet}", "", "900031"),
        ("Zorbofen 200/10 mg", "zorblaxine", "10", "mg", "{tablet}", "", "900031"),
    ]
    assert counts.left_out == {"its form is not one of those that are read": 1}
    assert counts.unsound == []


def test_the_overlay_is_used(tmp_path: Path) -> None:
    overlay = tmp_path / "overlay"
    import_rxnorm(files(tmp_path / "rrf"), overlay, TODAY)
    data = doseref.reference(overlay)
    totals = doseref.check("Zorbofen 200/10 mg, 2 tablets three times daily", data=data).regimens[0].totals
    assert {total.substance: total.amount.high for total in totals} == {"ibuprofen": 1200, "zorblaxine": 60}


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    overlay = tmp_path / "overlay"
    rrf = files(tmp_path / "rrf")
    import_rxnorm(rrf, overlay, TODAY)
    before = {path.name: path.read_bytes() for path in overlay.rglob("*.csv")}
    import_rxnorm(rrf, overlay, TODAY)
    assert {path.name: path.read_bytes() for path in overlay.rglob("*.csv")} == before


def test_a_line_cut_short_is_told(tmp_path: Path) -> None:
    counts = import_rxnorm(files(tmp_path / "rrf", (*CONSO, "900099|ENG")), tmp_path / "overlay", TODAY)
    assert counts.bad_lines == [f"{tmp_path / 'rrf' / 'RXNCONSO.RRF'}:{len(CONSO) + 1}: 2 fields, 18 are wanted"]


def test_what_is_not_rxnorm_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        import_rxnorm(tmp_path, tmp_path / "overlay", TODAY)
    with pytest.raises(InputError, match=r"RXNCONSO\.RRF:1: is not of RxNorm's layout: 1 fields"):
        import_rxnorm(files(tmp_path / "rrf", ("a,b,c",)), tmp_path / "overlay", TODAY)
    assert not (tmp_path / "overlay").exists()


def test_files_of_which_no_row_is_understood_are_refused(tmp_path: Path) -> None:
    for name in ("RXNCONSO.RRF", "RXNREL.RRF", "RXNSAT.RRF"):
        (tmp_path / name).write_text("x|1191|ENG||||||||||RXNORM|IN||aspirin||N|4096|\n", "utf-8")  # one column off
    with pytest.raises(InputError, match="no row is understood"):
        import_rxnorm(tmp_path, tmp_path / "out", "2026-12-01")
    assert not (tmp_path / "out").exists()
    with pytest.raises(InputError, match="is a file; name the directory"):
        import_rxnorm(tmp_path / "RXNCONSO.RRF", tmp_path / "out", "2026-12-01")
