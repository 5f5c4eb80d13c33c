"""docs/accuracy.md is what the floors say."""

from __future__ import annotations

import accuracy
import confidence_page

from polybius.evaluation.fields import BUDGET
from polybius.evaluation.floors import Floor, FloorSet, read_floors
from polybius.evaluation.published import FILE, as_json


def floor_set(name: str, **floors: Floor) -> FloorSet:
    details = {"types/AID": (61.25, 1234), "statuses/future": (40.0, 5), **{f"budget/{n}": (12.5, 8) for n in BUDGET}}
    return FloorSet(name, 41, "abcd", {"reader": "r1"}, floors, details)


def test_the_page_is_the_one_that_the_floors_give() -> None:
    made = accuracy.page(read_floors(accuracy.FLOORS), confidence_page.read())
    assert accuracy.PAGE.read_text(encoding="utf-8") == made, "run `just accuracy`"


def test_scores_stand_with_their_intervals_and_the_tenth_is_left_out() -> None:
    status = Floor(70, 72.34, 70, 75.06, 99)
    sets = [floor_set(name, status=status) for name in ("annotated story", "annotated story, a tenth", "LGL")]
    page = accuracy.page({one.name: one for one in sets})
    assert "|  | story (41 texts) |\n| --- | --- |\n| status | 72.3 [70.0, 75.1] |" in page
    assert "| AID | 61.2 (1,234) |" in page
    assert "| missed | 12.5 |" in page
    assert "| LGL | status | 72.3 [70.0, 75.1] | 99 |" in page
    assert "Scored with reader `r1`." in page
    assert "tenth" not in page.replace("a fifth", "")


def test_status_stands_beside_the_accuracy_of_saying_actual() -> None:
    details = {"statuses/actual": (90.0, 9), "statuses/future": (50.0, 3)}
    one = FloorSet("annotated story", 4, "abcd", {"reader": "r1"}, {"status": Floor(70, 72, 70, 75, 12)}, details)
    assert "| status, if all were said to be actual | 75.0 |" in accuracy.page({"annotated story": one})


def test_false_events_stand_with_their_verdicts() -> None:
    floors = {"events per 100 sentences": Floor(30, 25, 20, 30, 400, True)}
    details = {"verdicts/right": (75.0, 100), "verdicts/no event": (25.0, 100)}
    page = accuracy.page({"quiet": FloorSet("quiet", 400, "abcd", {"reader": "r1"}, floors, details)})
    assert "| quiet | 100 | 75.0 % | 0.0 % | 25.0 % | 0.0 % | 25.0 [20.0, 30.0] |" in page


def test_what_becomes_of_each_field_is_told_of_the_bucket_that_may_be_looked_at() -> None:
    details = {"fields/type/right": (60.0, 50), "fields/type/missed": (40.0, 50)}
    one = FloorSet(accuracy.LOST, 4, "abcd", {"reader": "r1"}, {}, details)
    assert "| type | 50 | 60.0 | 40.0 |" in accuracy.page({accuracy.LOST: one})


def test_every_score_of_records_is_explained() -> None:
    tasks = {
        t
        for name, one in read_floors(accuracy.FLOORS).items()
        if name.startswith(accuracy.ANNOTATED)
        for t in one.floors
    }
    words = accuracy.MEANING
    unexplained = [t for t in tasks if t.partition(" (")[0] not in words and t.split()[-1] not in ("code", "sector")]
    assert unexplained == []


def test_the_packaged_scores_are_those_of_the_floors() -> None:
    assert FILE.read_text(encoding="utf-8") == as_json(read_floors(accuracy.FLOORS).values()), "run `just accuracy`"


def test_confidence_has_a_line_for_each_field_and_set_and_one_for_each_threshold() -> None:
    row = {"events": 1200, "right": 60.0, "error": 0.05, "skill": 0.2, "kept": 0.5}
    one = {"texts": 3, "fields": {"core": row}, "curve": [[0.0, 100.0, 60.0], [0.5, 40.0, 81.0]]}
    text = confidence_page.section(
        {"made_with": {"reader": "r1"}, "sets": {"all": one, "story": {**one, "fields": {}}}}
    )
    assert "| core (type, actor and recipient together) | all | 1,200 | 60.0 | 0.050 | 0.200 | 50 |" in text
    assert "| 0.5 | 40 → 81 | 40 → 81 |" in text
    assert "with reader `r1`" in text


def test_without_scores_of_confidence_there_is_no_section() -> None:
    assert confidence_page.section({}) == ""
    assert "## Confidence" not in accuracy.page({"LGL": floor_set("LGL", status=Floor(70, 72, 70, 75, 9))})
