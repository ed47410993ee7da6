"""What is heard behind the speaker, at unit level of its own: scaled by who mixes it in."""

import numpy as np
from scipy import signal

import music
import sound

KINDS = ("none", "white", "pink", "hum", "babble", "street", "tv")
SHARES = (0.32, 0.13, 0.12, 0.06, 0.14, 0.14, 0.09)


class Background:
    """Keeps what was spoken last: the babble and the television of later clips."""

    KEPT = 60

    def __init__(self):
        self.heard = []

    def hears(self, x):
        self.heard.append(x)
        del self.heard[:-self.KEPT]

    def make(self, rng, kind, length):
        if kind in ("babble", "tv") and len(self.heard) < 6:
            kind = "street"
        x = {"white": _white, "pink": _pink, "hum": _hum, "street": _street, "babble": self._babble,
             "tv": self._tv}[kind](rng, length)
        return kind, x / max(np.sqrt(np.mean(x**2)), 1e-9)

    def _talker(self, rng, length):
        parts, have = [], 0
        while have < length:
            part = self.heard[int(rng.integers(len(self.heard)))]
            gap = sound.silence(rng.uniform(0.05, 0.6))
            parts += [part / max(np.sqrt(np.mean(part**2)), 1e-9), gap]
            have += len(part) + len(gap)
        whole = np.concatenate(parts)
        start = int(rng.integers(len(whole) - length + 1))
        return whole[start:start + length]

    def _babble(self, rng, length):
        return sum(self._talker(rng, length) * rng.uniform(0.4, 1)
                   for _ in range(int(rng.integers(4, 9))))

    def _tv(self, rng, length):
        x = self._talker(rng, length)
        if rng.random() < 0.5:
            tune = music.composed(rng, length)
            x = x + tune / max(np.sqrt(np.mean(tune**2)), 1e-9) * rng.uniform(0.2, 0.8)
        low, high = rng.uniform(150, 400), rng.uniform(2000, 3500)
        return signal.sosfilt(signal.butter(2, [low, high], "band", fs=sound.RATE, output="sos"), x)


def _white(rng, length):
    return rng.standard_normal(length)


def _pink(rng, length):
    spectrum = np.fft.rfft(rng.standard_normal(length))
    hz = np.fft.rfftfreq(length, 1 / sound.RATE)
    return np.fft.irfft(spectrum / np.sqrt(np.maximum(hz, 30)), length)


def _hum(rng, length):
    mains = rng.choice([50, 60]) * rng.uniform(0.999, 1.001)
    t = np.arange(length) / sound.RATE
    x = sum(np.sin(2 * np.pi * mains * k * t + rng.uniform(0, 6.28)) * rng.uniform(0.2, 1) / k
            for k in range(1, 9))
    return x + 0.05 * rng.standard_normal(length)


def _street(rng, length):
    """Rumble that swells and fades as cars pass, now and then a horn or a clatter."""
    swell = np.interp(np.arange(length), np.linspace(0, length, 12), rng.uniform(0.2, 1, 12))
    corner = rng.uniform(300, 1200)
    sos = signal.butter(1, corner, "low", fs=sound.RATE, output="sos")
    x = signal.sosfilt(sos, rng.standard_normal(length)) * swell
    x /= np.sqrt(np.mean(x**2))
    for _ in range(int(rng.poisson(length / sound.RATE / 4))):
        at = int(rng.integers(length))
        burst = sound.faded(_event(rng))[: length - at]
        x[at:at + len(burst)] += burst * rng.uniform(0.5, 2)
    return x


def _event(rng):
    if rng.random() < 0.3:  # a horn: two harmonic voices
        length = rng.uniform(0.15, 0.6)
        base = rng.uniform(330, 480)
        return sum(sound.sine(base * k * f, length) / k for k in range(1, 6) for f in (1, 1.26)) / 2
    n = sound.seconds(rng.uniform(0.02, 0.15))
    return rng.standard_normal(n) * np.exp(-np.arange(n) / (n / 4))
