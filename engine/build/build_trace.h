// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/rfc3339.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::json {
class Value;
}

namespace roadstead::build {

enum class StepState {
    Waiting,  ///< until what it needs is there
    Running,  ///< ends with one of the next
    Done,     ///< for good, unless the builder begins it again
    Cached,   ///< taken from the build cache
    Failed,   ///< it is the reason why the build failed
    Cancelled ///< because another one failed, or a person stopped the build
};

/// What stands in front of a step's words: "[linux/arm64 build 2/3]".
struct StepPlace
{
    std::string platform{}; ///< of a build for several
    std::string stage{};    ///< empty for the only one without a name
    int number = 0;         ///< from 1; 0 = a step that belongs to no stage
    int count = 0;
    bool operator==(const StepPlace &) const = default;
};

/// What a step says it is at: "transferring context", 12 kB of 40.
struct StepProgress
{
    std::string id{};
    std::string name{};
    std::int64_t current = 0;
    std::int64_t total = 0; ///< 0 = unknown
    bool isDone = false;
    bool operator==(const StepProgress &) const = default;
};

/// One vertex of BuildKit's graph.
struct BuildStep
{
    std::string digest{}; ///< its key
    std::string words{};  ///< without the place: "RUN npm ci"
    StepPlace place{};
    StepState state = StepState::Waiting;
    std::optional<Timestamp> started{};
    std::optional<Timestamp> completed{};
    std::vector<std::string> inputs{}; ///< digests of what it needs
    std::string error{};
    std::vector<StepProgress> progress{};
    bool isInternal = false; ///< "[internal] load .dockerignore"
    bool operator==(const BuildStep &) const = default;
};

/// What the builder advises about the Dockerfile.
struct BuildWarning
{
    std::string text{};
    std::vector<std::string> details{};
    std::string url{};
    std::string file{};
    int firstLine = 0; ///< from 1; 0 = none named
    int lastLine = 0;
    bool operator==(const BuildWarning &) const = default;
};

/// Why a build failed, as buildx says it last.
struct BuildFailure
{
    std::string message{}; ///< without "ERROR: failed to solve: "
    std::string file{};    ///< the Dockerfile; empty when no place is named
    int firstLine = 0;
    int lastLine = 0;
    bool operator==(const BuildFailure &) const = default;
};

/// A piece of what a step printed.
struct BuildOutput
{
    std::size_t step = 0; ///< index into steps()
    int stream = 1;       ///< 2 = standard error
    std::optional<Timestamp> when{};
    std::string bytes{};
};

/// Follows a build by what `docker buildx build --progress=rawjson` writes to standard error: JSON
/// objects (SolveStatus of BuildKit's client), each in one line or in several, then plain lines
/// with the reason of a failure. What is neither is kept as words. Not thread-safe.
class BuildTrace
{
public:
    using OutputReceiver = std::function<void(const BuildOutput &)>;

    static constexpr std::size_t objectCap = std::size_t(4) << 20U;  ///< bytes; longer: passed over
    static constexpr std::size_t wordsCap = std::size_t(256) << 10U; ///< bytes of words()
    static constexpr std::size_t stepCap = 20'000;
    static constexpr std::size_t warningCap = 1'000;

    explicit BuildTrace(OutputReceiver receive = {});

    /// What arrived, in any pieces.
    void feed(std::string_view bytes);
    /// Takes a last line that has no end.
    void finish();

    [[nodiscard]] const std::vector<BuildStep> &steps() const { return m_steps; }
    [[nodiscard]] const std::vector<BuildWarning> &warnings() const { return m_warnings; }
    /// Set by a line "ERROR: …".
    [[nodiscard]] const std::optional<BuildFailure> &failure() const { return m_failure; }
    /// The step that failed first, as the failure says it.
    [[nodiscard]] std::optional<std::size_t> failedStep() const;
    [[nodiscard]] const std::string &words() const { return m_words; }

private:
    void takeLine(std::string_view line);
    void takeObject(std::string_view text);
    void takeVertex(const json::Value &vertex);
    void takeStatus(const json::Value &status);
    void takeLog(const json::Value &log);
    void takeWarning(const json::Value &warning);
    void takeWords(std::string_view line);
    void takeExcerpt(std::string_view line);
    std::optional<std::size_t> stepOf(const json::Value &digest);

    OutputReceiver m_receive;
    std::string m_line;   ///< one that has no end yet
    std::string m_object; ///< lines of one that is not whole yet
    bool m_inObject = false;
    bool m_isTooLong = false;
    std::vector<BuildStep> m_steps;
    std::map<std::string, std::size_t, std::less<>> m_byDigest;
    std::vector<BuildWarning> m_warnings;
    std::optional<BuildFailure> m_failure;
    BuildFailure m_place; ///< named before the failure itself
    std::string m_words;
};

/// "[build 2/3] RUN make" in its parts; a name without a place has none.
std::pair<StepPlace, std::string> splitStepName(std::string_view name);

} // namespace roadstead::build
