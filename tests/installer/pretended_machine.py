# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Machines that only pretend: each is a folder of commands, real ones that look, and fakes that write down how they were
called. Nothing of this system is changed or asked."""
import os
import shutil
import subprocess

PROJECT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
LOOKING = ("bash sh awk cat chmod chown cp cut date du dirname basename env find flock getent grep head install ls mkdir "
           "mktemp mv paste rm sed sha256sum sleep ln sort stat tail tee touch tr true uname wc xargs").split()
BOOKWORM = 'ID=debian\nVERSION_ID="12"\n'
TRIXIE = 'ID=debian\nVERSION_ID="13"\n'


class Machine:
    def __init__(self, folder, release, user=0):
        self.folder = folder
        self.bin = os.path.join(folder, "bin")
        self.cache = os.path.join(folder, "cache", "roadstead")
        self.project = os.path.join(folder, "project")
        self.calls_file = os.path.join(folder, "calls")
        os.makedirs(self.bin)
        os.makedirs(self.project)
        shutil.copytree(os.path.join(PROJECT, "installer"), os.path.join(self.project, "installer"))
        for name in LOOKING:
            os.symlink(shutil.which(name), os.path.join(self.bin, name))
        with open(os.path.join(folder, "os-release"), "w", encoding="utf-8") as file:
            file.write(release)
        self.fake("id", f'case $* in -u|-g) echo {user} ;; *) echo somebody ;; esac')
        self.fake("df", "printf 'Filesystem 1M-blocks Used Available Capacity Mounted\\n/dev/x 99999 1 90000 1%% /\\n'")
        self.fake("unshare", "case $1 in --help) echo --kill-child ;; esac")
        self.fake("curl", "exit 0")
        self.fake("mmtarfilter", "exit 0")
        # Makes what the scripts look at afterwards: a package database with all that was asked for.
        self.fake("mmdebstrap", '''
for word in "$@"; do
    case $word in --include=*) include=${word#--include=} ;; */debian-13.partial) root=$word ;; esac
done
# Asked for its version, it makes nothing; least of all in this system's own database.
[ -n "${root:-}" ] || exit 0
# The real one numbers what it opens from the first free descriptor on, and its sh knows those below 10 only.
for descriptor in 3 4 5 6 7 8 9; do [ ! -e "/proc/self/fd/$descriptor" ] || exit 1; done
# It leaves files out by a program of its own package.
command -v mmtarfilter >/dev/null || exit 1
mkdir -p "$root/var/lib/dpkg"
for name in $(echo "$include" | tr ',' ' '); do
    printf 'Package: %s\\nStatus: install ok installed\\n\\n' "$name"
done >"$root/var/lib/dpkg/status"''')

    def fake(self, name, script):
        path = os.path.join(self.bin, name)
        if os.path.lexists(path):
            os.remove(path)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/bash\necho "{name} $*" >>"{self.calls_file}"\n{script}\n')
        os.chmod(path, 0o755)

    def run(self, *arguments, command="shell", names_cache=True, cwd=None, **more):
        if os.path.exists(self.calls_file):
            os.remove(self.calls_file)
        environment = {"PATH": self.bin, "HOME": self.folder, "ROADSTEAD_CACHE_DIR": self.cache,
                       "ROADSTEAD_OS_RELEASE": os.path.join(self.folder, "os-release"), **more}
        if not names_cache:
            del environment["ROADSTEAD_CACHE_DIR"]
        return subprocess.run([os.path.join(self.project, "installer", command), *arguments], env=environment,
                              capture_output=True, text=True, check=False, timeout=60, cwd=cwd)

    def calls(self, name):
        if not os.path.exists(self.calls_file):
            return []
        with open(self.calls_file, encoding="utf-8") as file:
            return [line.rstrip("\n") for line in file if line.startswith(name + " ")]
