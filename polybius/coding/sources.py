"""The attribution of a claim: the reader's sources with their cues, or the tree's where the reader has none."""

from __future__ import annotations

from polybius.coding.phrases import phrases
from polybius.coding.roles import BY_TREE, Fillers
from polybius.coding.speech import Saying, cue_of, sayings
from polybius.coding.tree import Tree
from polybius.coding.view import View
from polybius.records import Filler, Frame, Source, Span

# Acts done by saying: whoever does them is not their source ("We thank …", X said).
SPOKEN = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
FIRST_PERSON = frozenset({"i", "we"})


def sources_of(view: View, frame: Frame, tree: Tree, trigger: int, by: Fillers, actors: Fillers) -> tuple[Source, ...]:
    """Who says so; empty where the publisher's own voice does."""
    found = [Source(filler, cue(view, filler)) for filler in by]
    if not found:
        found = [source for saying in sayings(view, frame.sentence, trigger) for source in told(view, frame, saying)]
    kept = [source for source in found if not own_act(view, frame, source, actors)]
    for source in kept:
        view.note(
            source.filler.span,
            "attribution",
            "reader" if by else "tree",
            source.cue.of(view.text) if source.cue else "no cue",
        )
    return tuple(kept)


def cue(view: View, filler: Filler) -> Span | None:
    tree = view.tree(view.sentence_at(filler.span.start))
    return cue_of(tree, tree.words(filler.span))


def told(view: View, frame: Frame, saying: Saying) -> list[Source]:
    tree = view.tree(saying.sentence)
    filler = Filler(tree.span(saying.speaker, saying.speaker), BY_TREE, saying.sentence != frame.sentence)
    return [Source(item, saying.cue) for item in phrases(view, filler, "by")]


def own_act(view: View, frame: Frame, source: Source, actors: Fillers) -> bool:
    """Whether the source only does what the trigger says: "accused" is the accuser's act, not his claim."""
    if source.cue is not None and source.cue.overlaps(frame.trigger):
        view.note(source.filler.span, "attribution", "dropped", "the trigger is the word of saying")
        return True
    if frame.event not in SPOKEN:
        return False
    same = any(
        filler.span.overlaps(source.filler.span) or filler.span.of(view.text).lower() in FIRST_PERSON
        for filler in actors
    )
    if same:
        view.note(source.filler.span, "attribution", "dropped", "the speaker's own act of speech")
    return same
