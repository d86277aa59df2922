// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/layers/saved_image.h"

#include "engine/archive/entry_path.h"
#include "engine/archive/reader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace roadstead::layers {

namespace {

constexpr const char *readingOperation = "image.layers";
constexpr std::size_t longestDocument = 8U << 20;
constexpr std::size_t mostDocumentBytes = 64U << 20; ///< of all together
constexpr std::size_t mostMembers = 100'000;
constexpr std::uint32_t mostImageEntries = 4'000'000; ///< of all layers together
constexpr std::string_view blobPrefix = "blobs/sha256/";

std::unexpected<Error> noImage(std::string why)
{
    return failure(ErrorKind::MalformedReply, readingOperation, std::move(why));
}

std::string blobPath(std::string_view digest)
{
    std::string path = "blobs/" + std::string(digest);
    std::ranges::replace(path, ':', '/');
    return path;
}

/// "sha256:…" of a member that is named by its digest: a blob, or Podman's "DIGITS.tar". Empty
/// otherwise.
std::string digestOfMember(std::string_view path)
{
    constexpr std::string_view end = ".tar";
    if (path.starts_with(blobPrefix)) {
        path.remove_prefix(blobPrefix.size());
    } else if (path.ends_with(end)) {
        path.remove_suffix(end.size());
    }
    std::string digest = "sha256:" + std::string(path);
    return archive::isDigest(digest) ? digest : std::string();
}

/// Whether bytes begin a JSON document and no archive.
bool looksLikeJson(std::string_view bytes)
{
    constexpr std::size_t magicAt = 257;
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (bytes[first] == '{' || bytes[first] == '[') &&
           (bytes.size() < magicAt + 5 || bytes.substr(magicAt, 5) != "ustar");
}

/// The bytes of a member of `outer`; what was read of it already comes first.
archive::Source contentsOf(archive::Reader &outer, std::string first)
{
    return
        [&outer, first = std::move(first), isFirst = true]() mutable -> Result<std::string_view> {
            if (std::exchange(isFirst, false) && !first.empty()) {
                return std::string_view(first);
            }
            return outer.read();
        };
}

/// One run of readSavedImage().
class SavedReading
{
public:
    explicit SavedReading(const ReadingRules &rules)
        : m_rules(rules)
    {
        for (const std::string &digest : rules.digests) {
            if (!known(digest)) {
                m_missing.insert(digest);
            }
        }
    }

    Result<ReadImage> run(archive::Source source)
    {
        archive::ReadLimits limits;
        limits.mostEntries = mostMembers;
        limits.mostBytes = m_rules.mostBytes;
        auto outer = archive::Reader::open(std::move(source), limits);
        if (!outer) {
            return std::unexpected(outer.error());
        }
        while (!isEnough()) {
            const auto entry = outer->next();
            if (!entry) {
                return std::unexpected(entry.error());
            }
            if (!*entry) {
                break;
            }
            if (auto taken = takeMember(*outer, **entry); !taken) {
                return std::unexpected(taken.error());
            }
        }
        return isEnough() ? joined(m_rules.config, m_rules.digests) : assembled();
    }

private:
    LayerPointer known(const std::string &digest)
    {
        const auto held = m_known.find(digest);
        if (held != m_known.end()) {
            return held->second;
        }
        LayerPointer layer = m_rules.known && !digest.empty() ? m_rules.known(digest) : nullptr;
        if (layer) {
            m_known.emplace(digest, layer);
        }
        return layer;
    }
    /// Everything of the image that is looked for is there.
    [[nodiscard]] bool isEnough() const
    {
        return !m_rules.digests.empty() && !m_rules.config.empty() && m_missing.empty();
    }

    Result<void> takeMember(archive::Reader &outer, const archive::Entry &entry)
    {
        auto path = archive::insidePath(entry.path);
        if (!path) {
            return std::unexpected(path.error());
        }
        if (entry.kind == archive::EntryKind::SymbolicLink ||
            entry.kind == archive::EntryKind::HardLink) {
            m_links[*path] = linkTarget(*path, entry);
            return {};
        }
        if (entry.kind != archive::EntryKind::File || entry.size == 0) {
            return {};
        }
        if (known(digestOfMember(*path))) {
            return {};
        }
        const auto first = outer.read();
        if (!first) {
            return std::unexpected(first.error());
        }
        return looksLikeJson(*first) || path->ends_with(".json") ||
                       archive::nameOf(*path) == "oci-layout"
                   ? takeDocument(outer, *path, *first)
                   : takeLayer(outer, *path, *first);
    }

