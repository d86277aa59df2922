// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/options.h"
#include "engine/base/result.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <string>

namespace roadstead::service {
struct KnownEngine;
} // namespace roadstead::service

namespace roadstead::desktop {

class BenchMarks;

/// The object graph of the running program: engine, session, window, pages, tray, and what ties
/// them together. GUI thread; lives between QApplication and the end of its event loop.
class Program : public QObject
{
    Q_OBJECT
public:
    /// `marks` may be null; outlives this otherwise.
    Program(const Options &options, BenchMarks *marks, QObject *parent = nullptr);
    ~Program() override;

    /// Connects to the engine and shows the window, or stays in the tray.
    void start();
    /// Shows the window in front; `activationToken` is what the desktop gave to whoever asked.
    void present(const QString &activationToken);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeEngine();
    void makeWindow();
    void makePages();
    void makeSwitcher();
    void openEngine(const service::KnownEngine *engine);
    void useContext(const QString &context);
    [[nodiscard]] std::optional<service::KnownEngine> rememberedEngine();
    void startLater();
    void followWindow();
    void tellOfContext(const Result<void> &written);

    class Parts;
    const Options m_options;
    BenchMarks *const m_marks;
    const std::unique_ptr<Parts> m;
    std::string m_current;         ///< id of the engine that is shown
    bool m_lostRemembered = false; ///< the engine that was used last is not there any more
};

} // namespace roadstead::desktop
