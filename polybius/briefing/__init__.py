"""Reports for people: what a question finds, with its words, its sources, and how right it is; as HTML, Markdown or PDF.

>>> from polybius import briefing
>>> found = briefing.gather("news.duckdb", country="SDN")
>>> page = briefing.to_html(found)
"""

from polybius.briefing.content import Briefing, Saying, Told
from polybius.briefing.gather import MOST_EVENTS, gather
from polybius.briefing.markdown import to_markdown
from polybius.briefing.page import NotInstalled, to_html
from polybius.briefing.pdf import PrintingFailed, to_pdf

__all__ = [
    "MOST_EVENTS",
    "Briefing",
    "NotInstalled",
    "PrintingFailed",
    "Saying",
    "Told",
    "gather",
    "to_html",
    "to_markdown",
    "to_pdf",
]
