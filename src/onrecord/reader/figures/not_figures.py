"""Written numbers that count nothing: years, scores, labels, parts of names, addresses. Each with its reason."""

from __future__ import annotations

import re

from onrecord.reader.annotated import Annotated, Token
from onrecord.reader.figures.counted import anchor_of, noun_by_text
from onrecord.reader.figures.elliptic import is_one_of_two
from onrecord.reader.figures.numbers import Number
from onrecord.reader.wordlists import sections

__all__ = ["COUNTED_IN_COMPOUNDS", "compound_noun", "reason_for_refusal", "score_reason"]

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE_BEFORE = re.compile(rf"\b{_MONTH} $|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?: ?[-–] ?\d\d?)?,? $")
_DATE_AFTER = re.compile(rf"(?:st|nd|rd|th)?(?: ?[-–] ?\d\d?)? (?:of )?{_MONTH}\b(?! [a-z]+s\b)")
_ERA = re.compile(r" (?:BC|BCE|AD|CE|B\.C\.|A\.D\.)(?!\w)")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|by|before|after|during|from|of|for|mid|early|late|through|year|season|fiscal|spring|summer|"
    r"autumn|fall|winter|christmas|circa|the|this|and|to|a|[JFMASOND][a-z]+,)[ -]|[(©’'/–-] ?)$",
    re.I,
)
_LABELS = re.compile(rf"(?:^|[^\w])(?:{'|'.join(map(re.escape, sorted(sections('figures')['labels'])))})\.? $", re.I)
_COUNTING_LABELS = sections("figures")["labels that also stand before a count"]
_ADDRESS = re.compile(
    r"(?: ?[-–] ?\d+)? (?:[A-Z][\w.'’]*\.? ){1,3}(?:Street|St|Avenue|Ave|Av|Road|Rd|Lane|Ln|Drive|Boulevard|Blvd|Way|"
    r"Place|Square|Court|Highway|Terrace)\b"
)
_SCORING_BEFORE = re.compile(
    r"(?:won|win|wins|beat|beats|beating|lost|lose|lead|leads|led|trail|trailed|trailing|draw|drew|victory|defeat|ahead|tied|"
    r"tie|score|scored|vote|voted|ruled|record|finish|finished|behind|level|by|at|it|up|down|result|series|"
    r"aggregate)[ ,:]*"
    r"(?:[a-z]+ ){0,3}$",
    re.I,
)
_SCORING_AFTER = re.compile(
    r" ?-?(?:lead|win|victory|defeat|loss|draw|record|scoreline|score|vote|ruling|decision|margin|result|tie|triumph|"
    r"run|down|up|ahead|aggregate|against|to|in|on|at|over|after|when|with|but|and|as|home|away)\b|[.,;:)\n]|$",
    re.I,
)
COUNTED_IN_COMPOUNDS = sections("figures")["counted in compounds"]
_LEVELS = sections("figures")["levels"]
_ALLOWED_PREFIX = re.compile(
    r"(?:^|[^\w])(?:sub|minus|now|then|mid|pre|some|nearly|about|over|under|plus|up-to|estimated)-$", re.I
)
_OPENERS = sections("figures")["no part of a name"]
_ONE_NO_COUNT = re.compile(
    r"(?:['’]s?\b|[ -](?:another|can|could|should|would|must|may|might|is|was|has|had|will|who|that|which|where|day|"
    r"night|morning|time|side|more time|point|on|to|by|in|at|and|or|as|such|thing|way|for"
    r"|with|from|than|but|because|off|up|"
    r"the|a|an|he|she|they|it|we|i|you|said|does|did|way|size)\b|[.,;:!?)”\"]|$)",
    re.I,
)
_ONE_BEFORE = re.compile(
    r"(?:\b(?:no|any|every|some|each|this|that|the|another|which|other|a|new|good|first|last|number|day|square|big|"
    r"bigger|better|old|single|particular|right|wrong|anyone|loved) |\w-)$",
    re.I,
)
# "two new 737 Max jets": what is counted has its number already.
_COUNTED_ALREADY = re.compile(
    r"(?:^|[^\w.,])(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|(?:doz|hundr|thous)\w+)(?: [a-z-]+){0,2} $",
    re.I,
)
_IN_A_ROW = "a record of wins, losses and draws, or a code"
_IN_A_ROW_BEFORE = re.compile(r"\d[-–]\d+[-–]$")
_NAME_BEFORE = re.compile(r"(?<![.!?\n“\"] )(?<!^)\b[A-Z]\w* $")


