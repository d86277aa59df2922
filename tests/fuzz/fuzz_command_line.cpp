// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/docker/command.h"

#include <string>
#include <vector>

using namespace roadstead::docker;

namespace {

/// A POSIX shell's reading of words (XCU 2.2), refusing every character that would be special.
std::vector<std::string> shellWords(std::string_view line)
{
    constexpr std::string_view special = "|&;<>()$`\"*?[]#~{}!\t\n";
    std::vector<std::string> words{""};
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '\'') {
            quoted = !quoted;
        } else if (quoted) {
            words.back().push_back(c);
        } else if (c == ' ') {
            words.emplace_back();
        } else if (c == '\\') {
            words.back().push_back(line[++i]);
        } else {
            require(special.find(c) == std::string_view::npos);
            words.back().push_back(c);
        }
    }
    require(!quoted);
    return words;
}

} // namespace

void fuzz(std::string_view input)
{
    std::vector<std::string> arguments{""};
    for (const char c : input) {
        if (c == '\0') {
            arguments.emplace_back();
        } else {
            arguments.back().push_back(c);
        }
    }
    auto words = shellWords(commandLine(arguments));
    require(words.front() == "docker");
    words.erase(words.begin());
    require(words == arguments);

    const std::string &text = arguments.front();
    const Target target{text, text};
    for (const Command &command :
         {Command(StartContainer{target}), Command(RenameContainer{target, text}),
          Command(RemoveImage{target}),
          Command(CreateContainer{.image = text, .name = text, .labels = {{text, text}}})}) {
        const ApiRequest made = request(command, ApiVersion{45});
        require(made.path.find_first_of(" ?#\r\n") == std::string::npos);
        require(!made.path.contains("//") || text.empty() || text.contains('/'));
    }
}
