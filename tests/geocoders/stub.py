"""A server on this machine that answers as the services do, or fails like them."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

from geo.geocoders import Access


@dataclass(frozen=True)
class Answer:
    """``seconds`` pass before it; ``drip`` puts as many between any two bytes; ``cut`` ends it in the middle."""

    body: str
    status: int = 200
    seconds: float = 0.0
    drip: float = 0.0
    cut: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    at: float
    path: str
    query: dict[str, str]
    agent: str


class Server(ThreadingHTTPServer):
    """Answers with ``answer(name)``; what it was asked stays in ``asked``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.asked: list[Asked] = []
        self.answers: dict[str, Answer] = {}
        self.otherwise = Answer("[]")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def names(self) -> list[str]:
        return [next(asked.query[key] for key in ("q", "text") if key in asked.query) for asked in self.asked]

    def knows(self, name: str, *results: Any, **more: Any) -> None:
        """Answer a name with results as Nominatim gives them."""
        self.answers[name] = Answer(json.dumps(list(results)), **more)

    def access(self, **more: Any) -> Access:
        """How to reach this server: without delay or pause, unless asked for."""
        options: dict[str, Any] = {"user_agent": "makan-tests", "delay": 0.0, "timeout": 5.0, "pause": 0.0}
        return Access(self.address, **options | more)


class _Answering(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = {key: values[-1] for key, values in parse_qs(url.query).items()}
        name = query.get("q") or query.get("text") or ""
        self.server.asked.append(Asked(time.monotonic(), url.path, query, self.headers["User-Agent"]))
        answer = self.server.answers.get(name, self.server.otherwise)
        time.sleep(answer.seconds)
        body = answer.body.encode()
        try:
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            for header, value in answer.headers.items():
                self.send_header(header, value)
            self.end_headers()
            for part in body if answer.drip else ():
                time.sleep(answer.drip)
                self.wfile.write(bytes([part]))
            self.wfile.write(b"" if answer.drip else body[: len(body) // 2] if answer.cut else body)
        except OSError:
            pass  # the client gave up waiting

    def log_message(self, format: str, *args: Any) -> None:
        """Not on the test's output."""


class Memory:
    """A cache in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.last: dict[str, float] = {}
        self.lock = Lock()
        self.turns: Callable[[str, float], float] = self._turn

    def recall(self, key: str) -> str | None:
        return self.kept.get(key)

    def remember(self, key: str, value: str) -> None:
        value.encode()  # as any store does, which lone surrogates would stop
        self.kept[key] = value

    def turn(self, key: str, delay: float) -> float:
        return self.turns(key, delay)

    def _turn(self, key: str, delay: float) -> float:
        with self.lock:
            now = time.monotonic()
            self.last[key] = max(now, self.last.get(key, 0.0) + delay)
            return self.last[key] - now
