# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of the tour in the list of containers."""

import subprocess

from desktop import Atspi, run, wait_for
from scenario import NONE, docker, import_tools_image


def terminal_run(tour):
    """What is done in a terminal beside the window shows up in it."""
    desktop = tour.desktop
    import_tools_image()
    command = ("run", "-d", "--name", "web", "--label", "com.docker.compose.project=shop",
               "-p", "127.0.0.1:8088:80", "--memory", "64m", "harbour/tools:1.0", "busybox", "httpd", "-f", "-p", "80")
    docker(*command)
    docker("run", "-d", "--name", "worker", "--cpus", "0.1", "--label", "com.docker.compose.project=shop", "harbour/tools:1.0",
           "busybox", "sh", "-c", "while :; do i=$((i+1)); done")
    desktop.see(containing="web", role="table cell", seconds=5)
    desktop.see(containing="worker", role="table cell", seconds=5)
    wait_for("the published port's answer",
             lambda: "404" in run("busybox", "wget", "-S", "-O-", "http://127.0.0.1:8088/", check=False)
             or subprocess.run(["curl", "-s", "-o", "/dev/null", "http://127.0.0.1:8088/"]).returncode == 0)
    # A minute's worth of sparkline is too long to wait for; a few seconds show that it moves.
    wait_for("the CPU use of a busy container", lambda: busy_cpu(desktop), seconds=15)
    tour.step("A terminal's containers appear", "docker --context roadstead " + " ".join(command))


def busy_cpu(desktop):
    row = desktop.look(containing="worker, running, CPU", role="table cell")
    return row is not None and "CPU 0" not in row.get_name()


def row_of(tour, name):
    return tour.desktop.see(containing=name, role="table cell")


def stop_and_start(tour):
    desktop = tour.desktop
    desktop.click(row_of(tour, "web"))
    desktop.see(containing="1 selected")
    stop = desktop.see(name="Stop", role="button")
    desktop.hover(stop)
    command = tour.command_line()
    assert command == "docker stop web", command
    tour.step("Selected: what Stop will run", command)
    desktop.click(stop)
    wait_for("web stopped in docker ps", lambda: "web" not in docker("ps", "--format", "{{.Names}}").split())
    desktop.see(containing="web, exited", role="table cell")
    tour.step("Stopped in the window, seen by docker ps", command)
    desktop.press("ctrl+shift+s")
    wait_for("web running in docker ps", lambda: "web" in docker("ps", "--format", "{{.Names}}").split())
    desktop.see(containing="web, running", role="table cell")
    desktop.rest()
    wait_for("docker start in the command bar", lambda: tour.command_line() == "docker start web")
    tour.step("Started again by keyboard", tour.command_line())
    desktop.press("Escape")


def head_place(tour, title):
    """Where the head of a column is; None for a hidden one."""
    place = tour.desktop.see(name=title, role="table column header").get_component_iface()
    return place.get_extents(Atspi.CoordType.SCREEN) if place is not None else None


def hover_action(tour, row, from_end):
    """The middle of a row's hover action, counted from the end of its line; 0 is the menu."""
    last = head_place(tour, "Uptime")
    return last.x + last.width - 16 - 24 * from_end, tour.desktop.middle(row)[1]


def head_width(tour, title):
    place = head_place(tour, title)
    return place.width if place is not None else 0


def narrow_down(tour):
    """Filter, chips and columns."""
    desktop = tour.desktop
    desktop.press("ctrl+f")
    desktop.type("web")
    desktop.not_see(containing="worker", role="table cell")
    tour.step("The filter", "docker ps --all --filter name=web")
    desktop.press("Escape")
    desktop.see(containing="worker", role="table cell")
    desktop.click(desktop.see(identifier="filterExited"))
    desktop.not_see(containing="web", role="table cell")
    tour.step("The chip Exited", "docker ps --all --filter status=exited")
    desktop.click(desktop.see(identifier="filterAll"))
    row_of(tour, "web")
    for picture in (True, False):
        desktop.click(desktop.see(identifier="columnsButton"))
        desktop.press("Down")
        desktop.press("Return")
        if picture:
            wait_for("the list without State", lambda: head_width(tour, "State") == 0)
            tour.step("The columns: without State", NONE)
    wait_for("State in the list again", lambda: head_width(tour, "State") > 0)


def group(tour):
    desktop = tour.desktop
    shop = row_of(tour, "shop")
    desktop.click_at(head_place(tour, "Name").x + 24, desktop.middle(shop)[1])
    desktop.see(containing="2 selected")
    restart = desktop.see(name="Restart", role="button")
    desktop.hover(restart)
    command = tour.command_line()
    assert command in ("docker restart web worker", "docker restart worker web"), command
    tour.step("A Compose project: what Restart will run", command)
    desktop.rest()
    desktop.press("Escape")


