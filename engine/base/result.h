// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/error.h"

#include <expected>
#include <utility>

namespace roadstead {

/// The outcome of anything that can fail.
template<typename T>
using Result = std::expected<T, Error>;

/// Shorthand for returning a failure from a function that returns a Result.
inline std::unexpected<Error> failure(ErrorKind kind, std::string operation,
                                      std::string detail = {}, int code = 0)
{
    return std::unexpected<Error>(Error{kind, code, std::move(detail), std::move(operation)});
}

} // namespace roadstead
