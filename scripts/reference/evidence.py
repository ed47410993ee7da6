#!/usr/bin/env python3
"""The evidence log by other means: hashlib, Python's json and the cryptography package.

usage: evidence.py tables             what the C++ tests expect, as C++ (tests/compliance/evidence/reference.inc)
       evidence.py golden DIR         a small bundle, made here from the description of the format alone
       evidence.py verify DIR         verifies a bundle that `bellwether audit export` wrote

Sources: RFC 9162 §2.1 (the tree, written here as its recursive definitions), RFC 8785 (canonical JSON),
RFC 8032 and c2sp.org/signed-note, c2sp.org/tlog-checkpoint, RFC 7693 (BLAKE2b),
draft-irtf-cfrg-xchacha-03 (HChaCha20). compliance/evidence/README.md describes the bundle.
"""

import base64
import hashlib
import json
import pathlib
import struct
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


# --- the tree ---

def leaf_hash(record):
    return hashlib.sha256(b"\x00" + record).digest()


def split(count):
    """The largest power of two below count."""
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return hashlib.sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:])).digest()


def path(m, leaves):
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return path(m, leaves[:k]) + [root(leaves[k:])]
    return path(m - k, leaves[k:]) + [root(leaves[:k])]


def subproof(m, leaves, whole):
    if m == len(leaves):
        return [] if whole else [root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return subproof(m, leaves[:k], whole) + [root(leaves[k:])]
    return subproof(m - k, leaves[k:], False) + [root(leaves[:k])]


def full_subtrees(leaves, first, end):
    """Roots of the largest aligned subtrees of [first, end)."""
    found = []
    while first < end:
        size = 1
        while first % (size * 2) == 0 and first + size * 2 <= end:
            size *= 2
        found.append(root(leaves[first:first + size]))
        first += size
    return found


# --- what is signed ---

def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def public_bytes(key):
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(name, public):
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def verifier_key(name, public):
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(bytes([1]) + public).decode()}"


def sign(text, name, key):
    signature = key_id(name, public_bytes(key)) + key.sign(text.encode())
    return f"{text}\n\u2014 {name} {base64.b64encode(signature).decode()}\n"


def checkpoint_text(origin, size, tree_root):
    return f"{origin}\n{size}\n{base64.b64encode(tree_root).decode()}\n"


def open_note(note, text_key):
    name, _, coded = text_key.strip().split("+", 2)
    public = base64.b64decode(coded)[1:]
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        mark, signer, coded = line.split(" ")
        signature = base64.b64decode(coded)
        if mark == "\u2014" and signer == name and signature[:4] == key_id(name, public):
            Ed25519PublicKey.from_public_bytes(public).verify(signature[4:], text.encode())
            return text
    raise InvalidSignature("nobody we know")


# --- sealing ---

def hchacha20(key, nonce):
    def rotate(value, count):
        return ((value << count) | (value >> (32 - count))) & 0xFFFFFFFF

    state = list(struct.unpack("<4I", b"expand 32-byte k") + struct.unpack("<8I", key) + struct.unpack("<4I", nonce))

    def quarter(a, b, c, d):
        for x, y, z, count in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            state[x] = (state[x] + state[y]) & 0xFFFFFFFF
            state[z] = rotate(state[z] ^ state[x], count)

    for _ in range(10):
        for column in range(4):
            quarter(column, 4 + column, 8 + column, 12 + column)
        for a, b, c, d in ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            quarter(a, b, c, d)
    return struct.pack("<8I", *(state[:4] + state[12:]))


def seal(key, nonce, plain, context):
    inner = ChaCha20Poly1305(hchacha20(key, nonce[:16]))
    return nonce + inner.encrypt(b"\x00" * 4 + nonce[16:], plain, context)


def subject(client_key, number):
    return hashlib.blake2b(number.encode(), key=client_key, digest_size=32).digest()


# --- tables for the C++ tests ---

def leaves_of(count):
    return [leaf_hash(f"record {i}".encode()) for i in range(count)]


# The leaves of the test vectors that Certificate Transparency's implementations share, and their root.
CT_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
CT_ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"

