"""A third ledger of the same calls: what tshark saw on the wire."""

import subprocess

from ledger import CarrierCall

# What to capture: everything but RTP, and of RTP the key presses (payload type 101, marker or not).
# The ranges are those of the dialer, the practice carrier and the practice agents.
CAPTURE_FILTER = "udp and (not portrange 10000-32000 or udp[9] & 0x7f = 101)"

_FIELDS = ("frame.time_epoch", "udp.srcport", "sip.Call-ID", "sip.Method", "sip.Status-Code",
           "sip.CSeq.method", "sip.r-uri.user", "sip.from.user", "sdp.media.port")
_KEY_FIELDS = ("frame.time_epoch", "udp.srcport", "rtp.ssrc", "rtp.timestamp", "rtpevent.event_id")
# Events 0-15 in RFC 4733 §3.2 table 3.
_KEYS = "0123456789*#ABCD"


def _tshark(file, sip_port, display_filter, fields, *options):
    command = ["tshark", "-n", "-r", str(file), "-d", f"udp.port=={sip_port},sip", "-Y", display_filter,
               *options, "-T", "fields", "-E", "separator=/t", "-E", "occurrence=f"]
    for field in fields:
        command += ["-e", field]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [line.split("\t") for line in done.stdout.splitlines()]


def read_calls(file, carrier_port):
    """The calls to a carrier at this SIP port, as CarrierCalls in order of their first INVITE."""
    calls, ports = {}, {}
    for time, source, call_id, method, status, cseq, number, caller, media in _tshark(
            file, carrier_port, f"sip && udp.port=={carrier_port}", _FIELDS):
        time, from_carrier = float(time), int(source) == carrier_port
        if method == "INVITE" and not from_carrier and call_id not in calls:
            calls[call_id] = CarrierCall(call_id, number, caller, time)
        call = calls.get(call_id)
        if call is None:
            continue
        if method == "CANCEL":
            call.cancelled = True
        elif method == "BYE" and call.ended_at is None:
            call.ended_at, call.ended_by = time, "us" if from_carrier else "peer"
        elif status and cseq == "INVITE" and from_carrier:
            _answer(call, int(status), time)
            if media and int(status) < 300:
                ports[call_id] = int(media)
    for call_id, keys in _keys_of(file, carrier_port, calls, ports).items():
        calls[call_id].keys = keys
    return list(calls.values())


def _answer(call, status, time):
    if status < 200 or status in (401, 407):
        return
    if status < 300 and call.answered_at is None:
        call.answered_at = time
    if call.status == 0:
        call.status = status


def _keys_of(file, carrier_port, calls, ports):
    """{Call-ID: keys} from RFC 4733 events sent by the carrier's media ports."""
    pressed, taken = {}, set()
    for time, source, ssrc, timestamp, event in _tshark(
            file, carrier_port, "rtpevent", _KEY_FIELDS, "-o", "rtp.heuristic_rtp:TRUE",
            "-o", "rtpevent.event_payload_type_value:101"):
        if (source, ssrc, timestamp) in taken:  # one press is several packets with one timestamp
            continue
        taken.add((source, ssrc, timestamp))
        for call_id, port in ports.items():
            call = calls[call_id]
            if port == int(source) and call.answered_at is not None and call.answered_at <= float(time) \
                    and (call.ended_at is None or float(time) <= call.ended_at + 1):
                pressed[call_id] = pressed.get(call_id, "") + _KEYS[int(event)]
    return pressed
