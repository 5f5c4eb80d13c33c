"""One DuckDB file with documents, reports and what is made of them; people's decisions in a journal beside it."""

from polybius.store.dataset import canonical, export_dataset, import_dataset
from polybius.store.errors import StoreBusy, StoreError, StoreFull, StoreUnusable, UnknownId
from polybius.store.failpoints import POINTS, Hook, no_hook
from polybius.store.filters import Filter
from polybius.store.journal import KINDS, Decision, Journal
from polybius.store.lock import writer_lock
from polybius.store.rows import Entry
from polybius.store.schema import DERIVED, TABLES, VERSION
from polybius.store.store import Store, open_reader, open_writer, prepare
from polybius.store.takedown import compact, forget
from polybius.store.words import drop_index, search, update_index
from polybius.store.write import Added, State

__all__ = [
    "DERIVED",
    "KINDS",
    "POINTS",
    "TABLES",
    "VERSION",
    "Added",
    "Decision",
    "Entry",
    "Filter",
    "Hook",
    "Journal",
    "State",
    "Store",
    "StoreBusy",
    "StoreError",
    "StoreFull",
    "StoreUnusable",
    "UnknownId",
    "canonical",
    "compact",
    "drop_index",
    "export_dataset",
    "forget",
    "import_dataset",
    "no_hook",
    "open_reader",
    "open_writer",
    "prepare",
    "search",
    "update_index",
    "writer_lock",
]
