"""Interarrival jitter by RFC 3550 section 6.4.1, in exact fractions, for stream_statistics_test.cpp.

    J(i) = J(i-1) + (|D(i-1,i)| - J(i-1)) / 16,   D = difference of (arrival - timestamp), in 1/8000 s

Prints one line per packet: arrival in microseconds, RTP timestamp, jitter in microseconds.

    scripts/reference/rtp_jitter.py > tests/dialer/media/rtp_jitter_reference.inc
"""

import argparse
from fractions import Fraction

# Arrival of each packet after its nominal time, in microseconds (multiples of 125 us, one timestamp unit):
# a calm start, a late packet, a burst, a lost packet (None), a timestamp that wraps on the way.
DELAYS = [0, 0, 125, 2000, 0, 40000, 20000, 0, None, 500, 250, 7500, 0, 0, 1000, 0, 10000, None, None, 0, 375]
FIRST_TIMESTAMP = 2**32 - 5 * 160


def main():
    argparse.ArgumentParser(description=__doc__,
                            formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    jitter = Fraction(0)
    transit = None
    print("// Written by scripts/reference/rtp_jitter.py; do not edit.")
    for number, delay in enumerate(DELAYS):
        if delay is None:
            continue
        arrival = 1_000_000 + number * 20_000 + delay
        timestamp = FIRST_TIMESTAMP + number * 160
        now = Fraction(arrival * 8, 1000) - timestamp
        if transit is not None:
            jitter += (abs(now - transit) - jitter) / 16
        transit = now
        print(f"{{{arrival}, {timestamp % 2**32}U, {float(jitter * 1000 / 8):.6f}}},")


if __name__ == "__main__":
    main()
