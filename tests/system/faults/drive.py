# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine is killed, frozen, cut off and crashed while the window is open: what a person then sees, and that all is
well again once the cause is gone. The gates are those of the reliability rules:

G1 no crash · G2 no stall of the event loop over 100 ms, none over 50 ms while keys are pressed · G3 said within 2 s ·
G4 the list is the engine's own within 2 s · G5 live within 5 s, with filter, selection and scroll position kept ·
G6 no secret in logs, settings or arguments · G7 descriptors and threads back to the base line,
memory within 5 MB · G8 files whole."""

import glob
import os
import signal
import subprocess
import sys
import time

from desktop import NotSeen, children, is_showing, run, text_of, wait_for, walk
from gi.repository import Atspi, GLib
from scenario import as_root, docker, import_tools_image, play
from vitals import STALL, Marks, back_to, program_id, usage

LIVE = "Updated live"
SECRET = "canary-6f1d0c7e"
DETECTION = 2.0  # seconds
RECOVERY = 5.0
TRUTH = 2.0
MEMORY = 5 * 1024  # kilobytes
MANY = 40
SETTINGS = os.path.expanduser("~/.config/roadstead/roadstead.conf")
DOCKER_CONFIG = os.path.expanduser("~/.docker")


def answers_to_keys(faults):
    """The event loop is free: the palette opens, takes letters and closes, whatever the engine does."""
    desktop = faults.desktop
    began = time.monotonic()
    desktop.press("ctrl+k")
    desktop.see(identifier="paletteField", seconds=2)
    desktop.type("sett")
    desktop.see(identifier="paletteField", containing="sett", seconds=2)
    desktop.press("Escape")
    wait_for("the palette's end", lambda: desktop.look(identifier="paletteField") is None, 2)
    faults.marks.no_stall(began, STALL, "While keys were pressed")


def words_outside_lists(node):
    """What stands on the screen, but for the cells of tables, of which there are hundreds."""
    for child in children(node):
        try:
            if child.get_role_name() not in ("tree", "tree table", "table") and is_showing(child):
                yield text_of(child)
                yield from words_outside_lists(child)
        except GLib.Error:
            continue  # it went away


def said(faults, began, *words, seconds=DETECTION):
    """One of these is on the screen, or was by then, soon after `began`. Looking through the accessibility tree takes
    a part of a second by itself, which is not the program's: the last look that missed is what counts."""
    missed = began
    while True:
        looked = time.monotonic()
        if any(text in words_of for words_of in words_outside_lists(faults.desktop.application) for text in words):
            return missed - began
        missed = looked
        if missed - began > seconds:
            raise NotSeen(f"“{'” or “'.join(words)}” was not said within {seconds:g} s")


def engine_answers():
    return run("docker", "--context", "roadstead", "version", "-f", "{{.Server.Version}}", check=False)


def rows(faults):
    """The state word of each container that the list shows, by name."""
    found = {}
    for node in walk(table(faults)):
        if node.get_role_name() == "table cell" and is_showing(node):
            words = node.get_name().split(", ")
            if len(words) >= 2 and words[1] in ("running", "created", "exited", "paused", "restarting"):
                found[words[0]] = words[1]
    return found


def truth():
    """The same, asked of the engine now; only what the filter lets through."""
    lines = docker("ps", "--all", "--filter", "name=w", "--format", "{{.Names}} {{.State}}").split("\n")
    return dict(line.split() for line in lines)


def table(faults):
    """Qt gives the table's name to its headers and cells alone; the first of them knows its parent."""
    return faults.desktop.look(identifier="containersTable").get_parent()


def selected_row(faults):
    """Name and place of the selected container: the scroll position shows in the place."""
    for node in walk(table(faults)):
        if node.get_role_name() != "table cell" or ", " not in node.get_name():
            continue
        if is_showing(node) and node.get_state_set().contains(Atspi.StateType.SELECTED):
            return node.get_name().split(", ")[0], faults.desktop.middle(node)[1]
    return None


def begin(faults):
    desktop = faults.desktop
    faults.marks = Marks(os.path.join(faults.output, "marks.txt"))
    faults.start_program("right", marks=faults.marks.path)
    desktop.click(desktop.see(name="Start engine", role="button"))
    desktop.see(containing="No containers yet", seconds=60)
    wait_for("the docker context", engine_answers)
    import_tools_image()
    for number in range(MANY):
        docker("create", "--name", f"w{number:02d}", "harbour/tools:1.0", "busybox", "true")
    for name in ("web", "worker", "other"):
        docker("run", "-d", "--restart", "always", "--env", f"DB_PASSWORD={SECRET}", "--name", name,
               "harbour/tools:1.0", "busybox", "sleep", "1000000")
    desktop.click(desktop.see(identifier="containersFilter"))
    desktop.type("w")
    desktop.not_see(containing="other", role="table cell")
    desktop.see(containing="w00", role="table cell")
    desktop.press("Tab")
    desktop.click(desktop.see(containing="w00", role="table cell"))
    desktop.press("End")
    desktop.click(desktop.see(containing="worker, running", role="table cell"))
    desktop.see(containing="1 selected")
    # Its page shows what is secret in it, masked: that must not leave a trace either.
    desktop.press("Return")
    desktop.see(identifier="containerDetails")
    desktop.press("alt+Left")
    faults.selected = wait_for("the selected row", lambda: selected_row(faults), 5)
    faults.step(f"Before: {MANY + 3} containers, a filter, a selection, scrolled down")
    faults.began = time.monotonic()
    faults.before = usage(program_id())
    faults.config = read_all(DOCKER_CONFIG)


