"""Kinds of substance that are dangerous together: what must be heard, what must stay quiet, and the table itself."""

from __future__ import annotations

import pytest

import doseref
from doseref.findings import Severity
from doseref.refdata import reference

HEARD = [
    (("dolutegravir 50 mg daily", "rifampin 600 mg daily"), "dolutegravir-rifampin", "warning"),
    (("Tivicay 50 mg daily", "carbamazepine 200 mg twice daily"), "dolutegravir-inducer", "warning"),
    (("rizatriptan 10 mg as needed for migraine", "propranolol 80 mg twice daily"), "rizatriptan-propranolol", "warning"),
    (("dasatinib 100 mg daily", "omeprazole 20 mg daily"), "dasatinib-acid", "warning"),
    (("Paxlovid 3 tablets twice daily", "amiodarone 200 mg daily"), "ritonavir-contraindicated", "error"),
    (("sirolimus 2 mg daily", "voriconazole 200 mg twice daily"), "sirolimus-level", "warning"),
    (("sirolimus 2 mg daily", "rifampin 600 mg daily"), "sirolimus-inducer", "warning"),
    (("gentamicin 80 mg IV every 8 hours", "vancomycin 1 g IV every 12 hours"), "nephrotoxic-two", "warning"),
    (("amikacin 500 mg IV every 12 hours", "colistin 150 mg IV every 12 hours"), "nephrotoxic-two", "warning"),
    (("tacrolimus 3 mg twice daily", "gentamicin 300 mg IV daily"), "nephrotoxic-two", "warning"),
    (("Emsam 6 mg/24 h patch daily", "bupropion XL 150 mg daily"), "maoi-bupropion", "error"),
    # items, stack, severity
    (("phenelzine 15 mg three times daily", "sertraline 50 mg daily"), "maoi-serotonergic", "error"),
    (("linezolid 600 mg twice daily", "venlafaxine 75 mg daily"), "maoi-serotonergic", "error"),
    (("sertraline 200 mg daily", "venlafaxine 375 mg daily", "tramadol 100 mg four times daily"), "tramadol-serotonergic", "warning"),
    (("sertraline 100 mg daily", "trazodone 50 mg at bedtime", "sumatriptan 50 mg daily"), "serotonergic-three", "warning"),
    (("oxycodone 5 mg every 6 hours", "lorazepam 1 mg at bedtime"), "opioid-depressant", "warning"),
    (("oxycodone 5 mg every 6 hours", "zolpidem 10 mg at bedtime"), "opioid-depressant", "warning"),
    (("hydrocodone/acetaminophen 5/325 1 tablet every 6 hours", "pregabalin 75 mg twice daily"), "opioid-gabapentinoid", "warning"),
    (("citalopram 20 mg daily", "amiodarone 200 mg daily"), "qt-two", "warning"),
    (("lisinopril 20 mg daily", "spironolactone 25 mg daily", "potassium chloride 20 mEq daily"), "hyperkalaemia-three", "warning"),
    (("lisinopril 20 mg daily", "Bactrim DS 1 tablet twice daily"), "hyperkalaemia-trimethoprim-ras", "warning"),
    (("losartan 50 mg daily", "trimethoprim 200 mg twice daily"), "hyperkalaemia-trimethoprim-ras", "warning"),
    (("warfarin 5 mg daily", "ibuprofen 400 mg three times daily"), "anticoagulant-bleeding", "warning"),
    (("losartan 50 mg daily", "hydrochlorothiazide 25 mg daily", "naproxen 250 mg twice daily"), "triple-whammy", "warning"),
    (("lithium 300 mg three times daily", "ibuprofen 400 mg three times daily"), "lithium-level", "warning"),
    (("lithium 300 mg three times daily", "chlorthalidone 25 mg daily"), "lithium-level", "warning"),
    (("glipizide 10 mg daily", "insulin glargine 20 units at bedtime"), "sulfonylurea-insulin", "warning"),
    (("metoprolol 50 mg twice daily", "verapamil 80 mg three times daily"), "beta-blocker-verapamil", "warning"),
    (("diphenhydramine 25 mg at bedtime", "amitriptyline 25 mg at bedtime", "hydroxyzine 25 mg at bedtime"), "anticholinergic-three", "warning"),
]  # fmt: skip

