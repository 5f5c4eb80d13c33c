"""PLOVER as packaged: complete, consistent, and decided where its sources disagree."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from polybius.codebook import Codebook, CodebookError, load
from polybius.codebook.load import packaged, parse

SHARED = Path(__file__).parents[3] / "shared"
QUADS = {
    "VERBAL COOPERATION": ["AGREE", "CONSULT", "SUPPORT", "CONCEDE"],
    "MATERIAL COOPERATION": ["COOPERATE", "AID", "RETREAT"],
    "VERBAL CONFLICT": ["REQUEST", "ACCUSE", "REJECT", "THREATEN"],
    "MATERIAL CONFLICT": ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"],
}


@pytest.fixture(scope="module")
def plover() -> Codebook:
    return load()


def test_the_sixteen_types_stand_in_their_quad_classes(plover: Codebook) -> None:
    found = {quad: [name for name in plover.types if plover.quad(name) == quad] for quad in plover.quads}
    assert found == QUADS
    assert list(plover.quads.values()) == [1, 2, 3, 4]


def test_everything_has_a_definition(plover: Codebook) -> None:
    assert all(len(event.definition) > 60 for event in plover.types.values())
    assert all(len(mode.definition) > 10 for event in plover.types.values() for mode in event.modes.values())
    assert len(plover.contexts) == 37
    assert len(plover.sectors) == 25


def test_cooperation_scores_above_conflict(plover: Codebook) -> None:
    for event in plover.types.values():
        scores = [event.scale, *(mode.scale for mode in event.modes.values())]
        if event.quad.endswith("COOPERATION"):
            assert min(scores) > 0, event.name
        else:
            assert max(scores) <= 0 or event.name == "REQUEST", event.name


def test_who_needs_a_recipient(plover: Codebook) -> None:
    assert {name for name, event in plover.types.items() if event.recipient} == {"COOPERATE", "AID", "SANCTION"}


def test_what_a_coming_event_becomes(plover: Codebook) -> None:
    futures = {name: event.future for name, event in plover.types.items() if event.future}
    assert futures == {
        "CONSULT": "AGREE",
        "SUPPORT": "AGREE",
        "COOPERATE": "AGREE",
        "AID": "AGREE",
        "RETREAT": "CONCEDE",
    }
    assert all(plover.event(name).future is None for name in futures.values())


def test_modes_that_bring_a_context(plover: Codebook) -> None:
    assert plover.added_contexts("COERCE", ["cyber", "misinformation"]) == ("cyber", "misinformation")
    assert plover.added_contexts("COERCE", ["arrest"]) == ()


# --- decisions -------------------------------------------------------------------------------------------------------


def test_sanction_is_material_conflict(plover: Codebook) -> None:
    assert plover.quad("SANCTION") == "MATERIAL CONFLICT"


def test_accuse_scores_between_its_modes(plover: Codebook) -> None:
    scores = [mode.scale for mode in plover.event("ACCUSE").modes.values()]
    assert plover.scale("ACCUSE") == -3
    assert min(scores) < plover.scale("ACCUSE") < max(scores)


def test_vandalize_scores_as_protest_does(plover: Codebook) -> None:
    assert plover.scale("PROTEST", ["vandalize"]) == plover.scale("PROTEST") == -5


def test_of_several_modes_the_gravest_counts(plover: Codebook) -> None:
    assert plover.scale("ASSAULT", ["beat", "primitive"]) == -8
    assert plover.scale("CONSULT", ["phone", "visit"]) == 4


@pytest.mark.parametrize(
    "decision",
    [
        "sanction-quad",
        "accuse-score",
        "vandalize-score",
        "protest-recipient",
        "aid-modes",
        "assault-side-ab",
        "retreat-to-come",
        "future-cooperation",
        "names-of-types",
        "names-of-contexts",
        "several-modes",
        "conviction",
        "international-sanctions",
        "apology",
        "curfew-eased",
        "aerial-weapons",
        "crosswalk-modes",
        "crosswalk-contexts",
    ],
)
def test_a_decision_says_what_was_found_what_holds_and_why(plover: Codebook, decision: str) -> None:
    found = {entry.id: entry for entry in plover.decisions}[decision]
    assert len(found.found) > 30
    assert found.decision
    assert len(found.reason) > 20


def held_places() -> list[tuple[str, str]]:
    return [held for entry in load().decisions for held in entry.holds]


def test_decisions_hold_places_of_the_file() -> None:
    assert len(held_places()) >= 25


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("    scale: -3\n", "    scale: 3\n", "types.ACCUSE.scale: decided as -3 (decisions), found 3"),
        ("    future: CONCEDE\n", "", "decided as CONCEDE (decisions), found absent"),
        (
            "contexts:\n  military:",
            "contexts:\n  humanitarian: Help.\n  military:",
            "contexts.humanitarian: decided as absent",
        ),
    ],
)
def test_a_change_against_a_decision_is_a_fault(old: str, new: str, fault: str) -> None:
    text = packaged().read_text(encoding="utf-8")
    assert len(re.findall(f"^{re.escape(old)}", text, re.MULTILINE)) == 1
    with pytest.raises(CodebookError, match=re.escape(fault)):
        parse(re.sub(f"^{re.escape(old)}", new, text, flags=re.MULTILINE).encode(), "plover.yaml")


# --- against the sources, where they are -----------------------------------------------------------------------------


def manual() -> str:
    path = SHARED / "reference" / "PLOVER_MANUAL.tex"
    if not path.exists():
        pytest.skip("the reference files are not beside this checkout")
    return path.read_text(encoding="utf-8")


def printed_scores(text: str) -> dict[tuple[str, str], float]:
    """The scores of the manual's table by type and mode; the mode of a type's own score is empty."""
    table = text[
        text.index(r"\caption{PLOVER conflict--cooperation scores}", text.index(r"\textbf{CATEGORY: Mode}") - 300) :
    ]
    table = re.sub(r"\\cellcolor\{[^}]*\}", "", table[: table.index(r"\end{table}")])
    cells = re.findall(r"([A-Z]{3,})(?:: ([A-Z][a-z-]+))?\s*&\s*(-?[\d.]+)", table)
    return {(name, mode.lower()): float(score) for name, mode, score in cells}


def test_the_scores_are_those_of_the_manual(plover: Codebook) -> None:
    printed = printed_scores(manual())
    ours = {(name, ""): event.scale for name, event in plover.types.items()}
    ours |= {(name, mode.name): mode.scale for name, event in plover.types.items() for mode in event.modes.values()}
    assert {key for key in ours if key not in printed} == {("PROTEST", "vandalize")}
    assert {key: (score, printed[key]) for key, score in ours.items() if printed.get(key, score) != score} == {
        ("ACCUSE", ""): (-3.0, 3.0)
    }
    assert set(printed) <= set(ours)


def test_quad_and_recipient_are_those_of_the_manuals_sections(plover: Codebook) -> None:
    chapter = manual().split(r"\chapter{Event Categories}")[1].split(r"\chapter{Contexts}")[0]
    sections = dict(re.findall(r"\\section\{([A-Z]+)\}(.*?)(?=\\section\{|\Z)", chapter, re.DOTALL))
    assert set(sections) == set(plover.types)
    for name, text in sections.items():
        assert f"Quad category: {plover.quad(name)}" in text, name
        assert ("Requires recipient: Yes" in text) == plover.event(name).recipient, name


def annotation_checker() -> ModuleType:
    path = SHARED / "corpus" / "check.py"
    if not path.exists():
        pytest.skip("the corpus is not beside this checkout")
    spec = importlib.util.spec_from_file_location("corpus_check", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_names_are_those_of_the_corpus(plover: Codebook) -> None:
    checker = annotation_checker()
    assert {name: set(event.modes) for name, event in plover.types.items()} == checker.MODES
    assert set(plover.contexts) == checker.CONTEXTS
    assert {*plover.sectors, "-"} == checker.SECTORS


def words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def test_the_definitions_are_in_our_own_words(plover: Codebook) -> None:
    runs = words(manual())
    length = 9
    theirs = {tuple(runs[start : start + length]) for start in range(len(runs) - length)}
    ours = [event.definition for event in plover.types.values()]
    ours += [mode.definition for event in plover.types.values() for mode in event.modes.values()]
    ours += [*plover.context_definitions.values(), *plover.sector_definitions.values()]
    for definition in ours:
        found = words(definition)
        assert not theirs & {tuple(found[start : start + length]) for start in range(len(found))}, definition