def reason_for_refusal(annotated: Annotated, number: Number, unit: str | None, end: int) -> str | None:
    """Why a written number that has no unit or stands in a name is no figure; None where nothing speaks against it."""
    text, (start, stop) = annotated.text, number.span
    before, after = text[max(0, start - 40) : start], text[stop : stop + 40]
    raw = number.span.of(text)
    if before[-1:] in {"/", ":"} or (before[-1:] == "." and before[-2:-1].isalnum()) or re.match(r"[/:]\d", after):
        return "a ratio, date or reference"
    if _IN_A_ROW_BEFORE.search(before):
        return _IN_A_ROW
    if unit is not None or number.unit is not None:
        return None
    if number.low < 0 and raw[0] in "-−" and noun_by_text(text, stop, partitive=False, single=False):
        return "part of a name or compound"  # nothing is counted below nought: "COVID -19 tests"
    hyphened = re.search(r"\w-$", before)
    if hyphened and not before[-2].isdigit() and not _ALLOWED_PREFIX.search(before):
        return "part of a name or compound"
    if re.match(r"\w", after) and end == stop:
        return "part of a name or code"
    if number.form == "digits" and number.scale == 1 and "," not in raw:
        reason = _digits_reason(annotated, number, before, after)
        if reason:
            return reason
    if raw.lower() == "one":
        return None if is_one_of_two(text, number.span) else _one(before, after)
    if raw.lower() == "zero" and noun_by_text(text, stop, partitive=False, single=False) is None:
        return "zero as a word for none"
    if number.form in {"digits", "words"} and number.scale == 1:
        return _name_reason(annotated, number, before, after)
    return None


def _digits_reason(annotated: Annotated, number: Number, before: str, after: str) -> str | None:
    raw = number.span.of(annotated.text)
    if (not before.strip(" \t") or before.rstrip(" \t(").endswith("\n")) and re.match(r"[.)]\s", after):
        return "the number of a list item"
    if before.endswith(("(", "[")) and after[:1] in {")", "]"} and len(raw) <= 3:
        return "a bare number in brackets"
    if (_DATE_BEFORE.search(before) or _DATE_AFTER.match(after)) and len(raw) in {1, 2, 4}:
        return "part of a date"
    if _ADDRESS.match(after):
        return "part of an address"
    if _ERA.match(after) or (len(raw) in {3, 4} and before.endswith(("c. ", "ca. "))):
        return "a year"
    if len(raw) == 4 and raw.isdigit() and _is_year(annotated.text, number, before):
        return "a year"
    if raw.startswith("0") and len(raw) > 1 and raw[1].isdigit():
        return "a code with a leading zero"
    return None


def _is_year(text: str, number: Number, before: str) -> bool:
    value = int(number.low)
    if not 1000 <= value <= 2199:
        return False
    counted = noun_by_text(text, number.span.end, partitive=False, single=False)
    bounded = re.search(
        r"\b(?:about|than|around|least|some|nearly|almost|roughly|over|up to|approximately|least) $", before
    )
    if bounded and counted:
        return False
    if value > 2050:
        return not counted and bool(_YEAR_BEFORE.search(before))
    if value >= 1900:
        return not (counted and value % 100 == 0)
    return not counted and bool(_YEAR_BEFORE.search(before)) and value >= 1100 and value % 100 != 0


def _one(before: str, after: str) -> str | None:
    """ "one" counts before a noun and in "one of the pillars"; elsewhere it is a pronoun or a turn of phrase."""
    if re.match(r" of (?:the|its|his|her|their|our|my|these|those|[A-Z]\w+['’]s) \w", after):
        return "one as a pronoun" if re.search(r"\b(?:every|any|this|that|the) $", before, re.I) else None
    if _ONE_NO_COUNT.match(after) or _ONE_BEFORE.search(before) or _NAME_BEFORE.search(before):
        return "one as a pronoun"
    return None


