"""Fit the linear models of coreference: whom a pronoun stands for, and who fills a role that a sentence leaves open.

usage: fit_coreference.py --readings FILE --shared DIR --out DIR

Needs readings of the annotated reports and of GUM (``--readings``: a pickle of id → (Document, Reading), made by reading
every text with the packaged model). Reports of bucket 0 and the dev and test parts of GUM are never read.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gold_chains import gold_mentions
from linking import denotes, entity_named, gold_claims, items
from treebanks import TreeDocument, read_conllu

from polybius import codebook
from polybius.codebook import Codebook
from polybius.coding import claims as coded
from polybius.evaluation.annotations import AnnotatedReport, read_all, split
from polybius.grounding import implicit
from polybius.grounding.article import Article
from polybius.grounding.coreference import Chains, chains, pronouns, resolve
from polybius.grounding.coreference.entity import Entity
from polybius.grounding.coreference.phrases import Phrase
from polybius.grounding.coreference.scene import Scene
from polybius.records import Claim, Document, Reading, Span
from polybius.reference import World, load

UNTOLD = ""  # who fills a role in words that coding missed
ANNOTATED, TREEBANK = 3.0, 1.0  # weights of one pronoun of either corpus
Readings = Mapping[str, tuple[Document, Reading]]
Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """Candidates with their features, and which of them are right."""

    features: list[list[str]]
    right: list[bool]
    weight: float


# --- examples --------------------------------------------------------------------------------------------------------


def collect(article: Article, world: World, weight: float, judge: Callable[[Phrase], Judge | None]) -> list[Choice]:
    """The choices of the pronouns that a judge knows; what is right is taken, so that chains stay near the gold."""
    found: list[Choice] = []

    def choose(scene: Scene, phrase: Phrase) -> Entity | None:
        options = list(pronouns.candidates(scene, phrase))
        right_one = judge(phrase) if options else None
        right = [right_one(entity) for entity, _ in options] if right_one else []
        if not any(right):
            return pronouns.referent(scene, phrase)
        found.append(Choice([features for _, features in options], right, weight))
        return options[right.index(True)][0]

    resolve.read(article, world, choose)
    return found


Judge = Callable[[Entity | None], bool]


def treebank_judge(document: TreeDocument) -> Callable[[Phrase], Judge | None]:
    """Right is the entity whose mentions are mostly of the pronoun's chain."""
    chain_at: dict[tuple[int, int], str] = {}
    for mention in sorted(gold_mentions(document), key=lambda m: m.span[1] - m.span[0]):
        chain_at.setdefault(mention.head, mention.chain)

    def chain(phrase: Phrase) -> str | None:
        return chain_at.get((phrase.mention.head.start, phrase.mention.head.end))

    def judge(phrase: Phrase) -> Judge:
        wanted = chain(phrase)

        def right(entity: Entity | None) -> bool:
            if entity is None or entity.members:
                return entity is None and wanted is None
            known = Counter(c for p in entity.phrases if (c := chain(p)))
            return bool(known) and wanted is not None and known.most_common(1)[0][0] == wanted

        return right

    return judge


def report_judge(report: AnnotatedReport, article: Article) -> Callable[[Phrase], Judge | None]:
    """Right is the entity that the annotated tie names, by a mention that is no pronoun; for several, their group."""
    tied = {item.span: item for item in items(report, article) if item.kind == "pronoun"}

    def named(entity: Entity, name: str, without: Span) -> bool:
        wanted = entity_named(report, name)
        spans = [p.mention.span for p in entity.phrases if p.mention.kind != "pronoun"]
        return any(denotes(report, span, wanted, without) for span in spans)

    def judge(phrase: Phrase) -> Judge | None:
        item = tied.get(phrase.mention.span)
        if item is None:
            return None

        def right(entity: Entity | None) -> bool:
            if entity is None or bool(entity.members) != (len(item.entities) > 1):
                return False
            return all(any(named(e, n, item.span) for e in entity.members or (entity,)) for n in item.entities)

        return right

    return judge


def open_roles(
    report: AnnotatedReport, article: Article, reading: Reading, found: Chains, book: Codebook
) -> Iterator[Choice]:
    """The open roles of coded claims: nobody, or a party that denotes the ``^Name`` of the gold claim of that type and trigger."""
    gold, implicits = gold_claims(report, article)
    claims = tuple(coded(article.document, reading, book))
    wanted: list[dict[str, list[str]]] = []
    for claim in claims:
        at = next((i for i, g in enumerate(gold) if g.event == claim.event and g.trigger.overlaps(claim.trigger)), None)
        roles: dict[str, list[str]] = {
            r: [UNTOLD] if at is not None and getattr(gold[at], r) else [] for r in implicit.ROLES
        }
        wanted.append(roles if at is None else {r: implicits[at].get(r) or roles[r] for r in implicit.ROLES})
    yield from filled_roles(report, article, found, claims, wanted)


def filled_roles(
    report: AnnotatedReport,
    article: Article,
    chains: Chains,
    claims: Sequence[Claim],
    gold: Sequence[Mapping[str, list[str]]],
) -> Iterator[Choice]:
    """Who fills each open role; who does is known to the next. A role that the gold fills with words, which coding missed, teaches nothing."""
    story = implicit.Story(claims, article, chains)
    for at, claim in enumerate(claims):
        for role in implicit.ROLES:
            if getattr(claim, role) or gold[at][role] == [UNTOLD]:
                continue
            options = list(implicit.candidates(story, at, role))
            wanted = gold[at][role]
            right = [
                not wanted if party is None else any(is_party(report, party, name) for name in wanted)
                for party, _ in options
            ]
            if not any(right):
                continue
            yield Choice([features for _, features in options], right, 1.0)
            party = options[right.index(True)][0]
            if party is not None:
                story.note(at, role, party)


