// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/history_controller.h"

#include "engine/service/build/build_output.h"
#include "engine/service/pending.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"

#include <QThreadPool>

#include <algorithm>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr qint64 clockSlack = 2'000; ///< milliseconds between two clocks' idea of a build's begin
constexpr auto awayPrefix = "builder/";

QDateTime dateOf(Timestamp moment)
{
    return QDateTime::fromMSecsSinceEpoch(moment.nanoseconds / 1'000'000, QTimeZone::UTC);
}

BuildRecord recordOf(const build::EngineBuild &build)
{
    BuildRecord record;
    record.id = awayPrefix + build.ref;
    record.name = QString::fromStdString(build.name);
    record.startedAt = dateOf(build.started);
    record.milliseconds =
        build.completed ? std::max<qint64>(0, record.startedAt.msecsTo(dateOf(*build.completed)))
                        : 0;
    record.steps = build.steps;
    record.cached = std::min(build.cached, build.steps);
    record.outcome = build.status == "Error"     ? BuildRecord::Outcome::Failed
                     : build.status == "Running" ? BuildRecord::Outcome::Running
                                                 : BuildRecord::Outcome::Built;
    record.ref = QString::fromStdString(build.ref);
    record.builder = QString::fromStdString(build.builder());
    record.isAway = true;
    return record;
}

/// A failed build writes no ref: then the time says it.
bool isSameBuild(const BuildRecord &own, const build::EngineBuild &build)
{
    if (!own.ref.isEmpty()) {
        return own.ref.toStdString() == build.ref;
    }
    const qint64 begun = own.startedAt.toMSecsSinceEpoch();
    const qint64 there = build.started.nanoseconds / 1'000'000;
    return there >= begun - clockSlack && there <= begun + own.milliseconds + clockSlack;
}

/// The log of a build as the builder tells it again.
Result<service::KeptBuild> readAgain(const service::BuildxOutput &output)
{
    service::BuildLines lines;
    build::BuildTrace trace([&lines](const build::BuildOutput &piece) { lines.append(piece); });
    trace.feed(output.complaint);
    trace.finish();
    if (trace.steps().empty() && output.exitStatus != 0) {
        return failure(service::kindOfBuildxFailure(output.complaint), "builder.log",
                       service::reasonOfBuildx(output.complaint), output.exitStatus);
    }
    return service::keptBuildOf({.steps = trace.steps(),
                                 .warnings = trace.warnings(),
                                 .failure = trace.failure(),
                                 .failedStep = trace.failedStep()},
                                lines, {}, {});
}

} // namespace

std::vector<BuildRecord> mergedBuilds(const QList<BuildRecord> &own,
                                      const std::vector<build::EngineBuild> &builders)
{
    std::vector<BuildRecord> all(own.begin(), own.end());
    std::vector<bool> isFound(all.size(), false);
    for (const build::EngineBuild &each : builders) {
        bool isOwn = false;
        for (std::size_t i = 0; i < isFound.size() && !isOwn; ++i) {
            isOwn = !isFound[i] && isSameBuild(all[i], each);
            isFound[i] = isFound[i] || isOwn;
        }
        if (!isOwn) {
            all.push_back(recordOf(each));
        }
    }
    return all;
}

