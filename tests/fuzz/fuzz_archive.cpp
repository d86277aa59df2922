// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/archive/entry_path.h"
#include "engine/archive/extraction.h"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include <sys/stat.h>

using namespace roadstead;
using namespace roadstead::archive;

namespace {

namespace fs = std::filesystem;

/// A folder of this process, beside one that nothing may reach.
const std::string &place()
{
    static const std::string folder = [] {
        std::string made = "/tmp/roadstead-fuzz-XXXXXX";
        require(::mkdtemp(made.data()) != nullptr);
        static const std::string name = made;
        std::atexit([] {
            std::error_code ignored;
            fs::remove_all(name, ignored);
        });
        return made;
    }();
    return folder;
}

void checkMade(const std::string &folder)
{
    std::error_code code;
    for (auto at = fs::recursive_directory_iterator(folder, code);
         !code && at != fs::recursive_directory_iterator(); at.increment(code)) {
        struct stat status{};
        if (::lstat(at->path().c_str(), &status) == 0) {
            require((status.st_mode & (S_ISUID | S_ISGID)) == 0);
            require(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) || S_ISLNK(status.st_mode));
        }
    }
}

} // namespace

void fuzz(std::string_view input)
{
    const std::string folder = place() + "/dest";
    fs::create_directory(folder);
    ExtractRules rules;
    rules.limits = {.mostEntries = 100, .mostBytes = 1U << 20};
    const auto report = extract(sourceOf(input), folder, rules);
    require(report || !report.error().detail.empty());
    checkMade(folder);
    std::error_code code;
    std::size_t beside = 0;
    for (const auto &entry : fs::directory_iterator(place(), code)) {
        static_cast<void>(entry);
        ++beside;
    }
    require(beside == 1);
    fs::remove_all(folder, code);
    if (const auto path = insidePath(input)) {
        require(!path->starts_with('/') && !path->contains("//"));
        require(!("/" + *path + "/").contains("/../"));
    }
}
