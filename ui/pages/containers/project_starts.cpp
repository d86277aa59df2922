// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/project_starts.h"

#include "engine/service/compose/compose_up.h"
#include "ui/pages/containers/tab/container_engine.h"
#include "ui/text/display_text.h"
#include "ui/widgets/toast.h"

#include <QFileInfo>

#include <utility>

namespace roadstead::ui {

namespace {

/// A project is called after its folder, unless its file says otherwise.
QString projectOf(const QString &file)
{
    return displayText(QFileInfo(QFileInfo(file).absolutePath()).fileName(), 80);
}

QString lastLine(const std::string &text)
{
    return QString::fromStdString(text).trimmed().section(u'\n', -1);
}

} // namespace

ProjectStarts::ProjectStarts(ContainerEngine *engine, ToastHost *toasts, QString program,
                             QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_toasts(toasts)
    , m_program(std::move(program))
{
}

ProjectStarts::~ProjectStarts() = default;

bool ProjectStarts::begin(const QString &file)
{
    if (m_run) {
        return false;
    }
    m_run = std::make_unique<service::ComposeUp>(file, m_engine->cliEngine(), m_program);
    connect(m_run.get(), &service::ComposeUp::said, this, [this](const QString &line) {
        if (m_toast) {
            m_toast->showProgress({}, displayText(line, 120));
        }
    });
    connect(m_run.get(), &service::ComposeUp::finished, this,
            [this, file](const std::optional<Error> &error) { finish(file, error); });
    m_record =
        m_engine->recordStarted(QString::fromStdString(service::ComposeUp::lineFor(file)), [this] {
            if (m_run) {
                m_run->stop();
            }
        });
    tellBegin(projectOf(file));
    m_run->start();
    return true;
}

void ProjectStarts::tellBegin(const QString &project)
{
    if (m_toasts == nullptr) {
        return;
    }
    ToastContent content;
    content.kind = ToastKind::Work;
    content.title = tr("Starting the project %1").arg(project);
    content.text = tr("Compose reads its file");
    content.actions.append({QStringLiteral("toastStopProject"), tr("Stop"), {}, [this] {
                                if (m_run) {
                                    m_run->stop();
                                }
                            }});
    m_toast = m_toasts->show(content);
}

void ProjectStarts::finish(const QString &file, const std::optional<Error> &error)
{
    m_run.release()->deleteLater(); // it is what tells us
    m_engine->recordFinished(std::exchange(m_record, 0), error);
    if (m_toast) {
        m_toast->expireNow();
    }
    if (m_toasts == nullptr || (error && error->kind == ErrorKind::Cancelled)) {
        return;
    }
    ToastContent content;
    content.title = tr("The project %1 runs").arg(projectOf(file));
    content.text = tr("Its containers are in the list.");
    if (error && error->kind == ErrorKind::NotInstalled) {
        content.kind = ToastKind::Error;
        content.title = tr("Compose is not installed");
        content.text =
            tr("Projects are started by the Compose plugin of the docker command. Install the "
               "package docker-compose or docker-compose-plugin, then drop the file again.");
    } else if (error) {
        content.kind = ToastKind::Error;
        content.title = tr("The project %1 was not started").arg(projectOf(file));
        content.text = tr("Compose says: %1 What it had made already is in the list.")
                           .arg(displayText(lastLine(error->detail), 300));
        content.details = QString::fromStdString(error->detail);
    }
    m_toasts->show(content);
}

} // namespace roadstead::ui