HEARD += [
    (("ticagrelor 90 mg twice daily", "aspirin 325 mg daily"), "ticagrelor-aspirin", "warning"),
    (("Brilinta 90 mg twice daily", "clarithromycin 500 mg twice daily"), "ticagrelor-cyp3a4", "warning"),
    (("repaglinide 2 mg before meals three times daily", "gemfibrozil 600 mg twice daily"), "repaglinide-gemfibrozil", "error"),
    (("pimozide 2 mg daily", "sertraline 100 mg daily"), "pimozide-contraindicated", "error"),
    (("thioridazine 100 mg daily", "fluoxetine 20 mg daily"), "thioridazine-contraindicated", "error"),
    (("ranolazine ER 1000 mg twice daily", "diltiazem ER 240 mg daily"), "ranolazine-above-1000", "warning"),
    (("ranolazine ER 1000 mg twice daily", "metformin 1000 mg twice daily"), "ranolazine-metformin", "warning"),
    (("rilpivirine 25 mg daily", "omeprazole 20 mg daily"), "rilpivirine-contraindicated", "error"),
    (("bosentan 125 mg twice daily", "cyclosporine 100 mg twice daily"), "bosentan-contraindicated", "error"),
    (("clozapine 300 mg at bedtime", "ciprofloxacin 500 mg twice daily"), "clozapine-cyp1a2", "warning"),
    (("pramipexole 1 mg three times daily", "haloperidol 2 mg twice daily"), "dopamine-agonist-blocker", "warning"),
    (("disulfiram 250 mg daily", "metronidazole 500 mg three times daily"), "disulfiram-metronidazole", "error"),
    (("cilostazol 100 mg twice daily", "omeprazole 40 mg daily"), "cilostazol-above-100", "warning"),
    (("lamotrigine 100 mg twice daily", "Microgynon 30 1 tablet daily"), "lamotrigine-estrogen", "warning"),
    (("tolvaptan 15 mg daily", "clarithromycin 500 mg twice daily"), "tolvaptan-cyp3a4", "error"),
    (("rosuvastatin 40 mg daily", "febuxostat 80 mg daily"), "rosuvastatin-above-20", "warning"),
]  # fmt: skip

HEARD += [
    (("sildenafil 50 mg daily", "isosorbide mononitrate ER 60 mg daily"), "pde5-nitrate", "error"),
    (("selegiline 5 mg twice daily", "meperidine 50 mg every 4 hours as needed"), "maoi-with-opioid", "error"),
    (("methadone 30 mg daily", "haloperidol 5 mg twice daily"), "qt-two", "warning"),
    (("citalopram 40 mg daily", "ondansetron 8 mg three times daily"), "qt-two", "warning"),
    (("amiodarone 200 mg daily", "azithromycin 500 mg daily for 3 days"), "qt-two", "warning"),
]

HEARD += [
    (("lorazepam 1 mg twice daily", "zolpidem 5 mg at bedtime"), "hypnotic-benzodiazepine", "warning"),
    (("zolpidem 5 mg at bedtime", "gabapentin 300 mg three times daily", "cyclobenzaprine 10 mg three times daily"), "depressants-three", "warning"),
    (("tramadol 50 mg every 6 hours", "venlafaxine 75 mg daily"), "tramadol-serotonergic", "warning"),
    (("phenelzine 15 mg three times daily", "lithium 300 mg twice daily"), "maoi-serotonergic", "error"),
    (("eplerenone 50 mg daily", "spironolactone 25 mg daily", "lisinopril 20 mg daily"), "hyperkalaemia-two-sparing", "warning"),
    (("triamterene 50 mg daily", "potassium chloride 20 mEq daily"), "potassium-with-sparing", "warning"),
    (("calcitriol 0.25 mcg daily", "calcium carbonate 1250 mg twice daily", "chlorthalidone 25 mg daily"), "hypercalcaemia-thiazide", "warning"),
    (("calcitriol 0.25 mcg daily", "vitamin D 1000 units daily", "chlorthalidone 25 mg daily"), "hypercalcaemia-two-forms", "warning"),
    (("Entresto 49/51 mg twice daily", "lisinopril 10 mg daily"), "sacubitril-ace-inhibitor", "error"),
    (("riociguat 1 mg three times daily", "isosorbide mononitrate ER 30 mg daily"), "riociguat-nitrate", "error"),
    (("Geodon 80 mg twice daily", "methadone 40 mg daily"), "qt-ziprasidone", "warning"),
    (("St John's wort 300 mg three times daily", "sertraline 100 mg daily"), "serotonergic-herbal", "warning"),
    (("tramadol 50 mg every 6 hours", "dextromethorphan 30 mg every 12 hours"), "tramadol-dextromethorphan", "warning"),
    (("methotrexate 15 mg once weekly", "Bactrim DS 1 tablet twice daily"), "methotrexate-trimethoprim", "warning"),
]  # fmt: skip

