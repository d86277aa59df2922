// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/trust/program_run.h"

#include "engine/base/random.h"
#include "engine/registry/trust/trust_cause.h"

#include <QPointer>
#include <QProcessEnvironment>

namespace roadstead::service {

namespace {

constexpr qsizetype mostProgramOutput = 4 * 1024 * 1024;
constexpr int signalBase = 128; // as shells say it

} // namespace

Operation<ProgramEnd> ProgramRun::start(ProgramCall call, QObject *parent)
{
    auto *run = new ProgramRun(std::move(call), parent);
    const auto pending = run->m_pending;
    const std::string operation = run->m_call.operation;
    const QPointer guard(run);
    run->begin();
    return {pending->future(), [guard, operation] {
                if (guard) {
                    guard->stop({ErrorKind::Cancelled, 0, {}, operation});
                }
            }};
}

ProgramRun::ProgramRun(ProgramCall call, QObject *parent)
    : QObject(parent)
    , m_call(std::move(call))
    , m_pending(std::make_shared<Pending<ProgramEnd>>())
    , m_process(this)
    , m_limit(this)
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(m_call.limit);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        stop(trust::trustError(trust::TrustCause::NotAnswering, m_call.operation,
                               m_call.program.toStdString()));
    });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ProgramRun::read);
    connect(&m_process, &QProcess::readyReadStandardError, this, &ProgramRun::read);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            end(std::unexpected(trust::trustError(trust::TrustCause::NotInstalled, m_call.operation,
                                                  m_call.program.toStdString())));
        }
    });
    connect(&m_process, &QProcess::finished, this, [this](int status, QProcess::ExitStatus how) {
        read();
        end(ProgramEnd{.exitStatus = how == QProcess::NormalExit ? status : signalBase + status,
                       .output = m_output.toStdString(),
                       .complaint = m_complaint.toStdString()});
    });
}

ProgramRun::~ProgramRun()
{
    wipe(m_call.input);
    if (m_process.state() != QProcess::NotRunning) {
        m_process.disconnect(this);
        m_process.kill();
        m_process.waitForFinished(); // a killed process ends at once
    }
}

void ProgramRun::begin()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // What a person's shell may have set would count before what we give.
    for (const char *name : {"COSIGN_PASSWORD", "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE",
                             "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE"}) {
        environment.remove(QLatin1StringView(name));
    }
    for (auto &[name, value] : m_call.variables) {
        environment.insert(QString::fromStdString(name), QString::fromStdString(value));
        wipe(value);
    }
    m_process.setProcessEnvironment(environment);
    if (!m_call.folder.isEmpty()) {
        m_process.setWorkingDirectory(m_call.folder);
    }
    QStringList arguments;
    for (const std::string &argument : m_call.arguments) {
        arguments.append(QString::fromStdString(argument));
    }
    m_limit.start();
    m_process.start(m_call.program, arguments);
    if (m_process.state() != QProcess::NotRunning) {
        m_process.write(m_call.input.data(), qint64(m_call.input.size()));
        m_process.closeWriteChannel();
    }
    wipe(m_call.input);
}

void ProgramRun::read()
{
    m_output += m_process.readAllStandardOutput();
    m_complaint += m_process.readAllStandardError();
    if (m_output.size() + m_complaint.size() > mostProgramOutput) {
        stop(trust::trustError(trust::TrustCause::Unknown, m_call.operation, "too much output"));
    }
}

void ProgramRun::stop(Error why)
{
    m_process.disconnect(this);
    m_process.kill();
    end(std::unexpected(std::move(why)));
}

void ProgramRun::end(Result<ProgramEnd> result)
{
    m_limit.stop();
    m_pending->finish(std::move(result));
    deleteLater();
}

} // namespace roadstead::service
