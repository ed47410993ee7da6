#!/usr/bin/env python3
"""An agent's whole work on the wire: hold, card data, a transfer that returns, one that is taken, a callback kept,
and people who call back.

Every voice is a tone of its own, so that who hears whom is measured and not believed: the contact 1000 Hz (Python
carrier), the agent 700 Hz and support 500 Hz (baresip), who calls in 900 Hz (Python).
"""

import sys
import time
import wave

from agent_leg_test import write_phone
from python_carrier import Carrier
from world import (CALLER_ID, Checks, World, arguments, free_udp_port, loudest_share, share_of_windows, tone,
                   wait_until)
from caller import Caller

CONTACT_HZ, AGENT_HZ, SUPPORT_HZ, CALLER_HZ = 1000, 700, 500, 900
CLEAR, ABSENT = 0.6, 0.05
CONTACT = "+12025550101"
STRANGER = "+12025550155"   # calls without ever having been called

MORE = """\
safe_harbour = "sorry.wav"
wrap_up = "60s"
record = true
[agents]
transfer_ring = "5s"
[[transfers]]
name = "support"
phone = "support"
[[transfers]]
name = "nobody"
phone = "nobody"
[inbound]
prompt = "who.wav"
sorry = "sorry.wav"
no_number = "which.wav"
[[inbound.menu]]
key = "1"
does = "agent"
[[inbound.menu]]
key = "9"
does = "opt_out"
prompt = "nomore.wav"
"""


class Office:
    def __init__(self, world, carrier, checks):
        self.world, self.carrier, self.checks = world, carrier, checks

    def phone(self, name, hertz):
        """Adds an agent and starts his phone."""
        added = self.world.service.json("agent", "add", name, "--client", "test")
        folder = self.world.folder / name
        folder.mkdir()
        phone = write_phone(folder, free_udp_port(), self.world.sip_port, added["user"], added["password"])
        tone(phone / "microphone.wav", hertz, 240.0)
        self.world.start(f"baresip-{name}", "baresip", "-4", "-f", phone)
        wait_until(lambda: name in self.world.service.json("status")["telephony"]["registered"], 20,
                   f"the phone of {name}", self.world.programs)

    def agent(self, *words):
        self.world.service.run("agent", words[0], "ann", *words[1:])

    def state(self):
        return next(a for a in self.world.service.json("agent", "list")["agents"] if a["name"] == "ann")["state"]

    def wait_state(self, state, seconds=20):
        wait_until(lambda: self.state() == state, seconds, f"the agent to be {state}", self.world.programs)

    def contact_hears(self, hertz, what, absent=(), seconds=1.2):
        """What the contact hears from now on; the first fifth may still be of before."""
        call = list(self.carrier.calls.values())[-1]
        time.sleep(0.3)
        begin = len(call.heard)
        time.sleep(seconds)
        self.expect(call.heard[begin:], hertz, f"the contact hears {what}", absent)

    def expect(self, heard, hertz, what, absent=()):
        self.checks.that(len(heard) > 4000, f"there is sound while {what}")
        if hertz:
            self.checks.that(loudest_share(heard, hertz) > CLEAR, what)
        for other in absent:
            shares = share_of_windows(heard, other, 1600)
            self.checks.that(max(shares, default=1) < ABSENT, f"{what}, and not {other} Hz")


def talk(office):
    """The first call: hold, card data, a transfer in vain, and one that is taken."""
    office.wait_state("ON_CALL")
    office.contact_hears(AGENT_HZ, "the agent")
    office.agent("hold")
    office.contact_hears(None, "music on hold", absent=(AGENT_HZ,))
    office.agent("resume")
    office.contact_hears(AGENT_HZ, "the agent again")
    office.agent("recording", "pause")
    time.sleep(2.0)
    office.agent("recording", "resume")
    time.sleep(1.0)
    office.agent("transfer", "nobody")
    office.contact_hears(AGENT_HZ, "the agent, because nobody took over")
    office.agent("transfer", "support")
    office.wait_state("WRAP_UP")
    office.contact_hears(SUPPORT_HZ, "support, who has taken over", absent=(AGENT_HZ,))
    results = [t["result"] for t in office.world.service.json("report", "transfers")["transfers"]]
    office.checks.equal(results, ["FAILED", "HANDED_OVER"], "transfers on record")


def recorded(office):
    """The recording: the contact left, the agent right, and two seconds of silence for the card."""
    attempt = office.world.rows("SELECT min(id) FROM attempts")[0][0]
    path = office.world.folder / "data" / "recordings" / f"{attempt}.wav"
    wait_until(path.exists, 10, "the recording", office.world.programs)
    with wave.open(str(path)) as file:
        frames = file.readframes(file.getnframes())
        office.checks.equal((file.getnchannels(), file.getframerate()), (2, 8000), "stereo at 8 kHz")
    samples = memoryview(frames).cast("h")
    left, right = samples[0::2].tolist(), samples[1::2].tolist()
    office.checks.that(loudest_share(left, CONTACT_HZ) > CLEAR, "left is the contact")
    office.checks.that(loudest_share(right, AGENT_HZ) > CLEAR, "right is the agent")
    office.checks.that(loudest_share(right, SUPPORT_HZ) > CLEAR, "and then support")
    silent = [not any(left[i:i + 1600]) and not any(right[i:i + 1600]) for i in range(0, len(left) - 1600, 1600)]
    run = longest = 0
    for quiet in silent:
        run = run + 1 if quiet else 0
        longest = max(longest, run)
    office.checks.that(7 <= longest <= 14, f"card data is not in the recording: {longest * 0.2:.1f} s of silence")


