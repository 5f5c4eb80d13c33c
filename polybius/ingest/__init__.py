"""Files of many formats, folders, patterns and standard input → documents, or the reason why not."""

from polybius.ingest.dates import parse_date
from polybius.ingest.decode import Undecodable, decode
from polybius.ingest.document import MAX_CHARACTERS, Defaults, check, make_document
from polybius.ingest.jsonl import read_jsonl
from polybius.ingest.language import not_english
from polybius.ingest.paths import STDIN, Source, count, find, names_addresses, read
from polybius.ingest.piece import Item
from polybius.ingest.record import KEYS
from polybius.ingest.remote import make_fetcher

__all__ = [
    "KEYS",
    "MAX_CHARACTERS",
    "STDIN",
    "Defaults",
    "Item",
    "Source",
    "Undecodable",
    "check",
    "count",
    "decode",
    "find",
    "make_document",
    "make_fetcher",
    "names_addresses",
    "not_english",
    "parse_date",
    "read",
    "read_jsonl",
]