HEARD += [
    # what the labels themselves say not to take together
    (("simvastatin 20 mg daily", "clarithromycin 500 mg twice daily"), "simvastatin-cyp3a4", "error"),
    (("simvastatin 20 mg daily", "gemfibrozil 600 mg twice daily"), "simvastatin-gemfibrozil", "error"),
    (("simvastatin 40 mg daily", "amlodipine 5 mg daily"), "simvastatin-above-20", "warning"),
    (("simvastatin 20 mg daily", "diltiazem 120 mg daily"), "simvastatin-above-10", "warning"),
    (("lovastatin 20 mg daily", "itraconazole 200 mg daily"), "lovastatin-cyp3a4", "error"),
    (("lovastatin 20 mg daily", "cyclosporine 100 mg twice daily"), "lovastatin-gemfibrozil", "warning"),
    (("lovastatin 40 mg daily", "verapamil 120 mg daily"), "lovastatin-above-20", "warning"),
    (("lovastatin 80 mg daily", "amiodarone 200 mg daily"), "lovastatin-above-40", "warning"),
    (("ergotamine 2 mg daily", "clarithromycin 500 mg twice daily"), "ergot-cyp3a4", "error"),
    (("ergotamine 2 mg daily", "sumatriptan 50 mg daily"), "ergot-triptan", "warning"),
    (("tizanidine 4 mg three times daily", "ciprofloxacin 500 mg twice daily"), "tizanidine-cyp1a2", "error"),
    (("eplerenone 25 mg daily", "clarithromycin 500 mg twice daily"), "eplerenone-cyp3a4", "error"),
    (("dofetilide 250 mcg twice daily", "cimetidine 400 mg twice daily"), "dofetilide-level", "error"),
    (("colchicine 0.6 mg daily", "clarithromycin 500 mg twice daily"), "colchicine-cyp3a4", "warning"),
    (("naltrexone 50 mg daily", "oxycodone 5 mg every 6 hours"), "naltrexone-opioid", "error"),
    (("Humira 40 mg SC every 2 weeks", "tofacitinib 5 mg twice daily"), "jak-biologic", "warning"),
    (("Humira 40 mg SC every 2 weeks", "anakinra 100 mg SC daily"), "tnf-biologic", "warning"),
    (("Sinemet 25/100 1 tablet three times daily", "metoclopramide 10 mg three times daily"), "levodopa-dopamine-blocker", "warning"),
    (("isotretinoin 40 mg daily", "doxycycline 100 mg twice daily"), "isotretinoin-tetracycline", "warning"),
    (("acitretin 25 mg daily", "minocycline 100 mg daily"), "acitretin-tetracycline", "error"),
    (("acitretin 25 mg daily", "methotrexate 15 mg once weekly"), "acitretin-methotrexate", "error"),
    (("isotretinoin 40 mg daily", "vitamin A 10,000 units daily"), "retinoid-vitamin-a", "warning"),
    (("acitretin 25 mg daily", "isotretinoin 20 mg daily"), "retinoid-two", "warning"),
    (("azathioprine 50 mg daily", "allopurinol 100 mg daily"), "thiopurine-allopurinol", "warning"),
    (("mercaptopurine 50 mg daily", "febuxostat 40 mg daily"), "thiopurine-febuxostat", "error"),
    (("clozapine 200 mg daily", "carbamazepine 200 mg twice daily"), "clozapine-carbamazepine", "warning"),
    (("Flovent HFA 220 mcg 2 puffs twice daily", "ritonavir 100 mg daily"), "fluticasone-booster", "warning"),
    (("ivabradine 5 mg twice daily", "clarithromycin 500 mg twice daily"), "ivabradine-cyp3a4", "error"),
    (("ivabradine 5 mg twice daily", "diltiazem 120 mg daily"), "ivabradine-slowing", "warning"),
    (("propranolol 40 mg twice daily", "salbutamol 100 mcg 2 puffs as needed"), "propranolol-beta2", "warning"),
    (("simvastatin 40 mg tab 28/28 - 1 nocte", "verapamil 240 mg daily"), "simvastatin-above-10", "warning"),  # not read: the amount in its line
]  # fmt: skip

