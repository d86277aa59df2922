// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/container_engine.h"

#include <QObject>
#include <QPointer>
#include <QUrl>

#include <functional>
#include <memory>

namespace roadstead::ui {

class Toast;
class ToastHost;

/// Writes the files of containers to archives on this computer, and tells how far it is and what
/// came of it, whatever page is shown. GUI thread only.
class ContainerExports : public QObject
{
    Q_OBJECT
public:
    using OpenUrl = std::function<void(const QUrl &)>;

    /// All must outlive this; without `toasts` nothing is told.
    ContainerExports(ContainerEngine *engine, ToastHost *toasts, OpenUrl openUrl,
                     QObject *parent = nullptr);
    ~ContainerExports() override;

    void begin(const docker::Target &container, const QString &path);

Q_SIGNALS:
    void placeWanted(const std::string &id); ///< another one than that which failed

private:
    struct Export;
    using ExportPointer = std::shared_ptr<Export>;

    void tellProgress(const ExportPointer &one) const;
    void finish(const ExportPointer &one, const Result<service::CopyReport> &report);
    void tellFailure(const Export &one, const Error &error);

    ContainerEngine *m_engine;
    ToastHost *m_toasts;
    OpenUrl m_openUrl;
    std::vector<ExportPointer> m_exports;
};

} // namespace roadstead::ui