def pause_and_kill(tour):
    desktop = tour.desktop
    desktop.click(row_of(tour, "worker"))
    for verb, state, command in (("Pause", "paused", "docker pause worker"), ("Resume", "running", "docker unpause worker")):
        desktop.click(desktop.see(name=verb, role="button"))
        desktop.see(containing=f"worker, {state}", role="table cell")
        tour.step(f"{verb}: the container is {state}", command)
    desktop.click(desktop.see(name="Kill…", role="button"))
    desktop.see(identifier="killContainers")
    tour.step("Kill asks for the signal", "docker kill -s SIGKILL worker")
    desktop.click(desktop.see(identifier="killContainersVerb"))
    desktop.see(containing="worker, exited", role="table cell")
    assert docker("inspect", "--format", "{{.State.ExitCode}}", "worker") == "137"
    desktop.press("Escape")
    # An action that shows while the pointer is over the row.
    row = row_of(tour, "worker")
    desktop.hover_at(*hover_action(tour, row, 2))
    assert tour.command_line() == "docker start worker", tour.command_line()
    tour.step("Killed; over the row: what Start will run", "docker start worker")
    desktop.click_at(*hover_action(tour, row, 2))
    desktop.see(containing="worker, running", role="table cell")
    desktop.rest()


def rename(tour):
    desktop = tour.desktop
    before = docker("ps", "-a", "--filter", "ancestor=roadstead/hello", "--format", "{{.Names}}")
    desktop.click(row_of(tour, before))
    desktop.press("F2")
    desktop.see(identifier="newName")
    desktop.press("ctrl+a")
    desktop.type("first-hello")
    tour.step("Rename", f"docker rename {before} first-hello")
    desktop.press("Return")
    desktop.see(containing="first-hello", role="table cell")
    assert "first-hello" in docker("ps", "-a", "--format", "{{.Names}}").split()
    desktop.press("Escape")


def pane(tour):
    """The details beside the list follow the keyboard."""
    desktop = tour.desktop
    desktop.click(row_of(tour, "web"))
    desktop.press("Escape")
    desktop.press("alt+Return")
    beside = desktop.see(identifier="containerPane")
    desktop.see(containing="State and health", within=beside)
    tour.step("Details beside the list", "docker inspect web")
    desktop.press("Down")
    wait_for("the next container beside the list",
             lambda: desktop.look(identifier="detailsName", containing="worker", within=beside))
    desktop.press("alt+Return")
    desktop.not_see(identifier="containerPane")


def details(tour):
    desktop = tour.desktop
    desktop.click(row_of(tour, "web"), times=2)
    desktop.see(identifier="containerDetails")
    desktop.see(containing="State and health")
    tour.step("Details: Overview", "docker inspect web")
    desktop.click(desktop.see(name="Inspect", role="page tab"))
    desktop.see(identifier="inspectText", containing="HostConfig")
    tour.step("Details: Inspect", "docker inspect web")
    desktop.press("alt+Left")
    desktop.see(identifier="containersTable")


def palette(tour):
    desktop = tour.desktop
    desktop.press("ctrl+k")
    desktop.see(identifier="paletteField")
    desktop.type("wor")
    desktop.see(containing="worker", role="list item")
    tour.step("The command palette", NONE)
    desktop.press("Escape")


def remove(tour):
    desktop = tour.desktop
    hello_name = docker("ps", "-a", "--filter", "ancestor=roadstead/hello", "--format", "{{.Names}}")
    desktop.click(row_of(tour, hello_name))
    desktop.press("Delete")
    desktop.see(containing=f"Removing {hello_name}")
    tour.step("Removing waits, with Undo", f"docker rm {hello_name}")
    desktop.click(desktop.see(name="Undo", role="button"))
    desktop.not_see(containing=f"Removing {hello_name}")
    assert hello_name in docker("ps", "-a", "--format", "{{.Names}}").split()
    desktop.click(row_of(tour, "worker"))
    desktop.press("Delete")
    desktop.see(containing="Remove worker?")
    tour.step("Removing a running container asks", "docker rm -f worker")
    desktop.click(desktop.see(name="Remove", role="button"))
    wait_for("worker gone from docker ps", lambda: "worker" not in docker("ps", "-a", "--format", "{{.Names}}").split())
    desktop.not_see(containing="worker", role="table cell")
    tour.step("Removed", tour.command_line())
    desktop.press("ctrl+h")
    tour.step("The command history", NONE)
    desktop.press("Escape")
