#!/usr/bin/env python3
"""A name server for one test: SRV and A records given on the command line, "no such data" for the rest.

  dns_server.py --srv _sip._udp.carrier.example:10:5070:a.carrier.example --a a.carrier.example:127.0.0.1

--srv is NAME:PRIORITY:PORT:TARGET, --a NAME:ADDRESS. Prints "port N" first, then one line per question.
"""
import argparse
import socket
import struct
import sys

A, SRV, IN = 1, 33, 1
NAMES = {1: "A", 28: "AAAA", 33: "SRV", 35: "NAPTR"}


def encode(name):
    return b"".join(bytes([len(part)]) + part.encode() for part in name.split(".")) + b"\0"


def question_of(data):
    """Name, type and end of the one question of a query (RFC 1035 §4.1.2)."""
    parts, at = [], 12
    while data[at]:
        parts.append(data[at + 1:at + 1 + data[at]].decode())
        at += 1 + data[at]
    kind, _ = struct.unpack_from("!HH", data, at + 1)
    return ".".join(parts), kind, at + 5


def record(name, kind, data):
    return encode(name) + struct.pack("!HHIH", kind, IN, 60, len(data)) + data


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--srv", action="append", default=[])
    parser.add_argument("--a", action="append", default=[])
    args = parser.parse_args()
    records = {}
    for text in args.srv:
        name, priority, port, target = text.split(":")
        data = struct.pack("!HHH", int(priority), 1, int(port)) + encode(target)
        records.setdefault((name, SRV), []).append(record(name, SRV, data))
    for text in args.a:
        name, address = text.split(":")
        records.setdefault((name, A), []).append(record(name, A, socket.inet_aton(address)))

    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    server.settimeout(25)
    print("port", server.getsockname()[1], flush=True)
    while True:
        data, peer = server.recvfrom(4096)
        name, kind, end = question_of(data)
        print(NAMES.get(kind, kind), name, flush=True)
        answers = records.get((name.lower(), kind), [])
        header = data[:2] + struct.pack("!HHHHH", 0x8580, 1, len(answers), 0, 0)
        server.sendto(header + data[12:end] + b"".join(answers), peer)


if __name__ == "__main__":
    sys.exit(main())
