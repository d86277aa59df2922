# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# How the two scripts in the virtual machine report, and wait for each other. Sourced.

failures=0

# check SENTENCE COMMAND...: COMMAND succeeds, or the sentence is false and what it printed is shown.
check() {
    local sentence=$1 seen
    shift
    if seen=$("$@" 2>&1); then
        printf 'PASS %6s s  %s\n' "$(cut -d' ' -f1 /proc/uptime)" "$sentence"
    else
        printf 'FAIL %6s s  %s\n%s\n' "$(cut -d' ' -f1 /proc/uptime)" "$sentence" "$seen"
        failures=$((failures + 1))
    fi
}

# equal WANTED SEEN
equal() {
    [ "$1" = "$2" ] || { printf 'wanted: %s\nseen:   %s\n' "$1" "$2"; return 1; }
}

# Turns are taken through two named pipes: who has said a word waits for the other's.
say() { echo "$2" >"/srv/test/$1"; }
await() { # PIPE WORD SECONDS
    local word=''
    read -rt "$3" word <>"/srv/test/$1" || true
    [ "$word" = "$2" ] || { echo "wanted the word $2 from $1 within $3 s, got: ${word:-nothing}"; return 1; }
}
