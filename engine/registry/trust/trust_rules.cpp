// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/trust/trust_rules.h"

#include "engine/reference/image_reference.h"

#include <algorithm>

namespace roadstead::trust {

namespace {

bool speaksFor(std::string_view scope, std::string_view name)
{
    return scope.empty() ||
           (name.starts_with(scope) && (name.size() == scope.size() || name[scope.size()] == '/'));
}

} // namespace

std::vector<TrustedKey> Rules::keysFor(std::string_view name) const
{
    std::vector<TrustedKey> speaking;
    for (const TrustedKey &key : keys) {
        if (!speaksFor(key.scope, name)) {
            continue;
        }
        if (!speaking.empty() && key.scope.size() > speaking.front().scope.size()) {
            speaking.clear();
        }
        if (speaking.empty() || key.scope.size() == speaking.front().scope.size()) {
            speaking.push_back(key);
        }
    }
    return speaking;
}

std::optional<std::string> scopeOf(std::string_view typed)
{
    while (typed.ends_with('/') || typed.ends_with('*')) {
        typed.remove_suffix(1);
    }
    const std::size_t slash = typed.find('/');
    const std::string_view first = typed.substr(0, slash);
    const bool namesRegistry =
        first.contains('.') || first.contains(':') || first == "localhost"; // as engines tell
    if (typed.empty() || (namesRegistry && slash == std::string_view::npos)) {
        return typed.empty() || reference::isDomain(typed) ? std::optional(std::string(typed))
                                                           : std::nullopt;
    }
    if (namesRegistry) { // literally: "docker.io/team" is a name space there
        return reference::isDomain(first) && reference::isRemoteName(typed.substr(slash + 1))
                   ? std::optional(std::string(typed))
                   : std::nullopt;
    }
    const auto read = reference::parseNormalized(typed);
    if (!read || !read->isNameOnly()) {
        return std::nullopt;
    }
    return read->name();
}

std::string Verdict::byDigest() const
{
    return digest.empty() ? std::string() : name + "@" + digest;
}

Gate gateOf(Policy policy, const Verdict &verdict)
{
    using State = Verdict::State;
    const bool isFine = verdict.state == State::Trusted || verdict.state == State::Local;
    if (policy == Policy::Off || isFine) {
        return Gate::Open;
    }
    if (policy == Policy::Refuse) {
        return Gate::Closed;
    }
    return verdict.state == State::NoRule ? Gate::Open : Gate::Ask;
}

} // namespace roadstead::trust
