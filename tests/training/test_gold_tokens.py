"""Windows of whole gold sentences."""

import numpy as np
import pytest

pytest.importorskip("onnxruntime")
gold_tokens = pytest.importorskip("gold_tokens")


@pytest.mark.parametrize(
    ("sizes", "starts", "room", "expected"),
    [
        ([1] * 6, [0, 2, 4], 4, [(0, 4), (4, 6)]),
        ([1] * 6, [0, 2, 4], 6, [(0, 6)]),
        ([1] * 6, [0, 5], 4, [(0, 4), (4, 6)]),
        ([3, 3, 3], [0, 1, 2], 4, [(0, 1), (1, 2), (2, 3)]),
        ([9, 1], [0], 4, [(0, 1), (1, 2)]),
        ([], [], 4, []),
    ],
    ids=["two by two", "all", "a long sentence", "one by one", "a piece too long", "nothing"],
)
def test_windows_hold_whole_sentences(
    sizes: list[int], starts: list[int], room: int, expected: list[tuple[int, int]]
) -> None:
    offsets = np.concatenate([[0], np.cumsum(np.array(sizes, dtype=np.int64))]).astype(np.int64)
    assert list(gold_tokens.windows(offsets, starts, room)) == expected


def test_a_window_opens_with_a_word() -> None:
    mask = np.array([True, False, False, True])
    assert gold_tokens.opened(mask, (1, 4)).tolist() == [True, False, True]
    assert mask.tolist() == [True, False, False, True]
