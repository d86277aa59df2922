// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Variables and labels as --env, --env-file, --label and --label-file take them. All fail with
/// ErrorKind::InvalidArgument; the detail names the word or the line.
namespace roadstead::reference {

/// The value of a variable in the environment of who types the command.
using VariableLookup = std::function<std::optional<std::string>(const std::string &name)>;

/// --env: "NAME=value" as it is; "NAME" with its value where it has one, else as it is, which
/// removes the image's variable.
Result<std::string> parseVariable(std::string_view text, const VariableLookup &lookup);

/// The lines of an --env-file or, without `lookup`, a --label-file: "NAME=value", comments
/// with "#", and names alone, which are looked up and left out when they have no value. A line has
/// at most 64 KiB.
Result<std::vector<std::string>> parseKeyValueFile(std::string_view content,
                                                   const VariableLookup &lookup = {});

/// --label: "name=value" or "name"; gives the text.
Result<std::string> parseLabel(std::string_view text);

} // namespace roadstead::reference
