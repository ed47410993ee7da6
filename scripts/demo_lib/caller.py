"""Somebody who calls in, in plain Python: INVITE, RTP with a tone, keys by RFC 4733, BYE.

He calls from the carrier's address, as a carrier hands a call on, and shares nothing with the program that he calls.
G.711 mu-law after ITU-T G.711, RTP after RFC 3550.
"""

import math
import random
import re
import socket
import struct
import threading
import time

FRAME = 160  # samples in 20 ms

KEYS = "0123456789*#"


def mulaw_encode(sample):
    """One 16-bit sample to mu-law (ITU-T G.711, table 2a)."""
    sign = 0x80 if sample < 0 else 0
    magnitude = min(abs(sample), 32635) + 132
    exponent = max(0, magnitude.bit_length() - 8)
    mantissa = (magnitude >> (exponent + 3)) & 0x0F
    return ~(sign | (exponent << 4) | mantissa) & 0xFF


def mulaw_decode(byte):
    value = ~byte & 0xFF
    exponent, mantissa = (value >> 4) & 7, value & 0x0F
    magnitude = (((mantissa << 3) + 132) << exponent) - 132
    return -magnitude if value & 0x80 else magnitude


def header(text, name):
    found = re.search(rf"^{name}:\s*(.*?)\r?$", text, re.MULTILINE | re.IGNORECASE)
    return found.group(1) if found else ""


class Caller:
    """One call from `number` to `called` at 127.0.0.1:port."""

    def __init__(self, port, number, called, hertz=900):
        self.server = ("127.0.0.1", port)
        self.sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sip.bind(("127.0.0.1", 0))
        self.sip.settimeout(0.1)
        self.port = self.sip.getsockname()[1]
        self.number, self.called, self.hertz = number, called, hertz
        self.call_id = f"in-{random.getrandbits(48):x}"
        self.branch = f"z9hG4bK{random.getrandbits(48):x}"
        self.rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.rtp.bind(("127.0.0.1", 0))
        self.rtp.setblocking(False)
        self.status = None       # of the final answer
        self.heard = []          # decoded samples
        self.marks = {}          # name -> how much had been heard then
        self.keys = []
        self.ended = threading.Event()
        self.answered = threading.Event()
        self.to = f"<sip:{called}@127.0.0.1>"
        self.over = threading.Event()    # nothing more is sent or answered

    def send(self, method, cseq, body="", extra=""):
        content = "Content-Type: application/sdp\r\n" if body else ""
        branch = self.branch if method in ("INVITE", "CANCEL") else f"z9hG4bK{random.getrandbits(48):x}"
        text = (f"{method} sip:{self.called}@127.0.0.1:{self.server[1]} SIP/2.0\r\n"
                f"Via: SIP/2.0/UDP 127.0.0.1:{self.port};branch={branch}\r\n"
                f"From: <sip:{self.number}@127.0.0.1>;tag=caller\r\nTo: {self.to}\r\n"
                f"Call-ID: {self.call_id}\r\nCSeq: {cseq}\r\nMax-Forwards: 70\r\n"
                f"Contact: <sip:carrier@127.0.0.1:{self.port}>\r\n{extra}{content}"
                f"Content-Length: {len(body)}\r\n\r\n{body}")
        self.sip.sendto(text.encode(), self.server)

    def call(self):
        port = self.rtp.getsockname()[1]
        self.send("INVITE", "1 INVITE",
                  f"v=0\r\no=c 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                  f"m=audio {port} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\n"
                  f"a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n")
        threading.Thread(target=self.run, daemon=True).start()
        return self

    def run(self):
        """Answers what comes, until a second after the end: a BYE may be repeated."""
        end = None
        while not self.over.is_set():
            if self.ended.is_set():
                end = end or time.monotonic() + 1
                if time.monotonic() > end:
                    return self.over.set()
            try:
                self.take(self.sip.recv(65536).decode(errors="replace"))
            except socket.timeout:
                continue

    def ok(self, text):
        vias = "\r\n".join(re.findall(r"^Via:.*?(?=\r?$)", text, re.MULTILINE | re.IGNORECASE))
        self.sip.sendto((f"SIP/2.0 200 OK\r\n{vias}\r\nFrom: {header(text, 'From')}\r\nTo: {header(text, 'To')}\r\n"
                         f"Call-ID: {self.call_id}\r\nCSeq: {header(text, 'CSeq')}\r\nContent-Length: 0\r\n\r\n").encode(),
                        self.server)

    def take(self, text):
        """A message of this call."""
        first = text.split("\r\n", 1)[0]
        if first.startswith("SIP/2.0"):
            status = int(first.split(" ", 2)[1])
            if status < 200 or not header(text, "CSeq").endswith("INVITE"):
                return
            self.to = header(text, "To")
            self.send("ACK", "1 ACK")
            if self.status is not None:
                return
            self.status = status
            if status >= 300:
                return self.ended.set()
            address = re.search(r"^c=IN IP4 (\S+)", text, re.MULTILINE).group(1)
            self.remote = (address, int(re.search(r"^m=audio (\d+)", text, re.MULTILINE).group(1)))
            threading.Thread(target=self.talk, daemon=True).start()
            self.answered.set()
        elif first.startswith("BYE"):
            self.ok(text)
            self.ended.set()

    def talk(self):
        """Sends the tone, or the key that was pressed, 50 packets a second; keeps what comes."""
        sequence, stamp, phase = 1, 1000, 0
        began = time.monotonic()
        while not self.ended.is_set():
            if self.keys:
                sequence = self.send_key(self.keys.pop(0), sequence, stamp)
                stamp += 10 * FRAME
                began = time.monotonic() - sequence * 0.02
            payload = bytes(mulaw_encode(int(8000 * math.sin(2 * math.pi * self.hertz * (phase + i) / 8000)))
                            for i in range(FRAME))
            self.rtp.sendto(struct.pack("!BBHII", 0x80, 0, sequence & 0xFFFF, stamp, 77) + payload, self.remote)
            sequence, stamp, phase = sequence + 1, stamp + FRAME, phase + FRAME
            self.listen()
            time.sleep(max(0.0, began + sequence * 0.02 - time.monotonic()))

    def listen(self):
        while True:
            try:
                data = self.rtp.recv(2048)
            except BlockingIOError:
                return
            if len(data) > 12 and data[1] & 0x7F == 0:
                self.heard += [mulaw_decode(byte) for byte in data[12:]]

    def send_key(self, key, sequence, stamp):
        """RFC 4733 2.5: eight packets of 20 ms, the end three times."""
        for nth in range(1, 11):
            end = 0x80 if nth > 7 else 0
            event = struct.pack("!BBH", KEYS.index(key), end | 10, min(nth, 8) * FRAME)
            marker = 0x80 if nth == 1 else 0
            self.rtp.sendto(struct.pack("!BBHII", 0x80, marker | 101, sequence & 0xFFFF, stamp, 77) + event,
                            self.remote)
            sequence += 1
            self.listen()
            time.sleep(0.02)
        return sequence

    def press(self, key):
        self.keys.append(key)

    def mark(self, name):
        self.marks[name] = len(self.heard)

    def since(self, name):
        return self.heard[self.marks[name]:]

    def hang_up(self):
        self.send("BYE", "2 BYE")
        self.ended.set()
