# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# The project's own files, for the checks of this folder. Sourced.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# projectFiles PATTERN...: what git knows or would add, one a line; in a source archive, what is there.
projectFiles() {
    local pattern
    if git -c safe.directory='*' rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git -c safe.directory='*' ls-files --cached --others --exclude-standard -- "$@" | sort -u
    else
        for pattern in "$@"; do find . -path ./build -prune -o -type f -name "$pattern" -print; done | sed 's|^\./||' | sort -u
    fi | while read -r file; do [ ! -f "$file" ] || printf '%s\n' "$file"; done
}

# requireTool NAME...: prints the first of these commands that is here.
requireTool() {
    local name
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    echo "$1 is not installed; ./installer/test installs what the checks need." >&2
    return 1
}
