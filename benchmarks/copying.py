"""Makes copies of articles as newsrooms do, by rules and a seed: reprints, excerpts, quotations in full, updates.

Each copy says which parts of it stand word for word in the original (`taken`: where here, where there); everything else
in it is its own. Rewriting is in rewriting.py.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.rewriting import Unfit, rewritten, words_of

from onrecord.records import Span

__all__ = ["Article", "Copy", "copied", "furnished", "paragraphs"]


@dataclass(frozen=True, slots=True)
class Article:
    """What the ledger is given of an article. `published` is a date (ISO 8601)."""

    url: str
    title: str
    publisher: str
    published: str
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy: its kind as the ledger names it, the transformation that made it, and what it took word for word.

    `taken` pairs the span in the copy's text with the span in the original's; a rewrite takes nothing so.
    """

    kind: str
    made: str
    article: Article
    taken: tuple[tuple[Span, Span], ...] = ()


_CREDITS = ("Valley Tribune", "The Daily Beacon", "Channel 14 News", "Lakeside Courier", "The Morning Sentinel")
_DATELINE = re.compile(r"\A[A-Z][A-Z .,]+(?:, [A-Z][a-z]+\.?)?(?: ?\([^)]{2,40}\))? ?(?:--|[-–—]|:) ?")
_BEFORE = (
    "Skip to main content", "Menu", "Local", "Share this story", "Print this article", "Text size: A A A", "Crime",
    "Watch live: our morning show", "Weather: 61 degrees and cloudy", "Sign in to comment", "E-mail this to a friend",
    "Home | News | Sport | Obituaries | Jobs", "Updated 3 minutes ago by our online staff", "Photo: staff archive",
)  # fmt: skip
_AFTER = (
    "Sign up for our newsletter and get the day's headlines in your inbox.", "Copyright. All rights reserved.",
    "More from this section", "Most read today", "Follow us on social media", "Report an error in this story",
    "Download our free app for breaking news alerts.", "Advertise with us | Contact | Privacy policy | Terms of use",
    "Comments are closed on this article.", "You may also like: ten recipes for a long weekend",
    "Subscribe now: the first month is free of charge.", "Send your photographs to the newsroom.",
)  # fmt: skip
_HOUSE_RULES = (
    "We welcome your comments. Keep to the subject, do not insult other readers, and do not post addresses or telephone"
    " numbers. Comments are read before they appear, which may take some hours at night and at weekends.",
    "Anyone with information is asked to call the tip line, day or night. Callers do not have to give their names, and"
    " may be paid a reward of up to $1,000 if what they say leads to an arrest.",
)
_HEADS = (
    "What we know so far about {place} case", "Police give account after {place} shooting", "{place}: questions remain",
    "Inquiry goes on in {place}", "{place} in shock after gunfire", "Gunfire in {place}: a report",
)  # fmt: skip
_NEWS = (
    "Police in {place} said on {day} that they had taken further statements and were comparing them with earlier ones.",
    "A second search of the area on {day} brought nothing new to light, a person close to the inquiry said.",
    "Counsellors will be on hand in {place} for anybody who wishes to talk, the city announced.",
    "A vigil is planned for {day} evening; candles will be lit at the place where it happened.",
    "Laboratory results are expected by the end of the month and will be shared with the families first.",
    "Traffic was moving again by {day} after crews had cleared the road.",
    "The mayor of {place} thanked those who had come forward and asked others to do the same.",
    "On {day} the number of leads that the hotline had received passed forty, according to its operator.",
    "Three patrols were added in the district until further notice, and the schools nearby opened as usual on {day}.",
    "An earlier version of this article had been written before the briefing of {day} morning.",
)  # fmt: skip
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_COUNT = re.compile(
    rf"\b({'|'.join(_NUMBERS[:-1])}|[1-9]) (?=(?:other )?(?:people|men|women|children|teens|others|shots))"
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text (parted by blank lines), without the white space around them."""
    return [Span(*m.span()) for m in re.finditer(r"\S(?:[^\n]|\n(?!\s*\n))*", text)]


class _Page:
    """A text put together from own lines and from spans of the original, in paragraphs."""

    def __init__(self, original: str) -> None:
        self.original, self.text = original, ""
        self.taken: list[tuple[Span, Span]] = []

    def own(self, words: str, *, joined: bool = False) -> None:
        self.text += words if joined or not self.text else f"\n\n{words}"

    def take(self, span: Span, *, joined: bool = False) -> None:
        if not joined and self.text:
            self.text += "\n\n"
        start = len(self.text)
        self.text += span.of(self.original)
        self.taken.append((Span(start, len(self.text)), span))


def furnished(text: str, rng: random.Random) -> str:
    """The article with the whole furniture of a page before and after it: about 190 words in a seeded order."""
    before, after = rng.sample(_BEFORE, len(_BEFORE)), rng.sample(_AFTER, len(_AFTER))
    return "\n\n".join([*before, text.strip(), *_HOUSE_RULES, *after])


def _later(article: Article, days: int) -> date:
    return date.fromisoformat(article.published) + timedelta(days=days)


def _site(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower()) + ".example"


def _elsewhere(article: Article, rng: random.Random, place: str, days: int) -> Article:
    """Another outlet's page: its headline, publisher, address and a date `days` later."""
    credit = rng.choice(_CREDITS)
    title = rng.choice(_HEADS).format(place=place)
    url = f"https://{_site(credit)}/news/{rng.randrange(10**6)}"
    return replace(article, url=url, title=title, publisher=credit, published=_later(article, days).isoformat())


def _reprint(article: Article, rng: random.Random, place: str) -> Copy:
    """The article with 10 to 50 % of its words cut at the end, another headline, dateline and credit, and furniture."""
    page, parts = _Page(article.text), paragraphs(article.text)
    counts = [len(words_of(p.of(article.text))) for p in parts]
    cuts = [n for n in range(1, len(parts)) if 0.5 <= sum(counts[:n]) / sum(counts) <= 0.9]
    if not cuts:
        raise Unfit("no paragraph ends between 50 and 90 % of it")
    for line in rng.sample(_BEFORE, rng.randint(2, 6)):
        page.own(line)
    there = _elsewhere(article, rng, place, rng.choice((0, 0, 1)))
    day = date.fromisoformat(there.published)
    page.own(f"{place.upper()}, {day:%B} {day.day} ({there.publisher}) – ")
    dateline = _DATELINE.match(parts[0].of(article.text))
    page.take(Span(parts[0].start + (dateline.end() if dateline else 0), parts[0].end), joined=True)
    for part in parts[1 : rng.choice(cuts)]:
        page.take(part)
    for line in rng.sample(_AFTER, rng.randint(2, 7)):
        page.own(line)
    return Copy("reprint", "reprint", replace(there, text=page.text), tuple(page.taken))


def _part(article: Article, rng: random.Random, place: str) -> Copy:
    """A third to a half of the article, whole paragraphs in a row."""
    page, parts = _Page(article.text), paragraphs(article.text)
    counts = [len(words_of(p.of(article.text))) for p in parts]
    total = sum(counts)
    spans = [
        (a, b)
        for a in range(len(parts))
        for b in range(a + 1, len(parts) + 1)
        if total / 3 <= sum(counts[a:b]) <= total / 2
    ]
    if not spans:
        raise Unfit("no paragraphs in a row are between a third and a half of it")
    start, end = rng.choice(spans)
    for part in parts[start:end]:
        page.take(part)
    there = _elsewhere(article, rng, place, rng.choice((0, 1, 2)))
    return Copy("excerpt", "excerpt: part", replace(there, text=page.text), tuple(page.taken))


def _quoting(article: Article, rng: random.Random, place: str, host: Article) -> Copy:
    """The article in full inside another text (`host`), which is longer by that than what it quotes."""
    page, own = _Page(article.text), [p.of(host.text) for p in paragraphs(host.text)]
    middle = rng.randint(1, max(1, len(own) - 1))
    for line in own[:middle]:
        page.own(line)
    page.own(f"{article.publisher} reported:")
    for part in paragraphs(article.text):
        page.take(part)
    for line in own[middle:]:
        page.own(line)
    there = _elsewhere(article, rng, place, rng.choice((1, 2, 3)))
    there = replace(there, title=host.title, publisher=host.publisher, url=f"{host.url}?quoted")
    return Copy("excerpt", "excerpt: quoted in full", replace(there, text=page.text), tuple(page.taken))


def _update(article: Article, rng: random.Random, place: str) -> Copy:
    """The same page a day or two later: two new paragraphs on top, one count changed by one."""
    page, counts = _Page(article.text), list(_COUNT.finditer(article.text))
    if not counts:
        raise Unfit("it holds no count that could change")
    days = rng.choice((1, 1, 2))
    when = _later(article, days)
    news = [line.format(place=place, day=_DAYS[when.weekday()]) for line in rng.sample(_NEWS, 4)]
    page.own(f"{news[0]} {news[1]}")
    page.own(f"{news[2]} {news[3]}")
    count = rng.choice(counts)
    raised = str(int(count[1]) + 1) if count[1].isdigit() else _NUMBERS[_NUMBERS.index(count[1]) + 1]
    for part in paragraphs(article.text):
        if part.start <= count.start(1) < part.end:
            if part.start < count.start(1):
                page.take(Span(part.start, count.start(1)))
                page.own(raised, joined=True)
            else:
                page.own(raised)
            page.take(Span(count.end(1), part.end), joined=True)
        else:
            page.take(part)
    title = rng.choice((f"UPDATE: {article.title}", article.title))
    url = rng.choice((article.url, f"{article.url.rstrip('/')}-update"))
    made = replace(article, text=page.text, title=title, url=url, published=when.isoformat())
    return Copy("update", "update", made, tuple(page.taken))


def _rewrite(article: Article, rng: random.Random, place: str, percent: int) -> Copy:
    text = rewritten(article.text, share=percent / 100, seed=rng.randrange(10**9))
    there = _elsewhere(article, rng, place, rng.choice((0, 1)))
    return Copy("rewrite", f"rewrite: {percent} %", replace(there, text=text))


def copied(article: Article, made: str, *, seed: int, place: str, host: Article | None = None) -> Copy:
    """A copy of `article` by the transformation `made`: "reprint", "excerpt: part", "excerpt: quoted in full" (needs a
    `host`), "update", or "rewrite: N %" with N from 10 to 40. `place` is the city it is about.

    Raises Unfit where the article is not made for it, ValueError where there is no such transformation.
    """
    rng = random.Random(f"{made} {seed}")
    if match := re.fullmatch(r"rewrite: (\d+) %", made):
        return _rewrite(article, rng, place, int(match[1]))
    if made == "excerpt: quoted in full" and host is not None:
        return _quoting(article, rng, place, host)
    plain = {"reprint": _reprint, "excerpt: part": _part, "update": _update}
    if made not in plain:
        raise ValueError(f"no transformation {made!r}")
    return plain[made](article, rng, place)
