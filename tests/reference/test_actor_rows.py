"""Actors of the user's own, compiled tables, and tables made from Wikidata."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polybius.reference import ActorError, ActorTable, Entry, Term, load, pack, read_rows, write_entries

HEADS = "name,code,kind,sectors,aliases,office,from,to,identifier,source,as_of\n"


def written(folder: Path, text: str, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# --- the user's rows


def test_own_rows_win_over_ours(tmp_path: Path) -> None:
    own = written(tmp_path, HEADS + "Hamas,PSE,party,PTY;OPP,,,,,,,\nÉva Nagy,HUN,,GOV,,mayor,2024,2025-06,,,\n")
    world = load(extra=[own])
    assert [e.sectors for e in world.bodies("Hamas")] == [("PTY", "OPP")]
    assert world.phrases["hamas"].group == "party"
    (person,) = world.persons("Eva Nagy")
    assert (person.kind, person.terms[0].office, person.terms[0].covers("2025-06-30")) == ("person", "mayor", True)
    assert [e.name for e in world.surnamed("Nagy")] == ["Éva Nagy"]


def test_several_rows_of_a_person_are_several_terms(tmp_path: Path) -> None:
    own = written(
        tmp_path, "name,code,sectors,office,from,to\nA Bee,FRA,GOV,mayor,2001,2005\nA Bee,FRA,LEG,senator,2006,\n"
    )
    (entry,) = read_rows(own)
    assert [(t.office, t.sectors) for t in entry.terms] == [("mayor", ("GOV",)), ("senator", ("LEG",))]


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    own = written(
        tmp_path, "name,code,sectors,kind,from\n,FRA,,,\nB,France,,,\nC,FRA,GOD,,\nD,FRA,,tribe,\nE,FRA,,,May 2024\n"
    )
    with pytest.raises(ActorError) as caught:
        read_rows(own)
    told = str(caught.value).splitlines()
    assert len(told) == 5
    assert all(f"own.csv:{line}:" in text for line, text in zip(range(2, 7), told, strict=True))


def test_a_file_without_its_columns_or_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ActorError, match="no column code"):
        read_rows(written(tmp_path, "name,country\nA,FRA\n"))
    with pytest.raises(FileNotFoundError, match="no such file of actors"):
        read_rows(tmp_path / "none.csv")


# --- compiled tables


TERM = Term("prime minister", "FRA", ("GOV",), "2020-01-05", "", "2024-06-01", "test", True)
ENTRIES = [
    Entry(
        "Jean-Luc Dupont",
        "person",
        "FRA",
        (),
        "enwiki:Jean-Luc Dupont",
        "user",
        "2024",
        True,
        (TERM,),
        ("J.-L. Dupont",),
    ),
    Entry("Harbour Guard", "organ", "FRA", ("COP", "MIL"), None, "user", "2024", True, (), ("HG",)),
]


def test_what_is_packed_is_found_again() -> None:
    table = ActorTable(pack(ENTRIES))
    (person,) = table.named("JEAN LUC DUPONT")
    assert (person.name, person.terms, person.identifier) == ("Jean-Luc Dupont", (TERM,), "enwiki:Jean-Luc Dupont")
    assert table.surnamed("Dupont") == (person,)
    assert [e.name for e in table.named("hg")] == ["Harbour Guard"]
    assert table.named("nobody") == () and len(table) == 2
    assert pack(ENTRIES) == pack(list(ENTRIES))


def test_a_name_goes_before_an_alias() -> None:
    table = ActorTable(
        pack(
            [
                Entry("A", "party", "FRA", (), None, "", "", True, (), ("B",)),
                Entry("B", "party", "DEU", (), None, "", "", True),
            ]
        )
    )
    assert [e.name for e in table.named("b")] == ["B", "A"]


@pytest.mark.parametrize("data", [b"", b"not gzip", b"\x1f\x8b\x08"])
def test_what_is_no_table_is_told(data: bytes) -> None:
    with pytest.raises(ActorError):
        ActorTable(data)


@pytest.mark.parametrize("name", ["out.csv", "out.tsv.gz"])
def test_a_written_table_is_one_that_can_be_used(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    write_entries(ENTRIES, out)
    world = load(extra=[out]) if name.endswith(".csv") else load(actors=out)
    assert world.persons("Jean-Luc Dupont")[0].terms[0].office == "prime minister"
    assert world.bodies("HG")[0].sectors == ("COP", "MIL")


# --- Wikidata


def snak(value: object) -> dict[str, object]:
    return {"datavalue": {"value": value}}


def item(
    id: str, label: str, claims: dict[str, list[dict[str, object]]], title: str | None = None, about: str = ""
) -> str:
    links = {"enwiki": {"title": title}} if title else {}
    body = {
        "id": id,
        "labels": {"en": {"value": label}},
        "descriptions": {"en": {"value": about}} if about else {},
        "aliases": {"en": [{"value": f"{label} alias"}]},
        "claims": claims,
        "sitelinks": links,
    }
    return json.dumps(body)


def of(id: str) -> dict[str, object]:
    return {"mainsnak": snak({"id": id})}


def day(text: str, precision: int) -> list[dict[str, object]]:
    return [snak({"time": f"+{text}T00:00:00Z", "precision": precision})]


HELD = {
    "mainsnak": snak({"id": "Q900001"}),
    "rank": "normal",
    "qualifiers": {"P580": day("2024-03-05", 11), "P582": day("2025-00-00", 9)},
}
DUMP = [
    "[",
    item("Q900002", "Anna Kovač", {"P39": [HELD], "P27": [of("Q142")]}, "Anna Kovač") + ",",
    item("Q900001", "Minister of Defence of France", {"P17": [of("Q142")]}) + ",",
    item("Q900003", "Harbour Police of Brest", {"P17": [of("Q142")]}, "Harbour Police of Brest") + ",",
    item("Q900004", "Some hill", {"P17": [of("Q142")]}, "Some hill", "a hill in Brittany"),
    "]",
]


def test_a_dump_gives_persons_with_offices_and_bodies(tmp_path: Path) -> None:
    dump = written(tmp_path, "\n".join(DUMP), "extract.json")
    found = {e.name: e for e in load().from_wikidata(dump, "2026-01-01")}
    assert set(found) == {"Anna Kovač", "Harbour Police of Brest"}
    (term,) = found["Anna Kovač"].terms
    assert (term.code, term.sectors, term.since, term.until) == ("FRA", ("GOV", "MIL"), "2024-03-05", "2025")
    assert found["Anna Kovač"].identifier == "enwiki:Anna Kovač"
    body = found["Harbour Police of Brest"]
    assert (body.kind, body.code, body.sectors, body.aliases) == (
        "organ",
        "FRA",
        ("COP",),
        ("Harbour Police of Brest alias",),
    )


QUERY = "person,personLabel,officeLabel,country,start,end,article\n" + "\n".join(
    [
        "http://www.wikidata.org/entity/Q7,Anna Kovač,Prime Minister of France,http://www.wikidata.org/entity/Q142,2024-03-05T00:00:00Z,,",
        "http://www.wikidata.org/entity/Q7,Anna Kovač,Minister of Health,FRA,2020-01-01,2024-03-05,",
        "http://www.wikidata.org/entity/Q8,Nobody,Duke,Q99999999,,,",
    ]
)


def test_a_query_result_as_csv_or_json(tmp_path: Path) -> None:
    world = load()
    (entry,) = world.from_wikidata(written(tmp_path, QUERY, "query.csv"), "2026-01-01")
    assert [(t.since, t.until, t.sectors) for t in entry.terms] == [
        ("2024-03-05", "", ("GOV",)),
        ("2020-01-01", "2024-03-05", ("GOV", "MED")),
    ]
    assert entry.identifier == "Q7"
    rows = [
        dict(zip(QUERY.splitlines()[0].split(","), line.split(","), strict=True)) for line in QUERY.splitlines()[1:]
    ]
    bindings = [{k: {"type": "literal", "value": v} for k, v in row.items() if v} for row in rows]
    result = json.dumps({"head": {"vars": []}, "results": {"bindings": bindings}})
    assert world.from_wikidata(written(tmp_path, result, "query.json"), "2026-01-01") == [entry]


@pytest.mark.parametrize(
    ("text", "name"), [("{broken", "a.json"), ('{"title": "no item"}', "b.json"), ("a,b\n1,2\n", "c.csv")]
)
def test_what_is_no_dump_is_told(tmp_path: Path, text: str, name: str) -> None:
    with pytest.raises(ActorError, match=name.replace(".", r"\.")):
        load().from_wikidata(written(tmp_path, text, name), "2026-01-01")
