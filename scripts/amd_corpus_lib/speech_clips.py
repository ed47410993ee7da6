"""Clips of people and of machines that speak."""

import numpy as np

import line
import music
import phrases
import prompts
import sound
import tones
import voices

# Shares of languages among synthetic speech.
LANGUAGES = {"en": 0.34, "ru": 0.11, "de": 0.09, "fr": 0.08, "es": 0.09, "it": 0.08, "nl": 0.05,
             "hu": 0.04, "pl": 0.04, "cs": 0.04, "fi": 0.02, "ca": 0.01, "pt": 0.01}
READ_SHARE = 0.2     # of speech clips are made of Asterisk's prompts
BEEP_SHARE = 0.85
MUSIC_SHARE = 0.08   # of machines begin with music
EARLY_PAUSE_SHARE = 0.33
CLICK_SHARE = 0.2    # a handset is lifted, a line cuts in
HUMAN_S = (1.25, 0.62)  # median and spread (of the logarithm) of a person's greeting


class Speaker:
    """One voice for one clip, synthetic or read."""

    def __init__(self, rng, without):
        readers = [r for r in prompts.readers() if r.speaker not in without]
        self.rng, self.texts = rng, []
        self.reader = readers[int(rng.integers(len(readers)))] \
            if readers and rng.random() < READ_SHARE else None
        if self.reader:
            self.throat = prompts.throat(rng)
            self.lang = self.reader.lang
            self.label = {"source": "prompt:" + self.reader.speaker, "speaker": self.reader.speaker,
                          "lang": self.lang, "lic": prompts.LICENCE}
            return
        self.lang = str(rng.choice(list(LANGUAGES), p=list(LANGUAGES.values())))
        self.voice = voices.drawn(rng, self.lang)
        self.label = {"source": "tts:" + self.voice.program, "speaker": self.voice.speaker,
                      "lang": self.lang, "lic": voices.LICENCE}

    def says(self, text):
        x = self.voice.says(text)
        if x is None:
            return None
        self.texts.append(text)
        return x

    def reads(self, parts):
        return [sound.faster(x, self.throat) if self.throat != 1 else x for x in parts]

    def greets(self, target_s):
        if self.reader:
            return self.reads([prompts.greeting(self.rng, self.reader, target_s)])[0]
        return self.says(phrases.human(self.rng, self.lang, target_s))

    def asks_again(self):
        if self.reader:
            return self.reads([prompts.greeting(self.rng, self.reader, 0.6)])[0]
        return self.says(phrases.second(self.rng, self.lang))

    def announces(self, sub):
        """The parts of a machine's greeting; None if one could not be spoken."""
        if self.reader:
            target = float(np.clip(self.rng.lognormal(np.log(7), 0.45), 2.5, 20))
            return self.reads(prompts.announcement(self.rng, self.reader, target))
        parts = [self.says(text) for text in phrases.machine(self.rng, self.lang, sub)]
        return None if any(part is None for part in parts) else parts


def _evened(parts):
    """What one voice says in one call is about equally loud."""
    return [sound.at_level(part, -20) for part in parts]


def _lead_in(rng):
    return float(np.clip(rng.lognormal(np.log(0.7), 0.75), 0.08, 3.0))


def _clicked(rng, x, before_s):
    """Sometimes the rustle of a handset before the first word."""
    if before_s > 0.15 and rng.random() < CLICK_SHARE:
        n = sound.seconds(rng.uniform(0.01, min(0.12, before_s / 2)))
        at = int(rng.integers(0, max(1, sound.seconds(before_s) - 2 * n)))
        x[at:at + n] += rng.standard_normal(n) * np.exp(-np.arange(n) / (n / 4)) * rng.uniform(200, 3000)
    return x


def _first_turn(rng, speaker):
    """What a person says before listening: mostly one phrase, sometimes two with a breath between."""
    target = float(np.clip(rng.lognormal(np.log(HUMAN_S[0]), HUMAN_S[1]), 0.3, 3.6))
    if target < 1.5 or rng.random() < 0.5:
        return speaker.greets(target)
    parts = [speaker.greets(0.5), speaker.greets(target - 0.9)]
    if any(part is None for part in parts):
        return None
    first, then = _evened(parts)
    return np.concatenate([first, sound.silence(rng.uniform(0.12, 0.5)), then])


