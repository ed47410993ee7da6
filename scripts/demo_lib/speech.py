"""Speech for the demo, made by espeak-ng and kept for the next run."""

import csv
import hashlib
import pathlib
import subprocess

from processes import DemoError
import tones

# What the practice people and agents say: (file, voice, text). Any "hello*" file is a greeting.
PEOPLE = (
    ("hello_1.wav", "en-us+f2", "Hello?"),
    ("hello_2.wav", "en-us+m3", "Hello, who is this?"),
    ("hello_3.wav", "en-gb+f4", "Good day, you are speaking with Greta."),
    ("hello_4.wav", "en-us+m7", "Yes?"),
    ("hello_5.wav", "en-gb+m2", "Hello, Dale speaking."),
    ("hello_6.wav", "en-us+f5", "Yeah, hello?"),
    ("reply_1.wav", "en-us+f2", "Yes, I remember. That was last week."),
    ("reply_2.wav", "en-us+m3", "That sounds fine to me."),
    ("reply_3.wav", "en-gb+f4", "Could you say that once more, please?"),
)
# What takes the call in their place: voicemails with their beep in Hz, and phone assistants.
VOICEMAILS = (
    ("voicemail_1.wav", "en-us+f1", "Hi, you have reached Nora. I can't come to the phone right now. "
     "Please leave your name and number, and I will call you back.", (1000,)),
    ("voicemail_2.wav", "en-us+m4", "The person you have called is not available. At the tone, please record "
     "your message. When you have finished, you may hang up.", (1400,)),
    ("voicemail_3.wav", "en-gb+m1", "You are through to the Porter family. Nobody is at home. Speak after the "
     "beep.", (850, 1250)),
    ("voicemail_4.wav", "en-gb+f2", "Your call has been forwarded to an automatic voice message system. "
     "The mailbox you have reached is not able to take your call.", (620,)),
)
SCREENERS = (
    ("screener_1.wav", "en-us+f4", "Hi. If you record your name and reason for calling, I'll see if this "
     "person is available."),
    ("screener_2.wav", "en-us+m5", "The person you are calling is using an assistant. Please say who you are "
     "and why you are calling."),
)
# What the network says after its special information tones, by their code.
ANNOUNCEMENTS = (
    ("sit_VC.wav", "en-us+f2", "The number you have dialed is not in service.", "VC"),
    ("sit_IC.wav", "en-us+f2", "The number you have reached has been changed.", "IC"),
    ("sit_NC.wav", "en-us+f2", "All circuits are busy now. Please try again later.", "NC"),
)
AGENTS = (
    ("agent_1.wav", "en-us+m1", "Good day, this is Harbour Light. How was the crossing?"),
    ("agent_2.wav", "en-us+f1", "Thank you, I have noted that. Have a nice day."),
)
# Every voice of the campaigns themselves.
HOUSE_VOICE = "en-us+f3"
WORDS_PER_MINUTE = 190  # brisk, so that an interview fits into the demo's minute


def questionnaire_prompts(folder):
    """(file, voice, text) of each row of a questionnaire that has audio."""
    with open(pathlib.Path(folder) / "survey.csv", encoding="utf-8", newline="") as sheet:
        return [(row["media::audio"], HOUSE_VOICE, row["label"])
                for row in csv.DictReader(sheet) if row.get("media::audio")]


def house_prompts(sheet_path):
    """(file, voice, text) of demo/prompts.csv: what no questionnaire says."""
    with open(sheet_path, encoding="utf-8", newline="") as sheet:
        return [(row["file"], HOUSE_VOICE, row["text"]) for row in csv.DictReader(sheet)]


def speak(prompts, folder, cache):
    """Makes one WAV per prompt in folder; takes it from cache when it was made before."""
    cache.mkdir(parents=True, exist_ok=True)
    for file, voice, text in prompts:
        key = hashlib.sha256(f"{voice}|{WORDS_PER_MINUTE}|{text}".encode()).hexdigest()[:24]
        kept = cache / f"{key}.wav"
        if not kept.exists():
            _synthesise(voice, text, kept)
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(kept.read_bytes())


def practice_world(folder, cache):
    """Every voice and tone of the practice carrier (simulator/carrier/sounds.h says what names mean)."""
    speak(PEOPLE + SCREENERS, folder, cache)
    for file, voice, text, beep in VOICEMAILS:
        speak([(file, voice, text)], folder, cache)
        tones.with_more(folder / file, after=lambda rate, hertz=beep: tones.silence(0.6, rate)
                        + tones.tone(hertz, 0.4, rate) + tones.silence(0.5, rate))
    for file, voice, text, code in ANNOUNCEMENTS:
        speak([(file, voice, text)], folder, cache)
        tones.with_more(folder / file, before=lambda rate, which=code: tones.special_information(which, rate)
                        + tones.silence(0.2, rate))
    tones.write(folder / "fax.wav", tones.fax())
    tones.write(folder / "ring.wav", tones.ringback())


def _synthesise(voice, text, target):
    part = target.with_suffix(".part")
    command = ["espeak-ng", "-v", voice, "-s", str(WORDS_PER_MINUTE), "-w", str(part), text]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode != 0 or not part.exists():
        raise DemoError(f"espeak-ng made no speech: {done.stderr.strip()}")
    part.rename(target)
