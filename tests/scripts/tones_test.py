#!/usr/bin/env python3
"""Do the demo's tones have the frequencies and lengths that they should?"""

import pathlib
import tempfile
import unittest
import wave

import paths  # noqa: F401
import tones


def crossings_hz(samples, rate=tones.RATE):
    """Frequency of a single tone, from how often it changes sign."""
    signs = [sample > 0 for sample in samples if sample != 0]
    changes = sum(a != b for a, b in zip(signs, signs[1:]))
    return changes / 2 / (len(samples) / rate)


class Tones(unittest.TestCase):
    def test_a_tone(self):
        for hz in (425, 1000, 2100):
            samples = tones.tone((hz,), 1.0)
            self.assertEqual(len(samples), 8000)
            self.assertAlmostEqual(crossings_hz(samples), hz, delta=3)

    def test_special_information_rises(self):
        samples = tones.special_information("VC")
        self.assertEqual(len(samples), round(8000 * (0.380 + 0.274 + 0.380)))
        self.assertAlmostEqual(crossings_hz(samples[:3000]), 985.2, delta=4)
        self.assertAlmostEqual(crossings_hz(samples[-3000:]), 1776.7, delta=4)

    def test_more_is_put_at_the_rate_of_the_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "a.wav"
            tones.write(path, [100] * 2205, 22050)
            tones.with_more(path, after=lambda rate: tones.silence(0.1, rate))
            with wave.open(str(path), "rb") as read:
                self.assertEqual((read.getframerate(), read.getnframes()), (22050, 4410))


if __name__ == "__main__":
    unittest.main()
