// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/discovery.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::context {

namespace {

class ThisSystem final : public SystemView
{
public:
    [[nodiscard]] std::optional<std::string> variable(const char *name) const override
    {
        const char *value = ::getenv(name);
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    }

    [[nodiscard]] std::string home() const override
    {
        if (std::string named = variable("HOME").value_or(std::string()); !named.empty()) {
            return named;
        }
        std::string buffer(16UL * 1024, '\0');
        passwd entry{};
        passwd *found = nullptr;
        ::getpwuid_r(userId(), &entry, buffer.data(), buffer.size(), &found);
        return found == nullptr ? std::string() : std::string(found->pw_dir);
    }

    [[nodiscard]] uid_t userId() const override { return ::geteuid(); }

    [[nodiscard]] PathFacts look(const std::string &path) const override
    {
        PathFacts facts;
        struct stat status{};
        if (::stat(path.c_str(), &status) != 0) {
            facts.type = errno == EACCES ? PathFacts::Type::Unknown : PathFacts::Type::Missing;
            return facts;
        }
        facts.type = S_ISSOCK(status.st_mode)  ? PathFacts::Type::Socket
                     : S_ISDIR(status.st_mode) ? PathFacts::Type::Folder
                                               : PathFacts::Type::Other;
        facts.owner = status.st_uid;
        facts.mayOpen = ::access(path.c_str(), W_OK) == 0;
        const std::unique_ptr<char, void (*)(void *)> real(::realpath(path.c_str(), nullptr),
                                                           std::free);
        facts.realPath = real ? std::string(real.get()) : path;
        return facts;
    }

    [[nodiscard]] std::vector<std::string> list(const std::string &folder) const override
    {
        constexpr std::size_t most = 100;
        std::vector<std::string> names;
        std::error_code code;
        std::filesystem::directory_iterator at(folder, code);
        while (!code && at != std::filesystem::directory_iterator() && names.size() < most) {
            names.push_back(at->path().filename().string());
            at.increment(code);
        }
        std::ranges::sort(names);
        return names;
    }
};

} // namespace

const SystemView &thisSystem()
{
    static const ThisSystem system;
    return system;
}

} // namespace roadstead::context
