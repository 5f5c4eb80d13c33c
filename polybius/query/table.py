"""The rows that a question gives, and their other shapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, as names and DuckDB types, and rows. ``pip install 'polybius[arrow]'``, polars or pandas for the others."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        """The rows as mappings from column to value."""
        return (dict(zip(self.names, row, strict=True)) for row in self.rows)

    def first(self, most: int) -> Table:
        """The first rows."""
        return Table(self.columns, self.rows[:most])

    def to_arrow(self) -> Any:
        """A pyarrow Table. Raises ImportError where pyarrow is not installed."""
        import pyarrow as pa

        return pa.table({name: pa.array(self._values(i), _arrow(kind)) for i, (name, kind) in enumerate(self.columns)})

    def to_polars(self) -> Any:
        """A polars DataFrame. Raises ImportError where polars is not installed."""
        import polars as pl

        frame: Any = pl.from_arrow(self.to_arrow())
        return frame

    def to_pandas(self) -> Any:
        """A pandas DataFrame. Raises ImportError where pandas is not installed."""
        import pandas as pd

        return pd.DataFrame.from_records(list(self.rows), columns=list(self.names))

    def _values(self, index: int) -> list[Any]:
        return [row[index] for row in self.rows]


def _arrow(kind: str) -> Any:
    import pyarrow as pa

    kinds = {"DATE": pa.date32(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(), "INTEGER": pa.int32()}
    return pa.int64() if kind in ("BIGINT", "HUGEINT") else kinds.get(kind, pa.string())
