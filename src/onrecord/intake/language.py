"""The language of a document: what is stated, as a BCP 47 tag; else whether its function words are English."""

from __future__ import annotations

import re
from itertools import islice

__all__ = ["english", "language_tag", "words"]


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as text."""
    return frozenset(text.split())


_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-[A-Za-z0-9]{5,8})*")
# English names as GDELT's article lists write them.
_NAMES = dict(
    pair.split(":")
    for pair in words(
        "afrikaans:af albanian:sq arabic:ar armenian:hy azerbaijani:az bengali:bn bosnian:bs bulgarian:bg burmese:my "
        "catalan:ca chinese:zh croatian:hr czech:cs danish:da dutch:nl english:en estonian:et finnish:fi french:fr "
        "galician:gl georgian:ka german:de greek:el gujarati:gu hebrew:he hindi:hi hungarian:hu icelandic:is "
        "indonesian:id italian:it japanese:ja kannada:kn kazakh:kk khmer:km korean:ko latvian:lv lithuanian:lt "
        "macedonian:mk malay:ms malayalam:ml marathi:mr mongolian:mn nepali:ne norwegian:no persian:fa polish:pl "
        "portuguese:pt punjabi:pa romanian:ro russian:ru serbian:sr sinhalese:si slovak:sk slovenian:sl somali:so "
        "spanish:es swahili:sw swedish:sv tamil:ta telugu:te thai:th turkish:tr ukrainian:uk urdu:ur vietnamese:vi"
    )
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_ENGLISH = words(
    "the of and to in a is that for it was on with as at by from his her he she they be this have are not but had has "
    "or an were which their who been will would one all we there when what out about after"
)
_SAMPLE = 2000
_SHARE = 0.20


def language_tag(value: str | None) -> str | None:
    """`value` as a BCP 47 tag: "en_US" becomes "en-US", "English" becomes "en"; None if it is no language."""
    if not value:
        return None
    name = value.strip()
    if name.lower() in _NAMES:
        return _NAMES[name.lower()]
    tag = name.partition(".")[0].replace("_", "-")
    if not _TAG.fullmatch(tag):
        return None
    language, *rest = tag.split("-")
    shaped = [p.upper() if len(p) == 2 else p.title() if len(p) == 4 else p.lower() for p in rest]
    return "-".join([language.lower(), *shaped])


def english(text: str) -> str | None:
    """`en` if a fifth of the first words of `text` are English function words, else None: no other one is guessed."""
    words = [m.group().lower() for m in islice(_WORD.finditer(text), _SAMPLE)]
    if len(words) < 8:
        return None
    return "en" if sum(w in _ENGLISH for w in words) >= _SHARE * len(words) else None
