# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program that is measured, started with --bench-marks, and what the kernel says of a process."""
import os
import select
import subprocess
import time


class Roadstead:
    """One running Roadstead and its marks: (name, nanoseconds, {key: value})."""

    def __init__(self, program, socket_path, display):
        read_end, write_end = os.pipe()
        environment = dict(os.environ, **display)
        self.started = time.monotonic_ns()
        self.process = subprocess.Popen(
            [program, "--socket", socket_path, f"--bench-marks={write_end}"], pass_fds=[write_end],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write_end)
        self.descriptor = read_end
        self.buffer = b""
        self.marks = []

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.process.terminate()
        self.process.wait()
        os.close(self.descriptor)

    def wait_for(self, wanted, seconds=60):
        """The first mark, old or new, that `wanted` says yes to."""
        deadline = time.monotonic() + seconds
        looked_at = 0
        while True:
            for mark in self.marks[looked_at:]:
                if wanted(mark):
                    return mark
            looked_at = len(self.marks)
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.descriptor], [], [], left)[0]:
                names = " ".join(mark[0] for mark in self.marks[-5:])
                raise RuntimeError(f"a mark did not come in {seconds} s; last: {names}")
            piece = os.read(self.descriptor, 65536)
            if not piece:
                raise RuntimeError("Roadstead has ended")
            lines = (self.buffer + piece).split(b"\n")
            self.buffer = lines.pop()
            for line in lines:
                name, when, *values = line.decode().split(" ")
                self.marks.append((name, int(when), dict(value.split("=", 1) for value in values)))

    def painted(self, rows):
        return self.wait_for(lambda mark: mark[0] == "painted" and mark[2]["rows"] == str(rows))

    def milliseconds(self, mark):
        return (mark[1] - self.started) / 1e6


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_percent(pids, seconds):
    """What each process takes of one CPU over that time."""
    before = [cpu_seconds(pid) for pid in pids]
    began = time.monotonic()
    time.sleep(seconds)
    passed = time.monotonic() - began
    return [100 * (cpu_seconds(pid) - first) / passed for pid, first in zip(pids, before)]


def pss_mebibytes(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        for line in file:
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    raise RuntimeError("no Pss")