NAMED = [
    # items, stack, what the one finding names: what adds to a stack is told with it
    (("oxycodone 5 mg every 6 hours", "diazepam 5 mg daily", "carisoprodol 350 mg daily", "gabapentin 300 mg daily"),
     "opioid-depressant", {"oxycodone", "diazepam", "carisoprodol", "gabapentin"}),
    (("gentamicin 80 mg IV every 8 hours", "vancomycin 1 g IV every 12 hours", "ketorolac 15 mg IV every 6 hours"),
     "nephrotoxic-two", {"gentamicin", "vancomycin", "ketorolac"}),
    (("Entresto 49/51 mg twice daily", "lisinopril 10 mg daily"), "sacubitril-ace-inhibitor", {"sacubitril", "valsartan", "lisinopril"}),
]  # fmt: skip

HEARD += [
    (("oxycodone 5 mg every 6 hours as needed", "tizanidine 4 mg three times daily"), "opioid-muscle-relaxant", "warning"),
    (("hydrocodone/acetaminophen 5/325 1 tablet every 6 hours", "Unisom SleepTabs 1 tablet at bedtime"), "opioid-sleep-antihistamine", "warning"),
]  # fmt: skip

HEARD += [
    (("donepezil 10 mg at bedtime", "oxybutynin 5 mg twice daily"), "cholinesterase-anticholinergic", "warning"),
    (("rivastigmine 4.6 mg/24 h patch daily", "diphenhydramine 25 mg at bedtime"), "cholinesterase-anticholinergic", "warning"),
    (("selegiline 5 mg twice daily", "pseudoephedrine 60 mg every 6 hours"), "mao-b-sympathomimetic", "warning"),
    (("tamsulosin 0.4 mg daily", "doxazosin 4 mg daily", "tadalafil 5 mg daily"), "alpha-blockers-pde5", "warning"),
    # 50,000 units are 1.25 mg, above 0.1 mg (4,000 units)
    (("Vitamin D3 50,000 units daily", "calcium carbonate 1250 mg twice daily", "chlorthalidone 25 mg daily"),
     "hypercalcaemia-vitamin-d", "warning"),
    (("quetiapine 300 mg at bedtime", "methadone 10 mg daily", "azithromycin 500 mg daily for 3 days"), "qt-quetiapine", "warning"),
    (("aspirin 81 mg daily", "clopidogrel 75 mg daily", "diclofenac 50 mg twice daily"), "antiplatelets-nsaid", "warning"),
    (("flecainide 100 mg twice daily", "verapamil 80 mg three times daily"), "flecainide-slowing", "warning"),
    (("rosuvastatin 20 mg daily", "gemfibrozil 600 mg twice daily"), "rosuvastatin-gemfibrozil", "warning"),
    (("rosuvastatin 10 mg daily", "cyclosporine 100 mg twice daily"), "rosuvastatin-above-5", "warning"),
    # what bridges to warfarin is none to apixaban, and bleeds with an NSAID as ever
    (("warfarin 5 mg daily", "enoxaparin 80 mg SC every 12 hours bridge until INR 2", "ibuprofen 400 mg three times daily"),
     "anticoagulant-bleeding", "warning"),
]  # fmt: skip

