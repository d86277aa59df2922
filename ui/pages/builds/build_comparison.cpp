// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/build_comparison.h"

#include "engine/reference/words.h"
#include "ui/pages/builds/build_row.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/text/secret_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

struct ComparisonWords
{
    Q_DECLARE_TR_FUNCTIONS(ComparisonWords)
};

using State = build::StepState;

constexpr qint64 longestLoading = 500; ///< milliseconds, of a base image that is here

QString joinedTexts(const std::vector<std::string> &texts)
{
    QStringList shown;
    for (const std::string &text : texts) {
        shown.append(displayText(text, 200));
    }
    return shown.join(u", "_s);
}

QString yesOrNothing(bool set)
{
    return set ? ComparisonWords::tr("yes") : QString();
}

QString destinationText(const BuildForm &form)
{
    using Destination = docker::BuildDestination;
    const QString path = displayText(form.path, 200);
    switch (form.destination) {
    case Destination::Engine:
        return ComparisonWords::tr("the engine's images");
    case Destination::Registry:
        return ComparisonWords::tr("its registry");
    case Destination::Archive:
        return ComparisonWords::tr("an archive, %1").arg(path);
    case Destination::Folder:
        return ComparisonWords::tr("a folder, %1").arg(path);
    case Destination::Cache:
        return ComparisonWords::tr("only the build cache");
    }
    return {};
}

/// Arguments by name; the order does not matter, and the value of a secret is not known.
void addArguments(QList<OptionDifference> &all, const BuildForm &before, const BuildForm &after)
{
    const auto valueIn = [](const BuildForm &form, std::string_view name) -> QString {
        for (const std::string &argument : form.arguments) {
            const reference::Halves halves = reference::cut(argument, '=');
            if (halves.before == name) {
                return looksSecret(halves.before, "x") ? maskedText()
                                                       : displayText(halves.after, 200);
            }
        }
        return {};
    };
    std::vector<std::string> names;
    for (const BuildForm *form : {&before, &after}) {
        for (const std::string &argument : form->arguments) {
            std::string name(reference::cut(argument, '=').before);
            if (!name.empty() && !std::ranges::contains(names, name)) {
                names.push_back(std::move(name));
            }
        }
    }
    for (const std::string &name : names) {
        const QString was = valueIn(before, name);
        const QString is = valueIn(after, name);
        if (was != is) {
            all.append({ComparisonWords::tr("Argument %1").arg(displayText(name, 80)), was, is,
                        OptionDifference::Kind::Argument});
        }
    }
}

QList<OptionDifference> optionDifferences(const BuildRecord &before, const BuildRecord &after)
{
    QList<OptionDifference> all;
    const auto add = [&all](const QString &name, const QString &was, const QString &is) {
        if (was != is) {
            all.append({name, was, is, OptionDifference::Kind::Other});
        }
    };
    const BuildForm &a = before.form;
    const BuildForm &b = after.form;
    add(ComparisonWords::tr("Tags"), joinedTexts(a.tags), joinedTexts(b.tags));
    add(ComparisonWords::tr("Context"), displayText(before.context), displayText(after.context));
    add(ComparisonWords::tr("Dockerfile"), displayText(a.dockerfile), displayText(b.dockerfile));
    add(ComparisonWords::tr("Target"), displayText(a.target), displayText(b.target));
    addArguments(all, a, b);
    add(ComparisonWords::tr("Platforms"), displayText(a.platforms), displayText(b.platforms));
    add(ComparisonWords::tr("Secrets"), joinedTexts(a.secrets), joinedTexts(b.secrets));
    add(ComparisonWords::tr("Labels"), joinedTexts(a.labels), joinedTexts(b.labels));
    add(ComparisonWords::tr("Cache from"), joinedTexts(a.cacheFrom), joinedTexts(b.cacheFrom));
    add(ComparisonWords::tr("Cache to"), joinedTexts(a.cacheTo), joinedTexts(b.cacheTo));
    add(ComparisonWords::tr("SSH"), joinedTexts(a.ssh), joinedTexts(b.ssh));
    add(ComparisonWords::tr("Hosts"), joinedTexts(a.hosts), joinedTexts(b.hosts));
    add(ComparisonWords::tr("Network"), displayText(a.network), displayText(b.network));
    add(ComparisonWords::tr("Without the cache"), yesOrNothing(a.noCache), yesOrNothing(b.noCache));
    add(ComparisonWords::tr("Newer base images"), yesOrNothing(a.pull), yesOrNothing(b.pull));
    add(ComparisonWords::tr("Goes to"), destinationText(a), destinationText(b));
    // buildx names the builder of what was built; of a build that failed it may be unknown.
    const auto differ = [](const QString &one, const QString &other) {
        return !one.isEmpty() && !other.isEmpty() && one != other;
    };
    if (differ(before.builder, after.builder) || differ(before.engine, after.engine)) {
        all.append({ComparisonWords::tr("Builder"), builderText(before), builderText(after),
                    OptionDifference::Kind::Builder});
    }
    return all;
}

