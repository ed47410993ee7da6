#!/usr/bin/env python3
"""The greeting model's network in plain Python, from the formulas: expected values for
tests/answer-detect/network_test.cpp. Weights and features are made up by a rule that both know.

usage: greeting_network.py    prints the four heads' log-odds after 1, 2 and 40 steps
"""

import math

FEATURES, DENSE, STATE, HEADS = 32, 32, 48, 4


def made_up(index):
    """Numbers in -0.2 .. 0.2 without a pattern that matters."""
    return ((index * 7919) % 1009 - 504) / 2520


def matrix(offset, rows, columns):
    """Column-major, as the weights file holds it."""
    return [[made_up(offset + row + column * rows) for column in range(columns)] for row in range(rows)]


def product(rows, vector):
    return [sum(weight * x for weight, x in zip(row, vector)) for row in rows]


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


class Network:
    def __init__(self):
        at = 0
        parts = [("dense", DENSE, FEATURES), ("dense_bias", DENSE, 1), ("input", 3 * STATE, DENSE),
                 ("input_bias", 3 * STATE, 1), ("state", 3 * STATE, STATE), ("state_bias", STATE, 1),
                 ("head", HEADS, STATE), ("head_bias", HEADS, 1)]
        for name, rows, columns in parts:
            setattr(self, name, matrix(at, rows, columns))
            at += rows * columns
        self.memory = [0.0] * STATE

    def step(self, features):
        x = [(value - 0.1) * 1.5 for value in features]  # mean 0.1, scale 1.5 for each
        dense = [max(0.0, a + b[0]) for a, b in zip(product(self.dense, x), self.dense_bias)]
        given = [a + b[0] for a, b in zip(product(self.input, dense), self.input_bias)]
        kept = product(self.state, self.memory)
        for i in range(STATE):
            kept[2 * STATE + i] += self.state_bias[i][0]
        memory = []
        for i in range(STATE):
            reset = sigmoid(given[i] + kept[i])
            update = sigmoid(given[STATE + i] + kept[STATE + i])
            candidate = math.tanh(given[2 * STATE + i] + reset * kept[2 * STATE + i])
            memory.append((1 - update) * candidate + update * self.memory[i])
        self.memory = memory
        return [a + b[0] for a, b in zip(product(self.head, memory), self.head_bias)]


def main():
    network = Network()
    for step in range(1, 41):
        out = network.step([5 * made_up(1000 * step + i) for i in range(FEATURES)])
        if step in (1, 2, 40):
            print(step, " ".join(f"{value:.6f}" for value in out))


if __name__ == "__main__":
    main()
