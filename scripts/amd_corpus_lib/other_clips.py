"""Clips in which nobody greets: silence, fax, the network's tones, music."""

import numpy as np

import line
import music
import phrases
import sound
import tones
import voices


def _label(cls, sub=None, **more):
    label = {"cls": cls, "source": "synth", "speaker": "-", "lang": "-", "lic": "generated"}
    if sub:
        label["sub"] = sub
    return {**label, **more}


def _carried(rng, x, label, background, quiet=True):
    """Network tones come over lines with little noise of their own."""
    ready = line.drawn(rng)
    ready["rt60"] = ready["dtx"] = None
    if quiet:
        ready["snr_db"] = round(float(rng.uniform(18, 40)), 1)
        ready["noise"] = str(rng.choice(["none", "white", "pink"], p=[0.6, 0.2, 0.2]))
    return line.carried(rng, x, ready, background, live=False), {**label, **ready}


def _one_of(rng, table):
    return list(table)[int(rng.integers(len(table)))]


def fax(rng, background):
    sub = str(rng.choice(["ced", "ansam", "cng"], p=[0.35, 0.4, 0.25]))
    start = float(rng.uniform(0.2, 2.0))
    if sub == "cng":
        x = np.concatenate([sound.silence(start), tones.cng(sound.seconds(7))])
        return _carried(rng, x, _label("fax", sub, tone_start=round(start, 3)), background)
    tone = tones.ced(rng) if sub == "ced" else tones.ansam(rng)
    end = start + len(tone) / sound.RATE
    rest = [sound.silence(0.075), tones.v21_preamble(rng)] if rng.random() < 0.5 else []
    x = np.concatenate([sound.silence(start), sound.faded(tone), *rest,
                        sound.silence(rng.uniform(1, 3))])
    return _carried(rng, x, _label("fax", sub, tone_start=round(start, 3), tone_end=round(end, 3)),
                    background)


def sit(rng, background):
    code = _one_of(rng, tones.SIT)
    lang = _one_of(rng, phrases.languages())
    voice = voices.drawn(rng, lang)
    said = voice.says(phrases.machine(rng, lang, "carrier")[0])
    if said is None:
        return None
    start = float(rng.uniform(0.05, 1.2))
    tone = sound.at_level(tones.sit(rng, code), -20, sound.level_dbm0)
    label = _label("sit", code, tone_start=round(start, 3),
                   tone_end=round(start + len(tone) / sound.RATE, 3))
    label.update(source=f"synth+tts:{voice.program}", speaker=voice.speaker, lang=lang)
    x = np.concatenate([sound.silence(start), tone, sound.silence(rng.uniform(0.1, 0.6)),
                        sound.at_level(said, -20), sound.silence(1)])
    return _carried(rng, x, label, background)


def silence(rng, background):
    sub = str(rng.choice(["digital", "cn", "noise"], p=[0.2, 0.35, 0.45]))
    length = sound.seconds(rng.uniform(6, 9))
    label = _label("silence", sub)
    if sub == "noise":
        x, label = _carried(rng, np.zeros(length), label, background, quiet=False)
        return (x, label) if label["noise"] != "tv" else None  # one voice alone is speech
    ready = {**line.drawn(rng), "rt60": None, "dtx": None, "loss_pct": 0.0, "snr_db": 0.0,
             "noise": "white" if sub == "cn" else "none"}
    x = np.zeros(length)
    if sub == "cn":
        rms = sound.FULL_SCALE * 10 ** ((rng.uniform(-72, -48) - sound.DBM0_OF_FULL_SCALE_RMS) / 20)
        x = rng.standard_normal(length) * rms
    return x, {**label, **ready}


def ringback(rng, background):
    country = _one_of(rng, tones.RING)
    return _carried(rng, tones.cadence(rng, tones.RING[country], sound.seconds(9)),
                    _label("ringback", country), background)


def busy(rng, background):
    sub = _one_of(rng, tones.BUSY)
    return _carried(rng, tones.cadence(rng, tones.BUSY[sub], sound.seconds(6)),
                    _label("busy", sub), background)


def hold_music(rng, background):
    x, source, licence = music.piece(rng, sound.seconds(9))
    return _carried(rng, x, {**_label("music"), "source": source, "lic": licence}, background)


# Shares of the classes among these clips.
MAKERS = ((fax, 0.15), (sit, 0.18), (silence, 0.2), (ringback, 0.19), (busy, 0.14), (hold_music, 0.14))


def drawn(rng, background):
    makers, shares = zip(*MAKERS)
    return makers[int(rng.choice(len(makers), p=shares))](rng, background)