HEARD += [
    # one drug changes the level of the other
    (("warfarin 5 mg daily", "metronidazole 500 mg three times daily for 7 days"), "warfarin-inr-raised", "warning"),
    (("acenocoumarol 2 mg daily", "fluconazole 150 mg once"), "warfarin-inr-raised", "warning"),
    (("warfarin 5 mg daily", "rifampin 600 mg daily"), "warfarin-inr-lowered", "warning"),
    (("warfarin 5 mg daily", "tamoxifen 20 mg daily"), "warfarin-tamoxifen", "warning"),
    (("apixaban 5 mg twice daily", "St John's wort 300 mg three times daily"), "doac-inducer", "warning"),
    (("edoxaban 60 mg daily", "rifampin 600 mg daily"), "dabigatran-edoxaban-inducer", "warning"),
    (("apixaban 5 mg twice daily", "itraconazole 200 mg daily"), "apixaban-cyp3a4", "warning"),
    (("digoxin 0.125 mg daily", "clarithromycin 500 mg twice daily"), "digoxin-level", "warning"),
    (("divalproex 500 mg twice daily", "ertapenem 1 g IV daily"), "valproate-carbapenem", "warning"),
    (("tamoxifen 20 mg daily", "paroxetine 20 mg daily"), "tamoxifen-cyp2d6", "warning"),
    (("theophylline 300 mg twice daily", "ciprofloxacin 500 mg twice daily"), "theophylline-level", "warning"),
    (("atorvastatin 40 mg daily", "clarithromycin 500 mg twice daily"), "atorvastatin-above-20", "warning"),
    (("atorvastatin 10 mg daily", "cyclosporine 100 mg twice daily"), "atorvastatin-cyclosporine", "warning"),
    (("clopidogrel 75 mg daily", "esomeprazole 20 mg daily"), "clopidogrel-omeprazole", "warning"),
    (("tacrolimus 2 mg twice daily", "clarithromycin 500 mg twice daily"), "tacrolimus-level", "warning"),
    (("cyclosporine 100 mg twice daily", "St John's wort 300 mg three times daily"), "tacrolimus-inducer", "warning"),
    (("ticagrelor 90 mg twice daily", "itraconazole 200 mg daily"), "itraconazole-contraindicated", "error"),
    (("glipizide 10 mg daily", "fluconazole 200 mg daily"), "fluconazole-sulfonylurea", "warning"),
    (("glipizide 10 mg daily", "clarithromycin 500 mg twice daily"), "clarithromycin-hypoglycaemia", "warning"),
    (("carbamazepine 200 mg twice daily", "erythromycin 500 mg four times daily"), "carbamazepine-level", "warning"),
    (("phenytoin 300 mg daily", "fluconazole 200 mg daily"), "phenytoin-level", "warning"),
    (("lithium 300 mg three times daily", "furosemide 40 mg daily"), "lithium-loop-diuretic", "warning"),
    (("levothyroxine 100 mcg daily", "Armour Thyroid 60 mg daily"), "thyroid-two", "warning"),
    (("oxybutynin 5 mg three times daily", "diphenhydramine 25 mg at bedtime"), "anticholinergic-bladder", "warning"),
    (("carbamazepine 200 mg twice daily", "Yaz 1 tablet daily"), "contraceptive-inducer", "warning"),
    (("warfarin 5 mg daily", "ginkgo biloba 120 mg daily"), "warfarin-botanical", "warning"),
    (("fluvoxamine 100 mg daily", "ramelteon 8 mg at bedtime"), "fluvoxamine-contraindicated", "error"),
    (("fluvoxamine 100 mg daily", "diazepam 5 mg daily"), "fluvoxamine-level", "warning"),
    (("fentanyl 25 mcg/h patch every 72 hours", "fluconazole 200 mg daily"), "fluconazole-fentanyl", "warning"),
    (("amiodarone 200 mg daily", "clarithromycin 500 mg twice daily"), "clarithromycin-antiarrhythmic", "warning"),
    (("Claritin-D 24 hour 1 tablet daily", "lisinopril 10 mg daily"), "decongestant-antihypertensive", "warning"),
    # eye drops that reach the blood
    (("timolol 0.5 % eye drops 1 drop twice daily", "verapamil 80 mg three times daily"), "eye-beta-blocker-calcium-channel", "warning"),
    (("timolol 0.5% 1 gtt OU BID", "metoprolol 50 mg twice daily"), "eye-beta-blocker-oral", "warning"),
    (("timolol 0.5% 1 gtt OU BID", "salbutamol 100 mcg 2 puffs as needed"), "eye-beta-blocker-beta2", "warning"),
]  # fmt: skip

