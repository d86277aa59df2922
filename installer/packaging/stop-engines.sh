# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# Stops every engine of Roadstead's on this system, whoever hosts it, and takes away its network and mounts. What the
# engines keep (images, containers, volumes) stays where it is.
stop_engines() {
    launcher=@launcher@
    if [ -d /run/systemd/system ]; then
        systemctl stop 'roadstead-engine@*.service' || true
    fi
    for file in /run/roadstead-engine/*/launcher.pid; do
        [ -f "$file" ] || continue
        pid=$(cat "$file")
        case $(readlink "/proc/$pid/exe" 2>/dev/null) in "$launcher"*) ;; *) continue ;; esac
        kill -TERM "$pid" 2>/dev/null || continue
        waited=0
        while kill -0 "$pid" 2>/dev/null && [ "$waited" -lt 30 ]; do
            sleep 1
            waited=$((waited + 1))
        done
    done
    for folder in /run/roadstead-engine/[0-9]*; do
        [ -d "$folder" ] || continue
        "$launcher" cleanup "${folder##*/}" || true
    done
}
