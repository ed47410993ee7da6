"""Music: tunes made up here, and the music on hold of Debian's asterisk-moh-opsound-wav."""

import functools
import pathlib

import numpy as np

import sound
import voices

HOLD = pathlib.Path("/usr/share/asterisk/moh")
CHORDS = ((0, 4, 7), (5, 9, 12), (7, 11, 14), (-3, 0, 4), (2, 5, 9), (4, 7, 11))
A4 = 440.0


@functools.lru_cache(maxsize=1)
def _on_hold():
    return [voices.read_wav(file.read_bytes()) for file in sorted(HOLD.glob("*.wav"))]


def piece(rng, length):
    """Some music; says where it comes from and under which licence."""
    held = _on_hold()
    if held and rng.random() < 0.5:
        x = held[int(rng.integers(len(held)))]
        start = int(rng.integers(max(1, len(x) - length)))
        part = sound.padded(x[start:start + length], length)
        if sound.level_dbm0(part) > -60:
            return part, "moh-opsound", "CC-BY-SA-3.0"
    return composed(rng, length), "synth", "generated"


def composed(rng, length):
    """Chords, a melody over them and sometimes a drum, with instruments drawn from overtones."""
    beat = rng.uniform(0.25, 0.7)
    key = int(rng.integers(-12, 1))
    chord_voice, lead_voice = _instrument(rng), _instrument(rng)
    drum = rng.random() < 0.5
    x = np.zeros(length + sound.RATE * 3)
    for i in range(int(length / sound.RATE / beat) + 1):
        at = sound.seconds(i * beat)
        if i % 4 == 0:
            chord = CHORDS[int(rng.integers(len(CHORDS)))]
            for note in chord:
                _add(x, at, _note(rng, chord_voice, key + note, beat * 4) * 0.4)
        if rng.random() < 0.75:
            step = chord[int(rng.integers(3))] + 12 * int(rng.integers(0, 2))
            _add(x, at, _note(rng, lead_voice, key + step, beat * rng.uniform(0.7, 2)))
        if drum:
            n = sound.seconds(0.08)
            _add(x, at, rng.standard_normal(n) * np.exp(-np.arange(n) / (n / 5)) * 0.8)
    return x[:length]


def _instrument(rng):
    overtones = rng.uniform(0, 1, 8) / np.arange(1, 9) ** rng.uniform(0.5, 2)
    overtones[0] = 1
    return overtones, rng.uniform(0.005, 0.08), rng.uniform(0.2, 2.0), rng.uniform(0, 0.006)


def _note(rng, instrument, semitone, length_s):
    overtones, attack_s, decay_s, vibrato = instrument
    t = np.arange(sound.seconds(length_s)) / sound.RATE
    hz = A4 * 2 ** (semitone / 12)
    phase = 2 * np.pi * hz * t + vibrato * hz * np.sin(2 * np.pi * 5.5 * t) / 5.5
    x = sum(a * np.sin(k * phase) for k, a in enumerate(overtones, 1) if k * hz < 3900)
    return x * np.minimum(1, t / attack_s) * np.exp(-t / decay_s) * rng.uniform(0.6, 1)


def _add(x, at, part):
    end = min(len(x), at + len(part))
    x[at:end] += part[: end - at]
