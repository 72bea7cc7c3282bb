"""What a letter, a note, an order or a patient says before a drug that is taken: "I have started her on …", "TORB Dr. Roe/M. Doe
RN – …", "Room 12 - GP visited, commenced …", "water pill …".

narrative ::= (place | seen | order | told | lay)+ drug sig
place     ::= ("room" | "bed" | …) NUM sign
seen      ::= ("reviewed" | …) ["by" who] sign | who ("visited" | "reviewed" | …) sign
order     ::= ("TORB" | "verbal order" | …) ["per"] [person ("/" person)*] [sign] | "per" person sign
told      ::= [who "have" | somebody "has been"] ("started" | "prescribed" | …) [somebody] ["on"] | [somebody] ("remains" | "is") "on"
            | [who "have"] before what was changed or stopped, which :mod:`doseref.items.changed` and its neighbours read
lay       ::= ["my"] what-it-is-for ("pill" | "puffer" | …) [sign | "("]

Only what is told as done, or as going on, counts: a plan ("consider", "plan to", "if", "would", "will"), what was ("was taking",
"previously"), what was given once ("given", "received") and what is stopped have no word here, so that such a line stays as it is.
The drug stands right behind, or the line stays as it is too.
"""

from __future__ import annotations

import re

from doseref.dosage import remark_list
from doseref.items.marks import unmarked
from doseref.items.not_taken import names_in, not_taken
from doseref.items.plain_line import plain_line
from doseref.names import Names
from doseref.names.tokens import tokenize
from doseref.patterns import regex

