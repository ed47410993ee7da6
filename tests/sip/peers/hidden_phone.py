#!/usr/bin/env python3
"""A phone behind an address translator: its Contact names an address nobody can reach.

  hidden_phone.py REGISTRAR_PORT EXPIRES

Registers agent1 ("right") once and never refreshes; then takes one call that arrives at the socket it
registered from, answers it, and takes the BYE. Prints "port N" first, then the request line and a word each.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import registrar_probe  # noqa: E402

SDP = ("v=0\r\no=phone 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
       "m=audio 40002 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n")


def main():
    phone = registrar_probe.Phone(int(sys.argv[1]))
    phone.contact = "<sip:agent1-0x55@192.0.2.77:5555;x=y?Replaces=evil>"
    print(f"port {phone.port}", flush=True)
    reply = phone.register(expires=int(sys.argv[2]))
    print(f"registered {registrar_probe.status(reply)}", flush=True)
    while True:
        data, peer = phone.socket.recvfrom(65536)
        head = data.decode().partition("\r\n\r\n")[0].split("\r\n")
        method = head[0].split(" ")[0]
        print(head[0], flush=True)
        if method == "ACK":
            continue
        kept = [line for line in head[1:]
                if line.split(":")[0].lower() in ("via", "from", "to", "call-id", "cseq")]
        kept = [line + ";tag=p" if line.lower().startswith("to:") and "tag=" not in line else line
                for line in kept]
        body = SDP if method == "INVITE" else ""
        lines = ["SIP/2.0 200 OK", *kept, "Contact: <sip:agent1-0x55@192.0.2.77:5555>"]
        lines += (["Content-Type: application/sdp"] if body else [])
        lines += [f"Content-Length: {len(body)}", "", body]
        phone.socket.sendto("\r\n".join(lines).encode(), peer)
        if method == "BYE":
            return 0


if __name__ == "__main__":
    sys.exit(main())
