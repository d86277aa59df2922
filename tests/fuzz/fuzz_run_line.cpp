// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/docker/api_version.h"
#include "engine/docker/command.h"
#include "engine/docker/run_line.h"

#include <string>

using namespace roadstead;
using namespace roadstead::docker;

namespace {

RunLineContext context()
{
    RunLineContext context;
    context.currentFolder = "/home/user";
    context.apiSocket = "/run/engine.sock";
    context.engineSystem = "windows";
    context.readFile = [](const std::string &path) -> Result<std::string> {
        if (path.starts_with("no")) {
            return failure(ErrorKind::Io, "file.read", path);
        }
        return path;
    };
    return context;
}

void requirePlace(const LineProblem &problem, std::size_t size)
{
    require(problem.begin <= problem.end && problem.end <= size);
}

} // namespace

void fuzz(std::string_view input)
{
    if (const auto words = shellWords(input)) {
        require(words->size() <= 4096);
        for (const ShellWord &word : *words) {
            require(word.begin < word.end && word.end <= input.size());
        }
    } else {
        requirePlace(words.error(), input.size());
    }
    for (const std::string &line : {std::string(input), "docker run " + std::string(input)}) {
        const auto read = parseRunLine(line, context());
        if (!read) {
            requirePlace(read.error(), line.size());
            continue;
        }
        require(!read->create.image.empty());
        const ApiRequest made = request(read->create, ApiVersion{50});
        require(!made.body.empty() && made.path == "/containers/create");
        // What is shown for it is taken, and means the same to an engine.
        if (arguments(read->create).size() > 4000) {
            continue; // more words than are read
        }
        const auto again = parseRunLine(commandLine(arguments(read->create)), context());
        require(again.has_value());
        if (read->create.networks.size() < 2) {
            require(request(again->create, ApiVersion{50}).body == made.body);
        }
    }
}