_NAME = r"(?-i:[A-Z])(?:['’](?-i:[A-Z]))?[A-Za-z-]*\.?"
_LETTERS = r"(?:RN|LPN|LVN|NP|ARNP|APRN|CNP|FNP|PA|PA-?C|MD|DO|MBBS|RPh|PharmD|ANP|EN|CNS)"
_DOCTOR = (
    r"(?:(?:the|her|his|their|my|our)\s)?(?:own\s)?(?:gps?|doctors?|consultant|registrar|pharmacist|prescriber|"
    r"nurse\spractitioner|practice\spharmacist|(?:hospice|on-?call|covering|attending|primary)\s(?:md|physician|np|provider|doctor)|"
    r"(?:diabetic\s|diabetes\s|heart\sfailure\s|community\s|practice\s|specialist\s|palliative\s|hospice\s)?nurse|"
    r"cardiologist|neurologist|psychiatrist|nephrologist|rheumatologist|dermatologist|urologist|oncologist|geriatrician|"
    r"pcp|cmht|ooh|(?:mental\shealth|palliative|pain|heart\sfailure|frailty)\steam|hospital|clinic|dr|doc)"
)
_TITLED = rf"(?:(?:Dr|Doctor|Prof)\.?\s(?:{_NAME}\s){{0,1}}{_NAME}|{_NAME}(?:\s{_NAME})?,?\s(?-i:{_LETTERS})\b|(?-i:NP|PA|ANP)\s{_NAME})"
_PERSON = rf"(?:{_TITLED}|{_NAME}(?:\s{_NAME})?(?:,?\s(?-i:{_LETTERS})\b)*|{_DOCTOR})"
_WHO = rf"(?:i|we|{_TITLED}|{_DOCTOR})"
_ONE = (
    r"(?:he|she|they|(?:the|this|our)\s(?:pt|patient|gentleman|lady|man|woman|boy|girl|child|resident|client)|pt|patient|resident|"
    rf"(?-i:Mr|Mrs|Ms|Miss|Mx)\.?\s{_NAME})"
)
_WHOM = (
    r"(?:him|her|them|(?:the|this|our)\s(?:patient|pt|gentleman|lady|man|woman|child)|pt|"
    rf"(?-i:Mr|Mrs|Ms|Miss|Mx)\.?\s{_NAME})"
)
_WHEN = r"(?:today|now|also|recently|just|since|therefore|then|accordingly|subsequently|empirically)"
_STILL = r"(?:currently|still|now|also|regularly|presently|usually|normally|well|stable|settled)"
_BEGAN = (
    r"(?:re-?)?(?:started|commenced|initiated|introduced|prescribed|established|issued)|begun|resumed|recommenced|continued|"
    r"maintained|put|placed|kept|added(?:\sin)?"
)
_COURSE = r"(?:(?:a\s|an\s|the\s)?(?:(?:short|new)\s)?(?:trial|course|script|prescription|rx|(?:low|small|regular)[\s-]dose)\s(?:(?:of|for)\s)?)?"
_MOVED = rf"(?:stepped|switched|changed|moved|converted|transitioned)(?:\s{_WHOM})?(?:\s(?:up|down|back|over|across))?\s(?:on\s?)?to"
_DONE = (
    rf"(?:(?:{_BEGAN})(?:\s{_WHOM})?(?:\s{_WHEN})?(?:\s(?:on|with))?|{_MOVED}|"
    rf"(?:asked|advised|told|instructed|encouraged)(?:\s{_WHOM})?\sto\s(?:take|use|have|continue(?:\s(?:on|with|taking|to\stake))?|start|"
    r"restart|resume|commence)|"
    rf"(?:given|issued|provided|supplied)(?:\s{_WHOM})?(?:\swith)?\sa?\s?(?:new\s|repeat\s)?(?:script|prescription|rx)\sfor)"
)
_HAVE = rf"(?:(?:have|has)|['’](?:ve|s))(?:\s{_WHEN})*"
_GOES_ON = (
    rf"(?:remains?|continues?|stays?|(?:is|are|am)|['’](?:s|m|re))(?:\s{_STILL})*\s(?:on|with|to\stake|to\suse|taking|using|"
    rf"(?:established|maintained|managed|stable|controlled|settled|started|commenced|continued)\s(?:on|with)|prescribed)"
)
_BEEN = rf"(?:has|have|['’](?:s|ve))(?:\s{_WHEN})*\sbeen"
_PUT_ON = r"(?:(?:re-?)?(?:started|commenced|initiated)|switched|changed|discharged(?:\shome)?|stepped\sup|stepped\sdown)\s(?:on|to|with)"
"""What "was" goes with: "was maintained on" may be over."""
_BARE = (
    rf"(?:{_STILL}\s)*(?:remains|continues|stays|stable|maintained|established|managed|controlled|stabilised|stabilized)\s(?:on|with|to\stake|taking)|"
    rf"(?:{_STILL}\s)+(?:on|taking|takes|using|uses|prescribed)|(?:discharged(?:\shome)?|sent\shome|went\shome|going\shome|goes\shome|home)\s(?:back\s)?(?:on|with|taking)|"
    r"(?:agreed\s|offered\s|for\s)?(?:a\s)?(?:trial|course)\sof|treated\swith|(?:pt|patient|gp)\sto\s(?:continue|take|use|remain)(?:\s(?:on|with|taking))?"
)
_PLEASE = (
    r"please\s(?:(?:could|can|would|will)\syou\s)?(?:kindly\s)?(?:start|commence|prescribe|issue|continue|give|add)"
    rf"(?:\s{_WHOM})?(?:\s(?:on|with))?"
)
_TOLD = regex(
    rf"(?:{_WHO}\s?{_HAVE}\s{_DONE}|{_ONE}\s?{_BEEN}\s(?:{_DONE}|discharged(?:\shome)?\s(?:on|with))|{_ONE}\s?{_GOES_ON}|{_ONE}\swas\s{_PUT_ON}|"
    rf"{_ONE}\s?{_HAVE}\s(?:started|commenced|resumed|restarted)(?:\s(?:taking|using|on))?|"
    rf"{_WHO}\s(?:started|commenced|restarted|prescribed)(?:\s{_WHOM})?(?:\son)?|{_PLEASE}|{_BARE}|(?:{_ONE}\s)?{_DONE})\s?:?\s+{_COURSE}",
    re.I,
)
_CHANGING = r"(?:increas|decreas|reduc|rais|lower|halv|doubl|up-?titrat|down-?titrat|titrat|adjust|chang|switch|convert|replac|stopp|discontinu|suspend)ed|withheld"
_BEFORE_CHANGE = regex(
    rf"(?:(?:{_WHO}(?:\s?{_HAVE})?|{_ONE}\s?{_BEEN}|{_ONE}\swas)\s)?(?P<verb>{_CHANGING})\s"
    rf"(?:(?:{_WHOM}\s)?(?:over\s)?from\s|(?:(?:his|her|their|the)\s)?(?!(?:him|them|her)\s))(?=[A-Za-z])",
    re.I,
)
"""Who changed or stopped it, and for whom: "We have today reduced his …", "I have switched him from …"."""
_LENGTH = regex(
    r"(?:to\s)?(?:complete|finish|continue|have)\s(?:a|the|his|her)\s(?P<many>[0-9]{1,2}|five|seven|ten)[\s-]?(?P<what>day|week)\scourse\sof\s+(?=[A-Za-z])",
    re.I,
)
_GLAD = regex(
    r"(?:i\sam|i['’]m|we\sare)\s(?:pleased|glad|happy|delighted)\sto\s(?:say|report|hear|see|note|confirm|learn)\s(?:that\s)?",
    re.I,
)
_OCCASION = regex(
    r"(?:following|after|in\s(?:view|light)\sof|because\sof|owing\sto|due\sto|given|with)\s(?P<words>[A-Za-z][A-Za-z' -]{2,50}?),?\s+"
    rf"(?={_WHO}\s?{_HAVE}\s)",
    re.I,
)
"""Upon what somebody did it: "Following her echo I have increased …"; plain words only."""
_SMALL = frozenset("his her the a an of and in on for to their this that last recent".split())
_DOSE_OF = regex(
    r"(?:(?:his|her|the|my|their)\s)?(?:(?:current|usual|present|maintenance|new|regular|daily)\s)*dose\sof\s(?=[A-Za-z-]{4,30}\s(?:is|remains|now)\b)",
    re.I,
)
_AGREED = regex(
    rf"(?:we|i)\s(?:have\s)?agreed\s(?:with\s{_WHOM}\s)?(?:today\s)?to\s(?=(?:increase|reduce|decrease|start|commence|continue|restart|change|switch)\s)",
    re.I,
)
_TAPERING = regex(r"(?:weaning|tapering|reducing)\s(?:(?:course|regime|dose)\s)?(?:of\s)?(?=[A-Za-z])", re.I)
_ROUTES = regex(
    r"(?:changed|switched|converted|stepped\sdown)\s(?:from\s)?(?:iv|intravenous)\sto\s(?:oral|po)\s(?=[A-Za-z])", re.I
)
"""From the vein to the mouth."""
_RECEIVED = regex(
    rf"(?:rec['’]?d|received|rcvd|took|taken)\s(?:a\s)?(?:verbal|telephone|phone)\sorder\s(?:from|per|by)\s(?:{_PERSON}|{_WHO})"
    r"(?:\s?[:;,–—-]+\s+|\sto\s(?=(?:start|give|increase|decrease|change|begin|continue)\s))",
    re.I,
)
_PLACE = regex(
    r"(?:(?:side\s)?room|rm|bed|bay|flat|unit|chair)\s?(?:no\.?\s?|#)?[0-9]{1,3}[A-Za-z]?\s?[:,–—-]+\s+", re.I
)
_SEEN = regex(
    rf"(?:(?:reviewed|seen|assessed|visited)(?:\stoday)?(?:\sby\s{_WHO})?|{_WHO}\s(?:visited|visit|reviewed|review|called|attended|saw)(?:\s{_WHOM})?)"
    r"(?:\stoday|\sin\sclinic|\sthis\s(?:morning|afternoon))*\s?(?:[:;,.–—-]+|\sand)\s+",
    re.I,
)
_BRACKET_AND_TIME = (
    r"(?:\s?\([A-Za-z &/.-]{2,30}\))?"
    r"(?:\s(?:@\s?|at\s)?(?:[0-2]?[0-9]:?[0-5][0-9](?:\s?h(?:rs?)?)?|[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?)(?![0-9]|\s?m))*"
)
_ORDER = regex(
    r"(?:(?-i:T\.?O\.?R\.?B\.?|V\.?O\.?R\.?B\.?|[TV]/[Oo]|[tv]/o|[TV]\.O\.|VO|TO)|(?:verbal|telephone|phone|tel|spoken|faxed?)\sorders?|"
    r"orders?\s(?:rec['’]?d|received|rcvd|taken)|new\sorders?)(?:\s?[/(&]\s?(?:rb|rbv|rbo|read\s?back)\)?)?"
    rf"(?:(?:\s?[:–—-])?(?:\s(?:by|per|from|via|with))?(?P<person>\s{_PERSON}(?:,?\s?(?:/|,|&|and|to)\s?{_PERSON}){{0,2}})"
    rf"{_BRACKET_AND_TIME}\s?[:;,–—-]+|{_BRACKET_AND_TIME}(?:\s?[:;,–—-]+)?)\s+",
    re.I,
)
_PER = regex(
    rf"(?:as\s)?(?:per|advised\sby|by\sorder\sof)\s{_WHO}(?:\s\([A-Za-z &/.-]{{2,30}}\))?\s?[:;,–—-]+\s+", re.I
)
_FOR = (
    r"(?:water|fluid|sugar|heart|blood\spressure|bp|blood|cholesterol|thyroid|stomach|tummy|acid|reflux|heartburn|nerves?|mood|sleep(?:ing)?|pain|"
    r"bones?|prostate|bladder|gout|diabet(?:es|ic)|allergy|hay\s?fever|asthma|breathing|chest|lungs?|arthritis|joints?|epilepsy|seizures?|fits?|"
    r"nausea|anti-?sickness|sickness|migraine|anxiety|depression|circulation|angina|kidney|steroid|blue|brown|purple|pink|orange|green|"
    r"reliever|preventer|rescue)"
)
_THING = (
    r"(?:pills?|tablets?|tabs?|capsules?|caps?|meds?|medicines?|medication|puffers?|inhalers?|pumps?|thinners?|injections?|jabs?|"
    r"patch(?:es)?|liquid|syrup|killers?|relief|relie[vf]er|preventer)"
)
_LAY = regex(
    rf"(?:(?:my|the|his|her)\s)?(?:{_FOR}\s){{1,3}}{_THING}(?:\s?[:,=–—-]+)?(?:\s(?:is|called)(?=\s))?\s*(?P<open>\()?(?:\s(?=[A-Za-z]))?(?=[A-Za-z])",
    re.I,
)
_BEFORE_DRUG = frozenset("his her their my your the a oral".split())
_MOST = 4
"""Pieces that may stand one behind the other: "Room 12 - GP visited, has commenced …"."""
_LONGEST = 400


