"""Which digits may a number begin with, if a pattern is to match it whole?

The numbering plans of the phonenumbers package are regular expressions over digits. A question about a
prefix ("may a mobile number begin with 79?") needs the expression as an automaton: here, of states and
edges, walked digit by digit.
"""

import re._constants as ops
import re._parser as parser

DIGITS = frozenset("0123456789")
REPEATS_MAX = 16  # an open end stops here: no number is longer (ITU-T E.164)


class Pattern:
    def __init__(self, edges, start, end):
        self._edges = edges  # state -> [(digits or None, state)]
        self._start = self._closure({start})
        self._end = end
        self._seen = {"": self._start}

    def may_follow(self, prefix):
        """True if a number that the pattern matches whole begins with `prefix`."""
        return bool(self._after(prefix))

    def begins(self, prefix):
        """True if a number that begins with `prefix` may begin with a match of the pattern."""
        return bool(self._after(prefix)) or any(
            self._end in self._after(prefix[:n]) for n in range(len(prefix) + 1))

    def _after(self, prefix):
        if prefix not in self._seen:
            before = self._after(prefix[:-1])
            reached = {to for state in before for digits, to in self._edges.get(state, ())
                       if digits is not None and prefix[-1] in digits}
            self._seen[prefix] = self._closure(reached)
        return self._seen[prefix]

    def _closure(self, states):
        found, open_states = set(states), list(states)
        while open_states:
            for digits, to in self._edges.get(open_states.pop(), ()):
                if digits is None and to not in found:
                    found.add(to)
                    open_states.append(to)
        return frozenset(found)


class _Builder:
    def __init__(self):
        self.edges = {}
        self.states = 0

    def state(self):
        self.states += 1
        return self.states

    def edge(self, origin, digits, to):
        self.edges.setdefault(origin, []).append((digits, to))

    def sequence(self, items, at):
        for op, value in items:
            at = self.item(op, value, at)
        return at

    def item(self, op, value, at):
        if op in (ops.LITERAL, ops.IN):
            after = self.state()
            self.edge(at, digits_of(op, value), after)
            return after
        if op is ops.SUBPATTERN:
            return self.sequence(value[3], at)
        if op is ops.BRANCH:
            after = self.state()
            for choice in value[1]:
                self.edge(self.sequence(choice, at), None, after)
            return after
        if op is ops.MAX_REPEAT:
            return self.repeat(*value, at)
        raise ValueError(f"a numbering plan uses {op}: teach prefix_patterns.py")

    def repeat(self, least, most, items, at):
        after = self.state()
        for n in range(min(most, REPEATS_MAX) + 1):
            if n >= least:
                self.edge(at, None, after)
            at = self.sequence(items, at)
        return after


def digits_of(op, value):
    if op is ops.LITERAL:
        return frozenset(chr(value))
    found = set()
    for kind, what in value:
        if kind is ops.LITERAL:
            found.add(chr(what))
        elif kind is ops.RANGE:
            found |= {chr(code) for code in range(what[0], what[1] + 1)}
        elif (kind, what) == (ops.CATEGORY, ops.CATEGORY_DIGIT):
            found |= DIGITS
        else:
            raise ValueError(f"a numbering plan uses {kind} {what}: teach prefix_patterns.py")
    return frozenset(found)


_compiled = {}


def compile_pattern(text):
    if text not in _compiled:
        builder = _Builder()
        start = builder.state()
        end = builder.sequence(parser.parse(text), start)
        _compiled[text] = Pattern(builder.edges, start, end)
    return _compiled[text]
