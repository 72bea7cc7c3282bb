"""Labels that are phrases of the language and no names: "Bad flare", "Rate control", "After repletion", "Young and fit".

Below a drug, such a label is what its dose is for. A label with a word that is not known here may be the name of another
drug, and its dose is then nobody's.
"""

from __future__ import annotations

import re

from doseref.articles.contexts import INDICATIONS, is_context
from doseref.articles.ordinary import ORDINARY
from doseref.patterns import regex

_PEOPLE = frozenset(
    (
        "active adult adults asian athlete athletes babies baby beginner beginners big black boy "
        "breastfeeding child children couple drinker drinkers eater eaters elder elderly elders everyone "
        "father fit folk girl guy guys heavy ill infant infants ladies lady large lean light man mother "
        "mothers newborn newborns nursing obese older overweight parent parents person pregnant resident "
        "residents responder responders runner runners senior seniors sick sleeper sleepers slim small smoker "
        "smokers somebody stable starter starters strong student students tall teen teenager teenagers teens "
        "thin toddler toddlers traveler traveller underweight unstable unwell user users vegan vegans "
        "vegetarian vegetarians veteran weak white woman worker workers young younger"
    ).split()
)
"""People, and what they are like."""
_BODY = frozenset(
    (
        "ankle arm arms arteries artery back belly bladder blood body bowel bowels brain breast breasts calf "
        "cheek chest chin colon ear ears elbow eye eyelid eyelids eyes face feet finger fingernail "
        "fingernails fingers foot gland glands groin gum gums gut hair hand hands head heart heel hip jaw "
        "knee knees leg legs lip lips lung mouth muscle muscles nail nails neck nose palm pelvis prostate rib "
        "ribs scalp shin shoulder shoulders sinus sinuses soles spine spleen teeth thigh thumb thyroid toe "
        "toenail toenails toes tongue tonsil tonsils tooth uterus vagina vein veins womb wrist"
    ).split()
)
"""Parts of the body."""
_ILLNESS = frozenset(
    (
        "abscess ache aches addiction adhd aids ailment allergies allergy altitude amnesia anemia anger "
        "angina angst arrhythmia asthma ataxia attack attacks autism bipolar bite bites bleed bleeding bleeds "
        "blister blisters bloating blood blush blushing boil boils breathing breathlessness bruise bruises "
        "bunion burn burning burns cancer cardiac cardiovascular cataract catarrh cellulitis chickenpox "
        "chilblains chill chills cholesterol clot clots cluster cold colds colic collapse congestion "
        "convulsion convulsions cough coughs cramp cramps cravings crisis croup cyst cysts dandruff deafness "
        "death delirium dementia depressed dermatitis diabetes diabetic diarrhea diarrhoea discharge "
        "discomfort disorder distress dizziness dizzy drooling drought dryness dyspepsia dystonia earache "
        "eczema emergency endometriosis epilepsy epileptic exhaustion failure faint fainting fall falls "
        "fatigue fear fever fevers fibromyalgia fit fits flare flashes flatulence flu flushes flushing "
        "forgetfulness fracture fractures frostbite fungus gas giardia glaucoma goiter goitre gouty grief "
        "haemorrhoids hangover hayfever headache headaches hearing heartburn hemorrhoids hernia herpes hiccup "
        "hiccups hives hoarseness hunger hypertension hypotension impetigo impotence incontinence indigestion "
        "infection infections infertility inflammation influenza injuries injury insomnia irritation itch "
        "itching itchy jaundice jetlag labor labour leakage leprosy leukemia lice limp loss lump lumps lupus "
        "lyme lymphoma malaria measles melasma menopausal menopause menses migraine migraines migraineur "
        "mites mumps myeloma narcolepsy nausea neuralgia neuropathy nightmares nosebleed nosebleeds numbness "
        "obesity osteoporosis overdose oversleeping pain pains palpitations panic paralysis period periods "
        "pertussis phobia piles pimples pinworm pinworms plague plaques pneumonia poisoning polymyalgia pox "
        "prevention psoriasis psychosis queasiness rage rash rashes recurrence reflux regurgitation relapse "
        "relapses remission restless restlessness rhinitis ringworm rosacea runny scabies scar scars sciatic "
        "sciatica scurvy seizure seizures sepsis shakes shingles shivering shock sickness sinusitis sleep "
        "sleepless sleeplessness sneezes sneezing snoring sore soreness spasm spasms spots sprain sprains "
        "squint stiffness sting stings stomach strain strains strep stress stroke strokes stutter stye styes "
        "sunburn surgery sweating sweats swelling symptom syphilis tachycardia teething tendon tension "
        "tetanus throbbing thrombosis thrush tics tinnitus tired tiredness tonsillitis toothache toothaches "
        "trauma travel tremor tremors trouble tuberculosis tumor tumour typhoid ulcer ulcers urge urgency "
        "urticaria varicose vertigo vomiting wart warts weakness wind withdrawal worm worms wound wounds "
        "wrinkles"
    ).split()
)
"""What ails people."""
_CASES = frozenset(
    (
        "above abroad absence acid actual add adding addison additional admitted advanced again age aged aggressive "
        "agitated aim airport alcohol alone also always alzheimer ambulance amounts anaemia anaemic anaesthesia "
        "anaesthetic anal anemia anemic anesthesia anesthetic angry antenatal anxiety anxious any anything "
        "appendicitis appetite area arrival as asleep at aural average awaiting awake bad baker bakers bare because "
        "bed bedridden bee beginning behind bell bereaved big bigger biliary biopsy birth bladder blistered blocked "
        "blotchy boat bone boost booster borderline both bottle breakfast breastfed bridge bridging brief brisk "
        "brittle broken bruised build building burst bursts bunged caesarean candidate candidates cap car card cardiac cardiology "
        "carer carers carrier carriers case cases casualty cat catch catheter cats cause cerebral cesarean change "
        "changing chapped chemo chemotherapy chesty chronic clear cleared climb climbing close coast coat colicky "
        "colitis colonic colonoscopy combined comfort coming common complicated compression conception concert "
        "confirmed confused contact contacts continued continuing control controlled controls cook cooks cool cord "
        "coronary course courses cover cracked cradle crash critical croaky crohn croupy cruise crusty cushing cut "
        "cuts cutting cycling daily dangerous dark dawn day days daytime deep deficiency deficient definite delayed "
        "delivery dental dentist dentists depending depleted desert diabetic diagnosed dialysis diaper diet dietary "
        "difficult diluted dinner direct disc discharged discs disease diverticulitis diving doctor documented dog "
        "dogs donor donors dose doses double doubtful down drain drink drinking drip driver drivers driving drowsy "
        "dry due duodenal during early easing eastbound eating elective eligible empty end ending endoscopy enough "
        "entire escalation especially essential established even event eventual ever exam exams exercise exposure "
        "extra extreme failed failing fairly family farmer farmers fast fasting fatty fed feed feeding feeling few "
        "fewer final finally fine firm fissure fissures fistula flaky flight flights floor fluid fluids flying follow "
        "followed following food football forgetful formula four fragile free frequent fresh friend fright front full "
        "fully funeral further gaining gallbladder gallstones game gardener gardeners gastric gentle getting given "
        "going golf golfer golfers grade gradual graft graves graze grazed grazes greasy great grieving gritty "
        "growing growth guard guest gym hajj half hard hashimoto having heartbeat heat heavily heavy help hepatic "
        "here hernia hidden high hiking hills hodgkin holiday holidays homeless honeymoon hormone hospitalised "
        "hospitalized hot hours house housebound household hysterectomy ideal identified ileitis imaging immediate "
        "implant improved improving in inadequate induction infected inflamed infrequent infusion inhaled injection "
        "injections inner inpatient inpatients insect insufficient intake intensive interim intermittent interview "
        "into intolerant iron irregular irritable irritated isolated ivy jellyfish jet jock joint just kawasaki keep "
        "keeping kept kidney known lab labour lagged last late later lead leading left less life lifelong lift limb "
        "limited line list little load local lonely long-haul longstanding losing lost loud low lower lunch lying "
        "lyme mainly major managed management many marathon marathons marked massive mastectomy meal meals mean "
        "mechanical medium member members meniere menopausal mid middle mild mildly military miner miners minor "
        "miscarriage mixed moderate moderately monitored monthly months mood more morning mostly mountain mountains "
        "moving much muddled mystery nappy nasal native natural near need needing needle needs negative nervous "
        "neuralgic never night nightly nights nighttime nocturnal non none normal not nothing now nurse nurses "
        "nursing oak occasional occipital ocular odd off often oily on one ongoing only onset open operation "
        "operations oral ordered ordinary original osteomalacia osteopenia other otherwise our out outbreak outer "
        "outpatient outpatients ovarian over overactive overload own owners paget painful palliative palsy pancreatic "
        "panic panicky parkinson partial party past peak peptic performance perhaps peri perimenopausal perioperative "
        "pernicious persistent phantom phase phases pilgrimage pilot pilots pinched pink pitch plain plane planned "
        "planning poison polyps poor poorly positive possible post postmenopausal postnatal postpartum pre "
        "prediabetes pregnancy premature premenopausal prep preparation prevent preventing preventive previous "
        "primary prior prison prisoner prisoners private probable problem problems procedure procedures proctitis "
        "prolonged prompt prophylactic prostatic proven pub public puffy pull pulled pulmonary purpose quick quiet "
        "quit quitting race racing radiation radiotherapy raised raising ramadan rare rarely rate raynaud reading "
        "really reason rebound recent recently recipient recipients recovered recovering recovery rectal recurrent "
        "red reduced reducing reduction referred refractory regular relief reliever remaining renal repair repeat "
        "repeated repeats replace replaced replacement replacing replenishing replete repletion rescue resistant "
        "resort respiratory restart restarting resting result results resume resuming return returning rickets right "
        "ring road room rough routine rugby run running sad same scaly scan scans scheduled school screening scurvy "
        "sea season seasonal secondary section seldom self sensitive sensitivity serious settled settling severe "
        "severely sharp shift shifts short shortage show sign silent simple simply single sitting sjogren skiing "
        "sleep sleepless slight slightly slipped slowly smear smoke smoking snack snacks snake snoring so social soft "
        "soldier soldiers someone something sometimes soon speaking specialist speech spider spinal sport sports "
        "sprained spring squad stage stand standby standing starting steady stent stents step stepping still stoma "
        "stone stop stopped stopping storm straight strained streaming stubbed stubborn stuffed stuffy sucking sudden "
        "sufferer sufferers sugar sun sundowning supervised supper support surgical survivor survivors suspected "
        "swimmer swimmers swimming swing switch switching swollen symptomatic take taking taper tapering target "
        "teacher teachers tearful teething tennis term terminal testicular theatre then therapy thin thinning though "
        "thumb tick tickly tie tight time to together tongue top torn total tough tourette tract train training "
        "transferred transplant trapped treat treated treating treatment trial trigeminal triggered trimester "
        "trimesters triplets tropics true try trying tube turn twins twisted two type typical unclear uncommon "
        "uncomplicated uncontrolled underactive undergoing unexplained unit unknown unless unsupervised untreated "
        "unusual up upper upset uraemic uremic urinary use useful usual usually uterine vaccine vaginal valve varying "
        "veganism vegetarianism very viral visit visitor visitors visits volume waiting wakeful waking walking "
        "wandering ward warm wash washout wasp watch water watery wean weaned weaning wedding week weekend weeks "
        "weeping weighing weightlifters weightlifting well westbound wet wetting whenever wherever whole whooping "
        "wide wilson winding winter within without woken work working worries worry worse worsening wrenched writing "
        "year young your"
    ).split()
)
"""When, how, and what else a label speaks of."""
_LONGEST_PHRASE = 9
_PHRASE_WORDS = regex(r"[^\W\d_][\w'’-]*")
_SHORT = 3
"""Letters of small words that are too short for a name: articles and prepositions."""
_ABBREVIATED = frozenset(
    (
        "ACS AF AKI AMI BMI BP BPH CABG CAD CAP CD CHF CKD CNS COPD CT CVA CVD DKA DVT ECG ED EKG ENT ER ESRD FSGS GAD GCA "
        "GERD GFR GI GORD GP GU HAP HELLP HF HFrEF HIV HR IBD IBS ICU IHD ITP ITU LDL MDD MI MRI MS NAFLD NHS NICE NSTEMI OA "
        "OCD OR PAD PCI PE PID PMDD PMR PMS PND POTS PTSD PUD RA RSV SAD SIBO SLE STD STEMI STI SVT TB TIA TSH UC UK URTI US "
        "USA UTI VF VT VTE VZV"
    ).split()
)
"""Abbreviations of what is treated, where and in whom; any other may be a drug's ("MTX", "INH")."""
_OTHERS = frozenset(
    (
        "opioid opioids opiate steroid steroids antibiotic antibiotics nsaid nsaids pressor pressors vasopressors sedative "
        "sedatives paralytics antivirals antifungals agent agents drug drugs medicine medicines alternative alternatives "
        "choice choices other others instead formula formulas formulae supplies"
    ).split()
)
"""Ordinary words by which a label may mean another drug."""
_ENDINGS = ("'s", "’s")
_NEVER_NAMES = tuple("tion tions sion sions ness ment ments ity ities ously ically ingly ship ships hood".split())
_SAID = (_PEOPLE | _BODY | _ILLNESS | _CASES | ORDINARY) - _OTHERS