def read_all(folder):
    files = {}
    for path in glob.glob(f"{folder}/**", recursive=True):
        if os.path.isfile(path):
            with open(path, "rb") as file:
                files[path] = file.read()
    return files


def all_is_well(faults, after, cause_gone):
    """Live again in time, with what was there, and the truth in the list."""
    live = faults.marks.first("live", faults.fault_began, 20)
    assert live - cause_gone <= RECOVERY, f"{after}: live again only {live - cause_gone:.1f} s after the cause was gone"
    said(faults, max(live, time.monotonic() - TRUTH), LIVE)
    wait_for("what docker ps says, in the list", lambda: covers(rows(faults), truth()), TRUTH + 1)
    faults.desktop.see(identifier="containersFilter", containing="w", seconds=2)
    now = wait_for("the selected row", lambda: selected_row(faults), 3)
    assert now == faults.selected, f"{after}: selected and placed were {faults.selected}, and are {now}"
    faults.marks.no_stall(faults.began, STALL, after)
    faults.step(f"{after}: all is well again")


def covers(shown, listed):
    """Every row that is on screen is what the engine says, and some are."""
    return bool(shown) and all(listed.get(name) == state for name, state in shown.items())


def strike(faults, *words):
    """Does to the engine what only an administrator can; when that was."""
    faults.fault_began = time.monotonic()
    for word in words:
        as_root(word)
    return time.monotonic()


def killed(faults):
    struck = strike(faults, "kill-engine")
    took = said(faults, struck, "cannot be reached", "Connecting to the engine", "Starting the engine")
    faults.step(f"dockerd was killed: said after {took:.1f} s")
    answers_to_keys(faults)
    wait_for("dockerd's answer", engine_answers, 30)
    all_is_well(faults, "Killed", time.monotonic())


def frozen(faults):
    """Frozen for longer than the list needs to know it, without anybody asking."""
    strike(faults, "freeze-engine")
    # A ping is asked for after some silence, and 3 s without an answer are "not answering".
    took = said(faults, time.monotonic(), "not answering", seconds=15)
    answers_to_keys(faults)
    faults.step(f"dockerd is frozen: said after {took:.1f} s")
    as_root("thaw-engine")
    thawed = faults.fault_began = time.monotonic()
    all_is_well(faults, "Thawed", thawed)


def remedy(faults, button, after):
    """Presses what is offered and waits for the engine."""
    faults.desktop.click(faults.desktop.see(name=button, role="button"))
    wait_for("dockerd's answer", engine_answers, 60)
    all_is_well(faults, after, time.monotonic())


def socket_closed(faults):
    """Somebody closed the socket to its user; the remedy that is offered puts it right."""
    struck = strike(faults, "close-socket", "kill-engine")  # connections that are open already would go on
    took = said(faults, struck, "Can't open the engine's socket", seconds=DETECTION + 3)  # dockerd comes back first
    answers_to_keys(faults)
    faults.step(f"The socket may not be opened: said after {took:.1f} s")
    remedy(faults, "Restart engine", "Restarted")


def socket_removed(faults):
    struck = strike(faults, "remove-socket")
    took = said(faults, struck, "cannot be reached")
    answers_to_keys(faults)
    faults.step(f"The socket is gone: said after {took:.1f} s")
    remedy(faults, "Restart engine", "Restarted again")


def crashed(faults):
    struck = strike(faults, "kill-everything")
    took = said(faults, struck, "The engine failed", seconds=DETECTION + 2)  # the state file is looked at every 2 s
    answers_to_keys(faults)
    faults.step(f"The engine crashed, its supervisor too: said after {took:.1f} s")
    remedy(faults, "Try again", "Started again")


def nothing_left_over(faults):
    back_to(faults.before, MEMORY)


def no_secret_anywhere(faults):
    """The containers' password was on a page of the window; nothing else may hold it."""
    places = {"settings": glob.glob(os.path.dirname(SETTINGS) + "/*"),
              "log": glob.glob(os.path.expanduser("~/.local/state/roadstead/*")),
              "output": [os.path.join(faults.output, "program.log"), faults.marks.path]}
    for place, paths in places.items():
        assert paths, f"no {place} to look at"
        for path in paths:
            with open(path, "rb") as file:
                assert SECRET.encode() not in file.read(), f"The secret is in {path}"
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, "rb") as file:
                line = file.read()
        except OSError:
            continue
        assert SECRET.encode() not in line, f"The secret is in the arguments {line!r}"


def killed_itself(faults):
    """Roadstead is killed in the middle of its work: its files are whole, and so is what it wrote for docker."""
    desktop = faults.desktop
    desktop.click(desktop.see(identifier="navSettings"))
    desktop.click(desktop.see(identifier="appearanceDark"))
    os.kill(program_id(), signal.SIGKILL)
    faults.program.wait(10)
    with open(SETTINGS, encoding="utf-8") as file:
        text = file.read()
    assert text.startswith("[") and text.endswith("\n") and "\0" not in text, f"Settings are torn: {text!r}"
    assert read_all(DOCKER_CONFIG) == faults.config, "docker's own files have changed"
    faults.start_program("right", marks=faults.marks.path)
    desktop.see(containing="other, running", role="table cell")
    assert subprocess.run(["docker", "--context", "roadstead", "ps"], capture_output=True, check=False).returncode == 0
    faults.step("Roadstead was killed and started again")


if __name__ == "__main__":
    sys.exit(play("Faults of the engine", [begin, killed, frozen, socket_closed, socket_removed, crashed,
                                           nothing_left_over, no_secret_anywhere, killed_itself], __doc__))
