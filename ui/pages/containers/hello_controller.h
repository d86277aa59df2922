// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/container_engine.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <optional>
#include <string>

namespace roadstead::ui {

/// Proves that an engine works: loads the hello image from the installed archive, makes and starts
/// a container of it, waits for its end, reads its output. Needs no network. GUI thread only.
class HelloController : public QObject
{
    Q_OBJECT
public:
    enum class Step {
        Idle,     ///< ended by run()
        Loading,  ///< image on its way to the engine
        Creating, ///< container being made
        Starting,
        Running, ///< ended by the container's end, or after a while by giving up waiting
        Reading, ///< its output on its way
        Done,    ///< output() and exitCode() are there
        Failed   ///< error() says why; ended by run()
    };

    /// `archivePath`: the archive to load, see installedArchive(). `engine` must outlive this.
    HelloController(ContainerEngine *engine, QString archivePath, QObject *parent = nullptr);

    /// Where the package put the archive; empty when it is nowhere.
    static QString installedArchive();
    static std::string imageReference(); ///< "roadstead/hello:latest"

    void run(); ///< does nothing while a run is under way
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] bool isUnderWay() const;
    [[nodiscard]] const std::string &output() const { return m_output; } ///< hostile text
    [[nodiscard]] std::optional<int> exitCode() const { return m_exitCode; }
    enum class Ending {
        Unknown, ///< not ended yet; or it has, and nobody knows with which code
        Ended,   ///< exitCode() says how
        Slow,    ///< it still ran when waiting was given up
        Removed  ///< somebody removed it before its end was seen
    };
    [[nodiscard]] Ending ending() const { return m_ending; }
    /// It ran, and did what it is for.
    [[nodiscard]] bool worked() const { return m_step == Step::Done && m_exitCode == 0; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] const std::string &containerId() const { return m_containerId; }
    /// The lines that a terminal would run for the same, in order.
    [[nodiscard]] QStringList commandLines() const;

Q_SIGNALS:
    void stepChanged();

private:
    void setStep(Step step);
    void fail(const Error &error);
    void create();
    void start();
    void watch();
    void read();
    [[nodiscard]] docker::Command loadCommand() const;
    [[nodiscard]] docker::Command createCommand() const;

    ContainerEngine *m_engine;
    QString m_archivePath;
    Step m_step = Step::Idle;
    std::string m_containerId;
    std::string m_output;
    std::optional<int> m_exitCode;
    Ending m_ending = Ending::Unknown;
    std::optional<Error> m_error;
    bool m_wasListed = false; ///< the list has had the container since its start
    QTimer m_patience;
};

} // namespace roadstead::ui
