"""A client of the NATS protocol on a plain socket: https://docs.nats.io/reference/nats-protocols/nats-protocol

CONNECT, PUB, SUB, MSG, PING and PONG, with user and password, requests over one inbox, and a connection that comes back.
"""

import json
import socket
import threading
import time
import uuid
from urllib.parse import unquote, urlparse

RETRY_SECONDS = 0.5


class Parser:
    """Cuts what comes from the server into messages: ("MSG", subject, reply, payload), or (verb, the rest of its line)."""

    def __init__(self):
        self._bytes = b""

    def feed(self, received):
        self._bytes += received
        while True:
            line, found, rest = self._bytes.partition(b"\r\n")
            if not found:
                return
            verb, _, arguments = line.decode().partition(" ")
            if verb.upper() != "MSG":
                self._bytes = rest
                yield verb.upper(), arguments
                continue
            subject, _sid, *reply, size = arguments.split()
            size = int(size)
            if len(rest) < size + 2:
                return
            self._bytes = rest[size + 2 :]
            yield "MSG", subject, reply[0] if reply else None, rest[:size]


class Nats:
    """A connection that comes back when the server does; subscriptions outlive it. Handlers run in the reader's thread."""

    def __init__(self, url, on_connection):
        server = urlparse(url)
        self._address = (server.hostname, server.port or 4222)
        self._user, self._password = unquote(server.username or ""), unquote(server.password or "")
        # An xApp may hear answers below this alone.
        self.inbox = f"_INBOX.{self._user}.{uuid.uuid4().hex}"
        self._on_connection = on_connection
        self._handlers = {}
        self._waiting = {}
        self._socket = None
        self._writing = threading.Lock()
        self.subscribe(f"{self.inbox}.*", self._answered)

    def subscribe(self, subject, handler):
        """handler(message, subject, reply); before run()."""
        self._handlers[subject] = handler

    def publish(self, subject, message, reply=""):
        payload = json.dumps(message, separators=(",", ":")).encode()
        self._write(f"PUB {subject} {reply} {len(payload)}\r\n".encode() + payload + b"\r\n")

    def request(self, subject, message, on_answer=lambda value: None):
        """on_answer(value) comes when the other side has answered; a refusal raises in it as {"error": ...}."""
        token = uuid.uuid4().hex
        self._waiting[token] = on_answer
        self.publish(subject, message, f"{self.inbox}.{token}")

    def run(self):
        """Connects, reads, and does it again when the server goes away. Never returns."""
        while True:
            try:
                self._connect_and_read()
            except OSError as error:
                self._on_connection(False, str(error))
            self._socket = None
            self._waiting.clear()
            time.sleep(RETRY_SECONDS)

    def _connect_and_read(self):
        connection = socket.create_connection(self._address, timeout=10)
        connection.settimeout(None)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        parser = Parser()
        while received := connection.recv(65536):
            for verb, *what in parser.feed(received):
                if verb == "INFO" and self._socket is None:
                    self._log_in(connection)
                elif verb == "PING":
                    self._write(b"PONG\r\n")
                elif verb == "PONG":
                    self._on_connection(True, "")
                elif verb == "-ERR":
                    self._on_connection(False, what[0])
                elif verb == "MSG":
                    self._received(*what)
        raise ConnectionError("the server closed the connection")

    def _log_in(self, connection):
        self._socket = connection
        options = {"verbose": False, "pedantic": False, "lang": "python", "version": "1"}
        options |= {"user": self._user, "pass": self._password}
        self._write(f"CONNECT {json.dumps(options)}\r\n".encode())
        for sid, subject in enumerate(self._handlers, 1):
            self._write(f"SUB {subject} {sid}\r\n".encode())
        # Its answer says that we have been let in.
        self._write(b"PING\r\n")

    def _received(self, subject, reply, payload):
        for pattern, handler in self._handlers.items():
            if subject == pattern or (pattern.endswith(".*") and subject.startswith(pattern[:-1])):
                handler(json.loads(payload) if payload else {}, subject, reply)

    def _answered(self, answer, subject, _reply):
        on_answer = self._waiting.pop(subject.rpartition(".")[2], None)
        if on_answer:
            on_answer(answer.get("value", answer))

    def _write(self, what):
        with self._writing:
            if self._socket is not None:
                try:
                    self._socket.sendall(what)
                except OSError:
                    pass  # The reader notices, too.
