// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace roadstead::reference {

/// The fields of one line of comma separated values (RFC 4180): a field that begins with a double
/// quote ends with one, and two within it stand for one. Fails with ErrorKind::InvalidArgument on a
/// quote elsewhere, one that is not closed, and on nothing at all.
Result<std::vector<std::string>> parseCsv(std::string_view text);

/// The fields as a line that parseCsv reads back. At least one field; a single empty field cannot
/// be told from nothing.
std::string csvText(const std::vector<std::string> &fields);

} // namespace roadstead::reference
