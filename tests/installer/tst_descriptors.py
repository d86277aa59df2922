#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who makes roots with mmdebstrap keeps his own files from it, however many are open."""
import os
import subprocess
import tempfile
import unittest

PROJECT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
LIST = "for descriptor in /proc/self/fd/*; do echo \"${descriptor##*/}\"; done"


class Descriptors(unittest.TestCase):
    def opened(self, count):
        files = [os.open("/dev/null", os.O_RDONLY) for _ in range(count)]
        for file in files:
            self.addCleanup(os.close, file)
        return files

    def test_nothing_but_the_standard_ones_is_handed_on(self):
        files = self.opened(20)
        own = subprocess.run(["sh", "-c", LIST], pass_fds=files, capture_output=True, text=True, check=True).stdout.split()
        self.assertGreater(len(own), 20)
        tool = os.path.join(PROJECT, "installer", "lib", "without-descriptors")
        handed = subprocess.run([tool, "sh", "-c", LIST, "words of", "a command"], pass_fds=files, capture_output=True,
                                text=True, check=True).stdout.split()
        # The shell that lists them has the list open, too.
        self.assertEqual(handed[:3], ["0", "1", "2"])
        self.assertLessEqual(len(handed), 4)

    def test_the_command_ends_as_it_ends(self):
        tool = os.path.join(PROJECT, "installer", "lib", "without-descriptors")
        self.assertEqual(subprocess.run([tool, "sh", "-c", "exit 7"], check=False).returncode, 7)

    def test_engines_are_unpacked_beside_open_files(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, script in (("mmdebstrap", f'{{ {LIST}; }} >"{folder}/seen"; echo "E: seen enough" >&2; exit 1'),
                                 ("curl", "exit 0"), ("id", "echo 0"), ("df", "echo; echo / 9999 0 9999")):
                with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                    file.write(f"#!/bin/sh\n{script}\n")
                os.chmod(file.name, 0o755)
            result = subprocess.run(
                [os.path.join(PROJECT, "tests", "support", "engines", "engine_root"), "podman-5.4"],
                env={"PATH": f"{folder}:{os.environ['PATH']}", "ROADSTEAD_ENGINES_CACHE": os.path.join(folder, "cache")},
                pass_fds=self.opened(8), capture_output=True, text=True, check=False)
            self.assertEqual((result.returncode, result.stdout),
                             (77, "podman-5.4 could not be unpacked: E: seen enough\n"), result.stderr)
            with open(os.path.join(folder, "seen"), encoding="utf-8") as file:
                # Its sh has the list open, as the first, and the script itself, as the tenth.
                self.assertEqual([number for number in file.read().split() if 3 < int(number) < 10], [])


if __name__ == "__main__":
    unittest.main()
