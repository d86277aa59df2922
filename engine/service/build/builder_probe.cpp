// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/builder_probe.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace roadstead::service {

bool lacksBuildx(std::string_view complaint)
{
    return complaint.contains("'buildx' is not a docker command") ||
           complaint.contains("unknown command: docker buildx");
}

BuilderFacts builderFactsOf(const QString &printed, const QString &complaint)
{
    BuilderFacts facts{.hasCli = true, .hasBuildx = !lacksBuildx(complaint.toStdString())};
    static const QRegularExpression version(u"\\bv?(\\d{1,6})\\.(\\d{1,6})\\."_s);
    if (const auto match = version.match(printed.left(500)); match.hasMatch()) {
        facts.buildxMajor = match.captured(1).toInt();
        facts.buildxMinor = match.captured(2).toInt();
    }
    return facts;
}

BuilderProbe::BuilderProbe(const QString &program, QObject *parent)
    : QObject(parent)
    , m_program(program)
{
    m_process.setStandardInputFile(QProcess::nullDevice());
    connect(&m_process, &QProcess::finished, this, [this] {
        Q_EMIT found(builderFactsOf(QString::fromUtf8(m_process.readAllStandardOutput()),
                                    QString::fromUtf8(m_process.readAllStandardError())));
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            Q_EMIT found({});
        }
    });
}

BuilderProbe::~BuilderProbe()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.disconnect(this);
        m_process.kill();
        m_process.waitForFinished(); // a killed process ends at once
    }
}

void BuilderProbe::start()
{
    m_process.start(m_program, {u"buildx"_s, u"version"_s}, QIODevice::ReadOnly);
}

} // namespace roadstead::service
