"""Numbers as English news writes them: found by one scan over the text, valued exactly, refused where two readings fit.

`scan` knows nothing of trees, units or nouns: it gives each written number once, with the interval it states. Digits
("1,200", "3bn", "12 1/2"), words ("two hundred and five", "half a million"), vague words ("dozens", "tens of
thousands": a lower end only) and shares ("a quarter of", "two thirds", "one in five": percent).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from onrecord.reader.figures.currencies import CODED_PREFIX, PREFIX, currency_of_prefix
from onrecord.records import Rejected, Span

__all__ = ["Form", "Number", "scan"]

Form = Literal["digits", "words", "vague", "share"]

ONES = {w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])}
TEENS = {
    w: i
    for i, w in enumerate(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        start=10,
    )
}
TENS = {
    w: 10 * i
    for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
SMALL = {**ONES, **TEENS, **TENS, "fourty": 40}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "lakh crore": 10**12,
    "billion": 10**9,
    "trillion": 10**12,
}
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "mil": 10**6, "mio": 10**6, "b": 10**9, "bn": 10**9}
SHORT_SCALES |= {"bln": 10**9, "t": 10**12, "tn": 10**12, "trn": 10**12, "tr": 10**12}
# Short forms that mean nothing else may stand without a currency; "m", "b" and "t" may be metre, byte and ton.
PLAIN_SHORT = {"k", "mn", "mln", "mil", "bn", "bln", "tn", "trn"}
PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
PARTS |= {"ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100}
VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.3333333333333333", "⅔": "0.6666666666666667", "⅛": "0.125"}


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_ONES, _TENS = _any([w for w in ONES if w != "zero"]), _any([*TENS, "fourty"])
_SUB100 = rf"(?:(?:{_TENS})(?:[ -](?:{_ONES})(?![\w-]*(?:th|rd|st)\b))?|(?:{_any(TEENS)})|(?:{_any(ONES)}))"
_FOLD = rf"(?:{_any([*SMALL, 'hundred', 'thousand'])})[ -]?fold\b"
_SUB1000 = rf"(?:{_SUB100}[ -]hundred(?:[ -](?:and[ -])?{_SUB100})?|{_SUB100})\b"
_BIG = "(?:thousand|million|billion|trillion|lakh|crore)"
_CHAIN = rf"(?:[ -]{_BIG}\b(?:(?:,? and |, | ){_SUB1000}(?:[ -]{_BIG}\b|(?=\W)))*)*"
_CARDINAL = (
    rf"(?:(?P<half>half[ -]an?|an?[ -]half)[ -](?:dozen|hundred|thousand|million|billion|trillion)\b"
    rf"|(?P<portion>(?:half|(?:an?|one|three)[ -]quarters?|(?:an?|one|two)[ -]thirds?) of an? {_BIG})\b"
    rf"|(?P<vagueword>an? few|several|an? couple(?: of)?)[ -](?:dozen|hundred|thousand|million|billion|trillion)\b"
    rf"|(?P<fold>{_FOLD})"
    rf"|an?[ -]hundred(?:[ -]and[ -]{_SUB100})?{_CHAIN}\b"
    rf"|an?[ -](?:dozen|{_BIG})\b(?! (?:and|or) )"
    rf"|an?[ -]{_BIG}(?: and a half)?\b"
    rf"|{_SUB100}[ -](?:and[ -]a[ -]half[ -]{_BIG}|dozen)\b"
    rf"|{_SUB1000}(?:{_CHAIN})?(?:[ -]and[ -]a[ -]half\b)?)"
)
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?: \d{3})*(?: 000)(?!\d)"
    r"|\d+(?:\.\d+)?|\.\d+)"
)
_SCALE = rf"[ \u00a0-]?(?P<scale>(?i:{_any(SCALES)}|{_any(SHORT_SCALES)}))(?![A-Za-z\d])"
_PART = rf"(?P<part>half|halves|(?:{_any([p for p in PARTS if p != 'half'])})s?)"
# "three in ten days" counts, "three in ten voters" is a share.
_NO_RATIO = r"(?:(?:second|minute|hour|day|week|month|year|decade|game|start|over|attempt)s?|matches|innings|tries)\b"
_SHARE = (
    rf"(?!half[ -]an?[ -](?:{_any(SCALES)})\b|an?[ -]half[ -](?:{_any(SCALES)})\b"
    r"|(?:half|[a-z]+[ -](?:quarter|third)s?) of an? (?:thousand|million|billion|trillion|lakh|crore)\b)"
    rf"(?:(?P<howmany>an?|one|two|three|four|five|six|seven|eight|nine|\d)[ -])?{_PART}\b"
    rf"|(?P<few>one|two|three|four|five|six|seven|eight|nine)[ -](?P<inof>in|out of)[ -](?:every[ -])?"
    rf"(?P<many>ten|two|three|four|five|six|seven|eight|nine|twelve|twenty|\d[\d,]*)\b(?![.,]?\d)(?! {_NO_RATIO})"
)
_VAGUE = (
    r"(?:(?P<mult>tens|dozens|hundreds) of (?P<of>thousands|millions|billions)|(?P<plain>dozens|hundreds|thousands|"
    r"millions|billions|trillions|(?:tens|scores)(?= of))|(?P<couple>an? couple)"
    r"(?= of (?!dozen|hundred|thousand|million|billion|trillion)[a-z]))\b"
)
# What carries digits and is no number: kept in the scan itself so that nothing inside it is looked at again.
_FURNITURE = (
    ("an address on the web", r"(?:https?://|www\.)\S*[\w/]|[\w.+-]{1,64}@[\w-]+\.\w[\w.]*"),
    ("a date", r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?![\d.])"),
    (
        "a telephone number",
        r"\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?)(?:[ -]\d{2,4}){1,4}"
        r"|(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?!\d)|1-8\d\d-\d{3}-\d{4}",
    ),
    (
        "a time of day",
        r"\d{1,2}(?:[:.]\d{2}){0,2} ?(?:[ap]\.m\.?|[ap]m\b|[AP]M\b|o['’]clock)|"
        r"\d{1,2}:\d{2}(?::\d{2})?",
    ),
    ("thousands in the continental style, which English reads as nothing", r"\d{1,3}(?:\.\d{3}){2,}(?![\d.])"),
    ("a version number", r"[vV]?\d+(?:\.\d+){2,}(?![\d,])|[vV]\d+(?:\.\d+)*"),
    ("a decade", r"['’]?\d{1,3}0['’]?s(?![\w])"),
    ("an ordinal", r"\d[\d,]{0,15}(?:st|nd|rd|th)(?![a-z])"),
)
# What every number in words begins with: most words of a text are done with here (0.12 to 0.05 s for 90 articles, with
# the scan that looks for no addresses).
_PARTS_BEGIN = "half|halv|quarter|third|four|fif|six|seven|eigh|nin|ten|twen|hund"
_WORDS_BEGIN = (
    rf"{_PARTS_BEGIN}|zero|one|two|three|thir|five|elev|twel|fort|dozen|thousand|million|billion|trillion|score|several"
    rf"|an?[ -](?:{_PARTS_BEGIN}|dozen|thousand|million|billion|trillion|lakh|crore|few|couple)"
)
_SCANNED = (
    r"(?<![\w$€£¥#])(?:"
    + r"(?=[\d+\[(hvVw'’]|\w{1,64}[.+-]?\w{0,64}@)"
    + rf"(?:{'|'.join(f'(?P<not{i}>{p})' for i, (_, p) in enumerate(_FURNITURE))})"
    + rf"|(?P<ratio>[1-9] (?:in|out of) (?:every )?(?:\d\d?|\d00|\d\d?,000)\b(?![.,:]?\d|%|-)(?! {_NO_RATIO}))"
    + rf"|(?P<prefix>(?:{PREFIX})|(?:{CODED_PREFIX})(?=[-−]?[\d.]))?"
    + r"(?P<sign>[-−](?=[\d.])|(?:minus|negative)[ -](?=[\d.]))?"
    + rf"(?P<digits>{_DIGITS})(?P<power> ?[×x] ?10(?:\^|\*\*)?[-−]?\d{{1,2}}(?!\d))?"
    + rf"(?P<fraction>[ -]?[½¼¾⅓⅔⅛]|[ -]\d/\d\d?(?![\d/]))?(?:{_SCALE})?"
    + rf"|(?P<vulgar>[½¼¾⅓⅔⅛])|(?i:(?={_WORDS_BEGIN})(?:(?P<vague>{_VAGUE})|(?P<share>{_SHARE})|(?P<words>{_CARDINAL}))))"
)
_SCAN = re.compile(_SCANNED)
# Where no "@" is in the text no address needs to be looked for at every word.
_SCAN_WITHOUT_MAIL = re.compile(_SCANNED.replace(r"|\w{1,64}[.+-]?\w{0,64}@", "", 1))
_EUROPEAN = re.compile(r"[.,]\d")
_ORDINAL_AFTER = re.compile(
    r"[ -](?:and[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|(?!mon|boo)\w+th)\b", re.I
)
_DIMENSION = re.compile(r"\s*(?:[-)(,.;:]|$|(?:long|tall|high|wide|deep|away|from|above|below|below|off|x|by|at|in)\b)")
_COUNT_AFTER_M = re.compile(r" (?:of |(?:[a-z-]+ (?:and )?){0,3}(?:people|[a-z-]{2,}(?<!s)s)\b|in \d{4})")


@dataclass(frozen=True, slots=True)
class Number:
    """A written number: `span` with its currency sign, `bare` without, and the interval that it states by itself.

    `high` is None for vague numbers ("dozens" is 12 and more). `scale` is the factor it was written with ("1.5 million"
    is 1.5 by 10**6), 1 where it has none; `written` the value before it. `unit` is set by a currency sign or a share.
    """

    span: Span
    bare: Span
    low: Decimal
    high: Decimal | None
    form: Form
    scale: int = 1
    unit: str | None = None

    @property
    def written(self) -> Decimal:
        return self.low / self.scale


def scan(text: str) -> Iterator[Number | Rejected]:
    """All written numbers of `text` in order; what looks like one and is none, or could be two, is a `Rejected`."""
    for match in (_SCAN if "@" in text else _SCAN_WITHOUT_MAIL).finditer(text):
        kind = match.lastgroup or ""
        if match["digits"]:
            yield _digits(text, match)
        elif match["ratio"]:
            few, many = re.findall(r"[\d,]+", match["ratio"])
            if _small(few) < _small(many):
                yield _number(match, _small(few) * 100 / _small(many), "share", "%")
        elif match["vulgar"]:
            yield _number(match, Decimal(VULGAR[match["vulgar"]]) * 100, "share", "%")
        elif match["vague"]:
            yield _vague(match)
        elif match["share"]:
            found = _share(text, match)
            if found is not None:
                yield found
        elif match["words"]:
            yield _words(text, match)
        else:
            reason = next(r for i, (r, _) in enumerate(_FURNITURE) if match[f"not{i}"])
            assert kind
            yield Rejected(reason, Span(*match.span()))


def _number(match: re.Match[str], value: Decimal, form: Form, unit: str | None = None) -> Number:
    span = Span(*match.span())
    return Number(span, span, value, value, form, unit=unit)


def _digits(text: str, match: re.Match[str]) -> Number | Rejected:
    """A number in digits, with its currency sign, sign, fraction and scale."""
    raw, end, prefix = match["digits"], match.end(), match["prefix"]
    span = Span(match.start(), end)
    following = text[end : end + 2]
    if (_EUROPEAN.match(following) and not match["scale"]) or (
        text[match.start("digits") - 1 : match.start("digits")] == ","
    ):
        return Rejected("not a number as English writes it: comma and point fit no grouping", span)
    if raw.endswith(".000") and not match["scale"] and len(raw) <= 7 and raw[0] != "0" and not prefix:
        return Rejected("thousands in the continental style, or a decimal: both readings fit", span)
    value = Decimal(raw if raw.isdigit() else re.sub(r"[,\s\u00a0\u202f\u2009]", "", raw))
    if match["power"]:
        exponent = re.split(r"10(?:\^|\*\*)?", match["power"], maxsplit=1)[1].replace("−", "-")
        value = value.scaleb(int(exponent))
    fraction = (match["fraction"] or "").strip(" -")
    if fraction:
        top, _, bottom = fraction.partition("/")
        value += Decimal(VULGAR[fraction]) if fraction in VULGAR else Decimal(top) / max(Decimal(bottom), Decimal(1))
    scale, written = 1, match["scale"]
    if written:
        scale, end = _scale(text, match, written)
    if match["sign"]:
        value = -value
    bare = Span(match.start("digits") if not match["sign"] else match.start("sign"), end)
    unit = currency_of_prefix(prefix) if prefix else None
    return Number(Span(match.start(), end), bare, value * scale, value * scale, "digits", scale, unit)


def _scale(text: str, match: re.Match[str], written: str) -> tuple[int, int]:
    """The factor of a scale word or its short form, and where the number ends: before it, if it is a unit instead."""
    word = written.lower()
    if word in SCALES:
        return SCALES[word], match.end()
    bare_end = match.start("scale")
    adjacent = text[bare_end - 1].isdigit()
    if not adjacent:
        bare_end -= 1
    money = bool(match["prefix"])
    if word in PLAIN_SHORT and (adjacent or word != "k") and (written != "K" or money or match["digits"].isdigit()):
        return SHORT_SCALES[word], match.end()
    if money and (adjacent or word != "t"):
        return SHORT_SCALES[word], match.end()
    after = text[match.end() : match.end() + 40]
    if word == "m" and adjacent and not _DIMENSION.match(after) and _COUNT_AFTER_M.match(after):
        return SHORT_SCALES[word], match.end()
    return 1, bare_end


def _vague(match: re.Match[str]) -> Number:
    if match["couple"]:
        return _number(match, Decimal(2), "words")
    names = {"tens": 10, "scores": 20, "dozens": 12, **{f"{s}s": n for s, n in SCALES.items()}}
    if match["mult"]:
        low = names[match["mult"].lower()] * names[match["of"].lower()]
    else:
        low = names[match["plain"].lower()]
    span = Span(*match.span())
    return Number(span, span, Decimal(low), None, "vague")


def _share(text: str, match: re.Match[str]) -> Number | Rejected | None:
    """A part of a whole in percent ("a quarter of", "two thirds", "half the", "one in five"); None if it is none."""
    if match["many"]:
        few, many = _small(match["few"]), _small(match["many"])
        if few >= many or text[match.end() : match.end() + 1] in {"%", "-"}:
            return _number_of(match, "few")
        return _number(match, few * 100 / many, "share", "%")
    part, how = match["part"].lower(), (match["howmany"] or "").lower()
    rest = text[match.end() : match.end() + 24].lower()
    plural = (part.endswith("s") and part != "halves") or part == "halves"
    bottom = PARTS["half" if part == "halves" else part.removesuffix("s")]
    top = Decimal(1) if how in {"", "a", "an"} else _small(how)
    before = text[max(0, match.start() - 12) : match.start()].lower()
    named = not how and re.search(r"(?:first|second|other|last|this|that|better|one|in|by|whose) $", before)
    # "a quarter of an hour", not "the second half of a game"
    if (article := re.match(r" of an?(?= [a-z])", rest)) and not (named and named[0] not in {"in ", "by "}):
        span = Span(match.start(), match.end() + article.end())
        return Number(span, span, top / bottom, top / bottom, "share")
    whole = bool(re.match(r" of\b", rest))
    if part == "half" and not how:
        if article := re.match(r"[ -]an?(?=[ -][a-z])", rest):
            span = Span(match.start(), match.end() + article.end())
            return Number(span, span, Decimal("0.5"), Decimal("0.5"), "share")
        whole = whole or bool(re.match(r" (?:the|all|its|their|his|her|our|my|that|this|as )\b", rest))
        whole = whole or bool(re.search(r"(?:about|nearly|almost|than|over|around|under|least|some|roughly) $", before))
        if named or not whole or rest.startswith("-"):
            return None
        return _number(match, Decimal(50), "share", "%")
    if plural and (not how or top == 1 or (bottom == 4 and top != 3)):
        return None  # "two quarters" are six months of a business year
    if not plural and (not how or not whole) and not (how and bottom > 4 and whole) and not (how == "one" and whole):
        return None
    if rest.startswith("-") and not plural:
        return None
    return _number(match, top * 100 / bottom, "share", "%")


def _number_of(match: re.Match[str], group: str) -> Number:
    """Only one word of what was matched is the number ("two in ten-minute intervals")."""
    span = Span(*match.span(group))
    value = _small(match[group])
    return Number(span, span, value, value, "digits" if match[group].isdigit() else "words")


def _small(word: str) -> Decimal:
    word = word.lower().replace(",", "")
    return Decimal(word) if word.isdigit() else Decimal(SMALL[word])


def _words(text: str, match: re.Match[str]) -> Number | Rejected:
    span = Span(*match.span())
    if _ORDINAL_AFTER.match(text, span.end):
        return Rejected("an ordinal", span)
    words = [w for w in re.split(r"[\s,-]+", match["words"].lower()) if w not in {"and", "of"}]
    if match["fold"]:
        times = words[0].removesuffix("fold")
        value = Decimal(SMALL.get(times) or SCALES[times])
        return Number(span, span, value, value, "words")
    if match["portion"]:
        top, bottom = (
            SMALL.get(words[0], 1),
            PARTS[next(w for w in words if w.removesuffix("s") in PARTS).removesuffix("s")],
        )
        value = Decimal(SCALES[words[-1]]) * top / bottom
        return Number(span, span, value, value, "words", SCALES[words[-1]])
    if match["half"]:
        value = Decimal(SCALES[words[-1]]) / 2
        return Number(span, span, value, value, "words", SCALES[words[-1]])
    if match["vagueword"]:
        factor = SCALES[words[-1]]
        couple = "couple" in words
        return Number(span, span, Decimal(2 * factor), Decimal(2 * factor) if couple else None, "vague", factor)
    value, scale = _cardinal(words)
    return Number(span, span, value, value, "words", scale)


def _cardinal(words: list[str]) -> tuple[Decimal, int]:
    """Value of number words in reading order, and the scale of the last one ("three million": 3000000, 10**6)."""
    total, current, scale = Decimal(0), Decimal(0), 1
    for position, word in enumerate(words):
        if word in SMALL:
            current += SMALL[word]
            scale = 1
        elif word in {"a", "an"}:
            if position + 1 < len(words) and words[position + 1] == "half":
                continue
            current += 1
        elif word == "half":
            # "one and a half million" adds to what is multiplied next; "a million and a half" adds half a million.
            if position + 1 < len(words):
                current += Decimal("0.5")
            else:
                total += Decimal(scale) / 2
        else:
            scale = SCALES[word]
            current *= scale
            if scale > 100:
                total, current = total + current, Decimal(0)
    return total + current, scale
