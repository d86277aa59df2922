# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of the tour that looks inside containers."""

import time

from container_list import row_of
from desktop import wait_for
from scenario import NONE, docker


GREETER = ("docker run -d --name greeter -e WHO=harbour --memory 64m harbour/tools:1.0 "
           "busybox sh -c 'while :; do echo Ahoy; sleep 1; done'")


def run_by_pasted_line(tour):
    desktop = tour.desktop
    desktop.press("ctrl+n")
    desktop.see(identifier="runWizard")
    tour.step("Run container: the form", NONE)
    desktop.click(desktop.see(name="Paste a command…", role="button"))
    desktop.click(desktop.see(identifier="pastedLine"))
    desktop.type(GREETER)
    desktop.click(desktop.see(identifier="usePasted"))
    desktop.not_see(identifier="pastedLine")
    run_button = desktop.see(name="Run", role="button")
    desktop.hover(run_button)
    command = tour.command_line()
    assert command.startswith("docker run --detach --name greeter "), command
    tour.step("The form, filled by a pasted line", command)
    desktop.click(run_button)
    desktop.see(identifier="runDetails", seconds=60)
    tour.step("It runs", tour.command_line())
    desktop.click(desktop.see(identifier="runDetails"))
    desktop.see(identifier="containerDetails")
    assert "greeter" in docker("ps", "--format", "{{.Names}}").split()


def logs(tour):
    desktop = tour.desktop
    desktop.click(desktop.see(name="Logs", role="page tab"))
    desktop.see(identifier="logsCount", containing="on disk")
    tour.step("Details: Logs", "docker logs --follow greeter")
    desktop.click(desktop.see(identifier="logsSearch"))
    desktop.type("ahoy")
    desktop.see(identifier="logsFound", containing="Found")
    desktop.click(desktop.see(identifier="logsNext"))
    desktop.see(identifier="logsFound", containing=" of ")
    tour.step("Details: Logs, searched", "docker logs greeter | grep -i ahoy")
    desktop.click(desktop.see(identifier="logsWrap"))
    desktop.click(desktop.see(identifier="logsSave"))
    dialog = desktop.see(identifier="logsSaveDialog")
    tour.step("Details: Logs, wrapped, about to be saved", "docker logs greeter 2>&1 | grep -Fi -e ahoy > FILE")
    desktop.click(desktop.see(name="Cancel", role="button", within=dialog))
    desktop.not_see(identifier="logsSaveDialog")


def fleet(name, script):
    docker("run", "-d", "--name", f"fleet-{name}", "--label", "com.docker.compose.project=fleet", "harbour/tools:1.0",
           "busybox", "sh", "-c", script)


def merged_logs(tour):
    """The logs of a project by time; a container that starts later joins."""
    desktop = tour.desktop
    fleet("api", "i=0; while :; do i=$((i+1)); echo \"INFO GET /berths/$i 200 ms=$((i%40))\"; "
                 "[ $((i%7)) -ne 0 ] || echo \"ERROR POST /berths 500 no free connection\" >&2; busybox sleep 0.3; done")
    fleet("db", "i=0; while :; do i=$((i+1)); echo \"DEBUG checkpoint $i\"; "
                "[ $((i%5)) -ne 0 ] || echo \"WARN slow query ms=$((1000+i))\"; busybox sleep 0.5; done")
    desktop.click(row_of(tour, "fleet"))
    desktop.press("ctrl+l")
    desktop.see(identifier="mergedLogsTitle", containing="Logs of fleet")
    desktop.see(identifier="logsCount", containing="on disk")
    desktop.see(identifier="logsStatus", containing="lines per second")
    tour.step("The logs of a project", tour.command_line())
    fleet("mail", "while :; do echo 'INFO letter sent'; busybox sleep 0.4; done")
    chip = desktop.see(identifier="logsOf_fleet-mail")
    desktop.click(desktop.see(identifier="logsOf_fleet-db"))
    time.sleep(2)
    tour.step("A container joins, another is left out", tour.command_line())
    assert chip is not None
    desktop.press("alt+Left")
    desktop.see(identifier="containersTable")
    docker("rm", "-f", "fleet-api", "fleet-db", "fleet-mail")


def files(tour):
    desktop = tour.desktop
    docker("exec", "greeter", "busybox", "sh", "-c", "mkdir /berth && echo mooring >/berth/notes")
    desktop.click(desktop.see(name="Files", role="page tab"))
    desktop.see(containing="berth", role="table cell")
    tour.step("Details: Files", tour.command_line())
    edit_file(tour)