def is_party(report: AnnotatedReport, party: implicit.Party, name: str) -> bool:
    return any(denotes(report, span, entity_named(report, name), Span(0, 0)) for span in party.mentions)


# --- the fit ---------------------------------------------------------------------------------------------------------


def fit(choices: Sequence[Choice], penalty: float, least: int, steps: int = 240, rate: float = 0.3) -> Weights:
    """Weights that make right candidates likely: softmax over each choice, L2 penalty, Adam on all choices at once."""
    counts = Counter(f for choice in choices for features in choice.features for f in set(features))
    place = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least))}
    rows = [[place[f] for f in features if f in place] for choice in choices for features in choice.features]
    owner, index = np.repeat(np.arange(len(rows)), [len(r) for r in rows]), np.array([i for r in rows for i in r])
    sizes = np.array([len(choice.right) for choice in choices])
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = np.array([r for choice in choices for r in choice.right])
    each = np.repeat([choice.weight for choice in choices], sizes)

    def shares(values: np.ndarray) -> np.ndarray:
        return values / np.repeat(np.add.reduceat(values, first), sizes)

    weights = np.zeros(len(place))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        scores = np.bincount(owner, weights[index], minlength=len(rows))
        power = np.exp(scores - np.repeat(np.maximum.reduceat(scores, first), sizes))
        error = (shares(power) - shares(power * right)) * each
        slope = np.bincount(index, error[owner], minlength=len(weights)) + penalty * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        pace = rate if step < 0.6 * steps else rate / 5
        weights -= pace * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-6)
    return {f: round(float(weights[i]), 2) for f, i in place.items()}


def module(name: str, doc: str, weights: Weights, least: float) -> str:
    """A Python module that holds the weights which count for something."""
    kept = {f: w for f, w in sorted(weights.items()) if abs(w) >= least}
    lines = "".join(f'        "{f}": {w},\n' for f, w in kept.items())
    return (
        f'"""{doc} Made by training/fit_coreference.py: do not edit."""\n\nfrom __future__ import annotations\n\n'
        "from collections.abc import Mapping\nfrom types import MappingProxyType\n\n"
        f"{name}: Mapping[str, float] = MappingProxyType(\n    {{\n{lines}    }}\n)\n"
    )


def asked(doc: str | None, out: str) -> argparse.Namespace:
    """The command line of a fit: readings, the shared folder, where to write, buckets without bucket 0."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readings", type=Path, nargs="+", required=True)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True, help=out)
    parser.add_argument("--buckets", type=int, nargs="+", default=list(range(2, 10)))
    options = parser.parse_args()
    if 0 in options.buckets:
        sys.exit("bucket 0 is for scores alone")
    return options


def readings_of(paths: Iterable[Path]) -> Readings:
    return {id: read for path in paths for id, read in pickle.loads(path.read_bytes()).items()}


def reports_of(shared: Path, readings: Readings, buckets: Iterable[int]) -> list[AnnotatedReport]:
    """The annotated reports of some buckets that were read."""
    where, chosen = split(shared / "corpus" / "SPLIT.tsv"), frozenset(buckets)
    files = [path for path in sorted((shared / "corpus").glob("*.txt")) if path.name != "EXAMPLE.txt"]
    return [r for r in read_all(files) if r.id in readings and where[r.id][2] in chosen]


def main() -> None:
    options = asked(__doc__, "the folder polybius/grounding")
    readings = readings_of(options.readings)
    train(readings, options.shared, options.out, reports_of(options.shared, readings, options.buckets))


def train(readings: Readings, shared: Path, out: Path, reports: list[AnnotatedReport]) -> None:
    world = load()
    articles = {r.id: Article.of(*readings[r.id]) for r in reports}
    trees = [d for d in read_conllu(shared / "corpora" / "ud" / "en_gum-ud-train.conllu.gz") if d.id in readings]
    spoken = [c for r in reports for c in collect(articles[r.id], world, ANNOTATED, report_judge(r, articles[r.id]))]
    for d in trees:
        spoken += collect(Article.of(*readings[d.id]), world, TREEBANK, treebank_judge(d))
    doc = "Weights of the linear model of pronouns."
    (out / "coreference" / "weights.py").write_text(module("PRONOUNS", doc, fit(spoken, 5, 3), 0.02), "utf-8")
    book = codebook.load()
    roles: list[Choice] = []
    for r in reports:
        article = articles[r.id]
        linked = chains(article, world)
        roles += open_roles(r, article, readings[r.id][1], linked, book)
        roles += filled_roles(r, article, linked, *gold_claims(r, article))
    weights = {name: round(value, 2) for name, value in fit(roles, 10, 30).items() if abs(value) > 0.1}
    (out / "implicit_weights.tsv").write_text("".join(f"{k}\t{v}\n" for k, v in sorted(weights.items())), "utf-8")
    print(f"{len(reports)} reports, {len(trees)} documents of GUM, {len(spoken)} pronouns, {len(roles)} open roles")


if __name__ == "__main__":
    main()
