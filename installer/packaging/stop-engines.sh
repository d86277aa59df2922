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

# Takes the docker command's context "roadstead" from everyone who has had an engine, as that person and not as root,
# where it leads to their engine of ours. Who had chosen it gets docker's default again.
remove_contexts() {
    for folder in /var/lib/roadstead/[0-9]*; do
        user=${folder##*/}
        entry=$(getent passwd "$user") || continue
        name=$(printf '%s' "$entry" | cut -d: -f1)
        home=$(printf '%s' "$entry" | cut -d: -f6)
        # shellcheck disable=SC2016 # expanded by the inner shell
        timeout 20 runuser -u "$name" -- env -i PATH=/usr/bin:/bin HOME="$home" sh -c '
            meta=$HOME/.docker/contexts/meta/047e648891f41ada5a9975405a50080b5de789e8d7650d0b9c59f3d9a8d3a70a
            grep -qF "\"Host\":\"unix:///run/roadstead/$1/engine.sock\"" "$meta/meta.json" || exit 0
            [ "$(docker context show)" != roadstead ] || docker context use default
            rm -f "$meta/meta.json" && rmdir "$meta"
        ' sh "$user" >/dev/null 2>&1 </dev/null || true
    done
}
