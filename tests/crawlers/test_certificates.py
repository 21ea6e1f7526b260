"""A host shows a certificate of its own name by an issuer that is trusted, or it is asked nothing."""

import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from crawlers.boards import boards_toml
from crawlers.landing import Landed, read, read_body
from crawlers.run import collect
from pipelines.captures import Status

pytestmark = pytest.mark.slow

NOW = datetime.now(UTC)
KEY = "Bearer the-operators-own"
PAGE = '{"list": [{"word": "甲"}, {"word": "乙"}]}'.encode()


class Issuer:
    """An authority that signs certificates, all for its one key; ``own`` says that it may."""

    def __init__(self, name: str) -> None:
        self.name = _named(name)
        self.key = ec.generate_private_key(ec.SECP256R1())
        is_issuer = x509.BasicConstraints(ca=True, path_length=None)
        self.own = self.signed(self.name, timedelta(days=9), is_issuer)

    def signed(
        self,
        subject: x509.Name,
        lasts: timedelta,
        extension: x509.ExtensionType,
    ) -> x509.Certificate:
        return (
            x509.CertificateBuilder(self.name, subject, self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - timedelta(days=9))
            .not_valid_after(NOW + lasts)
            .add_extension(extension, critical=False)
            .sign(self.key, hashes.SHA256())
        )

    def shown_by(self, folder: Path, host: str, lasts: timedelta) -> ssl.SSLContext:
        """What a server needs to show a certificate for a host."""
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        certificate = self.signed(_named(host), lasts, names)
        file = folder / "shown.pem"
        file.write_bytes(
            self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            + certificate.public_bytes(Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


class Page(BaseHTTPRequestHandler):
    """Answers with a list, and notes what key came along and to whom."""

    server: "Web"

    def do_GET(self) -> None:
        self.server.heard.append((self.headers["Host"], self.headers.get("Authorization")))
        body = b"" if self.path.endswith("/robots.txt") else PAGE
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Shown(StreamRequestHandler):
    """A host that shows its certificate, behind a tunnel where the web is a proxy."""

    server: "Web"
    rbufsize = 0  # what comes after the request for a tunnel is not ours to read

    def handle(self) -> None:
        host = self._tunnelled_to() if self.server.is_proxy else "localhost"
        with (
            suppress(OSError),  # a visitor who does not trust us hangs up
            self.server.hosts[host].wrap_socket(self.request, server_side=True) as private,
        ):
            Page(private, self.client_address, self.server)

    def _tunnelled_to(self) -> str:
        host = self.rfile.readline().split()[1].decode().partition(":")[0]
        while self.rfile.readline().strip():
            pass
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        return host


class Web(ThreadingTCPServer):
    """Hosts by their names, all on this machine."""

    daemon_threads = True

    def __init__(self, hosts: Mapping[str, ssl.SSLContext], *, is_proxy: bool) -> None:
        super().__init__(("127.0.0.1", 0), Shown)
        self.hosts = hosts
        self.is_proxy = is_proxy
        self.heard: list[tuple[str, str | None]] = []

    @property
    def place(self) -> str:
        return f"localhost:{self.server_address[1]}"


@contextmanager
def serving(hosts: Mapping[str, ssl.SSLContext], *, is_proxy: bool) -> Iterator[Web]:
    with Web(hosts, is_proxy=is_proxy) as web:
        Thread(target=web.serve_forever, args=(0.05,), daemon=True).start()
        yield web
        web.shutdown()


def described(name: str) -> str:
    """A board that hands over a key of the operator's."""
    return f"""
[boards.{name}_hot]
kind = "json"
url = "https://{name}.example.com/hot"
title_zh = "示例"
title_en = "Example"
entries_at = "list"
fields = {{ title = "word" }}
headers_from = {{ Authorization = "OPERATORS_KEY" }}
"""


@contextmanager
def operator(folder: Path, trusted: Issuer, **environment: str) -> Iterator[None]:
    """Boards that want a key, and a machine that trusts one issuer."""
    issuers, boards = folder / "issuers.pem", folder / "boards.toml"
    issuers.write_bytes(trusted.own.public_bytes(Encoding.PEM))
    boards.write_text("".join(map(described, BOARDS)), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, boards_toml.using(boards):
        environment |= {"SSL_CERT_FILE": str(issuers), "OPERATORS_KEY": KEY}
        for name, value in environment.items():
            patch.setenv(name, value)
        yield


BOARDS = ("trusted", "forged", "unknown", "misnamed", "expired")
REFUSED = BOARDS[1:]


@dataclass(frozen=True)
class Seen:
    """What was landed of each board, and what hosts heard: each (host, key)."""

    landing: Path
    landed: Mapping[str, Landed]
    heard: Sequence[tuple[str, str | None]]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Five boards fetched from five hosts, of which one can show who it is."""
    folder = tmp_path_factory.mktemp("certificates")
    trusted = Issuer("Trusted")
    long, over = timedelta(days=9), timedelta(days=-1)
    shown = {
        "trusted": trusted.shown_by(folder, "trusted.example.com", long),
        "forged": Issuer("another.example.net").shown_by(folder, "another.example.net", long),
        "unknown": Issuer("Stranger").shown_by(folder, "unknown.example.com", long),
        "misnamed": trusted.shown_by(folder, "another.example.net", long),
        "expired": trusted.shown_by(folder, "expired.example.com", over),
    }
    hosts = {f"{name}.example.com": context for name, context in shown.items()}
    with serving(hosts, is_proxy=True) as web:
        proxy = {"https_proxy": f"http://{web.place}", "no_proxy": "", "NO_PROXY": ""}
        with operator(folder, trusted, **proxy):
            done = collect(folder / "landing", [f"{name}_hot" for name in BOARDS])
    landed = {one.board.removesuffix("_hot"): one for one in done}
    return Seen(folder / "landing", landed, tuple(web.heard))


def test_a_host_that_shows_who_it_is_is_given_the_key(seen: Seen) -> None:
    one = seen.landed["trusted"]
    assert one.status is Status.OK, one.detail
    assert [entry.title for entry in read(seen.landing / one.path).page.entries] == ["甲", "乙"]
    assert ("trusted.example.com", KEY) in seen.heard


@pytest.mark.parametrize("name", REFUSED)
def test_a_host_that_cannot_show_who_it_is_is_refused(seen: Seen, name: str) -> None:
    one = seen.landed[name]
    assert (one.status, one.reason) == (Status.FAILED, "certificate_invalid")
    assert f"{name}.example.com" in one.detail
    assert one.entry_count == 0
    assert read(seen.landing / one.path).page.entries == ()
    assert read_body(seen.landing / one.path) is None


def test_a_host_that_cannot_show_who_it_is_hears_nothing(seen: Seen) -> None:
    assert {host for host, _ in seen.heard} == {"trusted.example.com"}


@pytest.mark.parametrize(
    ("is_trusted", "reason"), [(True, ""), (False, "certificate_invalid")], ids=["known", "unknown"]
)
def test_an_origin_shows_who_it_is_too(tmp_path: Path, is_trusted: bool, reason: str) -> None:
    issuer = Issuer("Origin")
    hosts = {"localhost": issuer.shown_by(tmp_path, "localhost", timedelta(days=9))}
    with (
        serving(hosts, is_proxy=False) as web,
        operator(tmp_path, issuer if is_trusted else Issuer("Another")),
    ):
        (one,) = collect(tmp_path / "landing", ["trusted_hot"], origin=f"https://{web.place}")
    assert one.reason == reason, one.detail
    assert bool(web.heard) is is_trusted
