// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <map>
#include <string>
#include <vector>

namespace roadstead::ui {

class ContainerEngine;
class TerminalPane;

/// The open sessions of an engine's containers, whoever shows them: the page of a container and the
/// pane beside the list have the same ones. Each is a child of the tab that shows it, or did last,
/// and leaves this when it is destroyed. GUI thread only.
class TerminalPanes : public QObject
{
    Q_OBJECT
public:
    using Panes = std::vector<TerminalPane *>;

    /// Those of `engine`, which owns them.
    static TerminalPanes *of(ContainerEngine *engine);

    [[nodiscard]] Panes in(const std::string &container) const;
    void add(const std::string &container, TerminalPane *pane);
    /// Ends its session and destroys it.
    void close(TerminalPane *pane);
    [[nodiscard]] int countInUse() const; ///< of every container, see TerminalPane::isInUse()
    /// Closes those that say nothing any more, of every container.
    void closeEnded();

Q_SIGNALS:
    void changed(const std::string &container);

private:
    explicit TerminalPanes(ContainerEngine *engine);
    void forget(const TerminalPane *pane);
    void closeOrphans();

    ContainerEngine *m_engine;
    std::map<std::string, Panes> m_panes; ///< by the container's id
};

} // namespace roadstead::ui