QUIET = [
    ("dolutegravir 50 mg twice daily", "rifampin 600 mg daily"),
    ("rizatriptan 5 mg as needed for migraine", "propranolol 80 mg twice daily"),
    ("rizatriptan 10 mg as needed for migraine", "metoprolol 50 mg twice daily"),
    ("sirolimus 2 mg daily", "fluconazole 100 mg daily"),
    # the dose that the label allows, another of the class, another place, or usual together
    ("warfarin 5 mg daily", "amoxicillin 500 mg three times daily"),
    ("warfarin 5 mg daily", "ketoconazole 2% shampoo twice weekly"),
    ("apixaban 2.5 mg twice daily", "itraconazole 200 mg daily"),
    ("apixaban 5 mg twice daily", "clarithromycin 500 mg twice daily"),
    ("digoxin 0.125 mg daily", "carvedilol 6.25 mg twice daily", "spironolactone 25 mg daily"),
    ("atorvastatin 20 mg daily", "clarithromycin 500 mg twice daily"),
    ("atorvastatin 20 mg daily", "Restasis 1 drop each eye twice daily"),
    ("clopidogrel 75 mg daily", "pantoprazole 40 mg daily"),
    ("tamoxifen 20 mg daily", "venlafaxine 75 mg daily"),
    ("levothyroxine 100 mcg daily", "liothyronine 5 mcg daily"),
    ("rifampin 600 mg daily", "Mirena IUD in place"),
    ("pseudoephedrine 60 mg every 6 hours", "propranolol 20 mg twice daily"),
    ("timolol 0.5% 1 gtt OU BID", "latanoprost 1 gtt OU at bedtime"),
    ("quetiapine 25 mg at bedtime", "escitalopram 10 mg daily"),
    ("aspirin 81 mg daily", "clopidogrel 75 mg daily", "pantoprazole 40 mg daily"),
    ("aspirin 81 mg daily", "ibuprofen 400 mg three times daily"),
    ("flecainide 100 mg twice daily", "bisoprolol 2.5 mg daily"),
    ("rosuvastatin 5 mg daily", "cyclosporine 100 mg twice daily"),
    ("rosuvastatin 20 mg daily", "fenofibrate 145 mg daily"),
    ("donepezil 10 mg at bedtime", "tiotropium 18 mcg inhaled daily", "mirabegron 25 mg daily"),
    ("selegiline 5 mg twice daily", "oxymetazoline nasal spray 2 sprays twice daily"),
    ("tamsulosin 0.4 mg daily", "tadalafil 5 mg daily"),
    ("Vitamin D3 1,000 units daily", "calcium carbonate 1250 mg twice daily", "chlorthalidone 25 mg daily"),
    ("Vitamin D3 50,000 units once weekly", "calcium carbonate 1250 mg twice daily", "chlorthalidone 25 mg daily"),
    ("warfarin 5 mg daily", "enoxaparin 80 mg SC every 12 hours as bridge until INR 2-3"),
    ("tizanidine 4 mg three times daily", "acetaminophen 500 mg every 6 hours"),
    ("oxycodone 5 mg every 6 hours as needed", "loratadine 10 mg daily"),
    ("Entresto 49/51 mg twice daily", "spironolactone 25 mg daily", "carvedilol 12.5 mg twice daily"),
    ("calcitriol 0.25 mcg daily", "calcium acetate 667 mg three times daily", "furosemide 40 mg daily"),
    ("diclofenac gel apply four times daily", "lisinopril 20 mg daily", "hydrochlorothiazide 25 mg daily"),
    ("gabapentin 300 mg three times daily", "cyclobenzaprine 5 mg three times daily"),
    ("tobramycin 0.3% eye drops 1 drop four times daily", "vancomycin 1 g IV every 12 hours"),
    ("tacrolimus 0.1% ointment twice daily", "gentamicin 80 mg IV every 8 hours"),
    ("MS Contin 30 mg twice daily", "oxycodone 5 mg every 6 hours as needed"),
    ("lisinopril 20 mg daily", "hydrochlorothiazide 25 mg daily", "atorvastatin 40 mg daily"),
    ("lisinopril 20 mg daily", "hydrochlorothiazide 25 mg daily", "aspirin 81 mg daily"),
    ("lisinopril 20 mg daily", "spironolactone 25 mg daily"),
    ("metoprolol 50 mg twice daily", "amlodipine 10 mg daily"),
    ("metformin 500 mg twice daily", "insulin glargine 20 units at bedtime"),
    ("timolol 0.5 % eye drops 1 drop twice daily", "amlodipine 5 mg daily"),
    ("betaxolol 0.25% eye drops 1 drop twice daily", "salbutamol 100 mcg 2 puffs as needed"),
    ("diclofenac 1 % gel 4 g four times daily", "lisinopril 20 mg daily", "hydrochlorothiazide 25 mg daily"),
    ("sertraline 50 mg daily", "trazodone 50 mg at bedtime"),
    ("lithium 300 mg three times daily", "aspirin 81 mg daily"),
    # within what the label allows together, another statin, another place, or used on purpose
    ("simvastatin 20 mg daily", "amlodipine 10 mg daily"),
    ("simvastatin 10 mg daily", "verapamil 120 mg daily"),
    ("simvastatin 40 mg daily", "azithromycin 500 mg daily"),
    ("rosuvastatin 20 mg daily", "clarithromycin 500 mg twice daily"),
    ("simvastatin 40 mg daily", "ketoconazole 2% shampoo twice weekly"),
    ("simvastatin 40 mg daily", "amlodipine ceased"),
    ("lovastatin 20 mg daily", "diltiazem 120 mg daily"),
    ("Sinemet 25/100 1 tablet three times daily", "quetiapine 25 mg at bedtime"),
    ("Sinemet 25/100 1 tablet three times daily", "domperidone 10 mg three times daily"),
    ("tretinoin 0.025% cream at bedtime", "doxycycline 100 mg daily"),
    ("Suboxone 8/2 mg 1 film daily", "naloxone 4 mg nasal spray as needed"),
    ("Humira 40 mg SC every 2 weeks", "methotrexate 15 mg once weekly", "prednisone 5 mg daily"),
    ("colchicine 0.6 mg daily", "allopurinol 300 mg daily"),
    ("bisoprolol 2.5 mg daily", "salbutamol 100 mcg 2 puffs as needed"),
    ("ivabradine 5 mg twice daily", "bisoprolol 2.5 mg daily"),
    ("mycophenolate 500 mg twice daily", "allopurinol 100 mg daily"),
]


