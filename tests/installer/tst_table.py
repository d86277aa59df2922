#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tst_table.py [--write]: the dependency table is well formed and the project's README shows it as it is.

With --write, the README's section is written anew."""
import os
import sys
import unittest

PROJECT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
TABLE = os.path.join(PROJECT, "installer", "dependencies.tsv")
README = os.path.join(PROJECT, "README.md")
BEGIN, END = "<!-- dependencies: written by tests/installer/tst_table.py --write -->\n", "<!-- end of dependencies -->\n"
GROUPS = {"build": "to build", "run": "to run", "recommend": "recommended", "package": "to package", "tour": "for the tour",
          "test": "to test", "vm": "to test on a machine", "root": "in the Debian 13 root"}


def rows():
    with open(TABLE, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]


def section():
    lines = ["| What for | Debian, Ubuntu | Fedora | Arch | Why |\n", "|---|---|---|---|---|\n"]
    for group, debian, fedora, arch, why in rows():
        names = ["–" if name == "-" else " or ".join(f"`{part}`" for part in name.split("|"))
                 for name in (debian, fedora, arch)]
        lines.append(f"| {GROUPS[group]} | {' | '.join(names)} | {why} |\n")
    return BEGIN + "".join(lines) + END


def split_readme():
    with open(README, encoding="utf-8") as file:
        text = file.read()
    before, rest = text.split(BEGIN)
    return before, BEGIN + rest.split(END)[0] + END, rest.split(END)[1]


class Table(unittest.TestCase):
    def test_rows_are_whole(self):
        for row in rows():
            with self.subTest(row=row):
                self.assertEqual(len(row), 5)
                self.assertIn(row[0], GROUPS)
                self.assertTrue(all(cell and cell == cell.strip() for cell in row))

    def test_no_package_is_named_twice(self):
        names = [row[1] for row in rows() if row[1] != "-"]
        self.assertEqual(sorted(names), sorted(set(names)))

    def test_readme_shows_the_table(self):
        self.assertEqual(split_readme()[1], section(), "run tests/installer/tst_table.py --write")


if __name__ == "__main__":
    if "--write" in sys.argv:
        before, _, after = split_readme()
        with open(README, "w", encoding="utf-8") as file:
            file.write(before + section() + after)
    else:
        unittest.main()
