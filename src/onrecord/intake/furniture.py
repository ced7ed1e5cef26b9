"""Page furniture: the words of a page that are not its article (buttons, pleas, links, notices), and photo credits.

Recognised by form, never by outlet: lines made of interface words only, labels of links, pleas for subscription, legal
notices, contact lines of reporters. A rule here must hold for a whole line, or for the last piece of a paragraph; words
that can stand in an article ("share", "follow", "more") count only where nothing else is on the line.
"""

from __future__ import annotations

import re
from typing import Literal

from onrecord.intake.language import words

__all__ = ["LONGEST_FURNITURE", "furniture", "glued_head", "glued_tail", "link_label", "mid_markers"]

LONGEST_FURNITURE = 400
"""Characters; a longer line is article text (the longest notice in 1,455 local news pages has 371)."""

# Lines that hold nothing but these are buttons, menus or counters.
_INTERFACE = words(
    """
    share shares shared tweet tweets retweet like likes pin pinterest print email e-mail mail facebook twitter x google
    google+ whatsapp telegram viber reddit linkedin instagram tumblr flipboard youtube tiktok threads bluesky messenger
    messages skype sms rss vk ok copy link url embed save bookmark comment comments reply report flag
    more less close menu search home login register subscribe unsubscribe follow unfollow
    next previous prev back top play pause mute unmute fullscreen playpause autoplay loading replay
    advertisement advertisements advertising ad ads sponsored promoted adchoices
    video videos photo photos gallery slideshow image images caption audio podcast live transcript vote poll
    app apps iphone ipad android desktop mobile newsletter newsletters notifications alerts
    """
)
_GLUE = words(
    "on via by to this the a an and or of us in with & | / · • › » > < - – — : , . + × ( ) hide show view results "
    "story article post page it your now here click tap sign log up out read all this: for"
)
# A button that is one word can be an ordinary sentence of a quotation ("Live." "Back."), so these need company.
_NOT_ALONE = words("like more less top back live play ok x flag mail reply report save search home pin image poll")

_BAR = (_INTERFACE - words("live like play")) | {"skip", "in", "×", "|", "/", "·", "•", "this", "on", "to", "via"}

