"""Fit the linear model that gives a phrase without a country the country that the words around it speak of.

usage: fit_countries.py --readings FILE ... --shared DIR --out FILE.tsv [--buckets 2 3 …]

Readings are pickles of id → (Document, Reading). Bucket 0 is never read. A choice is a filler of an annotated report whose
country only its surroundings tell: right is the annotated code, or nobody's where the annotators say that the text does not tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fit_coreference import Choice, Readings, asked, fit, readings_of, reports_of
from linking import entity_named

from polybius.evaluation.annotations import AnnotatedReport
from polybius.grounding.actors import ActorResolver
from polybius.grounding.article import Article
from polybius.grounding.belonging import candidates
from polybius.grounding.coreference import chains
from polybius.records import Span
from polybius.reference import World, load

PENALTY, LEAST, KEPT = 8.0, 12, 0.1


def choices(report: AnnotatedReport, readings: Readings, world: World) -> Iterator[Choice]:
    """The choices of one report, each once."""
    article = Article.of(*readings[report.id])
    resolver = ActorResolver(article, world, chains(article, world))
    noted: list[list[tuple[str | None, list[str]]]] = []
    ask = resolver.around.ask

    def note(span: Span, sectors: tuple[str, ...]) -> list[tuple[str | None, float]]:
        what = resolver.around.asked(span, sectors)
        if what is not None:
            noted.append(list(candidates(*what)))
        return ask(span, sectors)

    resolver.around.ask = note  # type: ignore[method-assign]
    for span, code in fillers(report, world):
        noted.clear()
        resolver.resolve(span)
        for options in noted[-1:]:
            right = [option == code for option, _ in options]
            if any(right):
                yield Choice([features for _, features in options], right, 1.0)


def fillers(report: AnnotatedReport, world: World) -> Iterator[tuple[Span, str | None]]:
    """Fillers of one entity each, with its code; None where the text does not tell."""
    for event in report.events:
        for filler in (f for role in ("actor", "recipient", "by") for f in event.roles.get(role, ())):
            if filler.span is not None:
                words = filler.entity or report.text[slice(*filler.span)]
                if sum(words in e.mentions or words == e.name for e in report.entities) == 1:
                    code = entity_named(report, words).code
                    yield Span(*filler.span), None if code == "NA" else world.state_of(code)


def main() -> None:
    options = asked(__doc__, "polybius/grounding/country_weights.tsv")
    readings = readings_of(options.readings)
    reports = reports_of(options.shared, readings, options.buckets)
    options.out.write_text(table(fitted(reports, readings)), "utf-8")


def fitted(reports: Iterable[AnnotatedReport], readings: Readings) -> dict[str, float]:
    world = load()
    found = [choice for report in reports for choice in choices(report, readings, world)]
    print(f"{len(found)} phrases whose country only their surroundings tell")
    return fit(found, PENALTY, LEAST)


def table(weights: dict[str, float]) -> str:
    return "".join(f"{name}\t{weight}\n" for name, weight in sorted(weights.items()) if abs(weight) >= KEPT)


if __name__ == "__main__":
    main()
