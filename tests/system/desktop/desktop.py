# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at a desktop: looks through the accessibility tree, acts through real input events.

Looking is polling with a deadline, because that is all the accessibility bus offers a test that must not trust the
program's own idea of when it is ready. Nothing here calls a function of the program.
"""

import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402


# An emulated machine takes a multiple of the time.
PATIENCE = float(os.environ.get("ROADSTEAD_PATIENCE", "1"))


class NotSeen(AssertionError):
    """What should be on the screen is not there."""


def wait_for(what, look, seconds=20.0, every=0.1):
    """Calls look() until it returns something true; returns that, or raises NotSeen naming `what`."""
    deadline = time.monotonic() + seconds * PATIENCE
    while True:
        try:
            found = look()
        except GLib.Error:
            found = None  # the widget went away while it was being looked at
        if found:
            return found
        if time.monotonic() > deadline:
            raise NotSeen(f"{what} was not seen within {seconds:g} s")
        time.sleep(every)


def run(*arguments, check=True):
    """Runs a program and returns what it printed."""
    done = subprocess.run(arguments, check=check, capture_output=True, text=True, timeout=60 * PATIENCE)
    return done.stdout.strip()


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def walk(node, depth=0):
    """Every accessible object below node that could be on screen, outermost first: what is in something hidden, such as
    another page, is not asked for."""
    yield node
    if depth > 40 or (depth > 0 and node.get_child_count() > 0 and not is_showing(node)):
        return
    for child in children(node):
        yield from walk(child, depth + 1)


def is_showing(node):
    node.clear_cache_single()  # the library would not ask again what it has heard once
    states = node.get_state_set()
    return states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.VISIBLE)


def has_focus(node):
    node.clear_cache_single()
    return node.get_state_set().contains(Atspi.StateType.FOCUSED)


def text_of(node):
    """The words of a node: its name, and its text where it has any."""
    words = node.get_name() or ""
    try:
        text = node.get_text_iface()
        if text is not None:
            words += " " + Atspi.Text.get_text(text, 0, min(Atspi.Text.get_character_count(text), 20000))
    except GLib.Error:
        pass
    return words


def description_of(node):
    """What a node says of itself beside its name: of a terminal, the end of its text."""
    return node.get_description() or ""


class Desktop:
    """One program on one display."""

    def __init__(self, name):
        self.name = name
        self.application = None

    def find_application(self, seconds=30.0):
        """Waits until the program is on the accessibility bus."""

        def look():
            desktop = Atspi.get_desktop(0)
            for application in children(desktop):
                if application.get_name() == self.name:
                    return application
            return None

        self.application = wait_for(f"the program {self.name}", look, seconds)
        return self.application

    def gone(self):
        Atspi.get_desktop(0).clear_cache()
        return all(child.get_name() != self.name for child in children(Atspi.get_desktop(0)))

    def look(self, name=None, role=None, containing=None, within=None, identifier=None):
        """The first showing object with that name (whole), role (such as 'button') or words; None if there is none."""
        for node in walk(within or self.application):
            try:
                if identifier is not None and not (node.get_accessible_id() or "").endswith(identifier):
                    continue
                if role is not None and node.get_role_name() != role:
                    continue
                if name is not None and node.get_name() != name:
                    continue
                if containing is not None and containing not in text_of(node):
                    continue
                if is_showing(node):
                    return node
            except GLib.Error:
                continue
        return None

    def see(self, name=None, role=None, containing=None, seconds=20.0, within=None, identifier=None):
        """Waits until such an object is on the screen."""
        what = " ".join(filter(None, [role, name and f"“{name}”", containing and f"with “{containing}”", identifier]))
        return wait_for(what, lambda: self.look(name, role, containing, within, identifier), seconds)

    def not_see(self, name=None, role=None, containing=None, seconds=20.0, identifier=None):
        """Waits until no such object is on the screen."""
        what = " ".join(filter(None, ["the end of", role, name, containing, identifier]))
        wait_for(what, lambda: self.look(name, role, containing, None, identifier) is None, seconds)

    @staticmethod
    def middle(node):
        area = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
        return area.x + area.width // 2, area.y + area.height // 2

    def click(self, node, button=1, times=1):
        """Moves the pointer onto the node and clicks it."""
        self.click_at(*self.middle(node), button, times)

    @staticmethod
    def click_at(x, y, button=1, times=1):
        """The same at a place: for what is painted, and is no object of its own."""
        Desktop.move_to(x, y)
        time.sleep(0.15)  # a hand rests before it presses; hover actions show in this time
        run("xdotool", "click", "--repeat", str(times), "--delay", "80", str(button))

    @staticmethod
    def move_to(x, y):
        """Asking for the place waits for the server. --sync would wait 15 s for a pointer that is there already."""
        run("xdotool", "mousemove", str(x), str(y), "getmouselocation")

    def hover(self, node):
        self.hover_at(*self.middle(node))

    @staticmethod
    def hover_at(x, y):
        Desktop.move_to(x, y)
        time.sleep(0.3)

    @staticmethod
    def rest():
        """Moves the pointer off the window, onto the panel, so that nothing is hovered."""
        Desktop.move_to(640, 828)

    @staticmethod
    def press(*keys):
        run("xdotool", "key", "--clearmodifiers", *keys)

    @staticmethod
    def type(text):
        run("xdotool", "type", "--delay", "15", text)

    @staticmethod
    def picture(path):
        """Saves what is on the display."""
        os.makedirs(os.path.dirname(path), exist_ok=True)
        run("import", "-window", "root", "-silent", path)

    def tree(self):
        """The whole tree as text, for the log of a failed step."""
        lines = []

        def add(node, depth):
            try:
                area = node.get_component_iface()
                place = ""
                if area is not None:
                    extents = area.get_extents(Atspi.CoordType.SCREEN)
                    place = f" {extents.x},{extents.y} {extents.width}×{extents.height}"
                mark = "" if is_showing(node) else " (hidden)"
                lines.append(f"{'  ' * depth}{node.get_role_name()} “{node.get_name()}”"
                             f" #{node.get_accessible_id()}{place}{mark}")
                if depth < 30:
                    for child in children(node):
                        add(child, depth + 1)
            except GLib.Error:
                return

        if self.application is not None:
            add(self.application, 0)
        return "\n".join(lines)
