"""People who read prompts: the sounds of Asterisk's packages, cut into short and long ones."""

import dataclasses
import functools
import pathlib

import numpy as np

import sound
import voices

FOLDER = pathlib.Path("/usr/share/asterisk/sounds")
LANGUAGES = {"en_US": "en", "es_MX": "es", "fr_CA": "fr", "it_IT": "it", "ru_RU": "ru"}
LICENCE = "CC-BY-SA-3.0 or CC-BY-3.0 (asterisk-core-sounds)"
NO_SPEECH = ("beep", "tone", "monkey", "weasel", "silence", "confbridge-join", "confbridge-leave",
             "glorious", "dictate")
LONGEST_S = 12.0


@dataclasses.dataclass(frozen=True)
class Reader:
    speaker: str
    lang: str
    short: tuple  # files up to 2.6 s, as (seconds, path)
    long: tuple   # the others

    def near(self, rng, target_s):
        drawn = [self.short[int(rng.integers(len(self.short)))] for _ in range(8)]
        return min(drawn, key=lambda item: abs(item[0] - target_s))[1]


@functools.lru_cache(maxsize=1)
def readers():
    found = []
    for folder in sorted(FOLDER.glob("*_*_*")):
        lang = LANGUAGES.get(folder.name[:5])
        files = [(_length_s(file), str(file)) for file in sorted(folder.rglob("*.wav"))
                 if not any(word in str(file.relative_to(folder)) for word in NO_SPEECH)]
        if lang and files:
            found.append(Reader("ast_" + folder.name, lang,
                                tuple(f for f in files if 0.25 <= f[0] <= 2.6),
                                tuple(f for f in files if 2.6 < f[0] <= LONGEST_S)))
    return found


def _length_s(file):
    return (file.stat().st_size - 44) / 2 / sound.RATE


@functools.lru_cache(maxsize=4000)
def spoken(path):
    return sound.trimmed(voices.read_wav(pathlib.Path(path).read_bytes()))


def greeting(rng, reader, target_s):
    return spoken(reader.near(rng, target_s))


def announcement(rng, reader, target_s):
    """Prompts one after the other, as an announcement is put together. Returns its parts."""
    parts, length = [], 0.0
    while length < target_s:
        pool = reader.long if rng.random() < 0.75 or not parts else reader.short
        parts.append(spoken(pool[int(rng.integers(len(pool)))][1]))
        length += len(parts[-1]) / sound.RATE
    return parts


def throat(rng):
    return float(np.round(rng.uniform(0.92, 1.1), 2)) if rng.random() < 0.5 else 1.0
