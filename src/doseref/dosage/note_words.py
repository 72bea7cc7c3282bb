"""Words by which a note is told from a dosage, in classes: what is looked at, attended, handed out, agreed, who is spoken
to, and what could turn a dose round.

The classes say what a thing is, so that a note is known by what it is about; none of these words is swallowed.
"""

from __future__ import annotations

from collections.abc import Sequence

LOOKED_AT: frozenset[str] = frozenset(
    "level levels inr bloods blood lab labs monitoring monitored test tests tested testing retest check checks checked "
    "recheck scan scans ecg ekg echo lft lfts tft tfts kft rft fbc cbc ue ues u&e u&es u&e's bmp cmp crp esr hba1c a1c tsh fbs ppbs rbs "
    "lipids lipid biopsy culture cultures swab msu urine sputum sensitivities dexa dxa mammogram endoscopy colonoscopy "
    "gastroscopy ogd wts mri usg ultrasound xray x-ray cxr smear spirometry pefr fundoscopy screening screen screened "
    "audiogram mmse moca phq9 gad7 weigh weighs weighed weight bp bps bsl bsls bgl bgls bm bms sbp pulse obs observations "
    "qtc egfr creatinine dexcom libre cgm freestyle uds trough results result reports report trop troponin bnp probnp".split()
)
"""What is measured, and never taken."""
ATTENDED: frozenset[str] = frozenset(
    "clinic clinics appointment appointments appt appts visit visits review reviewed reviews r/v followup f/u follow-up "
    "referral referred opd outpatient outpatients admission discharge discharged procedure surgery operation physio "
    "therapist counselling counseling session education rehab booked scheduled attends attend seen".split()
)
"""What somebody goes to."""
HANDED: frozenset[str] = frozenset(
    "webster webster-pak websterpak dosette dosett blister nomad medisure bubble medpack multidose mds compliance "
    "pak pharmacy pharmacist chemist script scripts prescription prescriptions dispensing dispensed supply supplied "
    "supplies collects collect collected collection pickup delivery deliver delivers delivered delivering mail refill "
    "refills issued bin sharps backordered sample samples rescue needles needle lancets lancet swabs meter mailed sent supervised takeaway takeaways tto ttos tta ttas stock refrigerate fridge".split()
)
"""What a pharmacy does, and what comes with a drug."""
AGREED: frozenset[str] = frozenset(
    "code codes opat authority auth authorisation authorization pa approved approval approvals insurance insurer copay coupon generic "
    "brand branded sub substitution substitute substituted formulary pbs nhs s3 s4 s8 cd schedule pdmp safescript cures "
    "consent consented capacity dvla licence license plan contract agreement protocol register registered ppp rems nr "
    "counselled counseled acute otc privately private exempt ref reference reg record recorded documented chart charted "
    "card cards passport leaflet bracelet registry webform mhcp cmp-plan gpmp".split()
)
"""What is agreed, allowed or written down."""
PEOPLE: frozenset[str] = frozenset(
    "gp gps pcp prescriber nurse nurses district practice cardio cardiology cards neuro neurology derm dermatology onc "
    "oncology haem haematology hematology heme rheum rheumatology renal nephrology gastro gastroenterology gi resp "
    "respiratory endo endocrine endocrinology diabetes psych psychiatry psychiatrist camhs cmht team teams carer carers "
    "caregiver family mum mom mother father dad wife husband daughter son parent parents consultant specialist physician "
    "doctor ward hospital surgery nephro pulm pulmonology urology gynae obs uro id ent palliative hospice crisis self pharmacist pharmacy".split()
) - {"obs"}
"""Who is spoken to, or cares."""
ADVISED: frozenset[str] = frozenset(
    "exposure diet dietary exercise exercises hydration hydrate lifestyle salt fluids fluid sponging inhalation inhalations "
    "gargle gargles walking smoking alcohol driving sunscreen sunlight probiotic hygiene elevation elevate compress "
    "compresses ice nsaids nsaid caffeine dairy grapefruit antacids humidifier rehydration".split()
)
"""What somebody is told to do besides."""
WARNED: frozenset[str] = frozenset(
    "advised aware warned counselled counseled informed told reminded discussed explained agreed understands".split()
)
"""Verbs of telling somebody, behind which "not" is no reversal of the dose."""
MEASURED: frozenset[str] = frozenset(
    "phq gad cha2ds2 chads2 bp bps hr inr k na cr creat creatinine egfr gfr crcl hb hba1c a1c tsh t4 ft4 wt weight weighs bmi ef lvef fev1 fvc "
    "qtc psa urate ferritin trough level levels mmse moca phq9 gad7 bnp ntprobnp crp esr ldl hdl chol cholesterol alt ast "
    "alp bili bilirubin albumin alb plt plts wbc wcc neut neutrophils anc calcium phosphate magnesium potassium sodium "
    "glucose bm bsl bgl fbs ppbs rbs vl cd4 ana temp spo2 sats o2 pefr pf iop dexa tscore act cat ess audit epds score".split()
)
"""Names of what is measured, behind which a figure is a reading."""
TAKING: frozenset[str] = frozenset(
    "take takes taken taking took use uses used using give gives given giving gave administer administers administered "
    "administering inject injects injected start starts started starting begin begun commence commenced need needs needed "
    "require requires required indicated continue continues continued continuing tolerate tolerates tolerated tolerating "
    "prescribe prescribed stop stopped increase increased reduce reduced miss missed swallow swallowed drink drinks "
    "has have had gets get receive receives received filled absorbed working effective helping eat eats".split()
)
"""What is done with a drug: with "not" before it, or a frequency, it is said of the dose."""
OF_THE_DRUG: frozenset[str] = frozenset(
    "longer more further dose doses drug drugs medication medications medicine medicines med meds treatment therapy tablet "
    "tablets tabs tab capsule capsules pill pills use intake need needed indication response stock supply supplies other "
    "others anymore now yet today injection injections patch patches script scripts prescription prescriptions collected "
    "delivered ordered picked issued".split()
)
"""The drug itself, and its end: "no dose", "no longer", "not now"."""
OF_NOTES: frozenset[str] = (
    LOOKED_AT | ATTENDED | HANDED | AGREED | PEOPLE | ADVISED | WARNED | MEASURED | TAKING | OF_THE_DRUG
)
"""All of these: words that a note may be about or hold."""
ADDED: frozenset[str] = frozenset("too also additionally besides another further gives giving wants plus".split())
"""Words that may say that more is taken than stands before them."""
REVERSING: frozenset[str] = ADDED | frozenset(
    "restart restarted restarting hers theirs borrowed resume resumes upped bumped ramped halve cut cuts cutting dropped drops dropping trimmed crossed holiday holidays recommence "
    "recommenced resumed resuming switch switched switching swap swapped swapping replaced replacing replaces replacement "
    "abandoned aborted deferred delayed postponed mistake overdose misuse higher bigger smaller stronger weaker dc dcd "
    "discont ceased stopped dced ended ends finished finishes expired previous former old quit quits stopping stops "
    "ceases ceasing holds hold omits omitting cancel cancels terminate terminated tapers none nothing anymore historically "
    "both twice half whole doubles doubled extra titrate titrated titrates adjust adjusts adjusted adjusting dosing "
    "adjustment sporadically rest remainder remaining dependent depending unless whenever ran".split()
)
"""Words that may say that more, less, something else or nothing is taken."""
SOMEBODY: frozenset[str] = frozenset(
    "wife husband spouse partner son daughter mother father mum mom mummy dad daddy brother sister aunt uncle cousin grandmother "
    "grandfather granny grandma grandad grandpa friend neighbour neighbor flatmate roommate dog cat pet horse".split()
)
"""Who may take a medicine that stands in a list of somebody else's."""
_TAKES = frozenset("takes take taking uses use using has".split())


def of_somebody_else(said: list[str]) -> bool:
    """Whether the words may say that another person takes it: "husband takes", "wife's", "for mother"."""
    for place, word in enumerate(said):
        if word.endswith("'s") and word[:-2] in SOMEBODY:
            return True
        if word in SOMEBODY and (for_them(said, place) or _TAKES.intersection(said[place + 1 : place + 2])):
            return True
    return False


_WHOSE = frozenset("my his her their your our the".split())


def for_them(said: Sequence[str], place: int) -> bool:
    """Whether "for" stands before the word at ``place``, perhaps with whose it is: "for my wife"."""
    before = place - 1
    while before > 0 and said[before] in _WHOSE:
        before -= 1
    return before >= 0 and said[before] == "for"
