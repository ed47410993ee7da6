"""A carrier in plain Python, with RTP: answers each call, sends a tone, and keeps what it hears.

One thread per carrier, one call at a time per number; enough for tests, and nothing shared with the program
under test. G.711 mu-law after ITU-T G.711, RTP after RFC 3550.
"""

import math
import pathlib
import re
import socket
import struct
import sys
import threading
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "scripts" / "demo_lib"))

from caller import FRAME, KEYS, mulaw_decode, mulaw_encode  # noqa: E402


class Call:
    def __init__(self):
        self.rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.rtp.bind(("127.0.0.1", 0))
        self.rtp.setblocking(False)
        self.port = self.rtp.getsockname()[1]
        self.remote = None
        self.heard = []          # decoded samples, in order of arrival
        self.bye_received = False
        self.ended = threading.Event()
        self.acked = False
        self.keys = []           # to be pressed

    def press(self, key):
        self.keys.append(key)


class Carrier:
    """answers: what it does with an INVITE: "answer", or a status line such as "486 Busy Here", with `reason` as
    its Reason header; or a dict of these by the last four digits of the number, where "answer" stands for every
    other number."""

    def __init__(self, hertz=1000, seconds=6.0, codec="0", sends_bye=True, answers="answer", reason=""):
        self.hertz, self.seconds, self.codec, self.sends_bye = hertz, seconds, codec, sends_bye
        self.answers = answers
        self.reason = reason
        self.sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sip.bind(("127.0.0.1", 0))
        self.sip.settimeout(0.02)
        self.port = self.sip.getsockname()[1]
        self.calls = {}
        self.invites = []        # (Call-ID, To user)
        self.ringing = {}        # Call-ID -> INVITE not answered for good
        self.cancelled = []      # Call-ID
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.thread.join(10)

    # --- SIP ---

    def run(self):
        while not self.stopping.is_set():
            try:
                data, peer = self.sip.recvfrom(65536)
            except socket.timeout:
                continue
            self.take(data.decode(errors="replace"), peer)

    @staticmethod
    def header(text, name):
        found = re.search(rf"^{name}:\s*(.*?)\r?$", text, re.MULTILINE | re.IGNORECASE)
        return found.group(1) if found else ""

    def reason_line(self):
        return f"Reason: {self.reason}\r\n" if self.reason else ""

    def reply(self, text, peer, status, body="", extra=""):
        vias = "\r\n".join(re.findall(r"^Via:.*?(?=\r?$)", text, re.MULTILINE | re.IGNORECASE))
        to = self.header(text, "To")
        if ";tag=" not in to and not status.startswith("100"):
            to += ";tag=carrier"
        content = "Content-Type: application/sdp\r\n" if body else ""
        self.sip.sendto((f"SIP/2.0 {status}\r\n{vias}\r\nFrom: {self.header(text, 'From')}\r\nTo: {to}\r\n"
                         f"Call-ID: {self.header(text, 'Call-ID')}\r\nCSeq: {self.header(text, 'CSeq')}\r\n"
                         f"Contact: <sip:carrier@127.0.0.1:{self.port}>\r\n{extra}{content}"
                         f"Content-Length: {len(body)}\r\n\r\n{body}").encode(), peer)

    def take(self, text, peer):
        method = text.split(" ", 1)[0]
        call_id = self.header(text, "Call-ID")
        call = self.calls.get(call_id)
        if method == "INVITE" and call is None:
            user = re.search(r"sip:([^@>]*)@", self.header(text, "To")).group(1)
            self.invites.append((call_id, user))
            answer = self.answers.get(user[-4:], "answer") if isinstance(self.answers, dict) else self.answers
            if answer != "answer":
                if answer.startswith("1"):
                    self.ringing[call_id] = text
                return self.reply(text, peer, answer, extra=self.reason_line())
            self.answer(call_id, text, peer)
        elif method == "ACK" and call and not call.acked:
            call.acked = True
            threading.Thread(target=self.talk, args=(call, text, peer), daemon=True).start()
        elif method == "BYE" and call:
            call.bye_received = True
            call.ended.set()
            self.reply(text, peer, "200 OK")
        elif method == "CANCEL":
            self.reply(text, peer, "200 OK")
            if call_id in self.ringing:
                self.cancelled.append(call_id)
                self.reply(self.ringing.pop(call_id), peer, "487 Request Terminated")
        elif method == "OPTIONS":
            self.reply(text, peer, "200 OK")

    def answer(self, call_id, text, peer):
        call = Call()
        self.calls[call_id] = call
        address = re.search(r"^c=IN IP4 (\S+)", text, re.MULTILINE).group(1)
        call.remote = (address, int(re.search(r"^m=audio (\d+)", text, re.MULTILINE).group(1)))
        call.invite, call.peer = text, peer
        names = {"0": "PCMU/8000", "8": "PCMA/8000", "9": "G722/8000"}
        sdp = (f"v=0\r\no=c 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
               f"m=audio {call.port} RTP/AVP {self.codec} 101\r\na=rtpmap:{self.codec} {names[self.codec]}\r\n"
               f"a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n")
        self.reply(text, peer, "180 Ringing")
        self.reply(text, peer, "200 OK", sdp)

    # --- RTP ---

    def talk(self, call, ack, peer):
        """20 ms at a time: send the tone, take what has come; then hang up, if it does that."""
        started, frame, ssrc = time.monotonic(), 0, 0x0BE11
        end = started + self.seconds
        while not call.ended.is_set() and not self.stopping.is_set():
            if call.keys:
                frame = self.send_key(call, call.keys.pop(0), frame, ssrc)
                started = time.monotonic() - frame * 0.02
            if time.monotonic() < end:
                samples = [int(8000 * math.sin(2 * math.pi * self.hertz * (frame * FRAME + i) / 8000))
                           for i in range(FRAME)]
                packet = struct.pack("!BBHII", 0x80, 0, frame & 0xFFFF, frame * FRAME, ssrc)
                call.rtp.sendto(packet + bytes(mulaw_encode(s) for s in samples), call.remote)
            elif self.sends_bye:
                self.hang_up(call, peer)
                return
            self.hear(call)
            frame += 1
            time.sleep(max(0.0, started + frame * 0.02 - time.monotonic()))

    def send_key(self, call, key, frame, ssrc):
        """RFC 4733 2.5: eight packets of 20 ms, the end three times. Returns the next frame."""
        stamp = frame * FRAME
        for nth in range(1, 11):
            end = 0x80 if nth > 7 else 0
            event = struct.pack("!BBH", KEYS.index(key), end | 10, min(nth, 8) * FRAME)
            marker = 0x80 if nth == 1 else 0
            call.rtp.sendto(struct.pack("!BBHII", 0x80, marker | 101, frame & 0xFFFF, stamp, ssrc) + event, call.remote)
            frame += 1
            self.hear(call)
            time.sleep(0.02)
        return frame

    @staticmethod
    def hear(call):
        while True:
            try:
                packet = call.rtp.recv(2048)
            except BlockingIOError:
                return
            if len(packet) == 12 + FRAME and packet[1] & 0x7F == 0:
                call.heard.extend(mulaw_decode(b) for b in packet[12:])

    def hang_up(self, call, peer=None):
        peer = peer or call.peer
        invite = call.invite
        target = re.search(r"<(sip:[^>]+)>", self.header(invite, "Contact")).group(1)
        self.sip.sendto((f"BYE {target} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{self.port};"
                         f"branch=z9hG4bKbye{id(call)}\r\nMax-Forwards: 70\r\n"
                         f"From: {self.header(invite, 'To')};tag=carrier\r\nTo: {self.header(invite, 'From')}\r\n"
                         f"Call-ID: {self.header(invite, 'Call-ID')}\r\nCSeq: 1 BYE\r\n"
                         f"{self.reason_line()}Content-Length: 0\r\n\r\n").encode(), peer)
        call.ended.set()
