"""The gate: scores what is coded now and compares each score with its pinned floor.

usage: python benchmarks/gate.py [--full | --pin [--sink]] [--errors] [--only WORD ...] [--model DIR] [--shared DIR] [--allow-missing]

Without --full a fixed tenth of the documents is scored, by a hash of their ids. --pin scores all and writes the floors of both; a
floor that would have to sink stays and is named, unless --sink is given too. --errors shows the worst confusions of bucket 1 of the
annotated reports, which is there for that; of bucket 0 only totals are ever computed. Exit status 1: a score is below its floor,
or CI is set and something could not be scored.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import measures
from measures import Kit, Measure

from polybius.evaluation.compare import compare
from polybius.evaluation.counts import Counts
from polybius.evaluation.floors import Line, Pinned, ScoreSet, check, pin, read_floors, write_floors
from polybius.evaluation.scores import confusions, score

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.toml"
TENTH = ", a tenth"


@dataclass(slots=True)
class Gathered:
    """The counts of every document of every set, and what could not be scored."""

    documents: dict[str, dict[str, Counts]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def sets(self, kit: Kit, tenth: bool) -> Iterator[ScoreSet]:
        """The scores of each set, of all its documents or of the tenth."""
        for name, documents in self.documents.items():
            chosen = [counts for id, counts in documents.items() if not tenth or in_tenth(id)]
            if chosen:
                title = name + TENTH * tenth
                yield ScoreSet(title, len(chosen), self.digests[name], kit.made_with, score(chosen))


def in_tenth(id: str) -> bool:
    """Whether a document belongs to the fixed tenth; salted, since buckets may have been cut by the hash of the bare id."""
    return int(hashlib.sha256(f"tenth:{id}".encode()).hexdigest(), 16) % 10 == 0


def gather(kit: Kit, wanted: Sequence[Measure], found: Gathered) -> None:
    """Run the measures whose files are there."""
    for measure in wanted:
        absent = [str(path) for path in measure.files(kit.shared) if not path.exists()]
        if absent or not measure.files(kit.shared):
            found.missing.append(f"{measure.name}: there is no {', '.join(absent) or kit.shared}")
            continue
        print(f"{measure.name} ...", file=sys.stderr, flush=True)
        digest = digest_of(measure.files(kit.shared))
        for name, id, counts in measure.run(kit):
            found.documents.setdefault(name, {})[id] = counts
            found.digests[name] = digest
        if not measure.annotated:
            kit.forget()


def digest_of(files: Iterable[Path]) -> str:
    """16 hex digits over names and contents."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


# --- what is printed -----------------------------------------------------------------------------------------------


def print_lines(lines: Sequence[Line]) -> None:
    """One line a score, the set above them."""
    name = ""
    for line in lines:
        if line.name != name:
            name = line.name
            print(f"\n{name}")
        print(f"  {'FAIL' if line.fails else 'ok  '} {line.task:34} {_now(line):32} {_pinned(line)}")


def print_beside(sets: Iterable[ScoreSet]) -> None:
    """What scores are to be read beside: the accuracy of status where every event is said to be actual; the share of each verdict."""
    for one in sets:
        parts = {part.task: part for part in one.scores if part.detail}
        statuses = {task: part.gold for task, part in parts.items() if task.startswith("statuses/")}
        if statuses:
            share = 100 * statuses.get("statuses/actual", 0) / sum(statuses.values())
            print(f"{one.name}: status would be {share:.2f} if all were actual")
        for task, part in parts.items():
            if task.startswith("verdicts/"):
                print(f"{one.name}: {part.value:.1f} % of the coded events are judged {task.partition('/')[2]}")


def _now(line: Line) -> str:
    return f"{line.now.value:6.2f} [{line.now.low:.2f}, {line.now.high:.2f}]" if line.now else "-"


def _pinned(line: Line) -> str:
    if line.pinned is None or line.now is None:
        return line.verdict
    change = line.now.value - line.pinned.score
    note = "" if line.verdict == "holds" else f"  {line.verdict}"
    return f"floor {line.pinned.floor:6.2f}  was {line.pinned.score:6.2f}  {change:+.2f}{note}"


