// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/build_run.h"

#include "engine/service/build/build_process.h"
#include "engine/service/build/classic_work.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::service {

BuildRun::BuildRun(docker::BuildxBuild build, docker::CliEngine engine, QString program,
                   QObject *parent)
    : QObject(parent)
    , m_build(std::move(build))
    , m_snapshot(std::make_shared<const BuildSnapshot>())
    , m_lines(std::make_shared<BuildLines>())
{
    takeWork(new BuildProcess(m_build, std::move(engine), std::move(program), m_lines));
}

BuildRun::BuildRun(docker::BuildxBuild build, ClassicBuild classic, QObject *parent)
    : QObject(parent)
    , m_build(std::move(build))
    , m_snapshot(std::make_shared<const BuildSnapshot>())
    , m_lines(std::make_shared<BuildLines>())
{
    takeWork(new ClassicWork(std::move(classic), m_lines));
}

void BuildRun::takeWork(BuildWork *work)
{
    m_work = work;
    m_thread.setObjectName(u"build"_s);
    m_work->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_work, &QObject::deleteLater);
    connect(m_work, &BuildWork::seen, this,
            [this](const std::shared_ptr<const BuildSnapshot> &snapshot) {
                m_snapshot = snapshot;
                Q_EMIT changed();
            });
    connect(m_work, &BuildWork::ended, this, [this](const BuildEnding &ending) { end(ending); });
}

BuildRun::~BuildRun()
{
    m_thread.quit();
    m_thread.wait();
    if (m_startedAt.isNull()) {
        delete m_work; // its thread never ran
    }
}

void BuildRun::start()
{
    m_startedAt = QDateTime::currentDateTimeUtc();
    m_thread.start();
    QMetaObject::invokeMethod(m_work, &BuildWork::start);
}

void BuildRun::stop()
{
    if (m_state != BuildState::Running) {
        return;
    }
    m_stopped = true;
    QMetaObject::invokeMethod(m_work, &BuildWork::stop);
}

void BuildRun::end(const BuildEnding &ending)
{
    m_endedAt = QDateTime::currentDateTimeUtc();
    m_imageDigest = ending.imageDigest;
    m_ref = ending.ref;
    m_error = ending.error;
    if (!m_error) {
        m_state = BuildState::Succeeded;
    } else if (m_stopped) {
        m_error->kind = ErrorKind::Cancelled;
        m_state = BuildState::Stopped;
    } else {
        m_state = BuildState::Failed;
    }
    Q_EMIT finished();
}

} // namespace roadstead::service
