"""Everything that a network, a fax or a voicemail beeps with. Amplitude 1 per tone."""

import numpy as np

import sound

# Country: frequencies in Hz, then seconds on, off, on, off ... (ITU-T E.180 supplement 2).
RING = {"us": ((440, 480), (2, 4)), "uk": ((400, 450), (0.4, 0.2, 0.4, 2)), "de": ((425,), (1, 4)),
        "nl": ((425,), (1, 4)), "it": ((425,), (1, 4)), "pl": ((425,), (1, 4)),
        "hu": ((425,), (1.25, 3.75)), "fr": ((440,), (1.5, 3.5)), "es": ((425,), (1.5, 3)),
        "ru": ((425,), (0.8, 3.2)), "be": ((425,), (1, 3)), "cz": ((425,), (1, 4))}
BUSY = {"us-busy": ((480, 620), (0.5, 0.5)), "us-reorder": ((480, 620), (0.25, 0.25)),
        "uk-busy": ((400,), (0.375, 0.375)), "de-busy": ((425,), (0.48, 0.48)),
        "fr-busy": ((440,), (0.5, 0.5)), "ru-busy": ((425,), (0.4, 0.4)),
        "es-busy": ((425,), (0.2, 0.2)), "it-busy": ((425,), (0.5, 0.5)),
        "hu-busy": ((425,), (0.3, 0.3)), "nl-busy": ((425,), (0.5, 0.5)),
        "uk-reorder": ((400,), (0.4, 0.35, 0.225, 0.525)), "de-reorder": ((425,), (0.24, 0.24))}
SHORT, LONG = 0.274, 0.380
# Special information tones: (Hz, seconds) three times (Bellcore SR-2275; ITU-T E.180).
SIT = {"IC": ((913.8, SHORT), (1370.6, SHORT), (1776.7, LONG)),
       "VC": ((985.2, LONG), (1370.6, SHORT), (1776.7, LONG)),
       "RO'": ((985.2, SHORT), (1370.6, LONG), (1776.7, LONG)),
       "RO\"": ((913.8, SHORT), (1428.5, LONG), (1776.7, LONG)),
       "NC'": ((913.8, LONG), (1370.6, LONG), (1776.7, LONG)),
       "NC\"": ((985.2, LONG), (1428.5, LONG), (1776.7, LONG)),
       "E180": ((950, 0.33), (1400, 0.33), (1800, 0.33))}
V21_MARK, V21_SPACE, V21_BAUD = 1650, 1850, 300


def chord(rng, hertz, length_s):
    return sum(sound.sine(hz, length_s, rng.uniform(0, 6.28)) for hz in hertz)


def cadence(rng, tone, length):
    """A ring or busy tone, started anywhere in its period."""
    hertz, times = tone
    stretch = rng.uniform(0.96, 1.04)
    period = np.concatenate([
        chord(rng, hertz, s * stretch) if i % 2 == 0 else sound.silence(s * stretch)
        for i, s in enumerate(times)])
    start = 0 if rng.random() < 0.5 else int(rng.integers(len(period)))
    return np.tile(period, length // len(period) + 2)[start:start + length]


def sit(rng, code):
    gap = sound.silence(rng.uniform(0, 0.004) if code != "E180" else 0.03)
    parts = []
    for hz, length_s in SIT[code]:
        off = rng.uniform(-0.002, 0.002) if code != "E180" else rng.uniform(-0.03, 0.03)
        parts += [sound.faded(sound.sine(hz * (1 + off), length_s), 0.002), gap]
    return np.concatenate(parts[:-1])


def ced(rng):
    return sound.sine(2100 + rng.uniform(-15, 15), rng.uniform(2.6, 4.0))


def ansam(rng):
    """2100 Hz whose phase turns each 450 ms, and whose strength swings at 15 Hz (V.8)."""
    x = sound.sine(2100 + rng.uniform(-2, 2), rng.uniform(2.6, 4.0))
    t = np.arange(len(x)) / sound.RATE
    return x * np.where(np.floor(t / 0.45) % 2 == 0, 1, -1) * (1 + 0.2 * np.sin(2 * np.pi * 15 * t))


def cng(length):
    on = sound.faded(sound.sine(1100, 0.5), 0.003)
    return np.tile(np.concatenate([on, sound.silence(3)]), length // 28000 + 1)[:length]


def v21_preamble(rng, length_s=1.0):
    """Flags of HDLC at 300 bit/s: what a fax says first after its tone."""
    bits = np.tile([0, 1, 1, 1, 1, 1, 1, 0], int(length_s * V21_BAUD / 8))
    hz = np.where(bits == 1, V21_MARK, V21_SPACE)
    per_sample = hz[np.minimum(np.arange(sound.seconds(length_s)) * V21_BAUD // sound.RATE, len(hz) - 1)]
    return np.sin(2 * np.pi * np.cumsum(per_sample) / sound.RATE + rng.uniform(0, 6.28))


def beep(rng):
    """A voicemail's beep and its frequencies: one tone, two at once, or one after the other."""
    kind = rng.choice(["single", "dual", "step"], p=[0.68, 0.17, 0.15])
    length_s = float(np.clip(rng.lognormal(np.log(0.42), 0.45), 0.2, 1.0))
    first = rng.choice([425, 440, 480, 620, 800, 880, 950, 1000, 1050, 1100, 1200, 1400, 1600, 2000]) \
        if rng.random() < 0.5 else rng.uniform(420, 2000)
    first = float(first) * rng.uniform(0.998, 1.002)
    second = float(first * rng.uniform(1.15, 1.9)) if first < 1100 else float(first * rng.uniform(0.5, 0.85))
    if kind == "single":
        return sound.faded(sound.sine(first, length_s), 0.004), [first]
    if kind == "dual":
        return sound.faded(chord(rng, (first, second), length_s) * 0.6, 0.004), [first, second]
    both = [sound.sine(first, length_s / 2), sound.sine(second, length_s / 2)]
    return sound.faded(np.concatenate(both), 0.004), [first, second]
