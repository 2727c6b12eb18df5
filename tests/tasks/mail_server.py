"""A mail server as small as it can be: takes what it is sent, refuses some addresses, hangs up when told to."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.port: int = self.server_address[1]
        self.taken: list[EmailMessage] = []
        self.connections = 0
        self.refused = "nobody@"
        self.hangs_up_on = "gone@"


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.connections += 1
        self.say("220 ready")
        while line := self.rfile.readline().decode():
            word = line.split(":")[0].strip().upper().split(" ")[0]
            if word == "QUIT":
                self.say("221 bye")
                return
            if word == "RCPT" and self.server.hangs_up_on in line:
                return
            if word == "RCPT" and self.server.refused in line:
                self.say("550 no such mailbox")
            elif word == "DATA":
                self.say("354 go on")
                self.server.taken.append(self.letter())
                self.say("250 taken")
            else:
                self.say("250 ok")

    def letter(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        return message_from_bytes(b"".join(lines), policy=policy.default)  # type: ignore[return-value]

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()
