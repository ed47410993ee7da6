#!/usr/bin/env python3
"""An agent at an independent phone (baresip) talks with a contact at an independent carrier.

The phone's microphone is a tone of 700 Hz, the contact's voice one of 1000 Hz: each must be heard at the other
end while they are bridged, the short tone (440 Hz) at the phone alone, and nothing of it by the contact.
"""

import pathlib
import statistics
import struct
import sys
import time
import wave

from python_carrier import Carrier
from world import Checks, World, arguments, free_udp_port, loudest_share, share_of_windows, tone, wait_until

CONTACT_HZ, AGENT_HZ, SHORT_TONE_HZ = 1000, 700, 440
CLEAR = 0.6    # share of a window's power: the tone itself, with G.711's noise and another tone's start
ABSENT = 0.05


def write_phone(folder, sip_port, registrar_port, user, password):
    """baresip's folder: one account, a file as microphone, a recording as earpiece."""
    phone = folder / "phone"
    phone.mkdir()
    tone(phone / "microphone.wav", AGENT_HZ, 120.0)
    (phone / "config").write_text(f"""\
sip_listen 127.0.0.1:{sip_port}
net_interface 127.0.0.1
audio_source aufile,{phone}/microphone.wav
rtp_ports 52000-52100
snd_path {phone}
module_path /usr/lib/baresip/modules
module g711.so
module aufile.so
module sndfile.so
module_tmp account.so
module_app menu.so
""", encoding="utf-8")
    (phone / "accounts").write_text(
        f"<sip:{user}@127.0.0.1:{registrar_port};transport=udp>;auth_user={user};auth_pass={password};"
        "answermode=auto;regint=60;audio_codecs=pcmu\n", encoding="utf-8")
    (phone / "contacts").write_text("", encoding="utf-8")
    return phone


def heard_by_phone(phone):
    """What baresip's sndfile module wrote of the decoded side, as samples and rate."""
    samples, rate = [], 8000
    for path in sorted(phone.glob("dump-*-dec.wav")):
        with wave.open(str(path), "rb") as file:
            rate = file.getframerate()
            frames = file.readframes(file.getnframes())
            samples += struct.unpack(f"<{len(frames) // 2}h", frames)[::file.getnchannels()]
    return samples, rate


def main():
    options = arguments()
    checks = Checks()
    with Carrier(hertz=CONTACT_HZ, seconds=5.0) as carrier, World(options, carrier.port) as world:
        serve = world.serve()
        world.import_numbers("talk", ["+12025550101"])
        world.campaign("talk", "progressive", 'safe_harbour = "sorry.wav"\nwrap_up = "2s"')
        added = world.service.json("agent", "add", "ann", "--client", "test")
        phone = write_phone(world.folder, free_udp_port(), world.sip_port, added["user"], added["password"])
        baresip = world.start("baresip", "baresip", "-4", "-f", phone)
        def registered():
            return added["user"] in world.service.json("status")["telephony"]["registered"]

        wait_until(registered, 20, "the phone to register", [serve, baresip])
        world.service.run("agent", "signin", "ann", "--campaign", "talk", "--ready")
        world.service.run("campaign", "start", "talk")
        stats = world.wait_finished("talk", 40, [serve, baresip])
        checks.equal(stats["bridged"], 1, "bridged")
        checks.equal(stats["abandoned"], 0, "abandoned")
        checks.equal(world.outcomes(), ["CONNECTED"], "outcome")

        # The phone's own hang-up pauses the agent, and says so.
        baresip.stop(10)

        def agent():
            return next(a for a in world.service.json("agent", "list")["agents"] if a["name"] == "ann")

        wait_until(lambda: agent()["state"] == "PAUSED", 40, "the agent to be paused", [serve])
        checks.equal(agent()["reason"], "PHONE_LOST", "reason of the pause")
        time.sleep(0.2)

        call = next(iter(carrier.calls.values()))
        checks.that(loudest_share(call.heard, AGENT_HZ) > CLEAR, "the contact hears the agent's 700 Hz")
        checks.that(loudest_share(call.heard, SHORT_TONE_HZ) < ABSENT + 0.2, "the contact does not hear the short tone")
        samples, rate = heard_by_phone(phone)
        checks.that(len(samples) > 3 * rate, "the phone recorded what it heard")
        checks.that(loudest_share(samples, CONTACT_HZ, window=rate // 5, rate=rate) > CLEAR,
                    "the agent hears the contact's 1000 Hz")
        # The contact talks over the tone, so its share is small; outside it there is nothing at that frequency.
        short = share_of_windows(samples, SHORT_TONE_HZ, rate // 10, rate)
        checks.that(max(short) > 0.02 and max(short) > 50 * statistics.median(short),
                    "the agent hears the short tone")
        checks.that(loudest_share(samples, AGENT_HZ, window=rate // 5, rate=rate) < ABSENT,
                    "the agent does not hear himself")
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