HistoryController::HistoryController(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_engine(parts.engine)
    , m_history(parts.history)
    , m_tool(parts.tool)
    , m_list(&m_model)
{
    connect(m_history, &BuildHistory::changed, this, &HistoryController::update);
    update();
}

HistoryController::~HistoryController() = default;

const BuildRecord *HistoryController::record(const std::string &id) const
{
    const auto row = m_model.find(id);
    return row ? &row->record : nullptr;
}

void HistoryController::update()
{
    m_model.applyRecords(mergedBuilds(m_history->records(), m_remembered));
    Q_EMIT stateChanged();
}

void HistoryController::setNote(const QString &note)
{
    if (std::exchange(m_note, note) != note) {
        Q_EMIT stateChanged();
    }
}

void HistoryController::refresh()
{
    if (m_facts) {
        ask();
        return;
    }
    if (m_probe) {
        return;
    }
    m_probe = std::make_unique<service::BuilderProbe>(m_engine->program());
    connect(m_probe.get(), &service::BuilderProbe::found, this,
            [this](const service::BuilderFacts &facts) {
                m_facts = facts;
                ask();
            });
    m_probe->start();
}

void HistoryController::ask()
{
    if (!m_facts->hasBuildx) {
        setNote(tr("Builds that were done elsewhere are not here: buildx is not installed, which "
                   "would tell them."));
        return;
    }
    if (!m_facts->knowsHistory()) {
        setNote(tr("Builds that were done elsewhere are not here: this buildx (%1.%2) does not "
                   "tell them, 0.20 would.")
                    .arg(m_facts->buildxMajor)
                    .arg(m_facts->buildxMinor));
        return;
    }
    if (std::exchange(m_asking, true)) {
        return;
    }
    m_tool
        ->run(m_engine->cliEngine(), {"buildx", "history", "ls", "--format", "json", "--no-trunc"},
              "builder.history")
        .then(this, [this](const Result<service::BuildxOutput> &output) {
            m_asking = false;
            take(output);
        });
}

void HistoryController::take(const Result<service::BuildxOutput> &output)
{
    if (!output) {
        if (output.error().kind != ErrorKind::Cancelled) {
            setNote(tr("Builds that were done elsewhere are not here: %1")
                        .arg(describe(output.error()).reason));
        }
        return;
    }
    m_remembered = build::readEngineBuilds(output->printed);
    m_note.clear();
    update();
}

service::Operation<service::KeptBuild> HistoryController::steps(const std::string &id)
{
    const BuildRecord *wanted = record(id);
    if (wanted == nullptr || !wanted->isAway) {
        return m_history->steps(id);
    }
    const build::EngineBuild build{.ref = wanted->ref.toStdString()};
    const auto pending = std::make_shared<service::Pending<service::KeptBuild>>();
    const auto asked =
        m_tool->ask(m_engine->cliEngine(), {"buildx", "history", "logs", "--builder",
                                            build.builder(), "--progress", "rawjson", build.id()});
    asked.then(this, [pending](Result<service::BuildxOutput> output) {
        if (!output) {
            pending->finish(std::unexpected(output.error()));
            return;
        }
        // It may be long.
        QThreadPool::globalInstance()->start(
            [pending, output = *std::move(output)] { pending->finish(readAgain(output)); });
    });
    return {pending->future(), [asked, pending] {
                asked.cancel();
                pending->finish(failure(ErrorKind::Cancelled, "builder.log"));
            }};
}

std::string HistoryController::imageOf(const BuildRecord &record) const
{
    const bool isInEngine = record.outcome == BuildRecord::Outcome::Built &&
                            record.form.destination == docker::BuildDestination::Engine;
    return isInEngine ? m_engine->findImage(record.digest.toStdString(), record.form.tags)
                      : std::string();
}

/// What a builder remembers is its own: `buildx history rm`.
void HistoryController::remove(const std::vector<std::string> &ids)
{
    for (const std::string &id : ids) {
        const BuildRecord *found = record(id);
        if (found == nullptr) {
            continue;
        }
        if (!found->isAway) {
            m_history->remove(id);
            continue;
        }
        const build::EngineBuild build{.ref = found->ref.toStdString()};
        const docker::Arguments arguments{"buildx",    "history",       "rm",
                                          "--builder", build.builder(), build.id()};
        const QString subject = found->shownName();
        const auto running = m_tool->run(m_engine->cliEngine(), arguments, "builder.forget");
        const quint64 line =
            m_engine->recordStarted(QString::fromStdString(docker::commandLine(arguments)),
                                    [running] { running.cancel(); });
        running.then(this, [this, line, ref = build.ref,
                            subject](const Result<service::BuildxOutput> &output) {
            m_engine->recordFinished(line,
                                     output ? std::nullopt : std::optional<Error>(output.error()));
            if (output) {
                std::erase_if(m_remembered,
                              [&ref](const build::EngineBuild &each) { return each.ref == ref; });
                update();
            } else {
                Q_EMIT failed(subject, output.error());
            }
        });
    }
}

} // namespace roadstead::ui
