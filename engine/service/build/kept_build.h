// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/build/build_trace.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::service {

class BuildLines;
struct BuildSnapshot;

/// A step of a build that is over. Texts are as they came (hostile), without secrets.
struct KeptStep
{
    std::string words{};
    build::StepPlace place{};
    build::StepState state = build::StepState::Waiting;
    std::int64_t milliseconds = -1; ///< it took; -1 = it never ran
    std::string error{};
    std::vector<std::string> lines{}; ///< it printed: the last ones
    bool isClipped = false;           ///< it printed more
    bool isInternal = false;
    bool operator==(const KeptStep &) const = default;
};

/// What is kept of a build besides its line in the history.
struct KeptBuild
{
    static constexpr int version = 1;
    static constexpr std::size_t printedCap = std::size_t(1) << 20U; ///< bytes of all lines
    static constexpr std::size_t textCap = std::size_t(8) << 20U;    ///< bytes of the whole text
    static constexpr std::size_t stepCap = 5'000;

    std::vector<KeptStep> steps{}; ///< those of a stage in its order
    std::optional<build::BuildFailure> failure{};
    std::vector<std::string> excerpt{}; ///< lines of the Dockerfile around the failure
    int excerptLine = 0;                ///< of the first of them, from 1
    bool operator==(const KeptBuild &) const = default;
};

/// What is to be kept of a build that has ended. Values in `secrets` are blotted out wherever they
/// stand. `dockerfile`: its text, may be empty.
KeptBuild keptBuildOf(const BuildSnapshot &snapshot, const BuildLines &lines,
                      std::string_view dockerfile, const std::vector<std::string> &secrets);

/// As JSON, and back. Reading fails with ErrorKind::MalformedReply, and with UnsupportedVersion for
/// what a newer version of this program wrote.
std::string textOf(const KeptBuild &build);
Result<KeptBuild> keptBuildIn(std::string_view text);

} // namespace roadstead::service
