// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/state_file.h"

#include "app/launcher/files.h"

#include <algorithm>
#include <array>
#include <format>

namespace roadstead::launcher {

namespace {

/// Letters, digits and . _ : / - only, at most 64 of them: values can come from dockerd's messages.
std::string harmless(std::string_view value)
{
    std::string result;
    for (const char letter : value.substr(0, 64)) {
        const bool isPlain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                             (letter >= '0' && letter <= '9') ||
                             std::string_view("._:/-").contains(letter);
        result += isPlain ? letter : '_';
    }
    return result;
}

} // namespace

std::string EngineState::serialize() const
{
    static constexpr std::array names{"starting", "running", "stopping", "failed"};
    std::string text = std::format("state={}\nsince={}\nrestarts={}\n",
                                   names.at(static_cast<std::size_t>(phase)), since, restarts);
    const auto add = [&text](const char *key, const std::string &value) {
        if (!value.empty()) {
            text += std::format("{}={}\n", key, harmless(value));
        }
    };
    add("exit", exit);
    add("cause", cause);
    add("subject", subject);
    add("note", note);
    add("options", options);
    return text;
}

Result<void> writeState(const std::string &path, const EngineState &state)
{
    return replaceFile(path, state.serialize(), 0644);
}

} // namespace roadstead::launcher
