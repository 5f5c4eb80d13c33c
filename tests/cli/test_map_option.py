"""``--map``: fields of ours, columns of the user's."""

from __future__ import annotations

import pytest
import typer

from polybius.cli.options import column_map


def test_fields_and_their_columns() -> None:
    assert column_map("text=body, title = Head line,") == {"text": "body", "title": "Head line"}
    assert column_map(None) == {}


@pytest.mark.parametrize("value", ["body=text", "text", "text=", "text:body"])
def test_what_is_no_field_is_wrong_usage(value: str) -> None:
    with pytest.raises(typer.BadParameter, match="fields are id, text, title"):
        column_map(value)