def _stacks(items: tuple[str, ...]) -> dict[str, str]:
    return {f.extra["stack"]: f.severity.word for f in doseref.check(list(items)).findings if f.extra.get("stack")}


@pytest.mark.parametrize(("items", "stack", "severity"), HEARD, ids=[f"{each[1]}-{n}" for n, each in enumerate(HEARD)])
def test_what_is_dangerous_together_is_heard(items: tuple[str, ...], stack: str, severity: str) -> None:
    assert _stacks(items).get(stack) == severity


@pytest.mark.parametrize(("items", "stack", "names"), NAMED, ids=[each[1] for each in NAMED])
def test_what_adds_to_a_stack_is_named_with_it(items: tuple[str, ...], stack: str, names: set[str]) -> None:
    told = [f for f in doseref.check(list(items)).findings if f.extra.get("stack") == stack]
    assert [set(f.substances) for f in told] == [names]


@pytest.mark.parametrize("items", QUIET, ids=range(len(QUIET)))
def test_what_is_usual_stays_quiet(items: tuple[str, ...]) -> None:
    found = [f for f in doseref.check(list(items)).findings if f.code == "R301" and f.severity > Severity.INFO]
    assert found == []


@pytest.mark.parametrize(
    ("items", "age", "stack"),
    [
        (("Elavil 25 mg hs", "Benadryl 25 mg hs prn sleep"), 82, "anticholinergic-two-older"),
        (("Elavil 25 mg hs", "Benadryl 25 mg hs prn sleep"), 64, ""),
        (("Elavil 25 mg hs", "Benadryl 25 mg hs prn sleep"), None, ""),
        (("oxybutynin 5 mg bd", "amitriptyline 25 mg nocte"), 79, "anticholinergic-bladder"),
        (("meclizine 25 mg tds", "dicyclomine 10 mg tds"), 70, "anticholinergic-two-older"),
        (("amitriptyline 25 mg nocte", "sertraline 50 mg od"), 82, ""),
        (("sertraline 100 mg od", "naproxen 500 mg bd"), 79, "nsaid-ssri-older"),
        (("sertraline 100 mg od", "naproxen 500 mg bd", "omeprazole 20 mg od"), 79, ""),
        (("sertraline 100 mg od", "naproxen 500 mg bd", "pantoprazole"), 79, ""),
        (("sertraline 100 mg od", "naproxen 500 mg bd", "famotidine 20 mg bd"), 79, "nsaid-ssri-older"),
        (("sertraline 100 mg od", "naproxen 500 mg bd"), 65, ""),
        (("sertraline 100 mg od", "naproxen 500 mg bd"), None, ""),
        (("sertraline 100 mg od", "diclofenac gel tds"), 79, ""),
        (("sertraline 100 mg od", "aspirin 75 mg od"), 79, ""),
    ],
)
def test_what_is_dangerous_for_older_people_or_without_protection(
    items: tuple[str, ...], age: int | None, stack: str
) -> None:
    found = doseref.check(list(items), age=age).findings
    assert [f.extra["stack"] for f in found if f.code == "R301" and f.severity == Severity.WARNING] == [stack] * bool(
        stack
    )


