// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/build_trace.h"

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {

/// One line that a step of a build printed.
struct BuildLine
{
    std::optional<Timestamp> when{};
    int stream = 1;     ///< 2 = standard error
    std::string text{}; ///< as it came (hostile), without its end
    bool operator==(const BuildLine &) const = default;
};

/// What the steps of a build print, line by line. Of a line that was drawn over (carriage return)
/// the last state is kept. Thread-safe.
class BuildLines
{
public:
    static constexpr std::size_t bytesCap = std::size_t(4) << 20U; ///< for each step; then no more

    void append(const build::BuildOutput &output);
    [[nodiscard]] std::size_t count(std::size_t step) const;
    /// At most `count` lines from the one numbered `from`.
    [[nodiscard]] std::vector<BuildLine> lines(std::size_t step, std::size_t from,
                                               std::size_t count) const;
    /// Whether lines were left away, since a step printed too much.
    [[nodiscard]] bool isClipped(std::size_t step) const;

private:
    struct StepLines
    {
        std::vector<BuildLine> lines;
        std::size_t bytes = 0;
        bool isOpen = false; ///< the last line has no end yet
        bool isClipped = false;
    };
    void appendTo(StepLines &step, const build::BuildOutput &output, std::string_view text);

    mutable std::mutex m_mutex;
    std::vector<StepLines> m_steps;
};

} // namespace roadstead::service
