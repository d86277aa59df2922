// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/pattern_matcher.h"

#include "engine/build/path.h"

#include <algorithm>

namespace roadstead::build {

namespace {

constexpr std::size_t longestPattern = 64UL * 1024;
constexpr std::size_t mostPatterns = 10'000;

std::unexpected<Error> badPattern(std::string_view pattern)
{
    return failure(ErrorKind::InvalidArgument, "dockerignore.match",
                   std::string("bad pattern: \"").append(pattern).append("\""));
}

/// One character of a class in the syntax of Go's filepath.Match. False when it is malformed.
bool skipClassCharacter(std::u32string_view &chunk)
{
    if (chunk.empty() || chunk.front() == '-' || chunk.front() == ']') {
        return false;
    }
    if (chunk.front() == '\\') {
        chunk.remove_prefix(1);
        if (chunk.empty()) {
            return false;
        }
    }
    if (chunk.front() == 0xFFFD) { // what is not UTF-8; the mark itself, nobody names a file by
        return false;
    }
    chunk.remove_prefix(1);
    return !chunk.empty();
}

bool skipClass(std::u32string_view &chunk)
{
    if (chunk.starts_with('^')) {
        chunk.remove_prefix(1);
    }
    for (int count = 0;; ++count) {
        if (chunk.starts_with(']') && count > 0) {
            chunk.remove_prefix(1);
            return true;
        }
        if (!skipClassCharacter(chunk)) {
            return false;
        }
        if (chunk.front() == '-') {
            chunk.remove_prefix(1);
            if (!skipClassCharacter(chunk)) {
                return false;
            }
        }
    }
}

/// What stands between two stars; a star in brackets is a character.
std::u32string_view takeChunk(std::u32string_view &pattern)
{
    pattern.remove_prefix(std::min(pattern.find_first_not_of('*'), pattern.size()));
    bool inClass = false;
    std::size_t i = 0;
    for (; i < pattern.size() && (inClass || pattern[i] != '*'); ++i) {
        if (pattern[i] == '\\') {
            i += i + 1 < pattern.size() ? 1U : 0U;
        } else if (pattern[i] == '[') {
            inClass = true;
        } else if (pattern[i] == ']') {
            inClass = false;
        }
    }
    const std::u32string_view chunk = pattern.substr(0, i);
    pattern.remove_prefix(i);
    return chunk;
}

/// Whether Go's filepath.Match would take the pattern. The reference asks it, although it matches
/// by other rules.
bool isWellFormed(std::string_view text)
{
    const std::vector<char32_t> points = codePoints(text);
    std::u32string_view pattern(points.data(), points.size());
    while (!pattern.empty()) {
        std::u32string_view chunk = takeChunk(pattern);
        while (!chunk.empty()) {
            const char32_t c = chunk.front();
            chunk.remove_prefix(1);
            if (c == '[' && !skipClass(chunk)) {
                return false;
            }
            if (c == '\\') {
                if (chunk.empty()) {
                    return false;
                }
                chunk.remove_prefix(1);
            }
        }
    }
    return true;
}

} // namespace

Result<PatternMatcher> PatternMatcher::make(const std::vector<std::string> &patterns)
{
    PatternMatcher matcher;
    if (patterns.size() > mostPatterns) {
        return failure(ErrorKind::InvalidArgument, "dockerignore.match", "too many patterns");
    }
    for (const std::string &given : patterns) {
        const std::string_view trimmed = trimSpace(given);
        if (trimmed.empty()) {
            continue;
        }
        Pattern pattern;
        pattern.text = cleanPath(trimmed);
        if (pattern.text.front() == '!') {
            if (pattern.text.size() == 1) {
                return badPattern("!");
            }
            pattern.isException = true;
            matcher.m_hasExceptions = true;
            pattern.text.erase(0, 1);
        }
        if (pattern.text.size() > longestPattern || !isWellFormed(pattern.text)) {
            return badPattern(pattern.text.substr(0, 256));
        }
        pattern.depth = 1 + std::size_t(std::ranges::count(pattern.text, '/'));
        compile(pattern);
        matcher.m_patterns.push_back(std::move(pattern));
    }
    return matcher;
}

/// Turns wildcards into an expression, in the reference's way: also inside brackets, and with "^"
/// and escaped letters left to mean what they mean in expressions.
void PatternMatcher::compile(Pattern &pattern)
{
    constexpr std::string_view special = ".+()|{}$";
    std::string_view rest = pattern.text;
    if (rest.starts_with("\xEF\xBB\xBF")) {
        rest.remove_prefix(3); // the reference's scanner passes over a byte-order mark
    }
    std::string source = "^";
    for (bool isFirst = true; !rest.empty(); isFirst = false) {
        const char c = rest.front();
        rest.remove_prefix(1);
        if (c == '*' && rest.starts_with('*')) {
            rest.remove_prefix(rest.starts_with("*/") ? 2 : 1);
            if (!rest.empty()) {
                source.append("(.*/)?");
                pattern.kind = Kind::Expression;
            } else if (pattern.kind == Kind::Exact) {
                pattern.kind = Kind::Prefix;
            } else {
                source.append(".*");
                pattern.kind = Kind::Expression;
            }
            pattern.kind = isFirst ? Kind::Suffix : pattern.kind;
        } else if (c == '*' || c == '?') {
            source.append(c == '*' ? "[^/]*" : "[^/]");
            pattern.kind = Kind::Expression;
        } else if (special.contains(c)) {
            source.append({'\\', c});
        } else if (c == '\\') {
            source.push_back(c);
            if (!rest.empty()) {
                source.push_back(rest.front());
                rest.remove_prefix(1);
                pattern.kind = Kind::Expression;
            }
        } else {
            source.push_back(c);
            pattern.kind = c == '[' || c == ']' ? Kind::Expression : pattern.kind;
        }
    }
    if (pattern.kind == Kind::Expression) {
        auto expression = Expression::parse(source.append("$"));
        pattern.kind = expression ? Kind::Expression : Kind::Broken;
        pattern.expression = std::move(expression).value_or(Expression());
    }
}

Result<bool> PatternMatcher::matchesPattern(const Pattern &pattern, std::string_view path)
{
    const std::string_view text = pattern.text;
    switch (pattern.kind) {
    case Kind::Exact:
        return path == text;
    case Kind::Prefix:
        return path.starts_with(text.substr(0, text.size() - 2));
    case Kind::Suffix: {
        const std::string_view suffix = text.substr(2);
        return path.ends_with(suffix) || (suffix.starts_with('/') && path == suffix.substr(1));
    }
    case Kind::Expression:
        return pattern.expression.matches(codePoints(path));
    case Kind::Broken:
        break;
    }
    return badPattern(text.substr(0, 256));
}

/// Whether a folder on the way to `path` matches.
Result<bool> PatternMatcher::matchesParents(const Pattern &pattern, std::string_view path)
{
    const std::string parent = parentPath(path);
    if (parent == ".") {
        return false;
    }
    // "/" alone is two empty parts to the reference.
    for (std::size_t end = parent.find('/');; end = parent.find('/', end + 1)) {
        const auto match = matchesPattern(pattern, parent.substr(0, end));
        if (match && *match) {
            return true;
        }
        if (end == std::string::npos) {
            return false;
        }
    }
}

Result<bool> PatternMatcher::matches(std::string_view path) const
{
    ParentMatches unused;
    return matches(path, {}, unused);
}

Result<bool> PatternMatcher::matches(std::string_view path, const ParentMatches &parent,
                                     ParentMatches &matched) const
{
    std::vector<bool> results(m_patterns.size(), false);
    const bool knowsParent = parent.patterns.size() == m_patterns.size() && !results.empty();
    bool isMatch = false;
    for (std::size_t i = 0; i < m_patterns.size(); ++i) {
        const Pattern &pattern = m_patterns[i];
        bool match = knowsParent && parent.patterns[i];
        if (!match) {
            // It could change nothing.
            if (pattern.isException != isMatch) {
                continue;
            }
            auto result = matchesPattern(pattern, path);
            if (result && !*result && !knowsParent) {
                result = matchesParents(pattern, path);
            }
            if (!result) {
                return result;
            }
            match = *result;
        }
        results[i] = match;
        if (match) {
            isMatch = !pattern.isException;
        }
    }
    matched.patterns = std::move(results);
    return isMatch;
}

Result<bool> PatternMatcher::matchesOneParent(std::string_view path) const
{
    const std::string parent = parentPath(path);
    const std::size_t parentDepth = 1 + std::size_t(std::ranges::count(parent, '/'));
    bool isMatch = false;
    for (const Pattern &pattern : m_patterns) {
        if (pattern.isException != isMatch) {
            continue;
        }
        auto match = matchesPattern(pattern, path);
        if (!match) {
            return match;
        }
        if (!*match && parent != "." && pattern.depth <= parentDepth) {
            std::size_t end = 0;
            for (std::size_t i = 0; i < pattern.depth && end != std::string::npos; ++i) {
                end = parent.find('/', i == 0 ? 0 : end + 1);
            }
            const auto above = matchesPattern(pattern, parent.substr(0, end));
            match = above && *above;
        }
        if (*match) {
            isMatch = !pattern.isException;
        }
    }
    return isMatch;
}

bool PatternMatcher::mayHoldExceptions(std::string_view folder) const
{
    const std::string front = std::string(folder).append("/");
    return std::ranges::any_of(m_patterns, [&front](const Pattern &pattern) {
        return pattern.isException && (pattern.text + "/").starts_with(front);
    });
}

Result<bool> isIgnored(const std::vector<std::string> &patterns, std::string_view path)
{
    const auto matcher = PatternMatcher::make(patterns);
    if (!matcher) {
        return std::unexpected(matcher.error());
    }
    const std::string clean = cleanPath(path);
    return clean == "." ? Result<bool>(false) : matcher->matches(clean);
}

} // namespace roadstead::build
