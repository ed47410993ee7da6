#!/usr/bin/env python3
"""A carrier for one call that challenges and checks every proof itself, with hashlib alone.

  challenging_carrier.py --user U --password P --challenge 'Digest realm="r", nonce="{nonce}", ...' ...

Each --challenge is one header line, in order; {nonce} becomes a fresh nonce. Answers the call once the proof
is right, takes BYE (which must prove itself too), then exits. Prints "port N" first, then one JSON object
per request: {"method", "verdict", "algorithm", "nc"}; verdict is "challenged", "ok" or what is wrong.
"""
import argparse
import json
import secrets
import socket
import sys

sys.path.insert(0, __import__("os").environ["BW_REFERENCE"])
import digest  # noqa: E402  (scripts/reference/digest.py)

SDP = ("v=0\r\no=carrier 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
       "m=audio 40002 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n")


class Request:
    def __init__(self, data):
        head, _, self.body = data.decode().partition("\r\n\r\n")
        first, *lines = head.split("\r\n")
        self.method, self.uri, _ = first.split(" ", 2)
        self.headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines]

    def all(self, name):
        return [f"{key}: {value}" for key, value in self.headers if key.lower() == name.lower()]

    def one(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Carrier:
    def __init__(self, args):
        self.args = args
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(10)
        self.port = self.socket.getsockname()[1]
        self.next_nc = {}        # nonce -> count that must come next
        self.stale_left = args.stale
        self.first = True

    def say(self, request, verdict, header=None):
        given = digest.parse(header) if header else {}
        print(json.dumps({"method": request.method, "verdict": verdict,
                          "algorithm": given.get("algorithm"), "nc": given.get("nc")}), flush=True)

    def reply(self, request, peer, status, extra=(), body=""):
        to = request.all("To")[0]
        if ";tag=" not in to:
            to += ";tag=carrier"
        lines = [f"SIP/2.0 {status}", *request.all("Via"), *request.all("From"), to,
                 *request.all("Call-ID"), *request.all("CSeq"),
                 f"Contact: <sip:carrier@127.0.0.1:{self.port}>", *extra]
        if body:
            lines.append("Content-Type: application/sdp")
        lines += [f"Content-Length: {len(body)}", "", body]
        self.socket.sendto("\r\n".join(lines).encode(), peer)

    def challenge(self, request, peer, stale=False):
        nonce = secrets.token_hex(12)
        self.next_nc[nonce] = 1
        kind, status = (("Proxy-Authenticate", "407 Proxy Authentication Required")
                        if self.args.code == 407 else ("WWW-Authenticate", "401 Unauthorized"))
        lines = [f"{kind}: {text.replace('{nonce}', nonce)}" + (", stale=true" if stale else "")
                 for text in self.args.challenge]
        self.reply(request, peer, status, lines)

    def judge(self, request, header):
        """None if the proof is right in every respect a strict server checks."""
        fault = digest.problem(header, request.method, self.args.user, self.args.password)
        given = digest.parse(header)
        if fault:
            return fault
        if given["uri"] != request.uri:
            return "uri is not the request's"
        if given["nonce"] not in self.next_nc:
            return "unknown nonce"
        wanted = "opaque=" in self.args.challenge[0]
        if wanted and given.get("opaque") != "o-1":
            return "opaque not echoed"
        if given.get("qop"):
            if int(given["nc"], 16) != self.next_nc[given["nonce"]]:
                return f"nc {given['nc']} but {self.next_nc[given['nonce']]} was next"
            self.next_nc[given["nonce"]] += 1
        return None

    def authenticated(self, request, peer):
        header = request.one("Proxy-Authorization" if self.args.code == 407 else "Authorization")
        if header is None:
            self.say(request, "challenged")
            self.challenge(request, peer)
            return None
        fault = self.judge(request, header)
        self.say(request, fault or "ok", header)
        if fault:
            self.reply(request, peer, "403 Forbidden")
            return None
        if self.stale_left:
            self.stale_left -= 1
            self.challenge(request, peer, stale=True)
            return None
        if not self.args.nextnonce:
            return []
        nonce = secrets.token_hex(12)
        self.next_nc[nonce] = 1
        name = "Proxy-Authentication-Info" if self.args.code == 407 else "Authentication-Info"
        return [f'{name}: nextnonce="{nonce}"']

    def serve(self):
        print(f"port {self.port}", flush=True)
        while True:
            data, peer = self.socket.recvfrom(65536)
            request = Request(data)
            if request.method == "ACK":
                continue
            extra = self.authenticated(request, peer)
            if extra is None:
                continue
            self.reply(request, peer, "200 OK", extra, SDP if request.method == "INVITE" else "")
            if request.method == "BYE":
                return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--user", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--challenge", action="append", required=True)
    parser.add_argument("--code", type=int, choices=(401, 407), default=407)
    parser.add_argument("--stale", type=int, default=0, help="right proofs to call stale first")
    parser.add_argument("--nextnonce", action="store_true", help="announce a new nonce in each success")
    return Carrier(parser.parse_args()).serve()


if __name__ == "__main__":
    sys.exit(main())
