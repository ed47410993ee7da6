#!/usr/bin/env python3
"""A phone, honest and not, that tries a registrar: registrar_probe.py PORT

The registrar must know user agent1 with password "right" in realm bellwether, and allow 1 to 60 s.
Prints one line per check, "ok ..." or "FAILED ...", and exits 1 if any failed.
"""
import os
import re
import socket
import sys

sys.path.insert(0, os.environ["BW_REFERENCE"])
import digest  # noqa: E402  (scripts/reference/digest.py)

failures = 0


def check(name, right):
    global failures
    failures += not right
    print(("ok " if right else "FAILED ") + name, flush=True)


class Phone:
    def __init__(self, port, user="agent1", password="right"):
        self.registrar = ("127.0.0.1", port)
        self.user, self.password = user, password
        self.uri = f"sip:127.0.0.1:{port}"
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(5)
        self.port = self.socket.getsockname()[1]
        self.contact = f"<sip:{user}@127.0.0.1:{self.port}>"
        self.cseq = 0
        self.nonce, self.nc = None, 0

    def proof(self, method="REGISTER", uri=None, nc=None, username=None, realm="bellwether"):
        self.nc += 1
        count = f"{nc or self.nc:08x}"
        uri, username = uri or self.uri, username or self.user
        value = digest.response("MD5", username, realm, self.password, method, uri, self.nonce, "auth",
                                count, "cn")
        return (f'Digest username="{username}", realm="{realm}", nonce="{self.nonce}", uri="{uri}", '
                f'response="{value}", algorithm=MD5, qop=auth, nc={count}, cnonce="cn"')

    def send(self, proof=None, contact=None, expires=None, to=None):
        """One REGISTER; the reply as text."""
        self.cseq += 1
        to = to or self.user
        lines = [f"REGISTER {self.uri} SIP/2.0",
                 f"Via: SIP/2.0/UDP 127.0.0.1:{self.port};branch=z9hG4bK{self.port}x{self.cseq};rport",
                 "Max-Forwards: 70", f"From: <sip:{to}@127.0.0.1>;tag=f", f"To: <sip:{to}@127.0.0.1>",
                 f"Call-ID: probe-{self.port}", f"CSeq: {self.cseq} REGISTER"]
        if contact != "":
            lines.append(f"Contact: {contact or self.contact}")
        if expires is not None:
            lines.append(f"Expires: {expires}")
        if proof:
            lines.append(f"Authorization: {proof}")
        lines += ["Content-Length: 0", "", ""]
        self.socket.sendto("\r\n".join(lines).encode(), self.registrar)
        reply = self.socket.recv(65536).decode()
        found = re.search(r'nonce="([^"]*)"', reply)
        if found:
            self.nonce, self.nc = found.group(1), 0
        return reply

    def register(self, **more):
        if self.nonce is None:
            self.send()
        return self.send(self.proof(), **more)


def status(reply):
    return int(reply.split(" ", 2)[1])


def shape(reply):
    """The reply without what differs by chance or by the request, to compare two users."""
    reply = re.sub(r'nonce="[^"]*"', "nonce", reply)
    return [line for line in reply.split("\r\n")
            if not line.lower().startswith(("via", "from", "to", "call-id", "cseq"))]


def honest(port):
    phone = Phone(port)
    first = phone.send()
    check("first REGISTER is challenged", status(first) == 401 and "stale" not in first)
    check("the challenge offers MD5 only", "SHA" not in first and "algorithm=MD5" in first)
    reply = phone.register(expires=600)
    check("right password registers", status(reply) == 200)
    check("a long wish is shortened", "expires=60" in reply and f"agent1@127.0.0.1:{phone.port}" in reply)
    check("a refresh with the same nonce and the next nc registers", status(phone.register(expires=30)) == 200)
    reply = phone.register(contact="")
    check("without Contact the binding is told", status(reply) == 200 and "Contact:" in reply)
    reply = phone.register(expires=0, contact="*")
    check("Contact * with Expires 0 unregisters", status(reply) == 200 and "Contact:" not in reply)
    check("Contact * with another Expires is refused", status(phone.register(expires=30, contact="*")) == 400)


def replayed(port):
    phone = Phone(port)
    phone.send()
    proof = phone.proof()
    check("a proof serves once", status(phone.send(proof)) == 200)
    check("the same proof again is stale", status(again := phone.send(proof)) == 401 and "stale=true" in again)
    other = Phone(port)
    other.nonce = "0" * 64
    check("a made-up nonce is stale", "stale=true" in other.send(other.proof()))
    check("a replay locks nobody out", status(phone.register()) == 200)


def dishonest(port):
    victim = Phone(port, user="agent2")
    victim.send()
    check("a uri that is not the request's is refused",
          status(victim.send(victim.proof(uri="sip:elsewhere"))) == 401)
    borrowed = Phone(port, user="agent1")
    borrowed.send()
    check("another user's account is refused", status(borrowed.send(borrowed.proof(), to="agent3")) == 401)


def guessed(port):
    known, unknown = Phone(port, "agent1", "wrong"), Phone(port, "nobody", "wrong")
    for phone in (known, unknown):
        phone.replies = [phone.send()] + [phone.send(phone.proof()) for _ in range(4)]
    check("first and second guess are challenged again, from the third on 403",
          [status(r) for r in known.replies] == [401, 401, 401, 403, 403])
    check("known and unknown users get the same answers",
          [shape(r) for r in known.replies] == [shape(r) for r in unknown.replies])
    rightful = Phone(port)
    check("locked: the right password is refused from there too", status(rightful.send()) == 403)


def brief(port):
    phone = Phone(port, user="agent2")
    phone.send()
    reply = phone.send(phone.proof(), contact=phone.contact + ";expires=0.5")
    check("an expiry that is no number gets the default", status(reply) == 200 and "expires=60" in reply)


def main():
    port = int(sys.argv[1])
    for part in (honest, replayed, dishonest, brief, guessed):
        part(port)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