def _name_reason(annotated: Annotated, number: Number, before: str, after: str) -> str | None:
    """A number that belongs to a name ("Boeing 747", "Channel 4") or labels a thing ("category 5")."""
    text = annotated.text
    if number.form == "digits" and _COUNTED_ALREADY.search(before) and re.match(r" [A-Z]", after):
        return "part of a name"
    counted = noun_by_text(text, number.span.end, partitive=False, single=False)
    label = _LABELS.search(before)
    if label:
        word = re.findall(r"[\w№°.]+", label[0])[-1].rstrip(".").lower()
        if not (word in _COUNTING_LABELS and counted):
            return "the number of a thing, not how many"
    if "," in number.span.of(text):
        return None  # what a name holds is written without a comma: "sends Russia 10,000 troops"
    previous = re.search(r"([^\W\d_][\w&'’.+/-]*) $", before)
    capital = bool(
        previous and any(c.isupper() for c in previous[1]) and previous[1].lower().rstrip(".") not in _OPENERS
    )
    opening = bool(previous and re.search(r"(?:^|[.!?:\n“\"]\s*)$", before[: previous.start(1)]))
    anchor = anchor_of(annotated, number.span)
    tagged = anchor is not None and bool(annotated.tokens[anchor].upos)
    if tagged and anchor is not None:
        token = annotated.tokens[anchor]
        head = annotated.tokens[token.head]
        base = token.relation.partition(":")[0]
        if token.upos == "PROPN" and number.form == "digits" and not counted:
            return "part of a name"
        if number.form == "digits" and _inside_name(annotated, token, head):
            return "part of a name"
        before_it = annotated.tokens[anchor - 1].upos if anchor else ""
        long = number.low >= 100 and "," not in number.span.of(text)
        if (
            long
            and number.form == "digits"
            and before_it == "DET"
            and head.index > anchor
            and head.tag in {"NN", "NNP"}
        ):
            following = annotated.tokens[anchor + 1].lemma
            return None if following in COUNTED_IN_COMPOUNDS or following in _LEVELS else "part of a name"
        if (
            head.index < anchor
            and head.upos == "PROPN"
            and base in {"nummod", "flat", "compound", "nmod", "dep", "appos"}
        ):
            apart = text[head.span.end : number.span.start]
            if "," not in apart and "(" not in apart and not (counted and opening):
                return "part of a name"
        if (
            head.index > anchor
            and head.tag == "NNP"
            and base in {"nummod", "compound"}
            and number.low > 1
            and not counted
        ):
            return "part of a name"
        if capital and not opening and not counted and head.index < anchor and base in {"nummod", "dep", "flat"}:
            return "part of a name"
        if head.index > anchor and base in {"nummod", "compound", "amod"} and head.tag in {"NNS", "NNPS"}:
            attached = annotated.tokens[anchor - 1].head in {anchor, head.index} if anchor else False
            return "part of a name" if capital and not opening and number.low >= 100 and attached else None
        if not (capital and not opening):
            return None
        return "part of a name" if number.form == "digits" and not counted else None
    # "Boeing 747 crashed" opens with a name, "Wounding 5, killing 3" with a verb.
    verb = previous is not None and previous[1].endswith(("ed", "s"))
    if capital and opening and not counted and number.form == "digits" and number.low >= 100 and not verb:
        return "part of a name"
    named_after = re.match(r" [A-Z][a-z]+", after) is not None
    if capital and not opening and (not counted or (number.form == "digits" and (named_after or number.low >= 100))):
        return "part of a name"
    if number.form == "digits" and not counted and named_after:
        return "part of a name"
    return None


def _inside_name(annotated: Annotated, token: Token, head: Token) -> bool:
    """Whether a number is a word of a name that begins before it: "the S&P 500 fell", "iPhone 11 Pro cameras"."""
    if head.index < token.index:
        return token.relation == "flat" and head.upos in {"NOUN", "PROPN"}
    return head.relation == "flat" and head.head < token.index and annotated.tokens[head.head].upos == "PROPN"


def compound_noun(text: str, end: int) -> tuple[str | None, int] | None:
    """What a hyphened number counts: ("member", end) for "11-member", (None, end) for "12,000-strong", else None."""
    match = re.compile(r"-([a-z]+)\b(?!-\w*(?:fold))").match(text, end)
    if match is None:
        return None
    word = match[1]
    if word == "strong":
        return None, match.end()
    if word in COUNTED_IN_COMPOUNDS or (word.endswith("s") and word[:-1] in COUNTED_IN_COMPOUNDS):
        return word.removesuffix("s"), match.end()
    return None


def score_reason(text: str, first: Number, second: Number, end: int) -> str | None:
    """Why two numbers with a dash between them are no range: a score, years, an address; None for a range."""
    a, b = first.low, second.low
    before, after = text[max(0, first.span.start - 40) : first.span.start], text[end : end + 40]
    if re.match(r"[-–]\d", after):
        return _IN_A_ROW
    if _LABELS.search(before) and noun_by_text(text, end, partitive=False, single=False) is None:
        return "the number of a thing, not how many"
    if _ADDRESS.match(text, second.span.end):
        return "part of an address"
    plain = "," not in text[first.span.start : end]
    if plain and len(first.span.of(text)) == 4 and 1500 <= a <= 2100 and (b <= 99 or 1500 <= b <= 2100):
        return "years"
    if re.search(r"[A-Z]\w*\)? $", before) and re.match(r" [A-Z]", after):
        return "a score"  # "Tunisia 1 – 2 England"
    small = b < 250 and a < 250 and a == int(a) and b == int(b)
    if small and (a >= b or _SCORING_AFTER.match(after) or _SCORING_BEFORE.search(before)):
        return "a score"
    return None