SEED = bytes(range(32))
PROOFS = [(0, 1), (0, 2), (1, 2), (2, 3), (0, 7), (6, 7), (3, 8), (254, 257), (256, 257), (100, 300), (299, 300)]
GROWTHS = [(1, 2), (1, 3), (2, 3), (3, 7), (4, 7), (6, 8), (255, 256), (256, 257), (256, 300), (170, 300), (299, 300)]
TEXTS = [
    {"b": 1, "a": [True, False, None], "": {}},
    {"text": "quote \" back \\ slash / tab \t line \n bell \x07 del \x7f"},
    {"unicode": "Grüße, \u20ac, \U0001f600, \u2028"},
    {"n": [0, -1, 9007199254740991, -9007199254740991]},
    {"A": 1, "Z": 2, "_": 3, "a": 4, "a.b": 5, "a-b": 6},
]


def print_tables():
    assert root([leaf_hash(bytes.fromhex(text)) for text in CT_LEAVES]).hex() == CT_ROOT
    quoted = lambda text: '"' + text + '"'
    print("// Written by scripts/reference/evidence.py tables; not by hand.")
    print("inline constexpr std::array kCtLeaves{" + ", ".join(f"std::string_view{{{quoted(t)}}}" for t in CT_LEAVES) + "};")
    print(f"inline constexpr std::string_view kCtRoot = {quoted(CT_ROOT)};")
    print("// Roots of the trees of 0 to 300 leaves, \"record 0\", \"record 1\", ...: each digest's first 16 hex digits.")
    print("inline constexpr std::array<std::string_view, 301> kRoots{")
    for size in range(301):
        print(f"    {quoted(root(leaves_of(size)).hex()[:16])},")
    print("};")
    for name, rows, proof in (("kInclusion", PROOFS, lambda m, n: path(m, leaves_of(n))),
                              ("kConsistency", GROWTHS, lambda m, n: subproof(m, leaves_of(n), True))):
        print(f"inline const std::vector<ProofRow> {name}{{")
        for m, n in rows:
            hashes = ", ".join(quoted(h.hex()) for h in proof(m, n))
            print(f"    {{{m}, {n}, {{{hashes}}}}},")
        print("};")
    print("// Source text, canonical text.")
    print("inline const std::vector<std::pair<std::string, std::string>> kCanonical{")
    for value in TEXTS:
        print(f'    {{R"~({json.dumps(value)})~", R"~({canonical(value)})~"}},')
    print("};")
    key = Ed25519PrivateKey.from_private_bytes(SEED)
    head = checkpoint_text("example.org/log", 300, root(leaves_of(300)))
    print(f"inline constexpr std::string_view kKey = {quoted(verifier_key('example.org/log', public_bytes(key)))};")
    print(f'inline constexpr std::string_view kCheckpoint = R"~({sign(head, "example.org/log", key)})~";')
    secret = bytes(range(100, 132))
    nonce = bytes(range(200, 224))
    print(f"inline constexpr std::string_view kSubject = {quoted(subject(secret, '+12025550123').hex())};")
    print(f"inline constexpr std::string_view kSealed = {quoted(seal(secret, nonce, b'what is personal', b'context').hex())};")


# --- a bundle by hand ---

