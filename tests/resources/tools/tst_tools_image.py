#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tst_tools_image.py ARCHIVE SOURCE: the tools image is well formed, has a static shell, and the tag the program asks for."""
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import unittest

ARCHIVE, SOURCE = sys.argv[1:3]


def read(archive, name):
    with tarfile.open(archive) as tar:
        return tar.extractfile(name).read()


class ToolsImage(unittest.TestCase):
    def setUp(self):
        self.manifest = json.loads(read(ARCHIVE, "manifest.json"))[0]
        self.config = json.loads(read(ARCHIVE, self.manifest["Config"]))
        self.layer = read(ARCHIVE, self.manifest["Layers"][0])

    def test_names_are_the_digests_of_what_they_name(self):
        config = read(ARCHIVE, self.manifest["Config"])
        self.assertEqual(self.manifest["Config"], hashlib.sha256(config).hexdigest() + ".json")
        self.assertEqual(self.config["rootfs"]["diff_ids"], ["sha256:" + hashlib.sha256(self.layer).hexdigest()])
        self.assertEqual(self.config["config"]["Cmd"], ["sh"])

    def test_the_program_asks_for_this_tag(self):
        with open(os.path.join(SOURCE, "ui/pages/containers/terminal/debug_shell.cpp"), encoding="utf-8") as file:
            asked = re.search(r'"(roadstead/tools:[^"]+)"', file.read()).group(1)
        self.assertEqual(self.manifest["RepoTags"], [asked])

    def test_the_shell_runs_by_itself(self):
        with tarfile.open(fileobj=io.BytesIO(self.layer)) as tar, tempfile.TemporaryDirectory() as folder:
            self.assertEqual(tar.getmember("bin/sh").linkname, "busybox")
            self.assertEqual(tar.getmember("bin/ps").linkname, "busybox")
            tar.extract("bin/busybox", folder, filter="fully_trusted")
            said = subprocess.run([f"{folder}/bin/busybox", "sh", "-c", "echo $((6*7))"], capture_output=True,
                                  text=True, check=True).stdout
            self.assertEqual(said, "42\n")
            with open(f"{folder}/bin/busybox", "rb") as file:
                self.assertNotIn(b"/ld-linux", file.read(4096), "it would need a loader")

    def test_nothing_in_it_belongs_to_a_person(self):
        with tarfile.open(fileobj=io.BytesIO(self.layer)) as tar:
            for member in tar:
                self.assertEqual((member.uid, member.gid), (0, 0), member.name)
                self.assertFalse(member.mode & 0o6000, member.name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
