# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tour: from the first start to quitting from the tray. tests/system/tour/tour prepares the desktop for it."""

import os
import subprocess
import sys
import time

from build_image import build_image
from desktop import Atspi, has_focus, run, wait_for
from scenario import as_root, docker, import_tools_image, play
from terminal_steps import terminal


NONE = "(no command: of the window itself)"


def first_start(tour):
    # The first prompt is closed, as a person may do; the second one is answered.
    begin(tour, "cancel,right")


def first_start_of_the_willing(tour):
    begin(tour, "right")


def begin(tour, answers):
    tour.start_program(answers)
    tour.desktop.see(containing="The engine is stopped")
    tour.step("First start: the engine is stopped", "roadstead")


def choose_appearance(tour):
    """Both sets of pictures come from someone choosing the colours in Settings."""
    desktop = tour.desktop
    desktop.click(desktop.see(identifier="navSettings"))
    choice = desktop.see(identifier="appearanceDark" if tour.theme == "dark" else "appearanceLight")
    desktop.click(choice)
    tour.step(f"Settings: {tour.theme} colours", NONE)
    desktop.press("ctrl+1")
    desktop.see(containing="The engine is stopped")


def refuse_consent(tour):
    desktop = tour.desktop
    button = desktop.see(name="Start engine", role="button")
    desktop.hover(button)
    command = tour.command_line()
    assert "roadstead" in command, f"The command bar shows “{command}” for Start engine"
    tour.step("What Start engine will run", command)
    desktop.click(button)
    desktop.rest()
    desktop.see(identifier="commandResult", containing="stopped", seconds=15)
    desktop.see(containing="The engine is stopped")
    tour.step("The administrator's prompt was closed", tour.command_line())


def start_engine(tour):
    desktop = tour.desktop
    desktop.click(desktop.see(name="Start engine", role="button"))
    # On a slow machine the look at all of the window takes longer than the start.
    wait_for("the engine's start", lambda: desktop.look(containing="Starting")
             or desktop.look(containing="No containers yet"), seconds=15)
    desktop.rest()
    tour.step("The engine starts", tour.command_line())
    desktop.see(containing="No containers yet", seconds=60)
    tour.step("The engine runs, empty", tour.command_line())
    assert "roadstead" in run("docker", "context", "ls", "--format", "{{.Name}}").split()


def hello(tour):
    desktop = tour.desktop
    desktop.click(desktop.see(name="Run hello container", role="button"))
    desktop.see(containing="The engine works", seconds=60)
    desktop.see(identifier="helloDialogOutput", containing="Ahoy")
    tour.step("Hello container: its output", tour.command_line())
    dialog = desktop.see(identifier="helloDialog")
    desktop.click(desktop.see(name="Close", role="button", within=dialog))
    desktop.not_see(identifier="helloDialogOutput")
    desktop.see(containing="hello", role="table cell")
    tour.step("The hello container in the list", "docker ps --all")


