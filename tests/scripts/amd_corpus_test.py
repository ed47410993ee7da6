#!/usr/bin/python3
"""Does scripts/amd-corpus build what the reader of a corpus expects? Debian's Python: it needs numpy."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import warnings

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "amd_corpus_lib"))
import g711  # noqa: E402
import phrases  # noqa: E402
import tones  # noqa: E402

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import audioop  # another's G.711

CLASSES = {"human", "machine", "fax", "sit", "silence", "ringback", "busy", "music"}
CLIPS = 40


def build(folder, *more):
    return subprocess.run([ROOT / "scripts" / "amd-corpus", "--out", folder, "--clips", str(CLIPS), "--seed", "3",
                           "--others", "0.4", *more], capture_output=True, text=True, timeout=100)


class G711(unittest.TestCase):
    def test_every_value_is_coded_as_near_as_another_coder_does(self):
        samples = np.arange(-32768, 32768, 3)
        raw = samples.astype("<i2").tobytes()
        for ours, theirs, decode in ((g711.ulaw, audioop.lin2ulaw, audioop.ulaw2lin),
                                     (g711.alaw, audioop.lin2alaw, audioop.alaw2lin)):
            def off(code):
                return np.abs(np.frombuffer(decode(code, 2), "<i2").astype(int) - samples)
            self.assertLessEqual((off(ours(samples).tobytes()) - off(theirs(raw, 2))).max(), 16)


class Phrases(unittest.TestCase):
    def test_every_language_can_say_everything(self):
        rng = np.random.default_rng(1)
        for lang in phrases.languages():
            for sub in ("personal", "carrier", "number", "screen"):
                parts = phrases.machine(rng, lang, sub)
                self.assertTrue(parts and all(parts), (lang, sub))
                self.assertNotIn("{", " ".join(parts))
            self.assertNotIn("{", phrases.human(rng, lang, 1.0) + phrases.second(rng, lang))


class Tones(unittest.TestCase):
    def test_special_information_has_its_frequencies(self):
        x = tones.sit(np.random.default_rng(1), "IC")
        spectrum = np.abs(np.fft.rfft(x, 65536))
        for hz in (913.8, 1370.6, 1776.7):
            near = slice(int((hz - 8) * 8.192), int((hz + 8) * 8.192))
            self.assertGreater(spectrum[near].max(), 0.2 * spectrum.max(), hz)


class Corpus(unittest.TestCase):
    def test_the_same_seed_gives_the_same_labelled_clips(self):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            first, second = pathlib.Path(one) / "c", pathlib.Path(two) / "c"
            for folder in (first, second):
                done = build(folder)
                self.assertEqual(done.returncode, 0, done.stderr)
            labels = [json.loads(line) for line in (first / "labels.jsonl").read_text("utf-8").splitlines()]
            self.assertEqual(len(labels), CLIPS)
            for label in labels:
                self.check(first, label)
                self.assertEqual((first / label["file"]).read_bytes(), (second / label["file"]).read_bytes())

    def check(self, folder, label):
        self.assertIn(label["cls"], CLASSES)
        data = (folder / label["file"]).read_bytes()
        self.assertEqual(data[:4] + data[8:12], b"RIFFWAVE")
        self.assertEqual(data[20], {"ulaw": 7, "alaw": 6}[label["law"]])
        self.assertAlmostEqual(int.from_bytes(data[54:58], "little") / 8000, label["dur"], delta=0.001)
        if label["cls"] in ("human", "machine"):
            self.assertLess(0, label["speech_start"])
            self.assertLess(label["speech_start"], label["greet_end"])
            self.assertLess(label["greet_end"], label["dur"])
        if "beep_start" in label:
            self.assertLessEqual(label["greet_end"], label["beep_start"])
            self.assertLess(label["beep_end"], label["dur"])

    def test_what_makes_no_sense_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(build(folder, "--others", "2").returncode, 2)


if __name__ == "__main__":
    unittest.main()
