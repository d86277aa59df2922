#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py [--small] [--json FILE] [--rows LIST] [--build FOLDER]: see tests/bench/README.md. Started by tests/bench/run."""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from engine import FakeCgroups, FakeEngine, RealEngine
from roadstead import Roadstead, cpu_percent, pss_mebibytes

PROJECT = os.path.realpath(f"{os.path.dirname(__file__)}/../../..")

# lazydocker's time over the docker command's, both measured on one machine (the performance table). Roadstead's aim is
# put in lazydocker's terms; where lazydocker itself is not to be had, this estimates it from the same run.
LAZYDOCKER_PER_CLI = {10: 119 / 22, 100: 201 / 45, 1000: 762 / 167}
START_FACTOR = {10: 1.5, 100: 1.0, 1000: 0.5}
MEMORY_MOST = {10: 60, 100: 65, 1000: 90, 10000: 200}
CREATE_MOST = {10: 20, 100: 25, 1000: 40}


class Table:
    """Rows of what was measured: value, what it is to be at most, the same of the raw engine and of the CLI."""

    def __init__(self):
        self.rows = []
        self.missing = []

    def add(self, row, unit, roadstead, most=None, curl=None, cli=None, note=""):
        self.rows.append({"row": row, "unit": unit, "roadstead": round(roadstead, 2),
                          "most": None if most is None else round(most, 2),
                          "curl": None if curl is None else round(curl, 2),
                          "cli": None if cli is None else round(cli, 2), "note": note})

    def text(self):
        def cell(value):
            return "-" if value is None else f"{value:g}"
        lines = [f"{'':44} {'unit':>5} {'Roadstead':>10} {'at most':>9} {'curl':>8} {'docker':>8}"]
        for row in self.rows:
            over = row["most"] is not None and row["roadstead"] > row["most"]
            lines.append(f"{row['row']:44} {row['unit']:>5} {cell(row['roadstead']):>10} {cell(row['most']):>9} "
                         f"{cell(row['curl']):>8} {cell(row['cli']):>8}{'  OVER' if over else ''}"
                         f"{'  ' + row['note'] if row['note'] else ''}")
        lines += [f"Not measured: {reason}" for reason in self.missing]
        return "\n".join(lines)


