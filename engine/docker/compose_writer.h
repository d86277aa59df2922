// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/create_container.h"

#include <concepts>
#include <string>
#include <utility>
#include <vector>

namespace roadstead::docker {

/// A text as YAML reads it back (YAML 1.2, 7.3).
std::string yamlQuoted(const std::string &text);
/// The same for a value, in which Compose puts variables: "$" is doubled.
std::string composeQuoted(const std::string &text);

/// Writes block style YAML, two blanks a level. What is empty is left out. Inside engine/docker
/// only.
class ComposeWriter
{
public:
    void open(const std::string &name) { openRaw(name + ":"); }
    void openItem(); ///< a list's member that is a map; its first member goes on the same line
    void close();

    void text(const char *name, const std::string &value);
    void texts(const char *name, const std::vector<std::string> &values);
    /// Also where it is empty.
    void list(const char *name, const std::vector<std::string> &values);
    void item(const std::string &value);              ///< of a list that is open
    void pairs(const char *name, const Pairs &pairs); ///< as "name=value"
    void map(const char *name, const Pairs &pairs);
    void flag(const char *name, bool isSet)
    {
        if (isSet) {
            raw(name, "true");
        }
    }
    template<std::integral Number>
    void number(const char *name, Number value, Number usual = 0)
    {
        if (value != usual) {
            raw(name, std::to_string(value));
        }
    }
    /// A value that is YAML already.
    void raw(const std::string &name, const std::string &value) { line(name + ": " + value); }
    [[nodiscard]] std::string take() && { return std::move(m_text); }

private:
    void openRaw(const std::string &words);
    void line(const std::string &words);

    std::string m_text;
    std::size_t m_depth = 0;
    bool m_beginsItem = false;
};

} // namespace roadstead::docker
