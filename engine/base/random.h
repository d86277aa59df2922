// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <string>

namespace roadstead {

/// `bytes` bytes from the kernel's random generator as lower-case hexadecimal digits: nonces and
/// names of temporary files. Fails with ErrorKind::Io.
Result<std::string> randomHex(std::size_t bytes);

/// Overwrites a secret in place before its memory is given back, in a way the compiler keeps.
void wipe(std::string &secret);

} // namespace roadstead
