// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/container_engine.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// Finds out which shell a container has, by running each for a moment: bash, ash, sh, busybox.
/// GUI thread only; begins at once. Nothing of it is in the history.
class ShellProbe : public QObject
{
    Q_OBJECT
public:
    /// `user`: who is to run it; empty = the container's.
    ShellProbe(ContainerEngine *engine, docker::Target container, std::string user,
               QObject *parent = nullptr);

Q_SIGNALS:
    /// `root`: it runs as user 0. Deleting this in the slot is allowed, as in the next two.
    void found(const std::vector<std::string> &shell, bool root);
    void noShell();
    void failed(const roadstead::Error &error);

private:
    void tryNext();
    void judge();

    ContainerEngine *m_engine;
    docker::Target m_container;
    std::string m_user;
    std::size_t m_next = 0;
    int m_again = 3; ///< how often an answer that was lost is still asked for again
    std::unique_ptr<service::Conversation> m_trial;
};

} // namespace roadstead::ui
