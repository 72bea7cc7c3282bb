"""Lines that say their drug is not taken (any more), and lines on which one drug took the place of another."""

from __future__ import annotations

from decimal import Decimal

import pytest

import doseref
from doseref.findings import Severity

LEFT_OUT = [
    "Sotalol ceased",
    "STOP ibuprofen 600 mg",
    "CEASE: Estradiol patch",
    "Domperidone 10 mg tds prn nausea - ceased",
    "clonidine 0.1 mg prn - not taking",
    "benztropine - ceased",
    "paliperidone palmitate (Invega Sustenna) - ceased, switched",
    "lisinopril 10 mg daily discontinued 3/2",
    "ibuprofen 400 mg prn (stopped Jan)",
    "ibuprofen (stopped Jan) 400 mg prn",
    "metformin 500 mg bd held",
    "metformin 500 mg bd held for AKI",
    "metformin 500 mg bd - held on admission",
    "rosuvastatin 10 mg - not started",
    "HOLD: metformin 500 mg bd",
    "Stopped: ramipril 5 mg od",
    "[STOPPED] ibuprofen",
    "Ceased ibuprofen",
    "CEASED ibuprofen 400 mg tds",
    "STOP ibuprofen and naproxen",
    "ramipril stopped due to cough",
    "ramipril 5 mg stopped (cough)",
    "ramipril stopped by GP",
    "ramipril stopped by GP Jan 2024 due to cough",
    "Stop taking ibuprofen",
    "amoxicillin 500 mg tds - course completed",
    "amoxicillin completed 3/2",
    "d/c'd lisinopril 10 mg",
    "atorvastatin 40 mg - pt stopped taking 3 weeks ago",
    "sertraline 50 mg daily - patient stopped",
    "Celebrex 200 mg - no longer taking",
    "No longer taking: aspirin 81 mg daily",
    "not taking: lisinopril 10 mg daily",
    "Amlodipine 5 mg (DISCONTINUED)",
    "DISCONTINUE: glyburide 5 mg daily",
    "digoxin withheld",
    "Warfarin - ceased 12/11/24",
    "clopidogrel 75 mg ceased in 2023",
    "Stopped Xyzolin 5 mg",
    "frusemide 40 mg - on hold",
    "* STOP * ibuprofen",
]
LEFT_OUT += ["Amlodipine 5 mg - STOPPED (ankle swelling)", "ramipril stopped (dry cough) Jan 2024"]
STAYS = [  # a plan, a word that turns it round, another drug, or anything else that is said
    "Do not stop clopidogrel 75 mg daily",
    "STOP aspirin 5 days before surgery",
    "prednisolone 50 mg daily for 5 days then ceased",
    "amoxicillin 500 mg tds until finished",
    "amoxicillin 500 mg tds until ceased",
    "metformin hold if vomiting",
    "hold metformin 48 h after contrast",
    "HOLD metformin until review",
    "ibuprofen 400 mg tds stop 12/3",
    "Stop ibuprofen 12/3",
    "prednisone 20 mg to be ceased 12/3",
    "not taking lisinopril daily",
    "not taking metoprolol as prescribed",
    "metoprolol never stopped",
    "STOP ibuprofen, paracetamol 1 g tds",
    "STOP ibuprofen and take paracetamol 1 g tds",
    "held metoprolol this morning",
    "metoprolol 50 mg bd held today",
    "metoprolol 50 mg bd (held x 2 days)",
    "metoprolol 50 mg bd held until Monday",
    "stopped smoking, nicotine patch 21 mg daily",
    "nicotine patch 21 mg daily (stopped smoking)",
    "nicotine patch 21 mg/24h daily, smoking ceased",
    "Panadol 1 g tds (stopped ibuprofen)",
    "amlodipine 5 mg daily - lisinopril stopped",
    "aspirin 81 mg daily; warfarin stopped",
    "metoprolol stopped, restarted 3/2",
    "warfarin 5 mg daily, held and restarted",
    "D/C lisinopril 10 mg daily",
    "D/C meds: lisinopril 10 mg",
    "lisinopril 10 mg daily d/c",
    "albuterol 2 puffs prn not used often",
    "sertraline 50 mg daily not stopped",
    "apixaban 5 mg bd if not taking warfarin",
    "take 2 tablets when pain has stopped",
    "loperamide 2 mg until diarrhoea stopped",
    "lorazepam 1 mg prn until seizure stopped",
    "alendronate 70 mg weekly, on hold from June",
    "discontinue after 5 days: amoxicillin 500 mg tds",
    "lisinopril 10 mg daily - not taking regularly",
    "use when not taking warfarin",
    "metoprolol 25 mg bid, not held",
    "pantoprazole 40 mg daily started when ibuprofen stopped",
    "pantoprazole 40 mg daily, ibuprofen ceased",
    "estradiol 1 mg daily since periods stopped",
    "oxycodone 5 mg q4h prn pain not on it",
]
STAYS += ["warfarin stopped (on apixaban)", "metoprolol stopped (restart if HR over)"]
REPLACED = [
    ("Amlodipine 5mg OD - continued", "amlodipine", 5),
    ("Furosemide 40 mg PO BD (8am, 2pm) - INCREASED", "furosemide", 80),
    ("Apixaban 5 mg bd (new start)", "apixaban", 10),
    # line, what is taken now, mg in 24 hours
    ("citalopram 20 mg changed to sertraline 50 mg daily", "sertraline", 50),
    ("CHANGE lisinopril 10 mg to losartan 50 mg daily", "losartan", 50),
    ("lisinopril stopped (cough), changed to losartan 50 mg daily", "losartan", 50),
    ("atenolol ceased; now on bisoprolol 2.5 mg daily", "bisoprolol", 2.5),
    ("warfarin switched to apixaban 5 mg bd", "apixaban", 10),
    ("CHANGE atorvastatin to 80 mg nightly (was 20 mg)", "atorvastatin", 80),
    ("START: ticagrelor 90 mg bid", "ticagrelor", 180),
    ("CONTINUE: levothyroxine 75 mcg daily", "levothyroxine", 75),
]


