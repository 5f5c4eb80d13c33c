"""Writes docs/accuracy.md, and the scores that come with the package, from the pinned floors and confidence.json.

usage: python benchmarks/accuracy.py [--floors FILE] [--confidence FILE] [--out FILE] [--published FILE]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import confidence_page

from polybius.evaluation.fields import BUDGET
from polybius.evaluation.floors import Floor, FloorSet, read_floors
from polybius.evaluation.published import FILE, as_json

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.toml"
PAGE = HERE.parent / "docs" / "accuracy.md"
TENTH = ", a tenth"
ANNOTATED = "annotated "
ALL, LOST = "all annotated reports, bucket 0", "fields of annotated reports, bucket 1"
ALWAYS = "status, if all were said to be actual"
FAULTS = ("right", "missed", "spurious", "wrong type", "wrong status", "wrong role", "wrong grounding")
VERDICTS = ("right", "wrong type", "no event", "unread")

INTRODUCTION = """# How accurate it is

*Written by `just accuracy` from `benchmarks/floors.toml` and `benchmarks/confidence.json`; change those, not this page.*

Every score is a percentage with its 95 % interval in brackets (bootstrap over documents, 1,000 resamples). The whole pipeline codes raw text;
what is scored are the final records. Measure it on your own texts: `polybius evaluate GOLD`.
"""

MEANING = """## What the scores mean

| score | what is counted |
|---|---|
| trigger and type | F1: a coded event is right where its trigger overlaps a gold trigger of the same type, one to one |
| trigger | the same, whatever the type |
| type of sentence | F1 over the sets of types of the sentences, whatever the triggers |
| macro-F1 over types | mean F1 of the 16 types, each counting the same |
| mode, status | accuracy on events whose trigger and type are right; modes must agree as a set |
| status, if all were said to be actual | the accuracy of a coder that calls every event actual: what status is to be read beside |
| macro-F1 over statuses | mean F1 of the five statuses; always to say "actual" has a high accuracy and a low macro-F1 |
| context | F1 over the contexts of a whole text |
| actor, recipient, place, date, by (span) | F1 of the phrases, given the right trigger: at least half of the characters that the two cover are shared |
| … (head) | the same by the head word, found by its form: the last word before a comma, a preposition or a conjunction |
| type, actor and recipient | F1 over all events: type, and all actors and recipients right by span and number |
| implicit fillers | F1 of actors and recipients that the sentence leaves open and the article fills, by entity |
| source (overlap), claimant | F1 of who says so, given the right trigger: by overlapping words, and by entity |
| actor code, actor sector, … | accuracy on fillers that were found: country (or that nobody can tell), and whether our first sector is among the gold ones |
| same event (links) | F1 over pairs of mentions in one article that are about one event, among right triggers |
| false events in quiet sentences | events coded in 100 sentences in which the gold has none: less is better |
"""

FALSE = """## Events where there should be none

The politics part of CrossNER and the biographies, travel guides and academic texts of GUM (development parts) come without events, and
many of their sentences tell of none. Each event coded there was read by a language-model coder with the guidelines of annotation, who says
whether it is one of that type, one of another type, or none at all; which of them is in `benchmarks/false_events.tsv`, by sentence and
trigger. Events of a later reader that nobody has read yet are unread, and count as false until somebody does. Encyclopedias do tell of
wars, arrests and visits, mostly as history: these are right. So is the merger or the electoral alliance of parties, as cooperation, and the
endorsement of a candidate, as support; to be for or against a war or a law is none. The same rate for annotated reports stands above.

"""

LOST_TEXT = """### What becomes of each field

Bucket 1, which may be looked at: of 100 gold items of a field, how many are right and what became of the others; what was coded for nothing comes
on top. All fields but the type are judged where trigger and type are right. A filler that was coded in another role of its event is of the
wrong role; one that was found, but has the code of somebody else, is grounded wrongly.

"""

SYSTEMS = """## Other systems

