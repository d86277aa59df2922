# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine is killed, frozen, cut off and crashed while the window is open: what a person then sees, and that all is
well again once the cause is gone. The gates are those of the reliability rules: said within 2 s of being detected,
recovered within 5 s, input and selection kept, descriptors and threads back to where they were."""

import os
import sys
import time

from desktop import run, wait_for
from scenario import as_root, docker, import_tools_image, play

LIVE = "Updated live"


def program_id():
    return int(run("pgrep", "--uid", "alice", "--exact", "roadstead"))


def usage(pid):
    """Open descriptors, threads and resident kilobytes of a process."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        fields = dict(line.split(":", 1) for line in status)
    return len(os.listdir(f"/proc/{pid}/fd")), int(fields["Threads"]), int(fields["VmRSS"].split()[0])


def seconds_until(look):
    began = time.monotonic()
    look()
    return time.monotonic() - began


def answers_to_keys(faults):
    """The event loop is free: the palette opens and closes at once, whatever the engine does."""
    desktop = faults.desktop
    desktop.press("ctrl+k")
    took = seconds_until(lambda: desktop.see(identifier="paletteField", seconds=2))
    desktop.press("Escape")
    wait_for("the palette's end", lambda: desktop.look(identifier="paletteField") is None, 2)
    assert took < 1.5, f"The palette took {took:.1f} s to open"


def engine_answers():
    return run("docker", "--context", "roadstead", "version", "-f", "{{.Server.Version}}", check=False)


def begin(faults):
    desktop = faults.desktop
    faults.start_program("right")
    desktop.click(desktop.see(name="Start engine", role="button"))
    desktop.see(containing="No containers yet", seconds=60)
    wait_for("the docker context", engine_answers)
    import_tools_image()
    for name in ("web", "worker", "other"):
        docker("run", "-d", "--restart", "always", "--name", name, "harbour/tools:1.0", "busybox", "sleep", "1000000")
        desktop.see(containing=name, role="table cell")
    desktop.click(desktop.see(identifier="containersFilter"))
    desktop.type("w")
    desktop.not_see(containing="other", role="table cell")
    desktop.click(desktop.see(containing="web", role="table cell"))
    desktop.see(containing="1 selected")
    faults.before = usage(program_id())
    faults.step("Before: three containers, a filter, a selection")


def all_is_well(faults, after):
    """Live again within 5 s, with the filter and the selection that were there, and the truth in the list."""
    desktop = faults.desktop
    took = seconds_until(lambda: desktop.see(containing=LIVE, seconds=15))
    assert took < 6, f"{after}: live again only after {took:.1f} s"
    desktop.see(identifier="containersFilter", containing="w")
    desktop.see(containing="1 selected", seconds=5)
    shown = docker("ps", "--format", "{{.Names}}").split()
    for name in ("web", "worker"):
        assert name in shown
        desktop.see(containing=f"{name}, running", role="table cell", seconds=5)
    faults.step(f"{after}: all is well again")


def killed(faults):
    as_root("kill-engine")
    faults.desktop.not_see(containing=LIVE, seconds=3)
    faults.step("dockerd was killed")
    answers_to_keys(faults)
    wait_for("dockerd's answer", engine_answers, 30)
    all_is_well(faults, "Killed")


def frozen(faults):
    desktop = faults.desktop
    as_root("freeze-engine")
    desktop.press("F5")  # somebody wants to know
    took = seconds_until(lambda: desktop.see(containing="not answering", seconds=10))
    assert took < 6, f"“not answering” only after {took:.1f} s"
    answers_to_keys(faults)
    faults.step("dockerd is frozen")
    as_root("thaw-engine")
    all_is_well(faults, "Thawed")


def socket_closed(faults):
    """Somebody closed the socket to its user; the remedy that is offered puts it right."""
    desktop = faults.desktop
    as_root("close-socket")
    as_root("kill-engine")  # connections that are open already would go on
    desktop.see(containing="Can't open the engine's socket", seconds=20)
    answers_to_keys(faults)
    faults.step("The socket may not be opened")
    desktop.click(desktop.see(name="Restart engine", role="button"))
    wait_for("dockerd's answer", engine_answers, 60)
    all_is_well(faults, "Restarted")


def socket_removed(faults):
    desktop = faults.desktop
    as_root("remove-socket")
    as_root("kill-engine")
    desktop.see(containing="cannot be reached", seconds=20)
    answers_to_keys(faults)
    faults.step("The socket is gone")
    desktop.click(desktop.see(name="Restart engine", role="button"))
    wait_for("dockerd's answer", engine_answers, 60)
    all_is_well(faults, "Restarted again")


def crashed(faults):
    desktop = faults.desktop
    as_root("kill-everything")
    desktop.see(containing="The engine failed", seconds=10)
    answers_to_keys(faults)
    faults.step("The engine crashed, its supervisor too")
    desktop.click(desktop.see(name="Try again", role="button"))
    wait_for("dockerd's answer", engine_answers, 60)
    all_is_well(faults, "Started again")


def nothing_left_over(faults):
    descriptors, threads, memory = usage(program_id())
    was_descriptors, was_threads, was_memory = faults.before
    print(f"      descriptors {was_descriptors} → {descriptors}, threads {was_threads} → {threads}, "
          f"memory {was_memory} → {memory} kB", flush=True)
    assert descriptors <= was_descriptors + 2, "descriptors leak"
    assert threads <= was_threads + 1, "threads leak"
    assert memory <= was_memory + 8192, "memory grows"


if __name__ == "__main__":
    sys.exit(play("Faults of the engine", [begin, killed, frozen, socket_closed, socket_removed, crashed,
                                           nothing_left_over], __doc__))
