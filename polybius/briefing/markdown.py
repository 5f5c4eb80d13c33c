"""The same report as Markdown, for a terminal, a mail or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from polybius.briefing.content import Briefing, Saying, Told
from polybius.briefing.page import percent, signed
from polybius.briefing.wording import day

_MARKS = re.compile(r"([\\`*_\[\]<>#|~&])")


def to_markdown(briefing: Briefing) -> str:
    """The report. Words of others are escaped, so that none is markup."""
    return "\n".join(_lines(briefing)) + "\n"


def _lines(b: Briefing) -> Iterator[str]:
    yield from (f"# {plain(b.title)}", "", plain("; ".join(b.filters)), "")
    if not b.events:
        yield from ("No event fits this question.", "")
    else:
        yield from _found(b)
    yield from ("## What this report does not know", "")
    yield from (
        f"- {plain(line)}"
        for line in b.unknown or ("No document was rejected, and no field of these events is missing.",)
    )
    yield from ("", "## How right it is", "", *_accuracy(b), "", plain(b.source))


def _found(b: Briefing) -> Iterator[str]:
    yield from (", ".join(f"**{value}** {label}" for label, value in b.numbers), "")
    for heading, events in (("Best attested", b.largest), ("Newest", b.newest)):
        yield from (f"## What happened: {heading.lower()}", "")
        yield from (f"{number}. {plain(one.sentence)} ({attested(one)})" for number, one in enumerate(events, 1))
        yield ""
    yield from _pairs(b)
    yield from ("## Events", "")
    if b.left_out:
        yield from (f"The newest {len(b.events)}; {b.left_out:,} older ones are not listed.", "")
    for one in b.events:
        yield from _event(one)


def _pairs(b: Briefing) -> Iterator[str]:
    if not b.pairs:
        return
    heads = ("from", "to", "events", "reports", "cooperation", "conflict", "net scale")
    rows = [
        (
            p.source,
            ("↔ " if p.symmetric else "") + p.target,
            *map(str, (p.n_events, p.n_reports, p.cooperation, p.conflict)),
            signed(p.net_scale),
        )
        for p in b.pairs
    ]
    yield from ("## Who with whom", "", *table(heads, rows), "")
    if b.other_pairs:
        yield from (f"{b.other_pairs:,} more pairs are not listed.", "")


def _event(one: Told) -> Iterator[str]:
    yield f"### {plain(one.sentence)}"
    yield ""
    fields = {
        "date": one.when,
        "who": one.who or "unknown",
        "whom": one.whom or "nobody named",
        "type": one.kind,
        "place": one.place or "unknown",
        "status": one.status,
        "numbers": one.figures,
    }
    yield "; ".join(f"{label}: {plain(value)}" for label, value in fields.items() if value) + f"; {attested(one)}"
    yield ""
    yield from (_saying(saying) for saying in one.sayings)
    if one.more > 0:
        yield f"- and {one.more} more report{'' if one.more == 1 else 's'}"
    yield ""


def _saying(one: Saying) -> str:
    words = (
        f"“{plain(one.before)}**{plain(one.trigger)}**{plain(one.after)}”"
        if one.trigger
        else plain(one.before + one.after)
    )
    who = one.claimant if one.claimant == one.publisher else f"{one.claimant}, in {one.publisher}"
    when = f", {day(one.published)}" if one.published else ""
    return f"- {words or 'no text kept'} — {plain(who)}{when}{_link(one)}"


def _link(one: Saying) -> str:
    title = plain(one.title or "source")
    if one.url is None:
        return f" · {title}" if one.title else ""
    return f" · [{title}](<{one.url.replace('<', '%3C').replace('>', '%3E')}>)"


def attested(one: Told) -> str:
    """``2 independent sources, 3 reports, belief 97 %; disputed by 1``."""
    sources = f"{one.n_sources} independent source{'' if one.n_sources == 1 else 's'}"
    reports = f"{one.n_reports} report{'' if one.n_reports == 1 else 's'}"
    disputed = f"; disputed by {one.disputed}" if one.disputed else ""
    return f"{sources}, {reports}, belief {percent(one.belief)}{disputed}"


def _accuracy(b: Briefing) -> Iterator[str]:
    yield from (f"A program coded these events, and it errs. {b.accuracy.how}", "")
    same = "The documents of this report were coded with the release that was measured."
    other = "**The documents of this report were coded, at least in part, with another reader, codebook or world than was measured.**"
    yield from (same if b.accuracy.same else other, "")
    yield from (*table(("field", *b.accuracy.families), [(a, *c) for a, c in b.accuracy.fields], escape=False), "")
    yield from (
        "Of 100 events that are in a text, how many are right in everything, and what is first wrong with the others:",
        "",
    )
    yield from table(("of 100 events", *b.accuracy.families), [(a, *c) for a, c in b.accuracy.budget], escape=False)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], escape: bool = True) -> Iterator[str]:
    """A Markdown table."""
    for row in (heads, ["---"] * len(heads), *rows):
        yield "| " + " | ".join(plain(cell) if escape and cell != "---" else cell for cell in row) + " |"


def plain(text: str) -> str:
    """``text`` on one line, without anything that Markdown or a terminal would obey."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return _MARKS.sub(r"\\\1", re.sub(r" {2,}", " ", printable))