def edit_file(tour):
    """A file is edited, saved, and read again; removing it asks first."""
    desktop = tour.desktop
    desktop.click(desktop.see(containing="berth", role="table cell"), times=2)
    notes = desktop.see(containing="notes", role="table cell")
    desktop.click(notes, times=2)
    desktop.see(identifier="fileText", containing="mooring")
    desktop.click(desktop.see(identifier="fileEdit"))
    desktop.press("ctrl+End")
    desktop.type("anchor")
    save = desktop.see(identifier="fileSave")
    desktop.hover(save)
    command = tour.command_line()
    assert command == "docker cp - greeter:/berth", command
    tour.step("Details: Files, a file edited", command)
    desktop.click(save)
    wait_for("the edited file in the container",
             lambda: docker("exec", "greeter", "busybox", "cat", "/berth/notes") == "mooring\nanchor")
    desktop.see(identifier="fileEdit")
    desktop.click(desktop.see(identifier="filePreviewClose"))
    desktop.click(desktop.see(containing="notes", role="table cell"), times=2)
    desktop.see(identifier="fileText", containing="anchor")
    tour.step("Details: Files, the file edited and re-read", command)
    desktop.click(desktop.see(containing="notes", role="table cell"))
    desktop.press("Delete")
    desktop.see(identifier="removeFiles")
    tour.step("Details: Files, removing one asks", "docker exec -u 0 greeter rm -rf -- /berth/notes")
    desktop.press("Escape")


def stats(tour):
    desktop = tour.desktop
    desktop.click(desktop.see(name="Stats", role="page tab"))
    desktop.hover(desktop.see(identifier="statsCpu"))
    tour.step("Details: Stats", tour.command_line())
    # Menus are windows of their own, outside the accessibility tree: the keyboard chooses.
    desktop.click(desktop.see(identifier="statsCompare"))
    desktop.press("Down")
    desktop.press("Return")
    time.sleep(3)
    desktop.hover(desktop.see(identifier="statsCpu"))
    tour.step("Details: Stats, compared", tour.command_line())


def change_limits(tour):
    desktop = tour.desktop
    desktop.click(desktop.see(name="Overview", role="page tab"))
    desktop.click(desktop.see(identifier="limitsEdit"))
    desktop.see(identifier="limitCpus")
    desktop.press("Tab")
    desktop.press("ctrl+a")
    desktop.type("96m")
    apply = desktop.see(identifier="limitsApply")
    desktop.hover(apply)
    command = tour.command_line()
    assert command == "docker update -m 96m --memory-swap 192m greeter", command
    tour.step("Limits: what Apply will run", command)
    desktop.click(apply)
    wait_for("the new limit in docker inspect",
             lambda: docker("inspect", "-f", "{{.HostConfig.Memory}}", "greeter").strip() == str(96 << 20))
    desktop.see(identifier="limitsEdit")


def who(container):
    return docker("inspect", "-f", "{{range .Config.Env}}{{println .}}{{end}}", container).split("\n")


def recreate(tour):
    desktop = tour.desktop
    desktop.click(desktop.see(identifier="detailsRecreate"))
    desktop.see(identifier="recreateWizard")
    desktop.click(desktop.see(identifier="variableValue0"))
    desktop.press("ctrl+a")
    desktop.type("fleet")
    desktop.see(identifier="changeCount", containing="1")
    button = desktop.see(name="Recreate", role="button")
    desktop.hover(button)
    tour.step("Edit and recreate: what changes, and what will happen", tour.command_line())
    desktop.click(button)
    desktop.see(identifier="recreateTitle", containing="is recreated", seconds=60)
    assert "WHO=fleet" in who("greeter"), who("greeter")
    assert "WHO=harbour" in who("greeter-before"), who("greeter-before")
    tour.step("Recreated; the old one is kept", tour.command_line())
    desktop.click(desktop.see(identifier="undoRecreate"))
    desktop.see(identifier="recreateTitle", containing="is back", seconds=60)
    assert "WHO=harbour" in who("greeter"), who("greeter")
    tour.step("Undone: the old one is back", tour.command_line())
    desktop.click(desktop.see(identifier="leaveRecreate"))
    desktop.see(identifier="containersTable")
    docker("rm", "greeter-undone")


def commit(tour):
    desktop = tour.desktop
    desktop.click(row_of(tour, "greeter"))
    desktop.press("ctrl+k")
    desktop.see(identifier="paletteField")
    desktop.type("commit greeter")
    desktop.see(containing="Commit greeter", role="list item")
    desktop.press("Return")
    desktop.see(identifier="commitWizard")
    desktop.click(desktop.see(identifier="commitRepository"))
    desktop.type("fleet/greeter")
    desktop.press("Tab")
    desktop.type("1")
    button = desktop.see(name="Commit", role="button")
    desktop.hover(button)
    command = tour.command_line()
    assert command == "docker commit greeter fleet/greeter:1", command
    tour.step("Commit to an image: the form", command)
    desktop.click(button)
    desktop.see(identifier="commitTitle", containing="is committed", seconds=60)
    assert docker("images", "-q", "fleet/greeter:1"), "there is no such image"
    tour.step("Committed: the new image", tour.command_line())
    desktop.press("alt+Left")
    desktop.see(identifier="containersTable")
    docker("rmi", "fleet/greeter:1")
    docker("rm", "-f", "greeter")
