"""Tones for the demo's practice world: beeps, a fax, special information tones, ringback. Plain Python."""

import array
import math
import wave

RATE = 8000
PEAK = 4000  # of each tone: about -12 dBm0
# Special information tones: (Hz, seconds) three times (Bellcore SR-2275).
SIT = {
    "VC": ((985.2, 0.380), (1370.6, 0.274), (1776.7, 0.380)),
    "IC": ((913.8, 0.274), (1370.6, 0.274), (1776.7, 0.380)),
    "NC": ((913.8, 0.380), (1370.6, 0.380), (1776.7, 0.380)),
}
RINGBACK = ((440, 480), 2.0, 4.0)  # North America
RINGS = 5


def silence(seconds, rate=RATE):
    return [0] * round(seconds * rate)


def tone(hertz, seconds, rate=RATE):
    """Sines at once, with 4 ms of fading at both ends against clicks."""
    count, fade = round(seconds * rate), round(0.004 * rate)
    return [round(PEAK * min(1, i / fade, (count - 1 - i) / fade)
                  * sum(math.sin(2 * math.pi * hz * i / rate) for hz in hertz)) for i in range(count)]


def fax():
    """The called fax's tone (ITU-T T.30, CED)."""
    return silence(0.2) + tone((2100,), 3.0)


def special_information(code, rate=RATE):
    return [sample for hz, seconds in SIT[code] for sample in tone((hz,), seconds, rate)]


def ringback():
    hertz, on, off = RINGBACK
    return (tone(hertz, on) + silence(off)) * RINGS


def write(path, samples, rate=RATE):
    with wave.open(str(path), "wb") as sink:
        sink.setnchannels(1)
        sink.setsampwidth(2)
        sink.setframerate(rate)
        sink.writeframes(array.array("h", samples).tobytes())


def with_more(path, before=lambda rate: [], after=lambda rate: []):
    """Puts samples, made for the file's own rate, before and after what a WAV file of 16 bits holds."""
    with wave.open(str(path), "rb") as source:
        rate = source.getframerate()
        held = array.array("h", source.readframes(source.getnframes()))
    write(path, before(rate) + held.tolist() + after(rate), rate)
