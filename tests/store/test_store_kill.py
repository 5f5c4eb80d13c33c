"""kill -9 just before and just after everything that lasts: after the same again nothing is lost and nothing doubled."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from polybius.store import POINTS

if sys.platform == "win32":
    pytest.skip("processes are forked and killed", allow_module_level=True)

import store_victim


@pytest.fixture(scope="module")
def server() -> Iterator[store_victim.Server]:
    with store_victim.server() as started:
        yield started


@pytest.fixture
def folder() -> Iterator[Path]:
    yield from new_folder()


def new_folder() -> Generator[Path, None, None]:
    """In memory where there is such a place: a killed process, unlike a power cut, loses nothing that it had handed over."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def undisturbed(server: store_victim.Server) -> tuple[Counter[str], dict[str, Any]]:
    folder = next(folders := new_folder())
    answer = server.run(folder)
    assert (answer["signal"], answer["exit"]) == (0, 0)
    found = Counter(answer["points"]), store_victim.snapshot(folder)
    folders.close()
    return found


def test_the_corpus_comes_by_every_point(undisturbed: tuple[Counter[str], dict[str, Any]]) -> None:
    points, result = undisturbed
    assert set(points) == set(POINTS)
    assert len(result[store_victim.NEWS]) > 100
    assert result[store_victim.NEWS] == result[store_victim.COPY]
    assert all(result["found"].values())


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_loses_and_doubles_nothing(
    point: str, server: store_victim.Server, undisturbed: tuple[Counter[str], dict[str, Any]], folder: Path
) -> None:
    points, expected = undisturbed
    killed = server.run(folder, point=point, nth=(points[point] + 1) // 2)
    assert killed["signal"] == signal.SIGKILL
    assert killed["points"][-1] == point
    if (folder / store_victim.NEWS).exists():
        assert store_victim.faults(folder / store_victim.NEWS) == []
    again = server.run(folder)
    assert (again["signal"], again["exit"]) == (0, 0)
    assert store_victim.snapshot(folder) == expected


def test_random_kills_after_the_first_commit(
    server: store_victim.Server, undisturbed: tuple[Counter[str], dict[str, Any]], folder: Path
) -> None:
    """A few; ``just torture`` does fifty."""
    for delay in store_victim.delays(seed=3, kills=3, longest=0.3):
        server.run(folder, after=delay)
        assert store_victim.faults(folder / store_victim.NEWS) == []
    assert server.run(folder)["exit"] == 0
    assert store_victim.snapshot(folder) == undisturbed[1]
