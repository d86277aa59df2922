// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/classic_trace.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace roadstead::build {

namespace {

constexpr std::size_t mostClassicProgress = 2'000; ///< layers of a base image

/// A number at the front, which is taken off with what must follow it.
std::optional<int> takeNumber(std::string_view &text, std::string_view after)
{
    int number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = std::size_t(end - text.data());
    if (fault != std::errc() || number <= 0 || !text.substr(length).starts_with(after)) {
        return std::nullopt;
    }
    text.remove_prefix(length + after.size());
    return number;
}

bool takeFront(std::string_view &text, std::string_view front)
{
    if (!text.starts_with(front)) {
        return false;
    }
    text.remove_prefix(front.size());
    return true;
}

bool isHexadecimal(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

/// "line 3" in a fault that the parser found.
int lineNamedIn(std::string_view message)
{
    constexpr std::string_view mark = " line ";
    const std::size_t at = message.find(mark);
    if (at == std::string_view::npos) {
        return 0;
    }
    std::string_view rest = message.substr(at + mark.size());
    return takeNumber(rest, "").value_or(0);
}

/// Whether a line without an end may become one of the builder's own: Docker sends its end apart.
bool mayBeOwn(std::string_view line, std::string_view held)
{
    constexpr std::size_t longest = std::size_t(1) << 16U;
    const std::string_view begin = held.empty() ? line : held;
    return held.size() + line.size() < longest &&
           (begin.starts_with("Step ") || begin.starts_with("STEP ") || begin.starts_with("[") ||
            begin.starts_with(" ---> ") || begin.starts_with("--> "));
}

} // namespace

ClassicTrace::ClassicTrace(Dockerfile dockerfile, OutputReceiver receive, Now now)
    : m_dockerfile(std::move(dockerfile))
    , m_receive(std::move(receive))
    , m_now(std::move(now))
{
    for (const Instruction &argument : m_dockerfile.arguments) {
        m_places.push_back({std::nullopt, &argument});
    }
    for (std::size_t stage = 0; stage < m_dockerfile.stages.size(); ++stage) {
        for (const Instruction &instruction : m_dockerfile.stages[stage].instructions) {
            m_places.push_back({stage, &instruction});
        }
    }
}

std::optional<ClassicTrace::Place> ClassicTrace::placeOf(int stage, int number) const
{
    const auto index = std::size_t(number - 1);
    if (stage == 0) { // Docker counts the whole file, Podman a file of one stage likewise
        return index < m_places.size() ? std::optional(m_places[index]) : std::nullopt;
    }
    const auto wanted = std::size_t(stage - 1);
    if (wanted >= m_dockerfile.stages.size() ||
        index >= m_dockerfile.stages[wanted].instructions.size()) {
        return std::nullopt;
    }
    return Place{wanted, &m_dockerfile.stages[wanted].instructions[index]};
}

void ClassicTrace::print(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const bool hasEnd = end != std::string_view::npos;
        std::string_view line = text.substr(0, end);
        text.remove_prefix(hasEnd ? end + 1 : text.size());
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (!m_isMidLine && !hasEnd && mayBeOwn(line, m_held)) {
            m_held.append(line);
            continue;
        }
        if (m_held.empty()) {
            takeLine(line, hasEnd);
        } else {
            m_held.append(line);
            takeLine(std::exchange(m_held, {}), hasEnd);
        }
        m_isMidLine = !hasEnd;
    }
}

void ClassicTrace::takeLine(std::string_view line, bool hasEnd)
{
    if (!m_isMidLine && hasEnd && (takeStep(line) || takeNoise(line))) {
        return;
    }
    if (m_current && m_receive) {
        m_receive({.step = *m_current,
                   .stream = 1,
                   .when = m_now(),
                   .bytes = std::string(line) + (hasEnd ? "\n" : "")});
    }
}