def human(rng, background, without):
    speaker = Speaker(rng, without)
    first = _first_turn(rng, speaker)
    if first is None:
        return None
    greeting = len(speaker.texts)
    start = _lead_in(rng)
    parts = [sound.silence(start), first]
    end = start + len(first) / sound.RATE
    for chance, low, high in ((0.5, 0.8, 3.0), (0.25, 0.9, 3.0)):
        again = speaker.asks_again() if rng.random() < chance else None
        if again is None:
            break
        parts += [sound.silence(rng.uniform(low, high)), again]
    spoken = np.concatenate([sound.at_level(p, -20) if np.any(p) else p for p in parts])
    spoken = np.concatenate([spoken, sound.silence(rng.uniform(1.5, 4.5))])
    x = sound.padded(spoken, max(len(spoken), sound.seconds(5.0)))
    background.hears(first)
    label = dict(cls="human", **speaker.label, speech_start=round(start, 3), greet_end=round(end, 3))
    return _finished(rng, _clicked(rng, x, start), label, speaker.texts[:greeting], background)


def machine(rng, background, without, sub=None):
    sub = sub or str(rng.choice(["personal", "carrier", "number", "screen"], p=[0.6, 0.25, 0.07, 0.08]))
    speaker = Speaker(rng, without)
    if speaker.reader:
        sub = "carrier"
    parts = speaker.announces(sub)
    if not parts:
        return None
    for part in parts:
        background.hears(part)
    before, start = _before_words(rng)
    track, at, pauses = [before], start, []
    for i, part in enumerate(_evened(parts)):
        if i:
            gap = _gap(rng, at - start)
            pauses.append([round(at, 3), round(at + gap, 3)])
            track.append(sound.silence(gap))
            at += gap
        pauses += sound.pauses_in(part, at)
        track.append(part)
        at += len(part) / sound.RATE
    label = dict(cls="machine", **speaker.label, speech_start=round(start, 3), sub=sub,
                 greet_end=round(at, 3), pauses=sorted(pauses))
    track += _after_words(rng, sub, at, label)
    x = _clicked(rng, np.concatenate(track), start)
    return _finished(rng, x, label, speaker.texts, background)


def _before_words(rng):
    start = _lead_in(rng)
    if rng.random() >= MUSIC_SHARE:
        return sound.silence(start), start
    tune = music.piece(rng, sound.seconds(rng.uniform(1.2, 4.0)))[0]
    tune = sound.faded(sound.at_level(tune, -20 - rng.uniform(0, 8), sound.level_dbm0), 0.1)
    before = np.concatenate([sound.silence(min(start, 0.5)), tune, sound.silence(rng.uniform(0.02, 0.4))])
    return before, len(before) / sound.RATE


def _gap(rng, since_onset_s):
    if since_onset_s < 2.5 and rng.random() < EARLY_PAUSE_SHARE:
        return float(rng.uniform(0.35, 1.35))
    return float(rng.uniform(0.08, 0.5))


def _after_words(rng, sub, at, label):
    beeps = rng.random() < (BEEP_SHARE if sub != "screen" else 0.3)
    if not beeps:
        return [sound.silence(rng.uniform(1.5, 5.0))]
    wait = float(rng.uniform(0.1, 1.5))
    tone, hertz = tones.beep(rng)
    label["beep_start"] = round(at + wait, 3)
    label["beep_end"] = round(at + wait + len(tone) / sound.RATE, 3)
    label["beep_freqs"] = [round(hz, 1) for hz in hertz]
    tone = sound.at_level(tone, -20 + rng.uniform(-6, 4), sound.level_dbm0)
    return [sound.silence(wait), tone, sound.silence(rng.uniform(1.0, 3.0))]


def _finished(rng, x, label, texts, background):
    ready = line.drawn(rng)
    x = line.carried(rng, x, ready, background)
    if texts:
        label["text"] = " ".join(texts)
    return x, {**label, **ready}
