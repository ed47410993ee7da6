#!/usr/bin/env python3
"""A carrier for one call that sends its 200 twice before it reads anything: stuttering_carrier.py

SIPp cannot play this: it reads between two sends, so a fast caller's ACK comes in between. Prints "port N"
first, then the method of each request; takes BYE and exits.
"""
import os
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from challenging_carrier import SDP, Request  # noqa: E402


def reply(request, port, body):
    to = request.all("To")[0]
    to += "" if ";tag=" in to else ";tag=carrier"
    lines = ["SIP/2.0 200 OK", *request.all("Via"), *request.all("From"), to, *request.all("Call-ID"),
             *request.all("CSeq"), f"Contact: <sip:carrier@127.0.0.1:{port}>"]
    lines += ["Content-Type: application/sdp"] if body else []
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]).encode()


def main():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    server.settimeout(10)
    port = server.getsockname()[1]
    print(f"port {port}", flush=True)
    while True:
        data, peer = server.recvfrom(65536)
        request = Request(data)
        print(request.method, flush=True)
        if request.method == "INVITE":
            for _ in range(2):
                server.sendto(reply(request, port, SDP), peer)
        elif request.method == "BYE":
            server.sendto(reply(request, port, ""), peer)
            return 0


if __name__ == "__main__":
    sys.exit(main())
