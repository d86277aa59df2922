# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scenario: steps that a person does with Roadstead, each with a picture and a line that says what it stands for."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

from desktop import Desktop, NotSeen, run, wait_for

NONE = "(no command: of the window itself)"
HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.environ["ROADSTEAD_PROJECT"]
AGENT = os.path.join(PROJECT, "tests/support/polkit_agent/polkit_agent")
ACCESSIBILITY_BUS = next(path for path in ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi-bus-launcher")
                         if os.path.exists(path))


def docker(*arguments):
    """What someone types in a terminal beside the window."""
    return run("docker", "--context", "roadstead", *arguments)


def import_tools_image(context="roadstead"):
    """Makes the image harbour/tools:1.0 out of busybox: there is no registry to pull from."""
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(f"{folder}/bin")
        shutil.copy("/bin/busybox", f"{folder}/bin/busybox")
        for name in ("sh", "sleep"):
            os.symlink("busybox", f"{folder}/bin/{name}")
        archive = subprocess.run(["tar", "-C", folder, "-c", "."], capture_output=True, check=True).stdout
    subprocess.run(["docker", "--context", context, "import", "-", "harbour/tools:1.0"], input=archive,
                   capture_output=True, check=True)


def as_root(word):
    """What only an administrator can do to the engine; the words are those of `session`."""
    with open(os.environ["ROOT_HAND"], "w", encoding="ascii") as hand:
        hand.write(word + "\n")
    with open(os.environ["ROOT_ANSWER"], encoding="ascii") as answer:
        said = answer.readline().strip()
    if said != "done":
        raise AssertionError(f"{word}: {said}")


class Scenario:
    def __init__(self, output):
        self.output = output
        self.number = 0
        self.desktop = Desktop("roadstead")
        self.program = None
        self.started = []
        self.log = open(os.path.join(output, "program.log"), "a", encoding="utf-8")

    def step(self, title, command=""):
        """Ends a step: takes its picture and prints it."""
        self.number += 1
        slug = "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())
        time.sleep(0.4)  # animations of 140 ms and a frame of live numbers
        self.desktop.picture(os.path.join(self.output, f"{self.number:02d}-{slug}.png"))
        print(f"  {self.number:2d}  {title:<52} {command}", flush=True)

    def start(self, *arguments):
        process = subprocess.Popen(arguments, stdout=self.log, stderr=self.log)
        self.started.append(process)
        return process

    def start_desktop(self):
        """A window manager, a tray at the right end of the screen, and the accessibility bus."""
        self.start(ACCESSIBILITY_BUS, "--launch-immediately")
        self.start("openbox", "--sm-disable", "--config-file", os.path.join(HERE, "openbox.xml"))
        self.start("stalonetray", "--geometry", "1x1-8-2", "--grow-gravity", "E", "--icon-gravity", "E",
                   "--icon-size", "22", "--kludges", "fix_window_pos", "--window-layer", "top", "--window-type", "dock", "--sticky")
        wait_for("the window manager", lambda: "window id" in run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK",
                                                                   check=False))
        wait_for("the tray", lambda: run("xdotool", "search", "--class", "stalonetray", check=False))

    def start_program(self, answers, *arguments, marks=None):
        """Starts Roadstead, with an authentication agent that gives `answers` to administrator prompts in turn.
        `marks`: a file for the program's own times (app/desktop/README.md)."""
        program = ["roadstead", *arguments]
        if marks is not None:
            program = ["bash", "-c", 'exec roadstead --bench-marks=9 --watch-stalls "$@" 9>>"$0"', marks, *arguments]
        self.program = subprocess.Popen(
            [sys.executable, AGENT, "--answers", answers, "--delay", "1", "--log",
             os.path.join(self.output, "prompts.log"), "--", *program],
            stdout=self.log, stderr=self.log)
        self.desktop.find_application()

    def command_line(self):
        """The command that the command bar shows, whole."""
        return self.desktop.see(identifier="commandLine", seconds=5).get_name()

    def end(self):
        for process in [self.program, *reversed(self.started)]:
            if process is not None and process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
        self.log.close()


def play(title, steps, description, short_steps=()):
    """Plays the steps on a scenario, or with --short those instead; the program's exit status."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--output", required=True)
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    if short_steps:
        parser.add_argument("--short", dest="steps", action="store_const", const=short_steps, default=steps)
    options = parser.parse_args()
    scenario = Scenario(options.output)
    scenario.theme = options.theme
    print(f"{title}, {options.theme}:", flush=True)
    try:
        scenario.start_desktop()
        for step in getattr(options, "steps", steps):
            step(scenario)
    except (NotSeen, AssertionError, subprocess.SubprocessError) as problem:
        scenario.desktop.picture(os.path.join(options.output, "failed.png"))
        with open(os.path.join(options.output, "failed.txt"), "w", encoding="utf-8") as file:
            file.write(scenario.desktop.tree())
        traceback.print_exc()
        if isinstance(problem, subprocess.CalledProcessError):
            print(problem.stderr, file=sys.stderr)
        print(f"{title} ended at step {scenario.number + 1}: {problem}. "
              f"See the picture named failed, and failed.txt and program.log in {options.output}.", file=sys.stderr)
        return 1
    finally:
        scenario.end()
    print(f"{scenario.number} steps, all as they should be.", flush=True)
    return 0
