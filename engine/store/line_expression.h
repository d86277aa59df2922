// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <memory>
#include <string_view>

namespace roadstead::store {

/// What is looked for in lines, in PCRE2's syntax. Immutable; for any thread. See LineMatcher.
class LineExpression
{
public:
    enum class Letters { InTheirCase, InAnyCase };

    /// Of UTF-8. Fails with InvalidArgument for what is no expression, or a too large one. May
    /// take a while.
    static Result<std::shared_ptr<const LineExpression>> make(std::string_view pattern,
                                                              Letters letters);
    LineExpression(const LineExpression &) = delete;
    LineExpression &operator=(const LineExpression &) = delete;
    ~LineExpression();

    struct Codes;
    [[nodiscard]] const Codes &codes() const { return *m_codes; }

private:
    explicit LineExpression(std::unique_ptr<const Codes> codes);
    std::unique_ptr<const Codes> m_codes;
};

} // namespace roadstead::store
