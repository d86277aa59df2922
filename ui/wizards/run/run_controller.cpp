// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/run_controller.h"

#include "engine/docker/command.h"
#include "engine/reference/environment.h"
#include "engine/service/transport.h"
#include "ui/text/display_text.h"
#include "ui/wizards/run/run_presets.h"

#include <QDir>
#include <QFileInfo>
#include <QPromise>
#include <QRegularExpression>

#include <algorithm>
#include <chrono>
#include <memory>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr std::chrono::milliseconds progressSpacing{100};

std::optional<std::string> environmentVariable(const std::string &name)
{
    return qEnvironmentVariableIsSet(name.c_str())
               ? std::optional(qEnvironmentVariable(name.c_str()).toStdString())
               : std::nullopt;
}

/// How many characters the first bytes of a line are.
int charactersOf(std::string_view line, std::size_t bytes)
{
    return int(QString::fromUtf8(line.substr(0, bytes)).size());
}

} // namespace

RunController::RunController(RunEngine *engine, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_images(
          [engine](const docker::Command &command,
                   service::EngineSession::ProgressReceiver progress) {
              return engine->run(command, std::move(progress));
          },
          engine->trust())
{
    m_progressPause.setSingleShot(true);
    m_progressPause.setInterval(progressSpacing);
    connect(&m_progressPause, &QTimer::timeout, this, &RunController::progressChanged);
    connect(engine, &RunEngine::containersChanged, this, &RunController::refresh);
    connect(engine, &RunEngine::imagesChanged, this, [this] {
        refresh();
        Q_EMIT factsChanged();
    });
    connect(engine, &RunEngine::infoChanged, this, &RunController::factsChanged);
    connect(&m_images, &service::GuardedImages::checkingChanged, this, [this] {
        if (m_step == Step::Checking && !m_images.isChecking() && m_pulls) {
            setStep(Step::Pulling);
        }
    });
    m_facts.isOnThisMachine = engine->isOnThisMachine();
    refresh();
}

RunController::~RunController() = default;

docker::RunLineContext RunController::contextOfForm() const
{
    return {.currentFolder = QDir::homePath().toStdString(),
            .readFile = readOptionFile,
            .apiSocket = m_engine->apiSocket()};
}

void RunController::refresh()
{
    m_facts.containers = m_engine->containers();
    m_facts.images = m_engine->images();
    leaveReplacedOut();
    m_checks = checksOf(m_form, m_facts, contextOfForm());
    if (m_engineCheck) {
        std::erase_if(m_checks, [this](const RunCheck &check) {
            return check.place == m_engineCheck->place && check.verdict == RunCheck::Verdict::Fine;
        });
        m_checks.insert(m_checks.begin(), *m_engineCheck);
    }
    Q_EMIT checksChanged();
}

void RunController::setReplaced(const std::string &id)
{
    m_replaced = id;
    readFacts();
    refresh();
}

void RunController::leaveReplacedOut()
{
    const auto found =
        std::ranges::find(*m_facts.containers, m_replaced, &docker::ContainerSummary::id);
    if (m_replaced.empty() || found == m_facts.containers->end()) {
        return;
    }
    if (m_facts.listening) {
        std::erase_if(*m_facts.listening, [&](const service::ListeningPort &held) {
            return std::ranges::any_of(found->ports, [&](const docker::Port &port) {
                return port.publicPort == held.port && port.protocol == held.protocol;
            });
        });
    }
    auto others = *m_facts.containers;
    std::erase_if(others, [this](const auto &container) { return container.id == m_replaced; });
    m_facts.containers = std::make_shared<const decltype(others)>(std::move(others));
}

std::optional<docker::CreateContainer> RunController::readable() const
{
    auto read = readForm(m_form, contextOfForm());
    return read ? std::optional(std::move(read->create)) : std::nullopt;
}

std::optional<docker::CreateContainer> RunController::wanted()
{
    m_tried = true;
    refresh();
    return problemCount() > 0 ? std::nullopt : readable();
}

void RunController::setForm(RunForm form)
{
    if (form == m_form) {
        return;
    }
    m_form = std::move(form);
    m_engineCheck.reset();
    m_failure.reset();
    m_held.reset();
    readFolders();
    refresh();
}

void RunController::clear()
{
    m_tried = false;
    setForm({});
    edit();
    Q_EMIT formChanged();
}

bool RunController::looksLikeRunLine(const QString &text)
{
    static const QRegularExpression line(
        u"^\\s*(?:\\$\\s+)?(?:sudo\\s+)?(?:\\S*/)?docker\\s+(?:container\\s+)?(?:run|create)\\s"_s);
    return line.match(text.left(256)).hasMatch();
}

std::optional<RunController::PasteProblem> RunController::paste(const QString &line)
{
    docker::RunLineContext context = contextOfForm();
    context.variable = environmentVariable;
    const std::string text = line.toStdString();
    const auto read = docker::parseRunLine(text, context);
    if (!read) {
        const docker::LineProblem &problem = read.error();
        return PasteProblem{charactersOf(text, problem.begin), charactersOf(text, problem.end),
                            problemText(problem.kind, problem.detail)};
    }
    // What a history or a terminal passes by name without a value here is not known.
    setForm(keptForm(*read));
    Q_EMIT formChanged();
    return std::nullopt;
}

Result<int> RunController::importVariables(const QString &path)
{
    const auto content = readOptionFile(path.toStdString());
    if (!content) {
        return std::unexpected(content.error());
    }
    const auto lines = reference::parseKeyValueFile(*content, environmentVariable);
    if (!lines) {
        return std::unexpected(lines.error());
    }
    RunForm form = m_form;
    std::erase_if(form.environment, [](const RunVariable &row) { return row.isEmpty(); });
    for (const std::string &line : *lines) {
        const auto equals = std::min(line.find('='), line.size());
        const std::string name = line.substr(0, equals);
        RunVariable row{name, line.substr(std::min(equals + 1, line.size())), equals < line.size()};
        const auto same = std::ranges::find(form.environment, name, &RunVariable::name);
        if (same == form.environment.end()) {
            form.environment.push_back(std::move(row));
        } else {
            *same = std::move(row);
        }
    }
    setForm(std::move(form));
    Q_EMIT formChanged();
    return int(lines->size());
}

const RunCheck *RunController::problemAt(const RunPlace &place) const
{
    const auto found = std::ranges::find_if(m_checks, [&](const RunCheck &check) {
        return check.verdict == RunCheck::Verdict::Wrong && check.place == place &&
               (m_tried || !check.onlyAfterTrying);
    });
    return found == m_checks.end() ? nullptr : &*found;
}

const RunCheck *RunController::checkAt(const RunPlace &place) const
{
    if (const RunCheck *problem = problemAt(place)) {
        return problem;
    }
    const auto found = std::ranges::find_if(m_checks, [&](const RunCheck &check) {
        return check.verdict != RunCheck::Verdict::Wrong && check.place == place;
    });
    return found == m_checks.end() ? nullptr : &*found;
}

int RunController::problemCount() const
{
    return int(std::ranges::count_if(m_checks, [this](const RunCheck &check) {
        return check.verdict == RunCheck::Verdict::Wrong && (m_tried || !check.onlyAfterTrying);
    }));
}

void RunController::apply(const RunCheck &check)
{
    if (check.fix) {
        RunForm form = m_form;
        check.fix(form);
        setForm(std::move(form));
        Q_EMIT formChanged();
    }
}

QString RunController::line() const
{
    QStringList lines;
    if (m_images.checks()) {
        for (const std::string &line : m_engine->trust()->judgeLines(m_form.image)) {
            lines.append(QString::fromStdString(line));
        }
    }
    lines.append(QString::fromStdString(runLineOf(m_form)));
    return lines.join(u"; "_s);
}

void RunController::readFacts()
{
    m_engine->networks().then(this, [this](const Result<std::vector<docker::Network>> &networks) {
        if (networks) {
            m_facts.networks = *networks;
            refresh();
            Q_EMIT factsChanged();
        }
    });
    m_engine->volumes().then(this, [this](const Result<std::vector<docker::Volume>> &volumes) {
        if (volumes) {
            m_volumes = *volumes;
            Q_EMIT factsChanged();
        }
    });
    m_engine->listeningPorts().then(
        this, [this](const Result<std::vector<service::ListeningPort>> &ports) {
            if (ports) {
                m_facts.listening = *ports;
                refresh();
            }
        });
    m_facts.folders.clear();
    readFolders();
}

/// Only those that nothing is known of yet.
void RunController::readFolders()
{
    std::vector<std::string> paths;
    for (const RunMount &mount : m_form.mounts) {
        if (mount.kind == RunMount::Kind::Folder && mount.source.starts_with('/') &&
            !m_facts.folders.contains(mount.source)) {
            paths.push_back(mount.source);
        }
    }
    if (m_facts.isOnThisMachine && !paths.empty()) {
        lookAtFolders(paths);
    }
}

/// A folder may be on another computer that does not answer: never in this thread.
void RunController::lookAtFolders(const std::vector<std::string> &paths)
{
    using Found = std::map<std::string, bool>;
    const auto promise = std::make_shared<QPromise<Found>>();
    promise->start();
    service::runElsewhere([promise, paths] {
        Found found;
        for (const std::string &path : paths) {
            found[path] = QFileInfo::exists(QString::fromStdString(path));
        }
        promise->addResult(std::move(found));
        promise->finish();
    });
    promise->future().then(this, [this](const Found &found) {
        m_facts.folders.insert(found.begin(), found.end());
        refresh();
    });
}

bool RunController::isUnderWay() const
{
    return m_step != Step::Editing && m_step != Step::Done;
}

void RunController::edit()
{
    if (m_step == Step::Done) {
        m_containerId.clear();
        setStep(Step::Editing);
        readFacts();
    }
}

void RunController::setStep(Step step)
{
    m_step = step;
    Q_EMIT stepChanged();
}

} // namespace roadstead::ui
