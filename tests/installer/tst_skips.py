#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What installer/test adds to ctest's words about tests that did not run, with a real ctest."""
import os
import subprocess
import tempfile
import unittest

PROJECT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
TESTS = """
add_test(skips sh -c "echo before; echo SKIP: the machine needs 2 GiB of memory; exit 77")
add_test(quiet sh -c "exit 77")
add_test(passes sh -c "echo SKIP: one of many functions")
set_tests_properties(skips quiet passes PROPERTIES SKIP_RETURN_CODE 77)
"""


class Skips(unittest.TestCase):
    def run_tests(self, *may_skip, tests=TESTS, **environment):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "CTestTestfile.cmake"), "w", encoding="utf-8") as file:
                file.write(tests)
            return subprocess.run(
                ["bash", "-c", """set -euo pipefail; . "$1/installer/lib/skips.sh"; folder=$2; shift 2
                    ctest --test-dir "$folder" | explainSkips "$folder/Testing/Temporary/LastTest.log" "$@" """,
                 "bash", PROJECT, folder, *may_skip],
                env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True, check=False)

    def test_reasons_stand_before_the_summary(self):
        result = self.run_tests()
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        lines = result.stdout.splitlines()
        said = [line for line in lines if line.startswith("SKIP: ")]
        self.assertEqual(said, ["SKIP: skips: the machine needs 2 GiB of memory", "SKIP: quiet: it does not say why"])
        self.assertLess(lines.index(said[-1]), lines.index("100% tests passed, 0 tests failed out of 3"))
        self.assertIn("(Skipped)", lines[-1], "ctest has the last word")

    def test_build_machines_allow_only_some(self):
        result = self.run_tests("skips", CI="true")
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("SKIP: skips: the machine needs 2 GiB of memory", result.stdout)
        self.assertIn("FAIL: quiet was skipped, which a build machine does not allow", result.stdout)
        self.assertEqual(self.run_tests("skips", "quiet", CI="true").returncode, 0)

    def test_a_failure_stays_one(self):
        result = self.run_tests(tests='add_test(fails sh -c "exit 1")\n')
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("0% tests passed, 1 tests failed out of 1", result.stdout)


if __name__ == "__main__":
    unittest.main()
