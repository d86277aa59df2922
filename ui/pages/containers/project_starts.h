// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/error.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>

namespace roadstead::service {
class ComposeUp;
}

namespace roadstead::ui {

class ContainerEngine;
class Toast;
class ToastHost;

/// Starts the project of a Compose file, one at a time, and tells how far it is. Its containers
/// come to the list by themselves. GUI thread only.
class ProjectStarts : public QObject
{
    Q_OBJECT
public:
    /// Engine and toasts must outlive this; without `toasts` nothing is told. `program` is the
    /// docker CLI.
    ProjectStarts(ContainerEngine *engine, ToastHost *toasts,
                  QString program = QStringLiteral("docker"), QObject *parent = nullptr);
    ~ProjectStarts() override;

    /// False while another is under way.
    bool begin(const QString &file);

private:
    void tellBegin(const QString &project);
    void finish(const QString &file, const std::optional<Error> &error);

    ContainerEngine *m_engine;
    ToastHost *m_toasts;
    const QString m_program;
    std::unique_ptr<service::ComposeUp> m_run;
    quint64 m_record = 0;
    QPointer<Toast> m_toast;
};

} // namespace roadstead::ui