class Bench:
    def __init__(self, arguments, folder):
        self.small = arguments.small
        self.program = f"{arguments.build}/app/desktop/roadstead"
        self.fake_program = f"{arguments.build}/tests/support/fake_engine/fake-engine"
        self.rows = arguments.rows.split(",")
        self.folder = folder
        self.table = Table()
        self.repeats = 1 if self.small else 7
        self.idle_seconds = 1 if self.small else 20
        self.display = self.start_display()

    def start_display(self):
        """A virtual X display where there is one: painting is part of what is measured."""
        home = f"{self.folder}/home"
        runtime = f"{self.folder}/runtime"
        os.mkdir(home)
        os.mkdir(runtime, 0o700)
        common = {"HOME": home, "XDG_RUNTIME_DIR": runtime, "LC_ALL": "C.UTF-8", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
        if not shutil.which("Xvfb"):
            self.table.missing.append("painting on a display: no Xvfb here, drawn into memory instead")
            return dict(common, QT_QPA_PLATFORM="offscreen")
        read_end, write_end = os.pipe()
        self.xvfb = subprocess.Popen(["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1440x900x24",
                                      "-nolisten", "tcp"], pass_fds=[write_end], stderr=subprocess.DEVNULL)
        os.close(write_end)
        number = os.read(read_end, 16).decode().strip()
        return dict(common, QT_QPA_PLATFORM="xcb", DISPLAY=f":{number}")

    def start(self, engine):
        return Roadstead(self.program, engine.socket_path, self.display)

    def timed(self, *command):
        """Median milliseconds of a command from its start to its end."""
        times = []
        for _ in range(self.repeats):
            began = time.monotonic()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times.append(1000 * (time.monotonic() - began))
        return statistics.median(times)

    def curl_time(self, engine):
        return self.timed("curl", "-s", "--unix-socket", engine.socket_path,
                          "http://localhost/containers/json?all=1", "-o", "/dev/null")

    def start_to_list(self, engine, count):
        curl = self.curl_time(engine)
        cli = self.timed("docker", f"--host=unix://{engine.socket_path}", "ps", "-a")
        times = []
        windows = []
        for _ in range(self.repeats):
            with self.start(engine) as roadstead:
                times.append(roadstead.milliseconds(roadstead.painted(count)))
                windows.append(roadstead.milliseconds(roadstead.wait_for(lambda mark: mark[0] == "window-painted")))
        most = None
        if count in START_FACTOR:
            most = START_FACTOR[count] * LAZYDOCKER_PER_CLI[count] * cli
        self.table.add(f"start to complete list painted, N={count}", "ms", statistics.median(times), most, curl, cli,
                       "" if most is None else
                       f"(lazydocker estimated at {LAZYDOCKER_PER_CLI[count] * cli:.0f} from docker's time)")
        self.table.add(f"start to window painted, N={count}", "ms", statistics.median(windows))

    def memory(self, engine, count):
        with self.start(engine) as roadstead:
            roadstead.painted(count)
            time.sleep(0.5 if self.small else 3)
            self.table.add(f"memory (PSS), N={count}", "MiB", pss_mebibytes(roadstead.process.pid),
                           MEMORY_MOST.get(count))

    def create_to_row(self, engine, count):
        times = []
        with self.start(engine) as roadstead:
            roadstead.painted(count)
            time.sleep(0.3 if self.small else 1)
            for number in range(2 if self.small else 15):
                name = f"aaa-{count}-{number}"  # sorts to the top, where it is seen
                identifier = engine.create(name)
                answered = time.monotonic_ns()
                mark = roadstead.wait_for(lambda m, n=name: m[0] == "row" and m[2]["name"] == n, 10)
                times.append((mark[1] - answered) / 1e6)
                engine.ask("DELETE", f"/containers/{identifier}?force=1")
                time.sleep(0.1)
        self.table.add(f"create answered to row painted, N={count}", "ms", statistics.median(times),
                       CREATE_MOST.get(count), note=f"(worst {max(times):.1f})")

    def idle(self, engine, count, row, most, engine_most=None):
        """CPU of Roadstead, and what dockerd takes more because of it."""
        alone = cpu_percent([engine.process.pid], self.idle_seconds)[0]
        with self.start(engine) as roadstead:
            roadstead.painted(count)
            time.sleep(0.5 if self.small else 4)
            own, with_us = cpu_percent([roadstead.process.pid, engine.process.pid], self.idle_seconds)
        self.table.add(row, "%", own, most)
        if engine_most is not None:
            self.table.add(f"{row}: dockerd, more than alone", "%", max(0.0, with_us - alone), engine_most)

    def real_engine_rows(self):
        engine = RealEngine(self.folder)
        try:
            names = 0
            running = [engine.create(f"run-{number}") for number in range(2 if self.small else 10)]
            for identifier in running:
                engine.ask("POST", f"/containers/{identifier}/start")
            names = len(running)
            if "live" in self.rows:
                self.idle(engine, names, f"idle CPU, {names} running with live stats", 0.5, 0.2)
            for identifier in running:
                engine.ask("POST", f"/containers/{identifier}/kill")
            for count in (3, 8) if self.small else (10, 100, 1000):
                while names < count:
                    engine.create(f"made-{names}")
                    names += 1
                if "start" in self.rows:
                    self.start_to_list(engine, count)
                if "memory" in self.rows:
                    self.memory(engine, count)
                if "create" in self.rows:
                    self.create_to_row(engine, count)
            if "idle" in self.rows:
                self.idle(engine, names, f"idle CPU, N={names} listed", 0.5, 0.2)
        finally:
            engine.stop()

    def fake_engine_rows(self):
        count = 200 if self.small else 10_000
        if "fake" in self.rows:
            engine = FakeEngine(self.fake_program, self.folder, count)
            try:
                self.large_list(engine, count)
                self.memory(engine, count)
            finally:
                engine.stop()
        if "stats" in self.rows:
            self.many_stats(20 if self.small else 1000)

    def large_list(self, engine, count):
        curl = self.curl_time(engine)
        complete = []
        first = []
        for _ in range(self.repeats):
            with self.start(engine) as roadstead:
                complete.append(roadstead.milliseconds(roadstead.painted(count)))
                listed = roadstead.wait_for(lambda mark: mark[0] == "listed")
                painted = roadstead.wait_for(lambda mark: mark[0] == "painted" and mark[2]["rows"] != "0")
                first.append((painted[1] - listed[1]) / 1e6)
        self.table.add(f"start to complete list painted, N={count} (fake)", "ms", statistics.median(complete),
                       2 * curl + 500, curl)
        self.table.add(f"first list to first rows painted, N={count} (fake)", "ms", statistics.median(first), 300)

    def many_stats(self, count):
        engine = FakeEngine(self.fake_program, self.folder, count, count)
        try:
            cgroups = FakeCgroups([each["Id"] for each in engine.ask("GET", "/containers/json?all=1")])
        except OSError as error:
            engine.stop()
            self.table.missing.append(f"{count} containers with live stats: no cgroups can be made here ({error})")
            return
        try:
            self.idle(engine, count, f"CPU, {count} containers with live stats", 3)
        finally:
            engine.stop()
            cgroups.remove()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--json")
    parser.add_argument("--rows", default="start,memory,create,idle,live,fake,stats")
    parser.add_argument("--build", default=f"{PROJECT}/build/dev")
    arguments = parser.parse_args()
    arguments.build = os.path.realpath(arguments.build)
    with tempfile.TemporaryDirectory(dir="/run") as folder:
        bench = Bench(arguments, folder)
        if set(bench.rows) & {"start", "memory", "create", "idle", "live"}:
            bench.real_engine_rows()
        bench.fake_engine_rows()
    print(json.dumps(bench.table.rows))
    print(bench.table.text())
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump({"rows": bench.table.rows, "notMeasured": bench.table.missing}, file, indent=1)
    return 0 if bench.table.rows else 1


if __name__ == "__main__":
    sys.exit(main())
