# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much at once as one person may have open: the figures of 200 running containers, the logs of 50 of them, 10
terminals that print. The gates are those of the reliability rules:

G1 no crash · G2 no stall of the event loop over 100 ms, none over 50 ms while keys are pressed, a key shows within
50 ms · G7 descriptors and threads back to the base line."""

import os
import re
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from desktop import Atspi, description_of, has_focus, is_showing, run, wait_for, walk
from eye import Eye
from scenario import docker, import_tools_image, play
from vitals import STALL, WHILE_TYPING, Marks, back_to, program_id, usage

RUNNING = int(os.environ["ROADSTEAD_LOAD"])
FOLLOWED = RUNNING // 4
HELD = max(6, RUNNING // 10)  # seconds of everything at once
DECKS = {"deck-a": 5, "deck-b": 5}  # terminals that print, by container
KEY = 50  # milliseconds from the press to the picture
MEMORY = 48 * 1024  # kilobytes: freed pages stay with the allocator for a while
WRITES = ("i=0; while :; do i=$((i+1)); for n in 1 2 3 4 5; do echo \"INFO GET /berths/$i 200 ms=$n\"; done; "
          "busybox sleep 0.5; done")
PRINTS = "while :; do i=$((i+1)); echo \"berth number $i\"; busybox sleep 0.1; done"


def start_container(name):
    words = ["run", "-d", "--network", "none", "--name", name]
    if name.startswith("fleet"):
        words += ["--label", "com.docker.compose.project=fleet"]
    if name in DECKS:
        words += ["--env", f"PRINTS={PRINTS}"]
    script = WRITES if name.startswith("fleet") else "busybox sleep 1000000"
    docker(*words, "harbour/tools:1.0", "busybox", "sh", "-c", script)


def begin(load):
    desktop = load.desktop
    load.marks = Marks(f"{load.output}/marks.txt")
    load.start_program("right", marks=load.marks.path)
    desktop.click(desktop.see(name="Start engine", role="button"))
    desktop.see(containing="No containers yet", seconds=60)
    wait_for("the docker context", lambda: run("docker", "--context", "roadstead", "version", check=False))
    load.eye = Eye()
    import_tools_image()
    ships = RUNNING - FOLLOWED - len(DECKS)
    names = [*(f"ship-{number:03d}" for number in range(ships)), *DECKS,
             *(f"fleet-{number:02d}" for number in range(FOLLOWED))]
    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(start_container, names))
    print(f"      {RUNNING} containers started in {time.monotonic() - began:.0f} s", flush=True)
    assert len(docker("ps", "-q").split()) == RUNNING
    wait_for("the figures of a container", lambda: shows_figures(desktop))
    load.began = time.monotonic()
    load.before = wait_for("all figures", settled_usage, 60)
    load.step(f"{RUNNING} running containers with live figures")


def settled_usage():
    """Figures of containers are read from files, which are opened one after another."""
    before = usage(program_id())
    time.sleep(3)
    now = usage(program_id())
    return now if now[0] == before[0] else None


def shows_figures(desktop):
    return desktop.look(containing="fleet-00, running, CPU", role="table cell")


def to_the_list(desktop):
    desktop.press("F6")  # out of a terminal, which takes all other keys
    time.sleep(0.3)
    desktop.press("alt+Left")
    desktop.see(identifier="containersFilter")


def narrow_down(desktop, words, out):
    """Types into the filter, until `out` is not in the list any more."""
    desktop.press("ctrl+f", "ctrl+a")
    desktop.type(words)
    wait_for(f"the list without {out}", lambda: desktop.look(containing=out, role="table cell") is None)
    time.sleep(0.5)  # where it was not on the screen before, either


def open_page(desktop, name):
    """The page of a container with its terminals; the first one opens by itself."""
    desktop.click(desktop.see(containing=f"{name}, running", role="table cell"))
    desktop.press("ctrl+t")
    return desktop.see(identifier="terminalTab")


def new_terminal(desktop, page):
    """The terminal in front once it is the new one: it has its prompt, and has printed nothing yet."""
    def look():
        screen = desktop.look(identifier="terminalDisplay", within=page)
        if screen is None or not has_focus(screen):
            return None
        return screen if "#" in description_of(screen) and printed(screen) is None else None

    return wait_for("a new terminal", look, 30)


def printed(screen):
    """The last number that a terminal has printed."""
    screen.clear_cache_single()
    found = re.findall(r"berth number (\d+)", description_of(screen))
    return int(found[-1]) if found else None


def open_terminals(load):
    desktop = load.desktop
    narrow_down(desktop, "deck", "fleet-00")
    for name, count in DECKS.items():
        page = open_page(desktop, name)
        for number in range(count):
            if number > 0:
                desktop.click(desktop.see(identifier="terminalAdd", within=page))
            screen = new_terminal(desktop, page)
            desktop.type("eval \"$PRINTS\"\n")
            wait_for("what the terminal prints", lambda s=screen: printed(s))
            print(f"      {name}: terminal {number + 1} prints", flush=True)
        load.step(f"{count} terminals print in {name}")
        if name != list(DECKS)[-1]:
            to_the_list(desktop)


def type_in_terminal(load):
    """One more, in which nothing prints, so that what is seen is the letter."""
    desktop = load.desktop
    page = desktop.see(identifier="terminalTab")
    desktop.click(desktop.see(identifier="terminalAdd", within=page))
    screen = new_terminal(desktop, page)
    place = screen.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    area = (place.x, place.y, place.width, place.height // 4)
    time.sleep(0.5)
    began = time.monotonic()
    times = []
    while time.monotonic() - began < 5:
        times.append(key_time(load, "a", area))
    judge_keys(load, "terminal", began, times)
    load.step("Typed in a terminal while ten print")


def key_time(load, letter, area):
    took = load.eye.time_of(letter, area)
    time.sleep(0.15)
    return took


def behind_text(field):
    """What is right of the text in a field, without its caret, which blinks, and without its button."""
    text = field.get_text_iface()
    last = Atspi.Text.get_character_extents(text, Atspi.Text.get_character_count(text) - 1, Atspi.CoordType.SCREEN)
    whole = field.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    left = last.x + last.width + 2
    return left, whole.y + 4, whole.x + whole.width - 40 - left, whole.height - 8


def type_in_field(load, name, words, seconds):
    """Types words over and over; how long each letter but the first took."""
    desktop = load.desktop
    field = desktop.see(identifier=name)
    began = time.monotonic()
    times = []
    while time.monotonic() - began < seconds:
        desktop.press("ctrl+a")
        desktop.type(words[0])
        time.sleep(0.3)
        for letter in words[1:]:
            times.append(key_time(load, letter, behind_text(field)))
    desktop.press("ctrl+a", "BackSpace")
    judge_keys(load, name, began, times)


def judge_keys(load, where, began, times):
    longest = load.marks.stalls(began)
    print(f"      {where}: {len(times)} keys shown after {statistics.median(times):.0f} ms, "
          f"the slowest after {max(times):.0f} ms; the longest stall {longest[0][0] if longest else 0} ms", flush=True)
    load.marks.no_stall(began, WHILE_TYPING, f"While keys were pressed ({where})")
    middle = statistics.median(times)
    assert middle <= KEY, f"{where}: a key shows only after {middle:.0f} ms"


def type_in_list(load):
    to_the_list(load.desktop)
    load.desktop.press("ctrl+f")
    type_in_field(load, "containersFilter", "ship", 5)
    load.desktop.see(containing="fleet-00", role="table cell")
    load.step("The list was filtered")


def follow_logs(load):
    """Shown last: logs that are not on the screen are not followed, by design. Terminals and figures go on."""
    desktop = load.desktop
    narrow_down(desktop, "fleet", "ship-000")
    desktop.click(desktop.see(containing="fleet-00", role="table cell"))
    desktop.press("ctrl+a")
    desktop.see(containing=f"{FOLLOWED} selected")
    desktop.press("ctrl+l")
    desktop.see(identifier="mergedLogsTitle", containing="Logs of fleet")
    wait_for("the rate of all", lambda: lines_per_second(desktop) > FOLLOWED)
    load.step("The logs of a whole project")
    load.held = time.monotonic()
    type_in_field(load, "logsSearch", "berths", HELD)
    assert lines_per_second(desktop) > FOLLOWED, "the logs are not followed any more"
    assert usage(program_id())[0] > load.before[0] + FOLLOWED + sum(DECKS.values()), "that many streams are not open"
    load.step(f"{HELD} seconds of everything at once")
    print(f"      {lines_per_second(desktop):.0f} lines per second", flush=True)


def lines_per_second(desktop):
    status = desktop.see(identifier="logsStatus").get_name()
    found = re.search(r"([\d.,]+) lines per second", status)
    return float(found.group(1).replace(",", "")) if found else 0


def close_buttons(page):
    """Those of the tabs of terminals, the last one first: where the tabs do not all fit, it is the first that are out of
    sight."""
    return [node for node in walk(page) if node.get_role_name() == "button" and is_showing(node)
            and (node.get_name() or "").startswith("Close terminal")][::-1]


def terminals_went_on(load):
    """The terminal in front of each container has printed behind the logs, too: about ten lines a second. Those of one
    are closed by the buttons of their tabs, those of the other end with their container."""
    desktop = load.desktop
    to_the_list(desktop)
    narrow_down(desktop, "deck", "fleet-00")
    first = open_page(desktop, "deck-a")
    screen = desktop.see(identifier="terminalDisplay", within=first)
    passed = time.monotonic() - load.held
    assert (printed(screen) or 0) > 3 * passed, f"The terminal has only printed {printed(screen)} lines"
    for left in reversed(range(DECKS["deck-a"])):
        desktop.click(wait_for("a button that closes a terminal", lambda: close_buttons(first))[0])
        wait_for(f"{left} terminals", lambda n=left: len(close_buttons(first)) == n)
    load.step("A terminal after the other is closed")
    to_the_list(desktop)
    docker("rm", "-f", *DECKS)
    desktop.press("ctrl+f", "ctrl+a", "BackSpace")
    desktop.see(containing="fleet-00", role="table cell")
    load.step("All terminals have ended")


def all_is_well(load):
    worst = load.marks.stalls(load.began)[:3]
    print("      the longest stalls: " + (", ".join(f"{busy} ms at {when - load.began:.0f} s" for busy, when in worst)
                                          or "none of 40 ms"), flush=True)
    load.marks.no_stall(load.began, STALL, "With everything open")
    back_to(load.before, MEMORY)
    assert load.program.poll() is None, "Roadstead has ended"


if __name__ == "__main__":
    sys.exit(play("Everything at once", [begin, open_terminals, type_in_terminal, type_in_list, follow_logs,
                                         terminals_went_on, all_is_well], __doc__))
