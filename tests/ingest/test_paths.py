"""Files, folders, patterns, standard input: nothing that is named gets lost."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polybius.ingest import Defaults, Item, count, find, read
from polybius.records import Document, Rejection

GOOD = "The minister met the ambassador in Oslo."


def items(*arguments: str | Path, stdin: bytes = b"") -> list[Item]:
    return list(read(find(map(str, arguments)), Defaults(), io.BytesIO(stdin)))


def reasons(found: list[Item]) -> list[str]:
    return [item.content.reason if isinstance(item.content, Rejection) else "" for item in found]


def jsonl(*texts: str) -> bytes:
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)


def test_a_folder_gives_its_texts_in_order_and_no_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.TXT", ".hidden.txt", "picture.png"):
        (tmp_path / name).write_text(GOOD)
    (tmp_path / "d.jsonl").write_bytes(jsonl(GOOD, GOOD))
    subjects = [os.path.relpath(item.subject, tmp_path) for item in items(tmp_path)]
    assert subjects == ["a.txt", "b.txt", "d.jsonl:1", "d.jsonl:2", "sub/c.TXT"]


def test_a_pattern_and_a_repeated_file(tmp_path: Path) -> None:
    for name in ("a1.txt", "a2.txt", "b.txt"):
        (tmp_path / name).write_text(GOOD)
    found = items(tmp_path / "a*.txt", tmp_path / "a1.txt")
    assert [Path(item.subject).name for item in found] == ["a1.txt", "a2.txt"]


def test_a_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text(GOOD)
    assert reasons(items(tmp_path / "a[1].txt")) == [""]


def test_what_is_not_there_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "none.txt").write_bytes(b"")
    (tmp_path / "none.jsonl").write_bytes(b"\n\n")
    found = items(
        tmp_path / "no.txt", tmp_path / "no*.md", tmp_path / "empty", tmp_path / "none.txt", tmp_path / "none.jsonl"
    )
    assert reasons(found) == ["missing", "missing", "empty", "empty", "empty"]


def test_standard_input_is_text_or_jsonl() -> None:
    (text,) = items("-", stdin=GOOD.encode())
    assert isinstance(text.content, Document)
    assert text.content.text == GOOD
    assert reasons(items("-", stdin=jsonl(GOOD, GOOD))) == ["", ""]
    assert reasons(items("-", stdin=b"")) == ["empty"]


def test_utf16_jsonl(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl(GOOD, "The café was shut by the police.").decode().encode("utf-16"))
    texts = [item.content.text for item in items(tmp_path / "a.jsonl") if isinstance(item.content, Document)]
    assert texts == [GOOD, "The café was shut by the police."]


def test_packed_jsonl_whole_and_broken(tmp_path: Path) -> None:
    packed = gzip.compress(jsonl(*[GOOD + str(n) for n in range(2000)]), mtime=0)
    (tmp_path / "a.jsonl.gz").write_bytes(packed)
    assert reasons(items(tmp_path / "a.jsonl.gz")) == [""] * 2000
    (tmp_path / "b.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    assert reasons(items(tmp_path / "b.jsonl.gz"))[-1] == "unreadable"
    (tmp_path / "c.jsonl.gz").write_bytes(b"not packed")
    assert reasons(items(tmp_path / "c.jsonl.gz")) == ["unreadable"]


def test_a_binary_file_with_the_name_of_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"%PDF-1.4\n...")
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 9)
    assert reasons(items(tmp_path / "a.jsonl", tmp_path / "a.txt")) == ["binary", "binary"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "a.txt").chmod(0)
    assert reasons(items(tmp_path / "a.txt")) == ["unreadable"]


LINES = st.lists(
    st.one_of(
        st.just(json.dumps({"text": GOOD}).encode()),
        st.binary(max_size=30).map(lambda data: data.replace(b"\n", b"")),
        st.just(b'{"text": 3}'),
        st.just(b"  "),
    ),
    max_size=12,
)


@given(LINES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_every_line_is_an_item_and_the_count_is_right(tmp_path: Path, lines: list[bytes]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([json.dumps({"text": GOOD}).encode(), *lines]))
    found = items(path)
    assert len(found) == count(find([str(path)])) == 1 + sum(bool(line.strip()) for line in lines)


def test_the_count_of_standard_input_is_not_known() -> None:
    assert count(find(["-"])) is None
