"""Status of event words, over trees written by hand: one sentence a rule, and what must not follow from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.reader.annotated import Annotated
from onrecord.reader.events.firmness import status

Tree = Callable[..., Annotated]

SUBJECT = "Seoul/PROPN/NNP"
SENTENCES = {
    "past": (f"{SUBJECT}/2/nsubj sent>send/VERB/VBD/0/root 3,000/NUM/CD/4/nummod troops/NOUN/NNS/2/obj", 1, "happened"),
    "perfect": (
        f"{SUBJECT}/3/nsubj has>have/AUX/VBZ/3/aux sent>send/VERB/VBN/0/root troops/NOUN/NNS/3/obj",
        2,
        "happened",
    ),
    "progressive": (
        "They/PRON/PRP/3/nsubj are>be/AUX/VBP/3/aux undergoing>undergo/VERB/VBG/0/root training/NOUN/NN/3/obj",
        2,
        "ongoing",
    ),
    "noun under the progressive": (
        "They/PRON/PRP/3/nsubj are>be/AUX/VBP/3/aux undergoing>undergo/VERB/VBG/0/root training/NOUN/NN/3/obj",
        3,
        "ongoing",
    ),
    "present state": ("People/NOUN/NNS/2/nsubj live/VERB/VBP/0/root there/ADV/RB/2/advmod", 1, "ongoing"),
    "present passive": (
        "Salt/NOUN/NN/3/nsubj:pass is>be/AUX/VBZ/3/aux:pass added>add/VERB/VBN/0/root",
        2,
        "ongoing",
    ),
    "present passive of a result": (
        "Many/ADJ/JJ/3/nsubj:pass are>be/AUX/VBP/3/aux:pass wounded>wound/VERB/VBN/0/root",
        2,
        "happened",
    ),
    "modal of the volitional": (
        f"{SUBJECT}/3/nsubj will/AUX/MD/3/aux send/VERB/VB/0/root troops>troop/NOUN/NNS/3/obj",
        2,
        "planned",
    ),
    "modal of the involuntary": (
        "Prices/NOUN/NNS/3/nsubj will/AUX/MD/3/aux rise/VERB/VB/0/root",
        2,
        "expected",
    ),
    "be to": (
        "It/PRON/PRP/5/nsubj:pass is>be/AUX/VBZ/5/aux to/PART/TO/5/mark be/AUX/VB/5/aux:pass held>hold/VERB/VBN/0/root",
        4,
        "planned",
    ),
    "intention": (
        f"{SUBJECT}/2/nsubj intends>intend/VERB/VBZ/0/root to/PART/TO/4/mark involve/VERB/VB/2/xcomp",
        3,
        "planned",
    ),
    "no intention": (
        f"{SUBJECT}/4/nsubj does>do/AUX/VBZ/4/aux not/PART/RB/4/advmod intend/VERB/VB/0/root to/PART/TO/6/mark "
        "involve/VERB/VB/4/xcomp",
        5,
        "denied",
    ),
    "expectation": (
        "Kim/PROPN/NNP/3/nsubj:pass is>be/AUX/VBZ/3/aux:pass expected>expect/VERB/VBN/0/root to/PART/TO/5/mark "
        "travel/VERB/VB/3/xcomp",
        4,
        "expected",
    ),
    "call": (
        "He/PRON/PRP/2/nsubj called>call/VERB/VBD/0/root on/ADP/IN/4/case Russia/PROPN/NNP/2/obl to/PART/TO/6/mark "
        "stop/VERB/VB/2/xcomp",
        5,
        "demanded",
    ),
    "refusal": (
        f"{SUBJECT}/2/nsubj refused>refuse/VERB/VBD/0/root to/PART/TO/4/mark send/VERB/VB/2/xcomp",
        3,
        "denied",
    ),
    "attempt": (
        "They/PRON/PRP/2/nsubj tried>try/VERB/VBD/0/root to/PART/TO/4/mark flee/VERB/VB/2/xcomp",
        3,
        "possible",
    ),
    "possibility": ("They/PRON/PRP/3/nsubj may/AUX/MD/3/aux leave/VERB/VB/0/root", 2, "possible"),
    "hearsay": (
        "Ten/NUM/CD/4/nsubj:pass were>be/AUX/VBD/4/aux:pass reportedly/ADV/RB/4/advmod killed>kill/VERB/VBN/0/root",
        3,
        "possible",
    ),
    "duty": ("They/PRON/PRP/3/nsubj must/AUX/MD/3/aux stop/VERB/VB/0/root", 2, "demanded"),
    "purpose": (
        f"{SUBJECT}/2/nsubj sent>send/VERB/VBD/0/root troops>troop/NOUN/NNS/2/obj to/PART/TO/5/mark "
        "support/VERB/VB/2/advcl Moscow/PROPN/NNP/5/obj",
        4,
        "planned",
    ),
    "participle of what happened": (
        "It/PRON/PRP/2/nsubj fell>fall/VERB/VBD/0/root ,/PUNCT/,/4/punct killing>kill/VERB/VBG/2/advcl "
        "107/NUM/CD/4/obj",
        3,
        "happened",
    ),
    "participle of what is planned": (
        "It/PRON/PRP/3/nsubj will/AUX/MD/3/aux meet/VERB/VB/0/root ,/PUNCT/,/5/punct choosing>choose/VERB/VBG/3/advcl",
        4,
        "planned",
    ),
    "negation": (
        "Moscow/PROPN/NNP/4/nsubj did>do/AUX/VBD/4/aux not/PART/RB/4/advmod send/VERB/VB/0/root",
        3,
        "denied",
    ),
    "no before the noun": (
        "There/PRON/EX/2/expl were>be/VERB/VBD/0/root no/DET/DT/4/det attacks>attack/NOUN/NNS/2/nsubj",
        3,
        "denied",
    ),
    "without": (
        "It/PRON/PRP/2/nsubj ended>end/VERB/VBD/0/root without/SCONJ/IN/4/mark killing>kill/VERB/VBG/2/advcl",
        3,
        "denied",
    ),
    "unreal": (
        "It/PRON/PRP/4/nsubj would/AUX/MD/4/aux have/AUX/VB/4/aux killed>kill/VERB/VBN/0/root",
        3,
        "conditional",
    ),
    "inverted condition": (
        "Had/AUX/VBD/3/aux it/PRON/PRP/3/nsubj happened>happen/VERB/VBN/7/advcl ,/PUNCT/,/3/punct "
        "it/PRON/PRP/7/nsubj would/AUX/MD/7/aux collapse/VERB/VB/0/root",
        6,
        "conditional",
    ),
    "main clause of if": (
        "If/SCONJ/IN/4/mark it/PRON/PRP/4/nsubj is>be/AUX/VBZ/4/cop low/ADJ/JJ/6/advcl you/PRON/PRP/6/nsubj "
        "lose/VERB/VBP/0/root",
        5,
        "conditional",
    ),
    "planned noun": (
        "They/PRON/PRP/2/nsubj discussed>discuss/VERB/VBD/0/root a/DET/DT/5/det planned/ADJ/JJ/5/amod "
        "strike/NOUN/NN/2/obj",
        4,
        "planned",
    ),
    "noun after a call for it": (
        "They/PRON/PRP/2/nsubj repeated>repeat/VERB/VBD/0/root calls>call/NOUN/NNS/2/obj for/ADP/IN/6/case "
        "a/DET/DT/6/det ceasefire/NOUN/NN/3/nmod",
        5,
        "demanded",
    ),
    "cancelled noun": (
        "They/PRON/PRP/2/nsubj cancelled>cancel/VERB/VBD/0/root the/DET/DT/4/det election/NOUN/NN/2/obj",
        3,
        "denied",
    ),
    "occurred noun": (
        "An/DET/DT/2/det earthquake/NOUN/NN/3/nsubj struck>strike/VERB/VBD/0/root",
        1,
        "happened",
    ),
    "shared helper": (
        "They/PRON/PRP/3/nsubj had>have/AUX/VBD/3/aux fled>flee/VERB/VBN/0/root and/CCONJ/CC/5/cc "
        "hidden>hide/VERB/VBN/3/conj",
        4,
        "happened",
    ),
    "would like to": (
        "We/PRON/PRP/3/nsubj would/AUX/MD/3/aux like/VERB/VB/0/root to/PART/TO/5/mark meet/VERB/VB/3/xcomp",
        4,
        "planned",
    ),
    "wanting others to": (
        "We/PRON/PRP/2/nsubj want/VERB/VBP/0/root them/PRON/PRP/2/obj to/PART/TO/5/mark leave/VERB/VB/2/xcomp",
        4,
        "demanded",
    ),
    "imperative": ("Stop/VERB/VB/0/root this/DET/DT/3/det war/NOUN/NN/1/obj", 0, "demanded"),
    "believed to have": (
        "He/PRON/PRP/3/nsubj:pass is>be/AUX/VBZ/3/aux:pass believed>believe/VERB/VBN/0/root to/PART/TO/6/mark "
        "have/AUX/VB/6/aux died>die/VERB/VBN/3/xcomp",
        5,
        "possible",
    ),
    "no longer": (
        "It/PRON/PRP/4/nsubj no/ADV/RB/3/advmod longer/ADV/RBR/4/advmod sails>sail/VERB/VBZ/0/root",
        3,
        "denied",
    ),
    "neither side": (
        "Neither/DET/DT/2/det side/NOUN/NN/4/nsubj has>have/AUX/VBZ/4/aux signed>sign/VERB/VBN/0/root",
        3,
        "denied",
    ),
    "yet to": (
        "They/PRON/PRP/2/nsubj have/VERB/VBP/0/root yet/ADV/RB/2/advmod to/PART/TO/5/mark sign/VERB/VB/2/xcomp",
        4,
        "denied",
    ),
    "almost": ("It/PRON/PRP/3/nsubj almost/ADV/RB/3/advmod sank>sink/VERB/VBD/0/root", 2, "denied"),
    "almost a figure": ("It/PRON/PRP/3/nsubj almost/ADV/RB/3/advmod doubled>double/VERB/VBD/0/root", 2, "happened"),
    "should have": (
        "They/PRON/PRP/4/nsubj should/AUX/MD/4/aux have/AUX/VB/4/aux warned>warn/VERB/VBN/0/root us/PRON/PRP/4/obj",
        3,
        "denied",
    ),
    "a demand not to": (
        "They/PRON/PRP/4/nsubj must/AUX/MD/4/aux not/PART/RB/4/advmod strike/VERB/VB/0/root",
        3,
        "demanded",
    ),
    "an order not to": ("Do/AUX/VB/3/aux not/PART/RB/3/advmod leave/VERB/VB/0/root", 2, "demanded"),
    "may not": ("It/PRON/PRP/4/nsubj may/AUX/MD/4/aux not/PART/RB/4/advmod open/VERB/VB/0/root", 3, "possible"),
    "a yes or no question": (
        "Did>do/AUX/VBD/3/aux they/PRON/PRP/3/nsubj fire/VERB/VB/0/root ?/PUNCT/./3/punct",
        2,
        "possible",
    ),
    "a question that takes its event for granted": (
        "Who/PRON/WP/2/nsubj fired>fire/VERB/VBD/0/root ?/PUNCT/./2/punct",
        1,
        "happened",
    ),
    "inverted should": (
        "Should/AUX/MD/3/aux talks>talk/NOUN/NNS/3/nsubj fail/VERB/VB/7/advcl ,/PUNCT/,/3/punct "
        "they/PRON/PRP/7/nsubj will/AUX/MD/7/aux leave/VERB/VB/0/root",
        2,
        "conditional",
    ),
    "as long as": (
        "As/ADV/RB/2/advmod long/ADV/RB/8/advmod as/SCONJ/IN/5/mark it/PRON/PRP/5/nsubj lasts>last/VERB/VBZ/8/advcl "
        "they/PRON/PRP/8/nsubj will/AUX/MD/8/aux stay/VERB/VB/0/root",
        7,
        "conditional",
    ),
    "in the event of": (
        "In/ADP/IN/3/case the/DET/DT/3/det event/NOUN/NN/9/obl of/ADP/IN/6/case an/DET/DT/6/det "
        "attack/NOUN/NN/3/nmod it/PRON/PRP/9/nsubj will/AUX/MD/9/aux close/VERB/VB/0/root",
        5,
        "conditional",
    ),
    "on the word of rumours": (
        "According>accord/VERB/VBG/4/case to/ADP/IN/1/fixed unconfirmed/ADJ/JJ/4/amod reports>report/NOUN/NNS/6/obl "
        "guards>guard/NOUN/NNS/6/nsubj fled>flee/VERB/VBD/0/root",
        5,
        "possible",
    ),
    "rumours that": (
        "Rumours>rumour/NOUN/NNS/6/nsubj that/SCONJ/IN/5/mark he/PRON/PRP/5/nsubj had>have/AUX/VBD/5/aux "
        "died>die/VERB/VBN/1/acl spread/VERB/VBD/0/root",
        4,
        "possible",
    ),
    "dismissed rumours that": (
        "They/PRON/PRP/2/nsubj dismissed>dismiss/VERB/VBD/0/root rumours>rumour/NOUN/NNS/2/obj that/SCONJ/IN/7/mark "
        "he/PRON/PRP/7/nsubj had>have/AUX/VBD/7/aux died>die/VERB/VBN/3/acl",
        6,
        "denied",
    ),
    "no evidence that": (
        "There/PRON/EX/2/expl is>be/VERB/VBZ/0/root no/DET/DT/4/det evidence/NOUN/NN/2/nsubj that/SCONJ/IN/7/mark "
        "he/PRON/PRP/7/nsubj died>die/VERB/VBD/4/acl",
        6,
        "possible",
    ),
    "not true that": (
        "It/PRON/PRP/4/expl is>be/AUX/VBZ/4/cop not/PART/RB/4/advmod true/ADJ/JJ/0/root that/SCONJ/IN/7/mark "
        "he/PRON/PRP/7/nsubj died>die/VERB/VBD/4/csubj",
        6,
        "denied",
    ),
    "whether": (
        "It/PRON/PRP/3/expl is>be/AUX/VBZ/3/cop known/ADJ/JJ/0/root whether/SCONJ/IN/6/mark he/PRON/PRP/6/nsubj "
        "died>die/VERB/VBD/3/csubj",
        5,
        "possible",
    ),
    "a subjunctive": (
        "He/PRON/PRP/2/nsubj asked>ask/VERB/VBD/0/root that/SCONJ/IN/7/mark the/DET/DT/5/det trial/NOUN/NN/7/nsubj:pass "
        "be/AUX/VB/7/aux:pass postponed>postpone/VERB/VBN/2/ccomp",
        6,
        "demanded",
    ),
    "a called hoax": (
        "They/PRON/PRP/2/nsubj called>call/VERB/VBD/0/root the/DET/DT/4/det attack/NOUN/NN/2/obj a/DET/DT/6/det "
        "hoax/NOUN/NN/2/xcomp",
        3,
        "denied",
    ),
    "ruled out": (
        "They/PRON/PRP/2/nsubj ruled>rule/VERB/VBD/0/root out/ADP/RP/2/compound:prt an/DET/DT/5/det "
        "attack/NOUN/NN/2/obj",
        4,
        "denied",
    ),
    "ruled an election lawful": (
        "They/PRON/PRP/2/nsubj ruled>rule/VERB/VBD/0/root the/DET/DT/4/det election/NOUN/NN/2/obj "
        "lawful/ADJ/JJ/2/xcomp",
        3,
        "happened",
    ),
    "cleared of": (
        "They/PRON/PRP/2/nsubj cleared>clear/VERB/VBD/0/root him/PRON/PRP/2/obj of/SCONJ/IN/5/mark "
        "killing>kill/VERB/VBG/2/advcl",
        4,
        "denied",
    ),
    "far from": (
        "Far/ADV/RB/3/advmod from/SCONJ/IN/3/mark easing>ease/VERB/VBG/6/advcl the/DET/DT/5/det war/NOUN/NN/6/nsubj "
        "grew>grow/VERB/VBD/0/root",
        2,
        "denied",
    ),
    "not failed to": (
        "He/PRON/PRP/4/nsubj did>do/AUX/VBD/4/aux not/PART/RB/4/advmod fail/VERB/VB/0/root to/PART/TO/6/mark "
        "see/VERB/VB/4/xcomp",
        5,
        "happened",
    ),
    "was able to": (
        "It/PRON/PRP/3/nsubj was>be/AUX/VBD/3/cop able/ADJ/JJ/0/root to/PART/TO/5/mark land/VERB/VB/3/xcomp",
        4,
        "happened",
    ),
    "purpose under a verb of hindering": (
        "They/PRON/PRP/2/nsubj blocked>block/VERB/VBD/0/root roads>road/NOUN/NNS/2/obj to/PART/TO/5/mark "
        "win/VERB/VB/2/advcl",
        4,
        "planned",
    ),
    "what did not do harm was there": (
        "The/DET/DT/2/det storm/NOUN/NN/5/nsubj did>do/AUX/VBD/5/aux not/PART/RB/5/advmod hurt/VERB/VB/0/root",
        1,
        "happened",
    ),
    "what did not take place was not": (
        "The/DET/DT/2/det strike/NOUN/NN/5/nsubj did>do/AUX/VBD/5/aux not/PART/RB/5/advmod happen/VERB/VB/0/root",
        1,
        "denied",
    ),
    "what others foresee": (
        "They/PRON/PRP/2/nsubj believe/VERB/VBP/0/root rebels>rebel/NOUN/NNS/5/nsubj will/AUX/MD/5/aux "
        "regroup/VERB/VB/2/ccomp",
        4,
        "expected",
    ),
    "who urges is not demanded": (
        "The/DET/DT/2/det strike/NOUN/NN/3/nsubj demanded>demand/VERB/VBD/0/root sacrifices>sacrifice/NOUN/NNS/3/obj",
        1,
        "happened",
    ),
    "feared dead": (
        "Ten/NUM/CD/3/nsubj:pass are>be/AUX/VBP/3/aux:pass feared>fear/VERB/VBN/0/root dead/ADJ/JJ/3/xcomp",
        3,
        "possible",
    ),
    "supposed to": (
        "It/PRON/PRP/3/nsubj:pass was>be/AUX/VBD/3/aux:pass supposed>suppose/VERB/VBN/0/root to/PART/TO/5/mark "
        "open/VERB/VB/3/xcomp",
        4,
        "planned",
    ),
    "not ruled out": (
        "They/PRON/PRP/4/nsubj have/AUX/VBP/4/aux not/PART/RB/4/advmod ruled>rule/VERB/VBN/0/root "
        "out/ADP/RP/4/compound:prt sabotage/NOUN/NN/4/obj",
        5,
        "possible",
    ),
    "denied allegations of": (
        "They/PRON/PRP/2/nsubj denied>deny/VERB/VBD/0/root allegations>allegation/NOUN/NNS/2/obj of/ADP/IN/5/case "
        "torture/NOUN/NN/3/nmod",
        4,
        "denied",
    ),
    "not by them": (
        "The/DET/DT/2/det attack/NOUN/NN/5/nsubj:pass was>be/AUX/VBD/5/aux:pass not/PART/RB/5/advmod "
        "made>make/VERB/VBN/0/root by/ADP/IN/7/case them/PRON/PRP/5/obl:agent",
        1,
        "happened",
    ),
    "may prevent": (
        "It/PRON/PRP/3/nsubj may/AUX/MD/3/aux prevent/VERB/VB/0/root infections>infection/NOUN/NNS/3/obj",
        3,
        "possible",
    ),
    "a crash whose cause is sought": (
        "It/PRON/PRP/3/expl is>be/AUX/VBZ/3/cop unclear/ADJ/JJ/0/root whether/SCONJ/IN/8/mark the/DET/DT/6/det "
        "crash/NOUN/NN/8/nsubj:pass was>be/AUX/VBD/8/aux:pass caused>cause/VERB/VBN/3/csubj by/ADP/IN/10/case "
        "fog/NOUN/NN/8/obl:agent",
        5,
        "happened",
    ),
    "under consideration": (
        "They/PRON/PRP/3/nsubj are>be/AUX/VBP/3/aux considering>consider/VERB/VBG/0/root a/DET/DT/5/det "
        "strike/NOUN/NN/3/obj",
        4,
        "possible",
    ),
    "an order": ("Send/VERB/VB/0/root help/NOUN/NN/1/obj", 0, "demanded"),
    "unless": (
        "Unless/SCONJ/IN/2/mark stopped>stop/VERB/VBN/6/advcl ,/PUNCT/,/2/punct they/PRON/PRP/6/nsubj "
        "will/AUX/MD/6/aux fire/VERB/VB/0/root",
        1,
        "conditional",
    ),
    "a plan for": (
        "They/PRON/PRP/2/nsubj praised>praise/VERB/VBD/0/root plans>plan/NOUN/NNS/2/obj for/SCONJ/IN/5/mark "
        "sending>send/VERB/VBG/3/acl troops>troop/NOUN/NNS/5/obj",
        4,
        "planned",
    ),
    "is going to": (
        "They/PRON/PRP/3/nsubj are>be/AUX/VBP/3/aux going>go/VERB/VBG/0/root to/PART/TO/5/mark strike/VERB/VB/3/xcomp",
        4,
        "planned",
    ),
    "ruled out doing": (
        "They/PRON/PRP/2/nsubj ruled>rule/VERB/VBD/0/root out/ADP/RP/2/compound:prt "
        "sending>send/VERB/VBG/2/xcomp troops>troop/NOUN/NNS/4/obj",
        3,
        "denied",
    ),
    "has not ruled out doing": (
        "They/PRON/PRP/4/nsubj have/AUX/VBP/4/aux not/PART/RB/4/advmod ruled>rule/VERB/VBN/0/root "
        "out/ADP/RP/4/compound:prt sending>send/VERB/VBG/4/xcomp",
        5,
        "possible",
    ),
    "no plan to": (
        "There/PRON/EX/2/expl is>be/VERB/VBZ/0/root no/DET/DT/4/det plan/NOUN/NN/2/nsubj to/PART/TO/6/mark "
        "strike/VERB/VB/4/acl",
        5,
        "denied",
    ),
    "the first to": (
        "Norway/PROPN/NNP/2/nsubj became>become/VERB/VBD/0/root the/DET/DT/5/det first/ADJ/JJ/5/amod "
        "country/NOUN/NN/2/xcomp to/PART/TO/7/mark sign/VERB/VB/5/acl",
        6,
        "happened",
    ),
    "asked if": (
        "They/PRON/PRP/2/nsubj asked>ask/VERB/VBD/0/root if/SCONJ/IN/5/mark he/PRON/PRP/5/nsubj "
        "died>die/VERB/VBD/2/ccomp",
        4,
        "possible",
    ),
    "doubts": (
        "They/PRON/PRP/2/nsubj doubt/VERB/VBP/0/root that/SCONJ/IN/5/mark he/PRON/PRP/5/nsubj "
        "died>die/VERB/VBD/2/ccomp",
        4,
        "possible",
    ),
    "a wish against the past": (
        "They/PRON/PRP/2/nsubj wish/VERB/VBP/0/root he/PRON/PRP/5/nsubj had>have/AUX/VBD/5/aux "
        "resigned>resign/VERB/VBN/2/ccomp",
        4,
        "denied",
    ),
    "a hope": (
        "They/PRON/PRP/2/nsubj hope/VERB/VBP/0/root he/PRON/PRP/4/nsubj resigns>resign/VERB/VBZ/2/ccomp",
        3,
        "expected",
    ),
    "possible that": (
        "It/PRON/PRP/3/expl is>be/AUX/VBZ/3/cop possible/ADJ/JJ/0/root that/SCONJ/IN/6/mark "
        "he/PRON/PRP/6/nsubj died>die/VERB/VBD/3/csubj",
        5,
        "possible",
    ),
    "not possible that": (
        "It/PRON/PRP/4/expl is>be/AUX/VBZ/4/cop not/PART/RB/4/advmod possible/ADJ/JJ/0/root "
        "that/SCONJ/IN/7/mark he/PRON/PRP/7/nsubj died>die/VERB/VBD/4/csubj",
        6,
        "denied",
    ),
    "no doubt that": (
        "There/PRON/EX/2/expl is>be/VERB/VBZ/0/root no/DET/DT/4/det doubt/NOUN/NN/2/nsubj "
        "that/SCONJ/IN/7/mark he/PRON/PRP/7/nsubj died>die/VERB/VBD/4/acl",
        6,
        "happened",
    ),
    "not wounded": (
        "The/DET/DT/2/det guard/NOUN/NN/3/nsubj fled>flee/VERB/VBD/0/root ,/PUNCT/,/6/punct "
        "not/PART/RB/6/advmod wounded>wound/VERB/VBN/2/acl",
        5,
        "denied",
    ),
    "if wounded": (
        "A/DET/DT/2/det guard/NOUN/NN/6/nsubj if/SCONJ/IN/4/mark wounded>wound/VERB/VBN/2/acl "
        "will/AUX/MD/6/aux flee/VERB/VB/0/root",
        3,
        "conditional",
    ),
    "what is needed for something": (
        "Talks>talk/NOUN/NNS/3/nsubj:pass are>be/AUX/VBP/3/aux:pass needed>need/VERB/VBN/0/root "
        "to/PART/TO/5/mark win/VERB/VB/3/advcl",
        0,
        "conditional",
    ),
    "needed to win": (
        "Talks>talk/NOUN/NNS/3/nsubj:pass are>be/AUX/VBP/3/aux:pass needed>need/VERB/VBN/0/root "
        "to/PART/TO/5/mark win/VERB/VB/3/advcl",
        4,
        "conditional",
    ),
    "an inquiry into the crash": (
        "They/PRON/PRP/2/nsubj called>call/VERB/VBD/0/root for/ADP/IN/5/case an/DET/DT/5/det "
        "inquiry/NOUN/NN/2/obl into/ADP/IN/8/case the/DET/DT/8/det crash/NOUN/NN/5/nmod",
        7,
        "happened",
    ),
    "what is called for": (
        "They/PRON/PRP/2/nsubj called>call/VERB/VBD/0/root for/ADP/IN/5/case an/DET/DT/5/det "
        "inquiry/NOUN/NN/2/obl into/ADP/IN/8/case the/DET/DT/8/det crash/NOUN/NN/5/nmod",
        4,
        "demanded",
    ),
    "an inquiry into a war that goes on": (
        "They/PRON/PRP/2/nsubj called>call/VERB/VBD/0/root for/ADP/IN/5/case an/DET/DT/5/det "
        "inquiry/NOUN/NN/2/obl into/ADP/IN/8/case the/DET/DT/8/det war/NOUN/NN/5/nmod",
        7,
        "ongoing",
    ),
    "voted against": (
        "They/PRON/PRP/2/nsubj voted>vote/VERB/VBD/0/root against/SCONJ/IN/4/mark "
        "sending>send/VERB/VBG/2/advcl troops>troop/NOUN/NNS/4/obj",
        3,
        "denied",
    ),
    "stopped from": (
        "They/PRON/PRP/2/nsubj stopped>stop/VERB/VBD/0/root him/PRON/PRP/2/obj from/SCONJ/IN/5/mark "
        "leaving>leave/VERB/VBG/2/advcl",
        4,
        "denied",
    ),
    "would like to, without an object": (
        "They/PRON/PRP/3/nsubj would/AUX/MD/3/aux like/VERB/VB/0/root to/PART/TO/5/mark meet/VERB/VB/3/xcomp",
        4,
        "planned",
    ),
    "want him to": (
        "They/PRON/PRP/2/nsubj want/VERB/VBP/0/root him/PRON/PRP/2/obj to/PART/TO/5/mark resign/VERB/VB/2/xcomp",
        4,
        "demanded",
    ),
    "is believed to have": (
        "He/PRON/PRP/3/nsubj:pass is>be/AUX/VBZ/3/aux:pass believed>believe/VERB/VBN/0/root to/PART/TO/6/mark "
        "have/AUX/VB/6/aux fled>flee/VERB/VBN/3/xcomp",
        5,
        "possible",
    ),
    "known to have": (
        "He/PRON/PRP/3/nsubj:pass is>be/AUX/VBZ/3/aux:pass known>know/VERB/VBN/0/root to/PART/TO/6/mark "
        "have/AUX/VB/6/aux fled>flee/VERB/VBN/3/xcomp",
        5,
        "happened",
    ),
    "has to": ("He/PRON/PRP/2/nsubj has>have/VERB/VBZ/0/root to/PART/TO/4/mark go/VERB/VB/2/xcomp", 3, "demanded"),
    "had to": ("He/PRON/PRP/2/nsubj had>have/VERB/VBD/0/root to/PART/TO/4/mark go/VERB/VB/2/xcomp", 3, "happened"),
    "forced to": (
        "Floods>flood/NOUN/NNS/2/nsubj forced>force/VERB/VBD/0/root them/PRON/PRP/2/obj to/PART/TO/5/mark "
        "walk/VERB/VB/2/xcomp",
        4,
        "happened",
    ),
    "a risk of": (
        "There/PRON/EX/2/expl is>be/VERB/VBZ/0/root a/DET/DT/4/det risk/NOUN/NN/2/nsubj of/SCONJ/IN/6/mark "
        "drowning>drown/VERB/VBG/4/acl",
        5,
        "possible",
    ),
    "what somebody is": (
        "Burrows/PROPN/NNP/7/nsubj ,/PUNCT/,/1/punct leader/NOUN/NN/1/appos of/ADP/IN/5/case "
        "strikes>strike/NOUN/NNS/3/nmod ,/PUNCT/,/1/punct left>leave/VERB/VBD/0/root",
        2,
        "ongoing",
    ),
    "if": (
        "If/SCONJ/IN/3/mark he/PRON/PRP/3/nsubj leaves>leave/VERB/VBZ/6/advcl they/PRON/PRP/6/nsubj "
        "will/AUX/MD/6/aux strike/VERB/VB/0/root",
        2,
        "conditional",
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_status_of_each_construction(name: str, tree: Tree) -> None:
    sentence, index, want = SENTENCES[name]
    assert status(tree(sentence), index) == want


def test_present_tense_happened_in_a_headline_and_goes_on_elsewhere(tree: Tree) -> None:
    sentence = "Crane/NOUN/NN/2/nsubj kills>kill/VERB/VBZ/0/root 107/NUM/CD/2/obj"
    assert status(tree(sentence, heading=True), 1) == "happened"
    assert status(tree(sentence), 1) == "ongoing"


def test_infinitive_alone_is_a_headlines_future(tree: Tree) -> None:
    sentence = "Seoul/PROPN/NNP/3/nsubj to/PART/TO/3/mark send/VERB/VB/0/root observers/NOUN/NNS/3/obj"
    assert status(tree(sentence, heading=True), 2) == "planned"


@pytest.mark.parametrize(("force", "want"), [("deny", "denied"), ("demand", "demanded"), ("predict", "expected")])
def test_force_of_the_statement_on_a_noun(force: str, want: str, tree: Tree) -> None:
    annotated = tree("the/DET/DT/2/det deployment/NOUN/NN/0/root")
    assert status(annotated, 1, force=force) == want  # type: ignore[arg-type]


def test_a_denial_is_counted_once(tree: Tree) -> None:
    """The cue lends "denied" by the tree, and the act of its statement is a denial too: that is one denial."""
    annotated = tree("He/PRON/PRP/2/nsubj denied>deny/VERB/VBD/0/root he/PRON/PRP/4/nsubj stole>steal/VERB/VBD/2/ccomp")
    assert status(annotated, 3, force="deny") == "denied"


def test_denying_a_denial_affirms(tree: Tree) -> None:
    annotated = tree(SENTENCES["negation"][0])
    assert status(annotated, 3, force="deny") == "happened"


def test_would_in_a_past_report_is_a_shifted_will(tree: Tree) -> None:
    annotated = tree("it/PRON/PRP/3/nsubj would/AUX/MD/3/aux send/VERB/VB/0/root troops>troop/NOUN/NNS/3/obj")
    assert status(annotated, 2, told=True) == "planned"
    assert status(annotated, 2) == "conditional"


def test_was_taking_in_a_past_report_goes_on(tree: Tree) -> None:
    annotated = tree("he/PRON/PRP/3/nsubj was>be/AUX/VBD/3/aux taking>take/VERB/VBG/0/root them/PRON/PRP/3/obj")
    assert status(annotated, 2, told=True) == "ongoing"
    assert status(annotated, 2) == "happened"


def test_a_loop_of_governors_ends(tree: Tree) -> None:
    """Thirty infinitives one under the other are deeper than any article; the reading stops and still answers."""
    words = ["They/PRON/PRP/2/nsubj", "begin/VERB/VBP/0/root"]
    for i in range(3, 63, 2):
        words += [f"to/PART/TO/{i + 1}/mark", f"begin/VERB/VB/{i - 1}/xcomp"]
    assert status(tree(" ".join(words)), 61) in ("happened", "ongoing")
