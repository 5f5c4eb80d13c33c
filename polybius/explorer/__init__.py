"""A local web page over a store: what happened, on what words it rests, and what persons decide about it.

>>> from polybius.explorer import Settings, serve
>>> serve(Settings(Path("news.duckdb")))

Needs ``pip install 'polybius[explore]'``. Nothing is fetched from elsewhere.
"""

from polybius.explorer.app import create_app
from polybius.explorer.serving import PortTaken, free_port, serve
from polybius.explorer.settings import LOOPBACK, PORT, Settings

__all__ = ["LOOPBACK", "PORT", "PortTaken", "Settings", "create_app", "free_port", "serve"]