def _item(text: str) -> doseref.regimen.model.Item:
    return doseref.check([text]).regimens[0].items[0]


@pytest.mark.parametrize("text", LEFT_OUT)
def test_what_is_said_to_be_stopped_is_left_out_and_told(text: str) -> None:
    [person] = doseref.check([text, "paracetamol 500 mg daily"]).regimens
    item = person.items[0]
    assert (item.care, item.substances, item.exposures, item.status) == ("not taken", (), (), "read")
    assert [each for each in person.findings if each.severity > Severity.INFO] == []


@pytest.mark.parametrize("text", STAYS)
def test_what_may_be_taken_is_not_left_out(text: str) -> None:
    assert _item(text).care != "not taken"


@pytest.mark.parametrize(("text", "name", "amount"), REPLACED)
def test_only_what_holds_now_counts(text: str, name: str, amount: float) -> None:
    [person] = doseref.check([text]).to_json()["regimens"]
    [total] = person["totals"]
    assert (total["substance"], total["high"]) == (name, Decimal(str(amount)))


@pytest.mark.parametrize("text", ["metformin 500 mg bd, to be increased", "prednisone 10 mg daily - to be reduced"])
def test_a_plan_behind_a_dose_is_told(text: str) -> None:
    assert [each.code for each in doseref.check([text]).findings if each.severity > Severity.INFO] == ["R403"]


def test_a_plan_to_change_is_no_change() -> None:
    assert "sertraline" not in str(
        doseref.check(["citalopram 20 mg changed to sertraline 50 mg from Monday"]).to_json()["regimens"][0]["totals"]
    )


def test_a_drug_that_stands_there_stopped_and_taken_is_taken() -> None:
    [person] = doseref.check(["Sotalol ceased", "sotalol 80 mg bd"]).to_json()["regimens"]
    assert [(each["substance"], each["high"], each["items"]) for each in person["totals"]] == [
        ("sotalol", Decimal(160), [2])
    ]
    assert not [each for each in person["findings"] if each["code"] == "R201"]


def test_a_stopped_drug_is_no_part_of_a_stack_or_class() -> None:
    found = doseref.check(["STOP ibuprofen 600 mg", "naproxen 250 mg twice daily", "warfarin 5 mg daily"]).findings
    assert not [each for each in found if "ibuprofen" in each.substances]
    assert [each.code for each in found if each.severity > Severity.INFO] == ["R301"]


def test_a_maoi_acts_on_after_it_was_stopped() -> None:
    found = doseref.check(["phenelzine 15 mg tds - stopped last week", "sertraline 50 mg daily"]).findings
    assert [each.code for each in found if each.severity is Severity.ERROR] == ["R301"]


def test_drug_and_sig_apart_are_read_as_one_line_is() -> None:
    assert doseref.check([("Sotalol", "ceased")]).regimens[0].items[0].care == "not taken"