def write_golden(folder):
    folder.mkdir(parents=True, exist_ok=True)
    name = "golden/evidence"
    key = Ed25519PrivateKey.from_private_bytes(SEED)
    sealed = seal(bytes(range(32)), bytes(24), b'{"name":"N. N."}', b"anything")
    records = []
    for seq in range(20):
        leaf = {"at": 1795435200000000 + seq * 1000000, "kind": "CALL" if seq % 2 else "DECISION", "seq": seq,
                "campaign": "7", "note": "gr\u00fcn \u2014 \"ja\"\n"}
        if seq == 5:
            leaf["personal"] = hashlib.sha256(sealed).hexdigest()
            leaf["subject"] = subject(bytes(32), "+12025550123").hex()
        records.append(canonical(leaf).encode())
    leaves = [leaf_hash(record) for record in records]
    first, end = 4, 14
    chosen = [seq for seq in range(first, end) if seq != 7]
    note = lambda size: sign(checkpoint_text(name, size, root(leaves[:size])), name, key)
    files = {
        "records.ndjson": b"".join(records[seq] + b"\n" for seq in chosen),
        "leaves.txt": "".join(leaf.hex() + "\n" for leaf in leaves[first:end]).encode(),
        "selected.txt": "".join(f"{seq}\n" for seq in chosen).encode(),
        "checkpoint": note(20).encode(),
        "checkpoints.ndjson": "".join(canonical({"at": size, "note": note(size)}) + "\n"
                                      for size in (3, 8, 16, 20)).encode(),
        "consistency.ndjson": "".join(canonical({"size": size, "proof": [h.hex() for h in subproof(size, leaves, True)]})
                                      + "\n" for size in (3, 16, 20)).encode(),
        "personal.ndjson": (canonical({"seq": 5, "sealed": base64.b64encode(sealed).decode()}) + "\n").encode(),
        "key.pub": (verifier_key(name, public_bytes(key)) + "\n").encode(),
    }
    manifest = canonical({
        "format": "bellwether-evidence/1", "what": "golden", "query": {}, "made_at": 1795435300000000,
        "log": {"origin": name, "size": 20, "root": root(leaves).hex()},
        "range": {"first": first, "end": end, "left": [h.hex() for h in full_subtrees(leaves, 0, first)],
                  "right": [h.hex() for h in full_subtrees(leaves, end, 20)]},
        "complete": False,
        "counts": {"CALL": sum(1 for seq in chosen if seq % 2), "DECISION": sum(1 for seq in chosen if not seq % 2)},
        "files": {file: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
                  for file, content in files.items()},
    }).encode() + b"\n"
    files["manifest.json"] = manifest
    digest = base64.b64encode(hashlib.sha256(manifest).digest()).decode()
    files["manifest.note"] = sign(f"{name}/manifest\n{digest}\n", name, key).encode()
    for file, content in files.items():
        (folder / file).write_bytes(content)


def verify(folder):
    """Raises, or returns how many records verify. Knows only what a right bundle looks like."""
    key = (folder / "key.pub").read_text()
    origin, size, coded = open_note((folder / "checkpoint").read_text(), key).splitlines()[:3]
    text = (folder / "manifest.json").read_bytes()
    signed = open_note((folder / "manifest.note").read_text(), key)
    digest = base64.b64encode(hashlib.sha256(text).digest()).decode()
    assert signed == f"{origin}/manifest\n{digest}\n", "manifest"
    manifest = json.loads(text)
    for name, entry in manifest["files"].items():
        content = (folder / name).read_bytes()
        assert len(content) == entry["bytes"] and hashlib.sha256(content).hexdigest() == entry["sha256"], name
    first, end = manifest["range"]["first"], manifest["range"]["end"]
    leaves = [bytes.fromhex(line) for line in (folder / "leaves.txt").read_text().split()]
    records = (folder / "records.ndjson").read_bytes().splitlines()
    seqs = list(range(first, end))
    if not manifest["complete"]:
        seqs = [int(line) for line in (folder / "selected.txt").read_text().split()]
    assert len(records) == len(seqs) and len(leaves) == end - first
    for seq, record in zip(seqs, records):
        assert leaf_hash(record) == leaves[seq - first], f"record {seq}"
        value = json.loads(record)
        assert canonical(value).encode() == record and value["seq"] == seq, f"record {seq}"
    if first == 0 and end == int(size):
        assert root(leaves) == base64.b64decode(coded), "root"
        for line in (folder / "checkpoints.ndjson").read_text().splitlines():
            _, part, part_root = open_note(json.loads(line)["note"], key).splitlines()[:3]
            assert root(leaves[:int(part)]) == base64.b64decode(part_root), f"checkpoint of {part}"
    return len(records)


def main(words):
    if words == ["tables"]:
        print_tables()
    elif len(words) == 2 and words[0] == "golden":
        write_golden(pathlib.Path(words[1]))
    elif len(words) == 2 and words[0] == "verify":
        print(f"{verify(pathlib.Path(words[1]))} records verify")
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
