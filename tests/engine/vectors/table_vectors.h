// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "tests/engine/vectors/vectors.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

/// The tables of the docker CLI's own tests: a function for each of them.
namespace roadstead::test {

/// What a row expects and what we give, as texts; none when the row is left out.
struct Outcome
{
    std::string expected;
    std::string got;
};

using Table = std::function<std::optional<Outcome>(const Json &row)>;

/// By name of the test function and of the variable in it: "TestParseHost/valid".
using Tables = std::map<std::string, Table>;

Tables optionTables();
Tables runTables();
Tables displayTables();

/// "refused" where the row has an error under one of the usual names.
std::optional<std::string> expectedRefusal(const Json &row);

/// A text or, when it is no value, "refused".
template<typename T, typename Writer>
std::string outcomeText(const Result<T> &result, Writer writer)
{
    return result ? std::string(writer(*result)) : "refused";
}

/// Only whether it is taken.
template<typename T>
std::string acceptance(const Result<T> &result)
{
    return result ? "accepted" : "refused";
}

} // namespace roadstead::test
