"""What is said of the giving and not of the dose: how long one runs in, what it is diluted in, when it works."""

from __future__ import annotations

import re

from doseref.articles.raising import without_raising
from doseref.articles.spoken_words import often_words
from doseref.patterns import regex

GIVING = regex(
    r",\s*increase\s+by\s+\d[\d.]{0,5}(?:\s?[–-]\s?\d[\d.]{0,5})?\s?m?c?g/kg/min\s+"
    r"q\s?\d{1,2}(?:\s?[–-]\s?\d{1,2})?\s?min\b|"
    r",?\s*(?:and\s+)?\b(?:stirred|mixed|dissolved|diluted)\s+(?:up\s+)?(?:in|into|with)\s+[^,;.]{0,30}\b(?:ounces|oz|"
    r"m[lL]|glass|cup|water|juice|drink|liquid)\b(?:\s+of\s+(?:any\s+|other\s+)?[a-z]{3,9})?|"
    r",?\s*\bwith\s+(?:\d{1,2}|an?|one)\s+(?:ounces?|oz|(?:full\s+)?glass|cup)\s+of\s+(?:plain\s+)?water\b|"
    r"(?<=\bdays)\s+of\s+(?:each|every)\s+(?:period|cycle|month)\b|"
    r"[,;]?\s+(?:(?:and|then|but)\s+){0,2}(?:(?:we|i|you|they)\s+)?(?:raise|increase|titrate|adjust|double|go\s+up|step\s+up|build\s+up|creep\s+up|"
    r"work\s+up|move\s+up)(?:\s+(?:it|the\s+dose|gradually|slowly|by\s+that\s+much|by\s+the\s+same)){0,2}\s+(?:every|each|after|over)\s+(?:a\s+|the\s+)?"
    r"(?:few|couple\s+of|several|(?:\d{1,2}|one|two|three|four)(?:\s?(?:–|-|to)\s?(?:\d{1,2}|two|three|four))?)?\s*(?:days?|weeks?|months?)"
    r"(?:\s+(?:if|as|until)\s+(?:needed|necessary|tolerated))?(?:\s+(?:till|until|as\s+far\s+as)\s+[^;.]{3,90})?(?=\s*(?:[,;.]|\Z))|"
    r",?\s*\b(?:starting|beginning|commencing|started|begun)\s+(?:within\s+)?(?:\d{1,2}|an?|one|two|three)(?:\s?(?:–|-|to)\s?\d{1,2})?\s+"
    r"(?:hours?|days?|minutes?)\s+(?:after|before)\s+[a-z ]{3,30}?(?=[,;.]|\Z)|"
    r"\s+if\s+(?:you|they|he|she)\s+(?:feel|feels|are|is|get|gets|have|has)\s+(?:still\s+)?(?:sick|queasy|sore|nauseous|nauseated|itchy|wheezy|"
    r"(?:in\s+)?(?:some\s+)?pain|uncomfortable|breathless|unwell|stiff|a\s+headache)\b|"
    r",?\s*\beach\s+(?:one\s+)?(?:inhaled|taken|given|breathed|sprayed)\s+(?:in\s+)?(?:separately|one\s+at\s+a\s+time)\b|"
    r"\s+each\s+time\s+(?:they|you|she|he|it|the)\s+[a-z ]{3,30}?(?=[,;.]|\Z)|"
    r",?\s+(?:and|but|then)\s+(?:nothing|no)\s+(?:further|more|else)\s+(?:that|the\s+same|on\s+that)\s+day\b|"
    r",?\s*\bfor\s+(?:(?:no\s+longer\s+than|up\s+to|about)\s+)?a\s+fortnight\b|"
    r"\s+and\s+(?:rub|massage|smooth|spread|work|pat|swallow|chew|wash|rinse|sip|drink|dissolve|hold|apply|leave)\s+(?:it|them)"
    r"(?:\s+(?:in|on|down|off|well|gently|slowly|into\s+the\s+skin)){0,2}(?=\s+(?:once|twice|three|four|\d|every|daily|each))|"
    r"\b(?:drops?|falls?|goes)\s+(?:back\s+|down\s+)?to(?=\s+(?:\d|one|two|half)\b)|"
    r"(?:\s+for\s+(?:each|one|a\s+single)\s+dose|\s+a\s+dose)?,?\s+(?:and\s+|which\s+)?(?:it\s+)?(?:may|can)\s+be\s+"
    r"(?:repeated|given|taken|used)(?=\s+(?:every|each|once|twice|three|four|up\s+to|\d\s+times))|"
    r"\bfor\s+at\s+least\s+(?:the\s+)?(?:first\s+)?(?:(?:an?|one|two|three|few|\d{1,2})\s+)?(?:days?|weeks?|months?)\b|"
    r",?\s*\bwhether\s+or\s+not\b[^,;.\d]{3,40}|"
    r"\((?:one|two|three|four|half\s+a|\d)\s+(?:(?:extra|regular|maximum|full|"
    r"low)[- ]strength\s+)?(?:\w{4,12}\s+)?(?:tablets?|"
    r"capsules?|caplets?|pills?|puffs?|sprays?|softgels?|gummies|teaspoons?|tablespoons?|packets?|sachets?|drops?)\)|"
    r"\bfrom\s+(?:then|there)(?:\s+on(?:wards?)?)?\b|\bfor\s+(?:one|two|three|four|\d{1,2})\s+more\b(?!\s+\w+s\b)|"
    r"\bfrom\s+(?:day|"
    r"week)\s+(?:\d{1,2}|one|two)(?:\s+on(?:wards?)?\b|\s*\Z)|(?<=\d\smg\sof)\s(?:actual|real|pure)(?=\s(?:iron|calcium|magnesium|zinc))|"
    r"\b(?:for|as)\s+the\s+(?:very\s+)?first\s+dose(?:\s+only)?\b,?|\bat\s+(?:the\s+)?(?:very\s+)?(?:first|earliest)\s+"
    r"(?:sign|symptom|hint|twinge)s?(?:\s+of\s+(?:an?\s+|the\s+)?[a-z]{3,15}(?:\s+attack)?)?|"
    r"\b(?:an|one|two|\d{1,2})\s+hours?\s+later\b|"
    r"\b(?:one|two|three|four|six|\d)\s+(?:\w{4,12}\s+)?(?:tablets?|capsules?|caplets?|pills?|"
    r"softgels?)\s+(?:together\s+)?(?=\(\d(?![^()]*\b(?:each|apiece|per|an?\s+(?:tablet|capsule|caplet|pill))\b))|"
    r"\b(?:by|as|via)\s+(?:an?\s+)?(?:slow\s+|rapid\s+|continuous\s+)?(?=(?:intra\w{4,10}|IV|IM)\s+(?:injection|infusion)\b)|"
    r"(?<=intravenous|tramuscular)\s+(?:injection|infusion)\b|(?<=\bIV)\s+infusion\b|"
    r"(?<=\bmaximum)\s+(?:of|for|in)\s+(?:the\s+)?(?!\w{0,20}\s?(?:child|infant|elder|older|adult|pregnan|renal|"
    r"kidney|liver))[a-z][a-z -]{3,40}(?=\s+is\s+\d)|"
    r"[,;]?\s*(?:and\s+|then\s+){0,2}(?:may\s+be\s+)?(?:raised|increased|titrated|adjusted)\s+(?:every|after)\s+"
    r"(?:\d{1,2}|two|three|four|five|seven)(?:\s?(?:–|-|to)\s?\d{1,2})?\s+(?:days|weeks|months)"
    r"(?:\s+(?:if\s+(?:needed|necessary|tolerated)|as\s+(?:needed|tolerated)))?\s*\Z|"
    r"\b(?:is|are)\s+(?:then\s+)?(?:increased|raised|titrated)\s+(?:within|over|after)\s+(?:an?|one|two|\d)\s+"
    r"(?:days?|weeks?|months?)(?=\s+to\s+a\s+max)|"
    r"\bwhen\s+it\s+[a-z]{3,10}(?=,?\s+and\b|\s*\Z)|"
    r"\(\s*(?:only\s+)?(?:to|for|in|if)\b[^()\d]{0,50}\b(?:above|over|under|below|"
    r"at\s+least)\s+\d{2,3}\s?kg\b[^()\d]{0,20}\)|"
    r"[;,]?\s*\(?(?:slow(?:ly)?\s+)?(?:drip\s+)?\bover\s+\d[\d.]{0,4}(?:\s?(?:–|-|"
    r"to)\s?\d[\d.]{0,4})?\s?(?:min(?:ute)?s?|sec(?:ond)?s?)\b\.?\)?|"
    r"(?:(?<=\bIV)|(?<=/kg))\s+over\s+(?:the\s+)?(?:first\s+|next\s+)?\d{1,2}(?:\s?[–-]\s?\d{1,2})?\s?(?:hours?|hrs?|"
    r"h)\b|"
    r"\bin\s+\d{1,4}\s?mL\b(?:\s+(?:of\s+)?(?:NS|D5W|saline|water|"
    r"normal\s+saline))?(?:\s+over\s+\d{1,3}(?:\s?[–-]\s?\d{1,3})?\s?min(?:utes)?\b)?|"
    r"\bwith\s+\d{1,2}\s?mL\s+(?:NS|saline)\b|"
    r"[;,]?\s*(?:with\s+titration|titrate)\s+q\s?\d{1,2}(?:\s?[–-]\s?\d{1,2})?\s?min(?:utes)?\b|"
    r",\s+(?:then\s+)?increas(?:e|ing)\s+(?:weekly|daily|gradually|slowly|as\s+tolerated|"
    r"every\s+(?:few\s+|\d{1,2}\s+)?(?:days|weeks))\s*\Z|"
    r"\((?:slow|rapid|adjunct|after|mix|limited|short[- ]term|diluted?)\b[^()]{0,90}\)|"
    r"\((?:see|may\s+use|consider|use|using|if|for)\b(?:[^()\d]|\d(?:[\d.]{0,4})?%|<\d+\s?kg){0,90}\)|"
    r"\(\s*\d[\d.,\s–-]{0,9}(?:m[lL]/kg|min\b|mg\s+in\b|mg\s*=|m?c?g\s+\w{3,14}\s+in\b)[^()]{0,60}\)|"
    r"\(\d:[\d,]{1,7}[^()]{0,30}\)|\(no\s+more\s+than\s+\d[\d.]{0,3}\s?m[lL]\s?(?:/|per)[^()]{0,20}\)|"
    r"\busing\s+the\s+[\d.]{1,5}\s?m?c?g/m[lL]\s+concentration|[;,]\s*onset\s+[^;()]{0,40}|"
    r"(?<=\bIV)(?:/IO)?\s+(?:rapid\s+)?(?:push|bolus)\b(?:[;,]?\s+push\s+slowly)?|,\s*push\s+slowly|"
    r"(?<=kg)\s+slow(?=\s+IV)|(?<=IV)/IO\b|\bfixed\s+dose\b|\bIVP\b(?=\s+with)|\bwith\s+D\d{1,2}W\b|"
    r"[;,]?\s*\b(?:may\s+be\s+|may\s+|can\s+be\s+)?repeat(?:ed)?\s+(?:once\s+)?(?:in|after)\s+\d{1,2}(?:\s?(?:–|-|to)\s?"
    r"\d{1,2})?\s?min(?:ute)?s?\b|"
    r",\s*(?:begun|started|beginning|starting)\s+(?:an?|one|two|three|\d{1,2}(?:\s?(?:–|-|to)\s?\d{1,2})?)\s+(?:days?|weeks?)(?:\s+or\s+(?:two|three|so))?\s+"
    r"(?:before|ahead)\b(?:(?!\sand\s)[^,;.\d]){0,40}|"
    r",?\s*(?:and\s+)?(?:(?:then\s+)?(?:going|carrying)\s+on|continu(?:ing|ed)|and|then)\s+(?:for|until)\s+"
    r"(?:an?|one|two|three|four|seven|\d{1,2})\s+(?:days?|weeks?)\s+after\s+(?:(?:your|their|the|you)\s+)?"
    r"(?:leav\w{2,3}|return\w{0,3}|com\w{2,3}\s+home|travel\w{0,4}|trip|exposure)\b[^,;.\d]{0,25}|"
    r"(?<=day|ily)\s+to\s+(?:prevent|treat|ease|relieve|control)\s+[a-z]{3,15}(?:\s+[a-z]{3,15})?(?=,)|"
    r"\bfrom\s+the\s+(?:very\s+)?first\s+(?:day|week|month)(?:\s+on(?:wards?)?|\s+of\s+life)?\b|"
    r",?\s*\bby\s+the\s+end\s+of\s+(?:the\s+)?(?:\d{1,2}|first|second|third|one|two|three|four|a)\s+(?:days?|weeks?|months?)\b|"
    r"(?<=\bkg)\s+of\s+body\s?weight\b|"
    r";\s+(?:[a-z]+\s+){1,3}(?:needs?|gets?|have|has|takes?)\s+the\s+same\b[^.;]{0,60}|"
    r"(?<=doses)\s+at\s+(?:the\s+)?most\b|"
    r",?\s*\bfrom\s+the\s+(?:very\s+)?first\s+(?:sign|symptom|hint|twinge|tingle|tingling|itch|sneeze)s?\b|"
    r"\b(?:is|are|can\s+be|may\s+be|should\s+be)\s+(?:dabbed|rubbed|applied|spread|smeared|massaged)(?:\s+(?:on|in|into|onto|over))?"
    r"(?:\s+(?:the|your)\s+(?:\w+\s+)?(?:skin|spots?|rash|area|bites?|hands?|feet|scalp))?(?=\s+(?:[a-z]+\s+)?(?:once|twice|three|every|at|\d))|"
    r",?\s*\bfrom\s+the\s+(?:day|night|morning|evening)\s+before\b(?:\s+(?:the|your|you)\s+[a-z]{3,12})?(?:\s+[a-z]{3,12})?(?=\s*(?:[,;.]|\Z))|"
    r",?\s*\b(?:for\s+)?\d{1,2}\s+(?:days|weeks|months)\s+to\s+(?:\d{1,2}|an?|one|two)\s+(?:weeks?|months?|years?)(?=\s*(?:[,;.]|\Z))|"
    r",?\s*\b(?:drunk|swallowed|finished|given|taken)\s+within\s+(?:\d{1,2}|an?|one|two|three|four|six|eight|twelve)\s+hours?\b|"
    r"(?:\s+is\s+where\s+(?:most|many)\s+(?:people|of\s+us|patients)\s+(?:end\s+up|settle|stay|land))\b|"
    r"(?:\s+of\s+(?:it|them|this))?,?\s+(?:and\s+|which\s+)?(?:(?:you|they|he|she|we)\s+)?(?:may|can)\s+do\s+so(?:\s+again)?"
    r"(?=\s+(?:every|each|once|twice|two|three|four|up\s+to|\d))|"
    r"\bof\s+(?:the|these|those|your)\s+(?=\d[\d.,]*\s?m?c?g[\s-]+(?:tablets?|capsules?|caplets?|pills?|gummies|sachets?|strength)\b)|"
    r"\bhalf\s+(?:of\s+)?(?:that|this|as\s+much),\s+(?=\d)|"
    r"\((?:(?:holding|containing|giving|providing|supplying|which\s+is|that\s+is|equal\s+to|equivalent\s+to|with|about|=)\s+)*"
    r"\d[\d.,]*\s?m?c?g\s+(?:of\s+)?(?:elemental\s+|pure\s+|the\s+)?(?:iron|calcium|magnesium|zinc|potassium|lithium|metal|element|mineral)"
    r"(?:\s+(?:itself|proper))?\)|"
    r"(?<=\band)\s+another(?=\s+\d)|"
    r",\s+(?:and\s+|but\s+)?repeated(?=\s+(?:(?:if|when)\s+(?:necessary|needed|required)\s+)?(?:up\s+to|every|two|three|four|\d)\b)|"
    r",?\s+(?:sorts?\s+out|takes?\s+care\s+of|deals?\s+with|sees?\s+off|settles?|tames?|clears?|shifts?|eases?|copes?\s+with)\s+(?:(?:most|many)\s+)?[a-z]{4,20}(?:\s+[a-z]{4,20})?\s*\Z|"
    r",\s+(?:and\s+)?(?:no|never|nothing)\s+(?:more|higher)\s*\Z|"
    r"\b(?:one|an?|a\s+single|1)\s+(?:tablet|capsule|caplet|pill)\s+of\s+(?=\d[\d.]*\s?m?c?g\s+or\s+\d[\d.]*\s?m?c?g\b)|"
    r",?\s+for\s+(?:no\s+(?:more|longer)|not\s+(?:more|longer))\s+than\s+(?:[a-z]{3,6}|\d{1,2})\s+(?:consecutive\s+)?(?:nights|days|weeks|months)\b|"
    r"(?<=\bat)\s+(?:the|your|his|her)(?:\s+(?:new|local|usual|normal|ordinary|own))?(?=\s+bedtime\b)|"
    r"(?:(?<=\bone)|(?<=\btwo)|(?<=\bthree)|(?<=\bfour))\s+(?!(?:extra|more|other|additional|further|fewer|less|half|quarter|double|hundred|thousand)\b)[a-z]{5,20}(?:\s(?:sul(?:f|ph)ate|fumarate|gluconate|carbonate|citrate|chloride|sodium|oxide|[a-z]{4,12}ate))?"
    r"(?=\s+(?:tablets?|capsules?|caplets?|sachets?|lozenges?)\b)|"
    r"(?:(?<=tablet)|(?<=tablets)|(?<=capsule)|(?<=capsules)|(?<=sachet))\s+of\s+[a-z][a-z-]{3,25}(?=\s+(?:a|per|each|every)\s+(?:day|night|week)\b)|"
    r"\s+IV(?=,?\s*\Z)(?<=IV/IO\sIV)|\s-\s[A-Za-z][^\d]{5,90}\Z|\bOTC\b(?=\s*\))",
    re.I,
)
"""What is said of the giving and not of the dose: how long one runs in, what it is diluted in, when it works."""


