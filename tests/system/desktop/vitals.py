# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the program fares: the times that it marks itself, and what it holds of the system."""

import os
import re
from collections import Counter

from desktop import NotSeen, run, wait_for

STALL = 100  # milliseconds
WHILE_TYPING = 50


def program_id():
    return int(run("pgrep", "--uid", "alice", "--exact", "roadstead"))


def usage(pid):
    """Open descriptors, threads and resident kilobytes of a process; then what the descriptors are, by kind."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        fields = dict(line.split(":", 1) for line in status)
    kinds = Counter(re.sub(r"[0-9a-f]{12,}|\d+", "N", link) for link in open_links(pid))
    return kinds.total(), int(fields["Threads"]), int(fields["VmRSS"].split()[0]), kinds


def open_links(pid):
    for number in os.listdir(f"/proc/{pid}/fd"):
        try:
            yield os.readlink(f"/proc/{pid}/fd/{number}")
        except FileNotFoundError:
            pass  # closed in between


def back_to(before, memory):
    """Descriptors and threads come back to what usage() said before, and memory to within `memory` kilobytes."""
    pid = program_id()

    def back_to_base():
        now = usage(pid)
        return now if now[0] <= before[0] and now[1] <= before[1] else None

    try:
        now = wait_for("the base line", back_to_base, 45, every=1)  # idle workers live for 30 s
    except NotSeen:
        now = usage(pid)
    print("      descriptors {} → {}, threads {} → {}, memory {} → {} kB".format(
        *(value for pair in zip(before[:3], now) for value in pair)), flush=True)
    assert now[0] <= before[0], f"descriptors leak: {now[3] - before[3]}"
    assert now[1] <= before[1], "threads leak"
    assert now[2] <= before[2] + memory, "memory grows"


class Marks:
    """What the program itself says of its times: (name, seconds of the monotonic clock, {key: value})."""

    def __init__(self, path):
        self.path = path

    def since(self, moment):
        with open(self.path, encoding="ascii") as file:
            lines = [line.split() for line in file.read().split("\n")[:-1]]
        marks = [(name, int(when) / 1e9, dict(value.split("=", 1) for value in values))
                 for name, when, *values in lines]
        return [mark for mark in marks if mark[1] >= moment]

    def first(self, name, moment, seconds):
        """The time of the first such mark after `moment`."""
        return wait_for(f"the mark {name}", lambda: next(
            (when for mark, when, _ in self.since(moment) if mark == name), None), seconds)

    def stalls(self, moment):
        """(milliseconds that the event loop stood, when it was live again) of each, the longest first."""
        return sorted(((int(values["busy"]), when) for name, when, values in self.since(moment) if name == "stall"),
                      reverse=True)

    def no_stall(self, moment, milliseconds, what):
        for busy, when in self.stalls(moment)[:1]:
            assert busy <= milliseconds, \
                f"{what}: the event loop stood for {busy} ms ({when - moment:.1f} s after it began)"
