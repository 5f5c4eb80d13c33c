"""HTML → the article in it, and flat text of fragments. Runs in the worker."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from polybius.ingest.charset import decode_page
from polybius.ingest.clues import canonical, page_date, page_publisher
from polybius.ingest.decode import Undecodable

BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table td th tr "
    "ul".split()
)
SILENT = frozenset("script style noscript figure figcaption template svg iframe head title".split())
SPACE = re.compile(r"[ \t\r\f\v\xa0]+")
# Lines between the paragraphs that tell nothing of what happened.
NOISE = re.compile(
    r"(?:[-•*] )?(?:(?:read (?:more|also|next)|also read|related(?: articles?| stories)?|see also|more on this story|recommended|"
    r"(?:file )?photo(?:graph)?|image|picture|video|watch|listen|follow us|sign up|subscribe|share this)\s*(?::.{0,200}|\W*)"
    r"|advertisement\W*|by [A-Z][\w.'-]*(?: (?:and )?[A-Z][\w.'-]*){1,5}\W*)",
    re.I,
)
BYLINE = re.compile(r"by ", re.I)


def page(
    data: bytes, charset: str | None = None, url: str | None = None, latest: str | None = None
) -> list[dict[str, Any]]:
    """The article of a page: text, title, date, publisher, author, address, and where date and publisher stood."""
    html = decode_page(data, charset)  # first: what is no text is told even where the library is missing
    from trafilatura import bare_extraction

    tree = parse(html)
    if tree is None:
        raise Undecodable("no_article", "it has no elements")
    found: Any = bare_extraction(
        html,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        favor_precision=True,
        deduplicate=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or not (found.text or "").strip():
        raise Undecodable("no_article", "")
    return [_article(found, tree, html, url, dt.datetime.fromisoformat(latest) if latest else None)]


def parse(html: str) -> Any:
    """The tree of a page or a fragment, None where there is none. The parser is lxml's for HTML: no entities, no network."""
    from lxml import etree
    from lxml import html as markup

    parser = markup.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        return markup.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None


def _article(found: Any, tree: Any, html: str, url: str | None, latest: dt.datetime | None) -> dict[str, Any]:
    address = canonical(tree, url)
    publisher = page_publisher(tree, address)
    published, why = page_date(tree, html, address, latest)
    reasons = [("published", why)] if why else []
    return {
        "text": tidy(found.text, found.title),
        "title": found.title,
        "author": found.author,
        "url": address,
        "published": published,
        "publisher": publisher.value if publisher else None,
        "found": reasons + ([("publisher", publisher.where)] if publisher else []),
    }


def tidy(text: str, title: str | None) -> str:
    """The text without its title, bylines and lines that lead elsewhere."""
    lines = [line.strip() for line in text.splitlines()]
    if title and lines and lines[0].removeprefix("# ").casefold() == title.strip().casefold():
        lines = lines[1:]
    return "\n".join(line for line in lines if line and not _noise(line))


def _noise(line: str) -> bool:
    match = NOISE.fullmatch(line) if len(line) < 300 else None
    return match is not None and (not BYLINE.match(line) or line.split()[1][:1].isupper())


def flatten(html: str) -> str:
    """The text of a fragment, a line for a block; without scripts, figures and captions."""
    if "<" not in html and "&" not in html:
        return html.strip()
    tree = parse(html)
    return "" if tree is None else _joined(_pieces(tree))


def _pieces(tree: Any) -> list[str]:
    """Texts in their order. No recursion: foreign markup may be nested as deeply as it likes."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    walker = iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        block = element.tag in BLOCKS
        pieces.append("\n" if block else "")
        if event == "start" and element.tag in SILENT:
            walker.skip_subtree()
        elif event == "start":
            pieces.append(SPACE.sub(" ", (element.text or "").replace("\n", " ")))
        if event == "end":
            pieces.append(SPACE.sub(" ", (element.tail or "").replace("\n", " ")))
    return pieces


def _joined(pieces: list[str]) -> str:
    lines = (SPACE.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
