# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tour: from the first start to quitting from the tray. tests/system/tour/tour prepares the desktop for it."""

import os
import sys
import time

from build_image import build_image
from container_details import change_limits, commit, files, logs, merged_logs, recreate, run_by_pasted_line, stats
from container_list import (details, group, narrow_down, palette, pane, pause_and_kill, remove, rename, stop_and_start, terminal_run)
from desktop import has_focus, run, wait_for
from image_list import images
from registry_list import push, registries, trust_from_a_push
from scenario import NONE, as_root, docker, import_tools_image, play
from terminal_steps import terminal


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
             change_limits, recreate, commit, merged_logs, images, build_image, push, trust_from_a_push, registries,
             palette, remove, another_engine, quit_from_tray, stop_engine]
    SHORT = [first_start_of_the_willing, start_engine, hello]
    sys.exit(play("The tour", WHOLE, __doc__, SHORT))
