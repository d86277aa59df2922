// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/build_trace.h"

#include "engine/base/base64.h"
#include "engine/json/tree.h"
#include "engine/reference/words.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace roadstead::build {

namespace {

constexpr std::string_view internalMark = "[internal] ";
constexpr std::string_view errorMark = "ERROR: ";
constexpr std::string_view solveMark = "failed to solve: ";

std::string textOf(const json::Value &object, std::string_view name)
{
    const json::Value *value = object.find(name);
    return value != nullptr && value->isText() ? value->characters() : std::string();
}

std::int64_t numberOf(const json::Value &object, std::string_view name)
{
    const json::Value *value = object.find(name);
    return value != nullptr ? value->integer().value_or(0) : 0;
}

/// A line or a stream's number; what no such number can be is 0.
int smallNumberOf(const json::Value &object, std::string_view name)
{
    const std::int64_t number = numberOf(object, name);
    return number > 0 && number <= INT32_MAX ? static_cast<int>(number) : 0;
}

std::optional<Timestamp> momentOf(const json::Value &object, std::string_view name)
{
    return parseRfc3339(textOf(object, name));
}

std::string bytesOf(const json::Value &value)
{
    return parseBase64(value.characters()).value_or(std::string());
}

void forEachOf(const json::Value &object, std::string_view name, auto &&visit)
{
    const json::Value *list = object.find(name);
    if (list == nullptr || !list->isList()) {
        return;
    }
    for (const json::Value &element : list->elements()) {
        if (element.isObject()) {
            visit(element);
        }
    }
}

/// A whole number within `text`; 0 for anything else.
int positiveNumber(std::string_view text)
{
    int number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc() && end == text.data() + text.size() && number > 0 ? number : 0;
}

bool isCancelled(std::string_view error)
{
    return error.ends_with("context canceled") || error.ends_with("Canceled");
}

StepState stateOf(const BuildStep &step, bool cached)
{
    if (!step.error.empty()) {
        return isCancelled(step.error) ? StepState::Cancelled : StepState::Failed;
    }
    if (cached) {
        return StepState::Cached;
    }
    if (step.completed) {
        return StepState::Done;
    }
    return step.started ? StepState::Running : StepState::Waiting;
}

} // namespace

std::pair<StepPlace, std::string> splitStepName(std::string_view name)
{
    const std::size_t end = name.find("] ");
    if (!name.starts_with('[') || end == std::string_view::npos) {
        return {StepPlace{}, std::string(name)};
    }
    std::vector<std::string_view> parts = reference::split(name.substr(1, end - 1), ' ');
    const reference::Halves numbers = reference::cut(parts.back(), '/');
    StepPlace place{.number = positiveNumber(numbers.before),
                    .count = positiveNumber(numbers.after)};
    if (place.number == 0 || place.count < place.number || parts.size() > 3) {
        return {StepPlace{}, std::string(name)};
    }
    parts.pop_back();
    if (!parts.empty() && parts.front().contains('/')) {
        place.platform = parts.front();
        parts.erase(parts.begin());
    }
    if (!parts.empty()) {
        place.stage = parts.front();
    }
    return {place, std::string(name.substr(end + 2))};
}

BuildTrace::BuildTrace(OutputReceiver receive)
    : m_receive(std::move(receive))
{
}

void BuildTrace::feed(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        if (end == std::string_view::npos) {
            // What is longer than any object is no line that says something.
            m_line.append(bytes, 0, objectCap - std::min(objectCap, m_line.size()));
            return;
        }
        if (m_line.empty()) {
            takeLine(bytes.substr(0, end));
        } else {
            m_line.append(bytes, 0, std::min(end, objectCap - std::min(objectCap, m_line.size())));
            takeLine(std::exchange(m_line, {}));
        }
        bytes.remove_prefix(end + 1);
    }
}

void BuildTrace::finish()
{
    if (!m_line.empty()) {
        takeLine(std::exchange(m_line, {}));
    }
}

void BuildTrace::takeLine(std::string_view line)
{
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    if (!m_inObject) {
        if (!line.starts_with('{')) {
            takeWords(line);
        } else if (line.size() > 1 && line.ends_with('}')) {
            takeObject(line);
        } else {
            m_inObject = true;
            m_isTooLong = false;
            m_object = line;
        }
        return;
    }
    m_isTooLong = m_isTooLong || m_object.size() + line.size() > objectCap;
    if (!m_isTooLong) {
        m_object += line;
    }
    if (line == "}") {
        m_inObject = false;
        if (!m_isTooLong) {
            takeObject(std::exchange(m_object, {}));
        }
    }
}

void BuildTrace::takeObject(std::string_view text)
{
    const auto status = json::parse(text, "build progress");
    if (!status) {
        takeWords(text);
        return;
    }
    forEachOf(*status, "vertexes", [this](const json::Value &vertex) { takeVertex(vertex); });
    forEachOf(*status, "statuses", [this](const json::Value &one) { takeStatus(one); });
    forEachOf(*status, "logs", [this](const json::Value &log) { takeLog(log); });
    forEachOf(*status, "warnings", [this](const json::Value &one) { takeWarning(one); });
}

