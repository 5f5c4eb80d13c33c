"""The report: one claim by one document that one event happened, will, might or did not, tied to its words.

A report is built once and printed in three shapes: the JSON record (``to_json``), flat columns (``flat``) and Arrow
rows (``to_arrow``). JSON and Arrow give the same report back. Numbers are rounded to three decimals when the report
is built, not when it is printed, so that what is compared in memory is what stands in a file.
"""

from polybius.report.arrow import ARROW_FIELDS, arrow_schema, from_arrow, to_arrow
from polybius.report.flat import CONFIDENCE_FIELDS, FLAT_COLUMNS, flat
from polybius.report.ids import RECIPE, claim_id, report_id
from polybius.report.read import from_json
from polybius.report.types import (
    DECIMALS,
    ActorField,
    DateField,
    DocumentRef,
    PlaceField,
    Quote,
    Report,
    SentenceRef,
    Size,
    Sizes,
    SourceField,
    Within,
    document_ref,
    quote,
    rounded,
)
from polybius.report.write import SCHEMA, Json, json_schema, to_json

__all__ = [
    "ARROW_FIELDS",
    "CONFIDENCE_FIELDS",
    "DECIMALS",
    "FLAT_COLUMNS",
    "RECIPE",
    "SCHEMA",
    "ActorField",
    "DateField",
    "DocumentRef",
    "Json",
    "PlaceField",
    "Quote",
    "Report",
    "SentenceRef",
    "Size",
    "Sizes",
    "SourceField",
    "Within",
    "arrow_schema",
    "claim_id",
    "document_ref",
    "flat",
    "from_arrow",
    "from_json",
    "json_schema",
    "quote",
    "report_id",
    "rounded",
    "to_arrow",
    "to_json",
]
