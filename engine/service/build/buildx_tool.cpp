// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/buildx_tool.h"

#include "engine/service/build/builder_probe.h"
#include "engine/service/build/cli_words.h"
#include "engine/service/pending.h"

#include <QPointer>
#include <QProcess>
#include <QTimer>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::service {

namespace {

/// One run, and whom it answers. Deletes itself.
class BuildxRun : public QObject
{
public:
    BuildxRun(std::string operation, bool anyStatus, QObject *parent)
        : QObject(parent)
        , m_operation(std::move(operation))
        , m_anyStatus(anyStatus)
        , m_process(this)
        , m_patience(this)
    {
        m_patience.setSingleShot(true);
        m_process.setStandardInputFile(QProcess::nullDevice());
        connect(&m_patience, &QTimer::timeout, this, [this] { fail(ErrorKind::NotAnswering); });
        connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] { take(); });
        connect(&m_process, &QProcess::readyReadStandardError, this, [this] { take(); });
        connect(&m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus how) {
            finish(how == QProcess::NormalExit ? code : 128);
        });
        connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart) {
                fail(ErrorKind::NotInstalled, m_process.program().toStdString());
            }
        });
    }
    ~BuildxRun() override
    {
        m_process.disconnect(this);
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished(); // a killed process ends at once
        }
        m_pending.finish(failure(ErrorKind::Cancelled, m_operation));
    }

    QFuture<Result<BuildxOutput>> start(const QString &program, const QStringList &arguments,
                                        std::chrono::milliseconds patience)
    {
        m_patience.start(patience);
        m_process.start(program, arguments, QIODevice::ReadOnly);
        return m_pending.future();
    }

private:
    void take()
    {
        m_output.printed += m_process.readAllStandardOutput().toStdString();
        m_output.complaint += m_process.readAllStandardError().toStdString();
        if (m_output.printed.size() > std::size_t(BuildxTool::printedCap) ||
            m_output.complaint.size() > std::size_t(BuildxTool::printedCap)) {
            fail(ErrorKind::MalformedReply, "too much output");
        }
    }
    void fail(ErrorKind kind, std::string detail = {}, int code = 0)
    {
        m_process.disconnect(this);
        m_process.kill();
        m_pending.finish(failure(kind, m_operation, std::move(detail), code));
        deleteLater();
    }
    void finish(int status)
    {
        take();
        m_output.exitStatus = status;
        if (status != 0 && lacksBuildx(m_output.complaint)) {
            fail(ErrorKind::NotInstalled, "buildx", status);
        } else if (status != 0 && !m_anyStatus) {
            fail(kindOfBuildxFailure(m_output.complaint), reasonOfBuildx(m_output.complaint),
                 status);
        } else {
            m_pending.finish(std::move(m_output));
            deleteLater();
        }
    }

    const std::string m_operation;
    const bool m_anyStatus;
    QProcess m_process;
    QTimer m_patience;
    BuildxOutput m_output;
    Pending<BuildxOutput> m_pending;
};

QStringList wordsOf(const docker::CliEngine &engine, const docker::Arguments &arguments)
{
    QStringList words = engineWords(engine);
    for (const std::string &argument : arguments) {
        words.append(QString::fromStdString(argument));
    }
    return words;
}

Operation<BuildxOutput> started(BuildxRun *run, const QString &program, const QStringList &words,
                                std::chrono::milliseconds patience)
{
    const QPointer<BuildxRun> kept(run);
    return {run->start(program, words, patience), [kept] { delete kept.data(); }};
}

} // namespace

ErrorKind kindOfBuildxFailure(std::string_view complaint)
{
    if (complaint.contains("no builder \"") || complaint.contains("failed to find instance")) {
        return ErrorKind::NotFound;
    }
    if (complaint.contains("existing instance for") || complaint.contains("already exists")) {
        return ErrorKind::Conflict;
    }
    if (complaint.contains("Cannot connect to the Docker daemon")) {
        return ErrorKind::Refused;
    }
    return complaint.contains("no space left on device") ? ErrorKind::DiskFull
                                                         : ErrorKind::EngineFailed;
}

std::string reasonOfBuildx(std::string_view complaint)
{
    while (!complaint.empty() && (complaint.back() == '\n' || complaint.back() == '\r')) {
        complaint.remove_suffix(1);
    }
    // "failed to remove x: …" comes before "ERROR: failed to remove one or more builders".
    constexpr std::string_view vague = "ERROR: failed to remove one or more builders";
    if (complaint.ends_with(vague) && complaint.size() > vague.size()) {
        return reasonOfBuildx(complaint.substr(0, complaint.size() - vague.size()));
    }
    std::string_view last = complaint.substr(complaint.rfind('\n') + 1);
    constexpr std::string_view mark = "ERROR: ";
    if (last.starts_with(mark)) {
        last.remove_prefix(mark.size());
    }
    return std::string(last);
}

BuildxTool::BuildxTool(const QString &program, QObject *parent)
    : QObject(parent)
    , m_program(program)
{
}

BuildxTool::~BuildxTool() = default;

Operation<BuildxOutput> BuildxTool::ask(const docker::CliEngine &engine,
                                        const docker::Arguments &arguments,
                                        std::chrono::milliseconds patience)
{
    return started(new BuildxRun("builder.ask", true, this), m_program, wordsOf(engine, arguments),
                   patience);
}

Operation<BuildxOutput> BuildxTool::run(const docker::CliEngine &engine,
                                        const docker::Arguments &arguments, std::string operation,
                                        std::chrono::milliseconds patience)
{
    return started(new BuildxRun(std::move(operation), false, this), m_program,
                   wordsOf(engine, arguments), patience);
}

} // namespace roadstead::service
