"""A site whose certificate nobody vouches for is not read: somebody may stand between it and us."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Thread
from typing import TYPE_CHECKING

from crawls import AZAR, crawl
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from bayegan.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Handler(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that does not trust us is what the test is for."""


def self_signed(folder: Path) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 that is its own authority, valid now."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@contextmanager
def served(folder: Path) -> Iterator[str]:
    Handler.asked = []
    with Server(("127.0.0.1", 0), Handler) as server:
        server.socket = self_signed(folder).wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join(5)


def test_a_crawl_of_a_site_with_a_certificate_of_its_own_asks_for_nothing_and_says_why(tmp_path: Path) -> None:
    with served(tmp_path) as home:
        done = crawl(home, tmp_path / "x.db", *AZAR, "--set", "RETRY_TIMES=0")
        assert Handler.asked == []
        trusting = crawl(home, tmp_path / "x.db", *AZAR, "--set", "DOWNLOAD_VERIFY_CERTIFICATES=False")
        assert Handler.asked != []  # it was the certificate, and nothing else
    assert (done.code, done.held, trusting.code) == (3, 0, 3)
    assert "Traceback" not in done.said
    assert "could not be had: Its certificate is none that this machine trusts.\n" in done.said


def test_a_page_behind_such_a_certificate_is_not_read(tmp_path: Path) -> None:
    with served(tmp_path) as home:
        done = CliRunner().invoke(app, ["read", f"{home}/news/1001701"])
        assert (done.exit_code, done.stdout, Handler.asked) == (1, "", [])
    assert "certificate verify failed" in done.stderr
    assert done.stderr.count("\n") == 1
