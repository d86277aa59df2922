// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/context/context.h"
#include "engine/context/tls_material.h"

#include <string>
#include <string_view>
#include <vector>

namespace roadstead::context {

/// The docker CLI's contexts on disk: <folder>/contexts/meta/<sha256 of the name>/meta.json and
/// <folder>/contexts/tls/<sha256 of the name>/docker/{ca,cert,key}.pem. Shared with the CLI: what
/// either writes the other reads. Files are 0600 and made folders 0700, old or new but never
/// partial. Blocking; any thread, but two writers at once may undo each other, as two CLIs may.
class ContextStore
{
public:
    /// `configFolder`: what $DOCKER_CONFIG names, or ~/.docker.
    explicit ContextStore(std::string configFolder);

    /// A context that is there but cannot be read is an entry with its error, not a missing one.
    struct Entry
    {
        std::string folder; ///< below contexts/meta
        Result<Context> context;
    };
    /// All contexts in the natural order of their names, unreadable ones last. At most 1,000.
    /// No folder yet is an empty list. Fails with Io.
    [[nodiscard]] Result<std::vector<Entry>> list() const;

    /// NotFound when there is none of that name; Io; MalformedReply.
    [[nodiscard]] Result<Context> read(std::string_view name) const;
    /// Whether a file of that name's context is there, readable or not.
    [[nodiscard]] bool exists(std::string_view name) const;
    /// Those files that are there.
    [[nodiscard]] TlsPaths tlsPaths(std::string_view name) const;

    /// InvalidArgument for a name or host that the CLI would not take, TlsFailed for unusable
    /// texts, Conflict when the name is taken; Io, DiskFull.
    Result<void> create(const Context &context, const TlsTexts &tls = {});
    /// Changes its description and host; with `tls`, its TLS files, too. What else stands in its
    /// file stays. NotFound when there is none; otherwise as create().
    Result<void> update(const Context &context, const std::optional<TlsTexts> &tls = {});
    /// Removes it with its TLS files. InvalidArgument for "default", NotFound; Io.
    Result<void> remove(std::string_view name);

    [[nodiscard]] std::string metaFile(std::string_view name) const;

private:
    [[nodiscard]] std::string metaFolder(std::string_view name) const;
    [[nodiscard]] std::string tlsFolder(std::string_view name) const;
    Result<void> writeTls(std::string_view name, const TlsTexts &tls);

    std::string m_root; ///< <folder>/contexts
};

} // namespace roadstead::context