std::optional<std::size_t> BuildTrace::stepOf(const json::Value &digest)
{
    const auto found = m_byDigest.find(digest.characters());
    if (found != m_byDigest.end()) {
        return found->second;
    }
    if (digest.characters().empty() || m_steps.size() >= stepCap) {
        return std::nullopt;
    }
    m_byDigest.emplace(digest.characters(), m_steps.size());
    m_steps.push_back({.digest = digest.characters()});
    return m_steps.size() - 1;
}

void BuildTrace::takeVertex(const json::Value &vertex)
{
    const json::Value *digest = vertex.find("digest");
    const auto position = digest != nullptr ? stepOf(*digest) : std::nullopt;
    if (!position) {
        return;
    }
    BuildStep &step = m_steps[*position];
    const std::string name = textOf(vertex, "name");
    if (name.starts_with(internalMark)) {
        step.isInternal = true;
        step.words = name.substr(internalMark.size());
    } else if (!name.empty()) {
        std::tie(step.place, step.words) = splitStepName(name);
    }
    if (const json::Value *inputs = vertex.find("inputs"); inputs != nullptr) {
        step.inputs.clear();
        for (const json::Value &input : inputs->elements()) {
            step.inputs.push_back(input.characters());
        }
    }
    // The same vertex may be begun again: the first beginning and the last end are its time.
    const auto started = momentOf(vertex, "started");
    if (started && (!step.started || *started < *step.started)) {
        step.started = started;
    }
    step.completed = momentOf(vertex, "completed");
    step.error = textOf(vertex, "error");
    const json::Value *cached = vertex.find("cached");
    step.state = stateOf(step, cached != nullptr && cached->isTrue());
}

void BuildTrace::takeStatus(const json::Value &status)
{
    const json::Value *digest = status.find("vertex");
    const auto position = digest != nullptr ? stepOf(*digest) : std::nullopt;
    if (!position) {
        return;
    }
    std::vector<StepProgress> &progress = m_steps[*position].progress;
    const std::string id = textOf(status, "id");
    auto one = std::ranges::find(progress, id, &StepProgress::id);
    if (one == progress.end()) {
        if (progress.size() >= stepCap) {
            return;
        }
        one = progress.insert(one, {.id = id});
    }
    one->name = textOf(status, "name");
    one->current = numberOf(status, "current");
    one->total = numberOf(status, "total");
    one->isDone = momentOf(status, "completed").has_value();
}

void BuildTrace::takeLog(const json::Value &log)
{
    const json::Value *digest = log.find("vertex");
    const json::Value *data = log.find("data");
    const auto position = digest != nullptr ? stepOf(*digest) : std::nullopt;
    if (!position || data == nullptr || !m_receive) {
        return;
    }
    m_receive({.step = *position,
               .stream = smallNumberOf(log, "stream"),
               .when = momentOf(log, "timestamp"),
               .bytes = bytesOf(*data)});
}

void BuildTrace::takeWarning(const json::Value &warning)
{
    if (m_warnings.size() >= warningCap) {
        return;
    }
    BuildWarning taken;
    if (const json::Value *text = warning.find("short"); text != nullptr) {
        taken.text = bytesOf(*text);
    }
    if (const json::Value *details = warning.find("detail"); details != nullptr) {
        for (const json::Value &detail : details->elements()) {
            taken.details.push_back(bytesOf(detail));
        }
    }
    taken.url = textOf(warning, "url");
    if (const json::Value *source = warning.find("sourceInfo"); source != nullptr) {
        taken.file = textOf(*source, "filename");
    }
    forEachOf(warning, "range", [&taken](const json::Value &range) {
        const json::Value *start = range.find("start");
        const json::Value *end = range.find("end");
        if (taken.firstLine == 0 && start != nullptr && end != nullptr) {
            taken.firstLine = smallNumberOf(*start, "line");
            taken.lastLine = smallNumberOf(*end, "line");
        }
    });
    m_warnings.push_back(std::move(taken));
}

/// "Dockerfile:19", then between two rules of hyphens the lines around, ">>>" before those that are
/// meant.
void BuildTrace::takeExcerpt(std::string_view line)
{
    const std::size_t colon = line.rfind(':');
    if (colon != std::string_view::npos && colon > 0) {
        if (const int number = positiveNumber(line.substr(colon + 1)); number > 0) {
            m_place = {.file = std::string(line.substr(0, colon)),
                       .firstLine = number,
                       .lastLine = number};
            return;
        }
    }
    const reference::Halves halves = reference::cut(line, '|');
    if (halves.found && halves.after.starts_with(" >>>")) {
        m_place.lastLine =
            std::max(m_place.lastLine, positiveNumber(reference::trimmed(halves.before)));
    }
}

void BuildTrace::takeWords(std::string_view line)
{
    if (m_words.size() + line.size() < wordsCap) {
        m_words.append(line).append("\n");
    }
    if (!line.starts_with(errorMark)) {
        takeExcerpt(line);
        return;
    }
    std::string_view message = line.substr(errorMark.size());
    if (message.starts_with(solveMark)) {
        message.remove_prefix(solveMark.size());
    }
    m_failure = std::exchange(m_place, {});
    m_failure->message = message;
}

std::optional<std::size_t> BuildTrace::failedStep() const
{
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const BuildStep &step = m_steps[i];
        if (step.state == StepState::Failed &&
            (!first || step.completed < m_steps[*first].completed)) {
            first = i;
        }
    }
    return first;
}

} // namespace roadstead::build
