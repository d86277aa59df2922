// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "ui/shell/engine_dialog.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>
#include <string>

namespace roadstead::service {
class EngineDirectory;
} // namespace roadstead::service

namespace roadstead::ui {

class MainWindow;

/// Adds, changes and removes contexts of the docker command, and says which of them it uses. Files
/// are read and written in other threads. GUI thread.
class EngineEditor : public QObject
{
    Q_OBJECT
public:
    /// `folder`: the docker command's, with its contexts. Both must outlive this.
    EngineEditor(std::string folder, service::EngineDirectory *directory, MainWindow *window,
                 QObject *parent = nullptr);

    void add();
    void edit(const QString &contextName);
    /// Asks first.
    void remove(const QString &contextName);
    /// `done` is called in the GUI thread. NotFound: there is no such context.
    void use(const QString &contextName, std::function<void(const Result<void> &)> done);

private:
    /// For a new one, or to change one.
    void ask(const std::optional<EngineDialog::Entry> &edited);
    void tell(const QString &title, const Error &error);

    const std::string m_folder;
    service::EngineDirectory *const m_directory;
    MainWindow *const m_window;
};

} // namespace roadstead::ui