def promise(office):
    """He is promised a callback in a few seconds, and gets it from the agent who promised."""
    office.agent("outcome", "CALLBK", "--at", "+3s", "--mine", "--note", "after lunch")
    list(office.carrier.calls.values())[-1].ended.wait(1)
    first = len(office.carrier.calls)
    hang_up(office)
    office.agent("wrapup")
    wait_until(lambda: len(office.carrier.calls) > first, 40, "the callback", office.world.programs)
    office.wait_state("ON_CALL")
    office.contact_hears(AGENT_HZ, "the agent, as promised")
    standing = office.world.service.json("report", "callbacks")["callbacks"]
    office.checks.equal([c["standing"] for c in standing], ["KEPT"], "the promise")
    office.agent("hangup")
    office.wait_state("WRAP_UP")
    office.agent("outcome", "NI")
    office.agent("wrapup")


def hang_up(office):
    """The contact of the last call hangs up."""
    office.carrier.hang_up(list(office.carrier.calls.values())[-1])


def calls_in(office):
    """He calls the number back that has called him: who was it, an agent, and no more calls."""
    office.wait_state("READY")
    caller = Caller(office.world.sip_port, CONTACT, CALLER_ID, CALLER_HZ).call()
    office.checks.that(caller.answered.wait(5), "the caller is answered")
    time.sleep(1.5)
    office.expect(caller.heard, 350, "the caller hears who called")
    caller.press("1")
    office.wait_state("ON_CALL")
    caller.mark("agent")
    time.sleep(1.5)
    office.expect(caller.since("agent"), AGENT_HZ, "the caller hears the agent", absent=(350,))
    office.agent("hangup")
    office.checks.that(caller.ended.wait(5), "the agent ends the call")

    caller = Caller(office.world.sip_port, CONTACT, CALLER_ID, CALLER_HZ).call()
    office.checks.that(caller.answered.wait(5), "he calls again")
    time.sleep(0.6)
    caller.press("9")
    time.sleep(1.5)
    caller.mark("after")
    office.checks.that(loudest_share(caller.heard, 250) > CLEAR, "he hears that it is done")
    office.checks.that(caller.ended.wait(10), "and is hung up on")
    checked = office.world.service.json("dnc", "check", CONTACT, "--client", "test")
    office.checks.that(checked["listed"], "his number is on do-not-call")
    calls = office.world.service.json("report", "inbound")["inbound"]
    office.checks.equal([c["campaign"] for c in calls], ["talk", "talk"], "both are on record with their campaign")
    office.checks.that(calls[0]["connected"] and calls[1]["opted_out"], "and with what became of them")
    office.checks.that(all(c["attempt"] for c in calls), "matched to the last attempt")

    opts_out_unknown(office)

    stranger = Caller(office.world.sip_port, "+12025550999", "+12025550000").call()
    stranger.ended.wait(5)
    office.checks.that(stranger.status is not None and stranger.status >= 400,
                       f"a number that is not ours is refused: {stranger.status}")


def opts_out_unknown(office):
    """Somebody whom we never called takes his number off; who hides his number hears that it is not known."""
    caller = Caller(office.world.sip_port, STRANGER, CALLER_ID, CALLER_HZ).call()
    office.checks.that(caller.answered.wait(5), "a stranger is answered")
    time.sleep(0.6)
    caller.press("9")
    office.checks.that(caller.ended.wait(10), "and hung up on once it is done")
    office.checks.that(loudest_share(caller.heard, 250) > CLEAR, "he has heard so")
    checked = office.world.service.json("dnc", "check", STRANGER, "--client", "test")
    office.checks.that(checked["listed"], "the stranger's number is on do-not-call")

    hidden = Caller(office.world.sip_port, "anonymous", CALLER_ID, CALLER_HZ).call()
    office.checks.that(hidden.answered.wait(5), "who hides his number is answered, too")
    time.sleep(0.6)
    hidden.press("9")
    hidden.mark("pressed")
    time.sleep(2.0)
    office.checks.that(loudest_share(hidden.since("pressed"), 1200) > CLEAR, "he hears that it is not known")
    office.checks.that(not hidden.ended.is_set(), "and may choose otherwise")
    hidden.hang_up()


def main():
    options = arguments()
    checks = Checks()
    with Carrier(hertz=CONTACT_HZ, seconds=90.0, sends_bye=False) as carrier, World(options, carrier.port) as world:
        tone(world.folder / "who.wav", 350, 6.0)
        tone(world.folder / "nomore.wav", 250, 1.0)
        tone(world.folder / "which.wav", 1200, 1.0)
        office = Office(world, carrier, checks)
        world.serve()
        world.import_numbers("talk", [CONTACT])
        world.campaign("talk", "progressive", MORE, attempts=3)
        office.phone("support", SUPPORT_HZ)
        office.phone("ann", AGENT_HZ)
        office.agent("signin", "--campaign", "talk", "--ready")
        world.service.run("campaign", "start", "talk")
        talk(office)
        promise(office)
        recorded(office)
        calls_in(office)
        office.agent("signout")
    return checks.exit_status()


if __name__ == "__main__":
    sys.exit(main())
