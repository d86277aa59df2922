# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Shared by the four entry points: words for the person at the terminal, the dependency table, and
# what kind of machine this is. Sourced, never run.

set -euo pipefail

installerDir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
projectDir=$(dirname "$installerDir")
cacheDir=${ROADSTEAD_CACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/roadstead}
export installerDir projectDir cacheDir

say() { printf 'roadstead: %s\n' "$*" >&2; }

# fail WHAT-HAPPENED-AND-WHAT-TO-DO: one clear sentence, before anything is half done.
fail() {
    printf 'roadstead: %s\n' "$*" >&2
    exit 1
}

# asRoot COMMAND...: runs it as root, through sudo when need be.
asRoot() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo --preserve-env=ROADSTEAD_CACHE_DIR,ROADSTEAD_MACHINE,ROADSTEAD_PATIENCE,ROADSTEAD_TOUR,ROADSTEAD_VECTORS_DIR,ROADSTEAD_DEBIAN_MIRROR,DISPLAY,XAUTHORITY,WAYLAND_DISPLAY,XDG_RUNTIME_DIR,DBUS_SESSION_BUS_ADDRESS,CI -- "$@"
    else
        fail "Installing packages needs root, and neither root nor sudo is here. Run this as root, or install sudo."
    fi
}

# requireRootOrSudo [WHAT]: what needs it can be done as root. A password is asked for here, once: sudo is kept awake
# for as long as this command lasts, however long the build in between.
sudoKeeper=''
requireRootOrSudo() {
    [ "$(id -u)" -ne 0 ] && [ -z "$sudoKeeper" ] || return 0
    command -v sudo >/dev/null 2>&1 \
        || fail "${1:-Installing packages} needs root, and neither root nor sudo is here. Run this as root, or install sudo."
    # Who needs no password for commands may need one for -v.
    sudo -n true 2>/dev/null || sudo -v \
        || fail "${1:-Installing packages} needs root, and sudo does not let $(id -un) become root. Run this as root, or as somebody who may use sudo."
    while sleep 50 && kill -0 $$ 2>/dev/null; do sudo -n true; done </dev/null >/dev/null 2>&1 &
    sudoKeeper=$!
}

# requireDisk FOLDER MEBIBYTES [FOLDER MEBIBYTES]...: what is needed on the same disk is added up.
requireDisk() {
    local folder free need
    while [ $# -gt 0 ]; do
        folder=$1
        while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
        df -Pm "$folder" | awk -v need="$2" -v folder="$folder" 'NR==2 {print $6 "\t" $4 "\t" need "\t" folder}'
        shift 2
    done | awk -F'\t' -v OFS='\t' '
        !($1 in need) { free[$1] = $2; folder[$1] = $4 }
        { need[$1] += $3 }
        END { for (disk in need) print free[disk], need[disk], folder[disk] }' \
    | while IFS=$'\t' read -r free need folder; do
        [ "$free" -ge "$need" ] \
            || fail "The disk of $folder has $free MiB free and $need MiB are needed. Free some space and run this again."
    done
}

# sizeOf FOLDER: in mebibytes; 0 when it is not there.
sizeOf() {
    if [ -d "$1" ]; then du -smx "$1" 2>/dev/null | cut -f1; else echo 0; fi
}

# packageRows COLUMN GROUP...: what the dependency table has for these groups, one a line; "a|b" are alternatives.
packageRows() {
    local column=$1
    shift
    awk -F'\t' -v column="$column" -v groups=" $* " '
        /^#/ { next }
        index(groups, " " $1 " ") && $column != "-" { print $column }
    ' "$installerDir/dependencies.tsv" | sort -u
}

# packageNames COLUMN GROUP...: the same, of alternatives the first.
packageNames() { packageRows "$@" | sed 's/|.*//'; }

# Prints how Roadstead's dependencies are had here: debian, fedora, arch, or root (a Debian 13 folder). Only
# distributions that are known to have all of them by these names are taken at their word; their kin get the root.
distributionKind() {
    [ -z "${ROADSTEAD_IN_ROOT:-}" ] || { echo debian; return; }
    local ID='' VERSION_ID=''
    # shellcheck disable=SC1090
    . "${ROADSTEAD_OS_RELEASE:-/etc/os-release}" 2>/dev/null || true
    case $ID in
        # Debian's testing and unstable carry no VERSION_ID and are newer than 13.
        debian) if [ -z "$VERSION_ID" ] || [ "${VERSION_ID%%.*}" -ge 13 ]; then echo debian; else echo root; fi ;;
        ubuntu) if [ "${VERSION_ID/./}" -ge 2510 ]; then echo debian; else echo root; fi ;;
        # Fedora's libcurl is new enough from 43 on; Rawhide is newer than that.
        fedora) if [ "${VERSION_ID%%.*}" -ge 43 ]; then echo fedora; else echo root; fi ;;
        arch) echo arch ;;
        *) echo root ;;
    esac
}
