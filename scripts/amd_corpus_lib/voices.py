"""Voices: espeak-ng with its variants, flite, and festival. One Voice speaks both classes."""

import atexit
import dataclasses
import functools
import io
import pathlib
import shutil
import subprocess
import tempfile

import numpy as np
from scipy.io import wavfile

import sound

LICENCE = "espeak-ng/flite/festival output"

# Voices of espeak-ng by language, and the variants that sound like people.
ESPEAK = {
    "en": ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbcwmd", "en-029"),
    "ru": ("ru",), "de": ("de",), "fr": ("fr-fr", "fr-be", "fr-ch"), "es": ("es", "es-419"),
    "it": ("it",), "nl": ("nl",), "hu": ("hu",), "pl": ("pl",), "cs": ("cs",), "fi": ("fi",),
    "ca": ("ca",), "pt": ("pt", "pt-br"),
}
VARIANTS = (
    "m1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 f5 klatt klatt2 klatt3 klatt4 klatt6 Alex Alicia Andrea Andy "
    "Annie Denis Diogo Gene Gene2 Henrique Hugo Jacky Lee Marco Mario Michael Mike Nguyen "
    "RicishayMax RicishayMax2 RicishayMax3 Storm adam anika announcer antonio aunty belinda benjamin "
    "boris caleb david ed edward edward2 grandma grandpa gustave iven iven2 iven3 iven4 john "
    "kaukovalta linda marcelo max michel miguel norbert pablo paul pedro quincy rob robert sandro "
    "shelby steph steph2 steph3 travis victor zac"
).split()
FLITE = ("kal", "kal16", "awb", "rms", "slt")
# Festival's voices: language and the encoding that they read.
FESTIVAL = {
    "voice_kal_diphone": ("en", "latin-1"), "voice_ked_diphone": ("en", "latin-1"),
    "voice_cmu_us_slt_arctic_hts": ("en", "latin-1"), "voice_msu_ru_nsh_clunits": ("ru", "utf-8"),
    "voice_lp_diphone": ("it", "latin-1"), "voice_pc_diphone": ("it", "latin-1"),
    "voice_suo_fi_lj_diphone": ("fi", "latin-1"), "voice_hy_fi_mv_diphone": ("fi", "latin-1"),
    "voice_czech_dita": ("cs", "iso-8859-2"), "voice_czech_krb": ("cs", "iso-8859-2"),
    "voice_czech_machac": ("cs", "iso-8859-2"), "voice_czech_ph": ("cs", "iso-8859-2"),
    "voice_upc_ca_ona_hts": ("ca", "latin-1"),
}
PROGRAMS = ("espeak-ng", "flite", "festival", "sox")


@dataclasses.dataclass(frozen=True)
class Voice:
    program: str
    speaker: str
    lang: str
    speed: int = 175      # words a minute, espeak-ng alone
    pitch: int = 50       # 0 .. 99, espeak-ng alone
    throat: float = 1.0   # played so much faster afterwards

    def says(self, text):
        """The utterance without silence around it; None if the program made nothing of the text."""
        x = {"espeak": _espeak, "flite": _flite, "festival": _festival}[self.program](self, text)
        if x is None or len(x) < sound.RATE // 10:
            return None
        x = sound.trimmed(x if self.throat == 1 else sound.faster(x, self.throat))
        return x if len(x) >= sound.FRAME * 4 else None


def missing_programs():
    return [name for name in PROGRAMS if not shutil.which(name)]


def drawn(rng, lang):
    """A voice of a language; the programs by how much variety each has to offer."""
    throat = float(np.round(rng.uniform(0.90, 1.13), 2)) if rng.random() < 0.5 else 1.0
    festival = [name for name, (speaks, _) in FESTIVAL.items() if speaks == lang]
    luck = rng.random()
    if festival and luck < 0.25:
        return Voice("festival", festival[int(rng.integers(len(festival)))], lang, throat=throat)
    if lang == "en" and luck < 0.42:
        return Voice("flite", FLITE[int(rng.integers(len(FLITE)))], lang, throat=throat)
    base = ESPEAK[lang][int(rng.integers(len(ESPEAK[lang])))]
    variant = VARIANTS[int(rng.integers(len(VARIANTS)))]
    return Voice("espeak", f"{base}+{variant}", lang, int(rng.integers(140, 215)),
                 int(rng.integers(30, 72)), throat)


def read_wav(data):
    rate, x = wavfile.read(io.BytesIO(data))
    return sound.resampled(x.astype(float), rate)


def _espeak(voice, text):
    done = subprocess.run(["espeak-ng", "-v", voice.speaker, "-s", str(voice.speed), "-p",
                           str(voice.pitch), "--stdout", text], capture_output=True, timeout=60)
    if done.returncode != 0 or len(done.stdout) < 1000:
        return None
    return read_wav(_with_true_length(done.stdout))


def _with_true_length(wav):
    """espeak-ng cannot seek on a pipe and leaves the lengths in its header open."""
    wav = bytearray(wav)
    wav[4:8] = (len(wav) - 8).to_bytes(4, "little")
    at = wav.index(b"data")
    wav[at + 4:at + 8] = (len(wav) - at - 8).to_bytes(4, "little")
    return bytes(wav)


def _flite(voice, text):
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(["flite", "-voice", voice.speaker, "-t", text, "-o", file.name],
                       capture_output=True, timeout=60, check=False)
        data = pathlib.Path(file.name).read_bytes()
    return read_wav(data) if len(data) > 1000 else None


class _Festival:
    """One festival that stays up, since loading a voice takes a second."""

    def __init__(self, name, encoding):
        self.encoding = encoding
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(["festival", "--pipe"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        atexit.register(self.close)
        self.do(f"({name})")

    def do(self, command):
        self.process.stdin.write(command.encode(self.encoding, "replace")
                                 + b'\n(format t "done\\n")\n(fflush nil)\n')
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.strip().endswith(b"done"):
                return
        raise RuntimeError("festival ended")

    def says(self, text):
        file = pathlib.Path(self.folder.name) / "out.wav"
        file.unlink(missing_ok=True)
        text = text.replace('"', "").replace("\\", "")
        self.do(f'(utt.save.wave (utt.synth (eval (list \'Utterance \'Text "{text}"))) "{file}" \'riff)')
        return read_wav(file.read_bytes()) if file.exists() and file.stat().st_size > 1000 else None

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.folder.cleanup()


@functools.lru_cache(maxsize=None)
def _festival_of(name):
    return _Festival(name, FESTIVAL[name][1])


def _festival(voice, text):
    return _festival_of(voice.speaker).says(text)
