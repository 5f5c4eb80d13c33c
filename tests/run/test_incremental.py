"""Assembly bit by bit is assembly of everything, to the byte: documents in any order and batch, corrected, forgotten, and decided upon."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stories import COPY, DAY, FAR, POOL, RAIDERS, VILLAGE, document, killed, report, said_by, story

from polybius.assembly import Source, anchor, assemble
from polybius.report import to_json
from polybius.run.assemble import assemble_store
from polybius.run.assembling.accounts import sources
from polybius.run.decisions import Resolver, ruling, stored
from polybius.store import DERIVED, Entry, Journal, forget, open_reader, open_writer
from polybius.store.decisions import as_text, target_of, written

LONG = COPY + " " + " ".join(f"word{n}" for n in range(60))
BACK = [
    report(document("k", LONG + " An answer came."), 50, "ACCUSE", "accused", (VILLAGE,), (RAIDERS,), incident="e2"),
]
MORE = [
    *POOL,
    story("j", LONG),
    Source(document("k", LONG + " An answer came."), (*story("k", LONG + " An answer came.").reports, *BACK)),
    story("l", " ".join(LONG.split()[:45]), day=DAY + dt.timedelta(6), attribution=(said_by("Reuters"),)),
    story("m", LONG + " Torvale port.", **FAR),
    story("n", day=None),
    story("o", day=DAY + dt.timedelta(13), size=killed(4)),
    story("p", "Torvale port strike guild dockers. Denied.", **FAR, status="negated"),
]
# What takes the place of a document: other words, another day, another publisher, no report.
EDITED = [
    Source(document(one.document.id, one.document.text + " Edited."), story(one.document.id, one.document.text + " Edited.").reports)
    for one in MORE[::2]
] + [
    story(one.document.id, one.document.text, day=DAY + dt.timedelta(1)) for one in MORE[1::3]
] + [Source(document(one.document.id, one.document.text, publisher="Harbour Courier"), ()) for one in MORE[2::5]]  # fmt: skip


@pytest.fixture
def folder() -> Iterator[Path]:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as name:
        yield Path(name)


def add(path: Path, batch: list[Source], texts: bool = True) -> None:
    with open_writer(path, texts=texts) as store:
        store.add([Entry(source.document, source.reports) for source in batch])


def derived(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with open_reader(path) as store:
        return {table: list(store.rows(f"SELECT * FROM {table} ORDER BY ALL")) for table in DERIVED}


def rebuilt(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a copy of the store has after it was assembled as a whole."""
    copy = path.with_name("copy.duckdb")
    shutil.copyfile(path, copy)
    assemble_store(copy, everything=True)
    return derived(copy)


def in_memory(path: Path) -> list[str]:
    """The events that the same reports come to without a store, as JSON."""
    with open_reader(path) as store:
        everything = list(sources(store, [id for (id,) in store.rows("SELECT id FROM documents")]))
        decided = ruling(stored(store), Resolver(store))
    made = assemble(everything, decided)
    return [json.dumps(asdict(event), default=str, ensure_ascii=False, separators=(",", ":")) for event in made.events]


def check(path: Path) -> None:
    found = derived(path)
    assert found == rebuilt(path)
    records = [row[-2] for row in found["events"]]
    assert records == in_memory(path)


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.integers(0, len(MORE) - 1), min_size=1, max_size=6)),
        st.tuples(st.just("edit"), st.lists(st.integers(0, len(EDITED) - 1), min_size=1, max_size=2)),
        st.tuples(st.just("forget"), st.integers(0, len(MORE) - 1)),
        st.tuples(st.sampled_from(["same", "different"]), st.tuples(*[st.integers(0, len(MORE) - 1)] * 2)),
        st.tuples(st.sampled_from(["reject", "correct"]), st.integers(0, len(MORE) - 1)),
        st.tuples(st.just("undo"), st.integers(0, 3)),
        st.tuples(st.just("assemble"), st.none()),
    ),
    min_size=3,
    max_size=9,
)


