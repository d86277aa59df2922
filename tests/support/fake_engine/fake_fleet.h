// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::test {

/// A container as the fake engine keeps it.
struct FakeContainer
{
    std::string id;
    std::string name;
    std::string image = "nginx:1.27";
    std::string command = "nginx -g 'daemon off;'";
    std::string state = "exited"; ///< as the API names it
    int exitCode = 0;
    std::int64_t created = 0;
    std::int64_t changed = 0; ///< of the state, seconds since the epoch
    int publicPort = 0;       ///< 0 = nothing published
    bool tty = false;
    std::map<std::string, std::string> labels{};
    std::string log = "ready\n";
};

/// What the fake engine holds, and its JSON. Not thread-safe.
class FakeFleet
{
public:
    /// `hostile`: names, images, commands and labels are full of what must not reach a screen.
    void fill(int containers, int running, int images, bool hostile);

    FakeContainer &add(FakeContainer container);
    /// By id, by the beginning of an id, or by name; null when there is none.
    FakeContainer *find(const std::string &reference);
    bool remove(const std::string &id);
    bool removeImage(const std::string &name);
    /// To be called after a container was changed.
    void touch() { m_list.reset(); }

    /// GET /containers/json. Rendered once until something changes.
    const std::string &list();
    std::string list(bool all, int limit, const std::vector<std::string> &ids);
    std::string images() const;
    static std::string details(const FakeContainer &container);
    std::string info(const std::string &version) const;
    [[nodiscard]] const std::vector<FakeContainer> &containers() const { return m_containers; }
    [[nodiscard]] std::vector<FakeContainer> &containers() { return m_containers; }

    /// 64 hexadecimal digits that are always the same for the same number.
    static std::string idOf(std::uint64_t number);

private:
    std::vector<FakeContainer> m_containers;
    std::vector<std::string> m_imageTags;
    std::optional<std::string> m_list;
};

} // namespace roadstead::test
