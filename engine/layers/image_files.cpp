// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/layers/image_files.h"

#include <algorithm>
#include <numeric>

namespace roadstead::layers {

namespace {

constexpr const char *stackOperation = "image.layers";
constexpr std::uint32_t mostPaths = 8'000'000;
/// Looks at paths while removing; a real image needs about as many as it has files.
constexpr std::uint64_t mostLooks = 400'000'000;

std::unexpected<Error> tooMuch(const char *what)
{
    return failure(ErrorKind::MalformedReply, stackOperation, what);
}

/// A folder that a layer only mentions, to get to what is in it, is as it was.
bool isSameFolder(const Facts &before, const Facts &now)
{
    return before.kind == FileKind::Folder && now.kind == FileKind::Folder &&
           before.mode == now.mode && before.userId == now.userId && before.groupId == now.groupId;
}

} // namespace

/// One layer being laid over an image.
class Stacking
{
public:
    Stacking(ImageFiles &image, const LayerFiles &layer)
        : m_image(image)
        , m_layer(layer)
        , m_number(std::uint16_t(image.m_layerBytes.size()))
    {
    }

    Result<void> run()
    {
        const PathTree &tree = m_layer.tree();
        m_places.resize(tree.size(), topNode);
        for (NodeId id = 1; id < tree.size(); ++id) {
            m_places[id] = m_image.m_tree.grow(m_places[tree.node(id).parent], tree.name(id));
        }
        if (m_image.m_tree.size() > mostPaths) {
            return tooMuch("an image of more files than are read");
        }
        m_image.m_newest.resize(m_image.m_tree.size(), noVersion);
        // Whiteouts are for what is below, wherever they stand in the layer.
        for (NodeId id = 0; id < tree.size(); ++id) {
            if (m_layer.saying(id) == Saying::Gone) {
                removeAll(m_places[id], true);
            } else if (m_layer.isOpaque(id)) {
                removeAll(m_places[id], false);
            }
        }
        std::vector<bool> isHolding(tree.size(), false); // it, or something in it, is there
        for (NodeId id = tree.size() - 1; id > topNode; --id) {
            isHolding[id] = isHolding[id] || m_layer.saying(id) == Saying::There;
            isHolding[tree.node(id).parent] = isHolding[tree.node(id).parent] || isHolding[id];
        }
        for (NodeId id = 1; id < tree.size(); ++id) {
            if (m_layer.saying(id) == Saying::There) {
                place(m_places[id], translated(m_layer.facts(id)));
            } else if (isHolding[id] && !isAlive(m_places[id])) {
                place(m_places[id], impliedFolder(m_places[id]));
            }
        }
        if (m_looks > mostLooks) {
            return tooMuch("layers that remove more than is followed");
        }
        m_image.m_layerBytes.push_back(m_layer.bytes());
        return {};
    }

private:
    Facts translated(Facts facts)
    {
        facts.target = m_image.m_tree.names().intern(m_layer.tree().names().at(facts.target));
        return facts;
    }
    /// Of a folder that the layer only mentions: the engine makes it, or makes it anew.
    [[nodiscard]] Facts impliedFolder(NodeId id) const
    {
        const VersionId newest = m_image.m_newest[id];
        const bool wasFolder =
            newest != noVersion && m_image.m_versions[newest].facts.kind == FileKind::Folder;
        return wasFolder ? m_image.m_versions[newest].facts : Facts{.mode = 0755};
    }
    [[nodiscard]] bool isAlive(NodeId id) const
    {
        const VersionId newest = m_image.m_newest[id];
        return newest != noVersion && m_image.m_versions[newest].change != Change::Removed;
    }
    void append(NodeId id, const Facts &facts, Change change)
    {
        m_image.m_versions.push_back({facts, m_image.m_newest[id], m_number, change});
        m_image.m_newest[id] = VersionId(m_image.m_versions.size() - 1);
    }
    void remove(NodeId id)
    {
        Version &newest = m_image.m_versions[m_image.m_newest[id]];
        if (newest.layer != m_number) {
            append(id, newest.facts, Change::Removed);
        } else if (newest.before == noVersion) {
            m_image.m_newest[id] = noVersion; // made and gone in the same layer
        } else {
            newest = {m_image.m_versions[newest.before].facts, newest.before, m_number,
                      Change::Removed};
        }
    }
    /// Removes what is in a folder, with it or not.
    void removeAll(NodeId top, bool withTop)
    {
        if (withTop && !isAlive(top)) {
            return;
        }
        std::vector<NodeId> open{top};
        while (!open.empty() && m_looks <= mostLooks) {
            const NodeId id = open.back();
            open.pop_back();
            for (NodeId child = m_image.m_tree.node(id).firstChild; child != noNode;
                 child = m_image.m_tree.node(child).nextSibling) {
                ++m_looks;
                if (isAlive(child)) { // what is in one that is gone has gone with it
                    open.push_back(child);
                }
            }
            if (id != top || withTop) {
                remove(id);
            }
        }
    }
    void place(NodeId id, const Facts &facts)
    {
        const VersionId old = m_image.m_newest[id];
        if (old == noVersion) {
            append(id, facts, Change::Added);
            return;
        }
        Version &newest = m_image.m_versions[old];
        const bool isThere = newest.change != Change::Removed;
        if (!isThere && newest.layer == m_number) { // removed and made anew
            newest.facts = facts;
            newest.change = Change::Changed;
            if (isSameFolder(m_image.m_versions[newest.before].facts, facts)) {
                m_image.m_newest[id] = newest.before;
            }
            return;
        }
        if (!isThere) {
            append(id, facts, Change::Added);
            return;
        }
        if (isSameFolder(newest.facts, facts)) {
            return;
        }
        if (newest.facts.kind == FileKind::Folder && facts.kind != FileKind::Folder) {
            removeAll(id, false);
        }
        append(id, facts, Change::Changed);
    }

