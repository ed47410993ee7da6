#!/usr/bin/env python3
"""A recording that is announced: the announcement is heard on the wire, and no sample of it or of before is in the file.

Every sound is a tone of its own: the contact 1000 Hz (Python carrier), the announcement 1650 Hz, the notice 450 Hz. The
file is FLAC, and is read by sox.
"""

import subprocess
import sys
import wave

from python_carrier import Carrier
from world import Checks, World, arguments, loudest_share, share_of_windows, tone, wait_until

CONTACT_HZ, ANNOUNCEMENT_HZ, NOTICE_HZ = 1000, 1650, 450
ANNOUNCEMENT_S, NOTICE_S = 1.5, 2.0
CLEAR, ABSENT = 0.6, 0.05
WINDOW = 1600
CONTACT = "+12025550101"

MORE = """\
notice = "notice.wav"
record = true
[recording]
format = "flac"
announcement = "recorded.wav"
"""


def samples_of(path):
    """Left and right of a recording, as sox reads it."""
    plain = path.with_suffix(".plain.wav")
    subprocess.run(["sox", str(path), str(plain)], check=True)
    with wave.open(str(plain)) as file:
        samples = memoryview(file.readframes(file.getnframes())).cast("h")
        return file.getnchannels(), samples[0::2].tolist(), samples[1::2].tolist()


def heard_on_the_wire(call, checks):
    """The announcement, then the notice, and never both."""
    told = share_of_windows(call.heard, ANNOUNCEMENT_HZ, WINDOW)
    said = share_of_windows(call.heard, NOTICE_HZ, WINDOW)
    first_said = next((i for i, share in enumerate(said) if share > CLEAR), None)
    checks.that(max(told, default=0) > CLEAR, "the contact hears that he is recorded")
    checks.that(first_said is not None, "and then what he was called for")
    last_told = max((i for i, share in enumerate(told) if share > CLEAR), default=0)
    checks.that(first_said is not None and last_told < first_said, "one after the other")


def in_the_file(path, checks):
    channels, left, right = samples_of(path)
    checks.equal(channels, 2, "both sides")
    checks.that(loudest_share(left, CONTACT_HZ) > CLEAR, "left is the contact")
    checks.that(loudest_share(right, NOTICE_HZ) > CLEAR, "right is what he heard")
    checks.that(max(share_of_windows(right, ANNOUNCEMENT_HZ, WINDOW)) < ABSENT, "without the announcement")
    seconds = len(left) / 8000
    checks.that(seconds < NOTICE_S + ANNOUNCEMENT_S / 2, f"it begins after the announcement: {seconds:.2f} s")


def main():
    options = arguments()
    checks = Checks()
    with Carrier(hertz=CONTACT_HZ, seconds=30.0, sends_bye=False) as carrier, World(options, carrier.port) as world:
        tone(world.folder / "recorded.wav", ANNOUNCEMENT_HZ, ANNOUNCEMENT_S)
        tone(world.folder / "notice.wav", NOTICE_HZ, NOTICE_S)
        world.serve()
        world.import_numbers("told", [CONTACT])
        world.campaign("told", "unattended", MORE)
        world.service.run("campaign", "start", "told")
        world.wait_finished("told", 40)
        attempt = world.rows("SELECT min(id) FROM attempts")[0][0]
        path = world.folder / "data" / "recordings" / f"{attempt}.flac"
        wait_until(path.exists, 10, "the recording", world.programs)
        heard_on_the_wire(list(carrier.calls.values())[-1], checks)
        in_the_file(path, checks)

        contact = world.rows("SELECT contact_id FROM attempts")[0][0]
        history = world.service.json("lead", "history", str(contact))["attempts"][0]
        checks.equal(history["recording"], path.name, "history names the file")
        checks.that(history["quality"]["mos_heard"] > 4, f"and how well he was heard: {history['quality']}")
        report = world.service.json("report", "quality")
        checks.equal([c["campaign"] for c in report["campaigns"]], ["told"], "the report has the campaign")
        checks.equal([t["calls"] for t in report["trunks"]], [1], "and its trunk")
    return checks.exit_status()


if __name__ == "__main__":
    sys.exit(main())
