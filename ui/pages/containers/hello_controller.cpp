// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/hello_controller.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <chrono>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int outputLines = 200;
/// The hello program ends at once; this is for an engine so loaded that it does not.
constexpr std::chrono::seconds patience{20};

} // namespace

HelloController::HelloController(ContainerEngine *engine, QString archivePath, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_archivePath(std::move(archivePath))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_ending = Ending::Slow;
        read();
    });
    connect(engine, &ContainerEngine::containersChanged, this, &HelloController::watch);
}

QString HelloController::installedArchive()
{
    // Beside the program first: a program that runs from its build or another prefix uses its own.
    const QString beside =
        QCoreApplication::applicationDirPath() + QStringLiteral("/../share/roadstead/hello.tar");
    if (QFileInfo::exists(beside)) {
        return QFileInfo(beside).canonicalFilePath();
    }
    return QStandardPaths::locate(QStandardPaths::GenericDataLocation,
                                  QStringLiteral("roadstead/hello.tar"));
}

std::string HelloController::imageReference()
{
    return "roadstead/hello:latest";
}

bool HelloController::isUnderWay() const
{
    return m_step != Step::Idle && m_step != Step::Done && m_step != Step::Failed;
}

docker::Command HelloController::loadCommand() const
{
    return docker::LoadImage{m_archivePath.toStdString()};
}

docker::Command HelloController::createCommand() const
{
    docker::CreateContainer create;
    create.image = imageReference();
    return create;
}

QStringList HelloController::commandLines() const
{
    const auto line = [](const docker::Command &command) {
        return QString::fromStdString(docker::commandLine(docker::arguments(command)));
    };
    return {line(loadCommand()),
            QString::fromStdString(docker::commandLine({"run", imageReference()}))};
}

void HelloController::run()
{
    if (isUnderWay()) {
        return;
    }
    m_containerId.clear();
    m_output.clear();
    m_exitCode.reset();
    m_ending = Ending::Unknown;
    m_error.reset();
    if (m_archivePath.isEmpty()) {
        fail({ErrorKind::NotInstalled, 0, "roadstead/hello.tar", "hello.load"});
        return;
    }
    setStep(Step::Loading);
    m_engine->run(loadCommand()).then(this, [this](const Result<std::string> &result) {
        result ? create() : fail(result.error());
    });
}

void HelloController::create()
{
    setStep(Step::Creating);
    m_engine->run(createCommand()).then(this, [this](const Result<std::string> &result) {
        if (result) {
            m_containerId = *result;
            start();
        } else {
            fail(result.error());
        }
    });
}

void HelloController::start()
{
    setStep(Step::Starting);
    const docker::StartContainer command{{m_containerId, m_containerId.substr(0, 12)}};
    m_engine->run(command).then(this, [this](const Result<std::string> &result) {
        if (!result) {
            fail(result.error());
            return;
        }
        setStep(Step::Running);
        m_wasListed = false;
        m_patience.start();
        watch();
    });
}

void HelloController::watch()
{
    if (m_step != Step::Running) {
        return;
    }
    const service::EngineSession::Containers list = m_engine->containers();
    const auto found = std::ranges::find(*list, m_containerId, &docker::ContainerSummary::id);
    if (found == list->end()) {
        if (std::exchange(m_wasListed, false)) { // before that, the list is from before its start
            m_ending = Ending::Removed;
            read();
        }
        return;
    }
    m_wasListed = true;
    if (found->state == docker::ContainerState::Exited ||
        found->state == docker::ContainerState::Dead) {
        m_exitCode = found->exitCode;
        m_ending = m_exitCode ? Ending::Ended : Ending::Unknown;
        read();
    }
}

void HelloController::read()
{
    m_patience.stop();
    setStep(Step::Reading);
    m_engine->logTail(m_containerId, outputLines)
        .then(this, [this](const Result<std::string> &result) {
            if (result) {
                m_output = *result;
                setStep(Step::Done);
            } else if (m_ending == Ending::Removed) {
                setStep(Step::Done); // what it printed went with it
            } else {
                fail(result.error());
            }
        });
}

void HelloController::fail(const Error &error)
{
    m_patience.stop();
    m_error = error;
    setStep(Step::Failed);
}

void HelloController::setStep(Step step)
{
    m_step = step;
    Q_EMIT stepChanged();
}

} // namespace roadstead::ui
