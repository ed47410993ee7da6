"""Tables of ITU-T G.711 from its definition, for tests/dialer/media/g711_test.cpp.

Each law is a list of decision values and output values (G.711 tables 1a and 2a), written here by their
rule: 8 segments of 16 steps, each step twice as wide as in the segment before, A-law's first two alike.
Values are in 16-bit scale (table value times 4 for mu-law's 8159, times 8 for A-law's 4096).

    scripts/reference/g711.py > tests/dialer/media/g711_reference.inc
"""

import argparse


def mu_law():
    """Positive half of mu-law: (lowest magnitude of each step, output of each step)."""
    decisions, outputs = [], []
    for segment in range(8):
        for step in range(16):
            decisions.append(4 * max(0, ((16 + step) << (segment + 1)) - 33))
            outputs.append(4 * (((33 + 2 * step) << segment) - 33))
    return decisions, outputs


def a_law():
    """Positive half of A-law: (lowest magnitude of each step, output of each step)."""
    decisions, outputs = [], []
    for segment in range(8):
        for step in range(16):
            low, width = (2 * step, 2) if segment == 0 else ((16 + step) << segment, 1 << segment)
            decisions.append(8 * low)
            outputs.append(8 * low + 4 * width)
    return decisions, outputs


def mu_law_octet(negative, index):
    """Sign 1 for positive; all bits but the sign complemented (G.711 table 2a, columns 6 and 5)."""
    return (0x00 if negative else 0x80) | (0x7F - index)


def a_law_octet(negative, index):
    """Sign 1 for positive; the even bits inverted for transmission (G.711 section 3.3.1)."""
    return ((0x00 if negative else 0x80) | index) ^ 0x55


def decoded(outputs, octet_of):
    table = [None] * 256
    for index, value in enumerate(outputs):
        table[octet_of(False, index)] = value
        table[octet_of(True, index)] = -value
    return table


def print_array(name, kind, values):
    print(f"constexpr std::array<{kind}, {len(values)}> {name}{{")
    for start in range(0, len(values), 8):
        print("    " + ", ".join(str(v) for v in values[start:start + 8]) + ",")
    print("};")


def main():
    argparse.ArgumentParser(description=__doc__,
                            formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    print("// Written by scripts/reference/g711.py; do not edit.")
    for law, tables, octet_of in (("MuLaw", mu_law(), mu_law_octet), ("ALaw", a_law(), a_law_octet)):
        decisions, outputs = tables
        print_array(f"k{law}Decoded", "std::int16_t", decoded(outputs, octet_of))
        print_array(f"k{law}Decisions", "int", decisions)
        print_array(f"k{law}Octets", "std::uint8_t",
                    [octet_of(False, i) for i in range(128)] + [octet_of(True, i) for i in range(128)])


if __name__ == "__main__":
    main()
