// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/container_exports.h"

#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/widgets/toast.h"

#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

struct ContainerExports::Export
{
    docker::Target container;
    QString path;
    service::Operation<service::CopyReport> work;
    QPointer<Toast> toast;
    QElapsedTimer time;
    std::uint64_t bytes = 0;
    std::int64_t about = 0; ///< bytes that will come; 0 = not known yet

    [[nodiscard]] QString name() const { return displayText(container.display, 80); }
};

ContainerExports::ContainerExports(ContainerEngine *engine, ToastHost *toasts, OpenUrl openUrl,
                                   QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_toasts(toasts)
    , m_openUrl(std::move(openUrl))
{
}

/// What was begun goes again: a part of an archive is worth nothing.
ContainerExports::~ContainerExports()
{
    for (const ExportPointer &one : std::exchange(m_exports, {})) {
        one->work.cancel();
    }
}

void ContainerExports::begin(const docker::Target &container, const QString &path)
{
    const auto one = std::make_shared<Export>();
    one->container = container;
    one->path = path;
    one->time.start();
    m_exports.push_back(one);
    const std::weak_ptr<Export> weak = one;
    one->work = m_engine->files()->exportTo(
        {.container = container, .size = 0, .localPath = path.toStdString()},
        [this, weak](const service::CopyProgress &progress) {
            if (const ExportPointer now = weak.lock()) {
                now->bytes = progress.bytes;
                tellProgress(now);
            }
        });
    if (m_toasts != nullptr) {
        ToastContent content;
        content.kind = ToastKind::Work;
        content.title = tr("Exporting the files of %1").arg(one->name());
        content.text = tr("Waiting for the engine");
        content.actions.append({QStringLiteral("toastStopExport"), tr("Stop"), {}, [weak] {
                                    if (const ExportPointer now = weak.lock()) {
                                        now->work.cancel();
                                    }
                                }});
        one->toast = m_toasts->show(content);
    }
    // How much there is, the engine finds out by walking over all files: meanwhile it comes.
    m_engine->measure({container.reference})
        .then(this, [this, weak](const Result<std::vector<docker::ContainerSummary>> &measured) {
            const ExportPointer now = weak.lock();
            if (now && measured && !measured->empty()) {
                now->about = std::max<std::int64_t>(measured->front().rootFsSize, 0);
                tellProgress(now);
            }
        });
    one->work.then(this,
                   [this, one](const Result<service::CopyReport> &report) { finish(one, report); });
}

void ContainerExports::tellProgress(const ExportPointer &one) const
{
    if (!one->toast || one->bytes == 0) {
        return;
    }
    constexpr double thousand = 1000.0;
    const double seconds = std::max(double(one->time.elapsed()) / thousand, 0.001);
    const QString rate = diskSizeText(std::int64_t(double(one->bytes) / seconds));
    const QString bytes = diskSizeText(std::int64_t(one->bytes));
    if (one->about > 0) {
        const double share = std::min(double(one->bytes) / double(one->about), 1.0);
        one->toast->showProgress(
            share, tr("%1 of about %2, %3 a second").arg(bytes, diskSizeText(one->about), rate));
    } else {
        one->toast->showProgress(std::nullopt, tr("%1, %2 a second").arg(bytes, rate));
    }
}

void ContainerExports::finish(const ExportPointer &one, const Result<service::CopyReport> &report)
{
    std::erase(m_exports, one);
    if (one->toast) {
        one->toast->expireNow();
    }
    if (m_toasts == nullptr) {
        return;
    }
    if (!report) {
        if (report.error().kind != ErrorKind::Cancelled) {
            tellFailure(*one, report.error());
        }
        return;
    }
    ToastContent content;
    content.title = tr("The files of %1 are exported").arg(one->name());
    content.text = tr("%1 in %2", "amount, path")
                       .arg(diskSizeText(std::int64_t(report->bytes)), displayText(one->path, 200));
    content.actions.append({QStringLiteral("toastOpenFolder"),
                            tr("Open the folder"),
                            {},
                            [open = m_openUrl, folder = QFileInfo(one->path).absolutePath()] {
                                open(QUrl::fromLocalFile(folder));
                            }});
    m_toasts->show(content);
}

void ContainerExports::tellFailure(const Export &one, const Error &error)
{
    const Explanation words = describe(error, QString::fromStdString(one.container.display));
    ToastContent content;
    content.kind = ToastKind::Error;
    content.title = tr("Could not export the files of %1").arg(one.name());
    content.text = words.body();
    content.details = words.rawDetail;
    if (error.kind == ErrorKind::DiskFull) {
        const QString folder = displayText(QFileInfo(one.path).absolutePath(), 120);
        content.text =
            one.about > 0
                ? tr("There is no room left in %1. About %2 are needed; %3 had been written and "
                     "are "
                     "deleted again. Free some space, or choose another place.")
                      .arg(folder, diskSizeText(one.about), diskSizeText(std::int64_t(one.bytes)))
                : tr("There is no room left in %1. The %2 that had been written are deleted again. "
                     "Free some space, or choose another place.")
                      .arg(folder, diskSizeText(std::int64_t(one.bytes)));
    }
    content.actions.append({QStringLiteral("toastExportElsewhere"),
                            tr("Choose another place…"),
                            {},
                            [this, id = one.container.reference] { Q_EMIT placeWanted(id); }});
    m_toasts->show(content);
}

} // namespace roadstead::ui