def test_every_member_of_the_table_is_a_class_a_substance_or_an_effect() -> None:
    data = reference()
    for stack in data.stacks:
        for name in (name for group in stack.groups for name in (*group.members, *group.without)):
            known = (
                name[1:] in data.side_effect_classes
                if name.startswith("@")
                else name in data.classes or name.partition(">")[0] in data.substances
            )
            assert known, (stack.id, name)


def test_one_finding_a_stack_never_one_a_pair() -> None:
    items = [
        "oxycodone 5 mg every 6 hours",
        "lorazepam 1 mg at bedtime",
        "diazepam 5 mg daily",
        "gabapentin 300 mg three times daily",
    ]
    told = [f.extra["stack"] for f in doseref.check(items).findings if f.extra.get("stack")]
    assert told == ["opioid-depressant"]


def test_the_gravest_of_one_effect_is_told_alone() -> None:
    """Phenelzine with two others is one error, not an error and a warning of the same substances."""
    items = ["phenelzine 15 mg three times daily", "sertraline 50 mg daily", "tramadol 50 mg four times daily"]
    assert _stacks(tuple(items)) == {"maoi-serotonergic": "error"}


def test_what_only_adds_to_a_pair_is_no_member_of_it() -> None:
    """Haloperidol is neither an opioid nor a gabapentinoid; the pair alone names two."""
    items = ["pregabalin 75 mg bd", "oxycodone 5 mg q6h", "haloperidol 1 mg bd"]
    for taken, words in (
        (items, "pregabalin and oxycodone (items 1, 2 and 3): an opioid with a gabapentinoid; haloperidol adds to it"),
        (items[:2], "pregabalin and oxycodone (items 1 and 2): an opioid with a gabapentinoid;"),
    ):
        told = [
            each.message for each in doseref.check(taken).findings if each.extra.get("stack") == "opioid-gabapentinoid"
        ]
        assert len(told) == 1 and told[0].startswith(words)
    assert "adds to it" not in told[0]
