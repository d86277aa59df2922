// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/dockerfile_check.h"

#include "engine/service/build/cli_words.h"

#include <chrono>
#include <string_view>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace roadstead::service {

namespace {

constexpr auto restBeforeCheck = 600ms;
constexpr auto patienceWithCheck = 60s;
constexpr qint64 longestAnswer = qint64(8) << 20;

/// Whether the builder says that it cannot do it at all: an old buildx, or an old BuildKit without
/// a newer Dockerfile syntax.
bool saysUnsupported(std::string_view complaint)
{
    return complaint.contains("unknown flag: --call") ||
           complaint.contains("unsupported request") || complaint.contains("not supported") ||
           complaint.contains("unknown subrequest") || complaint.contains("does not support");
}

} // namespace

DockerfileCheck::DockerfileCheck(const QString &program, QObject *parent)
    : QObject(parent)
    , m_program(program)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restBeforeCheck);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceWithCheck);
    connect(&m_rest, &QTimer::timeout, this, &DockerfileCheck::begin);
    connect(&m_patience, &QTimer::timeout, this, &DockerfileCheck::drop);
}

DockerfileCheck::~DockerfileCheck()
{
    if (m_process) {
        m_process->disconnect(this);
        m_process->kill();
        m_process->waitForFinished(); // a killed process ends at once
    }
}

void DockerfileCheck::ask(const docker::CliEngine &engine, const CheckQuestion &question)
{
    cancel();
    if (m_isSupported) {
        m_engine = engine;
        m_question = question;
        m_rest.start();
    }
}

void DockerfileCheck::cancel()
{
    m_rest.stop();
    drop();
}

/// What runs is let go: it ends by itself, soon after it is killed.
void DockerfileCheck::drop()
{
    m_patience.stop();
    if (QProcess *process = m_process.release()) {
        process->disconnect(this);
        if (process->state() == QProcess::NotRunning) {
            process->deleteLater();
            return;
        }
        connect(process, &QProcess::finished, process, &QObject::deleteLater);
        process->setParent(this);
        process->kill();
    }
}

void DockerfileCheck::begin()
{
    m_process = std::make_unique<QProcess>();
    connect(m_process.get(), &QProcess::finished, this, &DockerfileCheck::finish);
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            drop();
        }
    });
    QStringList words = engineWords(m_engine);
    words << u"buildx"_s << u"build"_s << u"--call"_s << u"check,format=json"_s << u"--progress"_s
          << u"quiet"_s << u"--file"_s << u"-"_s;
    if (!m_question.target.isEmpty()) {
        words << u"--target"_s << m_question.target;
    }
    words << u"--"_s << m_question.context;
    m_patience.start();
    m_process->start(m_program, words);
    m_process->write(m_question.text.toUtf8());
    m_process->closeWriteChannel();
}

/// It exits with a fault where there are warnings, too: what counts is what it prints.
void DockerfileCheck::finish()
{
    m_patience.stop();
    const QByteArray printed = m_process->read(longestAnswer);
    const QByteArray complaint = m_process->readAllStandardError();
    m_process.release()->deleteLater();
    const auto check =
        build::readBuildCheck(std::string_view(printed.constData(), std::size_t(printed.size())));
    if (check) {
        Q_EMIT checked(*check);
    } else if (saysUnsupported(
                   std::string_view(complaint.constData(), std::size_t(complaint.size())))) {
        m_isSupported = false;
        Q_EMIT checked({});
    }
}

} // namespace roadstead::service
