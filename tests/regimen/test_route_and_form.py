"""Route, form and period: what must be heard, and what is usual and must stay quiet."""

from __future__ import annotations

import pytest

import doseref
from doseref.findings import Severity

HEARD = [
    ("enoxaparin 40 mg p.o. daily", "R406", "warning"),
    ("insulin glargine 10 units po daily", "R406", "warning"),
    ("latanoprost 0.005% eye drops 1 drop by mouth nightly", "R406", "warning"),
    ("timolol eye drops 1 drop by mouth twice daily", "R406", "warning"),
    ("hydrocortisone cream 1% by mouth twice daily", "R406", "warning"),
    ("Otomize ear spray 1 spray in the right EYE three times a day", "R406", "warning"),
    ("carbamide peroxide 6.5% 5 drops left eye twice daily", "R406", "warning"),
    ("nystatin pessary 1 po daily", "R406", "warning"),
    ("Zoladex 3.6 mg SC weekly", "R106", "warning"),
    ("Lantus 20 units SC four times a day before meals and at bedtime", "R106", "warning"),
    ("insulin degludec 20 units three times daily", "R106", "warning"),
    ("Levemir 10 units four times a day", "R106", "warning"),
    ("Ciprodex otic, 4 drops in both EYES BID", "R406", "warning"),
    ("ofloxacin 0.3% otic 5 drops OU BID", "R406", "warning"),
    ("bisacodyl suppository 10 mg by mouth daily", "R406", "warning"),
    ("fentanyl patch 25 mcg/h every 6 hours", "R106", "warning"),
    ("fentanyl 25 mcg/h patch, 1 patch daily", "R106", "warning"),
    ("metoprolol ER 50 mg crushed, once daily", "R411", "warning"),
    ("oxycodone ER 20 mg tablet, chew 1 tablet every 12 hours", "R411", "warning"),
    ("MS Contin 30 mg, crush tablet and take every 12 hours", "R411", "warning"),
    ("omeprazole DR 20 mg capsule crushed daily", "R411", "warning"),
    ("morphine ER 15 mg 1 tablet six times a day", "R411", "warning"),
    ("potassium chloride 20 mEq/10 mL IV push once now", "R406", "error"),
    ("KCl 40 mEq IVP x1", "R406", "error"),
    ("ondansetron 32 mg IV once", "R105", "error"),
    ("medroxyprogesterone 150 mg IM every 4 weeks", "R106", "warning"),
    ("potassium chloride 10 mEq undiluted over 5 minutes", "R406", "error"),
    ("rivastigmine 9.5 mg/24 h patch, 2 patches daily", "R101", "error"),
    ("salmeterol 50 mcg 1 inhalation four times a day", "R106", "warning"),
    ("levothyroxine 500 mcg daily", "R109", "warning"),
    ("Humalog 80 units three times daily with meals", "R109", "warning"),
    ("methotrexate 15 mg daily", "R107", "error"),
    ("methotrexate 2.5 mg 1 tablet daily", "R107", "error"),
    ("alendronate 70 mg daily", "R107", "error"),
    ("risedronate 35 mg daily", "R107", "error"),
    ("ibandronate 150 mg daily", "R107", "error"),
    ("semaglutide 1 mg daily", "R107", "error"),
    ("Wegovy 2.4 mg daily", "R107", "error"),
    ("Trulicity 1.5 mg subq daily", "R107", "error"),
    ("Mounjaro 5 mg subcutaneous daily", "R107", "error"),
    ("Butrans 10 mcg/h 1 patch daily", "R107", "error"),
    ("clonidine patch 0.1 mg/24 h, 1 patch daily", "R107", "error"),
]
QUIET = [
    "Otomize ear spray 1 spray in the left ear three times a day",
    "carbamide peroxide 6.5% 5 drops left ear twice daily",
    "clotrimazole 500 mg pessary 1 at night",
    "Zoladex 3.6 mg SC every 4 weeks",
    "Depo-Provera 150 mg IM every 12 weeks",
    "Depo-Provera 150 mg IM every 3 months",
    "ondansetron 8 mg IV every 8 hours",
    "Zoladex 10.8 mg SC every 12 weeks",
    "Lantus 20 units daily",
    "Lantus 20 units twice daily",
    "Levemir 10 units twice daily",
    "enoxaparin 40 mg subcutaneously daily",
    "albuterol inhaler 2 puffs by mouth every 6 hours as needed",
    "vancomycin 125 mg po qid",
    "Ciprodex otic, 4 drops in both ears BID",
    "ofloxacin 0.3% ophthalmic 1 drop in both eyes BID",
    "latanoprost 0.005% 1 drop in each eye nightly",
    "fentanyl patch 25 mcg/h every 72 hours",
    "fentanyl patch 25 mcg/h every 48 hours",
    "Butrans 10 mcg/h 1 patch every 7 days",
    "clonidine patch 0.1 mg/24 h, 1 patch weekly",
    "clonidine 0.1 mg twice daily",
    "estradiol patch 0.05 mg/day 1 patch twice weekly",
    "rivastigmine patch 4.6 mg/24h daily",
    "tamsulosin 0.4 mg capsule, do not crush or chew, once daily",
    "Wellbutrin XL 150 mg, do not crush, chew, or split, once daily",
    "metoprolol succinate ER 50 mg 0.5 tablet daily",
    "carbidopa/levodopa CR 25/100 1 tablet four times daily",
    "sertraline 50 mg tablet crushed daily",
    "methotrexate 15 mg once weekly",
    "alendronate 70 mg once weekly",
    "alendronate 10 mg daily",
    "ibandronate 150 mg once monthly",
    "Rybelsus 14 mg daily",
    "Ozempic 1 mg once weekly",
]


@pytest.mark.parametrize(("item", "code", "severity"), HEARD, ids=[each[0] for each in HEARD])
def test_a_wrong_route_form_or_period_is_heard(item: str, code: str, severity: str) -> None:
    assert [f.severity.word for f in doseref.check([item]).findings if f.code == code] == [severity]


@pytest.mark.parametrize("item", QUIET)
def test_what_is_usual_raises_nothing_above_information(item: str) -> None:
    assert [str(f) for f in doseref.check([item]).findings if f.severity > Severity.INFO] == []


@pytest.mark.parametrize(
    ("item", "route"),
    [
        ("gentamicin 80 mg tds", "systemic"),
        ("gentamicin 5 mg/kg once daily", "systemic"),
        ("dapsone 100 mg daily", "systemic"),
        ("pilocarpine 5 mg tds", "systemic"),
        ("nystatin 1 mL qid for oral thrush", "systemic"),
        ("nystatin cream 1 mL qid", "topical"),
        ("gentamicin cream 80 mg tds", "topical"),
        ("gentamicin 80 mg tds topically", "topical"),
        ("hydrocortisone 1% cream 500 mg bd", "topical"),
    ],
)
def test_an_amount_of_what_is_usually_dropped_or_spread_is_of_no_guessed_route(item: str, route: str) -> None:
    regimen = doseref.check([item], weight=70).regimens[0]
    assert {each.route for each in regimen.totals} <= {route}
