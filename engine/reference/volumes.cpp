// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/volumes.h"

#include <algorithm>
#include <array>

namespace roadstead::reference {

namespace {

constexpr std::array<std::string_view, 6> propagations{"rprivate", "private", "rshared",
                                                       "shared",   "rslave",  "slave"};

/// Parts between colons; the colon after a single letter is that of a drive.
std::vector<std::string_view> specParts(std::string_view text)
{
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text[i] != ':') {
            continue;
        }
        const bool drive = i < text.size() && i == begin + 1 && isLetter(text[begin]);
        if (!drive) {
            parts.push_back(text.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    return parts;
}

bool isFilePath(std::string_view source)
{
    if (source.empty()) {
        return false;
    }
    const char first = source.front();
    if (first == '.' || first == '/' || first == '~') {
        return true;
    }
    return source.starts_with("\\\\") || (source.size() > 1 && isLetter(first) && source[1] == ':');
}

void setOption(VolumeSpec &spec, std::string_view option)
{
    if (option == "ro" || option == "rw") {
        spec.isReadOnly = option == "ro";
    } else if (option == "nocopy") {
        spec.withoutCopy = true;
    } else if (std::ranges::contains(propagations, option)) {
        spec.propagation = option;
    } else {
        spec.others.emplace_back(option);
    }
}

} // namespace

Result<VolumeSpec> parseVolume(std::string_view text)
{
    VolumeSpec spec;
    constexpr std::size_t tooShortForTwo = 2;
    if (text.empty()) {
        return refused("a volume is empty");
    }
    if (text.size() <= tooShortForTwo) {
        spec.target = text;
        return spec;
    }
    const auto parts = specParts(text);
    constexpr std::size_t mostParts = 3;
    if (parts.size() > mostParts) {
        return refused(quotedWord(text) + " has too many colons");
    }
    if (std::ranges::any_of(parts, &std::string_view::empty)) {
        return refused(quotedWord(text) + " has nothing between two colons");
    }
    spec.source = parts.size() > 1 ? parts.front() : std::string_view();
    spec.target = parts.size() > 1 ? parts[1] : parts.front();
    if (parts.size() == mostParts) {
        for (const std::string_view option : split(parts[2], ',')) {
            setOption(spec, option);
        }
    }
    spec.kind = isFilePath(spec.source) ? VolumeSpec::Kind::Bind : VolumeSpec::Kind::Volume;
    return spec;
}

std::string withAbsoluteSource(std::string_view spec, std::string_view folder)
{
    const Halves halves = cut(spec, ':');
    if (!halves.found || !spec.starts_with('.') || folder.empty()) {
        return std::string(spec);
    }
    const std::string source = std::string(folder) + "/" + std::string(halves.before);
    return cleanPath(source).append(":").append(halves.after);
}

std::string cleanPath(std::string_view path)
{
    const bool absolute = path.starts_with('/');
    std::vector<std::string> parts;
    for (const std::string_view part : split(path, '/')) {
        if (part.empty() || part == ".") {
            continue;
        }
        if (part != "..") {
            parts.emplace_back(part);
        } else if (!parts.empty() && parts.back() != "..") {
            parts.pop_back();
        } else if (!absolute) {
            parts.emplace_back(part);
        }
    }
    const std::string clean = (absolute ? "/" : "") + join(parts, "/");
    return clean.empty() ? "." : clean;
}

std::pair<std::string, std::string> parseTmpfs(std::string_view text)
{
    const Halves halves = cut(text, ':');
    return {std::string(halves.before), std::string(halves.after)};
}

} // namespace roadstead::reference
