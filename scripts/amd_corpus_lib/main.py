"""Builds a corpus for answer detection: clips of a simulated telephone line, and their labels.

usage: scripts/amd-corpus --out DIR [--clips N] [--seed S] [--others SHARE] [--without SPEAKER]...

Writes DIR/*.wav (G.711, 8 kHz, one channel) and DIR/labels.jsonl, one JSON object a clip: its class
(`cls`, `sub`), the times of speech, pauses, beeps and tones in seconds, voice, text, and the line. The
same seed and number of clips give the same files on the same Debian packages. Needs espeak-ng, flite,
festival with its voices, sox, asterisk-core-sounds-*-wav, python3-numpy, python3-scipy (scripts/setup).
"""

import argparse
import json
import pathlib
import sys

import numpy as np

import g711
import noise
import other_clips
import sound
import speech_clips
import voices

HUMAN_SHARE = 0.53  # of speech clips, as in the corpora that detection was studied on
TRIES = 20          # a voice that makes nothing of a text is drawn anew


def arguments(words):
    parser = argparse.ArgumentParser(prog="amd-corpus", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="a folder; made if missing")
    parser.add_argument("--clips", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--others", type=float, default=0.2,
                        help="share of clips without a greeting (fax, tones, silence, music)")
    parser.add_argument("--without", action="append", default=[], metavar="SPEAKER",
                        help="reader left out, as named in labels (ast_fr_FR_Armelle); may be repeated")
    return parser.parse_args(words)


def clip(rng, background, options):
    """One clip and its label."""
    for _ in range(TRIES):
        if rng.random() < options.others:
            made = other_clips.drawn(rng, background)
        elif rng.random() < HUMAN_SHARE:
            made = speech_clips.human(rng, background, options.without)
        else:
            made = speech_clips.machine(rng, background, options.without)
        if made is not None:
            return made
    raise RuntimeError(f"no clip in {TRIES} tries: is a speech program broken?")


def build(options):
    options.out.mkdir(parents=True, exist_ok=True)
    background = noise.Background()
    with open(options.out / "labels.jsonl", "w", encoding="utf-8") as labels:
        for i in range(options.clips):
            x, label = clip(np.random.default_rng([options.seed, i]), background, options)
            label = {key: value for key, value in label.items() if value is not None}
            label["dur"] = round(len(x) / sound.RATE, 3)
            label["file"] = f"{options.out.name}_{i:05d}.wav"
            g711.write(options.out / label["file"], x, label["law"])
            labels.write(json.dumps(label, ensure_ascii=False) + "\n")
            labels.flush()
            if (i + 1) % 100 == 0:
                print(f"{i + 1} of {options.clips} clips", file=sys.stderr, flush=True)


def main():
    options = arguments(sys.argv[1:])
    missing = voices.missing_programs()
    if missing:
        print(f"amd-corpus: not installed: {', '.join(missing)}; run scripts/setup", file=sys.stderr)
        return 1
    if options.clips < 1 or not 0 <= options.others <= 1:
        print("amd-corpus: --clips must be at least 1, and --others between 0 and 1", file=sys.stderr)
        return 2
    build(options)
    return 0
