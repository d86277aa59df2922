#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""include_direction.py [PROJECT-FOLDER]: checks every #include against the dependency direction.

app -> ui -> engine/service, engine/privilege/client -> ... -> engine/docker -> engine/http -> engine/base.
The table below is the whole rule. Prints each violation as FILE:LINE: sentence; exit status 1 if there is one.
"""
import functools
import glob
import os
import re
import sys

# Folders of ui that may be included by those to their right. Pages do not know each other.
UI_ORDER = ["ui/theme", "ui/text", "ui/widgets", "ui/models", "ui/dialogs", "ui/trust", "ui/shell", "ui/wizards",
            "ui/pages"]

# What ui may use of the engine: value types and services, never the transport.
UI_ENGINE = [
    "engine/base", "engine/reference", "engine/docker", "engine/context", "engine/registry", "engine/build",
    "engine/archive", "engine/layers", "engine/store", "engine/service", "engine/embedded",
    "engine/privilege/client", "engine/privilege/contract",
]

# folder: (project folders it may include besides itself, libraries it may include besides the C++ and C ones)
RULES = {
    "engine/base": ([], []),
    "engine/reference": (["engine/base"], []),
    "engine/http": (["engine/base"], ["curl"]),
    "engine/docker": (["engine/base", "engine/reference", "engine/http"], ["nlohmann"]),
    "engine/store": (["engine/base"], ["pcre2"]),
    "engine/store/history": (["engine/base"], ["QtCore", "QtSql"]),
    "engine/service": (
        ["engine/base", "engine/http", "engine/docker", "engine/context", "engine/registry", "engine/archive",
         "engine/layers", "engine/store", "engine/build", "engine/json"],
        ["QtCore", "QtNetwork"]),
    "engine/service/trust": (
        ["engine/base", "engine/docker", "engine/reference", "engine/registry", "engine/service"], ["QtCore"]),
    "engine/json": (["engine/base"], ["nlohmann"]),
    "engine/context": (["engine/base", "engine/json"], []),
    "engine/registry": (["engine/base", "engine/json"], []),
    "engine/registry/api": (
        ["engine/base", "engine/json", "engine/reference", "engine/http", "engine/registry"], []),
    "engine/registry/trust": (["engine/base", "engine/json", "engine/reference", "engine/registry"], []),
    "engine/build": (["engine/base", "engine/reference", "engine/json", "engine/archive"], []),
    "engine/archive": (["engine/base", "engine/json"], ["libarchive"]),
    "engine/layers": (["engine/base", "engine/archive"], []),
    "engine/embedded": (
        ["engine/base", "engine/context", "engine/privilege", "engine/service/operation.h"], ["QtCore", "QtNetwork"]),
    "engine/privilege/contract": (["engine/base"], ["QtCore", "openssl"]),
    "engine/privilege/client": (
        ["engine/base", "engine/privilege/contract", "engine/service"], ["QtCore", "QtGui", "QtDBus", "KF"]),
    "ui": (UI_ENGINE, ["QtCore", "QtGui", "QtWidgets", "QtSvg", "QtDBus", "KF"]),
    "app/desktop": (
        ["engine", "ui"], ["QtCore", "QtGui", "QtWidgets", "QtSvg", "QtDBus", "QtNetwork", "QtSql", "KF"]),
    "app/askpass": (
        ["ui/theme", "ui/text", "ui/widgets", "app/desktop/translations.h"], ["QtCore", "QtGui", "QtWidgets"]),
    "app/helper": (["engine/base", "engine/privilege/contract"], ["QtCore", "QtDBus", "KF"]),
    "app/launcher": (["engine/base", "engine/privilege/contract"], []),
    "app/caller": (["engine/base"], []),
    "app/port": (["engine/base", "app/caller"], []),
    "app/runtime": (["engine/base", "app/caller"], ["nlohmann"]),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
# The contract of administrator actions is tested on both sides, the root helper's among them.
TESTS_OF_PROGRAMS = ("tests/app/", "tests/fuzz/", "tests/engine/privilege/")
OWN = ("app/", "engine/", "ui/", "tests/", "resources/", "installer/")


def within(path, folder):
    return path == folder or path.startswith(folder + "/")


@functools.lru_cache(maxsize=None)
def qt_folder():
    found = glob.glob("/usr/include/*/qt6/QtCore") + glob.glob("/usr/include/qt6/QtCore")
    return os.path.dirname(found[0]) if found else ""


@functools.lru_cache(maxsize=None)
def library_of(header):
    """The library that a <header> belongs to: a Qt module, curl, nlohmann, openssl, KF …, or "" for the system's own."""
    first = header.split("/")[0]
    if header in ("archive.h", "archive_entry.h"):
        return "libarchive"
    if header == "pcre2.h":
        return "pcre2"
    if first in ("curl", "nlohmann", "openssl"):
        return first
    if first.startswith("Qt") and "/" in header:
        return first
    if re.match(r"^[Qq][A-Za-z]", header):
        modules = glob.glob(os.path.join(qt_folder(), "Qt*", header)) if qt_folder() else []
        if modules:
            return os.path.basename(os.path.dirname(modules[0]))
    if re.match(r"^K[A-Z][A-Za-z]+$", first) or first.startswith("k") and header.endswith(".h") and "/" not in header:
        return "KF"
    return ""


