// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/ignore_file.h"

#include "engine/build/path.h"

#include <algorithm>

namespace roadstead::build {

namespace {

constexpr std::size_t longestLine = 64UL * 1024;

std::string patternOf(std::string_view line)
{
    const bool inverts = line.starts_with('!');
    if (inverts) {
        line = trimSpace(line.substr(1));
    }
    std::string pattern(inverts ? "!" : "");
    if (!line.empty()) {
        const std::string clean = cleanPath(line);
        pattern.append(clean, clean.size() > 1 && clean.front() == '/' ? 1 : 0);
    }
    return pattern;
}

} // namespace

Result<std::vector<std::string>> parseIgnoreFile(std::string_view text)
{
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    std::vector<std::string> patterns;
    bool isFirst = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.size() >= longestLine) {
            return failure(ErrorKind::InvalidArgument, "dockerignore.read",
                           "a line of .dockerignore is longer than 64 KiB");
        }
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (isFirst && line.starts_with(byteOrderMark)) {
            line.remove_prefix(byteOrderMark.size());
        }
        isFirst = false;
        if (line.starts_with('#')) {
            continue;
        }
        line = trimSpace(line);
        if (!line.empty()) {
            patterns.push_back(patternOf(line));
        }
    }
    return patterns;
}

} // namespace roadstead::build
