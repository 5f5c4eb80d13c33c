"""Readers of other data sets, on small files of the same form, and their scorers."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

from texts import mark, party, text

from polybius.evaluation.corpora import (
    Dyad,
    OneEvent,
    Quoted,
    coded_sources,
    read_gsr,
    read_plv,
    read_polnear,
    score_dyad,
    score_one_event,
    score_sources,
)
from polybius.evaluation.counts import Count


def test_gold_standard_records_get_the_names_of_today(tmp_path: Path) -> None:
    records = [
        {"id": "0", "event": "DOCUMENT", "text": "about the file"},
        {"id": "1", "event": "DEMAND", "text": "Chad demanded aid."},
        {"id": "2", "event": "AID", "text": "  "},
        {"id": "3", "event": "FIGHT", "text": "They fought."},
    ]
    (tmp_path / "gsr.json").write_text(json.dumps(records))
    assert [(r.id, r.event) for r in read_gsr(tmp_path / "gsr.json")] == [("1", "REQUEST"), ("3", "ASSAULT")]


def test_the_known_type_is_one_of_those_coded() -> None:
    gold = OneEvent("d", "", "AID")
    assert score_one_event(gold, text(mark("AID", (0, 1)), mark("AID", (3, 4)), mark("REJECT", (5, 6)))) == {
        "type of sentence": Count(1, 2, 1)
    }
    assert score_one_event(gold, text()) == {"type of sentence": Count(0, 0, 1)}


def test_sides_are_found_in_the_text_without_marks(tmp_path: Path) -> None:
    rows = [
        "\tmarked_sentence\tgold_root",
        "0\tNow <t>Mali</t> was helped by <s>Chad</s>.\tAID",
        "1\tNobody is marked.\tAID",
    ]
    (tmp_path / "plv.tsv").write_text("\n".join(rows) + "\n")
    (dyad,) = read_plv(tmp_path / "plv.tsv")
    assert dyad.text == "Now Mali was helped by Chad."
    assert (dyad.text[slice(*dyad.actor)], dyad.text[slice(*dyad.recipient)], dyad.event) == ("Chad", "Mali", "AID")


def test_a_dyad_is_right_only_between_its_two_sides() -> None:
    gold = Dyad("d", "", (0, 4), (10, 14), "YIELD")
    chad, mali, niger = (party(span) for span in ((0, 9), (10, 14), (30, 34)))
    coded = text(
        mark("RETREAT", (5, 7), actor=[chad], recipient=[mali]),
        mark("AID", (15, 17), actor=[chad], recipient=[mali]),
        mark("REJECT", (20, 22), actor=[chad], recipient=[niger]),
        mark("ACCUSE", (40, 42), actor=[niger], recipient=[mali]),
    )
    assert score_dyad(gold, coded) == {
        "type between the sides": Count(1, 2, 1),
        "type of sentence": Count(1, 4, 1),
        "types/YIELD": Count(1, 1, 1),
        "types/AID": Count(0, 1, 0),
    }


def test_sources_are_read_from_the_first_of_several_annotators(tmp_path: Path) -> None:
    files = {
        "text/a_1.txt": "Putin said so. Kim agreed.",
        "attributions/a_1_ff.ann": "T1\tSource 15 18\tKim\n",
        "attributions/a_1_0b.ann": "T1\tSource 0 5\tPutin\nT2\tCue 6 10\tsaid\nE1\tAttribution:T2 Source:T1\n",
        "text/b.txt": "Nobody marked this.",
    }
    with tarfile.open(tmp_path / "polnear.tar.gz", "w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content.encode()))
    assert read_polnear(tmp_path / "polnear.tar.gz") == [Quoted("a_1", files["text/a_1.txt"], ((0, 5),))]


def test_sources_count_once_and_one_to_one() -> None:
    gold = Quoted("d", "", ((0, 5), (10, 15), (20, 25)))
    coded = text(
        mark("AID", (30, 34), by=[party((4, 8))]),
        mark("AID", (40, 44), by=[party((4, 8)), party((11, 12), "x"), party(None)]),
    )
    assert coded_sources(coded) == [(4, 8), (4, 8), (11, 12)]
    assert score_sources(gold, [*coded_sources(coded), (13, 14)]) == {"source (overlap)": Count(2, 3, 3)}