_SPREAD = regex(
    r"\bat(?=\s+(?:[a-z]+|\d{1,2})(?:\s?(?:–|-|to|or)\s?(?:[a-z]+|\d{1,2}))?[\s-]hour(?:ly)?\s+intervals\b)|(?<=hourly)\s+intervals\b|"
    r"\b(?:is|are)\s+spread(?=\s+over\s)|(?<=\bover)\s+the\s+(?:first|whole|full)(?=\s+24\s+hours)",
    re.I,
)
"""Words around an interval, and around a day over which an amount is spread."""


def quiet(text: str) -> str:
    """``text`` with what is said of the giving blanked out, every offset kept."""
    told = _ILLNESS.sub(_blank, GIVING.sub(_blank, without_raising(text)))
    if "interval" in told or " over " in told:
        told = _SPREAD.sub(_blank, told)
    return _APART.sub(_blank, told) if _TIMES.search(told) else told


_ILLNESS = regex(
    r"\b(?:vaginal|oral|nasal|rectal|ocular|anal|eye|ear|mouth|skin|nose|throat)\s+(?:(?:yeast|fungal|bacterial|viral|bladder|cold)\s+)?"
    r"(?=(?:thrush|infections?|candid\w+|congestion|bleeding|allerg(?:y|ies)|pain|ulcers?|cancers?|dryness|itch(?:ing|iness)?|herpes|polyps?|sores?|"
    r"symptoms|pressure|inflammation|irritation|fissures?|rash(?:es)?|mucositis|surgery|problems?|conditions?)\b)",
    re.I,
)
"""Where an illness is, in front of what it is: no way of giving ("for vaginal thrush, a one-off 50 mg capsule")."""


def _blank(hit: re.Match[str]) -> str:
    return " " * len(hit.group())


_TIMES = regex(rf"\b(?:{often_words(least=2)})\b", re.I)
_APART = regex(
    r",?\s+(?:and\s+)?(?:at\s+least\s+|some\s+|about\s+)?(?:\d{1,2}|two|three|four|five|six|eight|twelve)\s+hours\s+apart\b",
    re.I,
)
"""How far doses lie apart that are taken so many times a day: no second frequency."""
