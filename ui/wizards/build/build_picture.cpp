// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/build_picture.h"

#include "engine/build/stage_graph.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

struct BuildWords
{
    Q_DECLARE_TR_FUNCTIONS(BuildWords)
};

QString secondsText(std::int64_t nanoseconds)
{
    const double seconds = double(std::max<std::int64_t>(0, nanoseconds)) / 1e9;
    if (seconds < 60) {
        return BuildWords::tr("%1 s").arg(seconds, 0, 'f', 1);
    }
    const auto whole = qlonglong(seconds);
    return u"%1:%2"_s.arg(whole / 60).arg(whole % 60, 2, 10, QChar(u'0'));
}

QString timeOf(const build::BuildStep &step, Timestamp now)
{
    if (step.state == build::StepState::Cached) {
        return BuildWords::tr("cached");
    }
    if (!step.started) {
        return {};
    }
    return secondsText(step.completed.value_or(now).nanoseconds - step.started->nanoseconds);
}

PictureStep drawn(const build::Instruction &instruction)
{
    PictureStep step;
    step.text = displayText(instruction.keyword + " " + instruction.text, 120);
    step.line = instruction.firstLine;
    return step;
}

void bring(PictureStep &picture, const build::BuildStep &step, std::size_t position, Timestamp now)
{
    picture.step = position;
    picture.state = step.state;
    picture.time = timeOf(step, now);
}

/// Steps that say something of their own: exporting, loading a base image.
bool isWorthShowing(const build::BuildStep &step)
{
    return !step.isInternal && step.place.number == 0 && !step.words.empty() &&
           !step.words.starts_with("[auth]") && !step.words.starts_with("resolve image config");
}

QString noteOf(const PictureCard &card)
{
    const auto inState = [&card](build::StepState state) {
        return int(std::ranges::count(card.steps, state, &PictureStep::state));
    };
    const int all = int(card.steps.size());
    const int cached = inState(build::StepState::Cached);
    const int done = cached + inState(build::StepState::Done);
    if (all > 0 && cached == all) {
        return BuildWords::tr("%n cached", nullptr, cached);
    }
    const bool begun =
        done > 0 || inState(build::StepState::Running) > 0 || inState(build::StepState::Failed) > 0;
    return begun ? BuildWords::tr("%1 of %2").arg(done).arg(all) : BuildWords::tr("waiting");
}

/// Cards of the stages that are needed, and which card each stage has.
std::vector<std::optional<std::size_t>>
addStages(BuildPicture &picture, const build::Dockerfile &dockerfile, std::string_view target)
{
    const auto graph = build::stageGraph(dockerfile, target);
    std::vector<std::optional<std::size_t>> cardOf(graph.size());
    for (std::size_t i = 0; i < graph.size(); ++i) {
        if (!graph[i].isNeeded) {
            continue;
        }
        PictureCard card;
        card.name = displayText(dockerfile.stages[i].name, 60);
        card.depth = graph[i].depth;
        for (const std::size_t input : graph[i].inputs) {
            card.inputs.push_back(cardOf[input].value());
        }
        for (const build::Instruction &instruction : dockerfile.stages[i].instructions) {
            if (build::makesStep(dockerfile, instruction)) {
                card.steps.append(drawn(instruction));
            }
        }
        cardOf[i] = std::size_t(picture.cards.size());
        picture.cards.append(card);
    }
    return cardOf;
}

void addSteps(BuildPicture &picture, const build::Dockerfile &dockerfile,
              const std::vector<std::optional<std::size_t>> &cardOf,
              const service::BuildSnapshot &snapshot, Timestamp now)
{
    PictureCard rest;
    rest.name = BuildWords::tr("export");
    for (std::size_t i = 0; i < snapshot.steps.size(); ++i) {
        const build::BuildStep &step = snapshot.steps[i];
        const auto place = build::instructionOf(dockerfile, step);
        if (place && cardOf[place->stage]) {
            const int line =
                dockerfile.stages[place->stage].instructions[place->instruction].firstLine;
            QList<PictureStep> &steps = picture.cards[qsizetype(*cardOf[place->stage])].steps;
            const auto found = std::ranges::find(steps, line, &PictureStep::line);
            // Of a build for several platforms each step comes several times: the slowest counts.
            if (found != steps.end() && (!found->step || found->state == build::StepState::Done ||
                                         found->state == build::StepState::Cached)) {
                bring(*found, step, i, now);
            }
        } else if (isWorthShowing(step)) {
            PictureStep own;
            own.text = displayText(step.words, 120);
            bring(own, step, i, now);
            rest.steps.append(own);
        }
    }
    if (!rest.steps.isEmpty()) {
        const auto last = std::find_if(cardOf.rbegin(), cardOf.rend(),
                                       [](const auto &card) { return card.has_value(); });
        if (last != cardOf.rend()) {
            rest.inputs.push_back(**last);
            rest.depth = picture.cards[qsizetype(**last)].depth + 1;
        }
        picture.cards.append(rest);
    }
}

