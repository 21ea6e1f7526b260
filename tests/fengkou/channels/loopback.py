"""A service on this machine: keeps what it was asked, and can fail in the ways of a network."""

import json
import socket
import struct
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request: its path, the parameters of its address, its headers and its body."""

    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        read = json.loads(self.body)
        assert isinstance(read, dict)
        return read

    @property
    def is_json(self) -> bool:
        try:
            return "application/json" in self.headers.get("Content-Type", "") and bool(self.json)
        except (ValueError, AssertionError):
            return False


@dataclass(frozen=True)
class Answered:
    """What a service answers."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def as_json(status: int = 200, /, **members: Any) -> Answered:
    body = json.dumps(members, ensure_ascii=False).encode()
    return Answered(body, status, {"Content-Type": "application/json"})


class Service:
    """What a provider does with a request, by its clock ``now``, which a test sets.

    ``fault``: slow, reset, html, empty, echo or busy, in place of an answer. ``took``: what it accepted.
    """

    name = "service"

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 28, 4, 10, tzinfo=UTC)
        self.fault = ""
        self.asked: list[Asked] = []
        self.took: list[dict[str, Any]] = []
        self.times: list[datetime] = []

    def answer(self, asked: Asked) -> Answered:
        raise NotImplementedError

    def within(self, span: timedelta) -> int:
        """How many requests came in the span before now, this one too."""
        self.times = [time for time in self.times if time > self.now - timedelta(hours=1)]
        return sum(time > self.now - span for time in self.times)

    def failed(self, asked: Asked) -> Answered | None:
        if self.fault == "html":
            return Answered(
                b"<html><body>sign in</body></html>", 200, {"Content-Type": "text/html"}
            )
        if self.fault == "empty":
            return Answered(b"")
        if self.fault == "busy":
            return Answered(b"busy", 503, {"Retry-After": "120"})
        if self.fault == "redirect":
            return Answered(b"", 302, {"Location": "https://elsewhere.example/?key=1"})
        if self.fault == "echo":
            told = {name: str(value) for name, value in asked.headers.items()}
            said = f"no such hook: {asked.path}?{asked.parameters} {told} {asked.body.decode()}"
            return as_json(errcode=93999, code=93999, errmsg=said, msg=said, message=said)
        return None


@contextmanager
def served(service: Service) -> Iterator[str]:
    """The address at which a service stands meanwhile."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Asked(parts.path, dict(parse_qsl(parts.query)), dict(self.headers), body)
            service.asked.append(asked)
            service.times.append(service.now)
            if service.fault == "slow":
                time.sleep(1.5)
            if service.fault == "reset":
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.rfile.close()
                self.connection.close()
                return
            answered = service.failed(asked) or service.answer(asked)
            self.send_response(answered.status)
            for name, value in answered.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answered.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(answered.body)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    # An HTTP server would ask the network for the name of this machine first.
    server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