def is_plain_phrase(label: str) -> bool:
    """Whether every word of a label is one of the language: what a dose is for, in words that no list of indications
    holds ("Bad flare", "Rate control", "After repletion"). A word that is not known may be a name.
    """
    words = _PHRASE_WORDS.findall(INDICATIONS.blank(label))
    return len(words) <= _LONGEST_PHRASE and all(map(_is_said, words))


def is_place(label: str) -> bool:
    """Whether a label says only where people are ("At home", "On the ward"), which sets no dose apart."""
    return bool(_PLACE.fullmatch(label))


_PLACE = regex(
    r"\W*(?:(?:back|once|while|when|still)\s+)?(?:at|in|on)\s+(?:the\s+|an?\s+|your\s+)?(?:home|hospital|clinic|wards?|office|surgery|work|school|"
    r"community|emergency\s+(?:room|department)|ED|ER|ICU|ambulance|pharmacy|drugstore|practice)\W*",
    re.I,
)


def is_use_before(text: str) -> bool:
    """Whether a text ends with what the drug behind its comma is for ("Rheumatoid arthritis, methotrexate")."""
    use = text.rstrip()
    if not use.endswith(","):
        return False
    use = use[:-1].strip(" *_")
    return bool(use) and (is_plain_phrase(use) or is_context(use))


def is_use_behind(text: str) -> bool:
    """Whether a text begins with a comma, and what is behind it is what the drug in front is for ("Enoxaparin,
    treatment").
    """
    use = text.strip(" *_:")
    return use.startswith(",") and bool(use[1:].strip()) and is_plain_phrase(use[1:])


def _is_said(word: str) -> bool:
    if word in _ABBREVIATED or (len(word) <= _SHORT and word.islower()):
        return True
    if "-" in word.strip("-"):
        return all(map(_is_said, word.strip("-").split("-")))
    lower = word.lower().strip("-'’")
    for ending in _ENDINGS:
        lower = lower.removesuffix(ending)
    if lower in _OTHERS:
        return False
    return lower in _SAID or lower.removesuffix("s") in _SAID or lower.endswith(_NEVER_NAMES)
