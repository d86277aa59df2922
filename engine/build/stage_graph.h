// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/build_trace.h"
#include "engine/build/dockerfile.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace roadstead::build {

/// How a stage stands among the others.
struct StagePlace
{
    std::vector<std::size_t> inputs{}; ///< stages that it is made from, each once, in order
    int depth = 0;                     ///< 0 = made from no other; else one more than its deepest
    bool isNeeded = false;             ///< for the target; the builder leaves out the others
    bool operator==(const StagePlace &) const = default;
};

/// One place for each stage of `dockerfile`: FROM, COPY --from and RUN --mount=from lead to earlier
/// stages. `target` names the stage that is wanted; empty or unknown = the last.
std::vector<StagePlace> stageGraph(const Dockerfile &dockerfile, std::string_view target = {});

/// Where an instruction stands in a Dockerfile.
struct InstructionPlace
{
    std::size_t stage = 0;
    std::size_t instruction = 0; ///< within the stage
    bool operator==(const InstructionPlace &) const = default;
};

/// The instruction that a step carries out. None for a step without a place ("exporting to image"),
/// one that an ONBUILD of the base image added, and when the Dockerfile is not the one that was
/// built.
std::optional<InstructionPlace> instructionOf(const Dockerfile &dockerfile, const BuildStep &step);

} // namespace roadstead::build