No other system has been measured on the data of this page, and the reference files behind this work (PLOVER's manual, its crosswalk, its gold
standard records) state the accuracy of none: so no figure of another system stands beside ours. PLV comes from
[Hu and others 2024](https://arxiv.org/abs/2308.07876), who classify its relations with both sides marked, as *PLV train, sides given*
does here; their scores are on its test part, which was not used here.

"""

LABELS = """## The data behind it

- **Annotated reports**: news digests (one or two sentences), stories, and synthetic reports, each family scored apart. Bucket 0 of the split is held out:
  it is scored by a script, its errors are never looked at. The labels were made by language-model coders after written guidelines, one pass and a second
  reading each; nobody else has checked them. On 176 further reports two independent runs agreed on trigger and type at F1 95.6 (digests) and
  92.0 (stories), on type with actor and recipient at 87.3 and 82.1: more than that cannot be measured with these labels. A few conventions of coding
  were settled after counting annotated lines of all buckets; `training/README.md` in the repository says which.
- **PLOVER gold standard records** (sentences of a codebook, one event each; types of the 0.5 draft mapped) and **PLV** (dyads with one type each; it does not tell
  CONCEDE from RETREAT): other people's labels, never trained on. Further events of a sentence are not marked there, so that F1 understates precision.
- **PLV, sides given**: the type that `between` gives for the two sides, one a sentence; a conviction counts as ACCUSE, as in CAMEO's crosswalk.
- **MEANTIME** (Airbus and Apple): business news in which every event is marked, political or not. It is scored given what was coded: whether a coded
  trigger is an event, and whether its actor, place, day and status are those of that event.
- **PolNeAR dev**: sources of all attributions in US news, a relative clause's by its pronoun. Missed and false sources of one half of its
  articles (by a hash of their names) were read while the rules were written, those of the other half were not: 73.8 and 70.9 at that time. Beside them stand those of the coded reports alone, whose recall is low by nature.
- **MUC-3/4 dev**: upper-case reports of 1989 to 1991; whether a report tells of an attack, and of which kinds (attack, bombing, kidnapping).
- **GeoVirus** (documents with an even hash), **LGL**, **WikiWars** (a fifth), **AQUAINT**: places and dates on gold mentions, only scored.

## Known weaknesses

- Stories full of allusion are coded far worse than digests; sentences in which an event is only hinted at are missed or over-read.
- Rare modes and statuses have few examples: see their tables before you rely on one.
- Codes and sectors are scored on fillers that were found; an event counts in full only where trigger, roles and codes are all right.
- Labels and model share an origin in language models: text that both misread in the same way counts as right.
"""


def page(pinned: Mapping[str, FloorSet], confidence: Mapping[str, Any] | None = None) -> str:
    """The whole page; without scores of confidence it has no section on it."""
    whole = {name: one for name, one in pinned.items() if not name.endswith(TENTH)}
    if not whole:
        return f"{INTRODUCTION}\nNothing is pinned yet.\n\n{MEANING}\n{LABELS}"
    families = {name.removeprefix(ANNOTATED): one for name, one in whole.items() if name.startswith(ANNOTATED)}
    others = {name: one for name, one in whole.items() if not name.startswith(ANNOTATED) and name not in (ALL, LOST)}
    if ALL in whole:
        families["all, bucket 0"] = whole[ALL]
    parts = [
        INTRODUCTION,
        made_with(whole.values()),
        "## Annotated reports\n\n" + columns(families, with_always(tasks(families)), shown),
        "### The error budget\n\nOf 100 gold events: how many are right in everything, and the first thing that is wrong with the others; spurious "
        "events come on top.\n\n" + columns(families, [f"budget/{name}" for name in BUDGET], detail),
        "### By type\n\nF1 of trigger and type, with the number of gold events.\n\n" + details(families, "types/"),
        "### By status\n\nF1 on right triggers, with the number of gold events.\n\n" + details(families, "statuses/"),
        LOST_TEXT + lost(whole[LOST]) if LOST in whole else "",
        MEANING,
        false_events(whole),
        confidence_page.section(confidence or {}),
        "## Other data\n\n" + rows(others),
        SYSTEMS,
        LABELS,
    ]
    return "\n".join(filter(None, parts))


def made_with(sets: Iterable[FloorSet]) -> str:
    """The fingerprints; sets that were pinned with other parts are told."""
    found = sorted({tuple(one.made_with.items()) for one in sets})
    lines = [", ".join(f"{part} `{print_}`" for part, print_ in parts) for parts in found]
    return "Scored with " + "; some sets with ".join(lines) + ".\n"


Cell = Callable[[FloorSet, str], str]


def tasks(sets: Mapping[str, FloorSet]) -> list[str]:
    return list(dict.fromkeys(task for one in sets.values() for task in one.floors))


def columns(sets: Mapping[str, FloorSet], names: Sequence[str], cell: Cell) -> str:
    """One column a set, one line a task."""
    heads = ["", *(f"{name} ({one.documents} texts)" for name, one in sets.items())]
    lines = [[name.rpartition("/")[2], *(cell(one, name) for one in sets.values())] for name in names]
    return table(heads, lines)


def details(sets: Mapping[str, FloorSet], start: str) -> str:
    names = sorted({task for one in sets.values() for task in one.details if task.startswith(start)})
    return columns(sets, names, detail_with_number)


def rows(sets: Mapping[str, FloorSet]) -> str:
    """One line a score."""
    lines = [[name, task, value(floor), floor.gold] for name, one in sets.items() for task, floor in one.floors.items()]
    return table(["data", "score", "", "gold items"], lines)


def with_always(names: Sequence[str]) -> list[str]:
    """The tasks with the accuracy of saying "actual" always behind that of status."""
    return [part for name in names for part in ((name, ALWAYS) if name == "status" else (name,))]


def lost(one: FloorSet) -> str:
    """One line a field, one column a fault; a field is there with the number of its gold items."""
    names = list(dict.fromkeys(task.split("/")[1] for task in one.details))
    lines = []
    for name in names:
        found = {fault: one.details.get(f"fields/{name}/{fault}") for fault in FAULTS}
        size = next(number for score in found.values() if score for number in (score[1],))
        lines.append([name, f"{size:,}", *(f"{score[0]:.1f}" if score else "" for score in found.values())])
    return table(["field", "gold", *FAULTS], lines)


def false_events(whole: Mapping[str, FloorSet]) -> str:
    """The sets whose events were read, with the share of each verdict."""
    judged = {name: one for name, one in whole.items() if any(task.startswith("verdicts/") for task in one.details)}
    lines = []
    for name, one in judged.items():
        told = [one.details.get(f"verdicts/{verdict}", (0.0, 0)) for verdict in VERDICTS]
        rates = [value(one.floors[task]) for task in one.floors]
        lines.append([name, f"{max(number for _, number in told):,}", *(f"{score:.1f} %" for score, _ in told), *rates])
    tasks_of = list(dict.fromkeys(task for one in judged.values() for task in one.floors))
    return FALSE + table(["data", "events", *VERDICTS, *tasks_of], lines) if judged else ""


def shown(one: FloorSet, task: str) -> str:
    if task == ALWAYS:
        numbers = {name: number for name, (_, number) in one.details.items() if name.startswith("statuses/")}
        return f"{100 * numbers.get('statuses/actual', 0) / sum(numbers.values()):.1f}" if numbers else ""
    return value(one.floors[task]) if task in one.floors else ""


def value(floor: Floor) -> str:
    return f"{floor.score:.1f} [{floor.low:.1f}, {floor.high:.1f}]"


def detail(one: FloorSet, task: str) -> str:
    return f"{one.details[task][0]:.1f}" if task in one.details else ""


def detail_with_number(one: FloorSet, task: str) -> str:
    return f"{one.details[task][0]:.1f} ({one.details[task][1]:,})" if task in one.details else ""


def table(heads: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    whole = [heads, ["---"] * len(heads), *lines]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in whole) + "\n"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--floors", type=Path, default=FLOORS)
    parser.add_argument("--confidence", type=Path, default=confidence_page.FILE)
    parser.add_argument("--out", type=Path, default=PAGE)
    parser.add_argument("--published", type=Path, default=FILE)
    options = parser.parse_args(arguments)
    pinned = read_floors(options.floors)
    options.out.write_text(page(pinned, confidence_page.read(options.confidence)), encoding="utf-8")
    options.published.write_text(as_json(pinned.values()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