def folder_of(path):
    """The rule that holds for a file: the longest folder of the table that contains it."""
    matches = [folder for folder in RULES if within(path, folder)]
    return max(matches, key=len) if matches else None


def check_ui_order(path, included):
    """The order inside ui, and that no page includes another."""
    own = next((folder for folder in UI_ORDER if within(path, folder)), None)
    other = next((folder for folder in UI_ORDER if within(included, folder)), None)
    if own is None or other is None:
        return None
    if UI_ORDER.index(other) > UI_ORDER.index(own):
        return f"{own} may not include {other}, which stands above it"
    if own == other == "ui/pages" and path.split("/")[2] != included.split("/")[2] and included.count("/") > 2:
        return "a page may not include another page"
    return None


def check_project_include(path, included):
    rule = folder_of(path)
    if rule is None:
        # Tests may include what they test; only tests of a program may include its parts.
        if within(included, "app") and not path.startswith(TESTS_OF_PROGRAMS):
            return "nothing includes app"
        return None
    if within(included, "tests"):
        return "the product may not include tests"
    if within(included, rule):
        return check_ui_order(path, included)
    allowed = RULES[rule][0]
    if not any(within(included, folder) for folder in allowed):
        return f"{rule} may not include {os.path.dirname(included)}"
    return None


def check_library_include(path, header):
    library = library_of(header)
    if library == "nlohmann" and path.endswith(".h") and not header.endswith("json_fwd.hpp"):
        return "nlohmann/json.hpp is slow to compile and stays out of headers"
    rule = folder_of(path)
    if rule is None or not library:
        return None
    if library not in RULES[rule][1]:
        return f"{rule} may not use {library} (<{header}>)"
    return None


def check_line(path, line):
    match = INCLUDE.match(line)
    if not match:
        return None
    kind, included = match.groups()
    if kind == "<":
        return check_library_include(path, included)
    if included.startswith(OWN):
        return check_project_include(path, included)
    if included.endswith(".moc"):
        return None
    return f'"{included}" must be written from the project folder'


def source_files(project):
    for top in ("app", "engine", "ui", "tests", "resources"):
        for folder, folders, files in os.walk(os.path.join(project, top)):
            folders[:] = sorted(name for name in folders if name not in ("build", "__pycache__"))
            for name in sorted(files):
                if name.endswith((".h", ".cpp", ".c", ".hpp", ".cc")):
                    yield os.path.relpath(os.path.join(folder, name), project)


def violations(project):
    for path in source_files(project):
        if folder_of(path) is None and path.startswith(("app/", "engine/", "ui/")):
            yield f"{path}:1: {os.path.dirname(path)} has no row in the table of {os.path.basename(__file__)}"
        with open(os.path.join(project, path), encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, 1):
                sentence = check_line(path, line)
                if sentence:
                    yield f"{path}:{number}: {sentence}"


def main():
    project = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..", "..")
    found = list(violations(os.path.abspath(project)))
    print("\n".join(found) if found else "Every include follows the dependency direction.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