bool isSamePlace(const service::KeptStep &a, const service::KeptStep &b)
{
    if (a.place.number == 0 || b.place.number == 0) {
        return a.place.number == b.place.number && a.words == b.words;
    }
    return a.place.platform == b.place.platform && a.place.stage == b.place.stage &&
           a.place.number == b.place.number;
}

/// Steps in the order of the newer build; those that only the older one had follow.
QList<StepPair> paired(const service::KeptBuild &before, const service::KeptBuild &after)
{
    QList<StepPair> pairs;
    std::vector<bool> isTaken(before.steps.size(), false);
    for (const service::KeptStep &step : after.steps) {
        if (step.isInternal) {
            continue;
        }
        StepPair pair{.after = step};
        for (std::size_t i = 0; i < before.steps.size(); ++i) {
            if (!isTaken[i] && !before.steps[i].isInternal && isSamePlace(before.steps[i], step)) {
                pair.before = before.steps[i];
                isTaken[i] = true;
                break;
            }
        }
        pairs.append(std::move(pair));
    }
    for (std::size_t i = 0; i < before.steps.size(); ++i) {
        if (!isTaken[i] && !before.steps[i].isInternal) {
            pairs.append({.before = before.steps[i]});
        }
    }
    return pairs;
}

bool isDone(const std::optional<service::KeptStep> &step)
{
    return step && (step->state == State::Done || step->state == State::Failed);
}

bool isCached(const std::optional<service::KeptStep> &step)
{
    return step && step->state == State::Cached;
}

bool differIn(const QList<OptionDifference> &options, OptionDifference::Kind kind)
{
    return std::ranges::contains(options, kind, &OptionDifference::kind);
}

/// Why `done` was done where `cached` was not, the first of its build.
QString reasonFor(const service::KeptStep &cached, const service::KeptStep &done,
                  const BuildRecord &doer, const QList<OptionDifference> &options)
{
    if (doer.form.noCache) {
        return ComparisonWords::tr("It was built without the cache (--no-cache).");
    }
    if (cached.words != done.words) {
        return ComparisonWords::tr(
                   "The instruction is another one: it was “%1” in the other build.")
            .arg(displayText(cached.words, 120));
    }
    if (differIn(options, OptionDifference::Kind::Builder)) {
        return ComparisonWords::tr("Another builder has another cache.");
    }
    if (done.words.starts_with("COPY ") || done.words.starts_with("ADD ")) {
        return ComparisonWords::tr("What it copies has changed: contents, names or permissions, or "
                                   "the cache no longer had it.");
    }
    if (differIn(options, OptionDifference::Kind::Argument) && done.words.starts_with("RUN ")) {
        return ComparisonWords::tr("A build argument has another value, which every RUN after its "
                                   "ARG sees.");
    }
    if (done.words.starts_with("FROM ")) {
        return ComparisonWords::tr("The base image had to be fetched, or is another one now.");
    }
    return ComparisonWords::tr("The cache no longer had it: it was pruned, or had to make room.");
}

/// A base image is loaded wherever the cache parts after it: that its step was done says nothing of
/// the cache.
bool isBase(const StepPair &pair)
{
    return pair.before && pair.after && pair.before->words == pair.after->words &&
           pair.before->words.starts_with("FROM ");
}

