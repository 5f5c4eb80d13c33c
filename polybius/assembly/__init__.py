"""Reports to events: origins of copies; block, compare, judge, cluster, believe. Pure functions, no files, no clock."""

from polybius.assembly.assemble import Assembler, Assembly, Source, accounts_of, article_of, assemble, bonds
from polybius.assembly.block import Handle, candidates, handle, hashed_name
from polybius.assembly.cluster import Bonds
from polybius.assembly.facts import Account, anchor
from polybius.assembly.group import joins, parts
from polybius.assembly.judge import Ruling, rule
from polybius.assembly.kept import read, written, written_words
from polybius.assembly.links import OF_PARTIES, Face, between, document_of, face, face_of, party_keys
from polybius.assembly.merge import event, event_id
from polybius.assembly.origins import Copies, Origin, components, copied, evidence_of, named_in, nearest, origins
from polybius.assembly.partition import Partition
from polybius.assembly.scores import Scores
from polybius.assembly.signature import Table, signature_of
from polybius.assembly.weights import RECIPE

__all__ = [
    "OF_PARTIES",
    "RECIPE",
    "Account",
    "Assembler",
    "Assembly",
    "Bonds",
    "Copies",
    "Face",
    "Handle",
    "Origin",
    "Partition",
    "Ruling",
    "Scores",
    "Source",
    "Table",
    "accounts_of",
    "anchor",
    "article_of",
    "assemble",
    "between",
    "bonds",
    "candidates",
    "components",
    "copied",
    "document_of",
    "event",
    "event_id",
    "evidence_of",
    "face",
    "face_of",
    "handle",
    "hashed_name",
    "joins",
    "named_in",
    "nearest",
    "origins",
    "parts",
    "party_keys",
    "read",
    "rule",
    "signature_of",
    "written",
    "written_words",
]
