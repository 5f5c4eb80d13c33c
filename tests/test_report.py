"""The report in its three shapes: JSON records, flat rows, Arrow rows."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import string
from pathlib import Path
from typing import Any

import duckdb
import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybius.records import STATUSES, Claim, Document, Filler, Source, Span, text_version
from polybius.report import (
    ARROW_FIELDS,
    CONFIDENCE_FIELDS,
    FLAT_COLUMNS,
    ActorField,
    DateField,
    DocumentRef,
    PlaceField,
    Quote,
    Report,
    SentenceRef,
    Size,
    Sizes,
    SourceField,
    arrow_schema,
    claim_id,
    document_ref,
    flat,
    from_arrow,
    from_json,
    json_schema,
    quote,
    report_id,
    to_arrow,
    to_json,
)

CONTRACT = Path(__file__).parents[2] / "shared" / "reference" / "RECORD.md"

TEXT = (
    "Ruritanian Foreign Minister Ada Pell visited Zenda on Tuesday, Strelsau Radio said, "
    "after at least 12 people were hurt at the border. She later spoke to the mayor."
)
EXAMPLE: dict[str, Any] = {
    "id": "rep1-0123456789abcdef0123",
    "schema": 1,
    "document": {
        "id": "wire-7",
        "version": text_version(TEXT),
        "url": None,
        "publisher": "Strelsau Post",
        "title": None,
        "published": "2024-05-16",
        "language": "en",
    },
    "sentence": {"index": 0, "start": 0, "end": 133},
    "event": "CONSULT",
    "mode": ["visit"],
    "context": ["diplomatic", "territory"],
    "status": "actual",
    "quad_code": "VERBAL COOPERATION",
    "event_scale": 4.0,
    "trigger": {"text": "visited", "start": 37, "end": 44},
    "actor": [
        {
            "text": "Ruritanian Foreign Minister Ada Pell",
            "start": 0,
            "end": 36,
            "implicit": False,
            "name": "Ada Pell",
            "code": "RUR",
            "sector": ["GOV"],
            "identifier": None,
            "chain": [[0, 36], [134, 137]],
            "status": "resolved",
            "reason": "name and title",
            "runners_up": [],
        }
    ],
    "recipient": [
        {
            "text": "Zenda",
            "start": 45,
            "end": 50,
            "implicit": False,
            "name": None,
            "sector": [],
            "identifier": None,
            "chain": [],
            "status": "ambiguous",
            "reason": "two states have a town of this name",
            "runners_up": ["RUR", "PON"],
        }
    ],
    "date": {
        "text": "Tuesday",
        "start": 54,
        "end": 61,
        "from": "2024-05-14",
        "to": "2024-05-14",
        "granularity": "day",
        "status": "resolved",
        "reason": "weekday on or before publication",
    },
    "place": [
        {
            "text": "Zenda",
            "start": 45,
            "end": 50,
            "name": "Zenda",
            "country": "RUR",
            "admin1": None,
            "latitude": 51.8,
            "longitude": 12.301,
            "geonames": None,
            "precision_km": 25,
            "status": "resolved",
            "reason": "capital of a province",
        }
    ],
    "attribution": [
        {
            "text": "Strelsau Radio",
            "start": 63,
            "end": 77,
            "name": "Strelsau Radio",
            "code": "RUR",
            "sector": ["JRN"],
            "cue": {"text": "said", "start": 78, "end": 82},
            "status": "resolved",
            "reason": "name",
        }
    ],
    "size": {
        "killed": None,
        "injured": {
            "low": 12,
            "best": 12,
            "high": None,
            "text": "at least 12",
            "start": 90,
            "end": 101,
            "attribution": [],
        },
        "arrested": None,
    },
    "incident": "e1",
    "found_by": "frame",
    "confidence": {"event": 0.97, "status": 0.98, "actor": 0.93, "place": 0.8, "date": 0.9, "attribution": 0.9},
    "stamp": "run1-0123456789abcdef0123",
}

# --- strategies ------------------------------------------------------------------------------------------------------

words = st.text(max_size=12)
optional_words = st.none() | words
offsets = st.integers(0, 10_000_000)
dates = st.none() | st.dates()
spans = st.builds(Span, offsets, offsets)
quotes = st.builds(Quote, words, offsets, offsets, st.sampled_from(["text", "title"]))
codes = st.none() | st.text(string.ascii_uppercase, min_size=3, max_size=3)
sectors = st.lists(st.text(string.ascii_uppercase, min_size=3, max_size=3), max_size=3).map(tuple)
several = st.lists(words, max_size=3).map(tuple)
whole = st.none() | st.integers(0, 10**12)
numbers = st.floats(-1e9, 1e9)
grounding = {
    "status": st.sampled_from(["resolved", "ambiguous", "not_found"]),
    "reason": words,
    "runners_up": several,
    "implicit": st.booleans(),
}
party = {"quote": quotes, "name": optional_words, "code": codes, "sector": sectors, "identifier": optional_words}
actors = st.builds(ActorField, **party, **grounding, chain=st.lists(spans, max_size=3).map(tuple))
sources = st.builds(SourceField, **party, **grounding, cue=st.none() | quotes)
places = st.builds(
    PlaceField,
    **grounding,
    quote=quotes,
    name=optional_words,
    country=optional_words,
    admin1=optional_words,
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
    geonames=whole,
    precision_km=st.none() | st.floats(0, 20_000),
)
date_fields = st.builds(
    DateField,
    **grounding,
    quote=st.none() | quotes,
    start=dates,
    end=dates,
    granularity=st.sampled_from([None, "day", "week", "month", "season", "quarter", "year", "decade", "range"]),
)
sizes = st.none() | st.builds(Size, whole, whole, whole, quotes, st.lists(sources, max_size=1).map(tuple))
scores = st.dictionaries(st.sampled_from(CONFIDENCE_FIELDS), st.floats(0, 1)).map(lambda found: tuple(found.items()))
reports = st.builds(
    Report,
    id=st.just("rep1-") | words.map("rep1-x{}".format),
    document=st.builds(DocumentRef, words, words, optional_words, optional_words, optional_words, dates, words),
    sentence=st.builds(SentenceRef, offsets, offsets, offsets, st.sampled_from(["text", "title"])),
    event=words,
    status=st.sampled_from(STATUSES),
    quad_code=words,
    event_scale=numbers,
    trigger=quotes,
    mode=several,
    context=several,
    actor=st.lists(actors, max_size=2).map(tuple),
    recipient=st.lists(actors, max_size=2).map(tuple),
    date=date_fields,
    place=st.lists(places, max_size=2).map(tuple),
    attribution=st.lists(sources, max_size=2).map(tuple),
    size=st.builds(Sizes, sizes, sizes, sizes),
    incident=words,
    found_by=words,
    confidence=scores,
    stamp=words,
)


def minimal(**changes: Any) -> Report:
    return dataclasses.replace(from_json(EXAMPLE), **changes)


# --- the contract ----------------------------------------------------------------------------------------------------


def validate(record: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(json_schema()).validate(record)


def test_the_example_fits_the_schema_and_its_spans_quote_the_text() -> None:
    validate(EXAMPLE)
    quoted = re.findall(r'"text": "([^"]+)", "start": (\d+), "end": (\d+)', json.dumps(EXAMPLE))
    assert len(quoted) >= 7
    assert all(TEXT[int(start) : int(end)] == words for words, start, end in quoted)


def test_the_example_comes_back_with_the_same_bytes() -> None:
    assert json.dumps(to_json(from_json(EXAMPLE))) == json.dumps(EXAMPLE)


def contract_example() -> dict[str, Any]:
    if not CONTRACT.exists():
        pytest.skip("the reference files are not beside this checkout")
    block = re.search(r"```json\n(.*?)\n```", CONTRACT.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    found: dict[str, Any] = json.loads(block.group(1))
    return found


def missing(wanted: Any, found: Any) -> bool:
    """Whether ``found`` lacks anything of ``wanted``, or has keys of it in another order."""
    if isinstance(wanted, dict):
        order = [key for key in found if key in wanted]
        return order != list(wanted) or any(missing(value, found[key]) for key, value in wanted.items())
    if isinstance(wanted, list):
        return len(wanted) != len(found) or any(map(missing, wanted, found))
    return bool(wanted != found)


def test_the_contract_example_fits_the_schema_and_loses_nothing() -> None:
    record = contract_example()
    validate(record)
    assert not missing(record, to_json(from_json(record)))


def test_missing_sees_a_lost_key_another_order_and_another_value() -> None:
    assert missing({"a": 1}, {})
    assert missing({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert missing({"a": [1]}, {"a": [2]})
    assert not missing({"a": [{"b": 1}]}, {"z": 0, "a": [{"b": 1, "c": 2}]})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("status",), "probable"),
        (("schema",), 2),
        (("surprise",), 1),
        (("event_scale",), 11),
        (("confidence", "event"), 1.5),
        (("document", "published"), "yesterday"),
        (("recipient", 0, "code"), "RUR"),
        (("recipient", 0, "reason"), ""),
        (("actor", 0, "implicit"), None),
        (("place", 0, "latitude"), 91),
        (("date", "granularity"), "hour"),
        (("size", "injured", "best"), "12"),
    ],
)
def test_the_schema_refuses(path: tuple[str | int, ...], value: object) -> None:
    record = json.loads(json.dumps(EXAMPLE))
    place = record
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        validate(record)


def test_another_schema_number_is_refused() -> None:
    with pytest.raises(ValueError, match="schema 2"):
        from_json({**EXAMPLE, "schema": 2})


def test_a_code_that_is_not_known_is_absent() -> None:
    record = to_json(minimal())
    assert "code" in record["actor"][0]
    assert "code" not in record["recipient"][0]


def test_a_date_without_words_keeps_its_reason() -> None:
    date = DateField(None, dt.date(2024, 5, 16), dt.date(2024, 5, 16), "day", "resolved", "publication date")
    record = to_json(minimal(date=date))["date"]
    assert [record[key] for key in ("text", "start", "end", "from")] == [None, None, None, "2024-05-16"]
    assert record["reason"] == "publication date"


def test_an_implicit_filler_and_a_title_span_say_so() -> None:
    place = PlaceField(Quote("Zenda", 45, 50, "title"), implicit=True)
    record = to_json(minimal(place=(place,)))["place"][0]
    assert record["implicit"] is True
    assert record["in"] == "title"
    assert "in" not in to_json(minimal())["trigger"]


def test_a_report_without_any_filler_and_one_with_all_of_them_fit_the_schema() -> None:
    bare = Report(
        "rep1-x", DocumentRef("d", "v"), SentenceRef(0, 0, 4), "AGREE", "future", "Q", 2.5, Quote("will", 0, 4)
    )
    validate(to_json(bare))
    assert from_json(to_json(bare)) == bare
    title = Quote("Zenda", 0, 5, "title")
    source = SourceField(title, implicit=True, identifier="enwiki:Zenda", cue=title, runners_up=("a",))
    size = Size(1, 2, 3, title, (source,))
    full = minimal(
        trigger=title,
        sentence=SentenceRef(0, 0, 5, "title"),
        actor=(ActorField(title, implicit=True, identifier="enwiki:Zenda", runners_up=("a",)),),
        place=(PlaceField(title, implicit=True, geonames=1, admin1="x", runners_up=("a",)),),
        date=DateField(title, implicit=True, runners_up=("a",)),
        attribution=(source,),
        size=Sizes(size, size, size),
    )
    validate(to_json(full))


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_numbers_are_rounded_when_the_report_is_built() -> None:
    report = minimal(event_scale=-0.0001, confidence=(("event", 0.12345),))
    assert str(report.event_scale) == "0.0"
    assert report.confidence == (("event", 0.123),)
    assert PlaceField(Quote("Zenda", 45, 50), latitude=51.80049).latitude == 51.8


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_json_cannot_hold_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        minimal(event_scale=value)


# --- round trips -----------------------------------------------------------------------------------------------------


@given(reports)
@settings(max_examples=60, deadline=None)
def test_json_gives_the_report_back(report: Report) -> None:
    assert from_json(json.loads(json.dumps(to_json(report)))) == report


@given(reports)
@settings(max_examples=40, deadline=None)
def test_arrow_rows_give_the_report_back(report: Report) -> None:
    assert from_arrow(to_arrow(report)) == report


@given(st.lists(reports, max_size=3))
@settings(max_examples=15, deadline=None)
def test_an_arrow_table_gives_the_reports_back(found: list[Report]) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is an extra")
    table = pa.Table.from_pylist([to_arrow(report) for report in found], schema=arrow_schema())
    assert [from_arrow(row) for row in table.to_pylist()] == found


def test_the_arrow_schema_has_the_keys_of_the_record_in_their_order() -> None:
    assert list(ARROW_FIELDS) == list(EXAMPLE)
    assert list(to_arrow(minimal())) == list(EXAMPLE)


def test_arrow_without_pyarrow_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr("polybius.report.arrow.importlib.import_module", absent)
    with pytest.raises(ImportError, match=r"polybius\[arrow\]"):
        arrow_schema()


# --- flat rows -------------------------------------------------------------------------------------------------------


def test_flat_columns_are_distinct() -> None:
    names = [name for name, _ in FLAT_COLUMNS]
    assert len(names) == len(set(names))


@given(reports)
@settings(max_examples=40, deadline=None)
def test_flat_rows_have_the_columns_and_keep_parallel_values_parallel(report: Report) -> None:
    row = flat(report)
    assert list(row) == [name for name, _ in FLAT_COLUMNS]
    for column in ("actor", "actor_code", "actor_sector", "actor_identifier", "actor_text", "actor_span"):
        assert len((row[column] or "").split(";")) == max(1, len(report.actor))


def test_a_flat_row_says_what_the_record_says() -> None:
    row = flat(minimal())
    assert row["published"] == dt.date(2024, 5, 16)
    assert (row["actor"], row["actor_code"], row["actor_sector"]) == ("Ada Pell", "RUR", "GOV")
    assert (row["recipient"], row["recipient_code"], row["recipient_text"]) == ("", "", "Zenda")
    assert (row["injured"], row["injured_high"], row["killed"]) == (12, None, None)
    assert (row["place"], row["latitude"], row["attribution_cue"]) == ("Zenda", 51.8, "said")
    assert (row["confidence_event"], row["confidence_recipient"]) == (0.97, None)


def test_no_filler_is_null_and_a_semicolon_in_a_value_does_not_part_it() -> None:
    actor = ActorField(Quote("a;b", 0, 3), name="a;b", identifier="enwiki:A", sector=("GOV", "MIL"))
    row = flat(minimal(actor=(actor, actor), recipient=(), place=()))
    assert row["actor"] == "a,b;a,b"
    assert row["actor_identifier"] == "enwiki:A;enwiki:A"
    assert (row["actor_sector"], row["actor_span"]) == ("GOV,MIL;GOV,MIL", "0-3;0-3")
    assert row["recipient"] is None
    assert row["latitude"] is None


def test_flat_columns_hold_their_rows_in_duckdb() -> None:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in FLAT_COLUMNS)
    marks = ", ".join("?" * len(FLAT_COLUMNS))
    row = flat(minimal())
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE report ({columns})")
        connection.execute(f"INSERT INTO report VALUES ({marks})", list(row.values()))
        assert connection.execute("SELECT * FROM report").fetchall() == [tuple(row.values())]


# --- ids and quotations ----------------------------------------------------------------------------------------------


def test_a_quote_is_the_text_of_its_span() -> None:
    found = quote(TEXT, Span(37, 44))
    assert (found.text, found.span) == ("visited", Span(37, 44))


def test_a_document_ref_holds_everything_but_the_text() -> None:
    document = Document("wire-7", text_version(TEXT), TEXT, publisher="Strelsau Post", published=dt.date(2024, 5, 16))
    assert document_ref(document) == minimal().document


CLAIM = Claim(
    sentence=0,
    trigger=Span(37, 44),
    event="CONSULT",
    actor=(Filler(Span(0, 36), 0.9),),
    recipient=(Filler(Span(45, 50), 0.8),),
    attribution=(Source(Filler(Span(63, 77), 0.7), Span(78, 82)),),
    confidence=(("event", 0.97),),
)
DOCUMENT = Document("wire-7", text_version(TEXT), TEXT)


def test_the_id_is_the_same_for_every_score() -> None:
    rescored = dataclasses.replace(CLAIM, actor=(Filler(Span(0, 36), 0.1),), confidence=(("event", 0.5),))
    assert claim_id(DOCUMENT, rescored) == claim_id(DOCUMENT, CLAIM)
    assert re.fullmatch(r"rep1-[0-9a-f]{20}", claim_id(DOCUMENT, CLAIM))


@pytest.mark.parametrize(
    "change",
    [
        {"sentence": 1},
        {"trigger": Span(37, 43)},
        {"event": "AGREE"},
        {"status": "future"},
        {"actor": ()},
        {"actor": CLAIM.recipient, "recipient": CLAIM.actor},
        {"place": CLAIM.recipient},
        {"date": (Filler(Span(54, 61)),)},
        {"attribution": ()},
    ],
)
def test_the_id_changes_with_every_decision(change: dict[str, Any]) -> None:
    assert claim_id(DOCUMENT, dataclasses.replace(CLAIM, **change)) != claim_id(DOCUMENT, CLAIM)


def test_the_id_changes_with_the_text_and_not_with_the_name_of_the_document() -> None:
    assert claim_id(dataclasses.replace(DOCUMENT, id="other"), CLAIM) == claim_id(DOCUMENT, CLAIM)
    assert claim_id(dataclasses.replace(DOCUMENT, version="0" * 16), CLAIM) != claim_id(DOCUMENT, CLAIM)


role_spans = st.dictionaries(st.sampled_from(["actor", "recipient", "place"]), st.lists(spans, max_size=3), max_size=3)


@given(role_spans, role_spans)
def test_different_role_spans_never_share_an_id(left: dict[str, list[Span]], right: dict[str, list[Span]]) -> None:
    ids = [report_id("v", 0, "AGREE", Span(0, 1), "actual", roles) for roles in (left, right)]
    assert (ids[0] == ids[1]) == (left == right)


def test_spans_whose_digits_run_together_have_different_ids() -> None:
    left, right = ({"actor": [Span(0, 1), Span(23, 40)]}, {"actor": [Span(0, 12), Span(3, 40)]})
    ids = {report_id("v", 0, "AGREE", Span(0, 1), "actual", roles) for roles in (left, right)}
    assert len(ids) == 2