    /// Docker links a layer that several images have: "../ID/layer.tar".
    static std::string linkTarget(const std::string &path, const archive::Entry &entry)
    {
        std::string_view target = entry.target;
        if (entry.kind == archive::EntryKind::HardLink) {
            return archive::insidePath(target).value_or(std::string());
        }
        std::string folder = archive::folderOf(path);
        while (target.starts_with("../")) {
            target.remove_prefix(3);
            folder = archive::folderOf(folder);
        }
        return archive::insidePath(folder.empty() ? std::string(target)
                                                  : folder + "/" + std::string(target))
            .value_or(std::string());
    }

    Result<void> takeDocument(archive::Reader &outer, const std::string &path,
                              std::string_view first)
    {
        std::string text(first);
        while (true) {
            const auto bytes = outer.read();
            if (!bytes) {
                return std::unexpected(bytes.error());
            }
            if (bytes->empty()) {
                break;
            }
            text.append(*bytes);
            if (text.size() > longestDocument ||
                text.size() + m_documentBytes > mostDocumentBytes) {
                return noImage("a document that is too long: \"" + path + "\"");
            }
        }
        m_documentBytes += text.size();
        m_documents[path] = std::move(text);
        return {};
    }

    Result<void> takeLayer(archive::Reader &outer, const std::string &path, std::string_view first)
    {
        archive::ReadLimits limits;
        limits.mostEntries = m_rules.limits.mostEntries;
        limits.mostBytes = m_rules.mostBytes;
        auto inner = archive::Reader::open(contentsOf(outer, std::string(first)), limits);
        if (!inner) {
            m_unread[path] = inner.error();
            return isOurs(inner.error()) ? Result<void>{} : std::unexpected(inner.error());
        }
        auto layer = std::make_shared<LayerFiles>();
        while (true) {
            const auto entry = inner->next();
            if (!entry) {
                // Blobs may be anything: it matters once an image says that it is its layer.
                m_unread[path] = entry.error();
                return isOurs(entry.error()) ? Result<void>{} : std::unexpected(entry.error());
            }
            if (!*entry) {
                break;
            }
            if (++m_entries > mostImageEntries) {
                return noImage("an image of more files than are read");
            }
            if (auto added = layer->add(**entry, m_rules.limits); !added) {
                return added;
            }
        }
        layer->settle();
        if (const std::string digest = digestOfMember(path); !digest.empty()) {
            m_missing.erase(digest);
            m_members[digest] = path;
        }
        m_layers[path] = std::move(layer);
        return {};
    }
    /// Whether it tells of what is in a member, not of the archive or of who gives it.
    static bool isOurs(const Error &error) { return error.kind == ErrorKind::MalformedReply; }

    /// Where a member leads by links.
    [[nodiscard]] std::string followed(std::string path) const
    {
        for (int steps = 0; steps < 8; ++steps) { // links to links
            const auto link = m_links.find(path);
            if (link == m_links.end()) {
                break;
            }
            path = link->second;
        }
        return path;
    }
    LayerPointer layerAt(const std::string &path, const std::string &digest)
    {
        if (const LayerPointer layer = known(digest)) {
            return layer;
        }
        const auto layer = m_layers.find(path);
        return layer == m_layers.end() ? known(digestOfMember(path)) : layer->second;
    }

    [[nodiscard]] const std::string *document(const std::string &path) const
    {
        const auto found = m_documents.find(path);
        return found == m_documents.end() ? nullptr : &found->second;
    }

    Result<ReadImage> assembled()
    {
        if (const std::string *list = document("manifest.json")) {
            const auto images = archive::parseSavedImages(*list);
            if (!images) {
                return std::unexpected(images.error());
            }
            // The one that is looked for; of several platforms where that is not known, the first
            // that is whole.
            Result<ReadImage> chosen = noImage("an empty list of images");
            for (const archive::SavedImage &image : *images) {
                auto made = assembled(image.config, image.layers);
                const bool isIt =
                    made && (m_rules.digests.empty() || made->facts.diffIds == m_rules.digests);
                if (isIt || (!chosen && (made || &image == &images->front()))) {
                    chosen = std::move(made);
                }
                if (isIt) {
                    break;
                }
            }
            return chosen;
        }
        if (const std::string *text = document("index.json")) {
            return assembledByIndex(*text, 0);
        }
        return noImage("neither manifest.json nor index.json");
    }

    Result<ReadImage> assembledByIndex(const std::string &text, int depth)
    {
        const auto index = archive::parseIndex(text);
        if (!index) {
            return std::unexpected(index.error());
        }
        for (const archive::Descriptor &each : index->manifests) {
            const std::string *blob = document(blobPath(each.digest));
            if (blob == nullptr) {
                continue;
            }
            constexpr int deepest = 4;
            if (const auto manifest = archive::parseManifest(*blob)) {
                std::vector<std::string> paths;
                for (const archive::Descriptor &layer : manifest->layers) {
                    paths.push_back(blobPath(layer.digest));
                }
                if (auto made = assembled(blobPath(manifest->config.digest), paths)) {
                    return made;
                }
            } else if (depth < deepest) {
                if (auto made = assembledByIndex(*blob, depth + 1)) {
                    return made;
                }
            }
        }
        return noImage("an index without an image that is whole");
    }

