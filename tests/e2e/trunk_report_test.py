#!/usr/bin/env python3
"""What a carrier said of each call reaches the reports: the trunk, the SIP status and the Q.850 cause of its Reason
header (RFC 3326), of a refusal and of a BYE."""

import pathlib
import sys

from python_carrier import Carrier
from world import Checks, World, arguments, tone, wait_until


def call_all(world, serve, name, numbers):
    world.import_numbers(name, numbers)
    world.campaign(name, "unattended", 'notice = "notice.wav"')
    world.service.run("campaign", "start", name)
    world.wait_finished(name, 30, [serve])


def main():
    options = arguments()
    checks = Checks()
    busy = [f"+1202555010{n}" for n in range(3)]
    with Carrier(answers="486 Busy Here", reason='Q.850;cause=17;text="User busy"') as carrier, \
            World(options, carrier.port) as world:
        serve = world.serve()
        tone(world.folder / "notice.wav", 300, 20.0)
        call_all(world, serve, "busy", busy)
        carrier.answers, carrier.seconds = "answer", 0.5  # then it hangs up
        carrier.reason = "Q.850;cause=31"
        call_all(world, serve, "answered", ["+12025550109"])

        report = world.service.json("report", "trunks")
        checks.equal(report["trunks"],
                     [{"trunk": "trunk", "attempts": 4, "answered": 1, "failed": 3, "answer_seizure_ratio": 0.25,
                       "failures": [{"outcome": "BUSY", "sip_status": 486, "q850_cause": 17, "attempts": 3}]}],
                     "the trunk's calls, and its failures by cause")
        csv = world.service.run("report", "trunks", "--csv", "--campaign", "busy")
        checks.equal(csv.replace("\r", ""),
                     "trunk,outcome,answered,sip_status,q850_cause,attempts\ntrunk,BUSY,0,486,17,3\n",
                     "one campaign, as CSV")
        print(world.service.run("report", "trunks"))
        for number, cause, status in ((busy[0], 17, 486), ("+12025550109", 31, 0)):
            lead = world.service.json("lead", "find", number)["leads"][0]["id"]
            attempt = world.service.json("lead", "history", lead)["attempts"][0]
            checks.equal([attempt["trunk"], attempt["sip_status"], attempt["q850_cause"]],
                         ["trunk", status, cause], "the history of a lead")
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
