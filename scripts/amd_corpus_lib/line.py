"""The telephone line: room, noise, band, level, GSM, comfort noise, lost packets, G.711."""

import pathlib
import subprocess
import tempfile

import numpy as np
from scipy import signal

import noise
import sound

# Shares measured on, and chosen like, those of docs/answer-detect.md's corpus.
ROOM_SHARE, GSM_SHARE, DTX_SHARE, LOSS_SHARE = 0.22, 0.30, 0.12, 0.25
LEVEL_DBM0 = (-35.0, -12.0)
SNR_DB = (6.0, 38.0)
PACKET = sound.FRAME  # 20 ms


def drawn(rng):
    """What this clip's line is like: the fields of its label."""
    return {
        "rt60": round(float(rng.uniform(0.1, 0.6)), 2) if rng.random() < ROOM_SHARE else None,
        "level_dbm0": round(float(np.clip(rng.normal(-22, 5), *LEVEL_DBM0)), 1),
        "noise": str(rng.choice(noise.KINDS, p=noise.SHARES)),
        "snr_db": round(float(rng.uniform(*SNR_DB)), 1),
        "codec": "gsm-fr+g711" if rng.random() < GSM_SHARE else "g711",
        "loss_pct": round(float(rng.uniform(0.5, 6)), 2) if rng.random() < LOSS_SHARE else 0.0,
        "dtx": True if rng.random() < DTX_SHARE else None,
        "law": "ulaw" if rng.random() < 0.5 else "alaw",
    }


def carried(rng, x, line, background, live=True):
    """The clip as it arrives. `live`: from a room with its noise; else straight from the network."""
    if line["rt60"] and live:
        x = _in_room(rng, x, line["rt60"])
    x = sound.at_level(x, line["level_dbm0"]) if np.any(x) else x
    if line["noise"] != "none":
        line["noise"], y = background.make(rng, line["noise"], len(x))
        x = x + y * _rms_of(line["level_dbm0"] - line["snr_db"])
    elif rng.random() < 0.7:  # a quiet line is seldom a silent one
        x = x + rng.standard_normal(len(x)) * _rms_of(rng.uniform(-75, -58))
    x = _in_band(rng, x)
    if line["codec"].startswith("gsm"):
        x = through_gsm(x)
    if line["dtx"]:
        x = _with_comfort_noise(rng, x)
    if line["loss_pct"]:
        x, line["loss_pct"] = _with_losses(rng, x, line["loss_pct"] / 100)
    return x


def _rms_of(dbm0):
    return sound.FULL_SCALE * 10 ** ((dbm0 - sound.DBM0_OF_FULL_SCALE_RMS) / 20)


def _in_room(rng, x, rt60):
    n = sound.seconds(rt60)
    tail = rng.standard_normal(n) * 10 ** (-3 * np.arange(n) / n)
    tail *= rng.uniform(0.2, 0.9) / np.sqrt(np.sum(tail**2))
    tail[: sound.seconds(0.004)] = 0
    tail[0] = 1
    return signal.fftconvolve(x, tail)[: len(x)]


def _in_band(rng, x):
    low, high = rng.uniform(120, 350), rng.uniform(3000, 3800)
    x = signal.sosfilt(signal.butter(2, [low, high], "band", fs=sound.RATE, output="sos"), x)
    tilt = rng.uniform(-0.35, 0.35)  # handsets differ: up to about 6 dB from one end to the other
    return signal.lfilter([1, tilt], [1 + abs(tilt) / 2], x)


def through_gsm(x):
    """GSM 06.10 and back, by sox."""
    with tempfile.TemporaryDirectory() as folder:
        raw, gsm, back = (str(pathlib.Path(folder) / name) for name in ("a.raw", "a.gsm", "b.raw"))
        np.clip(np.round(x), -32768, 32767).astype("<i2").tofile(raw)
        form = ["-t", "raw", "-r", "8000", "-e", "signed", "-b", "16", "-c", "1"]
        subprocess.run(["sox", "-D", *form, raw, "-t", "gsm", gsm], check=True, timeout=60)
        subprocess.run(["sox", "-D", "-t", "gsm", "-r", "8000", gsm, *form, back], check=True,
                       timeout=60)
        return sound.padded(np.fromfile(back, "<i2").astype(float), len(x))


def _with_comfort_noise(rng, x):
    """Pauses longer than 200 ms are replaced by even noise near the level of what was there."""
    levels = sound.frame_levels(x)
    quiet = levels < sound.active_level(x) - 18
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(int), [0]))))
    y = x.copy()
    for a, b in zip(edges[::2], edges[1::2]):
        a += 10  # hangover of the far end's voice activity detector
        if a < b:
            rms = _rms_of(np.median(levels[a:b]) + rng.uniform(-6, 2))
            y[a * PACKET:b * PACKET] = rng.standard_normal((b - a) * PACKET) * rms
    return y


def _with_losses(rng, x, share):
    """Packets lost in bursts of about two and a half; what is missing is repeated, fading, or mute."""
    stay_lost = 0.6
    start_lost = share * (1 - stay_lost) / (1 - share)
    repeat = rng.random() < 0.5
    y, lost, count, packets = x.copy(), False, 0, len(x) // PACKET
    for i in range(1, packets):
        lost = rng.random() < (stay_lost if lost else start_lost)
        if lost:
            count += 1
            before = y[(i - 1) * PACKET:i * PACKET]
            y[i * PACKET:(i + 1) * PACKET] = before * 0.7 if repeat else 0
    return y, round(100 * count / max(packets, 1), 2)
