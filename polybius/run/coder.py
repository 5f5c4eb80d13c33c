"""The coder: the stages in their order, for one document at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from polybius.coding import Attribution, Deed
from polybius.coding import attributions as read_attributions
from polybius.coding import between as weigh_between
from polybius.coding import claims as make_claims
from polybius.coding import reports as make_reports
from polybius.grounding import Survey, fill
from polybius.grounding import ground as ground_claims
from polybius.grounding import survey as survey_article
from polybius.ingest import check, make_document, parse_date
from polybius.records import Claim, Document, Groundings, Reading, Rejection, Span, Trace, TraceEntry
from polybius.report import Report
from polybius.run.candidates import Party, lowered, place_of
from polybius.run.manifest import RunManifest
from polybius.run.plan import Parts, Setup
from polybius.run.titles import code_title

PublishedDate = dt.date | str | None


@dataclass(frozen=True, slots=True)
class Coded:
    """A document that was coded: nought to many reports, in the order of the text.

    ``sentences`` are where those of the text stand, ``vectors`` those of the triggers by the id of the report: what a store
    keeps beside reports.
    """

    document: Document
    reports: tuple[Report, ...]
    sentences: tuple[Span, ...] = ()
    vectors: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explained:
    """One document with everything that was seen and decided on the way to its reports."""

    document: Document
    reading: Reading
    claims: tuple[Claim, ...]
    groundings: Groundings
    reports: tuple[Report, ...]
    trace: tuple[TraceEntry, ...]
    attributions: tuple[Attribution, ...] = ()


class Coder:
    """Codes documents. It keeps no state: what a document gives does not depend on what was coded before it."""

    def __init__(self, parts: Parts, setup: Setup | None = None) -> None:
        self.parts = parts
        self.setup = setup or Setup()
        self.manifest = RunManifest(fingerprints=parts.fingerprints, config=self.setup.config)
        self.stamp = self.manifest.stamp

    def code(
        self,
        text: str,
        published: PublishedDate = None,
        publisher: str | None = None,
        *,
        id: str | None = None,
        title: str | None = None,
        url: str | None = None,
    ) -> list[Report]:
        """The reports of a text, in its order. Raises ValueError, with the reason, for a text that cannot be coded."""
        date = parse_date(published) if isinstance(published, str) else published
        document = make_document(text, id=id, title=title, published=date, publisher=publisher, url=url)
        result = self.process(document)
        if isinstance(result, Rejection):
            raise ValueError(f"the text cannot be coded: {result.reason}" + (result.detail and f" ({result.detail})"))
        return list(result.reports)

    def stream(self, documents: Iterable[Document]) -> Iterator[Report]:
        """The reports of many documents, in their order. Those that are rejected give none; see ``process``."""
        for document in documents:
            result = self.process(document)
            if isinstance(result, Coded):
                yield from result.reports

    def process(self, document: Document) -> Coded | Rejection:
        """The outcome for one document. An error of a stage is a rejection, so that the others are still coded."""
        checked = check(document, document.id)
        if isinstance(checked, Rejection):
            return checked
        try:
            return self._coded(document)
        except Exception as error:  # whatever went wrong, the other documents are to be coded
            return Rejection("run", document.id, "failed", f"{type(error).__name__}: {error}")

    def reports(self, document: Document) -> tuple[Report, ...]:
        """The reports of the text, after those of the title where titles are coded. Errors are raised."""
        return self._coded(document).reports

    def explain(self, document: Document) -> Explained:
        """As ``process``, with all that was decided; errors are raised."""
        trace: list[TraceEntry] = []
        reading = self.read(document)
        seen = self.survey(document, reading)
        claims = self.claims(document, reading, trace.append, seen)
        groundings = self.ground(document, reading, claims, trace.append, seen)
        reports = self.report(document, reading, claims, groundings)
        said = self.attributed(document, reading, seen)
        return Explained(document, reading, claims, groundings, reports, tuple(trace), said)

    def between(self, text: str, actor: Party, recipient: Party) -> tuple[Deed, ...]:
        """What a text says that one party did to another: types with their chances, best first; none where nothing comes near.

        The parties are given by their words, of which the first occurrence counts, or by the characters where they stand.
        Raises ValueError for a party that is not in the text.
        """
        document = make_document(text)
        sides = place_of(actor, document.text, "actor"), place_of(recipient, document.text, "recipient")
        reading = lowered(self.parts.reader).read(document)
        found = make_claims(document, reading, self.parts.codebook)
        return weigh_between(reading, found, *sides, self.parts.codebook)

    def attributions(self, text: str) -> tuple[Attribution, ...]:
        """Who says, thinks or wants what in a text, whether events are told or not."""
        document = make_document(text)
        reading = self.read(document)
        return self.attributed(document, reading, self.survey(document, reading))

    def attributed(self, document: Document, reading: Reading, seen: Survey) -> tuple[Attribution, ...]:
        """The attributions of a document, with the other mentions of each source."""
        return tuple(_with_chain(one, seen) for one in read_attributions(document, reading))

    def read(self, document: Document) -> Reading:
        """Stage 1: what the model sees."""
        return self.parts.reader.read(document)

    def survey(self, document: Document, reading: Reading) -> Survey:
        """Which mentions of the document stand for one another; stages 2 and 3 look it up."""
        return survey_article(document, reading, self.parts.world)

    def claims(
        self, document: Document, reading: Reading, trace: Trace | None = None, seen: Survey | None = None
    ) -> tuple[Claim, ...]:
        """Stage 2: what is claimed, as spans and codes; roles that only the article fills are marked implicit."""
        found = make_claims(document, reading, self.parts.codebook, trace)
        if not found:
            return found
        seen = seen or self.survey(document, reading)
        return fill(found, reading, seen.article, seen.chains, trace)

    def ground(
        self,
        document: Document,
        reading: Reading,
        claims: tuple[Claim, ...],
        trace: Trace | None = None,
        seen: Survey | None = None,
    ) -> Groundings:
        """Stage 3: who, where and when the mentions are."""
        return ground_claims(document, reading, claims, self.parts.world, trace, seen)

    def report(
        self, document: Document, reading: Reading, claims: tuple[Claim, ...], groundings: Groundings
    ) -> tuple[Report, ...]:
        """Stage 4: reports."""
        parts = self.parts
        return make_reports(document, reading, claims, groundings, parts.codebook, self.stamp, parts.calibration)

    def _coded(self, document: Document) -> Coded:
        vectors: dict[str, bytes] = {}

        def of_title(title: Document) -> tuple[Report, ...]:
            found = self._coded_text(title)
            vectors.update(found.vectors)
            return found.reports

        titled = code_title(document, of_title) if self.setup.titles else ()
        of_text = self._coded_text(document)
        return Coded(document, titled + of_text.reports, of_text.sentences, {**vectors, **of_text.vectors})

    def _coded_text(self, document: Document) -> Coded:
        reading = self.read(document)
        seen = self.survey(document, reading) if reading.frames else None
        claims = self.claims(document, reading, seen=seen)
        made = self.report(document, reading, claims, self.ground(document, reading, claims, seen=seen))
        reports = tuple(report for report in made if sure(report) >= self.setup.min_confidence)
        spans = tuple(sentence.span for sentence in reading.sentences)
        return Coded(document, reports, spans, dict(_vectors(reports, reading)))


def _with_chain(one: Attribution, seen: Survey) -> Attribution:
    chain = seen.chains.of(one.source) if one.source else None
    return one if chain is None else replace(one, chain=chain.spans)


def sure(report: Report) -> float:
    """How sure a report is of its type and sides together; of its type where nothing is known of all three."""
    scores = dict(report.confidence)
    return scores.get("core", scores.get("event", 0.0))


def _vectors(reports: Iterable[Report], reading: Reading) -> Iterator[tuple[str, bytes]]:
    """The reader's vector of each report's trigger, whatever type it was coded as at last."""
    known = {frame.trigger: frame.vector for frame in reading.frames if frame.vector}
    for report in reports:
        vector = known.get(report.trigger.span)
        if vector:
            yield report.id, vector


def load(
    model: Path | str | None = None,
    codebook: Path | str | None = None,
    threads: int = 1,
    titles: bool = False,
    gazetteer: Path | str | None = None,
    actors: Sequence[Path | str] = (),
) -> Coder:
    """A coder with the packaged reader, codebook and tables, or with those of the given paths; see ``Setup.world`` for actors."""
    setup = Setup(threads, _path(model), _path(codebook), titles, _path(gazetteer), tuple(Path(a) for a in actors))
    return Coder(setup.parts(), setup)


def _path(value: Path | str | None) -> Path | None:
    return None if value is None else Path(value)
