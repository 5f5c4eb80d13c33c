"""Reading an edited codebook: what is right is read, what is wrong is reported all at once with its place."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybius.codebook import Codebook, CodebookError, Fault, load
from polybius.codebook.load import packaged, parse

SMALL = """\
name: Small
version: "1"
quads: {VERBAL COOPERATION: 1, MATERIAL CONFLICT: 4}
types:
  GREET:
    definition: Somebody greets another.
    quad: VERBAL COOPERATION
    scale: 2
    recipient: true
    future: PLAN
    modes:
      wave: {definition: By hand., scale: 3, contexts: [social]}
      shout: {definition: Loudly., scale: -4.5}
  PLAN:
    definition: >-
      Somebody means
      to do something.
    quad: VERBAL COOPERATION
    scale: 1
    recipient: false
contexts: {social: What people do together.}
sectors: {CVL: Civilians.}
actor_codes: {IGO: Organisation of states.}
decisions:
  wave:
    found: Nothing says what a wave scores.
    decision: "3."
    reason: It is warm.
    holds: {types/GREET/modes/wave/scale: 3.0, types/GREET/modes/bow: absent}
"""


def read(text: str) -> Codebook:
    return parse(text.encode(), "mine.yaml")


def faults(text: str) -> list[str]:
    with pytest.raises(CodebookError) as caught:
        read(text)
    return [str(fault) for fault in caught.value.faults]


def faults_if_any(text: str) -> tuple[Fault, ...]:
    try:
        read(text)
    except CodebookError as error:
        return error.faults
    return ()


def test_a_small_codebook_is_read() -> None:
    codebook = read(SMALL)
    greet = codebook.event("GREET")
    assert (codebook.name, codebook.version) == ("Small", "1")
    assert list(codebook.types) == ["GREET", "PLAN"]
    assert (greet.quad, greet.scale, greet.recipient, greet.future) == ("VERBAL COOPERATION", 2.0, True, "PLAN")
    assert codebook.event("PLAN").definition == "Somebody means to do something."
    assert codebook.event("PLAN").future is None
    assert codebook.contexts == ("social",)
    assert codebook.sectors == ("CVL",)


def test_scale_quad_and_added_contexts() -> None:
    codebook = read(SMALL)
    assert codebook.scale("GREET") == 2.0
    assert codebook.scale("GREET", ["wave"]) == 3.0
    assert codebook.scale("GREET", ["wave", "shout"]) == codebook.scale("GREET", ["shout", "wave"]) == -4.5
    assert codebook.quad("GREET") == "VERBAL COOPERATION"
    assert codebook.quad_number("GREET") == 1
    assert codebook.added_contexts("GREET", ["wave", "shout", "wave"]) == ("social",)


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    codebook = read(SMALL)
    with pytest.raises(KeyError, match="did you mean 'GREET'"):
        codebook.quad("GREAT")
    with pytest.raises(KeyError, match="did you mean 'GREET'"):
        codebook.event("greet")
    with pytest.raises(KeyError, match="unknown mode of GREET 'wav'; did you mean 'wave'"):
        codebook.scale("GREET", ["wav"])
    with pytest.raises(KeyError, match="allowed: none"):
        codebook.mode("PLAN", "wave")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("definition: Somebody greets another.\n    ", "", "6:5: types.GREET: the key 'definition' is missing"),
        ("scale: 2\n", "scale: much\n", "8:12: types.GREET.scale: expected a number, found a text"),
        ("scale: 2\n", "scale: 11\n", "8:12: types.GREET.scale: expected a number from -10 to 10, found 11"),
        ("scale: 2\n", "scale: .nan\n", "8:12: types.GREET.scale: expected a number from -10 to 10, found .nan"),
        ("scale: 2\n", "scale: 1:30\n", "8:12: types.GREET.scale: expected a number from -10 to 10, found 1:30"),
        ("recipient: true", "recipient: perhaps", "9:16: types.GREET.recipient: expected true or false, found a text"),
        ("recipient: true", "recipent: true", "9:5: types.GREET: unknown key 'recipent'; did you mean 'recipient'?"),
        ("quad: VERBAL CO", "quad: VERBAL KO", "unknown quad class 'VERBAL KOOPERATION'; did you mean 'VERBAL COOP"),
        ("future: PLAN", "future: PLANN", "10:13: types.GREET.future: unknown event type 'PLANN'; did you mean 'PLAN'"),
        ("[social]", "[sozial]", "unknown context 'sozial'; did you mean 'social'?"),
        ("[social]", "social", "12:56: types.GREET.modes.wave.contexts: expected a list, found a text"),
        ("  PLAN:\n", "  GREET:\n", "14:3: types: 'GREET' stands here twice"),
        ("  PLAN:\n", "  plan:\n", "14:3: types: a type is in CAPITALS, found 'plan'"),
        ("wave: {", "Wave: {", "12:7: types.GREET.modes: a mode is lower-case, found 'Wave'"),
        ("CVL: Civ", "CIVIL: Civ", "22:11: sectors: a sector is three capitals, found 'CIVIL'"),
        ("social: W", "So Cial: W", "21:12: contexts: a context is lower_case, found 'So Cial'"),
        ("name: Small", "name: ''", "1:7: name: expected a text, found nothing"),
        ("name: Small", "name: [a]", "1:7: name: expected a text, found a list"),
        ("name: Small\n", "", "1:1: the key 'name' is missing"),
        ('version: "1"', "version: 1", "2:10: version: expected a text, found a number"),
        ("modes/wave/scale: 3.0", "modes/wave/scale: 2", "decided as 2 (decisions), found 3"),
        ("modes/bow: absent", "modes/wave/scale: absent", "stands here twice"),
        ("modes/bow: absent", "modes/shout: absent", "decided as absent (decisions), found a mapping"),
        ("types/GREET/modes/bow", "types/GREEK/modes/bow", "there is no 'GREEK' on the way to 'types/GREEK/modes/bow'"),
    ],
)
def test_a_fault_names_its_place_what_was_found_and_what_is_allowed(old: str, new: str, fault: str) -> None:
    assert old in SMALL
    assert any(fault in found for found in faults(SMALL.replace(old, new, 1)))


def test_all_faults_are_reported_at_once_in_the_order_of_the_file() -> None:
    text = SMALL.replace("scale: 2\n", "scale: much\n").replace("recipient: false", "recipient: no way")
    text = text.replace("sectors: {CVL", "sectors: {civil").replace("[social]", "[sozial]")
    found = faults(text)
    assert [fault.split(" ")[0] for fault in found] == [
        "mine.yaml:8:12:",
        "mine.yaml:12:57:",
        "mine.yaml:20:16:",
        "mine.yaml:22:11:",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "mine.yaml:1:1: the file is empty"),
        (b"# nothing but this\n", "mine.yaml:1:1: the file is empty"),
        (b"- a\n- b\n", "mine.yaml:1:1: expected a mapping, found a list"),
        (b"name: [a\nversion: 1\n", "mine.yaml:2:8: this is not YAML"),
        (b"name: a\nversion: \xff\n", "byte 17, in line 2, is not UTF-8"),
        (b"name: \x07\n", "this is not YAML"),
        (b"types: {}\n", "types: a codebook has at least one type"),
    ],
)
def test_a_file_that_is_no_codebook(content: bytes, fault: str) -> None:
    with pytest.raises(CodebookError) as caught:
        parse(content, "mine.yaml")
    assert fault in str(caught.value)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=4), lambda inner: st.lists(inner)))
@settings(max_examples=40, deadline=None)
def test_whatever_stands_for_the_types_is_a_fault_and_no_crash(value: object) -> None:
    text = SMALL[: SMALL.index("types:")] + f"types: {value!r}\n" + SMALL[SMALL.index("contexts:") :]
    assert faults(text)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_faulted_and_never_crashes(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SMALL) - 1))
    text = SMALL[:start] + data.draw(st.text(":-{}[]&*!%\n x1", max_size=3)) + SMALL[start + 1 :]
    assert all(fault.path == "mine.yaml" and fault.line > 0 and fault.column > 0 for fault in faults_if_any(text))


def test_the_fingerprint_is_of_the_content(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert load(path).fingerprint == read(SMALL).fingerprint
    assert read(SMALL + "# a comment\n").fingerprint != read(SMALL).fingerprint


def test_faults_name_the_file_that_was_opened(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("name: x\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"mine\.yaml:1:1: the key 'types' is missing"):
        load(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.yaml"):
        load(tmp_path / "nowhere.yaml")


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse(b"\xef\xbb\xbf" + SMALL.encode(), "mine.yaml").name == "Small"


def test_an_error_survives_the_way_between_processes() -> None:
    error = CodebookError([Fault("b", 1, 1, "second"), Fault("a", 2, 1, "first")])
    assert pickle.loads(pickle.dumps(error)).faults == error.faults
    assert str(error).splitlines() == ["a:2:1: first", "b:1:1: second"]


def test_the_packaged_file_can_be_copied_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "copy.yaml"
    path.write_bytes(packaged().read_bytes())
    assert load(path) == load()
