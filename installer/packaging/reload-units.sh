# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# systemd learns of units that came or went; a system without it has nothing to learn.
reload_units() {
    if [ -d /run/systemd/system ]; then
        systemctl daemon-reload || true
    fi
}
