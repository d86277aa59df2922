// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/context_store.h"

#include "engine/base/files.h"
#include "engine/base/sha256.h"
#include "engine/context/host.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace roadstead::context {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longestMeta = 1024UL * 1024;
constexpr std::size_t mostContexts = 1000;
constexpr int deepestFolder = 4; // the CLI looks below the first level too
constexpr mode_t privateFile = 0600;
constexpr mode_t privateFolder = 0700;

std::unexpected<Error> ioFailure(const std::error_code &code, const std::string &path)
{
    errno = code.value();
    return systemFailure("context.store", path);
}

/// Names of the folders below `root` that hold a meta.json.
Result<void> findFolders(const std::string &root, const std::string &below, int depth,
                         std::vector<std::string> &found)
{
    std::error_code code;
    fs::directory_iterator at(root + below, code);
    if (code) {
        return ioFailure(code, root + below);
    }
    for (; at != fs::directory_iterator() && found.size() < mostContexts; at.increment(code)) {
        std::error_code ignored;
        if (at->symlink_status(ignored).type() != fs::file_type::directory) {
            continue;
        }
        const std::string name = below + "/" + at->path().filename().string();
        const auto type = fs::status(root + name + "/meta.json", ignored).type();
        if (type != fs::file_type::not_found && type != fs::file_type::directory) {
            found.push_back(name.substr(1));
        }
        if (depth < deepestFolder) {
            // A folder that cannot be entered hides nobody else's contexts.
            static_cast<void>(findFolders(root, name, depth + 1, found));
        }
    }
    return {};
}

Result<void> removeTree(const std::string &path)
{
    std::error_code code;
    fs::remove_all(path, code);
    return code ? ioFailure(code, path) : Result<void>{};
}

} // namespace

ContextStore::ContextStore(std::string configFolder)
    : m_root(std::move(configFolder) + "/contexts")
{
}

std::string ContextStore::metaFolder(std::string_view name) const
{
    return m_root + "/meta/" + sha256Hex(name);
}

std::string ContextStore::metaFile(std::string_view name) const
{
    return metaFolder(name) + "/meta.json";
}

std::string ContextStore::tlsFolder(std::string_view name) const
{
    return m_root + "/tls/" + sha256Hex(name);
}

Result<std::vector<ContextStore::Entry>> ContextStore::list() const
{
    const std::string root = m_root + "/meta";
    std::vector<std::string> folders;
    if (auto searched = findFolders(root, {}, 1, folders); !searched) {
        if (searched.error().code == ENOENT) {
            return std::vector<Entry>{};
        }
        return std::unexpected(searched.error());
    }
    std::vector<Entry> entries;
    for (std::string &folder : folders) {
        const auto text = readFile(root + "/" + folder + "/meta.json", longestMeta);
        auto context = text ? parseContext(*text) : Result<Context>(std::unexpected(text.error()));
        // Nobody finds it under the name it gives itself.
        if (context && sha256Hex(context->name) != folder) {
            context = failure(ErrorKind::MalformedReply, "context.read",
                              "the context's name is not its folder's: \"" + context->name + "\"");
        }
        entries.push_back({std::move(folder), std::move(context)});
    }
    std::ranges::sort(entries, [](const Entry &left, const Entry &right) {
        if (left.context && right.context) {
            return isNaturallyLess(left.context->name, right.context->name);
        }
        return left.context.has_value() == right.context.has_value() ? left.folder < right.folder
                                                                     : left.context.has_value();
    });
    return entries;
}

Result<Context> ContextStore::read(std::string_view name) const
{
    const auto text = readFile(metaFile(name), longestMeta);
    if (!text) {
        if (text.error().code == ENOENT || text.error().code == ENOTDIR) {
            return failure(ErrorKind::NotFound, "context.read", std::string(name));
        }
        return std::unexpected(text.error());
    }
    return parseContext(*text);
}

bool ContextStore::exists(std::string_view name) const
{
    std::error_code code;
    return fs::exists(metaFile(name), code);
}

TlsPaths ContextStore::tlsPaths(std::string_view name) const
{
    return tlsPathsIn(tlsFolder(name) + "/docker");
}

Result<void> ContextStore::create(const Context &context, const TlsTexts &tls)
{
    if (auto named = checkName(context.name); !named) {
        return named;
    }
    if (exists(context.name)) {
        return failure(ErrorKind::Conflict, "context.create", context.name);
    }
    if (auto fits = checkContextHost(context.host); !fits) {
        return fits;
    }
    if (auto usable = checkTlsTexts(tls); !usable) {
        return usable;
    }
    // The texts first: a context must not be seen before what protects it.
    if (auto written = writeTls(context.name, tls); !written) {
        return written;
    }
    if (auto made = makeFolders(metaFolder(context.name), privateFolder); !made) {
        return made;
    }
    return replaceFile(metaFile(context.name), contextDocument(context), privateFile);
}

Result<void> ContextStore::update(const Context &context, const std::optional<TlsTexts> &tls)
{
    if (auto fits = checkContextHost(context.host); !fits) {
        return fits;
    }
    if (auto usable = checkTlsTexts(tls.value_or(TlsTexts())); !usable) {
        return usable;
    }
    const std::string path = metaFile(context.name);
    const auto before = readFile(path, longestMeta);
    if (!before) {
        return before.error().code == ENOENT
                   ? failure(ErrorKind::NotFound, "context.update", context.name)
                   : std::unexpected(before.error());
    }
    const auto after = updatedDocument(*before, context);
    if (!after) {
        return std::unexpected(after.error());
    }
    if (tls) {
        if (auto written = writeTls(context.name, *tls); !written) {
            return written;
        }
    }
    return replaceFile(path, *after, privateFile);
}

Result<void> ContextStore::writeTls(std::string_view name, const TlsTexts &tls)
{
    if (auto removed = removeTree(tlsFolder(name)); !removed || tls.isEmpty()) {
        return removed;
    }
    const std::string folder = tlsFolder(name) + "/docker";
    if (auto made = makeFolders(folder, privateFolder); !made) {
        return made;
    }
    for (const auto &[file, text] :
         {std::pair("/ca.pem", &tls.authority), std::pair("/cert.pem", &tls.certificate),
          std::pair("/key.pem", &tls.key)}) {
        if (text->empty()) {
            continue;
        }
        if (auto written = replaceFile(folder + file, *text, privateFile); !written) {
            return written;
        }
    }
    return {};
}

Result<void> ContextStore::remove(std::string_view name)
{
    if (name == defaultName) {
        return failure(ErrorKind::InvalidArgument, "context.remove", std::string(name));
    }
    std::error_code code;
    if (!fs::exists(metaFolder(name), code)) {
        return code ? ioFailure(code, metaFolder(name))
                    : failure(ErrorKind::NotFound, "context.remove", std::string(name));
    }
    if (auto removed = removeTree(metaFolder(name)); !removed) {
        return removed;
    }
    return removeTree(tlsFolder(name));
}

} // namespace roadstead::context
