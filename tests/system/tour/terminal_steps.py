# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of the tour in the terminal of a container."""

import time

from desktop import NotSeen, description_of, has_focus, wait_for
from scenario import docker


def on_the_screen_of(terminal, words, times=1):
    """Waits until the terminal shows that so often; it says the end of its text as its description."""
    def look():
        terminal.clear_cache_single()
        return description_of(terminal).count(words) >= times

    wait_for(f"“{words}” in the terminal", look)


def terminal(tour):
    desktop = tour.desktop
    desktop.press("ctrl+t")
    desktop.see(identifier="terminalStatus", containing="Connected since")
    screen = desktop.see(identifier="terminalDisplay")
    wait_for("the keyboard in the terminal", lambda: has_focus(screen))
    on_the_screen_of(screen, "#")
    desktop.type("echo $WHO has $((6*7)) berths\n")
    on_the_screen_of(screen, "harbour has 42 berths")
    assert tour.command_line().startswith("docker exec -i -t "), tour.command_line()
    # At once, although it is the first of the keys that an engine detaches by.
    desktop.press("ctrl+p", "Return")
    on_the_screen_of(screen, "harbour has 42 berths", times=2)
    desktop.type("busybox ls -l --color=always /\n")
    on_the_screen_of(screen, "bin")
    tour.step("Details: Terminal, a command and its output", tour.command_line())
    # Ctrl+K is the shell's, F6 leaves it.
    desktop.press("ctrl+k")
    assert desktop.look(identifier="paletteField") is None
    leave_terminal(desktop, screen)
    attach(tour)


def leave_terminal(desktop, screen):
    desktop.press("F6")
    wait_for("the keyboard out of the terminal", lambda: not has_focus(screen))


def join_from_the_menu(tour):
    """The menu is a window of its own, outside the accessibility tree: the keyboard chooses its second line. Where
    something closed it before the keys came, it is opened again."""
    desktop = tour.desktop
    for attempt in range(3):
        desktop.click(desktop.see(identifier="terminalMore"))
        time.sleep(1)
        if attempt == 0:
            tour.step("Ways to a terminal", "(no command: of the window itself)")
        desktop.press("Down", "Down", "Return")
        try:
            desktop.see(identifier="terminalStatus", containing="Attached since", seconds=5)
            return
        except NotSeen:
            desktop.press("Escape")
    desktop.see(identifier="terminalStatus", containing="Attached since", seconds=1)


def attach(tour):
    """The container's own process, and away from it by its keys."""
    desktop = tour.desktop
    docker("run", "-dit", "--name", "bell", "harbour/tools:1.0", "busybox", "sh")
    desktop.press("alt+Left")
    desktop.click(desktop.see(containing="bell", role="table cell"))
    desktop.press("ctrl+t")
    desktop.see(identifier="terminalStatus", containing="Connected since")
    join_from_the_menu(tour)
    screen = desktop.see(identifier="terminalDisplay")
    desktop.type("echo rung $((2*4)) times\n")
    on_the_screen_of(screen, "rung 8 times")
    tour.step("Attached to the container's own process", "docker attach --detach-keys ctrl-p,ctrl-q bell")
    desktop.press("ctrl+p", "ctrl+q")
    desktop.see(identifier="terminalStatus", containing="Detached")
    assert docker("inspect", "-f", "{{.State.Running}}", "bell") == "true"
    tour.step("Detached: it runs on", "docker attach --detach-keys ctrl-p,ctrl-q bell")
    # Its tab by its button, the shell's by the keys.
    desktop.click(desktop.see(name="Close terminal 2, attached", role="button"))
    desktop.not_see(name="Close terminal 2, attached", role="button")
    desktop.see(containing="Close terminal 1", role="button")
    desktop.press("ctrl+shift+w")
    desktop.see(containing="No session is open")
    desktop.press("alt+Left")
    desktop.see(identifier="containersTable")
    docker("rm", "-f", "bell")
    desktop.not_see(containing="bell", role="table cell")
    desktop.click(desktop.see(containing="greeter", role="table cell"), times=2)
    desktop.see(identifier="containerDetails")
