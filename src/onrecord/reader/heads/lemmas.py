"""A second opinion on lemmas: where the lemma head errs on a regular form, the word lists often know the word.

The head picks one of some hundred edits for each word and slips on rare verbs ("arrested" → "arreste"). A lemma that no
list knows gives way to the regular stem of the form, if a list knows that; otherwise the head is believed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.reader.plurals import singular
from onrecord.reader.wordlists import sections

__all__ = ["settle"]

_LISTS = ("acts", "eventnouns", "firmness", "plover", "roles")
_ENDINGS = {"VERB": ("ed", "ing", "s"), "NOUN": ("s",)}
_IRREGULAR = dict(
    pair.split(">")
    for pair in (
        "said>say told>tell wrote>write written>write found>find felt>feel thought>think knew>know known>know saw>see "
        "seen>see heard>hear held>hold spoke>speak spoken>speak gave>give given>give took>take taken>take made>make "
        "sent>send came>come went>go gone>go met>meet led>lead left>leave lost>lose won>win fought>fight brought>bring "
        "bought>buy sold>sell built>build began>begin begun>begin broke>break broken>break chose>choose chosen>choose "
        "drew>draw drawn>draw fell>fall fallen>fall fled>flee flew>fly forgave>forgive grew>grow grown>grow kept>keep "
        "laid>lay meant>mean paid>pay rose>rise risen>rise shot>shoot showed>show shown>show shook>shake slain>slay "
        "sought>seek stood>stand struck>strike stuck>stick swore>swear sworn>swear taught>teach threw>throw "
        "understood>understand withdrew>withdraw withdrawn>withdraw withheld>withhold foresaw>foresee overthrew>overthrow "
        "retook>retake retaken>retake bore>bear fed>feed sank>sink sunk>sink upheld>uphold blew>blow blown>blow "
        "drove>drive driven>drive ate>eat eaten>eat rode>ride ridden>ride wore>wear worn>wear tore>tear torn>tear "
        "spent>spend lent>lend bent>bend dealt>deal slept>sleep swept>sweep wept>weep crept>creep bled>bleed bred>breed "
        "sped>speed rang>ring rung>ring sang>sing sung>sing swam>swim swum>swim shrank>shrink shrunk>shrink "
        "sprang>spring sprung>spring hung>hang dug>dig clung>cling flung>fling stung>sting swung>swing froze>freeze "
        "frozen>freeze stole>steal stolen>steal woke>wake woken>wake spun>spin spat>spit lit>light slid>slide hid>hide "
        "hidden>hide bit>bite bitten>bite forgot>forget forgotten>forget forbade>forbid forbidden>forbid "
        "underwent>undergo undergone>undergo undertook>undertake undertaken>undertake mistook>mistake "
        "mistaken>mistake overcame>overcome became>become ran>run caught>catch drank>drink drunk>drink "
        "outgrew>outgrow oversaw>oversee overseen>oversee rebuilt>rebuild resold>resell withstood>withstand"
    ).split()
)
_NO_STEMS = ("modifiers", "subjects")  # sections of words that stand as they are, or of nouns that look like verb stems
_VOWELS = frozenset("aeiou")


def settle(word: str, lemma: str, upos: str) -> str:
    """The lemma of a word form with a universal part of speech, given what the lemma head made of it."""
    form = word.lower()
    if upos == "VERB" and form in _IRREGULAR and lemma != form:
        return _IRREGULAR[form]
    if upos == "NOUN" and form.endswith(("men", "children")):
        return singular(form)  # where the head cuts one letter, as of most plurals: "childre"
    ending = next((e for e in _ENDINGS.get(upos, ()) if form.endswith(e) and form != e), None)
    if ending is None:
        cut_short = upos == "VERB" and form in _known() and form.startswith(lemma)
        return form if cut_short else lemma  # "arrive" → arriv, "warn" → war
    if upos == "VERB" and ending != "s" and form not in _known():
        stems = list(_stems(form, ending))  # a verb in -ed or -ing that is none itself ("need") is a regular one
        if lemma not in stems:
            return next((s for s in stems if s in _known()), lemma if form.startswith(lemma) else stems[0])
    if lemma in _known() and lemma != form:
        return lemma
    if not form.startswith(lemma[:-1]) or (upos == "NOUN" and form == lemma + "s"):
        return lemma  # an irregular ("lives" → life), or already a stem
    return next((stem for stem in _stems(form, ending) if stem in _known()), lemma)


@cache
def _known() -> frozenset[str]:
    return frozenset(
        word
        for name in _LISTS
        for title, entries in sections(name).items()
        if not title.endswith(_NO_STEMS)
        for word in entries
        if " " not in word
    )


def _stems(form: str, ending: str) -> Iterator[str]:
    """What the form may be a regular inflection of, likeliest first: "planned" → plan, planne; "denied" → deny."""
    stem = form.removesuffix(ending)
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        yield stem[:-1]
    if ending in ("ed", "s") and form.endswith(("ied", "ies")):
        yield form[:-3] + "y"
    yield stem
    if ending == "s":
        if form.endswith("es"):
            yield form[:-2]
    else:
        yield stem + "e"
