// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/layers/layer_cache.h"

#include "engine/archive/image_documents.h"
#include "engine/base/files.h"
#include "engine/base/new_file.h"
#include "engine/base/sha256.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

namespace roadstead::layers {

namespace {

namespace fs = std::filesystem;

constexpr const char *keepOperation = "image.layers.keep";
/// Changes with the form of the files; also tells another order of bytes.
constexpr std::uint64_t formMark = 0x0001'5244'5f4c'4159ULL;
constexpr std::size_t longestLayerFile = 512UL << 20;
constexpr std::size_t longestConfigFile = 8UL << 20;
constexpr std::size_t enginePart = 16;

template<typename Value>
void put(std::string &out, const Value &value)
{
    static_assert(std::is_trivially_copyable_v<Value>);
    const std::size_t at = out.size();
    out.resize(at + sizeof(Value));
    std::memcpy(out.data() + at, &value, sizeof(Value));
}

template<typename Value>
bool take(std::string_view &in, Value &value)
{
    if (in.size() < sizeof(Value)) {
        return false;
    }
    std::memcpy(&value, in.data(), sizeof(Value));
    in.remove_prefix(sizeof(Value));
    return true;
}

void putText(std::string &out, std::string_view text)
{
    put(out, std::uint32_t(text.size()));
    out.append(text);
}

bool takeText(std::string_view &in, std::string_view &text)
{
    std::uint32_t size = 0;
    if (!take(in, size) || in.size() < size) {
        return false;
    }
    text = in.substr(0, size);
    in.remove_prefix(size);
    return true;
}

/// A path of a layer in a file.
struct StoredNode
{
    std::int64_t size = 0;
    std::int64_t modifiedAt = 0;
    std::uint32_t parent = 0;
    std::uint32_t userId = 0;
    std::uint32_t groupId = 0;
    std::uint16_t mode = 0;
    std::uint8_t kind = 0;
    std::uint8_t state = 0; ///< Saying, and 4 where it is opaque
};
constexpr std::uint8_t opaqueBit = 4;

} // namespace

std::string packedLayer(const LayerFiles &layer)
{
    const PathTree &tree = layer.tree();
    std::string out;
    put(out, formMark);
    put(out, tree.size());
    for (NodeId id = 0; id < tree.size(); ++id) {
        const Facts &facts = layer.facts(id);
        StoredNode node;
        node.size = facts.size;
        node.modifiedAt = facts.modifiedAt;
        node.parent = id == topNode ? topNode : tree.node(id).parent;
        node.userId = facts.userId;
        node.groupId = facts.groupId;
        node.mode = facts.mode;
        node.kind = std::uint8_t(facts.kind);
        node.state =
            std::uint8_t(std::uint8_t(layer.saying(id)) | (layer.isOpaque(id) ? opaqueBit : 0));
        put(out, node);
        putText(out, tree.name(id));
        putText(out, tree.names().at(facts.target));
    }
    return out;
}

LayerPointer unpackedLayer(std::string_view bytes)
{
    std::uint64_t mark = 0;
    std::uint32_t count = 0;
    if (!take(bytes, mark) || mark != formMark || !take(bytes, count)) {
        return nullptr;
    }
    auto layer = std::make_shared<LayerFiles>();
    for (NodeId id = 0; id < count; ++id) {
        StoredNode node;
        std::string_view name;
        std::string_view target;
        const bool isWhole = take(bytes, node) && takeText(bytes, name) && takeText(bytes, target);
        const auto saying = std::uint8_t(node.state & ~opaqueBit);
        if (!isWhole || node.kind > std::uint8_t(FileKind::Other) ||
            saying > std::uint8_t(Saying::Gone) || (id == topNode) != name.empty() ||
            (id == topNode ? node.parent != topNode : node.parent >= id) || name.contains('/')) {
            return nullptr;
        }
        Facts facts;
        facts.size = std::max<std::int64_t>(0, node.size);
        facts.modifiedAt = node.modifiedAt;
        facts.userId = node.userId;
        facts.groupId = node.groupId;
        facts.target = layer->tree().names().intern(target);
        facts.mode = node.mode;
        facts.kind = FileKind(node.kind);
        const NodeId made = layer->putBelow(node.parent, name, facts, Saying(saying),
                                            (node.state & opaqueBit) != 0);
        if (made != id) { // the same name twice
            return nullptr;
        }
    }
    if (!bytes.empty()) {
        return nullptr;
    }
    layer->settle();
    return layer;
}

LayerCache::LayerCache(std::string folder, std::string_view engine, std::uint64_t mostBytes)
    : m_folder(folder.empty() ? std::string()
                              : folder + "/" + sha256Hex(engine).substr(0, enginePart))
    , m_top(std::move(folder))
    , m_mostBytes(mostBytes)
{
}

/// Empty for what is no digest: nothing else becomes the name of a file.
std::string LayerCache::pathOf(std::string_view what, const std::string &digest) const
{
    if (m_folder.empty() || !archive::isDigest(digest)) {
        return {};
    }
    std::string name = digest;
    std::ranges::replace(name, ':', '-');
    return name.contains('/') ? std::string() : m_folder + "/" + std::string(what) + "-" + name;
}

namespace {

/// The body of a kept file, which begins with its own digest.
std::string keptBody(const std::string &path, std::size_t longest)
{
    constexpr std::size_t digestLength = 64;
    if (path.empty()) {
        return {};
    }
    auto bytes = readFile(path, longest + digestLength);
    if (!bytes || bytes->size() < digestLength ||
        sha256Hex(std::string_view(*bytes).substr(digestLength)) !=
            bytes->substr(0, digestLength)) {
        return {};
    }
    std::error_code ignored;
    fs::last_write_time(path, fs::file_time_type::clock::now(), ignored); // was used
    bytes->erase(0, digestLength);
    return *std::move(bytes);
}

} // namespace

LayerPointer LayerCache::layer(const std::string &digest) const
{
    return unpackedLayer(keptBody(pathOf("layer", digest), longestLayerFile));
}

bool LayerCache::has(const std::string &digest) const
{
    std::error_code ignored;
    const std::string path = pathOf("layer", digest);
    return !path.empty() && fs::exists(path, ignored);
}

std::string LayerCache::config(const std::string &imageId) const
{
    return keptBody(pathOf("config", imageId), longestConfigFile);
}

std::vector<std::string> LayerCache::members(const std::string &imageId) const
{
    std::vector<std::string> members;
    const std::string text = keptBody(pathOf("members", imageId), longestConfigFile);
    std::string_view rest = text;
    std::string_view member;
    while (takeText(rest, member)) {
        members.emplace_back(member);
    }
    return members;
}

void LayerCache::keepMembers(const std::string &imageId,
                             const std::vector<std::string> &members) const
{
    std::string text;
    for (const std::string &member : members) {
        putText(text, member);
    }
    if (const std::string path = pathOf("members", imageId); !path.empty()) {
        write(path, text);
    }
}

void LayerCache::keep(const std::string &digest, const LayerFiles &layer) const
{
    if (const std::string path = pathOf("layer", digest); !path.empty()) {
        write(path, packedLayer(layer));
    }
}

void LayerCache::keepConfig(const std::string &imageId, std::string_view config) const
{
    if (const std::string path = pathOf("config", imageId); !path.empty()) {
        write(path, config);
    }
}

void LayerCache::write(const std::string &path, std::string_view bytes) const
{
    if (bytes.size() > m_mostBytes / 2 || !makeFolders(m_folder, 0700)) {
        return;
    }
    auto file = NewFile::begin(path, keepOperation, 0600);
    if (file && file->write(sha256Hex(bytes)) && file->write(bytes) && file->finish()) {
        trim();
    }
}

/// Over all engines.
void LayerCache::trim() const
{
    struct Kept
    {
        fs::path path;
        fs::file_time_type used;
        std::uint64_t size = 0;
    };
    std::vector<Kept> all;
    std::uint64_t total = 0;
    std::error_code code;
    for (auto at = fs::recursive_directory_iterator(m_top, code);
         !code && at != fs::recursive_directory_iterator(); at.increment(code)) {
        std::error_code gone; // another process may have removed it
        if (at->is_regular_file(gone)) {
            const std::uint64_t size = at->file_size(gone);
            const auto used = at->last_write_time(gone);
            if (!gone) {
                all.push_back({at->path(), used, size});
                total += size;
            }
        }
    }
    if (total <= m_mostBytes) {
        return;
    }
    std::ranges::sort(all, {}, &Kept::used);
    for (const Kept &each : all) {
        if (total <= m_mostBytes) {
            break;
        }
        std::error_code gone;
        fs::remove(each.path, gone);
        total -= each.size;
    }
}

} // namespace roadstead::layers