_FIRST = regex(r"[A-Za-z][A-Za-z./'’-]*")
_BEGINNINGS = frozenset(
    "i we he she they the this our pt patient resident client mr mrs ms miss mx gp gps doctor doctors dr doc prof consultant registrar "
    "pharmacist prescriber nurse diabetic diabetes heart community practice specialist palliative hospice cardiologist neurologist "
    "psychiatrist nephrologist rheumatologist dermatologist urologist oncologist geriatrician pcp cmht ooh mental pain frailty hospital "
    "clinic her his their my own np pa anp started restarted re-started commenced recommenced re-commenced initiated introduced prescribed "
    "established issued begun resumed continued maintained put placed kept added stepped switched changed moved converted transitioned asked "
    "advised told instructed encouraged given provided supplied remains continues stays stable managed controlled stabilised stabilized "
    "currently still now also regularly presently usually normally well settled discharged sent went going goes home trial a course "
    "treated please to complete finish side room rm bed bay flat unit chair reviewed seen assessed visited torb t.o.r.b vorb v.o.r.b "
    "following after in because owing due given with dose current usual present maintenance agreed offered for weaning tapering reducing "
    "rec'd recd received rcvd took taken i'm "
    "t/o v/o t.o v.o to vo verbal telephone phone tel spoken fax faxed order orders new per as by "
    "t.o.r.b./rb vo/rb to/rb v.o./rb t.o./rb vo/rbv to/rbv".split()
) | frozenset(
    "water fluid sugar blood bp cholesterol thyroid stomach tummy acid reflux heartburn nerve nerves mood sleep sleeping bone bones "
    "prostate bladder gout allergy hay hayfever asthma breathing chest lung lungs arthritis joint joints epilepsy seizure seizures fit "
    "fits nausea anti-sickness antisickness sickness migraine anxiety depression circulation angina kidney steroid blue brown purple "
    "pink orange green reliever preventer rescue".split()
)
"""First words of such pieces: most items begin with none of them, and the patterns cost more than a look."""


