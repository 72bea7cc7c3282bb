"""The reference tables say what their sources say: figures checked by hand, references that resolve, names that mean one thing."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from doseref.dosage.model import ROUTES
from doseref.tables import schema
from doseref.units import UNITS

DATA = Path(__file__).resolve().parents[2] / "data"
OWN = ("sources", "substances", "names", "lookalikes", "classes", "limits", "products", "conversions", "mme")
TABLES = {table.name: table for table in schema.TABLES}

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, strict=True))


def limit(limit_id: str) -> Row:
    return next(row for row in rows("limits") if row["id"] == limit_id)


def product(written: str) -> list[Row]:
    """Rows of the product written so, by position."""
    found = [row for row in rows("products") if written in (row["label"], *row["also"].split("; "))]
    return sorted(found, key=lambda row: int(row["position"]))


def composition(written: str) -> list[tuple[str, str, str]]:
    return [(row["substance"], row["strength"], row["unit"]) for row in product(written)]


def name(written: str) -> Row:
    return next(row for row in rows("names") if row["name"] == written)


@pytest.mark.parametrize("table", OWN)
def test_references_resolve(table: str) -> None:
    for column in TABLES[table].columns:
        if column.kind not in ("ref", "refs"):
            continue
        target = TABLES[column.table]
        known = {row[target.key[0]] for row in rows(column.table)}
        for row in rows(table):
            wanted = row[column.name].split("; ") if row[column.name] else []
            assert set(wanted) <= known, (table, column.name, row)


@pytest.mark.parametrize("table", OWN)
def test_cells_keep_to_their_words(table: str) -> None:
    for column in TABLES[table].columns:
        for row in rows(table):
            cell = row[column.name]
            assert cell or not column.required, (table, column.name, row)
            if not cell:
                continue
            assert cell == " ".join(cell.split())
            if column.values:
                assert cell in column.values, (table, column.name, cell)
            if column.vocabulary == "unit":
                assert cell in UNITS, (table, column.name, cell)
            if column.vocabulary == "route":
                assert cell in ROUTES, (table, column.name, cell)
            if column.kind in ("decimal", "integer"):
                assert format(Decimal(cell), "f") == cell and not (("." in cell) and cell.endswith("0")), (table, cell)


@pytest.mark.parametrize("table", OWN)
def test_file_is_canonical(table: str) -> None:
    known = TABLES[table]
    raw = (DATA / known.file).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw and raw.endswith(b"\n")
    assert raw.decode("utf-8").splitlines()[0] == ",".join(known.header)
    whole = {column.name for column in known.columns if column.kind == "integer"}
    order = [tuple(int(row[k]) if k in whole else row[k] for k in (known.order or known.key)) for row in rows(table)]
    assert order == sorted(order)
    keys = [tuple(row[k] for k in known.key) for row in rows(table)]
    assert len(set(keys)) == len(keys)


def test_a_name_means_one_substance() -> None:
    owner: dict[str, str] = {}
    for row in rows("substances"):
        assert owner.setdefault(row["name"].casefold(), row["id"]) == row["id"]
    for row in rows("names"):
        word = row["name"].casefold()
        if row["kind"] == "combination":
            word += f" ({row['substance']})"  # a row for each of its substances
        assert word not in owner, f"{row['name']} is given twice: {owner.get(word)} and {row['substance']}"
        owner[word] = row["substance"]


def test_a_product_label_means_one_product_and_no_substance() -> None:
    substances = {row["name"].casefold() for row in rows("substances")} | {
        row["name"].casefold() for row in rows("names")
    }
    owner: dict[str, str] = {}
    for row in rows("products"):
        for written in (row["label"], *(row["also"].split("; ") if row["also"] else ())):
            assert owner.setdefault(written.casefold(), row["id"]) == row["id"], written
            assert written.casefold() not in substances, written
    for row in rows("products"):
        assert row["name"].casefold() not in substances, row["name"]


def test_dangerous_abbreviations_are_no_names() -> None:
    written = {row["name"].casefold() for row in rows("names")}
    assert not written & {"ms", "mso4", "mgso4", "ala", "t3", "ha", "acs"}


def test_at_least_200_verified_products() -> None:
    verified = {row["id"] for row in rows("products") if row["verification"] == "verified"}
    assert len(verified) >= 200


def test_positions_run_from_one() -> None:
    positions: dict[str, list[int]] = {}
    for row in rows("products"):
        positions.setdefault(row["id"], []).append(int(row["position"]))
    for product_id, found in positions.items():
        assert sorted(found) == list(range(1, len(found) + 1)), product_id


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Norco 5/325", [("hydrocodone", "5", "mg"), ("acetaminophen", "325", "mg")]),
        ("Vicodin 5/300", [("hydrocodone", "5", "mg"), ("acetaminophen", "300", "mg")]),
        ("Ultracet 37.5/325", [("tramadol", "37.5", "mg"), ("acetaminophen", "325", "mg")]),
        ("Tylenol #3", [("codeine", "30", "mg"), ("acetaminophen", "300", "mg")]),
        ("Tylenol #4", [("codeine", "60", "mg"), ("acetaminophen", "300", "mg")]),
        ("co-codamol 8/500", [("codeine", "8", "mg"), ("acetaminophen", "500", "mg")]),
        ("co-codamol 30/500", [("codeine", "30", "mg"), ("acetaminophen", "500", "mg")]),
        ("Tylenol PM", [("acetaminophen", "500", "mg"), ("diphenhydramine", "25", "mg")]),
        ("Tylenol Extra Strength", [("acetaminophen", "500", "mg")]),
        ("Tylenol Regular Strength", [("acetaminophen", "325", "mg")]),
        ("Aleve", [("naproxen", "220", "mg")]),
        ("Excedrin Migraine", [("acetaminophen", "250", "mg"), ("aspirin", "250", "mg"), ("caffeine", "65", "mg")]),
        ("acetaminophen/hydrocodone 325/5", [("hydrocodone", "5", "mg"), ("acetaminophen", "325", "mg")]),
        ("Arthrotec 75", [("diclofenac", "75", "mg"), ("misoprostol", "200", "ug")]),
    ],
)
def test_composition(written: str, expected: list[tuple[str, str, str]]) -> None:
    assert composition(written) == expected


def test_percocet_comes_in_six_strengths_of_which_two_are_withdrawn() -> None:
    labels = {row["label"]: row["withdrawn"] for row in rows("products") if row["name"] == "Percocet"}
    assert labels == {
        "Percocet 2.5/325": "", "Percocet 5/325": "", "Percocet 7.5/325": "", "Percocet 10/325": "",
        "Percocet 7.5/500": "yes", "Percocet 10/650": "yes",
    }  # fmt: skip


def test_one_tablet_two_limits() -> None:
    """Excedrin Extra Strength and Migraine are one composition; 8 and 2 tablets in 24 hours."""
    assert composition("Excedrin Extra Strength") == composition("Excedrin Migraine")
    assert product("Excedrin Extra Strength")[0]["max_count"] == "8"
    assert product("Excedrin Migraine")[0]["max_count"] == "2"


def test_liquids_are_per_volume() -> None:
    """NyQuil liquid: 650 mg in 30 mL, four doses (120 mL); DayQuil liquid: 325 mg in 15 mL, 30 mL four times (120 mL)."""
    for written, strength, per in (("NyQuil Liquid", "650", "30"), ("DayQuil Liquid", "325", "15")):
        first = product(written)[0]
        assert (first["substance"], first["strength"], first["per"], first["per_unit"]) == (
            "acetaminophen",
            strength,
            per,
            "mL",
        )
        assert first["max_count"] == "120"


def test_same_brand_two_compositions() -> None:
    old = {row["substance"] for row in product("DayQuil Liquid (old formula with pseudoephedrine)")}
    assert old == {"acetaminophen", "dextromethorphan", "pseudoephedrine"}
    assert {row["withdrawn"] for row in product("DayQuil Liquid (old formula with pseudoephedrine)")} == {"yes"}
    assert "phenylephrine" in {row["substance"] for row in product("DayQuil Liquid")}


def test_naproxen_sodium_220_is_200_of_the_base() -> None:
    salt = name("naproxen sodium")
    assert (salt["substance"], salt["salt_amount"], salt["base_amount"]) == ("naproxen", "220", "200")
    assert product("Aleve")[0]["as_named"] == "naproxen sodium"
    with_ratio = {row["substance"] for row in rows("names") if row["salt_amount"]}
    assert with_ratio == {"naproxen"}


def test_only_the_factors_of_vitamins_a_and_d_and_of_potassium_chloride_may_be_applied() -> None:
    usable = [row for row in rows("conversions") if row["usable"] == "yes"]
    assert [(r["substance"], r["from_value"], r["from_unit"], r["to_value"], r["to_unit"]) for r in usable] == [
        ("potassium-chloride", "750", "mg", "10", "meq"),
        ("vitamin-a", "1", "[IU]", "0.3", "ug"),
        ("vitamin-d", "1", "[IU]", "0.025", "ug"),
    ]


def figures(limit_id: str) -> tuple[str, ...]:
    row = limit(limit_id)
    return tuple(row[k] for k in ("single", "single_unit", "amount", "unit", "period", "period_unit"))


@pytest.mark.parametrize(
    ("limit_id", "expected"),
    [
        ("ibuprofen-us-rx", ("800", "mg", "3200", "mg", "1", "d")),
        ("ibuprofen-us-otc", ("400", "mg", "1200", "mg", "1", "d")),
        ("ibuprofen-gb-rx", ("", "", "2400", "mg", "1", "d")),
        ("codeine-us-rx", ("60", "mg", "360", "mg", "1", "d")),
        ("codeine-gb-rx", ("60", "mg", "240", "mg", "1", "d")),
        ("naproxen-sodium-us-otc", ("440", "mg", "660", "mg", "1", "d")),
        ("alendronate-us-rx-daily", ("10", "mg", "10", "mg", "1", "d")),
        ("alendronate-us-rx-weekly", ("70", "mg", "70", "mg", "1", "wk")),
        ("zoledronic-acid-us-rx", ("5", "mg", "5", "mg", "1", "a")),
        ("denosumab-us-rx", ("60", "mg", "60", "mg", "6", "mo")),
        ("romosozumab-us-rx-label", ("210", "mg", "210", "mg", "1", "mo")),
        ("hydrocodone-apap-5-325-us-rx", ("2", "{tablet}", "8", "{tablet}", "1", "d")),
        ("percocet-7-5-325-us-rx", ("1", "{tablet}", "8", "{tablet}", "1", "d")),
        ("vitamin-d-us-2011", ("", "", "4000", "[IU]", "1", "d")),
        ("vitamin-b6-eu-2023", ("", "", "12", "mg", "1", "d")),
        ("curcumin-adi", ("", "", "3", "mg/kg", "1", "d")),
    ],
)
def test_limit_figures(limit_id: str, expected: tuple[str, ...]) -> None:
    assert figures(limit_id) == expected


def test_ketorolac_five_days_count_all_routes_together() -> None:
    american = [
        row
        for row in rows("limits")
        if row["substance"] == "ketorolac" and row["country"] == "US" and (row["longest"] or not row["readings"])
    ]
    assert {row["route"] for row in american} == {"oral", "intramuscular", "intravenous"}
    assert {(row["longest"], row["longest_unit"], row["longest_all_routes"]) for row in american} == {("5", "d", "yes")}


def test_the_older_hydrocodone_label_keeps_its_dose_and_interval_alone() -> None:
    """It lists strengths that are withdrawn: its 12 tablets a day judge nobody; the 8 of pages that restate a newer label inform."""
    older, newer = limit("hydrocodone-apap-5-325-us-rx-older"), limit("hydrocodone-apap-5-325-us-rx")
    tiers = {row["id"]: row["tier"] for row in rows("sources")}
    assert (older["amount"], older["superseded"], tiers[older["source"]]) == ("12", "yes", "label-copy")
    assert (newer["amount"], tiers[newer["source"]]) == ("8", "secondary")
    kept = limit("hydrocodone-apap-5-325-us-rx-dose")
    assert (kept["single"], kept["amount"], kept["interval_hours"], kept["superseded"]) == ("2", "", "4", "")
    assert "norco-5-325" in kept["product"].split("; ")


def test_what_is_no_maximum_does_not_act_as_one() -> None:
    kinds = {row["id"]: row["kind"] for row in rows("limits")}
    assert kinds["prednisone-us-rx-initial"] == "top-of-initial-range"
    assert kinds["oxycodone-us-rx-er-threshold"] == "tolerance-threshold"
    assert kinds["methotrexate-us-rx-weekly"] == "schedule-only"
    assert kinds["iron-eu-2024"] == "safe-level"
    for row in rows("limits"):
        if row["kind"] == "none-determinable":
            assert not row["amount"] and not row["unit"], row["id"]
        if row["unit"] in ("{tablet}", "{capsule}", "{lozenge}", "{piece}", "{sachet}"):
            assert row["product"], f"{row['id']}: counted units mean something only of a product"
    nothing = {row["substance"] for row in rows("limits") if row["kind"] == "none-determinable"}
    assert nothing >= {"vitamin-b1", "vitamin-b12", "alpha-lipoic-acid"}


def test_age_groups_and_hospital_are_not_ordinary_adults() -> None:
    typed = (DATA.parent / "tools" / "limit_hand.txt").read_text("utf-8").split()
    special = {
        row["id"] for row in rows("limits") if row["adult"] != "yes" and row["id"] in typed and not row["egfr_high"]
    }
    assert special == {
        "amitriptyline-us-rx-hospital", "ketorolac-us-im-older", "ketorolac-us-iv-older",
        "ketorolac-us-oral-older", "tramadol-us-rx-ir-over-75",
    }  # fmt: skip
    ages = {row["id"]: (row["age_low_years"], row["age_high_years"]) for row in rows("limits")}
    assert ages["calcium-us-2011-19-to-50"] == ("19", "50") and ages["calcium-us-2011-51-and-over"] == ("51", "")
    assert ages["tramadol-us-rx-ir-over-75"] == ("76", "") and ages["ketorolac-us-oral"] == ("17", "64")


def test_every_source_has_its_tier() -> None:
    tiers = {row["id"]: row["tier"] for row in rows("sources")}
    assert {tiers[source] for source in ("l1-l2", "l2-l3", "l4-l5", "l5-s1")} == {"article"}
    assert tiers["mfds-dur-capacity-caution-table-jso2781"] == "regulator"
    for row in rows("sources"):
        if row["verification"] in ("partly-verified", "unverified"):
            assert row["tier"] == "secondary", f"{row['id']} was not verified where the figure is set"


def test_nothing_unverified_among_the_limits() -> None:
    assert {row["verification"] for row in rows("limits")} == {"verified", "verified-secondary"}


def test_lookalikes_are_in_lower_case_and_in_order() -> None:
    for row in rows("lookalikes"):
        assert row["name_a"] < row["name_b"]
        assert row["name_a"] == row["name_a"].lower() and row["name_b"] == row["name_b"].lower()
        assert (row["source"] == "lookalikes-proposed") == (row["verification"] == "unverified")
    pairs = {(row["name_a"], row["name_b"]) for row in rows("lookalikes")}
    assert {("hydromorphone", "morphine"), ("clonazepam", "clonidine"), ("prednisolone", "prednisone")} <= pairs


def test_one_current_factor_per_opioid() -> None:
    current = {(row["substance"], row["as_named"]): row["factor"] for row in rows("mme") if row["current"] == "yes"}
    assert current == {
        ("codeine", "codeine"): "0.15", ("fentanyl", "fentanyl transdermal"): "2.4", ("hydrocodone", "hydrocodone"): "1",
        ("hydromorphone", "hydromorphone"): "5", ("methadone", "methadone"): "4.7", ("morphine", "morphine"): "1",
        ("oxycodone", "oxycodone"): "1.5", ("oxymorphone", "oxymorphone"): "3", ("tapentadol", "tapentadol"): "0.4",
        ("tramadol", "tramadol"): "0.2",
    }  # fmt: skip
    assert {row["vintage"] for row in rows("mme") if row["current"] == "yes"} == {"CDC 2022"}


def test_only_the_named_classes_have_a_duplication_rule() -> None:
    ruled = {row["id"] for row in rows("classes") if row["allowed"]}
    assert {"nsaid", "opioid", "benzodiazepine", "tricyclic", "gabapentinoid", "snri", "muscle-relaxant", "corticosteroid",
            "antiresorptive", "antihistamine-first-generation", "decongestant"} <= ruled  # fmt: skip
    assert "laxative" not in ruled and "anticonvulsant" not in ruled
    assert {row["allowed"] for row in rows("classes") if row["allowed"]} == {"1"}
    meant = {row["id"] for row in rows("classes") if row["allowed"] and row["severity"] == "info"}
    assert meant == {
        "anticholinergic-class",
        "estrogen",
        "progestin",
        "typical-antipsychotic",
    }
    assert {"ras-blocker", "statin", "proton-pump-inhibitor", "h2-blocker", "ssri", "beta-blocker", "antihistamine-second-generation",
            "dpp-4-inhibitor", "glp-1-receptor-agonist", "sglt2-inhibitor"} <= ruled - meant  # fmt: skip


def test_every_ingredient_name_of_a_product_is_a_known_name_of_its_substance() -> None:
    owner = {row["name"].casefold(): row["id"] for row in rows("substances")}
    owner |= {row["name"].casefold(): row["substance"] for row in rows("names")}
    for row in rows("products"):
        assert owner.get(row["as_named"].casefold()) == row["substance"], row["as_named"]


def test_where_the_verified_products_come_from() -> None:
    sources = Counter(row["source"] for row in {r["id"]: r for r in rows("products")}.values())
    assert sources["rxnorm-opioid-products"] == 144
