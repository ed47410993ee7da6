#!/usr/bin/env python3
"""Digest access authentication by hashlib alone (RFC 7616, RFC 2617).

The independent reference for dialer/sip: written from the RFCs, sharing nothing with the C++.

  digest.py ha1 --user U --realm R --password P [--algorithm MD5|SHA-256]
  digest.py verify --method INVITE --user U --password P 'Digest username="U", ...'

`verify` prints "ok" and exits 0 if the header's response is right, else prints why not and exits 1.
"""
import argparse
import hashlib
import re
import sys

HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


def hexdigest(algorithm, text):
    return HASHES[algorithm](text.encode()).hexdigest()


def parse(header):
    """The parameters of a 'Digest ...' header or challenge as a dict, quotes removed."""
    scheme, _, rest = header.strip().partition(" ")
    if scheme.lower() != "digest":
        raise ValueError(f"not Digest but {scheme!r}")
    found = re.findall(r'([A-Za-z0-9_-]+)\s*=\s*("((?:[^"\\]|\\.)*)"|[^\s,]+)', rest)
    return {name.lower(): (quoted if raw.startswith('"') else raw) for name, raw, quoted in found}


def split_algorithm(name):
    """'SHA-256-sess' -> ('SHA-256', True)."""
    session = name.lower().endswith("-sess")
    return (name[:-5] if session else name).upper(), session


def response(algorithm, user, realm, password, method, uri, nonce, qop=None, nc=None, cnonce=None):
    """RFC 7616 3.4.1 to 3.4.3, for qop=auth or no qop."""
    base, session = split_algorithm(algorithm)
    secret = hexdigest(base, f"{user}:{realm}:{password}")
    if session:
        secret = hexdigest(base, f"{secret}:{nonce}:{cnonce}")
    request = hexdigest(base, f"{method}:{uri}")
    middle = f"{nonce}:{nc}:{cnonce}:{qop}" if qop else nonce
    return hexdigest(base, f"{secret}:{middle}:{request}")


def problem(header, method, user, password):
    """None if the header proves knowledge of the password, else one sentence."""
    try:
        given = parse(header)
        algorithm = given.get("algorithm", "MD5")
        if split_algorithm(algorithm)[0] not in HASHES:
            return f"unknown algorithm {algorithm}"
        if given["username"] != user:
            return "another user"
        if given.get("qop") not in (None, "auth"):
            return f"unexpected qop {given['qop']}"
        expected = response(algorithm, user, given["realm"], password, method, given["uri"],
                            given["nonce"], given.get("qop"), given.get("nc"), given.get("cnonce"))
    except (ValueError, KeyError) as fault:
        return f"malformed: {fault}"
    return None if given.get("response") == expected else "wrong response"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    ha1 = commands.add_parser("ha1", help="H(user:realm:password)")
    verify = commands.add_parser("verify", help="check an Authorization header")
    for command in (ha1, verify):
        command.add_argument("--user", required=True)
        command.add_argument("--password", required=True)
    ha1.add_argument("--realm", required=True)
    ha1.add_argument("--algorithm", default="MD5", choices=sorted(HASHES))
    verify.add_argument("--method", required=True)
    verify.add_argument("header")
    args = parser.parse_args()

    if args.command == "ha1":
        print(hexdigest(args.algorithm, f"{args.user}:{args.realm}:{args.password}"))
        return 0
    fault = problem(args.header, args.method, args.user, args.password)
    print(fault or "ok")
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main())
