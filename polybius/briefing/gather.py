"""From a question to the content of a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from polybius.briefing import wording
from polybius.briefing.accuracy import accuracy
from polybius.briefing.content import Briefing, Pair, Period, Saying, Told
from polybius.briefing.unknown import unknown
from polybius.charts import Totals, described, placed
from polybius.charts.caption import source_line
from polybius.charts.places import notes
from polybius.charts.totals import of_store
from polybius.query import Asked, dyads, outdated, timeline
from polybius.query.exports.facts import facts_of
from polybius.query.exports.model import Fact, Telling
from polybius.query.opened import ask, with_events
from polybius.query.vocabulary import country_names, own_actors
from polybius.store import Store

TOP = 5  # events under "what happened", of each kind
MOST_EVENTS = 200  # in the table, where nothing is said
MOST_SAYINGS = 5  # sentences under one event
MOST_PAIRS = 25
LONGEST = {"day": 45, "week": 400}  # days of a timeline by days, by weeks

_LARGEST = "n_sources DESC, n_reports DESC, abs(event_scale) DESC, id"
_NEWEST = "coalesce(date_to, date_from) DESC NULLS LAST, n_sources DESC, n_reports DESC, id"


def gather(
    path: Path | str, asked: Asked | None = None, *, limit: int = MOST_EVENTS, title: str | None = None, **words: Any
) -> Briefing:
    """Ask the store. ``words`` are fields of Asked. Raises QueryError, NoEvents, StoreError."""
    late = outdated(path)
    with with_events(path) as store:
        asked = (asked or Asked(**words)).checked(store)
        counted = of_store(store, asked)
        largest, events = _ids(store, asked, _LARGEST, TOP), _ids(store, asked, _NEWEST, limit)
        told = {fact.event.id: _told(fact) for fact in facts_of(store, [*dict.fromkeys([*largest, *events])])}
        measured, gaps = accuracy(store), tuple(unknown(store, asked, late))
    places, pairs = tuple(placed(path, asked)), _pairs(dyads(path, asked))
    by, periods = _periods(path, asked)
    return Briefing(
        title=title or _title(asked),
        filters=tuple(described(asked)),
        source=source_line(path, counted),
        numbers=_numbers(counted, places),
        largest=tuple(told[id] for id in largest if id in told),
        newest=tuple(told[id] for id in events[:TOP] if id in told),
        places=places,
        place_notes=notes(places, counted.events),
        by=by,
        periods=periods,
        pairs=tuple(pairs[:MOST_PAIRS]),
        other_pairs=max(0, len(pairs) - MOST_PAIRS),
        events=tuple(told[id] for id in events if id in told),
        left_out=counted.events - len(events),
        accuracy=measured,
        unknown=gaps,
    )


def _title(asked: Asked) -> str:
    names = {**own_actors(), **country_names()}
    about = asked.country or " and ".join(names.get(code, code) for code in (asked.actor, asked.recipient) if code)
    return f"{names.get(about, about)}: what was reported" if about else "What was reported"


def _numbers(counted: Totals, places: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    values = {
        "events": counted.events,
        "disputed": counted.disputed,
        "reports of them": counted.reports,
        "documents with them": counted.documents,
        "publishers of these": counted.publishers,
        "places": len(places),
        "documents read in all": counted.read,
    }
    return tuple((label, f"{value:,}") for label, value in values.items())


def _ids(store: Store, asked: Asked, order: str, limit: int) -> list[str]:
    condition, values = asked.of_events()
    sql = f"SELECT id FROM event_rows WHERE {condition} ORDER BY {order} LIMIT $limit"
    return [id for (id,) in ask(store, sql, {**values, "limit": limit}).rows]


def _told(fact: Fact) -> Told:
    event = fact.event
    publishers = {one.report.document.id: wording.publisher(one.report) for one in fact.tellings}
    sayings = _sayings(fact.tellings)
    return Told(
        id=event.id,
        sentence=wording.sentence(event),
        when=wording.days(event.start, event.end),
        who=wording.parties(event.actor),
        whom=wording.parties(event.recipient),
        kind=wording.kind(event),
        place=wording.place(event),
        status=event.status,
        n_sources=event.n_sources,
        n_reports=event.n_reports,
        belief=event.belief,
        disputed=len(event.disputed_by),
        figures=wording.figures(event, publishers),
        sayings=sayings,
        more=event.n_reports - len(sayings),
    )


def _sayings(tellings: Iterable[Telling]) -> tuple[Saying, ...]:
    """The first few; of several reports by one sentence of one document the first."""
    found = {(one.report.document.id, one.report.sentence.index): _saying(one) for one in reversed(list(tellings))}
    return tuple(reversed(found.values()))[:MOST_SAYINGS]


def _saying(telling: Telling) -> Saying:
    report, words = telling.report, telling.sentence
    start = report.trigger.start - report.sentence.start
    end = report.trigger.end - report.sentence.start
    if report.trigger.within != report.sentence.within or words[start:end] != report.trigger.text or start < 0:
        start = end = len(words)
    return Saying(
        before=words[:start],
        trigger=words[start:end],
        after=words[end:],
        claimant=wording.claimant(report),
        publisher=wording.publisher(report),
        published=report.document.published,
        title=report.document.title,
        url=wording.safe_url(report.document.url),
    )


def _pairs(rows: Iterable[dict[str, Any]]) -> list[Pair]:
    """The dyads of all time, those of most events first."""
    sums: defaultdict[tuple[str, str, bool], list[float]] = defaultdict(lambda: [0] * 5)
    for row in rows:
        values = (row[name] for name in ("n_events", "n_reports", "cooperation", "conflict", "net_scale"))
        key = row["source"], row["target"], row["symmetric"]
        sums[key] = [a + b for a, b in zip(sums[key], values, strict=True)]
    found = [_pair(*key, counts) for key, counts in sums.items()]
    return sorted(found, key=lambda pair: (-pair.n_events, pair.source, pair.target))


def _pair(source: str, target: str, symmetric: bool, counts: Sequence[float]) -> Pair:
    events, reports, cooperation, conflict = (int(count) for count in counts[:4])
    net_scale = round(counts[4], 1) + 0.0
    return Pair(_short(source), _short(target), symmetric, events, reports, cooperation, conflict, net_scale)


def _short(code: str) -> str:
    """``Chad (TCD)``; codes of no country stand for themselves: their meanings are long."""
    name = country_names().get(code)
    return f"{name} ({code})" if name else code


def _periods(path: Path | str, asked: Asked) -> tuple[str, tuple[Period, ...]]:
    """The timeline by days where it is short, else by weeks or months."""
    daily = _summed(timeline(path, asked, by="day"))
    span = (daily[-1].start - daily[0].start).days if daily else 0
    by = next((name for name, longest in LONGEST.items() if span <= longest), "month")
    return by, daily if by == "day" else _summed(timeline(path, asked, by=by))


def _summed(rows: Iterable[dict[str, Any]]) -> tuple[Period, ...]:
    sums: defaultdict[Any, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        if row["period"]:
            sums[row["period"]][0] += row["cooperation"]
            sums[row["period"]][1] += row["conflict"]
    return tuple(Period(start, *sums[start]) for start in sorted(sums))
