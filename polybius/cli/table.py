"""Reports as a table for eyes: one row a report, ordered as in the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from polybius.cli.text import clean, plural
from polybius.records import Span
from polybius.report import ActorField, DateField, PlaceField, Report, SourceField
from polybius.run import Coded

MAX_WORDS = 120  # characters of the quoted words, half of them before the trigger
UNKNOWN = "?"
TYPE_WIDTH = 14  # characters: the longest name of a mode

# Name, and a fixed width or a share of what is left.
COLUMNS: tuple[tuple[str, int | None, int | None], ...] = (
    ("date", 10, None),
    ("actor → recipient", None, 6),
    ("type", TYPE_WIDTH, None),
    ("place", None, 3),
    ("status", 12, None),
    ("says", None, 3),
    ("words", None, 7),
)


def report_table(subject: str, coded: Coded) -> RenderableType:
    """The document's reports under its name; a line where there are none."""
    heading = Text(_heading(subject, coded), style="bold")
    if not coded.reports:
        return heading
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False)
    for name, width, ratio in COLUMNS:
        table.add_column(name, width=width, ratio=ratio, overflow="fold")
    for report in coded.reports:
        table.add_row(*_row(report, coded))
    return Group(heading, table)


def _heading(subject: str, coded: Coded) -> str:
    document = coded.document
    parts = [document.title, document.publisher, document.published and document.published.isoformat()]
    known = ", ".join(clean(part) for part in parts if part)
    count = plural(len(coded.reports), "report") if coded.reports else "no events"
    return f"{clean(subject)}{f' ({known})' if known else ''}: {count}"


def _row(report: Report, coded: Coded) -> tuple[Text | str, ...]:
    return (
        date_cell(report.date),
        parties_cell(report),
        type_cell(report),
        place_cell(report.place),
        report.status,
        source_cell(report.attribution),
        words_cell(report, coded),
    )


def date_cell(date: DateField) -> str:
    """ISO dates; a range as two, open ends as ``…``; ``?`` where the date is not known, after its words if any."""
    if date.start is None and date.end is None:
        return f"“{clean(date.quote.text)}” {UNKNOWN}" if date.quote else UNKNOWN
    start, end = (day.isoformat() if day else "…" for day in (date.start, date.end))
    return start if start == end else f"{start} to {end}"


def parties_cell(report: Report) -> str:
    """Actors and recipients with their codes; the arrow only where somebody receives."""
    actors = _parties(report.actor) or UNKNOWN
    recipients = _parties(report.recipient)
    return f"{actors} → {recipients}" if recipients else actors


def _parties(parties: Iterable[ActorField]) -> str:
    return "; ".join(_party(party) for party in parties)


def _party(party: ActorField | SourceField) -> str:
    name = clean(party.name or party.quote.text)
    return f"{name} ({' '.join([party.code or UNKNOWN, *party.sector])})"


def type_cell(report: Report) -> str:
    """Type and modes, on lines of their own where one line cannot hold them."""
    parts = [report.event, *report.mode]
    joined = "-".join([report.event, "+".join(report.mode)] if report.mode else parts)
    return joined if len(joined) <= TYPE_WIDTH else "-\n".join([report.event, "+\n".join(report.mode)])


def place_cell(places: Sequence[PlaceField]) -> str:
    """The names of places with their countries, or the words where nothing is known of them."""
    return "; ".join(_place(place) for place in places)


def _place(place: PlaceField) -> str:
    if place.status != "resolved" or place.name is None:
        return f"“{clean(place.quote.text)}” {UNKNOWN}"
    return f"{clean(place.name)} ({place.country})" if place.country else clean(place.name)


def source_cell(sources: Sequence[SourceField]) -> str:
    """Who says so, the last link first said; empty where the publisher's own voice does."""
    return "; ".join(clean(source.name or source.quote.text) for source in sources)


def words_cell(report: Report, coded: Coded) -> Text:
    """The words of trigger and roles with what stands between them, the trigger set off."""
    text = (coded.document.title or "") if report.trigger.within == "title" else coded.document.text
    span = words_span(report)
    trigger = report.trigger.span
    before, after = text[span.start : trigger.start], text[trigger.end : span.end]
    spare = max(0, MAX_WORDS - (trigger.end - trigger.start)) // 2
    return Text.assemble(_last(before, spare), (clean(trigger.of(text)), "bold reverse"), _first(after, spare))


def _first(text: str, most: int) -> str:
    """The beginning of ``text``, whole words only."""
    piece = _piece(text)
    return piece if len(piece) <= most else piece[:most].rpartition(" ")[0] + " …"


def _last(text: str, most: int) -> str:
    """The end of ``text``, whole words only."""
    piece = _piece(text)
    return piece if len(piece) <= most else "… " + piece[-most:].partition(" ")[2]


def _piece(text: str) -> str:
    """``text`` cleaned, with its outer blanks kept as one."""
    left, right = text[:1].isspace(), text[-1:].isspace()
    body = clean(text)
    return f"{' ' * left}{body}{' ' * (right and bool(body))}"


def words_span(report: Report) -> Span:
    """From the first to the last explicit filler of the trigger's sentence."""
    sentence = Span(report.sentence.start, report.sentence.end)
    fillers: list[ActorField | PlaceField] = [*report.actor, *report.recipient, *report.place]
    quotes = [filler.quote for filler in fillers if not filler.implicit]
    quotes += [report.date.quote] if report.date.quote else []
    spans = [quote.span for quote in quotes if sentence.contains(quote.span)]
    trigger = report.trigger.span
    start = min([trigger.start, *(span.start for span in spans)])
    end = max([trigger.end, *(span.end for span in spans)])
    return Span(start, end)