def act(path: Path, kind: str, what: object) -> None:
    with open_reader(path) as store:
        there = {id for (id,) in store.rows("SELECT id FROM documents")}
    match kind, what:
        case "add", list(places):
            add(path, [MORE[at] for at in dict.fromkeys(places)])
        case "edit", list(places):
            add(path, [EDITED[at] for at in places if EDITED[at].document.id in there])
        case "forget", int(at) if MORE[at].document.id in there:
            forget(path, MORE[at].document.id)
        case "same" | "different", (int(one), int(two)) if one != two:
            Journal(path).append(kind, anchor(MORE[one].reports[0]), anchor(MORE[two].reports[0]))
        case "reject" | "correct", int(at):
            target = written(target_of(to_json(MORE[at].reports[0]), MORE[at].document.text))
            Journal(path).append(
                kind, target, as_text({"values": {"status": "negated"}}) if kind == "correct" else None
            )
        case "undo", int(back):
            made = [one for one in Journal(path).read() if one.kind != "undo"]
            if len(made) > back:
                Journal(path).append("undo", f"{made[-1 - back].journal}/{made[-1 - back].seq}")
        case "assemble", _:
            assemble_store(path)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, len(MORE) - 1), min_size=1, max_size=12), ACTIONS)
def test_bit_by_bit_is_all_at_once(folder: Path, first: list[int], actions: list[tuple[str, object]]) -> None:
    for old in folder.iterdir():
        old.unlink()
    path = folder / "news.duckdb"
    add(path, [MORE[at] for at in dict.fromkeys(first)])
    assemble_store(path)
    for kind, what in actions:
        act(path, kind, what)
    assemble_store(path)
    check(path)


def test_a_day_loads_its_own_documents_only(folder: Path) -> None:
    path = folder / "news.duckdb"
    add(path, MORE[:10])
    assert assemble_store(path).looked == 10
    add(path, MORE[10:12])
    assert assemble_store(path).looked == 2
    assert assemble_store(path, everything=True).looked == 12
    check(path)


def test_without_texts_too(folder: Path) -> None:
    path = folder / "news.duckdb"
    for at in range(0, len(MORE), 5):
        add(path, MORE[at : at + 5], texts=False)
        assemble_store(path)
    check(path)


def test_what_goes_takes_its_events_links_and_copies_along(folder: Path) -> None:
    path = folder / "news.duckdb"
    add(path, MORE)
    assemble_store(path)
    assert {origin for _, origin, _ in derived(path)["origins"] if str(origin) in "jklm"} == {"j"}
    for id in ("j", "a", "d"):
        forget(path, id)
        assemble_store(path)
        check(path)


def test_a_forgotten_document_leaves_no_words_behind(folder: Path) -> None:
    path = folder / "news.duckdb"
    add(path, [*POOL, story("z", "Zanzibarian words of a forgotten text.", trigger="zanzibarized")])
    assemble_store(path)
    forget(path, "z")
    with open_reader(path) as store:
        for table in ("articles", "accounts"):
            rows = list(store.rows(f"SELECT * FROM {table} WHERE document_id = 'z'"))
            assert rows
            assert "zanzi" not in str(rows).lower()


class Cut(Exception):
    """The process ends here."""


def test_a_cut_at_any_place_is_made_good_by_the_next_assembly(folder: Path) -> None:
    path, calm = folder / "news.duckdb", folder / "calm.duckdb"
    add(path, MORE[:9])
    assemble_store(path)
    add(path, [*MORE[9:], *EDITED[:3]])
    points: list[str] = []
    shutil.copyfile(path, calm)
    assemble_store(calm, hook=points.append)
    expected = derived(calm)
    chance = random.Random(5)
    for stop in sorted(chance.sample(range(len(points)), 12)):
        broken = folder / "broken.duckdb"
        shutil.copyfile(path, broken)
        left = iter(range(stop))

        def hook(point: str, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Cut(point)

        with pytest.raises(Cut):
            assemble_store(broken, hook=hook)
        broken.with_name("broken.duckdb.lock").unlink(missing_ok=True)
        assemble_store(broken)
        assert derived(broken) == expected, points[stop]
