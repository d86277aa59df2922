// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/container.h"
#include "engine/service/conversation.h"

namespace roadstead::service {

/// The terminal of a container's own process, or its standard streams. Begins at once. Going away
/// ends the connection and nothing else; it ends with the process, too, and with the keys to
/// detach, which end() does not tell apart: both are 0.
class AttachSession final : public EngineConversation
{
    Q_OBJECT
public:
    /// `rows`, `columns`: of its terminal, which is told another size first, so that the process
    /// draws its screen again; 0 when it has no terminal or does not run yet.
    AttachSession(EngineSession *engine, const docker::AttachContainer &options, int rows,
                  int columns, Recorded recorded);

private:
    void sendSize(const std::string &id, int rows, int columns,
                  std::move_only_function<void()> done) override;
    [[nodiscard]] bool wantsRedrawing() const override { return true; }
};

} // namespace roadstead::service
