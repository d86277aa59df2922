// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::build {

/// One instruction of a Dockerfile. Lines count from 1.
struct Instruction
{
    std::string keyword{}; ///< in capitals: "RUN"
    std::string text{};    ///< what follows it, continued lines joined; without a here-document
    int firstLine = 0;
    int lastLine = 0; ///< the end of its here-documents
    bool operator==(const Instruction &) const = default;
};

/// What one FROM begins.
struct Stage
{
    std::string name{};   ///< in small letters, as the builder says it: "build", or "stage-2"
    std::string base{};   ///< an image or an earlier stage, as written; arguments not filled in
    bool isNamed = false; ///< by AS
    std::vector<Instruction> instructions{}; ///< FROM is the first
    bool operator==(const Stage &) const = default;
};

/// A Dockerfile as far as a picture of it needs it (Dockerfile reference of BuildKit): the builder
/// alone decides what is an error.
struct Dockerfile
{
    std::string syntax{};                 ///< of the directive "# syntax=…"
    char escape = '\\';                   ///< or '`', by the directive "# escape=`"
    std::vector<Instruction> arguments{}; ///< ARG before the first FROM
    std::vector<Stage> stages{};

    /// The stage that a FROM, COPY --from or --target names; none when it is something else.
    [[nodiscard]] std::optional<std::size_t> stageNamed(std::string_view name) const;
    bool operator==(const Dockerfile &) const = default;
};

/// Reads any text; what is not understood is left out. Takes time in proportion to the text.
Dockerfile readDockerfile(std::string_view text);

/// Whether the builder shows a step for `instruction`: others only change the image's settings.
/// `dockerfile` tells FROM an image from FROM an earlier stage.
bool makesStep(const Dockerfile &dockerfile, const Instruction &instruction);

} // namespace roadstead::build
