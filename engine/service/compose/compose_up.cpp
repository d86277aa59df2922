// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/compose/compose_up.h"

#include <QFileInfo>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace roadstead::service {

namespace {

constexpr auto patienceWithCompose = 5s;
constexpr qsizetype keptWords = 8192;

docker::Arguments composeWords(const QString &file)
{
    return {"compose", "-f", file.toStdString(), "up", "-d"};
}

/// What the docker CLI says of a command or option that only the plugin would know.
bool saysPluginIsMissing(const QByteArray &words)
{
    return words.contains("'compose' is not a docker command") ||
           words.contains("unknown docker command: \"compose\"") ||
           words.contains("unknown shorthand flag: 'f' in -f");
}

} // namespace

ComposeUp::ComposeUp(QString file, docker::CliEngine engine, QString program, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_engine(std::move(engine))
    , m_program(std::move(program))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceWithCompose);
    connect(&m_patience, &QTimer::timeout, &m_process, &QProcess::kill);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ComposeUp::read);
    connect(&m_process, &QProcess::finished, this, [this](int exitCode, QProcess::ExitStatus how) {
        end(how == QProcess::NormalExit && exitCode == 0, exitCode);
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            finish(
                Error{ErrorKind::NotInstalled, 0, m_program.toStdString(), std::string(operation)});
        }
    });
}

ComposeUp::~ComposeUp()
{
    m_process.disconnect(this);
}

std::string ComposeUp::lineFor(const QString &file)
{
    return docker::commandLine(composeWords(file));
}

QStringList ComposeUp::arguments() const
{
    QStringList all;
    if (!m_engine.context.empty()) {
        all << u"--context"_s << QString::fromStdString(m_engine.context);
    } else if (!m_engine.host.empty()) {
        all << u"--host"_s << QString::fromStdString(m_engine.host);
    }
    for (const std::string &word : composeWords(m_file)) {
        all << QString::fromStdString(word);
    }
    return all;
}

void ComposeUp::start()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"COMPOSE_PROGRESS"_s, u"plain"_s); // whole lines, no cursor movements
    environment.insert(u"COMPOSE_ANSI"_s, u"never"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(QFileInfo(m_file).absolutePath());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.start(m_program, arguments(), QIODevice::ReadOnly);
}

void ComposeUp::stop()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_stopped = true;
        m_process.terminate();
        m_patience.start();
    }
}

void ComposeUp::read()
{
    m_words += m_process.readAllStandardOutput();
    if (m_words.size() > keptWords) {
        m_words.remove(0, m_words.size() - keptWords);
    }
    const QByteArray whole = m_words.left(m_words.lastIndexOf('\n')).trimmed();
    const QByteArray last = whole.mid(whole.lastIndexOf('\n') + 1).simplified();
    if (!last.isEmpty()) {
        Q_EMIT said(QString::fromUtf8(last));
    }
}

void ComposeUp::end(bool succeeded, int exitCode)
{
    m_patience.stop();
    read();
    if (succeeded) {
        finish({});
    } else if (m_stopped) {
        finish(Error{ErrorKind::Cancelled, 0, {}, std::string(operation)});
    } else if (saysPluginIsMissing(m_words)) {
        finish(Error{ErrorKind::NotInstalled, exitCode, "docker compose", std::string(operation)});
    } else {
        finish(Error{ErrorKind::EngineFailed, exitCode, m_words.trimmed().toStdString(),
                     std::string(operation)});
    }
}

void ComposeUp::finish(std::optional<Error> error)
{
    if (!std::exchange(m_finished, true)) {
        Q_EMIT finished(error);
    }
}

} // namespace roadstead::service
