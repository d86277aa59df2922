// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/build/ignore_file.h"
#include "engine/build/path.h"
#include "engine/build/pattern_matcher.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace roadstead;
using namespace roadstead::build;

/// The first line is a path, the rest a .dockerignore.
void fuzz(std::string_view input)
{
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string path = cleanPath(input.substr(0, std::min<std::size_t>(end, 256)));
    require(!path.empty() && cleanPath(path) == path);
    const auto patterns = parseIgnoreFile(input.substr(end).substr(0, 4096));
    if (!patterns) {
        return;
    }
    const auto matcher = PatternMatcher::make(*patterns);
    if (!matcher) {
        require(!matcher.error().detail.empty());
        return;
    }
    // Asked from the top down or at once: the same answer.
    const auto direct = matcher->matches(path);
    ParentMatches matches;
    Result<bool> walked = false;
    for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
        ParentMatches next;
        walked = matcher->matches(path.substr(0, slash), matches, next);
        if (!walked || slash == std::string::npos) {
            break;
        }
        matches = std::move(next);
    }
    if (direct && walked && !matcher->hasExceptions() && !path.starts_with('/')) {
        require(*direct == *walked);
    }
    static_cast<void>(matcher->matchesOneParent(path));
    static_cast<void>(matcher->mayHoldExceptions(path));
}
