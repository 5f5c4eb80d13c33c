"""The plan of stages and who runs it: one document, a stream of them, several processes."""

from polybius.run.checks import Check, int8_instructions, processor, run_checks
from polybius.run.coder import Coded, Coder, Explained, PublishedDate, load
from polybius.run.manifest import RunManifest
from polybius.run.plan import Parts, ReaderLike, Setup
from polybius.run.pool import Counts, FromSetup, Outcome, run_documents
from polybius.run.write import FORMATS, OutputError, Writer, make_writer, open_output

__all__ = [
    "FORMATS",
    "Check",
    "Coded",
    "Coder",
    "Counts",
    "Explained",
    "FromSetup",
    "Outcome",
    "OutputError",
    "Parts",
    "PublishedDate",
    "ReaderLike",
    "RunManifest",
    "Setup",
    "Writer",
    "int8_instructions",
    "load",
    "make_writer",
    "open_output",
    "processor",
    "run_checks",
    "run_documents",
]
