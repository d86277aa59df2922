// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <functional>
#include <span>

namespace roadstead::http {

/// What a Source put into the room that it was given.
struct Given
{
    std::size_t bytes = 0;
    bool ended = false; ///< nothing comes after these bytes
};

/// Gives what is sent, piece by piece, as fast as the engine takes it. Called on the client's
/// thread; must not block. Zero bytes without an end means that there is nothing yet: it is asked
/// again after Handle::supply(). A failure gives the request up with that error. Destroyed when the
/// request is over.
using Source = std::move_only_function<Result<Given>(std::span<char> room)>;

} // namespace roadstead::http