    ImageFiles &m_image;
    const LayerFiles &m_layer;
    std::vector<NodeId> m_places; ///< of the layer's paths in the image
    std::uint16_t m_number;
    std::uint64_t m_looks = 0;
};

Result<void> ImageFiles::stack(const LayerFiles &layer)
{
    if (m_layerBytes.size() >= mostLayers) {
        return tooMuch("an image of more layers than are read");
    }
    return Stacking(*this, layer).run();
}

void ImageFiles::settle()
{
    m_tree.settle();
    m_newest.shrink_to_fit();
    m_versions.shrink_to_fit();
}

std::int64_t ImageFiles::bytes() const
{
    return std::accumulate(m_layerBytes.begin(), m_layerBytes.end(), std::int64_t(0));
}

VersionId ImageFiles::newestUpTo(NodeId id, std::size_t layer) const
{
    VersionId at = m_newest[id];
    while (at != noVersion && m_versions[at].layer > layer) {
        at = m_versions[at].before;
    }
    return at;
}

std::size_t ImageFiles::memory() const
{
    return m_tree.memory() + m_newest.capacity() * sizeof(VersionId) +
           m_versions.capacity() * sizeof(Version) + m_layerBytes.capacity() * sizeof(std::int64_t);
}

namespace {

const Version *seenIn(const ImageFiles &image, NodeId id)
{
    const VersionId newest = id == noNode ? noVersion : image.newest(id);
    return newest == noVersion || image.version(newest).change == Change::Removed
               ? nullptr
               : &image.version(newest);
}

std::string_view layerOf(const std::vector<std::string> &digests, const Version &version)
{
    return version.layer < digests.size() ? std::string_view(digests[version.layer])
                                          : std::string_view();
}

/// The files that are to be seen in an image, as one layer, and where they are in the image.
struct Flattened
{
    explicit Flattened(const ImageFiles &image)
    {
        for (NodeId id = 1; id < image.tree().size(); ++id) {
            if (const Version *version = seenIn(image, id)) {
                put(layer, image, id, version->facts);
                origins.resize(layer.tree().size(), noNode);
                origins.back() = id;
            }
        }
    }
    static void put(LayerFiles &layer, const ImageFiles &image, NodeId id, Facts facts)
    {
        facts.target = layer.tree().names().intern(image.tree().names().at(facts.target));
        layer.put(image.tree().path(id), facts, Saying::There);
    }

    LayerFiles layer;
    std::vector<NodeId> origins{topNode};
};

bool isSameFile(const Facts &left, std::string_view leftTarget, const Facts &right,
                std::string_view rightTarget)
{
    return left.kind == right.kind && left.size == right.size && left.mode == right.mode &&
           left.userId == right.userId && left.groupId == right.groupId &&
           leftTarget == rightTarget &&
           (left.kind == FileKind::Folder || left.modifiedAt == right.modifiedAt);
}

} // namespace

Result<ImageFiles> compared(const ImageFiles &here, const std::vector<std::string> &hereDigests,
                            const ImageFiles &there, const std::vector<std::string> &thereDigests)
{
    const Flattened base(here);
    const PathTree &paths = base.layer.tree();
    LayerFiles other;
    std::vector<NodeId> counterparts(there.tree().size(), noNode); // in base
    std::vector<bool> isMet(paths.size(), false);
    counterparts[topNode] = topNode;
    for (NodeId id = 1; id < there.tree().size(); ++id) {
        const NodeId folder = counterparts[there.tree().node(id).parent];
        const NodeId same = folder == noNode ? noNode : paths.child(folder, there.tree().name(id));
        counterparts[id] = same;
        const Version *now = seenIn(there, id);
        if (now == nullptr) {
            continue;
        }
        if (same != noNode) {
            isMet[same] = true;
            const Version &before = *seenIn(here, base.origins[same]);
            const std::string_view digest = layerOf(hereDigests, before);
            if ((!digest.empty() && digest == layerOf(thereDigests, *now)) ||
                isSameFile(before.facts, here.tree().names().at(before.facts.target), now->facts,
                           there.tree().names().at(now->facts.target))) {
                continue;
            }
        }
        Flattened::put(other, there, id, now->facts);
    }
    for (NodeId id = 1; id < paths.size(); ++id) {
        if (!isMet[id]) {
            other.put(paths.path(id), {}, Saying::Gone);
        }
    }
    ImageFiles both;
    for (const LayerFiles *layer : {&base.layer, static_cast<const LayerFiles *>(&other)}) {
        if (auto stacked = both.stack(*layer); !stacked) {
            return std::unexpected(stacked.error());
        }
    }
    both.settle();
    return both;
}

} // namespace roadstead::layers
