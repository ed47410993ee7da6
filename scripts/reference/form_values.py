"""Values of the questionnaire language: numbers, dates, truth, and the prescribed shuffle. Part of form.py."""
import decimal
import hashlib
import math
import re

NAN = float("nan")
INF = float("inf")
MODULUS = 2147483647


# --- values ---

def number_text(x):
    if x != x:
        return "NaN"
    if x in (INF, -INF):
        return "Infinity" if x > 0 else "-Infinity"
    text = format(decimal.Decimal(repr(x)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "0", "") else text


DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{3}))?)?(?:Z|[+-]\d\d:\d\d)?)?")


def days_before_year(year):
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400


def month_lengths(year):
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def day_number(year, month, day):
    return days_before_year(year) + sum(month_lengths(year)[:month - 1]) + day - 1 - days_before_year(1970)


def moment(text):
    """(days, seconds of the day) of a date with or without a time; None."""
    m = DATE.fullmatch(text)
    if not m:
        return None
    year, month, day = int(m[1]), int(m[2]), int(m[3])
    if not 1 <= month <= 12 or not 1 <= day <= month_lengths(year)[month - 1]:
        return None
    hour, minute, second = int(m[4] or 0), int(m[5] or 0), int(m[6] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return day_number(year, month, day), hour * 3600 + minute * 60 + second + int(m[7] or 0) / 1000


def text_number(text):
    text = text.strip(" \t\r\n\v\f")
    if re.fullmatch(r"-?(\d+(\.\d+)?|\.\d+)", text):
        return float(text)
    found = moment(text)
    return NAN if found is None else found[0] + found[1] / 86400


def num(v):
    if isinstance(v, bool):
        return 1.0 if v else 0.0
    if isinstance(v, float):
        return v
    return text_number(v)


def txt(v):
    if isinstance(v, bool):
        return "true" if v else "false"
    return number_text(v) if isinstance(v, float) else v


def truth(v):
    if isinstance(v, bool):
        return v
    if isinstance(v, float):
        return v == v and v != 0
    return v != ""


def date_text(days):
    day = math.floor(days)
    year = 1970 + int(day / 365.2425)
    while day_number(year, 1, 1) > day:
        year -= 1
    while day_number(year + 1, 1, 1) <= day:
        year += 1
    rest = day - day_number(year, 1, 1)
    month = 1
    while rest >= month_lengths(year)[month - 1]:
        rest -= month_lengths(year)[month - 1]
        month += 1
    return year, month, rest + 1


# --- randomising ---

def fnv(text):
    h = 0x811c9dc5
    for b in text.encode():
        h = ((h ^ b) * 0x01000193) & 0xffffffff
    return h


def row_seed(seed, name):
    return float((seed ^ fnv(name)) % 2147483646 + 1)


def draws(seed):
    s = math.fmod(seed, MODULUS) if math.isfinite(seed) else 0.0
    if s <= 0:
        s += MODULUS - 1
    s = int(s)
    while True:
        s = s * 16807 % MODULUS
        yield (s - 1) / 2147483646.0


def shuffle(items, seed):
    out = []
    for (i, item), u in zip(enumerate(items), draws(seed)):
        j = int(u * (i + 1))
        out.append(item)
        if j != i:
            out[i] = out[j]
            out[j] = item
    return out


def text_seed(text):
    if text.strip() == "":
        return 0.0
    x = text_number(text)
    if x == x:
        return float(math.trunc(x)) if math.isfinite(x) else x
    return float(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True))
