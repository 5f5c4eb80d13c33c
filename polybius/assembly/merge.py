"""One event of many reports: each field with what most sources say, and with its spread."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from polybius.assembly.belief import Voice, belief, supports, voice
from polybius.assembly.facts import KINDS, anchor, narrowest
from polybius.records import Event, Figure, Party, Place, Variant, content_id
from polybius.report import ActorField, PlaceField, Report

RECIPE = 1


def event(reports: Iterable[Report], origins: Mapping[str, str]) -> Event:
    """The event of some reports. ``origins`` is the origin of each document; one that has none there is its own."""
    ordered = sorted(reports, key=anchor)
    voices = [voice(report, origins.get(report.document.id, report.document.id)) for report in ordered]
    names = tuple(anchor(report) for report in ordered)
    first = _typical(ordered)
    found = supports(voices)
    start, end = narrowest(ordered)
    return Event(
        id=event_id(names),
        event=first.event,
        mode=_modes(ordered),
        context=tuple(sorted({context for report in ordered for context in report.context})),
        status=first.status,
        quad_code=first.quad_code,
        event_scale=first.event_scale,
        actor=_parties(report.actor for report in ordered),
        recipient=_parties(report.recipient for report in ordered),
        start=start,
        end=end,
        dates=variants(((_dates(report),) for report in ordered), voices),
        place=_place(ordered),
        places=variants(((place.name or place.quote.text for place in report.place) for report in ordered), voices),
        modes=variants((report.mode for report in ordered), voices),
        figures=_figures(ordered, voices),
        reports=names,
        n_reports=len(ordered),
        n_sources=len(found),
        belief=belief(found),
        supports=found,
    )


def event_id(names: Sequence[str]) -> str:
    """The id of the event of some reports, which are named "document#report" and sorted."""
    return content_id("evt", RECIPE, {f"report {at}": name for at, name in enumerate(names)})


def _typical(reports: Sequence[Report]) -> Report:
    """The first report of the commonest type and status, the one with the commonest scale among those."""
    counts = Counter((report.event, report.status) for report in reports)
    kind = max(sorted(counts), key=lambda key: counts[key])
    alike = [report for report in reports if (report.event, report.status) == kind]
    scales = Counter(report.event_scale for report in alike)
    scale = max(sorted(scales), key=lambda value: (scales[value], abs(value)))
    return next(report for report in alike if report.event_scale == scale)


def _modes(reports: Sequence[Report]) -> tuple[str, ...]:
    """The modes of the report that has most of the commonest ones: a bare "the attack" says nothing of the mode."""
    counts = Counter(report.mode for report in reports if report.mode)
    return max(sorted(counts), key=lambda mode: counts[mode]) if counts else ()


def _parties(sides: Iterable[Sequence[ActorField]]) -> tuple[Party, ...]:
    """Everybody whom a report names on one side, the most often named first. Who is the same is told by name or words."""
    named: defaultdict[str, list[ActorField]] = defaultdict(list)
    for side in sides:
        for key, party in {_key(party): party for party in side}.items():
            named[key].append(party)
    found = [_party(parties) for _, parties in sorted(named.items())]
    return tuple(sorted(found, key=lambda party: (-party.n_reports, party.code is None, party.name)))


def _key(party: ActorField) -> str:
    return (party.identifier or party.name or party.quote.text).lower()


def _party(parties: Sequence[ActorField]) -> Party:
    codes = Counter((party.code, party.sector) for party in parties if party.code)
    code, sectors = max(sorted(codes), key=lambda pair: codes[pair]) if codes else (None, ())
    first = min(parties, key=lambda party: (party.identifier is None, party.name is None, party.quote.text))
    return Party(first.name or first.quote.text, code, sectors, first.identifier, len(parties))


def variants(values: Iterable[Iterable[str]], voices: Sequence[Voice]) -> tuple[Variant, ...]:
    """What the reports give a field, that of most sources first. ``values`` and ``voices`` are in the order of reports."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for of_report, one in zip(values, voices, strict=True):
        for value in dict.fromkeys(of_report):
            if value:
                said[value].append(one.claimant)
    found = [Variant(value, len(claimants), len(set(claimants))) for value, claimants in said.items()]
    return tuple(sorted(found, key=lambda v: (-v.n_sources, -v.n_reports, v.value)))


def _dates(report: Report) -> str:
    start, end = report.date.start, report.date.end
    return "" if start is None and end is None else f"{_iso(start)}/{_iso(end)}"


def _iso(day: dt.date | None) -> str:
    return ".." if day is None else day.isoformat()


def _place(reports: Sequence[Report]) -> Place | None:
    """The place that most reports name; among those named equally often the one that is most exactly known."""
    places = [place for report in reports for place in report.place if place.status == "resolved"]
    counts = Counter(place.name for place in places)
    if not places:
        return None
    best = min(places, key=lambda p: (-counts[p.name], _precision(p), p.name or "", str(p.geonames)))
    return Place(
        best.name or best.quote.text,
        best.country,
        best.admin1,
        best.latitude,
        best.longitude,
        best.geonames,
        best.precision_km,
    )


def _precision(place: PlaceField) -> float:
    return 1e9 if place.precision_km is None else place.precision_km


def _figures(reports: Sequence[Report], voices: Sequence[Voice]) -> tuple[Figure, ...]:
    """Every number with its claimant: conflicts are kept, not averaged."""
    found = []
    for kind in KINDS:
        for report, one in zip(reports, voices, strict=True):
            size = getattr(report.size, kind)
            if size is not None:
                told = next((source.name or source.quote.text for source in size.attribution), one.claimant)
                found.append(Figure(kind, size.low, size.best, size.high, told, anchor(report)))
    return tuple(found)
