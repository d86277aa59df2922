// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cerrno>
#include <cstring>
#include <string>

namespace roadstead::launcher {

/// A failure of the system call just made, with errno as code and its text in the detail.
inline std::unexpected<Error> ioFailure(std::string operation, const std::string &subject)
{
    const int code = errno;
    return failure(ErrorKind::Io, std::move(operation), subject + ": " + std::strerror(code), code);
}

} // namespace roadstead::launcher
