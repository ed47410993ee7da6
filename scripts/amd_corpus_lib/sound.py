"""Samples: floats where 32768 is full scale, at 8 kHz. Levels in dBm0."""

import numpy as np
from scipy import signal

RATE = 8000
FULL_SCALE = 32768.0
# A sine at full scale is +3.14 dBm0 in A-law, +3.17 in mu-law (G.711), and its RMS lies 3.01 dB below.
DBM0_OF_FULL_SCALE_RMS = 6.16
FRAME = 160


def level_dbm0(x):
    rms = np.sqrt(np.mean(np.square(x))) if len(x) else 0
    return 20 * np.log10(max(rms, 1e-3) / FULL_SCALE) + DBM0_OF_FULL_SCALE_RMS


def frame_levels(x):
    whole = x[: len(x) // FRAME * FRAME].reshape(-1, FRAME)
    return 20 * np.log10(np.maximum(np.sqrt(np.mean(whole**2, axis=1)), 1e-3) / FULL_SCALE) \
        + DBM0_OF_FULL_SCALE_RMS


def active_level(x):
    """Level of the frames within 20 dB of the loudest ones: silence between words does not count."""
    levels = frame_levels(x)
    if not len(levels):
        return -96.0
    loud = levels[levels > np.percentile(levels, 95) - 20]
    return 10 * np.log10(np.mean(10 ** (loud / 10)))


def at_level(x, dbm0, measure=active_level):
    return x * 10 ** ((dbm0 - measure(x)) / 20)


def seconds(count):
    return int(round(count * RATE))


def silence(length_s):
    return np.zeros(seconds(length_s))


def trimmed(x):
    """Without the silence before the first and after the last word (30 dB under the loudest frames)."""
    levels = frame_levels(x)
    if not len(levels):
        return x
    loud = np.flatnonzero(levels > np.percentile(levels, 95) - 30)
    return x[loud[0] * FRAME:(loud[-1] + 1) * FRAME]


def pauses_in(x, offset_s, at_least_s=0.06):
    """Silences inside an utterance, as [start, end] in seconds."""
    quiet = frame_levels(x) < active_level(x) - 25
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(int), [0]))))
    spans = [(a * FRAME / RATE, b * FRAME / RATE) for a, b in zip(edges[::2], edges[1::2])]
    return [[round(offset_s + a, 3), round(offset_s + b, 3)] for a, b in spans if b - a >= at_least_s]


def resampled(x, from_rate):
    if from_rate == RATE:
        return x
    common = np.gcd(RATE, int(from_rate))
    return signal.resample_poly(x, RATE // common, int(from_rate) // common)


def faster(x, factor):
    """Played faster: pitch, formants and tempo rise together, as if another throat spoke."""
    return signal.resample_poly(x, 100, int(round(100 * factor)))


def faded(x, length_s=0.01):
    n = min(seconds(length_s), len(x) // 2)
    ramp = np.linspace(0, 1, n)
    y = x.copy()
    y[:n] *= ramp
    if n:
        y[-n:] *= ramp[::-1]
    return y


def sine(hz, length_s, phase=0.0):
    return np.sin(2 * np.pi * hz * np.arange(seconds(length_s)) / RATE + phase)


def padded(x, length):
    return np.pad(x, (0, max(0, length - len(x))))[:length]
