#!/usr/bin/env python3
"""A carrier's answers to OPTIONS, by plan: "200", "503", "405" or "silence" per request, the last for ever.

  options_peer.py --plan 200 silence silence 200

A request repeated by the transport counts once. Prints "port N" first, then one line per request: its answer.
"""
import argparse
import socket
import sys


def header(lines, name):
    return next(line for line in lines if line.lower().startswith(name.lower() + ":"))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plan", nargs="+", required=True)
    args = parser.parse_args()
    peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    peer.bind(("127.0.0.1", 0))
    peer.settimeout(20)
    print("port", peer.getsockname()[1], flush=True)
    answers = {}
    while True:
        data, source = peer.recvfrom(65536)
        lines = data.decode().split("\r\n")
        call = header(lines, "Call-ID")
        if call not in answers:
            answers[call] = args.plan[min(len(answers), len(args.plan) - 1)]
            print(lines[0].split(" ")[0], answers[call], flush=True)
        if answers[call] == "silence":
            continue
        via = [line for line in lines if line.lower().startswith("via:")]
        to = header(lines, "To") + ";tag=peer"
        reply = [f"SIP/2.0 {answers[call]} Planned", *via, header(lines, "From"), to, call,
                 header(lines, "CSeq"), "Content-Length: 0", "", ""]
        peer.sendto("\r\n".join(reply).encode(), source)


if __name__ == "__main__":
    sys.exit(main())
