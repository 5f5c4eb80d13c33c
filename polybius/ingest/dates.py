"""Publication dates as they are written in files and on the command line."""

from __future__ import annotations

import datetime as dt


def parse_date(text: str) -> dt.date:
    """An ISO date, or the date of an ISO date and time. Raises ValueError that says what is allowed."""
    value = text.strip()
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        pass
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError:
        raise ValueError(f"{text!r} is not a date; write it as YYYY-MM-DD, for example 2024-03-15") from None
