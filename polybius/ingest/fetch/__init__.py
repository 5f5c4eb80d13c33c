"""The one way out to the network: a page or a feed by its address, within limits, and never from a private network."""

from polybius.ingest.fetch.address import Target, not_public, parse
from polybius.ingest.fetch.connect import Connector, Resolver
from polybius.ingest.fetch.exchange import Known
from polybius.ingest.fetch.failure import NotFetched
from polybius.ingest.fetch.fetcher import Clock, Fetched, Fetcher, Limits

__all__ = [
    "Clock",
    "Connector",
    "Fetched",
    "Fetcher",
    "Known",
    "Limits",
    "NotFetched",
    "Resolver",
    "Target",
    "not_public",
    "parse",
]
