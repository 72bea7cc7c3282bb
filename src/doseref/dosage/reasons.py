"""Words that may say what something is taken for, behind "for" or "as needed": one table for the reader of reasons."""

from __future__ import annotations

REASONS: frozenset[str] = frozenset(
    "pain pains headache headaches migraine migraines fever nausea vomiting anxiety insomnia sleep cough congestion "
    "itching itch spasm spasms inflammation swelling stiffness constipation diarrhea diarrhoea heartburn indigestion "
    "allergy allergies wheezing wheeze shortness breath moderate severe mild breakthrough acute chronic back "
    "neuropathic nerve muscle muscular joint neck leg of to or and cramps cramp cramping agitation constipated "
    "nauseous nauseated anxious agitated itchy vomit restless wheezy febrile sleepless temp temperature dizziness "
    "vertigo chest arthritis sciatica symptoms symptom relief blood pressure hypertension diabetes infection "
    "depression cholesterol seizures asthma reflux gout rash flare flares ups soreness tightness low lower backache "
    "discomfort rescue high hives sinus sore throat runny nose period menstrual dental post operative surgical bone "
    "radicular neuropathy osteoarthritis osteoporosis edema gas bloating dyspnea sob n v ha angina bp htn hbp gerd "
    "gord uti utis copd chf hf cad afib af dvt hld ibs ibd adhd ptsd ocd bph ckd ra oa lbp uri urti lrti hiv pcos gad "
    "oab mood flu cp cold colds acid heart stomach thyroid bowel bladder prostate kidney lung gut dandruff acne "
    "wt gain eczema worms thrush ulcer ulcers nerves".split()
)
"""Words of which a reason may be made up ("moderate to severe pain")."""
REASON_HEADS: frozenset[str] = REASONS - {"of", "to", "or", "and", "ups"}
"""The words of reasons that may begin one, and that are no joining words."""

DIAGNOSES: frozenset[str] = frozenset(
    "cellulitis pneumonia bronchitis bronchiolitis tonsillitis pharyngitis laryngitis sinusitis rhinitis otitis "
    "conjunctivitis pyelonephritis cystitis prostatitis diverticulitis gastritis gastroenteritis oesophagitis "
    "esophagitis colitis pancreatitis hepatitis cholecystitis appendicitis endometritis mastitis vaginitis vaginosis "
    "balanitis meningitis encephalitis myocarditis pericarditis endocarditis vasculitis arteritis polymyalgia "
    "dermatitis folliculitis impetigo scabies psoriasis rosacea shingles herpes chickenpox abscess "
    "sepsis osteomyelitis "
    "malaria typhoid dengue tuberculosis pneumonitis anaemia anemia hypothyroidism hyperthyroidism hypothyroid "
    "hyperlipidaemia hyperlipidemia dyslipidaemia dyslipidemia hypercholesterolaemia hypercholesterolemia epilepsy "
    "dementia parkinsonism hyperkalaemia hyperkalemia hypokalaemia hypokalemia hyponatraemia hyponatremia "
    "tachycardia arrhythmia palpitations cardiomyopathy endometriosis menorrhagia dysmenorrhoea dysmenorrhea "
    "fibromyalgia spondylosis spondylitis lumbago bursitis tendonitis tendinitis osteopenia hyperuricaemia "
    "hyperuricemia hyperprolactinaemia neuralgia polyneuropathy sarcoidosis urticaria angioedema anaphylaxis "
    "lrti urti uti utis aecopd iecopd nafld hfref hfpef nstemi stemi psvt".split()
)
"""Words of diagnoses that mean nothing else, and so may stand behind an instruction without "for"."""

DISEASE_ENDINGS: tuple[str, ...] = tuple(
    "itis osis iasis aemia emia pathy algia ectomy ostomy otomy plasty rrhoea rrhea rrhagia penia uria plegia phobia "
    "sclerosis phylaxis trophy dynia".split()
)
"""How words of conditions and operations end, and no word that says how much or how often."""
_NOT_ALONE = frozenset(
    "of to or and ups low lower high back post n v mild severe moderate chronic acute breakthrough period temp "
    "temperature flare flares rescue relief symptom symptoms".split()
)
"""Words of a reason that by themselves could say something else: "(lower)"."""
ALONE: frozenset[str] = (
    (REASONS - _NOT_ALONE)
    | DIAGNOSES
    | frozenset(
        "hayfever prep pep sprain sprains strain postpartum postnatal jetlag vaccination "
        "prophylaxis prevention stroke cardioprotection contraception menopause perimenopause menopausal alopecia "
        "sweating sweats drooling salivation tremor tremors hiccups hiccough smoking cravings mania bipolar "
        "schizophrenia autism epilepsy glaucoma cataract cataracts crohn's crohns coeliac celiac lupus warts "
        "hirsutism snoring haemorrhoids hemorrhoids piles fissure fistula incontinence nocturia retention enuresis "
        "impotence emphysema bronchiectasis cancer leukaemia leukemia lymphoma myeloma melanoma menses teething colic "
        "croup nosebleeds fainting syncope parkinson's parkinsons alzheimer's alzheimers colostomy stoma stent "
        "transplant neutropenia gallstones stones hives wheals chilblains cellulite spasticity mucositis lymphoedema "
        "lymphedema ascites oedema preeclampsia infertility lactation galactorrhoea fibroids endometriosis "
        "suppression dermatology cardiology neurology psychiatry rheumatology oncology haematology hematology urology "
        "endocrinology gastroenterology nephrology gynaecology gynecology specialist hospital brown blue purple pink "
        "orange green yellow white graves relapse claudication neuroma rickets scurvy anaemia anemia jaundice "
        "pruritus earache toothache addison's addisons asplenia splenectomy sickle".split()
    )
)
"""Words that say what something is taken for where they stand alone behind it, between signs: "(acne)"."""

INITIALS = REASONS | frozenset(
    "pe dvt vte svt vt af mi nstemi stemi acs cva tia thr tkr tka tha mart smart copd cap hap pud gca pmr sle ms mnd "
    "als ibs ibd uc cd hs bph luts erd gerd gord osa rls tn pn dpn phn oa ra as psa ckd esrd aki cld nash nafld ihd "
    "ccf hfref hfpef chf hocm pah t1dm t2dm ii pcp tb mac hsv vzv cmv hbv hcv sti bv mdd gad bpad tbi sah epilepsy dm "
    "aud oud dvts copd osteo mssa mrsa esbl cauti cap hap vap sbp pvd pad lvf pre rescue tto tpt ipt cabg pci avr mvr ptsd hrt icd ppm ibd gi prophy".split()
) - frozenset(("as", "ii", "pre", "hs", "cd"))
"""Initials of diagnoses and schemes. Any others could stop a drug ("DC") or say how often."""
OF_A_SUBSTANCE = frozenset("deficiency insufficiency deficit overload toxicity".split())
"""What somebody has of a substance that is named, for which something is taken."""
