"""What a client makes of certificates, shown by servers that speak TLS."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from loopback import PAGE, QUICK, Answer, Folder, fetch, serve

from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.guard import Guard
from minutes_miner.scrape.host import Host
from minutes_miner.scrape.pacing import Queue
from minutes_miner.scrape.wire import Wire


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def certify(path: Path, *names: str, start: int = -1, end: int = 1) -> Path:
    """Write a key and a certificate that signs itself; its days count from today."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Upper Thorley")])
    now = datetime.now(UTC)
    alternatives: list[x509.GeneralName] = [
        x509.IPAddress(ipaddress.ip_address(each)) if each[0].isdigit() else x509.DNSName(each) for each in names
    ]
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now + timedelta(days=start))
        .not_valid_after(now + timedelta(days=end))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def trust(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def test_a_site_with_a_good_certificate_is_read(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certify(tmp_path / "site.pem", "localhost", "127.0.0.1")
    trust(monkeypatch, certificate)
    with serve({"/a": Answer(), "/b": Answer()}, certificate=certificate) as site:
        by_name = f"https://localhost:{site.port}"
        responses = fetch(folder, f"{by_name}/a", f"{by_name}/b", f"{site.base}/a")
    assert [(response.obstacle, response.body) for response in responses] == [(None, PAGE)] * 3
    hosts = [visit.headers["Host"] for visit in site.visits]
    assert hosts == [f"localhost:{site.port}"] * 3 + [f"127.0.0.1:{site.port}"] * 2
    assert site.connections == 2


def test_a_certificate_that_nobody_vouches_for_is_named(folder: Folder, tmp_path: Path) -> None:
    with serve({"/": Answer()}, certificate=certify(tmp_path / "site.pem", "127.0.0.1")) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert response.obstacle is not None
    assert (response.obstacle.state, response.obstacle.reason) == (Coverage.FAILED, "the certificate is self-signed")
    assert site.visits == []


@pytest.mark.parametrize(
    ("names", "start", "end", "reason"),
    [
        (("localhost",), -9, -2, "the certificate has expired"),
        (("localhost",), 2, 9, "the certificate is not valid yet"),
        (("council.example",), -1, 9, "the certificate is for another host"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_named(
    folder: Folder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    names: tuple[str, ...],
    start: int,
    end: int,
    reason: str,
) -> None:
    certificate = certify(tmp_path / "site.pem", *names, start=start, end=end)
    trust(monkeypatch, certificate)
    with serve({"/": Answer()}, certificate=certificate) as site:
        [response] = fetch(folder, f"https://localhost:{site.port}/")
    assert response.obstacle is not None
    assert (response.obstacle.state, response.obstacle.reason) == (Coverage.FAILED, reason)
    assert site.visits == []


def test_a_certificate_for_another_address_is_named(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certify(tmp_path / "site.pem", "localhost")
    trust(monkeypatch, certificate)
    with serve({"/": Answer()}, certificate=certificate) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert response.obstacle is not None and response.obstacle.reason == "the certificate is for another address"


def test_a_port_that_speaks_no_tls_is_named(folder: Folder) -> None:
    with serve({"/": Answer()}) as site:
        [response] = fetch(folder, f"https://127.0.0.1:{site.port}/")
    assert response.obstacle is not None and response.obstacle.state is Coverage.FAILED
    assert "no secure connection could be made" in response.obstacle.reason


def test_a_site_that_moves_to_https_is_read_there(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certify(tmp_path / "site.pem", "127.0.0.1")
    trust(monkeypatch, certificate)
    with serve({"/a": Answer()}, certificate=certificate) as safe:
        with serve({"/a": Answer(b"", 301, {"Location": f"{safe.base}/a"})}) as site:
            [response] = fetch(folder, f"{site.base}/a")
    assert (response.url, response.body) == (f"{safe.base}/a", PAGE)


def test_a_lasting_move_to_https_is_remembered_unless_the_site_sends_us_back() -> None:
    plain, safe = httpx2.URL("http://h.example/a?b=c"), httpx2.URL("https://h.example/a?b=c")
    wire = Wire(Guard(), QUICK, httpx2.create_ssl_context)
    host = Host("h.example", queue=Queue(1.0), wire=wire, patience=5)
    host.note_redirect(plain, safe, 302)
    assert host.upgrade(plain) == plain
    host.note_redirect(plain, httpx2.URL("https://h.example/"), 301)
    assert host.upgrade(plain) == plain
    host.note_redirect(plain, safe, 301)
    assert host.upgrade(plain) == host.upgrade(safe) == safe
    host.note_redirect(safe, plain, 302)
    host.note_redirect(plain, safe, 301)
    assert host.upgrade(plain) == plain
