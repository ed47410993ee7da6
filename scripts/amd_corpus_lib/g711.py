"""G.711 WAV files, written from the recommendation's segment rules."""

import struct

import numpy as np

WAVE_ALAW, WAVE_ULAW = 6, 7  # format tags of RFC 2361
_ULAW_BIAS = 33              # G.711 table 2a, in 14 bit units


def ulaw(samples):
    x = np.clip(np.asarray(samples, dtype=np.int32) >> 2, -8158, 8158)
    sign = np.where(x < 0, 0x80, 0)
    y = np.minimum(np.abs(x) + _ULAW_BIAS, 0x1FFF)
    segment = np.floor(np.log2(y)).astype(np.int32) - 5
    code = sign | (segment << 4) | ((y >> (segment + 1)) & 0xF)
    return (code ^ 0xFF).astype(np.uint8)


def alaw(samples):
    x = np.clip(np.asarray(samples, dtype=np.int32) >> 3, -4096, 4095)
    sign = np.where(x >= 0, 0x80, 0)
    y = np.where(x < 0, -x - 1, x)
    segment = np.maximum(np.floor(np.log2(np.maximum(y, 1))).astype(np.int32) - 4, 0)
    shift = np.maximum(segment, 1)
    code = sign | (segment << 4) | ((y >> shift) & 0xF)
    return (code ^ 0x55).astype(np.uint8)


def write(path, samples, law):
    pcm = np.clip(np.round(samples), -32768, 32767).astype(np.int32)
    data = (ulaw(pcm) if law == "ulaw" else alaw(pcm)).tobytes()
    tag = WAVE_ULAW if law == "ulaw" else WAVE_ALAW
    form = struct.pack("<HHIIHHH", tag, 1, 8000, 8000, 1, 8, 0)
    fact = struct.pack("<I", len(data))
    pad = b"\0" if len(data) % 2 else b""
    body = (b"WAVE" + b"fmt " + struct.pack("<I", len(form)) + form + b"fact" + struct.pack("<I", 4)
            + fact + b"data" + struct.pack("<I", len(data)) + data + pad)
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
