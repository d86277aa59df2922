# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A secret that is typed while somebody looks everywhere for it."""

import contextlib
import os
import subprocess
import threading

from desktop import wait_for
from vitals import program_id

LARGEST = 64 * 1024 * 1024


class CommandLines(threading.Thread):
    """The command lines of all processes, as any user of this computer can read them."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen = set()
        self.over = threading.Event()

    def run(self):
        while not self.over.wait(0.03):
            for entry in os.listdir("/proc"):
                if entry.isdigit():
                    with contextlib.suppress(OSError), open(f"/proc/{entry}/cmdline", "rb") as file:
                        self.seen.add(file.read())


def files_with(secret, *folders):
    found = []
    for folder in folders:
        for place, _, names in os.walk(folder):
            for path in (os.path.join(place, name) for name in names):
                if not os.path.islink(path) and os.path.isfile(path) and os.path.getsize(path) < LARGEST:
                    with contextlib.suppress(OSError), open(path, "rb") as file:
                        if secret in file.read():
                            found.append(path)
    return found


@contextlib.contextmanager
def kept_secret(tour, text, witness):
    """While it lasts `text` is typed, but stands in no command line, file, log, setting, record, message of the session's
    bus or core. `witness` is part of a command line that is run meanwhile, so that it is sure that somebody looked."""
    secret = text.encode()
    log = os.path.join(tour.output, "bus.log")
    lines = CommandLines()
    lines.start()
    with open(log, "wb") as file, subprocess.Popen(["dbus-monitor", "--session"], stdout=file,
                                                   stderr=subprocess.DEVNULL) as monitor:
        try:
            wait_for("the bus monitor", lambda: os.path.getsize(log) > 0)
            yield
        finally:
            lines.over.set()
            lines.join()
            monitor.terminate()
    assert any(witness.encode() in line for line in lines.seen), f"{witness} was not seen"
    told = [line for line in lines.seen if secret in line and not line.startswith(b"xdotool\0")]  # our own hand
    assert not told, f"The secret stands in {told}"
    found = files_with(secret, os.path.expanduser("~"), os.environ["XDG_RUNTIME_DIR"], tour.output)
    assert not found, f"The secret stands in {found}"
    with open(f"/proc/{program_id()}/limits", encoding="utf-8") as file:
        core = [line.split() for line in file if line.startswith("Max core file size")][0]
    assert core[4] == "0", f"A crash would leave a core: {core}"
