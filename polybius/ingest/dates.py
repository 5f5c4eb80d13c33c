"""Publication dates as they are written in files and on the command line."""

from __future__ import annotations

import datetime as dt

FIRST_YEAR, LAST_YEAR = 1400, 2200  # arithmetic with dates ends at the year 9999, and no text is from then


def parse_date(text: str) -> dt.date:
    """An ISO date, or the date of an ISO date and time. Raises ValueError that says what is allowed."""
    date = _parse(text.strip())
    if date is None:
        raise ValueError(f"{text[:100]!r} is not a date; write it as YYYY-MM-DD, for example 2024-03-15")
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise ValueError(f"{text[:100]!r} is not a date of publication; years are from {FIRST_YEAR} to {LAST_YEAR}")
    return date


def _parse(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        pass
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError:
        return None
