"""``polybius evaluate``: how well texts are coded, measured on gold; how far two annotators agree."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from polybius.cli.options import ActorsOption, CodebookOption, GazetteerOption, ModelOption, ThreadsOption

if TYPE_CHECKING:
    from polybius.evaluation import Agreement, Confusion, MarkedText, Score
    from polybius.evaluation.meantime import Article
    from polybius.records import Document
    from polybius.run import Coder

NOTHING_SCORED = 1
Scores = dict[str, "tuple[Score, ...]"]


def evaluate(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD",
            help="Annotated reports, JSON lines of documents and of records as `polybius code --format jsonl` prints them, or files of MEANTIME.",
            show_default=False,
        ),
    ],
    coded: Annotated[
        Path | None,
        typer.Option("--coded", metavar="FILE", help="Score these records; without it Polybius codes the texts now."),
    ] = None,
    agreement: Annotated[
        Path | None,
        typer.Option("--agreement", metavar="FILE", help="How far another annotator's FILE agrees with GOLD."),
    ] = None,
    confusions: Annotated[
        int, typer.Option("--confusions", metavar="N", min=0, help="So many of the worst confusions, with sentences.")
    ] = 10,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write everything to FILE as JSON.")] = None,
    threads: ThreadsOption = 1,
    model: ModelOption = None,
    codebook: CodebookOption = None,
    gazetteer: GazetteerOption = None,
    actors: ActorsOption = None,
) -> None:
    """Score coded events against gold, each score with its 95 % interval over documents.

    [bold]Examples[/bold]

      polybius evaluate gold.txt

      polybius evaluate texts.jsonl gold.jsonl --out scores.json

      polybius evaluate gold.jsonl --coded events.jsonl

      polybius evaluate anna.txt --agreement ben.txt

      polybius evaluate meantime.tar.gz

    A record of your own gold needs "document": {"id"}, "event" and "trigger": {"start", "end"}; fields that it leaves out do not
    count. A line with "text" is a document, which needs no events. See docs/accuracy.md for what each score means.

    [bold]Exit status[/bold]

      0  scored

      1  nothing could be scored

      2  wrong usage
    """
    from polybius.cli.failures import starting
    from polybius.evaluation import MarkedText
    from polybius.run import Setup

    if coded and agreement:
        raise typer.BadParameter("give --coded or --agreement, not both", param_hint="--agreement")
    setup = Setup(threads, model, codebook, False, gazetteer, tuple(actors or ()))
    with starting():
        state_of = setup.world().state_of
    if meantime := _meantime(gold):
        if agreement:
            raise typer.BadParameter("MEANTIME has no second annotator to agree with", param_hint="--agreement")
        texts = [MarkedText(article.id, (), article.document) for article in meantime]
        others = _paired(texts, _read([coded], state_of, "--coded")) if coded else _code(texts, setup)
        _report_meantime(meantime, others, out)
        return
    texts = _read(gold, state_of, "GOLD")
    if agreement:
        _agree(texts, _read([agreement], state_of, "--agreement"), out)
        return
    others = _paired(texts, _read([coded], state_of, "--coded")) if coded else _code(texts, setup)
    _report(texts, others, confusions, out)


def _read(paths: Sequence[Path], state_of: Any, option: str) -> list[MarkedText]:
    from polybius.evaluation import AnnotationError, read_gold

    try:
        return read_gold(paths, state_of)
    except OSError as error:
        raise typer.BadParameter(f"{error.filename}: {error.strerror}", param_hint=option) from None
    except (AnnotationError, UnicodeDecodeError) as error:
        typer.echo(f"polybius: this is no gold:\n{error}", err=True)
        raise typer.Exit(NOTHING_SCORED) from None


def _meantime(paths: Sequence[Path]) -> list[Article]:
    """The articles of MEANTIME files; none where the gold is something else."""
    from polybius.evaluation.meantime import is_meantime, read_meantime

    try:
        if not all(path.is_file() and is_meantime(path) for path in paths):
            return []
        return [article for path in paths for article in read_meantime(path)]
    except (ValueError, OSError) as error:
        typer.echo(f"polybius: this is no gold:\n{error}", err=True)
        raise typer.Exit(NOTHING_SCORED) from None


def _report_meantime(articles: Sequence[Article], others: Sequence[MarkedText], out: Path | None) -> None:
    from polybius.evaluation import score
    from polybius.evaluation.meantime import score_meantime

    scores = {"MEANTIME": score([score_meantime(a, other) for a, other in zip(articles, others, strict=True)])}
    _print_scores(scores, [replace(other, family="MEANTIME") for other in others])
    if out is not None:
        found = {family: [asdict(one) for one in mine] for family, mine in scores.items()}
        _write(out, {"documents": len(articles), "scores": found})


def _paired(texts: Sequence[MarkedText], others: Iterable[MarkedText]) -> list[MarkedText]:
    """The coded text of each gold text; a text without records was coded and has no events."""
    from polybius.evaluation import MarkedText

    known = {other.id: other for other in others}
    if not known.keys() & {text.id for text in texts}:
        typer.echo(
            "polybius: the two files have no document in common; the ids of documents must be the same", err=True
        )
        raise typer.Exit(NOTHING_SCORED)
    return [known.get(text.id, MarkedText(text.id, ())) for text in texts]


def _code(texts: Sequence[MarkedText], setup: Any) -> list[MarkedText]:
    """Code the texts of the gold now."""
    from polybius.cli.failures import starting
    from polybius.run import Coder

    lacking = [text.id for text in texts if text.document is None]
    if lacking:
        typer.echo(
            f"polybius: the gold has no text of {', '.join(lacking[:3])}"
            f"{f' and {len(lacking) - 3} more' * (len(lacking) > 3)}; give a file of documents too, or --coded",
            err=True,
        )
        raise typer.Exit(NOTHING_SCORED)
    with starting():
        coder = Coder(setup.parts(), setup)
    return [_coded(text.document, coder) for text in texts if text.document is not None]


def _coded(document: Document, coder: Coder) -> MarkedText:
    """What is coded of a document. One that is rejected has no events, and is named."""
    from polybius.evaluation import MarkedText, from_reports
    from polybius.run import Coded

    outcome = coder.process(document)
    if isinstance(outcome, Coded):
        return from_reports(document, outcome.reports)
    typer.echo(f"polybius: {document.id} is rejected: {outcome.reason} {outcome.detail}".rstrip(), err=True)
    return MarkedText(document.id, ())


def _agree(texts: Sequence[MarkedText], others: Sequence[MarkedText], out: Path | None) -> None:
    from polybius.evaluation import agreement

    found = agreement(list(zip(texts, _paired(texts, others), strict=True)))
    _print_agreement(found)
    if out is not None:
        _write(out, {"agreement": [asdict(line) for line in found]})


def _report(texts: Sequence[MarkedText], others: Sequence[MarkedText], most: int, out: Path | None) -> None:
    from polybius.evaluation import by_family, compare, confusions

    compared = [compare(text, other) for text, other in zip(texts, others, strict=True)]
    scores = by_family((text.family or "all", one) for text, one in zip(texts, compared, strict=True))
    worst = confusions((m for one in compared for m in one.mistakes), most)
    _print_scores(scores, texts)
    _print_confusions(worst)
    if out is not None:
        _write(
            out,
            {
                "documents": len(texts),
                "scores": {family: [asdict(score) for score in found] for family, found in scores.items()},
                "confusions": [asdict(one) for one in worst],
            },
        )


def _write(out: Path, content: Any) -> None:
    try:
        out.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"{out}: {error.strerror}", param_hint="--out") from None


# --- for eyes ------------------------------------------------------------------------------------------------------


def _print_scores(scores: Scores, texts: Sequence[MarkedText]) -> None:
    for family, found in scores.items():
        number = sum((text.family or "all") == family for text in texts)
        typer.echo(f"{family}: {number:,} document{'s' * (number != 1)}")
        typer.echo(f"  {'':34} {'score':>6}  {'95 % interval':>14}  {'P':>6} {'R':>6} {'gold':>6}")
        for score in found:
            if not score.detail:
                typer.echo(
                    f"  {score.task:34} {score.value:6.1f}  {_interval(score):>14}  {_rates(score)} {score.gold:6}"
                )
        typer.echo("")


def _interval(score: Score) -> str:
    return f"{score.low:.1f} to {score.high:.1f}"


def _rates(score: Score) -> str:
    return " ".join(f"{value:6.1f}" if value is not None else " " * 6 for value in (score.precision, score.recall))


def _print_confusions(worst: Sequence[Confusion]) -> None:
    for one in worst:
        typer.echo(f"{one.times} × {one.field}: {one.gold} → {one.coded}")
        for example in one.examples:
            typer.echo(f"    {example.document}: “{example.words}” in: {example.sentence}")


def _print_agreement(found: Iterable[Agreement]) -> None:
    for line in found:
        value = "  –  " if line.value is None else f"{line.value:5.3f}"
        typer.echo(f"{line.what:26} {line.measure:6} {value}  ({line.units:,} units)")
