"""The world as tables: countries, demonyms, actors with dated offices, role nouns, gazetteer."""

from polybius.reference.actor_file import ActorError, ActorTable, Entry, Term, pack
from polybius.reference.gazetteer import Town
from polybius.reference.known import Holder, Known
from polybius.reference.names import folded, normal, office_key
from polybius.reference.user_rows import read_rows, write_entries
from polybius.reference.world import World, load

__all__ = [
    "ActorError",
    "ActorTable",
    "Entry",
    "Holder",
    "Known",
    "Term",
    "Town",
    "World",
    "folded",
    "load",
    "normal",
    "office_key",
    "pack",
    "read_rows",
    "write_entries",
]