def behind_narrative(text: str, names: Names) -> str:
    """The line from its drug on; ``text`` itself where other words stand before the drug, or none."""
    first = _FIRST.match(text)
    word = first.group().lower().rstrip(".").replace("’", "'") if first else ""
    if len(text) > _LONGEST or not (word in _BEGINNINGS or word.partition("'")[0] in _BEGINNINGS):
        return text
    rest, length = text, ""
    for _ in range(_MOST):
        shorter, told = _without_piece(rest, names)
        if shorter == rest:
            break
        rest, length = shorter, length or told
    if rest == text or not _of_a_drug(rest, names):
        return text
    return f"{rest.rstrip(' .')}{length}"


def _without_piece(text: str, names: Names) -> tuple[str, str]:
    """The text without the first piece before a drug, and what that said of the length ("a 7 day course of")."""
    occasion = _OCCASION.match(text)
    if occasion is not None and _plain(occasion["words"]):
        return text[occasion.end() :], ""
    for pattern in (_PLACE, _SEEN, _PER, _GLAD, _DOSE_OF, _AGREED, _TAPERING, _ROUTES, _RECEIVED):
        found = pattern.match(text)
        if found is not None:
            return text[found.end() :], ""
    changed = _BEFORE_CHANGE.match(text)
    if changed is not None and (same := f"{changed['verb']} {text[changed.end() :]}") != text:
        return same, ""
    order = _ORDER.match(text)
    if order is not None and not (order["person"] and names_in(order["person"], names)):
        return text[order.end() :], ""
    course = _LENGTH.match(text)
    if course is not None:
        return text[course.end() :], f" for {course['many']} {course['what'].lower()}s"
    lay = _LAY.match(text)
    if lay is not None:
        return _of_lay(lay, text), ""
    told = _TOLD.match(text)
    return (text[told.end() :], "") if told is not None and told.end() else (text, "")


def _plain(words: str) -> bool:
    """Whether all words of an occasion are plain ones, which turn nothing and say nothing of a dose."""
    known = remark_list.words()
    return all(word.lower().removesuffix("'s") in known | _SMALL for word in words.split())


def _of_lay(found: re.Match[str], text: str) -> str:
    """The drug behind what a patient calls it, out of its bracket."""
    rest = text[found.end() :]
    if not found["open"]:
        return rest
    inside, closed, behind = rest.partition(")")
    return f"{inside}{behind}" if closed and "(" not in inside else text


def _of_a_drug(rest: str, names: Names) -> bool:
    """Whether the text begins with a drug: behind a change, which is then read, or the word whose it is."""
    line = unmarked(plain_line(rest, names))
    if not_taken(line, names):
        return True
    tokens = tokenize(line)
    first = 0
    while first < len(tokens) and tokens[first].text in _BEFORE_DRUG:
        first += 1
    found = names.at(tokens, first, head=True) if first < len(tokens) else None
    return found is not None and not found.entry.care
