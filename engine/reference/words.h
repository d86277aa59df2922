// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/ascii.h"
#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the grammars of this folder share: pieces of ASCII text, none of which depends on a locale.
namespace roadstead::reference {

/// Names with values, in the order of their first appearance; each name once.
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What stands before and after the first separator; `found` tells whether there is one.
struct Halves
{
    std::string_view before;
    std::string_view after;
    bool found = false;
};
Halves cut(std::string_view text, char separator);

/// The parts between separators, at least one; with `limit` > 0 the last one keeps the rest.
std::vector<std::string_view> split(std::string_view text, char separator, std::size_t limit = 0);

std::string join(const std::vector<std::string> &parts, std::string_view separator);

/// Without white space at both ends (space, \t, \n, \v, \f, \r).
std::string_view trimmed(std::string_view text);
/// ASCII letters only.
std::string lowered(std::string_view text);
std::string raised(std::string_view text);

/// Sets the value of `name`, which keeps its place when it is there already.
void put(Pairs &pairs, std::string_view name, std::string_view value);

/// "a=b" texts as pairs: the last value of a name counts; without "=" the value is empty.
Pairs keyValues(const std::vector<std::string> &texts);

/// "a", "a=b" of a pair: the text that keyValues reads back as the same pair.
std::string pairText(const std::pair<std::string, std::string> &pair);

/// Whether the text is of the long form of --network and --publish of services: a word character,
/// "=" and a word character somewhere.
bool isLongSyntax(std::string_view text);

/// An ErrorKind::InvalidArgument of the operation "option.read": `detail` names the exact word.
std::unexpected<Error> refused(std::string detail);

/// The word in quotes, for details.
std::string quotedWord(std::string_view word);

} // namespace roadstead::reference
