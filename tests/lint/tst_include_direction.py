#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that the include check fails on what it should fail on, and only on that."""
import os
import subprocess
import sys
import tempfile
import unittest

CHECK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "include_direction.py")


class IncludeDirection(unittest.TestCase):
    def run_check(self, path, line):
        with tempfile.TemporaryDirectory() as project:
            file = os.path.join(project, path)
            os.makedirs(os.path.dirname(file))
            with open(file, "w", encoding="utf-8") as source:
                source.write("// first line\n" + line + "\n")
            return subprocess.run([sys.executable, CHECK, project], capture_output=True, text=True, check=False)

    def test_refuses(self):
        for reason, path, line in [
            ("base includes nothing above it", "engine/base/a.cpp", '#include "engine/http/client.h"'),
            ("the engine includes no widget", "engine/service/a.cpp", '#include "ui/theme/palette.h"'),
            ("ui never sees the transport", "ui/pages/containers/a.cpp", '#include "engine/http/client.h"'),
            ("nothing includes app", "ui/shell/a.cpp", '#include "app/desktop/main_window.h"'),
            ("not even tests of something else", "tests/ui/shell/a.cpp", '#include "app/helper/verbs.h"'),
            ("programs do not share parts", "app/helper/a.cpp", '#include "app/launcher/run.h"'),
            ("the helper sees base and the contract only", "app/helper/a.cpp", '#include "engine/docker/types.h"'),
            ("a page does not know another", "ui/pages/containers/a.cpp", '#include "ui/pages/images/model.h"'),
            ("widgets stand below pages", "ui/widgets/a.cpp", '#include "ui/pages/containers/model.h"'),
            ("the shell knows no page", "ui/shell/a.cpp", '#include "ui/pages/containers/page.h"'),
            ("the product includes no test", "engine/http/a.cpp", '#include "tests/support/fake_engine.h"'),
            ("paths start at the project folder", "engine/http/a.cpp", '#include "client.h"'),
            ("no Qt below the services", "engine/docker/a.cpp", "#include <QString>"),
            ("no widgets in services", "engine/service/a.cpp", "#include <QWidget>"),
            ("no GUI library in the helper", "app/helper/a.cpp", "#include <QtWidgets/QLabel>"),
            ("no JSON library in headers", "engine/docker/a.h", "#include <nlohmann/json.hpp>"),
            ("no curl outside http", "engine/docker/a.cpp", "  #  include <curl/curl.h>"),
        ]:
            with self.subTest(reason):
                result = self.run_check(path, line)
                self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
                self.assertIn(f"{path}:2: ", result.stdout)

    def test_refuses_folders_without_a_rule(self):
        result = self.run_check("engine/newcomer/a.cpp", "#include <vector>")
        self.assertEqual(result.returncode, 1)
        self.assertIn("engine/newcomer has no row", result.stdout)

    def test_accepts(self):
        for reason, path, line in [
            ("its own folder", "engine/http/a.cpp", '#include "engine/http/client.h"'),
            ("downwards", "engine/docker/a.cpp", '#include "engine/http/client.h"'),
            ("value types in pages", "ui/pages/containers/a.cpp", '#include "engine/docker/types.h"'),
            ("a page is a page of the shell", "ui/pages/containers/a.h", '#include "ui/shell/page.h"'),
            ("services in models", "ui/models/a.h", '#include "engine/service/engine_session.h"'),
            ("the contract in the helper", "app/helper/a.cpp", '#include "engine/privilege/contract/actions.h"'),
            ("a test includes what it tests", "tests/app/launcher/a.cpp", '#include "app/launcher/run.h"'),
            ("JSON in sources", "engine/docker/a.cpp", "#include <nlohmann/json.hpp>"),
            ("generated moc files", "tests/ui/shell/a.cpp", '#include "a.moc"'),
            ("text in a comment", "engine/base/a.cpp", '// #include "app/desktop/main.h"'),
            ("the standard library", "engine/base/a.cpp", "#include <vector>"),
        ]:
            with self.subTest(reason):
                result = self.run_check(path, line)
                self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main()
