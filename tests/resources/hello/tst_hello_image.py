#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tst_hello_image.py PROGRAM ARCHIVE PACK-SCRIPT: the hello image is well formed, small and the same every time."""
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import unittest

PROGRAM, ARCHIVE, PACK = sys.argv[1:4]


def read(archive, name):
    with tarfile.open(archive) as tar:
        return tar.extractfile(name).read()


class HelloImage(unittest.TestCase):
    def setUp(self):
        self.manifest = json.loads(read(ARCHIVE, "manifest.json"))[0]
        self.config = json.loads(read(ARCHIVE, self.manifest["Config"]))

    def test_program_greets_and_succeeds(self):
        result = subprocess.run([PROGRAM], capture_output=True, text=True, check=True)
        self.assertTrue(result.stdout.startswith("Ahoy from inside a container!\n"))
        self.assertTrue(result.stdout.endswith("\n"))

    def test_program_fails_when_it_cannot_print(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            self.assertEqual(subprocess.run([PROGRAM], stdout=full, check=False).returncode, 1)

    def test_program_needs_nothing_else(self):
        with open(PROGRAM, "rb") as file:
            content = file.read()
        self.assertLess(len(content), 4096)
        self.assertNotIn(b"ld-linux", content)

    def test_names_are_the_digests_of_what_they_name(self):
        self.assertEqual(self.manifest["RepoTags"], ["roadstead/hello:latest"])
        config = read(ARCHIVE, self.manifest["Config"])
        self.assertEqual(self.manifest["Config"], hashlib.sha256(config).hexdigest() + ".json")
        layers = ["sha256:" + hashlib.sha256(read(ARCHIVE, name)).hexdigest() for name in self.manifest["Layers"]]
        self.assertEqual(self.config["rootfs"]["diff_ids"], layers)
        self.assertEqual(self.config["config"]["Cmd"], ["/hello"])

    def test_packing_again_elsewhere_gives_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            again = os.path.join(folder, "hello.tar")
            version = self.config["config"]["Labels"]["org.opencontainers.image.version"]
            subprocess.run(
                ["cmake", f"-DPROGRAM={PROGRAM}", f"-DARCHITECTURE={self.config['architecture']}",
                 f"-DVERSION={version}", f"-DOUTPUT={again}", "-P", PACK], check=True)
            with open(ARCHIVE, "rb") as first, open(again, "rb") as second:
                self.assertEqual(first.read(), second.read())
            self.assertEqual(os.listdir(folder), ["hello.tar"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
