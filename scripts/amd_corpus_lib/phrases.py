"""What is said: phrases of phrases/LANGUAGE.txt, put together from their parts."""

import functools
import pathlib
import re

FOLDER = pathlib.Path(__file__).parent / "phrases"
LISTS = ("name", "family", "company")
SECONDS_PER_LETTER = 0.062  # measured on espeak-ng at 175 words a minute
SECONDS_PER_PHRASE = 0.12
JOKE_KEPT = 0.15  # greetings that open like a person ("Hello?") are a joke, and rare
TWICE_SHARE = 0.3


@functools.lru_cache(maxsize=None)
def of_language(lang):
    book, section = {}, None
    for line in (FOLDER / f"{lang}.txt").read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = book.setdefault(line[1:-1], [])
        elif line:
            section.extend(p.strip() for p in line.split(";")) if _in_lists(book, section) \
                else section.append(line)
    return book


def _in_lists(book, section):
    return any(book.get(name) is section for name in LISTS)


def languages():
    return sorted(file.stem for file in FOLDER.glob("*.txt"))


def pick(rng, items):
    return items[int(rng.integers(len(items)))]


def filled(rng, lang, phrase):
    book = of_language(lang)
    return re.sub(r"\{(\w+)\}", lambda slot: pick(rng, book[slot.group(1)]), phrase)


def estimated_s(text):
    return SECONDS_PER_PHRASE + SECONDS_PER_LETTER * len(text)


def human(rng, lang, target_s):
    """A greeting about as long as wanted: the nearest of six drawn ones."""
    drawn = [filled(rng, lang, pick(rng, of_language(lang)["greeting"])) for _ in range(6)]
    return min(drawn, key=lambda text: abs(estimated_s(text) - target_s))


def second(rng, lang):
    return pick(rng, of_language(lang)["second"])


def machine(rng, lang, sub):
    """The parts of a machine's greeting, in order."""
    book = of_language(lang)
    if sub == "personal":
        return _personal(rng, lang, book)
    if sub == "number":
        groups = ", ".join(" ".join(str(d) for d in rng.integers(0, 10, size=n)) for n in (3, 3, 4))
        return [pick(rng, book["number_before"]), groups + ",", pick(rng, book["number_after"])]
    text = filled(rng, lang, pick(rng, book[sub]))
    if sub == "carrier" and rng.random() < TWICE_SHARE:  # many networks say it twice over
        text += " " + (text if rng.random() < 0.5 else pick(rng, book[sub]))
    return [part.strip() for part in re.findall(r"[^.?!]+[.?!]+", text)] or [text]


def _personal(rng, lang, book):
    opening = pick(rng, book["personal_open"])
    if opening.endswith("?") and rng.random() > JOKE_KEPT:
        opening = book["personal_open"][0]
    parts = [opening]
    if rng.random() < 0.8:
        parts.append(pick(rng, book["personal_away"]))
    if rng.random() < 0.4:
        parts.append(pick(rng, book["personal_away"]))
    parts.append(pick(rng, book["personal_ask"]))
    if rng.random() < 0.25:
        parts.append(pick(rng, book["personal_ask"]))
    if rng.random() < 0.5:
        parts.append(pick(rng, book["personal_end"]))
    once = list(dict.fromkeys(parts))
    return [filled(rng, lang, part) for part in once]