_NOTICE = re.compile(
    r"""
      \W{0,3}(?:copyright\b|©|\(c\)\s*\d{4}|&copy;)
    | .{0,200}\ball\ rights\ reserved\b
    | .{0,120}\bmay\ not\ be\ (?:published|reproduced|reprinted)\b.{0,40}
          \b(?:broadcast|rewritten|redistributed|permission)
    | \W{0,3}(?:by\ (?:using|continuing)\b.{0,80}\b(?:agree|consent|accept)\b)
    | .{0,120}\b(?:we|site|website|page)\b.{0,40}\buses?\ cookies\b
    | \W{0,3}(?:accept|manage|reject)\ (?:all\ |the\ )?cookies\b
    | .{0,60}\b(?:terms\ of\ (?:use|service)|privacy\ (?:policy|notice)|cookie\ policy)\b.{0,80}$
    | .{0,40}\b(?:enable|turn\ on|requires?)\ java-?script\b
    | .{0,40}\byour\ browser\ (?:does\ not|doesn['’]t)\ support\b
    | .{0,120}\b(?:verification\ (?:e-?mail|message)|spam\ or\ junk\ folder|e-?mail\ notifications?\ (?:are|on|is)\b)
    | .{0,40}\b(?:your|saving)\b.{0,12}\bnotifications?\b.{0,30}\bsaved\b
    | (?:there\ was\ a\ )?problem\ saving\ your\b
    | you\ must\ (?:be\ logged\ in|enter\ the\ characters|sign\ in|log\ in)\b
    | when\ you\ tweet\ with\ a\ location\b | add\ (?:a|your)\ location\ to\ your\ tweets\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NETWORK = (
    r"(?:facebook|twitter|instagram|telegram|whatsapp|viber|youtube|tiktok|linkedin|google\ news|snapchat|threads)"
)
_PLEA = re.compile(
    rf"""
    \W{{0,5}}(?:
      (?:please\ )?(?:sign|signing)\ up\ (?:here\ |now\ |today\ )?(?:for|to)\b.{{0,80}}
          \b(?:newsletters?|alerts?|emails?|e-mails?|updates|notifications|briefing|trial)\b
    | [^.!?]{{0,60}}\b(?:click|tap)\ here\b.{{0,80}}
    | subscribe\ (?:now\b|today\b|here\b|(?:to|for|on)\ (?:our|the|us|my|this|[A-Z]).{{0,80}}
          (?:newsletter|channel|alerts?|updates|podcast|feed|edition|{_NETWORK}))
    | get\ (?:the\ latest|the\ news|breaking|more|our|all\ the|daily|email|e-mail|updates|unlimited)\b.{{0,120}}
          \b(?:inbox|newsletters?|alerts?|deliver(?:ed|y)|e-?mail|app|notifications?|subscri\w+|anytime)\b
    | (?:want|need|like)\b.{{0,60}}\?\ (?:subscribe|sign\ up|follow)\b.{{0,100}}
    | (?:follow|like|find|join|friend|visit)
          \ (?:(?:us|him|her|them|me)\b|the\ conversation|[@\w.'’-]+(?:\ [\w.'’&-]+){{0,4}}\b)
          .{{0,40}}\b(?:on|at)\b.{{0,20}}\b{_NETWORK}\b.{{0,60}}
    | (?:follow|like)\ (?:us|@\w+)\b.{{0,60}}
    | follow\ [\w.'’-]+(?:\ [\w.'’-]+){{0,3}}:\ .{{0,60}}
    | stay\ (?:up\ to\ date|connected|informed|tuned|with)\b.{{0,100}}
    | (?:download|install|try|use|update)\ (?:the|our|your|my)\b.{{0,50}}\bapps?\b.{{0,60}}
    | (?:take|keep\ up\ with)\b.{{0,40}}\bwith\ you\b.{{0,10}}
    | join\ (?:our|the\ conversation|us\ on|the\ discussion)\b.{{0,80}}
    | (?:support|back)\ (?:our|independent|quality|local|free)\b.{{0,30}}
          \b(?:journalism|reporting|newsroom|work|media)\b.{{0,100}}
    | (?:become|be)\ a\ (?:member|subscriber|supporter|patron)\b.{{0,100}}
    | (?:donate|make\ a\ donation|contribute)\ (?:now|today|here|to\ (?:us|our)\b|via\b).{{0,80}}
    | (?:(?:already|not)\ a\ subscriber|this\ (?:content|article)\ is\ (?:only\ )?(?:available\ )?(?:for|to)\b).{{0,80}}
    | (?:enjoy(?:ed|ing)?|like)\ (?:this|our)\ (?:article|story|reporting|content)\b.{{0,120}}
    | (?:check\ back|refresh)\b.{{0,80}}\b(?:updates?|details|latest|information)\b.{{0,40}}
    | .{{0,60}}\bcheck\ back\ (?:for|with|here|later|soon)\b.{{0,60}}
    | (?:read\ or\ share|share)\ this\b.{{0,100}}
    | share\ (?:on|via|with|your\ thoughts|the\ (?:article|story|news))\b.{{0,60}}
    | (?:let\ us\ know|tell\ us|leave\ a\ comment|post\ a\ comment|what\ do\ you\ think)\b.{{0,80}}
    | (?:found|spotted|noticed|see)\ (?:a|an)\ (?:error|mistake|typo)\b.{{0,100}}
    | (?:send|have)\ (?:us\ )?(?:a\ )?(?:news\ )?tips?\b.{{0,80}}
    | (?:story|article|content|post)\ continues\ below\b.{{0,40}}
    | continue\ reading\b.{{0,60}} | (?:scroll|swipe)\ (?:down|left|right|to)\b.{{0,60}}
    | like\ this:.{{0,40}}
    | (?:view|see)\b.{{0,60}}\bin\ a\ larger\ map
    ).{{0,80}}$
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A label that announces links to other pages. With something after its colon, dash or bar the whole line is one link.
_LABEL = r"""
    read\ (?:also|more|next|too|the\ full\ (?:story|article)(?:\ here)?|in\ full) | more | also\ read | also(?:\ see)?
  | see\ (?:also|more|related)
  | (?:►|▶|>>|»)?\ ?related(?:\ (?:stor(?:y|ies)|articles?|news|coverage|content|links?|video|posts?|reading|topics?))?
  | more\ (?:on|from|about|in)\ (?:this|the|our|us|[A-Z])[\w\ .'’-]{0,30}
  | more\ [\w\ ]{0,20}(?:news|stories|coverage|videos?)
  | (?:previous|continuing|complete|full|latest)\ (?:coverage|stories) | (?:previously|earlier)\ on\b[\w\ .]{0,30}
  | recommended(?:\ (?:for\ you|stories|videos?|reading))?
  | you\ (?:may|might)\ also\ (?:like|be\ interested\ in|enjoy)[\w\ :]{0,20}
  | don['’]t\ miss | must[\ -](?:read|see|watch) | trending(?:\ now|\ stories)? | (?:other\ )?top\ stories
  | most\ (?:read|popular|viewed|shared) | popular\ now | editors?['’]?\ picks?
  | watch(?:\ (?:live|now|also|more|video|the\ video|the\ story|this))? | raw\ video
  | (?:more\ )?videos? | (?:more\ )?photos | images | slideshow | gallery | listen(?:\ (?:now|here|live))?
  | learn\ more | find\ out\ more | on\ the\ web | external\ links? | in\ other\ news | further\ reading | links?
"""
_LINK = re.compile(
    rf"\W{{0,4}}(?:{_LABEL})\s*(?:(?:[:|►▶»]|\ ?[-–—>]+\ )\s*(?P<target>\S.{{0,200}})?|[.!…]{{0,3}})$",
    re.IGNORECASE | re.VERBOSE,
)
_STORIES = re.compile(
    r"\b(?:related|also|more|read|stories|coverage|news|popular|trending|recommended|miss)\b", re.IGNORECASE
)
# Reporters and how to reach them; who wrote, edited, helped; when the page was touched.
_HANDLE = r"(?:[\w.+-]+@[\w-]+\.[\w.-]*\w|@\w{2,20}|(?:https?://|www\.)\S+|\(?\+?[\d][\d\ ().-]{6,16}\d)"
_NAMES = r"[A-Z][\w.'’-]+(?:\ (?:[A-Z][\w.'’-]+|de|van|von|of|the|al|bin|da|del|la)){0,4}"
_BYLINE = re.compile(
    rf"""
      \W{{0,3}}(?:(?:twitter|facebook|e-?mail|phone|tel|fax|contact|call|office|follow|via|source)\.?:?\ *)?
          {_HANDLE}(?:[\s,;|/·]*{_HANDLE}){{0,3}}\W{{0,3}}$
    | (?i:by):?\ {_NAMES}(?:(?:,|\ and|\ &|\ \|)\ {_NAMES}){{0,4}}(?:[,|/\ –-]+.{{0,60}}(?<![.!?:]))?$
    | (?i:by)\ THE\ ASSOCIATED\ PRESS$ | By\ the\ Associated\ Press$
    | (?:contact|reach|email|e-?mail|to\ (?:reach|contact))\b.{{0,60}}(?:\ at:?|:|,)\ .{{0,20}}{_HANDLE}.{{0,120}}$
    | {_NAMES}(?:,[\w\ ]{{2,40}},)?
          \ (?:can\ be\ (?:reached|contacted|followed)|is\ a\ (?:reporter|staff\ writer))\b.{{0,120}}$
    | {_NAMES}:\ .{{0,30}}{_HANDLE}.{{0,80}}$
    | .{{0,120}}\bcontributed\ (?:to|reporting)\b.{{0,60}}$
    | (?i:additional\ |with\ )?(?i:reporting|editing|writing|edited|written)\ (?:by|from)\ {_NAMES}.{{0,120}}$
    | (?i:updated|last\ updated|modified|first\ published|published|posted|created):?\ .{{0,30}}\d.{{0,60}}(?<![.!?])$
    """,
    re.VERBOSE,
)
_PLAYER = re.compile(
    r"""
      [0-5]:\d\d(?:\ (?!(?:[ap]\.?m\b|a\.m|p\.m)).{2,120}(?<![.:;,])|\ .{2,120}\bPause)?$
    | \W{0,2}(?:image|photo|slide|picture|video)\ \d+\ of\ /?\ ?\d+.{0,300}$
    | \W{0,2}(?:embed|now\ playing|up\ next|autoplay)\b.{0,120}$
    | .{0,200}\b(?:playpause|image\ \d+\ of\ /?\ ?\d+\ caption\ close)\W{0,3}$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT_WORDS = (
    r"(?:photo(?:graph|\ credit|\ source|\ by|\ courtesy|\ provided|s\ (?:by|courtesy|via))?"
    r"|image(?:\ credit|\ source)?|picture(?:\ credit)?"
    r"|credits?|source|file(?:\ photo)?|screenshot|screen\ (?:shot|grab)|illustration|graphic|courtesy|handout|video\ still)"
)
_AGENCY = (
    r"(?:getty\ images|shutterstock|afp|reuters|ap\ photo|associated\ press|epa|tass|imago|unsplash|istock\w*|facebook"
    r"|wikimedia\ commons)"
)
_CAPTION = re.compile(
    rf"""
      .{{0,600}}[(\[]\ *(?:{_CREDIT_WORDS}\b[^()\[\]]{{0,120}}
          |[^()\[\]]{{0,60}}(?:\b{_AGENCY}|handout)\b[^()\[\]]{{0,20}}
          |published\ [^()\[\]]{{6,40}})[)\]]\W{{0,2}}$
    | .{{0,600}}[.!?…"”’]\ ?[(\[][^()\[\]/\d]{{3,40}}/\ ?[A-Z][^()\[\]/]{{1,40}}[)\]]$
    | .{{0,400}}[.!?]\ \((?-i:[A-Z][A-Z0-9]{{2,5}})\)$
    | .{{0,300}}\bview\ full\ caption\b.{{0,60}}$
    | {_CREDIT_WORDS}\ *(?::|by\b|courtesy\b|via\b|credit\b|©).{{0,300}}$
    | .{{10,300}}[.\w'"’”]\ (?:photo|image|picture|credit|photo\ credit)s?:\ .{{2,80}}$
    | .{{10,300}}\ (?:[A-Z][\w.'’-]+\ ){{1,3}}/\ ?{_AGENCY}\W{{0,2}}$
    | .{{30,300}}[.!?…]\ (?:[A-Z][\w.'’-]+,?\ ){{2,3}}(?:[A-Z][\w.'’-]+\ ){{0,4}}
          (?:Bee|Times|Post|News|Tribune|Herald|Journal|Press|Photos?|Staff)$
    | .{{0,200}}©\ ?{_AGENCY}.{{0,40}}$
    | file\ photo\W{{0,2}}$
    """,
    re.IGNORECASE | re.VERBOSE,
)
# `"Tell us what's going on," Myers said.` is no plea for comments.
_SPOKEN = re.compile(r"[,?!.][\"”]\s+[\w(]")
_MENU = re.compile(r"(?:[^|.!?]{2,30}\|){2,}[^|.!?]{2,30}$")
_LAST_SENTENCE = re.compile(r"[.!?…][\"”’)\]»]*\s+(?=\S)")
_MARKER = re.compile(
    r"""
    (?:(?<=[.!?"”’)…])\s+|^)
    (?P<marker>(?:ADVERTISEMENT|Advertisement
        |(?:Story|Article)\ continues\ below(?:\ (?:the\ )?(?:ad\w*|photo|video|this\W.{0,20}))?)[:.]?)
    (?=\s+[A-Z"“‘\d])
    """,
    re.VERBOSE,
)
_TAIL_LONGEST = 160


def furniture(line: str) -> Literal["boilerplate", "caption"] | None:
    """What a whole line (without surrounding white space) is: furniture, a photo's caption with its credit, or neither."""
    if len(line) > LONGEST_FURNITURE:
        return None
    if not any(character.isalnum() for character in line):
        return "boilerplate" if _is_rule(line) else None
    if _NOTICE.match(line):
        return "boilerplate"
    if _CAPTION.match(line):
        return "caption"
    if _SPOKEN.search(line):
        return None
    if (
        _interface_only(line)
        or _MENU.match(line)
        or _PLEA.match(line)
        or _LINK.match(line)
        or _BYLINE.match(line)
        or _PLAYER.match(line)
    ):
        return "boilerplate"
    return None


def link_label(line: str) -> bool:
    """Whether `line` is a label alone ("Related:", "MORE CRIME NEWS:") under which links to other stories follow."""
    m = _LINK.match(line) if len(line) < 60 else None
    return m is not None and m["target"] is None and line[-1] not in ".!…" and _STORIES.search(line) is not None


def glued_tail(text: str) -> int | None:
    """Where furniture begins that is glued to the end of a paragraph ("… he added. Share"), or None."""
    start = max(0, len(text) - _TAIL_LONGEST)
    ends = [m.end() for m in _LAST_SENTENCE.finditer(text, start)]
    for at in ends[-2:]:  # "Sign up here. It is free." is two sentences
        tail = text[at:]
        if _SPOKEN.search(tail):
            continue
        if _interface_only(tail, alone=True) or _PLEA.match(tail) or (_NOTICE.match(tail) and len(tail) < 100):
            return at
    return None


def glued_head(text: str) -> int | None:
    """Where the furniture ends that is glued to a paragraph's beginning ("Advertisement The boy …"), or None."""
    m = _MARKER.match(text)
    if m:
        return m.end("marker")
    buttons = list(re.finditer(r"\S+", text[:120]))
    count = 0
    while count < len(buttons) and buttons[count].group().lower() in _BAR:
        count += 1
    # A player's or sharing bar has several buttons; two such words may begin a sentence ("Live video showed …").
    return buttons[count - 1].end() if 4 <= count < len(buttons) else None


def mid_markers(text: str) -> list[tuple[int, int]]:
    """Start and end of each advertisement marker that stands between two sentences of a paragraph."""
    if "dvertisement" not in text and "DVERTISEMENT" not in text and "continues below" not in text:
        return []
    return [m.span("marker") for m in _MARKER.finditer(text) if m.start("marker") > 0]


def _interface_only(line: str, *, alone: bool = False) -> bool:
    if len(line) > 120:
        return False
    parts = [w for w in re.split(r"[\s,|/·•›»:]+", line.lower().strip("()[]#*+-–—_ ")) if w]
    core = [w for w in parts if w not in _GLUE and not w.isdigit()]
    if not core or not all(w.strip(".!+…()") in _INTERFACE for w in core):
        return False
    if line[-1] in ".!?":  # "Share." and "Live." may be said
        return len(core) > 1
    # A single weak word needs its own line, any single word a capital where it is glued to a sentence.
    return len(parts) > 1 or (parts[0] not in _NOT_ALONE and (not alone or line[0].isupper()))


def _is_rule(line: str) -> bool:
    """A row of signs that separates parts of a page ("___", "* * *"); emoji and "…" may be somebody's words."""
    return all(character in "_-–—=~*#.•·|+<>/\\ ►▶◄×" for character in line) and set(line) != {"."}
