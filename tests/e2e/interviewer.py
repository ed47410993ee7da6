#!/usr/bin/env python3
"""An interviewer without a screen: conducts interviews over the HTTP API, item by item, as the agents' page does.

Takes the answer files of `bellwether survey run --answers`, and shares no code with the program. As a command:

    python3 tests/e2e/interviewer.py --socket data/run/bellwether.sock --agent ann --answers examples/household-poll/answers.json
"""

import argparse
import dataclasses
import http.client
import json
import pathlib
import socket
import sys
import time
import urllib.parse
from collections.abc import Callable

# Keys of the line that are orders on the page (docs/guide/questionnaire.md); *4 to *6 are free.
ORDERS = {"*": "repeat", "*2": "back", "*3": "language", "*7": "dont_know", "*8": "refuse"}
POLL_S = 0.02
STUCK_S = 30


class Refused(Exception):
    """The service said no: its status, its code and its sentence."""

    def __init__(self, status, body):
        super().__init__(f"{status} {body.get('code')}: {body.get('detail')}")
        self.status, self.code, self.detail = status, body.get("code"), body.get("detail", "")


class Api:
    """Requests on the service's Unix socket, one connection each."""

    def __init__(self, path):
        self.path = str(path)

    def request(self, method, path, body=None):
        connection = http.client.HTTPConnection("localhost", timeout=60)
        connection.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.sock.settimeout(60)
        try:
            connection.sock.connect(self.path)
            text = None if body is None else json.dumps(body)
            connection.request(method, "/api/v1" + path, text, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            read = json.loads(answer.read() or b"{}")
        finally:
            connection.close()
        if answer.status >= 300:
            raise Refused(answer.status, read)
        return read


@dataclasses.dataclass
class Plan:
    """What happens in one interview. `keys` as in an answer file: by item a string, entered each time the item is
    presented, or a list with one entry for each presentation. The rest by item, done before it is answered."""

    keys: dict
    notes: dict = dataclasses.field(default_factory=dict)        # text
    probes: tuple = ()
    refusals: dict = dataclasses.field(default_factory=dict)     # the body of the request; then good-bye
    appointments: dict = dataclasses.field(default_factory=dict)  # when, as `agent outcome --at` takes it
    keypad: tuple = ()                                           # the person answers these by his keys
    press: Callable | None = None                                # is told when one of them is asked
    hang_up_at: str | None = None


@dataclasses.dataclass
class Report:
    """What the interviewer did, by his own book."""

    interview: str
    contact: str
    path: list = dataclasses.field(default_factory=list)      # items as they were presented
    given: dict = dataclasses.field(default_factory=dict)     # by item, what is in force: names of choices, numbers
    rejected: list = dataclasses.field(default_factory=list)  # (item, the service's words)
    end: dict | None = None
    left: str = "END"                                         # or HANG_UP, REFUSAL, APPOINTMENT, GONE


class Interviewer:
    def __init__(self, socket_path, name, callback="CALLBK"):
        self.api = Api(socket_path)
        self.agent = "/agents/" + urllib.parse.quote(name, safe="")
        self.callback = callback
        self.presented = {}  # by item, how often

    # --- the routes ---

    def view(self):
        """The interview of the call at hand; none: there is none."""
        try:
            return self.api.request("GET", self.agent + "/interview")
        except Refused as refused:
            if refused.status != 404:
                raise
            return None

    def act(self, what, **body):
        return self.api.request("POST", f"{self.agent}/interview/{what}", body)

    def hang_up(self):
        try:
            self.api.request("POST", self.agent + "/hangup", {})
        except Refused as refused:
            if refused.status not in (404, 409):  # the person was faster
                raise

    # --- an interview ---

    def wait(self, seconds, stop=None):
        """The next call with an interview; none: none came in time, or stop is set."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not (stop and stop.is_set()):
            view = self.view()
            if view and "end" not in view:
                return view
            time.sleep(POLL_S)
        return None

    def conduct(self, view, plan):
        """From the first item to the end of the call."""
        report = Report(view["interview"], view["contact"])
        self.presented = {}
        until = time.monotonic() + STUCK_S
        while view is not None and "end" not in view:
            if time.monotonic() > until:
                raise TimeoutError(f"the interview stands at {json.dumps(view)[:600]}")
            if view["mode"] == "keypad":
                self.watch_keys(view, plan)
            elif view["phase"] == "HANDOVER":  # nothing is left but what the keypad asks
                self.act("order", order="keypad")
            elif view["phase"] == "LISTENING" and view["item"]:
                until = time.monotonic() + STUCK_S
                if not self.step(view, plan, report):
                    break
            else:
                time.sleep(POLL_S)
            view = self.view()
        if report.left == "END":
            report.left = "END" if view else "GONE"
        last = self.view() or view
        report.end = last.get("end") if last else None
        self.hang_up()
        return report

    def step(self, view, plan, report):
        """One item. False: the interview goes no further."""
        item = view["item"]
        key = item["key"]
        turn = self.presented.get(key, 0)
        try:
            if turn == 0:
                report.path.append(key)
                if not self.before(key, plan, report):
                    return False
                if key in plan.keypad:
                    self.presented[key] = 1
                    self.act("order", order="keypad")
                    return True
            self.presented[key] = turn + 1
            self.enter(item, entry_of(plan.keys.get(key), turn), report)
        except Refused as refused:
            if refused.status == 422:
                report.rejected.append((key, refused.detail))
            elif refused.status not in (404, 409):  # he hung up, or the page was late
                raise
            else:
                self.presented[key] = turn
        return True

    def watch_keys(self, view, plan):
        """The person answers by himself; the interviewer is back for the item after it."""
        key = (view["item"] or {}).get("key")
        if key in plan.keypad and self.presented.get(key) == 1 and plan.press:
            self.presented[key] = 2
            plan.press(key)
        elif key and key not in plan.keypad and view["phase"] != "STORING":
            try:
                self.act("order", order="return")
            except Refused as refused:
                if refused.status not in (404, 409):  # he hung up meanwhile
                    raise
        time.sleep(POLL_S)

    def before(self, key, plan, report):
        """What is done at an item before it is answered. False: nothing more is."""
        if key in plan.probes:
            self.act("note", item=key, probe=True)
        if key in plan.notes:
            self.act("note", item=key, note=plan.notes[key])
        if key in plan.refusals:
            self.act("refusal", **plan.refusals[key])
            report.left = "REFUSAL"
        elif key in plan.appointments:
            self.api.request("POST", self.agent + "/outcome",
                             {"code": self.callback, "at": plan.appointments[key]})
            report.left = "APPOINTMENT"
        elif key == plan.hang_up_at:
            report.left = "HANG_UP"
        return report.left == "END"

    def enter(self, item, keys, report):
        if keys in ORDERS:
            self.act("order", order=ORDERS[keys])
            report.given.pop(item["key"], None)
            return
        text = typed(item, keys)
        self.act("answer", item=item["key"], text=text)
        if item["type"] != "NOTE" and text:
            report.given[item["key"]] = named(item, text)


def entry_of(keys, turn):
    """The entry of this presentation; after the last one nothing is entered."""
    if keys is None or isinstance(keys, str):
        return keys or ""
    return keys[turn] if turn < len(keys) else ""


def typed(item, keys):
    """Keys of the line as they are typed on the page: without the # at the end, * within a number as its point."""
    text = keys.removesuffix("#")
    if item["type"] == "DECIMAL":
        text = text.replace("*", ".")
    if item["type"] == "SELECT_MULTIPLE":
        by_key = {choice["key"]: choice["name"] for choice in item["choices"]}
        width = len(next(iter(by_key), "1"))
        parts = [text[i:i + width] for i in range(0, len(text), width)]
        if all(part in by_key for part in parts):
            text = " ".join(by_key[part] for part in parts)
    return text


def named(item, text):
    """The choice that was meant, by its name; another answer as it is."""
    for choice in item["choices"]:
        if text == choice["key"]:
            return choice["name"]
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--socket", required=True, type=pathlib.Path, help="of the service: <data_dir>/run/bellwether.sock")
    parser.add_argument("--agent", required=True, help="who is signed in and ready")
    parser.add_argument("--answers", required=True, type=pathlib.Path, help="as `bellwether survey run --answers` takes it")
    parser.add_argument("--calls", type=int, default=1, help="interviews to conduct (1)")
    parser.add_argument("--wait", type=float, default=60, help="seconds for each call to come (60)")
    options = parser.parse_args()
    script = json.loads(options.answers.read_text(encoding="utf-8"))
    interviewer = Interviewer(options.socket, options.agent)
    for _ in range(options.calls):
        view = interviewer.wait(options.wait)
        if view is None:
            sys.exit("no call with an interview came")
        report = interviewer.conduct(view, Plan(script.get("keys", {}), hang_up_at=script.get("hang_up_at")))
        print(json.dumps(dataclasses.asdict(report), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
