# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What ctest keeps to itself: why a test did not run. Sourced.

# skipReason LOG TEST: the reason that a skipped test printed, from ctest's log.
skipReason() {
    awk -v test="$2" '
        /^[0-9]+\/[0-9]+ Test: / { current = $0; sub(/^[^:]*: /, "", current) }
        current == test && /^SKIP *: / { sub(/^SKIP *: */, ""); print; found = 1; exit }
        END { if (!found) print "it does not say why" }' "$1" 2>/dev/null || echo "there is no log of it"
}

# explainSkips LOG [MAY-SKIP...]: passes on what ctest says on stdin; before its summary stands why each test that did
# not run did not. On build machines ($CI) a test that is not among MAY-SKIP has to run: the status is 1 otherwise.
explainSkips() {
    local log=$1 line test may summary='' skipped=() status=0
    shift
    while IFS= read -r line || [ -n "$line" ]; do
        if [[ $line =~ ^[0-9]+%\ tests\ passed ]] || [ -n "$summary" ]; then
            summary+=$line$'\n'
            continue
        fi
        printf '%s\n' "$line"
        if [[ $line =~ Test\ +#[0-9]+:\ ([^ ]+)\ .*\*\*\*Skipped ]]; then skipped+=("${BASH_REMATCH[1]}"); fi
    done
    for test in ${skipped[@]+"${skipped[@]}"}; do
        may=no
        case " $* " in *" $test "*) may=yes ;; esac
        if [ -n "${CI:-}" ] && [ "$may" = no ]; then
            echo "FAIL: $test was skipped, which a build machine does not allow: $(skipReason "$log" "$test")"
            status=1
        else
            echo "SKIP: $test: $(skipReason "$log" "$test")"
        fi
    done
    printf '%s' "$summary"
    return "$status"
}
