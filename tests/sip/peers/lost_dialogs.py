#!/usr/bin/env python3
"""Requests inside dialogs that the endpoint does not know, as after its restart: lost_dialogs.py PORT

RFC 3261 §12.2.2, §15.1.2: each is to be answered with 481, but ACK with nothing. A method that
nobody may use here is 405 before anyone looks for its dialog (§8.2.1). Prints "port N", then one line per method with the statuses that came, and exits 1 if any is wrong.
"""
import select
import socket
import sys

EXPECTED = {"BYE": [481], "INVITE": [481], "UPDATE": [481], "PRACK": [481], "OPTIONS": [481], "CANCEL": [481],
            "ACK": [], "INFO": [405], "REFER": [405], "NOTIFY": [405]}
EXTRA = {"PRACK": ["RAck: 1 1 INVITE"], "REFER": ["Refer-To: <sip:somebody@127.0.0.1>"],
         "NOTIFY": ["Event: refer", "Subscription-State: active"]}
SILENCE = 0.5  # s in which the answer to an ACK would have come


def call_id(number, my_port):
    return f"lost-{number}-{my_port}"


def request(method, number, to_port, my_port):
    # One branch per call, so that an ACK with the number of an INVITE is the one of its refusal.
    lines = [f"{method} sip:agent1@127.0.0.1:{to_port} SIP/2.0",
             f"Via: SIP/2.0/UDP 127.0.0.1:{my_port};branch=z9hG4bK{my_port}x{number};rport",
             "Max-Forwards: 70", "From: <sip:caller@127.0.0.1>;tag=theirs", "To: <sip:agent1@127.0.0.1>;tag=lost",
             f"Call-ID: {call_id(number, my_port)}", f"CSeq: 7 {method}", f"Contact: <sip:caller@127.0.0.1:{my_port}>",
             *EXTRA.get(method, []), "Content-Length: 0", "", ""]
    return "\r\n".join(lines).encode()


def answers(peer, number, my_port, patience):
    """Statuses of this call until the first final one, or until nothing came for `patience` s."""
    found = []
    while select.select([peer], [], [], patience)[0]:
        reply = peer.recv(65536).decode()
        if call_id(number, my_port) not in reply:
            continue
        found.append(int(reply.split(" ", 2)[1]))
        if found[-1] >= 200:
            break
    return found


def main():
    to_port = int(sys.argv[1])
    peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    peer.bind(("127.0.0.1", 0))
    my_port = peer.getsockname()[1]
    print(f"port {my_port}", flush=True)
    wrong = 0
    for number, (method, expected) in enumerate(EXPECTED.items()):
        peer.sendto(request(method, number, to_port, my_port), ("127.0.0.1", to_port))
        found = answers(peer, number, my_port, 3 if expected else SILENCE)
        if method == "INVITE":  # else its refusal is repeated
            peer.sendto(request("ACK", number, to_port, my_port), ("127.0.0.1", to_port))
        wrong += found != expected
        print(method, *found, flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
