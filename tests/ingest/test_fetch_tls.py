"""Pages over TLS: the checked address is connected to under the host's own name, and a certificate that does not hold is refused."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from web import PUBLIC, Here, Web, serving

from polybius.ingest.fetch import Fetcher, NotFetched

pytest.importorskip("protego", reason="not installed: protego (polybius[ingest])")
trustme = pytest.importorskip("trustme", reason="not installed: trustme (polybius[test])")

HOST = "news.example"


@pytest.fixture(scope="module")
def authority() -> Any:
    return trustme.CA()


@pytest.fixture
def trusted(authority: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority among those that the system trusts, as an administrator would add it."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


Speaking = Callable[[Any], tuple[Web, Fetcher]]


@pytest.fixture
def speaking() -> Iterator[Speaking]:
    """A server that shows a certificate, and a fetcher that finds it under every name; the names that were asked for."""
    started = []

    def speak(certificate: Any) -> tuple[Web, Fetcher]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        web = Web()
        context.sni_callback = lambda _, name, __: web.asked.append(f"sni {name}")
        running = serving(web, context)
        started.append(running)
        running.__enter__()
        web.page(f"{HOST}/a", "Words.", content_type="text/plain")
        return web, web.fetcher(Here())

    yield speak
    for running in started:
        running.__exit__(None, None, None)


def refusal(fetcher: Fetcher, url: str = f"https://{HOST}/a") -> NotFetched:
    with pytest.raises(NotFetched) as error:
        fetcher.get(url)
    return error.value


def test_the_checked_address_is_asked_under_the_name_of_the_host(
    authority: Any, trusted: None, speaking: Speaking
) -> None:
    web, fetcher = speaking(authority.issue_cert(HOST))
    assert fetcher.get(f"https://{HOST}/a").body == b"Words."
    assert web.connected == [PUBLIC, PUBLIC]  # robots.txt, and the page; never a name
    assert web.asked == [f"sni {HOST}", f"{HOST}/robots.txt", f"sni {HOST}", f"{HOST}/a"]


def test_a_certificate_for_an_address_is_no_certificate_for_a_name(
    authority: Any, trusted: None, speaking: Speaking
) -> None:
    web, fetcher = speaking(authority.issue_cert(PUBLIC))
    error = refusal(fetcher)
    assert error.reason == "certificate" and f"not valid for '{HOST}'" in error.detail
    assert not [url for url in web.asked if not url.startswith("sni")]  # nothing was sent to who could not prove itself


def test_a_certificate_for_another_host_is_refused(authority: Any, trusted: None, speaking: Speaking) -> None:
    web, fetcher = speaking(authority.issue_cert("other.example"))
    error = refusal(fetcher)
    assert error.reason == "certificate"
    assert f"{HOST} ({PUBLIC})" in error.detail and f"not valid for '{HOST}'" in error.detail
    assert not [url for url in web.asked if not url.startswith("sni")]


class SelfSigned:
    """A certificate that vouches for itself."""

    def configure_cert(self, context: ssl.SSLContext) -> None:
        own = trustme.CA()
        with own.private_key_pem.tempfile() as key, own.cert_pem.tempfile() as certificate:
            context.load_cert_chain(certificate, key)


@pytest.mark.parametrize(("certificate", "why"), [(trustme.CA().issue_cert(HOST), "issuer"), (SelfSigned(), "self")])
def test_a_certificate_that_nobody_known_vouches_for_is_refused(
    certificate: Any, why: str, trusted: None, speaking: Speaking
) -> None:
    web, fetcher = speaking(certificate)
    error = refusal(fetcher)
    assert error.reason == "certificate" and why in error.detail.rpartition("does not hold")[2]
    assert not [url for url in web.asked if not url.startswith("sni")]


def test_a_page_does_not_lead_to_a_host_that_cannot_prove_itself(
    authority: Any, trusted: None, speaking: Speaking
) -> None:
    web, fetcher = speaking(authority.issue_cert(HOST))
    web.page(f"{HOST}/a", status=302, Location="https://other.example/b")
    web.page("other.example/b", "Other words.")
    assert "not valid for 'other.example'" in refusal(fetcher).detail
    assert "other.example/b" not in web.asked


def test_a_server_that_speaks_no_tls_is_refused(trusted: None) -> None:
    with serving() as web:
        error = refusal(web.fetcher(Here()))
        assert "SSL" in error.detail and not web.asked
