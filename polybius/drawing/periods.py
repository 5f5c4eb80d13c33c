"""Where the bars of periods stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from polybius.drawing.axes import LEFT, RIGHT, Frame

WIDEST = 60.0  # pixels of a bar


def period_edges(starts: Sequence[dt.date], days: int) -> list[dt.date]:
    """The starts, and the day after the last period."""
    if not starts:
        return []
    return [*starts, dt.date.fromordinal(min(max(starts).toordinal() + days, dt.date.max.toordinal()))]


def slot(frame: Frame, start: dt.date, days: int) -> tuple[float, float]:
    """Left edge and width of the bar of a period."""
    span = max((frame.last - frame.first).days, 1)
    whole = days / span * (frame.width - LEFT - RIGHT)
    wide = max(min(whole - 1 if whole > 4 else whole * 0.9, WIDEST), 1.0)
    return frame.x(start) + max((whole - wide) / 2, 0.0), wide