def print_parts(kit: Kit, pinned: Pinned) -> None:
    """What was scored with what, where that is not what the floors were pinned with."""
    known = {key: value for one in pinned.values() for key, value in one.made_with.items()}
    for key, value in kit.made_with.items():
        other = f" (floors: {known[key]})" if known.get(key, value) != value else ""
        print(f"{key:9} {value}{other}")


def print_errors(kit: Kit) -> None:
    """Confusions of the annotated reports of bucket 1, family by family."""
    texts = [text for text in measures.annotated_texts(kit) if kit.bucket(text.id) == measures.ERRORS_BUCKET]
    for family in sorted({text.family for text in texts}):
        mine = [text for text in texts if text.family == family and text.document is not None]
        mistakes = [m for text in mine for m in compare(text, kit.code(text.document)).mistakes]  # type: ignore[arg-type]
        print(f"\n{family}, bucket {measures.ERRORS_BUCKET}: {len(mine)} reports")
        for one in confusions(mistakes, most=25):
            print(f"  {one.times:4} {one.field}: {one.gold} → {one.coded}")
            for example in one.examples:
                print(f"         {example.document}: “{example.words}” in: {example.sentence}")


def main(arguments: Sequence[str]) -> int:
    """Score, compare, and pin where told to."""
    options = parse(arguments)
    wanted = [m for m in measures.MEASURES if not options.only or any(word in m.name for word in options.only)]
    shared, found = options.shared, Gathered()
    if not shared.is_dir():
        found.missing = [f"{m.name}: there is no {shared}" for m in wanted]
        return conclude([], found.missing, options.allow_missing)
    whole = options.full or options.pin
    kit = Kit.make(shared, (lambda id: True) if whole else in_tenth, options.model)
    pinned = read_floors(options.floors)
    if options.errors:
        print_errors(kit)
        return 0
    print_parts(kit, pinned)
    gather(kit, wanted, found)
    if options.pin:
        return pin_all(kit, found, pinned, options)
    sets = list(found.sets(kit, tenth=not whole))
    lines = check(pinned, sets)
    print_lines(lines)
    print_beside(sets)
    return conclude(lines, found.missing, options.allow_missing)


def pin_all(kit: Kit, found: Gathered, pinned: Pinned, options: argparse.Namespace) -> int:
    """Write the floors of all and of the tenth; what would have to sink is named."""
    sets = [*found.sets(kit, tenth=False), *found.sets(kit, tenth=True)]
    floors, refused = pin(pinned, sets, options.sink)
    write_floors(options.floors, floors)
    print_lines(check(floors, sets))
    print_beside(found.sets(kit, tenth=False))
    for name in refused:
        print(f"stays where it was, the score is below it: {name}")
    if refused:
        print("--sink lets these floors sink; say why in CHANGELOG.md")
    return conclude([], found.missing, options.allow_missing) or int(bool(refused))


def conclude(lines: Sequence[Line], missing: Sequence[str], allowed: bool) -> int:
    """Say what failed and what could not be scored; the exit status."""
    for what in missing:
        print(f"not scored: {what}")
    failed = [line for line in lines if line.fails]
    if lines:
        print(f"\n{len(lines) - len(failed)} scores hold, {len(failed)} fail")
    absent = bool(missing) and bool(os.environ.get("CI")) and not allowed
    if absent:
        print("CI is set: nothing may be missing (--allow-missing lets it)")
    return int(bool(failed) or absent)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="score all documents")
    parser.add_argument("--pin", action="store_true", help="score all documents and write the floors")
    parser.add_argument("--sink", action="store_true", help="with --pin: let floors sink")
    parser.add_argument("--errors", action="store_true", help="show what goes wrong in bucket 1")
    parser.add_argument("--only", nargs="+", metavar="WORD", help="only measures whose names hold a word")
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared", help="folder with the data")
    parser.add_argument("--model", type=Path, help="folder of another reader than the packaged one")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="file of the floors")
    parser.add_argument("--allow-missing", action="store_true", help="missing data is no error even where CI is set")
    options = parser.parse_args(arguments)
    if options.sink and not options.pin:
        parser.error("--sink goes with --pin")
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