void explainMisses(BuildComparison &comparison)
{
    for (qsizetype i = 0; i < comparison.steps.size(); ++i) {
        StepPair &pair = comparison.steps[i];
        const bool isMissAfter = isCached(pair.before) && isDone(pair.after);
        const bool isMissBefore = isDone(pair.before) && isCached(pair.after);
        if (!isMissAfter && !isMissBefore) {
            continue;
        }
        if (isBase(pair) && std::abs(pair.longer().value_or(0)) < longestLoading) {
            continue;
        }
        const service::KeptStep &cached = isMissAfter ? *pair.before : *pair.after;
        const service::KeptStep &done = isMissAfter ? *pair.after : *pair.before;
        const auto comesAfter = [&](const StepPair &earlier) {
            return !earlier.reason.isEmpty() && !isBase(earlier) && pair.before && earlier.before &&
                   earlier.before->place.stage == pair.before->place.stage &&
                   earlier.before->place.platform == pair.before->place.platform;
        };
        const bool follows =
            std::any_of(comparison.steps.begin(), comparison.steps.begin() + i, comesAfter);
        const bool isMadeForAfter = isMissBefore && cached.words == done.words &&
                                    !comparison.before.form.noCache &&
                                    !differIn(comparison.options, OptionDifference::Kind::Builder);
        pair.reason =
            isMadeForAfter ? ComparisonWords::tr("The newer build took it from the cache.")
            : follows      ? ComparisonWords::tr("A step before it was done anew.")
                      : reasonFor(cached, done, isMissAfter ? comparison.after : comparison.before,
                                  comparison.options);
        if (!comparison.firstMiss || isBase(comparison.steps[*comparison.firstMiss])) {
            comparison.firstMiss = i;
        }
    }
}

QString timeSentence(const BuildComparison &comparison)
{
    const qint64 longer = comparison.after.milliseconds - comparison.before.milliseconds;
    if (longer == 0) {
        return ComparisonWords::tr("Both took %1.").arg(elapsedText(comparison.after.milliseconds));
    }
    return longer > 0
               ? ComparisonWords::tr("The newer build took %1 longer.").arg(elapsedText(longer))
               : ComparisonWords::tr("The newer build was %1 faster.").arg(elapsedText(-longer));
}

QString verdictOf(const BuildComparison &comparison)
{
    QString text = timeSentence(comparison);
    if (!comparison.hasSteps) {
        return text + u' ' +
               ComparisonWords::tr("The steps of one of them are no longer kept, so only options "
                                   "can be compared.");
    }
    if (comparison.firstMiss) {
        const StepPair &miss = comparison.steps[*comparison.firstMiss];
        return text + u' ' + ComparisonWords::tr("The cache parts at “%1”.").arg(miss.text()) +
               u' ' + miss.reason;
    }
    return text + u' ' + ComparisonWords::tr("Both took the same steps from the cache.");
}

} // namespace

QString StepPair::text() const
{
    const service::KeptStep &step = after ? *after : *before;
    if (step.place.number == 0) {
        return displayText(step.words, 200);
    }
    const QString stage = displayText(step.place.stage, 60);
    return u"%1%2/%3  %4"_s.arg(stage.isEmpty() ? QString() : stage + u' ')
        .arg(step.place.number)
        .arg(step.place.count)
        .arg(displayText(step.words, 200));
}

std::optional<qint64> StepPair::longer() const
{
    const auto timeOf = [](const service::KeptStep &step) {
        return step.state == State::Cached ? std::int64_t(0) : step.milliseconds;
    };
    if (!before || !after || timeOf(*before) < 0 || timeOf(*after) < 0) {
        return std::nullopt;
    }
    return timeOf(*after) - timeOf(*before);
}

BuildComparison comparisonOf(const BuildRecord &left,
                             const std::optional<service::KeptBuild> &leftSteps,
                             const BuildRecord &right,
                             const std::optional<service::KeptBuild> &rightSteps)
{
    const bool isLeftOlder = left.startedAt <= right.startedAt;
    BuildComparison comparison{.before = isLeftOlder ? left : right,
                               .after = isLeftOlder ? right : left};
    const auto &before = isLeftOlder ? leftSteps : rightSteps;
    const auto &after = isLeftOlder ? rightSteps : leftSteps;
    comparison.options = optionDifferences(comparison.before, comparison.after);
    comparison.hasSteps = before && after && !before->steps.empty() && !after->steps.empty();
    if (comparison.hasSteps) {
        comparison.steps = paired(*before, *after);
        explainMisses(comparison);
    }
    comparison.verdict = verdictOf(comparison);
    return comparison;
}

} // namespace roadstead::ui