    Result<ReadImage> assembled(const std::string &config, const std::vector<std::string> &paths)
    {
        const auto configPath = archive::insidePath(config);
        const std::string *text = configPath ? document(*configPath) : nullptr;
        if (text == nullptr) {
            return noImage("no configuration \"" + config + "\"");
        }
        ReadImage image;
        auto facts = archive::parseImageConfig(*text, archive::ConfigRules::Docker);
        if (!facts) {
            return std::unexpected(facts.error());
        }
        image.config = *text;
        image.facts = *std::move(facts);
        if (image.facts.diffIds.size() != paths.size()) {
            return noImage("a configuration of other layers than the image has");
        }
        for (std::size_t i = 0; i < paths.size(); ++i) {
            const std::string path =
                followed(archive::insidePath(paths[i]).value_or(std::string()));
            image.layers.push_back(layerAt(path, image.facts.diffIds[i]));
            image.members.push_back(path);
            if (!image.layers.back()) {
                const auto unread = m_unread.find(path);
                return unread == m_unread.end() ? noImage("no layer \"" + paths[i] + "\"")
                                                : std::unexpected(unread->second);
            }
        }
        return image;
    }

    /// Of layers that are all known or read by their digests.
    Result<ReadImage> joined(const std::string &config, const std::vector<std::string> &digests)
    {
        ReadImage image;
        auto facts = archive::parseImageConfig(config, archive::ConfigRules::Docker);
        if (!facts) {
            return std::unexpected(facts.error());
        }
        image.config = config;
        image.facts = *std::move(facts);
        if (image.facts.diffIds != digests) {
            return noImage("a configuration of other layers than the image has");
        }
        for (const std::string &digest : digests) {
            const auto member = m_members.find(digest);
            const std::string path = member == m_members.end() ? blobPath(digest) : member->second;
            image.layers.push_back(layerAt(path, digest));
            image.members.push_back(path);
        }
        return image;
    }

    const ReadingRules &m_rules;
    std::map<std::string, std::string> m_documents; ///< by path
    std::map<std::string, LayerPointer> m_layers;
    std::map<std::string, std::string> m_links;
    std::map<std::string, std::string> m_members; ///< by digest, those that are named by it
    std::map<std::string, Error> m_unread;
    std::map<std::string, LayerPointer> m_known; ///< by digest
    std::set<std::string> m_missing;
    std::size_t m_documentBytes = 0;
    std::uint32_t m_entries = 0;
};

} // namespace

Result<ReadImage> readSavedImage(archive::Source source, const ReadingRules &rules)
{
    auto image = SavedReading(rules).run(std::move(source));
    if (!image) {
        image.error().operation = readingOperation;
    }
    return image;
}

Result<ImageFiles> stacked(const std::vector<LayerPointer> &layers)
{
    ImageFiles image;
    for (const LayerPointer &layer : layers) {
        if (auto done = image.stack(*layer); !done) {
            return std::unexpected(done.error());
        }
    }
    image.settle();
    return image;
}

Result<std::uint64_t> readSavedFile(archive::Source source, const FileInLayer &file,
                                    const FileSink &sink)
{
    auto outer = archive::Reader::open(
        std::move(source), {.mostEntries = mostMembers, .mostBytes = ReadingRules{}.mostBytes});
    while (outer) {
        const auto entry = outer->next();
        if (!entry || !*entry) {
            return entry ? failure(ErrorKind::NotFound, readingOperation, file.path)
                         : std::unexpected(entry.error());
        }
        if (archive::insidePath((*entry)->path).value_or(std::string()) != file.member) {
            continue;
        }
        auto inner = archive::Reader::open(contentsOf(*outer, {}));
        while (inner) {
            const auto inside = inner->next();
            if (!inside || !*inside) {
                return inside ? failure(ErrorKind::NotFound, readingOperation, file.path)
                              : std::unexpected(inside.error());
            }
            if ((*inside)->kind != archive::EntryKind::File ||
                archive::insidePath((*inside)->path).value_or(std::string()) != file.path) {
                continue;
            }
            std::uint64_t written = 0;
            for (auto bytes = inner->read();; bytes = inner->read()) {
                if (!bytes || bytes->empty()) {
                    return bytes ? Result<std::uint64_t>(written) : std::unexpected(bytes.error());
                }
                written += bytes->size();
                if (auto taken = sink(*bytes); !taken) {
                    return std::unexpected(taken.error());
                }
            }
        }
        return std::unexpected(inner.error());
    }
    return std::unexpected(outer.error());
}

} // namespace roadstead::layers
