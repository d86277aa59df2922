// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"

namespace roadstead::service {

/// The two ends of a conversation that an engine holds. Used in the transport's thread.
struct ConversationEnds
{
    docker::Source source; ///< none: the process reads nothing
    docker::TerminalSink sink;
};

} // namespace roadstead::service
