// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/image_loads.h"

#include "engine/docker/command.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/widgets/toast.h"

#include <QFileInfo>

#include <algorithm>

namespace roadstead::ui {

ImageLoads::ImageLoads(RunEngine *engine, ToastHost *toasts, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_toasts(toasts)
{
}

ImageLoads::~ImageLoads()
{
    if (m_isBusy) {
        m_work.cancel();
    }
}

QString ImageLoads::lineFor(const QStringList &paths)
{
    QStringList lines;
    for (const QString &path : paths) {
        lines.append(QString::fromStdString(docker::commandLine(
            docker::arguments(docker::Command(docker::LoadImage{path.toStdString()})))));
    }
    return lines.join(QStringLiteral("; "));
}

void ImageLoads::begin(const QStringList &paths)
{
    m_waiting.append(paths);
    if (!m_isBusy) {
        loadNext();
    }
}

void ImageLoads::loadNext()
{
    if (m_waiting.isEmpty()) {
        return;
    }
    const QString path = m_waiting.takeFirst();
    m_isBusy = true;
    if (m_toasts != nullptr) {
        ToastContent content;
        content.kind = ToastKind::Work;
        content.title = tr("Loading %1").arg(displayText(QFileInfo(path).fileName(), 80));
        content.text = tr("Waiting for the engine");
        content.actions.append(
            {QStringLiteral("toastStopLoad"), tr("Stop"), {}, [this] { m_work.cancel(); }});
        m_toast = m_toasts->show(content);
    }
    m_work =
        m_engine->run(docker::LoadImage{path.toStdString()},
                      [this](const std::vector<docker::Progress> &lines) { tellProgress(lines); });
    m_work.then(this, [this, path](const Result<std::string> &reply) { finish(path, reply); });
}

void ImageLoads::tellProgress(const std::vector<docker::Progress> &lines)
{
    std::int64_t current = 0;
    std::int64_t total = 0;
    for (const docker::Progress &line : lines) {
        current += line.current;
        total += line.total;
    }
    if (m_toast && total > 0) {
        m_toast->showProgress(
            double(current) / double(total),
            current < total ? tr("%1 of %2 sent").arg(diskSizeText(current), diskSizeText(total))
                            : tr("The engine unpacks its layers"));
    }
}

void ImageLoads::finish(const QString &path, const Result<std::string> &reply)
{
    m_isBusy = false;
    if (m_toast) {
        m_toast->expireNow();
    }
    const QString file = QFileInfo(path).fileName();
    ToastContent content;
    if (reply) {
        const QStringList names = loadedNames(*reply);
        content.title = names.size() == 1 ? tr("%1 is loaded").arg(names.front())
                        : names.isEmpty() ? tr("%1 is loaded").arg(displayText(file, 80))
                                          : tr("%n images are loaded", nullptr, int(names.size()));
        content.text = names.size() > 1 ? names.join(QStringLiteral(", ")) : QString();
    } else {
        const Explanation words = describe(reply.error(), file);
        content.kind = ToastKind::Error;
        content.title = words.title;
        content.text = words.body();
        content.details = words.rawDetail;
    }
    const bool isTold = reply || reply.error().kind != ErrorKind::Cancelled;
    if (m_toasts != nullptr && isTold) {
        m_toasts->show(content);
    }
    loadNext();
}

QStringList loadedNames(const std::string &reply)
{
    QStringList names;
    for (const QString &line : QString::fromStdString(reply).split(u'\n', Qt::SkipEmptyParts)) {
        const qsizetype colon = line.indexOf(QStringLiteral(": "));
        if (line.startsWith(QStringLiteral("Loaded image")) && colon > 0) {
            names.append(displayText(line.mid(colon + 2).trimmed(), 120));
        }
    }
    return names;
}

} // namespace roadstead::ui
