// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/kept_build.h"

#include "engine/json/tree.h"
#include "engine/service/build/build_output.h"
#include "engine/service/build/build_run.h"

#include <algorithm>
#include <map>
#include <utility>

namespace roadstead::service {

namespace {

constexpr std::string_view blot = "•••";
constexpr std::size_t shortestSecret = 4; ///< shorter ones stand everywhere by chance
constexpr std::size_t leastOfAStep = std::size_t(8) << 10U;
constexpr std::size_t longestLine = std::size_t(16) << 10U;
constexpr std::size_t linesAtOnce = 5'000;
constexpr int excerptBefore = 2;
constexpr int excerptAfter = 2;
constexpr int excerptCap = 40;

/// Takes secrets out of texts.
class Blotter
{
public:
    explicit Blotter(const std::vector<std::string> &secrets)
    {
        for (const std::string &secret : secrets) {
            if (secret.size() >= shortestSecret) {
                m_secrets.push_back(secret);
            }
        }
        // One that holds another goes first.
        std::ranges::sort(m_secrets, std::greater{}, &std::string::size);
    }
    [[nodiscard]] std::string clean(std::string text) const
    {
        for (const std::string &secret : m_secrets) {
            for (std::size_t at = text.find(secret); at != std::string::npos;
                 at = text.find(secret, at + blot.size())) {
                text.replace(at, secret.size(), blot);
            }
        }
        return text;
    }

private:
    std::vector<std::string> m_secrets;
};

std::int64_t millisecondsOf(const build::BuildStep &step)
{
    if (!step.started || !step.completed) {
        return -1;
    }
    return std::max<std::int64_t>(0, (step.completed->nanoseconds - step.started->nanoseconds) /
                                         1'000'000);
}

/// The last lines of a step, as many as `room` holds.
void keepLines(KeptStep &kept, const BuildLines &lines, std::size_t step, std::size_t room,
               const Blotter &blotter)
{
    std::size_t used = 0;
    std::size_t end = lines.count(step);
    kept.isClipped = lines.isClipped(step);
    while (end > 0) {
        const std::size_t from = end > linesAtOnce ? end - linesAtOnce : 0;
        const std::vector<BuildLine> some = lines.lines(step, from, end - from);
        for (auto line = some.rbegin(); line != some.rend(); ++line) {
            std::string text = blotter.clean(line->text);
            if (text.size() > longestLine) {
                text.resize(longestLine);
                kept.isClipped = true;
            }
            used += text.size() + 1;
            if (used > room) {
                kept.isClipped = true;
                std::ranges::reverse(kept.lines);
                return;
            }
            kept.lines.push_back(std::move(text));
        }
        end = from;
    }
    std::ranges::reverse(kept.lines);
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

void keepExcerpt(KeptBuild &kept, std::string_view dockerfile, const Blotter &blotter)
{
    const int first = kept.failure->firstLine;
    if (first <= 0) {
        return;
    }
    const std::vector<std::string_view> lines = linesOf(dockerfile);
    const int from = std::max(1, first - excerptBefore);
    const int to =
        std::min({int(lines.size()), std::max(first, kept.failure->lastLine) + excerptAfter,
                  from + excerptCap});
    for (int line = from; line <= to; ++line) {
        kept.excerpt.push_back(blotter.clean(std::string(lines.at(std::size_t(line) - 1U))));
    }
    kept.excerptLine = kept.excerpt.empty() ? 0 : from;
}

/// BuildKit tells steps in an order of its own; those of a stage belong in theirs.
void orderByStage(std::vector<KeptStep> &steps)
{
    std::map<std::pair<std::string, std::string>, std::size_t> stages;
    std::vector<std::pair<std::pair<std::size_t, int>, KeptStep>> placed;
    placed.reserve(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const build::StepPlace &place = steps[i].place;
        const std::size_t group =
            place.number == 0 ? i
                              : stages.try_emplace({place.platform, place.stage}, i).first->second;
        placed.emplace_back(std::pair(group, place.number), std::move(steps[i]));
    }
    std::ranges::stable_sort(placed, {}, [](const auto &one) { return one.first; });
    for (std::size_t i = 0; i < steps.size(); ++i) {
        steps[i] = std::move(placed[i].second);
    }
}

// Writing.

void add(json::Value &object, std::string name, json::Value value)
{
    object.members().push_back({std::move(name), std::move(value)});
}

json::Value listOf(const std::vector<std::string> &texts)
{
    json::Value list = json::Value::list();
    for (const std::string &text : texts) {
        list.elements().push_back(json::Value::text(text));
    }
    return list;
}

json::Value numberOf(std::int64_t number)
{
    return json::Value::number(std::to_string(number));
}

json::Value valueOf(const KeptStep &step)
{
    json::Value object = json::Value::object();
    add(object, "words", json::Value::text(step.words));
    add(object, "platform", json::Value::text(step.place.platform));
    add(object, "stage", json::Value::text(step.place.stage));
    add(object, "number", numberOf(step.place.number));
    add(object, "count", numberOf(step.place.count));
    add(object, "state", numberOf(int(step.state)));
    add(object, "milliseconds", numberOf(step.milliseconds));
    add(object, "error", json::Value::text(step.error));
    add(object, "lines", listOf(step.lines));
    add(object, "clipped", json::Value::boolean(step.isClipped));
    add(object, "internal", json::Value::boolean(step.isInternal));
    return object;
}

json::Value valueOf(const build::BuildFailure &failure)
{
    json::Value object = json::Value::object();
    add(object, "message", json::Value::text(failure.message));
    add(object, "file", json::Value::text(failure.file));
    add(object, "firstLine", numberOf(failure.firstLine));
    add(object, "lastLine", numberOf(failure.lastLine));
    return object;
}

// Reading.

std::string textIn(const json::Value &object, std::string_view name)
{
    const json::Value *value = object.find(name);
    return value != nullptr && value->isText() ? value->characters() : std::string();
}

std::int64_t numberIn(const json::Value &object, std::string_view name, std::int64_t least,
                      std::int64_t most)
{
    const json::Value *value = object.find(name);
    const auto number = value != nullptr ? value->integer() : std::nullopt;
    return std::clamp(number.value_or(least), least, most);
}

bool isSetIn(const json::Value &object, std::string_view name)
{
    const json::Value *value = object.find(name);
    return value != nullptr && value->isTrue();
}

std::vector<std::string> textsIn(const json::Value &object, std::string_view name)
{
    std::vector<std::string> texts;
    if (const json::Value *list = object.find(name)) {
        for (const json::Value &text : list->elements()) {
            texts.push_back(text.characters());
        }
    }
    return texts;
}

KeptStep stepIn(const json::Value &object)
{
    constexpr std::int64_t mostSteps = 100'000;
    constexpr std::int64_t longest = std::int64_t(1) << 48; // thousands of years
    KeptStep step;
    step.words = textIn(object, "words");
    step.place = {textIn(object, "platform"), textIn(object, "stage"),
                  int(numberIn(object, "number", 0, mostSteps)),
                  int(numberIn(object, "count", 0, mostSteps))};
    step.state =
        build::StepState(numberIn(object, "state", 0, std::int64_t(build::StepState::Cancelled)));
    step.milliseconds = numberIn(object, "milliseconds", -1, longest);
    step.error = textIn(object, "error");
    step.lines = textsIn(object, "lines");
    step.isClipped = isSetIn(object, "clipped");
    step.isInternal = isSetIn(object, "internal");
    return step;
}

constexpr int farthestLine = 10'000'000;

build::BuildFailure failureIn(const json::Value &object)
{
    return {textIn(object, "message"), textIn(object, "file"),
            int(numberIn(object, "firstLine", 0, farthestLine)),
            int(numberIn(object, "lastLine", 0, farthestLine))};
}

} // namespace

KeptBuild keptBuildOf(const BuildSnapshot &snapshot, const BuildLines &lines,
                      std::string_view dockerfile, const std::vector<std::string> &secrets)
{
    const Blotter blotter(secrets);
    KeptBuild kept;
    std::size_t printing = 0;
    const std::size_t count = std::min(snapshot.steps.size(), KeptBuild::stepCap);
    for (std::size_t i = 0; i < count; ++i) {
        printing += lines.count(i) > 0 ? 1U : 0U;
    }
    const std::size_t each = KeptBuild::printedCap / std::max<std::size_t>(1, printing);
    std::size_t left = KeptBuild::printedCap;
    for (std::size_t i = 0; i < count; ++i) {
        const build::BuildStep &step = snapshot.steps[i];
        KeptStep one{.words = blotter.clean(step.words),
                     .place = step.place,
                     .state = step.state,
                     .milliseconds = millisecondsOf(step),
                     .error = blotter.clean(step.error),
                     .isInternal = step.isInternal};
        // Why it failed is what counts.
        const std::size_t wanted =
            snapshot.failedStep == i ? KeptBuild::printedCap / 2 : std::max(each, leastOfAStep);
        keepLines(one, lines, i, std::min(left, wanted), blotter);
        for (const std::string &line : one.lines) {
            left -= std::min(left, line.size() + 1);
        }
        kept.steps.push_back(std::move(one));
    }
    orderByStage(kept.steps);
    if (snapshot.failure) {
        kept.failure = snapshot.failure;
        kept.failure->message = blotter.clean(kept.failure->message);
        keepExcerpt(kept, dockerfile, blotter);
    }
    return kept;
}

std::string textOf(const KeptBuild &build)
{
    json::Value object = json::Value::object();
    add(object, "version", numberOf(KeptBuild::version));
    json::Value steps = json::Value::list();
    for (const KeptStep &step : build.steps) {
        steps.elements().push_back(valueOf(step));
    }
    add(object, "steps", std::move(steps));
    if (build.failure) {
        add(object, "failure", valueOf(*build.failure));
    }
    add(object, "excerpt", listOf(build.excerpt));
    add(object, "excerptLine", numberOf(build.excerptLine));
    return json::compact(object);
}

Result<KeptBuild> keptBuildIn(std::string_view text)
{
    constexpr auto what = "kept build";
    if (text.size() > KeptBuild::textCap) {
        return failure(ErrorKind::MalformedReply, what, "too long");
    }
    const auto object = json::parse(text, what);
    if (!object) {
        return std::unexpected(object.error());
    }
    const json::Value *version = object->find("version");
    const auto number = version != nullptr ? version->integer() : std::nullopt;
    if (!number) {
        return failure(ErrorKind::MalformedReply, what, "no version");
    }
    if (*number > KeptBuild::version) {
        return failure(ErrorKind::UnsupportedVersion, what, std::to_string(*number));
    }
    KeptBuild kept;
    if (const json::Value *steps = object->find("steps")) {
        for (const json::Value &step : steps->elements()) {
            if (step.isObject() && kept.steps.size() < KeptBuild::stepCap) {
                kept.steps.push_back(stepIn(step));
            }
        }
    }
    if (const json::Value *value = object->find("failure"); value != nullptr && value->isObject()) {
        kept.failure = failureIn(*value);
    }
    kept.excerpt = textsIn(*object, "excerpt");
    kept.excerptLine = int(numberIn(*object, "excerptLine", 0, farthestLine));
    return kept;
}

} // namespace roadstead::service
