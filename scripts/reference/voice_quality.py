"""Mean opinion scores by the E-model of ITU-T G.107 (06/2015), for voice_quality_test.cpp.

The full formulas with the default values of table 2, as the recommendation writes them: no simplification
of ours. Only what a leg measures varies: the one-way delay Ta (T = Ta, Tr = 2 Ta), the share of lost packets Ppl and how
bursty the losses are (BurstR). G.711 with packet loss concealment: Ie = 0, Bpl = 25.1 (G.113 appendix I, table I.4), 10 ms
packets there, taken for 20 ms.

    scripts/reference/voice_quality.py > tests/dialer/media/voice_quality_reference.inc
"""

import argparse
from math import exp, log10, sqrt

# G.107 table 2.
SLR, RLR, STMR, DS, DR = 8.0, 2.0, 15.0, 3.0, 3.0
TELR, WEPL, QDU, NC, NFOR, PS, PR, A, LSTR = 65.0, 110.0, 1.0, -70.0, -64.0, 35.0, 35.0, 0.0, 18.0
IE, BPL = 0.0, 25.1


def signal_to_noise():
    """Ro, equations 7-2 to 7-7."""
    nos = PS - SLR - DS - 100 + 0.004 * (PS - (SLR + RLR) - DS - 14) ** 2
    pre = PR + 10 * log10(1 + 10 ** ((10 - LSTR) / 10))
    nor = RLR - 121 + pre + 0.008 * (pre - 35) ** 2
    nfo = NFOR + RLR
    no = 10 * log10(10 ** (NC / 10) + 10 ** (nos / 10) + 10 ** (nor / 10) + 10 ** (nfo / 10))
    return 15 - 1.5 * (SLR + no), no


def simultaneous(ro, no, t):
    """Is, equations 7-8 to 7-17."""
    xolr = (SLR + RLR) + 0.2 * (64 + no - RLR)
    iolr = 20 * ((1 + (xolr / 8) ** 8) ** (1 / 8) - xolr / 8)
    stmr0 = -10 * log10(10 ** (-STMR / 10) + exp(-t / 4) * 10 ** (-TELR / 10))
    ist = (12 * (1 + ((stmr0 - 13) / 6) ** 8) ** (1 / 8)
           - 28 * (1 + ((stmr0 + 1) / 19.4) ** 35) ** (1 / 35)
           - 13 * (1 + ((stmr0 - 3) / 33) ** 13) ** (1 / 13) + 29)
    q = 37 - 15 * log10(QDU)
    g = 1.07 + 0.258 * q + 0.0602 * q * q
    y = (ro - 100) / 15 + 46 / 8.4 - g / 9
    z = 46 / 30 - g / 40
    iq = 15 * log10(1 + 10 ** y + 10 ** z)
    return iolr + ist + iq


def delay(ro, t, ta, tr):
    """Id = Idte + Idle + Idd, equations 7-18 to 7-28, sT = 1 and mT = 100 ms."""
    terv = TELR - 40 * log10((1 + t / 10) / (1 + t / 150)) + 6 * exp(-0.3 * t * t)
    no = signal_to_noise()[1]
    roe = -1.5 * (no - RLR)
    re = 80 + 2.5 * (terv - 14)
    idte = ((roe - re) / 2 + sqrt((roe - re) ** 2 / 4 + 100) - 1) * (1 - exp(-t))
    rle = 10.5 * (WEPL + 7) * (tr + 1) ** (-0.25)
    idle = (ro - rle) / 2 + sqrt((ro - rle) ** 2 / 4 + 169)
    x = log10(ta / 100) / log10(2) if ta > 0 else 0
    idd = 0 if ta <= 100 else 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)
    return idte + idle + idd


def mos(r):
    """Annex B."""
    if r <= 0:
        return 1.0
    if r >= 100:
        return 4.5
    return 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6


def rating(ta_ms, ppl, burst_ratio):
    ro, no = signal_to_noise()
    ie_eff = IE + (95 - IE) * ppl / (ppl / burst_ratio + BPL)
    return ro - simultaneous(ro, no, ta_ms) - delay(ro, ta_ms, ta_ms, 2 * ta_ms) - ie_eff + A


def main():
    argparse.ArgumentParser(description=__doc__,
                            formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    print("// Written by scripts/reference/voice_quality.py; do not edit.")
    print("// {one-way delay ms, lost %, burst ratio, R, MOS}")
    for ta in (0, 20, 50, 100, 150, 200, 300, 400, 600):
        for ppl in (0, 0.5, 1, 2, 5, 10, 20, 50):
            for burst in (1, 2):
                r = rating(ta, ppl, burst)
                print(f"{{{ta}, {ppl}, {burst}, {r:.6f}, {mos(r):.6f}}},")


if __name__ == "__main__":
    main()
