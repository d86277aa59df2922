// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/build/expression.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::build {

/// Which patterns matched a folder, for the paths below it. Empty at the top.
struct ParentMatches
{
    std::vector<bool> patterns;
};

/// A list of patterns of .dockerignore, the last that matches decides. The same results as
/// moby/patternmatcher gives, oddities included: people write their files against those.
///
/// A path that matches is left out of the build context. Patterns that are malformed in a way that
/// only matching shows fail then, as in the reference; all failures are ErrorKind::InvalidArgument
/// with the pattern in the detail. A value; may be used by several threads at once.
class PatternMatcher
{
public:
    PatternMatcher() = default;
    static Result<PatternMatcher> make(const std::vector<std::string> &patterns);

    /// Whether the path, or a folder it is in, matches. The path is taken as it is.
    [[nodiscard]] Result<bool> matches(std::string_view path) const;
    /// The same for a path whose folder was asked about before; `matched` gets what is needed for
    /// the paths below this one.
    [[nodiscard]] Result<bool> matches(std::string_view path, const ParentMatches &parent,
                                       ParentMatches &matched) const;
    /// The older rule, which looks at one folder above the path only. The CLI still decides by it
    /// whether it must take .dockerignore and Dockerfile back in.
    [[nodiscard]] Result<bool> matchesOneParent(std::string_view path) const;

    /// Whether any pattern begins with "!".
    [[nodiscard]] bool hasExceptions() const { return m_hasExceptions; }
    /// Whether a pattern with "!" names something in this folder: then it must be looked into
    /// although it is left out itself.
    [[nodiscard]] bool mayHoldExceptions(std::string_view folder) const;

private:
    /// How a pattern is compared: most need no expression.
    enum class Kind { Exact, Prefix, Suffix, Expression, Broken };
    struct Pattern
    {
        std::string text; ///< in its shortest form, without "!"
        std::size_t depth = 0;
        bool isException = false;
        Kind kind = Kind::Exact;
        Expression expression;
    };

    static void compile(Pattern &pattern);
    static Result<bool> matchesPattern(const Pattern &pattern, std::string_view path);
    static Result<bool> matchesParents(const Pattern &pattern, std::string_view path);

    std::vector<Pattern> m_patterns;
    bool m_hasExceptions = false;
};

/// The top-level question of the reference: the path in its shortest form, and never the context
/// itself (".").
Result<bool> isIgnored(const std::vector<std::string> &patterns, std::string_view path);

} // namespace roadstead::build
