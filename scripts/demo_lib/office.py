"""What happens beside the dialing: somebody calls back, is handed on, and is promised a call that is kept."""

import datetime
import time
import wave

from caller import Caller
from processes import DemoError

CALLED = "+12025550199"  # the caller id of demo/customers.toml
AGENT, DESK = "agent1", "agent6"


def wait(what, seconds, holds):
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise DemoError(f"waited {seconds} s in vain for {what}")
        time.sleep(0.2)


def state_of(world, name):
    agents = world.service.json("agent", "list")["agents"]
    return next(agent["state"] for agent in agents if agent["name"] == name)


def called_number(world):
    """A customer who was talked to: he sees a missed number, and calls it back."""
    attempts = world.rows("SELECT n.digits FROM attempts a JOIN numbers n ON n.id = a.number_id "
                          "JOIN campaigns c ON c.id = a.campaign_id WHERE c.name = 'customers' "
                          "AND a.outcome = 'CONNECTED' ORDER BY a.id LIMIT 1")
    return f"+{attempts[0][0]}"


def call_back(world, sip_port, say):
    """He hears who called, presses 1 for an agent, and is handed on to the desk."""
    number = called_number(world)
    say("a customer calls the number back that has called him, and presses 1 for an agent")
    caller = Caller(sip_port, number, CALLED).call()
    if not caller.answered.wait(10):
        raise DemoError(f"the customer who called back was not answered: {caller.status}")
    time.sleep(2.0)
    caller.press("1")
    wait("an agent to take the call that came in", 20,
         lambda: any(call["agent"] for call in world.service.json("report", "inbound")["inbound"]))
    taken = world.service.json("report", "inbound")["inbound"][-1]["agent"]
    time.sleep(1.5)
    say(f"{taken} hands him on to the desk ({DESK})")
    world.service.run("agent", "transfer", taken, "desk")
    wait("the desk to take over", 20, lambda: [transfer["result"] for transfer in world.service.json(
        "report", "transfers")["transfers"]] == ["HANDED_OVER"])
    time.sleep(1.5)
    caller.hang_up()
    return taken


def keep_promise(world, taken, say):
    """The agent has promised to call him again, and the dialer sees to it."""
    say(f"{taken} promises to call him again in five seconds")
    world.service.run("agent", "outcome", taken, "CALLBK", "--at", "+5s", "--note", "wants the timetable")
    if state_of(world, taken) == "WRAP_UP":
        world.service.run("agent", "wrapup", taken)
    wait("the promise to be kept", 60, lambda: [promise["standing"] for promise in world.service.json(
        "report", "callbacks")["callbacks"]] == ["KEPT"])


def recording(world):
    """The longest recording of a talk: its file and seconds, and that it is no silence."""
    best, seconds = None, 0.0
    for path in sorted((world.folder / "data" / "recordings").glob("*.wav")):
        with wave.open(str(path)) as file:
            length = file.getnframes() / file.getframerate()
            loud = any(file.readframes(file.getnframes()))
        if loud and length > seconds:
            best, seconds = path, length
    if best is None:
        raise DemoError("no recording plays")
    return {"file": str(best), "seconds": round(seconds, 1)}


def run(world, sip_port, say):
    """Returns what was seen, for the report."""
    began = datetime.datetime.now(datetime.timezone.utc)
    world.service.run("agent", "signout", DESK)
    wait(f"{DESK} to be signed out", 30, lambda: state_of(world, DESK) == "SIGNED_OUT")
    taken = call_back(world, sip_port, say)
    keep_promise(world, taken, say)
    took = (datetime.datetime.now(datetime.timezone.utc) - began).total_seconds()
    return {"inbound": len(world.service.json("report", "inbound")["inbound"]), "transfer": "HANDED_OVER",
            "callback": "KEPT", "seconds": round(took, 1)}
