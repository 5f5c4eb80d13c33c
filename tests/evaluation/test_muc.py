"""MUC on a small archive of its form."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from texts import mark, text

from polybius.evaluation.counts import Count
from polybius.evaluation.gold import MarkedText
from polybius.evaluation.muc import Attacked, read_muc, score_attacks

MESSAGES = "".join(f"DEV-MUC3-000{n} (NOSC)\n\n   REPORT NUMBER {n}.\n   MORE.\n\n" for n in range(1, 7))
TEMPLATE = (
    "\n0.  MESSAGE: ID      DEV-MUC3-000{0} (NCCOSC)\n1.  MESSAGE: TEMPLATE     {1}\n4.  INCIDENT: TYPE     {2}\n"
)
TEMPLATES = [
    (1, "1", "KIDNAPPING"),
    (1, "2", "? BOMBING / ATTACK"),
    (2, "*", "*"),
    (3, "1 (OPTIONAL)", "ATTACK"),
    (4, "1", "ROBBERY"),
    (5, "1", "ROBBERY"),
    (5, "2", "ATTACK"),
]


def test_reports_get_the_kinds_of_their_templates(tmp_path: Path) -> None:
    files = {
        "dev/dev-muc3-0001-0100": MESSAGES,
        "dev/key-dev-0001.muc4": "".join(TEMPLATE.format(*t) for t in TEMPLATES),
        "dev/._key-dev-0001.muc4": "of another system",
    }
    with tarfile.open(tmp_path / "muc.tar.gz", "w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content.encode()))
    found = read_muc(tmp_path / "muc.tar.gz")
    assert [(a.id[-1], sorted(a.kinds)) for a in found] == [
        ("1", ["BOMBING", "KIDNAPPING"]),
        ("2", []),
        ("5", ["ATTACK"]),
    ]
    assert found[0].text == "REPORT NUMBER 1.\n   MORE."


@pytest.mark.parametrize(
    ("kinds", "coded", "document", "which"),
    [
        ({"KIDNAPPING", "ATTACK"}, text(mark("ASSAULT", (0, 1), modes=("abduct",))), Count(1, 1, 1), Count(1, 1, 2)),
        ({"ATTACK"}, text(mark("ASSAULT", (0, 1), modes=("explosives",))), Count(1, 1, 1), Count(0, 1, 1)),
        ({"ATTACK"}, text(mark("ASSAULT", (0, 1), "negated"), mark("AID", (3, 4))), Count(0, 0, 1), Count(0, 0, 1)),
        (set(), text(mark("ASSAULT", (0, 1))), Count(0, 1, 0), Count(0, 1, 0)),
    ],
)
def test_attacks_are_scored_on_the_whole_document(
    kinds: set[str], coded: MarkedText, document: Count, which: Count
) -> None:
    scores = score_attacks(Attacked("d", "", frozenset(kinds)), coded)
    assert scores == {"document with an attack": document, "kinds of attack": which}