def terminal_run(tour):
    """What is done in a terminal beside the window shows up in it."""
    desktop = tour.desktop
    import_tools_image()
    command = ("run", "-d", "--name", "web", "--label", "com.docker.compose.project=shop",
               "-p", "127.0.0.1:8088:80", "--memory", "64m", "harbour/tools:1.0", "busybox", "httpd", "-f", "-p", "80")
    docker(*command)
    docker("run", "-d", "--name", "worker", "--label", "com.docker.compose.project=shop", "harbour/tools:1.0",
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


def images(tour):
    """What a terminal makes appears; an image's details, its tags, a file of it, and its end."""
    desktop = tour.desktop
    docker("tag", "harbour/tools:1.0", "harbour/tools:latest")
    docker("tag", "harbour/tools:1.0", "spare/tools:2")
    desktop.press("ctrl+2")
    desktop.see(identifier="imagesTable")
    # The sentence of a row of images; the hidden list of containers names images, too.
    tools = desktop.see(containing="harbour/tools 1.0, 3 tags", role="table cell")
    tour.step("Images", "docker images")
    desktop.click(tools)
    desktop.press("alt+Return")
    beside = desktop.see(identifier="imagePane")
    desktop.see(containing="Layers", within=beside)
    tour.step("An image beside the list", "docker image inspect harbour/tools:1.0")
    tag_image(tour)
    pull_image(tour)
    remove_image(tour)
    desktop.press("ctrl+1")
    desktop.see(identifier="containersTable")


def tag_image(tour):
    desktop = tour.desktop
    desktop.click(desktop.see(identifier="paneTagButton"))
    desktop.see(identifier="newName")
    desktop.press("ctrl+a")
    desktop.type("harbour/tools:kept")
    tour.step("Tag an image", "docker tag harbour/tools:1.0 harbour/tools:kept")
    desktop.press("Return")
    wait_for("the new tag in docker images",
             lambda: "kept" in docker("images", "--format", "{{.Tag}}", "harbour/tools").split())
    desktop.see(containing="harbour/tools kept, 4 tags", role="table cell")
    desktop.press("alt+Return")
    desktop.not_see(identifier="imagePane")


def pull_image(tour):
    """There is no network here: what that looks like is part of the tour."""
    desktop = tour.desktop
    desktop.press("ctrl+n")
    desktop.see(identifier="pullImage")
    desktop.type("localhost:5000/harbour/none:1")
    verb = desktop.see(identifier="pullVerb")
    desktop.hover(verb)
    command = tour.command_line()
    assert command == "docker pull localhost:5000/harbour/none:1", command
    tour.step("Pull image: what will run", command)
    desktop.click(verb)
    desktop.see(containing="Could not pull", seconds=30)
    tour.step("A pull that could not be", command)
    desktop.press("Escape")
    desktop.see(identifier="imagesTable")


def remove_image(tour):
    desktop = tour.desktop
    desktop.click(desktop.see(containing="harbour/tools kept", role="table cell"))
    desktop.press("Delete")
    desktop.see(identifier="removeImages")
    tour.step("Removing an image in use says what stops it", NONE)
    desktop.press("Escape")
    desktop.not_see(identifier="removeImages")
    desktop.press("Escape")
    docker("commit", "web", "passing/by:1")
    row = desktop.see(containing="passing/by 1", role="table cell")
    desktop.click(row)
    desktop.press("Delete")
    desktop.see(identifier="removeImages")
    tour.step("Removing an unused image", "docker rmi passing/by:1")
    desktop.click(desktop.see(identifier="removeImagesVerb"))
    wait_for("the image gone from docker images",
             lambda: docker("images", "-q", "passing/by").strip() == "")
    desktop.not_see(containing="passing/by", role="table cell")
    desktop.press("Escape")


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


def another_engine(tour):
    """The system's Docker beside ours: found by itself, opened with a press, and left again."""
    desktop = tour.desktop
    as_root("start-system-engine")
    import_tools_image("default")
    run("docker", "--context", "default", "run", "-d", "--name", "ledger", "harbour/tools:1.0", "sleep", "1000")
    # Popups are windows of their own, outside the accessibility tree: the keyboard chooses.
    desktop.click(desktop.see(identifier="engineButton"))
    time.sleep(1)
    tour.step("The engines of this computer", "docker context ls")
    desktop.press("Down", "Return")
    desktop.see(containing="ledger, running", role="table cell")
    desktop.not_see(containing="web", role="table cell")
    tour.step("The system's Docker, and nothing of ours", "docker --context default ps --all")
    desktop.click(desktop.see(identifier="engineButton"))
    time.sleep(1)
    desktop.press("Up", "Return")
    desktop.see(containing="web, running", role="table cell")
    desktop.not_see(containing="ledger", role="table cell")
    tour.step("The embedded engine again", "docker --context roadstead ps --all")


def quit_from_tray(tour):
    desktop = tour.desktop
    tray = wait_for("the tray icon", lambda: run("xdotool", "search", "--class", "stalonetray", check=False).split())
    place = dict(line.split("=") for line in run("xdotool", "getwindowgeometry", "--shell", tray[-1]).splitlines())
    x = int(place["X"]) + int(place["WIDTH"]) // 2
    y = int(place["Y"]) + int(place["HEIGHT"]) // 2
    desktop.click_at(x, y, button=3)
    tour.step("The tray's menu", NONE)
    # Menus of the tray are windows of their own, outside the accessibility tree: the keyboard chooses the last line.
    desktop.press("Up")
    desktop.press("Return")
    wait_for("the program's end", lambda: tour.program.poll() is not None, 15)
    assert tour.program.returncode == 0, tour.program.returncode
    assert "web" in docker("ps", "--format", "{{.Names}}").split(), "The engine should go on without the window"
    tour.step("Quit: the engine keeps running", "docker --context roadstead ps")


def stop_engine(tour):
    desktop = tour.desktop
    tour.start_program("right")
    desktop.see(containing="web, running", role="table cell")
    tour.step("Second start: everything is there at once", "roadstead")
    button = desktop.see(identifier="engineButton")
    desktop.click(button)
    time.sleep(1)
    tour.step("The engine's popup", "docker --context roadstead version")
    desktop.press("Escape")
    # A popup takes all keys until it is gone, also the one that comes while it goes.
    wait_for("the end of the engine's popup", lambda: has_focus(button))
    stop_from_palette(tour)


def stop_from_palette(tour):
    desktop = tour.desktop
    desktop.press("ctrl+k")
    desktop.see(identifier="paletteField")
    desktop.type("stop the engine")
    desktop.see(containing="Stop the engine", role="list item")
    tour.step("Stop the engine, from the palette", tour.command_line())
    desktop.press("Return")
    desktop.see(containing="The engine is stopped", seconds=60)
    assert not os.path.exists("/run/roadstead/1001/engine.sock")
    tour.step("The engine is stopped", tour.command_line())


if __name__ == "__main__":
    WHOLE = [first_start, choose_appearance, refuse_consent, start_engine, hello, terminal_run, stop_and_start,
             narrow_down, group, pause_and_kill, rename, pane, details, run_by_pasted_line, logs, terminal, files, stats,
             change_limits, recreate, commit, merged_logs, images, build_image, palette, remove, another_engine,
             quit_from_tray, stop_engine]
    SHORT = [first_start_of_the_willing, start_engine, hello, stop_from_palette]
    sys.exit(play("The tour", WHOLE, __doc__, SHORT))