/// The builder loads the base image of several stages once, under the name of one of them.
void shareBases(BuildPicture &picture, const build::Dockerfile &dockerfile,
                const std::vector<std::optional<std::size_t>> &cardOf)
{
    QHash<QString, PictureStep> loaded;
    const auto fromOf = [&](std::size_t stage) -> PictureStep * {
        const build::Instruction &from = dockerfile.stages[stage].instructions.front();
        if (!cardOf[stage] || !build::makesStep(dockerfile, from)) {
            return nullptr;
        }
        return &picture.cards[qsizetype(*cardOf[stage])].steps.front();
    };
    for (std::size_t stage = 0; stage < cardOf.size(); ++stage) {
        if (const PictureStep *from = fromOf(stage); from != nullptr && from->step) {
            loaded.insert(QString::fromStdString(dockerfile.stages[stage].base), *from);
        }
    }
    for (std::size_t stage = 0; stage < cardOf.size(); ++stage) {
        PictureStep *from = fromOf(stage);
        const auto same = loaded.constFind(QString::fromStdString(dockerfile.stages[stage].base));
        if (from != nullptr && !from->step && same != loaded.constEnd()) {
            from->step = same->step;
            from->state = same->state;
            from->time = same->time;
        }
    }
}

} // namespace

StateMark markOf(build::StepState state)
{
    switch (state) {
    case build::StepState::Waiting:
        return StateMark::Waiting;
    case build::StepState::Running:
        return StateMark::Busy;
    case build::StepState::Done:
        return StateMark::Done;
    case build::StepState::Cached:
        return StateMark::Cached;
    case build::StepState::Failed:
        return StateMark::Error;
    case build::StepState::Cancelled:
        return StateMark::Exited;
    }
    return StateMark::Waiting;
}

QString silenceText(build::StepState state)
{
    switch (state) {
    case build::StepState::Waiting:
        return BuildWords::tr("This step has not begun.");
    case build::StepState::Running:
        return BuildWords::tr("This step has written nothing yet.");
    case build::StepState::Cached:
        return BuildWords::tr("This step wrote nothing: its result was in the cache.");
    case build::StepState::Cancelled:
        return BuildWords::tr("This step wrote nothing before it was stopped.");
    case build::StepState::Done:
    case build::StepState::Failed:
        break;
    }
    return BuildWords::tr("This step wrote nothing.");
}

BuildPicture pictureOf(const build::Dockerfile &dockerfile, std::string_view target,
                       const service::BuildSnapshot &snapshot, Timestamp now)
{
    BuildPicture picture;
    const auto cardOf = addStages(picture, dockerfile, target);
    addSteps(picture, dockerfile, cardOf, snapshot, now);
    shareBases(picture, dockerfile, cardOf);
    for (PictureCard &card : picture.cards) {
        card.note = noteOf(card);
        for (const PictureStep &step : card.steps) {
            ++picture.total;
            picture.cached += step.state == build::StepState::Cached ? 1 : 0;
            picture.running += step.state == build::StepState::Running ? 1 : 0;
            picture.done += step.state == build::StepState::Done ? 1 : 0;
            card.isRunning = card.isRunning || step.state == build::StepState::Running;
            if (step.line > 0) {
                picture.lines.insert(step.line, step);
            }
        }
    }
    picture.done += picture.cached;
    return picture;
}

QString buildAdvice(std::string_view message)
{
    const auto exited = [message](const char *code) { // as BuildKit, Docker and Podman say it
        return message.contains(std::string("exit code: ") + code) ||
               message.contains(std::string("non-zero code: ") + code) ||
               message.contains(std::string("exit status ") + code);
    };
    if (message.contains("couldn't find remote ref")) {
        return BuildWords::tr("The repository has no such branch. Name one at the end of the "
                              "address: #main.");
    }
    if (exited("127")) {
        return BuildWords::tr("The image has no such command. Install it in an earlier RUN, or "
                              "mend its spelling.");
    }
    if (exited("137")) {
        return BuildWords::tr("The step was killed, most often because the memory was used up.");
    }
    if (exited("")) {
        return BuildWords::tr("What the step printed tells why.");
    }
    if (message.contains("failed to calculate checksum") ||
        message.contains("failed to compute cache key")) {
        return BuildWords::tr("There is no such file in what is sent. Paths are relative to the "
                              "build context, and .dockerignore may leave it out.");
    }
    if (message.contains("pull access denied") || message.contains("authorization failed")) {
        return BuildWords::tr("The base image is private or does not exist. Mend its name, or sign "
                              "in to its registry with docker login.");
    }
    if (message.contains("failed to resolve source metadata") ||
        message.contains("manifest unknown")) {
        return BuildWords::tr("The base image cannot be had. Mend its name and tag, or check the "
                              "network.");
    }
    if (message.contains("parse error") || message.contains("unknown instruction")) {
        return BuildWords::tr("Mend this line and build again.");
    }
    if (message.contains("no space left on device")) {
        return BuildWords::tr(
            "The engine’s disk is full. Free space by removing what is not used.");
    }
    return {};
}

} // namespace roadstead::ui
