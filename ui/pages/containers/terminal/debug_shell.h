// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/terminal_facts.h"
#include "ui/pages/containers/tab/container_engine.h"

#include <QPointer>

#include <memory>
#include <optional>
#include <string>

namespace roadstead::ui {

/// A shell for a container whose image has none: a container of the tools image that shares the
/// other one's processes and network. Loads the image from the installed archive when the engine
/// does not have it, so no network is needed. Begins at once; the container goes when this does.
class DebugShell final : public service::Conversation
{
    Q_OBJECT
public:
    /// `archive`: see installedArchive(). `rows` and `columns` of the terminal.
    DebugShell(ContainerEngine *engine, docker::Target target, QString archive, int rows,
               int columns);
    ~DebugShell() override;

    [[nodiscard]] std::string take() override;
    bool send(std::string_view bytes) override;
    void resize(int rows, int columns) override;
    [[nodiscard]] const std::optional<Result<int>> &end() const override { return m_end; }

    /// Where the package put the archive; empty when it is nowhere.
    static QString installedArchive();
    static std::string image(); ///< "roadstead/tools:1"
    /// What makes the container. What of the target cannot be joined is left out.
    [[nodiscard]] static docker::CreateContainer command(const docker::Target &target,
                                                         const docker::TerminalFacts &facts);
    /// The line a terminal would run: "docker run --rm -it …".
    [[nodiscard]] static std::string commandLine(const docker::Target &target);
    /// Where the target's files are seen from the shell.
    [[nodiscard]] static std::string filesOf(const docker::TerminalFacts &facts);

private:
    void look();
    void load();
    void create();
    void attach();
    void start();
    void fail(const Error &error);
    void finish(Result<int> end);

    QPointer<ContainerEngine> m_engine;
    docker::Target m_target;
    QString m_archive;
    int m_rows;
    int m_columns;
    docker::TerminalFacts m_facts;
    docker::Target m_made; ///< the container; empty until it is there
    std::unique_ptr<service::Conversation> m_attached;
    std::string m_intro; ///< said before what the shell writes
    std::optional<Result<int>> m_end;
    bool m_runs = false;
    bool m_isStarting = false; ///< whether it does is not known yet
};

} // namespace roadstead::ui
