"""Speech for the demo, made by espeak-ng and kept for the next run."""

import csv
import hashlib
import pathlib
import subprocess

from processes import DemoError

# What the practice people and agents say: (file, voice, text). Any "hello*" file is a greeting.
PEOPLE = (
    ("hello_1.wav", "en-us+f2", "Hello?"),
    ("hello_2.wav", "en-us+m3", "Hello, who is this?"),
    ("hello_3.wav", "en-gb+f4", "Good day, you are speaking with Greta."),
    ("reply_1.wav", "en-us+f2", "Yes, I remember. That was last week."),
    ("reply_2.wav", "en-us+m3", "That sounds fine to me."),
    ("reply_3.wav", "en-gb+f4", "Could you say that once more, please?"),
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


def _synthesise(voice, text, target):
    part = target.with_suffix(".part")
    command = ["espeak-ng", "-v", voice, "-s", str(WORDS_PER_MINUTE), "-w", str(part), text]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode != 0 or not part.exists():
        raise DemoError(f"espeak-ng made no speech: {done.stderr.strip()}")
    part.rename(target)
