// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/context_size.h"

#include "engine/build/context_walk.h"
#include "engine/reference/words.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>

namespace roadstead::build {

namespace {

constexpr std::size_t mostParts = 6;
constexpr std::size_t mostDockerfiles = 50;

/// Bytes of all files below `folder`; what cannot be read counts as nothing.
Result<std::uint64_t> bytesBelow(const std::string &folder, const std::atomic<bool> &cancelled)
{
    namespace fs = std::filesystem;
    std::uint64_t bytes = 0;
    std::error_code fault;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied,
                                        fault);
    while (!fault && at != fs::recursive_directory_iterator()) {
        if (cancelled) {
            return failure(ErrorKind::Cancelled, contextOperation);
        }
        std::error_code one;
        if (at->is_regular_file(one) && !at->is_symlink(one)) {
            const std::uintmax_t size = at->file_size(one);
            bytes += one ? 0 : size;
        }
        at.increment(fault);
    }
    return bytes;
}

bool isDockerfileName(std::string_view name)
{
    const std::string low = reference::lowered(name);
    if (low.ends_with(".dockerignore")) {
        return false;
    }
    return low == "dockerfile" || low == "containerfile" || low.starts_with("dockerfile.") ||
           low.starts_with("containerfile.") || low.ends_with(".dockerfile") ||
           low.ends_with(".containerfile");
}

} // namespace

Result<ContextSize> measureContext(const BuildContext &context, const std::atomic<bool> &cancelled)
{
    auto walk = ContextWalk::begin(context);
    if (!walk) {
        return std::unexpected(walk.error());
    }
    ContextSize size;
    std::map<std::string, std::uint64_t, std::less<>> parts;
    for (;;) {
        if (cancelled) {
            return failure(ErrorKind::Cancelled, contextOperation);
        }
        const auto entry = walk->next();
        if (!entry) {
            return std::unexpected(entry.error());
        }
        if (!*entry) {
            break;
        }
        if ((*entry)->type != EntryType::File) {
            continue;
        }
        const auto bytes = static_cast<std::uint64_t>((*entry)->size);
        ++size.files;
        size.bytes += bytes;
        const std::size_t slash = (*entry)->name.find('/');
        parts[(*entry)->name.substr(0, slash == std::string::npos ? slash : slash + 1)] += bytes;
    }
    for (const auto &[name, bytes] : parts) {
        size.biggest.push_back({name, bytes});
    }
    std::ranges::stable_sort(size.biggest, std::ranges::greater(), &ContextPart::bytes);
    size.biggest.resize(std::min(size.biggest.size(), mostParts));
    const auto all = bytesBelow(context.folder, cancelled);
    if (!all) {
        return std::unexpected(all.error());
    }
    size.leftOutBytes = *all > size.bytes ? *all - size.bytes : 0;
    return size;
}

std::vector<std::string> findDockerfiles(const std::string &folder)
{
    namespace fs = std::filesystem;
    std::vector<std::string> found;
    std::error_code fault;
    for (fs::directory_iterator at(folder, fault);
         !fault && at != fs::directory_iterator() && found.size() < mostDockerfiles;
         at.increment(fault)) {
        std::error_code one;
        const std::string name = at->path().filename().string();
        if (isDockerfileName(name) && at->is_regular_file(one)) {
            found.push_back(name);
        }
    }
    std::ranges::sort(found);
    std::ranges::stable_partition(found,
                                  [](const std::string &name) { return name == "Dockerfile"; });
    return found;
}

} // namespace roadstead::build
