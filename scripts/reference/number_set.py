#!/usr/bin/env python3
"""A file of numbers, written from its description alone (compliance/suppression/number_set_format.h):
expected bytes for tests/compliance/suppression.

usage: number_set.py > tests/compliance/suppression/number_set_reference.inc
"""

import struct

GOLDEN = 0x9E3779B97F4A7C15


def crc32c(data):
    rest = 0xFFFFFFFF
    for byte in data:
        rest ^= byte
        for _ in range(8):
            rest = (rest >> 1) ^ (0x82F63B78 if rest & 1 else 0)
    return rest ^ 0xFFFFFFFF


def numbers():
    """A few of one exchange, a full map of another, and two of the United Kingdom."""
    yield from (12125550123, 12125550000, 12125559999)
    yield from (12135550000 + 7 * i for i in range(700))
    yield from (442079460123, 442079460124)


def pool_of(places):
    if len(places) < 625:
        return struct.pack(f"<{len(places) + 1}H", len(places), *places), 0
    bits = bytearray(1250)
    for place in places:
        bits[place // 8] |= 1 << (place % 8)
    return bytes(bits), 0x80000000


def main():
    blocks = {}
    for number in numbers():
        blocks.setdefault(number // 10000, set()).add(number % 10000)
    pool = b"\0\0"
    count = 1
    while count < len(blocks) + len(blocks) // 3 + 1:
        count *= 2
    slots = [(0, 0)] * count
    for block in sorted(blocks):
        data, flag = pool_of(sorted(blocks[block]))
        at = (block * GOLDEN % 2**64 >> 32) % count
        while slots[at][0]:
            at = (at + 1) % count
        slots[at] = (block + 1, len(pool) // 2 | flag)
        pool += data
    texts = [b"dnc.txt", b"SAN 10001", b"s1"]
    body = b"".join(texts) + b"".join(struct.pack("<QII", *slot, 0) for slot in slots) + pool
    header = struct.pack("<8sII4Qq", b"BWNUMSET", 1, 0, 0, 0, 0, 0, 0)[:16]
    header += struct.pack("<QQQq", 120 + len(body) + 4, sum(map(len, blocks.values())), 710, 20779)
    header += struct.pack("<3II", *map(len, texts), 0)
    header += struct.pack("<QQ", count, len(pool) // 2) + bytes(range(32)) + struct.pack("<I", 0)
    header += struct.pack("<I", crc32c(header))
    file = header + body
    file += struct.pack("<I", crc32c(file))
    print("// scripts/reference/number_set.py")
    for at in range(0, len(file), 20):
        print(", ".join(f"0x{byte:02x}" for byte in file[at:at + 20]) + ",")


main()
