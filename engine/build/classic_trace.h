// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/build_trace.h"
#include "engine/build/dockerfile.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::build {

/// Follows a build by what the classic builder prints (Docker's "Step 2/5 : RUN make", Podman's
/// "[1/2] STEP 2/3: RUN make"), and makes of it the steps that BuildKit would tell, so that both
/// are shown alike. Instructions that make no layer are no steps. Not thread-safe.
class ClassicTrace
{
public:
    using OutputReceiver = BuildTrace::OutputReceiver;
    using Now = std::function<Timestamp()>;

    /// `dockerfile` is the one that is built, without stages where it is not known: then each
    /// instruction is a step without a place. `now`: when it is.
    ClassicTrace(Dockerfile dockerfile, OutputReceiver receive, Now now);
    ClassicTrace(const ClassicTrace &) = delete;
    ClassicTrace &operator=(const ClassicTrace &) = delete;

    /// Text that the builder prints, in any pieces.
    void print(std::string_view text);
    /// How far a layer of a base image is.
    void progress(std::string_view id, std::string_view status, std::int64_t current,
                  std::int64_t total);
    /// The end. `message`: why it failed; the instruction that was under way is to blame.
    void fail(std::string_view message, bool isCancelled);
    void succeed();

    [[nodiscard]] const std::vector<BuildStep> &steps() const { return m_steps; }
    [[nodiscard]] const std::optional<BuildFailure> &failure() const { return m_failure; }
    [[nodiscard]] std::optional<std::size_t> failedStep() const { return m_failedStep; }
    /// Of the image that the builder said it made; may be short. Empty before that.
    [[nodiscard]] const std::string &imageId() const { return m_imageId; }

private:
    /// An instruction in the order of the file.
    struct Place
    {
        std::optional<std::size_t> stage; ///< none: ARG before the first FROM
        const Instruction *instruction = nullptr;
    };

    void takeLine(std::string_view line, bool hasEnd);
    bool takeStep(std::string_view line);
    bool takeNoise(std::string_view line);
    void begin(const Place &place, std::string_view words);
    void push(std::string_view words, const StepPlace &place);
    void endStep(StepState state, std::string_view error = {});
    [[nodiscard]] std::optional<Place> placeOf(int stage, int number) const;

    const Dockerfile m_dockerfile;
    OutputReceiver m_receive;
    Now m_now;
    std::vector<Place> m_places; ///< of Docker's numbers, which count the whole file
    std::vector<BuildStep> m_steps;
    std::optional<std::size_t> m_current; ///< the step under way
    const Instruction *m_instruction = nullptr;
    bool m_isCached = false;
    bool m_isMidLine = false;
    std::string m_held; ///< the begin of a line that may become one of the builder's own
    int m_lastNumber = 0;
    int m_lastStage = 0;
    std::optional<BuildFailure> m_failure;
    std::optional<std::size_t> m_failedStep;
    std::string m_imageId;
};

} // namespace roadstead::build