bool ClassicTrace::takeStep(std::string_view line)
{
    int stage = 0;
    if (takeFront(line, "[")) {
        const auto number = takeNumber(line, "/");
        const auto count = number ? takeNumber(line, "] ") : std::nullopt;
        if (!count) {
            return false;
        }
        stage = *number;
    }
    const bool isDocker = takeFront(line, "Step ");
    if (!isDocker && !takeFront(line, "STEP ")) {
        return false;
    }
    const auto number = takeNumber(line, "/");
    const auto count = number ? takeNumber(line, isDocker ? " : " : ": ") : std::nullopt;
    // What a RUN prints may look the same: numbers only go up.
    if (!count || *number > *count || stage < m_lastStage ||
        (stage == m_lastStage && *number <= m_lastNumber)) {
        return false;
    }
    m_lastStage = stage;
    m_lastNumber = *number;
    endStep(StepState::Done);
    m_instruction = nullptr;
    if (const auto place = placeOf(stage, *number)) {
        begin(*place, line);
    } else if (m_places.empty()) { // the builder has fetched it
        push(line, {});
    }
    return true;
}

void ClassicTrace::begin(const Place &place, std::string_view words)
{
    m_instruction = place.instruction;
    if (!place.stage || !makesStep(m_dockerfile, *place.instruction)) {
        return;
    }
    const Stage &stage = m_dockerfile.stages[*place.stage];
    StepPlace numbers;
    numbers.stage = m_dockerfile.stages.size() == 1 ? std::string() : stage.name;
    for (const Instruction &each : stage.instructions) {
        if (makesStep(m_dockerfile, each)) {
            ++numbers.count;
            numbers.number += &each <= place.instruction ? 1 : 0;
        }
    }
    push(words, numbers);
}

void ClassicTrace::push(std::string_view words, const StepPlace &place)
{
    BuildStep step;
    step.digest = "classic:" + std::to_string(m_steps.size() + 1);
    step.words = words;
    step.place = place;
    step.state = StepState::Running;
    step.started = m_now();
    m_current = m_steps.size();
    m_isCached = false;
    m_steps.push_back(std::move(step));
}

/// What the builder says about its own work.
bool ClassicTrace::takeNoise(std::string_view line)
{
    std::string_view rest = line;
    if (takeFront(rest, " ---> ") || takeFront(rest, "--> ")) {
        if (rest.starts_with("Using cache")) {
            m_isCached = true;
            return true;
        }
        return rest.starts_with("Running in ") || rest.starts_with("Removed intermediate") ||
               isHexadecimal(rest);
    }
    if (takeFront(rest, "Successfully built ")) {
        endStep(StepState::Done);
        m_imageId = rest;
        return true;
    }
    constexpr std::size_t fullId = 64;
    if (line.size() == fullId && isHexadecimal(line) && m_lastNumber > 0) { // Podman's last word
        m_imageId = line;
        return true;
    }
    return line.starts_with("Removing intermediate container ") ||
           line.starts_with("Successfully tagged ") || line.starts_with("COMMIT ");
}

void ClassicTrace::progress(std::string_view id, std::string_view status, std::int64_t current,
                            std::int64_t total)
{
    if (!m_current) {
        return;
    }
    std::vector<StepProgress> &all = m_steps[*m_current].progress;
    auto one = std::ranges::find(all, id, &StepProgress::id);
    if (one == all.end()) {
        if (all.size() >= mostClassicProgress) {
            return;
        }
        one = all.insert(one, {.id = std::string(id)});
    }
    one->name = status;
    one->current = current;
    one->total = total;
    one->isDone = status.ends_with("complete");
}

void ClassicTrace::endStep(StepState state, std::string_view error)
{
    if (!m_current) {
        return;
    }
    BuildStep &step = m_steps[*std::exchange(m_current, std::nullopt)];
    step.completed = m_now();
    step.state = state == StepState::Done && m_isCached ? StepState::Cached : state;
    step.error = error;
}

void ClassicTrace::fail(std::string_view message, bool isCancelled)
{
    if (isCancelled) {
        endStep(StepState::Cancelled, message);
        return;
    }
    m_failedStep = m_current;
    endStep(StepState::Failed, message);
    m_failure = BuildFailure{.message = std::string(message)};
    if (m_instruction != nullptr) {
        m_failure->file = "Dockerfile";
        m_failure->firstLine = m_instruction->firstLine;
        m_failure->lastLine = m_instruction->lastLine;
    } else if (const int line = lineNamedIn(message); line > 0) {
        m_failure->file = "Dockerfile";
        m_failure->firstLine = line;
        m_failure->lastLine = line;
    }
}

void ClassicTrace::succeed()
{
    endStep(StepState::Done);
}

} // namespace roadstead::build
