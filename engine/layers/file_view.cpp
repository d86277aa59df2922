// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/layers/file_view.h"

#include <algorithm>
#include <map>

namespace roadstead::layers {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

bool containsText(std::string_view name, std::string_view lowered)
{
    return std::ranges::search(name, lowered, [](char a, char b) {
               return lower(a) == b;
           }).begin() != name.end();
}

void count(ChangeCounts &counts, Change change)
{
    counts.added += change == Change::Added ? 1 : 0;
    counts.changed += change == Change::Changed ? 1 : 0;
    counts.removed += change == Change::Removed ? 1 : 0;
}

/// The making of one view.
class Viewing
{
public:
    Viewing(const ImageFiles &image, const ViewQuestion &question)
        : m_image(image)
        , m_question(question)
    {
    }

    FileView run()
    {
        m_view.rows.resize(m_image.tree().size());
        for (NodeId id = 1; id < m_view.rows.size(); ++id) {
            look(id);
        }
        filter();
        gather();
        chooseBiggest();
        return std::move(m_view);
    }

private:
    using Span = ViewQuestion::Span;

    /// What is to be seen of a path by itself.
    void look(NodeId id)
    {
        FileView::Row &row = m_view.rows[id];
        const VersionId shown = m_image.newestUpTo(id, m_question.layer);
        if (shown == noVersion) {
            return;
        }
        const Version &version = m_image.version(shown);
        const bool isOwn = version.layer == m_question.layer;
        const bool isGone = version.change == Change::Removed;
        row.change = isOwn ? version.change : Change::None;
        row.isShown = isOwn || (m_question.span == Span::UpTo && !isGone);
        row.version = row.isShown ? shown : noVersion;
        row.size = row.isShown && version.facts.kind == FileKind::File ? version.facts.size : 0;
        row.wasted = m_question.span == Span::UpTo ? hiddenUpTo(shown) : hiddenOf(id, shown);
        if (isOwn && version.facts.kind != FileKind::Folder) {
            count(m_view.counts, version.change);
        }
    }
    /// Bytes of this and the versions below it that it hides.
    [[nodiscard]] std::int64_t hiddenUpTo(VersionId shown) const
    {
        std::int64_t hidden = 0;
        for (VersionId at = m_image.version(shown).before; at != noVersion;
             at = m_image.version(at).before) {
            hidden += ownBytes(m_image.version(at));
        }
        return hidden;
    }
    /// Bytes of the layer's own version that a later one hides; of a removal, what it hides.
    [[nodiscard]] std::int64_t hiddenOf(NodeId id, VersionId shown) const
    {
        const Version &version = m_image.version(shown);
        if (version.layer != m_question.layer) {
            return 0;
        }
        return m_image.newest(id) == shown ? 0 : ownBytes(version);
    }
    static std::int64_t ownBytes(const Version &version)
    {
        return version.change != Change::Removed && version.facts.kind == FileKind::File
                   ? version.facts.size
                   : 0;
    }

    /// Takes away what was not asked for; what it means for folders comes later.
    void filter()
    {
        if (!m_question.only && m_question.text.empty()) {
            return;
        }
        std::string lowered = m_question.text;
        std::ranges::transform(lowered, lowered.begin(), lower);
        // Each name once, then each path; a text with a slash is looked for in whole paths.
        const PathTree &tree = m_image.tree();
        const bool inPaths = lowered.contains('/');
        std::vector<bool> names(inPaths ? 0 : tree.names().size());
        for (std::uint32_t number = 0; number < names.size(); ++number) {
            names[number] = containsText(tree.names().at(number), lowered);
        }
        std::vector<bool> isFound(tree.size(), lowered.empty());
        for (NodeId id = 1; id < tree.size(); ++id) {
            isFound[id] =
                isFound[id] || isFound[tree.node(id).parent] ||
                (inPaths ? containsText("/" + tree.path(id), lowered) : names[tree.node(id).name]);
            FileView::Row &row = m_view.rows[id];
            const bool isWanted = !m_question.only || row.change == *m_question.only;
            if (!isFound[id] || !isWanted) {
                row.isShown = false;
                row.size = 0;
                row.wasted = 0;
            }
        }
    }

    /// Adds up what is in folders, from below.
    void gather()
    {
        for (NodeId id = NodeId(m_view.rows.size() - 1); id > topNode; --id) {
            const FileView::Row &row = m_view.rows[id];
            FileView::Row &folder = m_view.rows[m_image.tree().node(id).parent];
            folder.size += row.size;
            folder.wasted += row.wasted;
            if (row.isShown) {
                folder.isShown = true;
                folder.hasChildren = true;
                if (row.change != Change::None && folder.change == Change::None) {
                    folder.change = Change::Changed;
                }
            }
        }
    }

    void chooseBiggest()
    {
        std::vector<NodeId> &files = m_view.biggest;
        const auto isBigger = [this](NodeId left, NodeId right) {
            return m_view.rows[left].size != m_view.rows[right].size
                       ? m_view.rows[left].size > m_view.rows[right].size
                       : left < right;
        };
        for (NodeId id = 1; id < m_view.rows.size(); ++id) {
            const FileView::Row &row = m_view.rows[id];
            if (!row.isShown || row.version == noVersion || row.size == 0 ||
                m_image.version(row.version).facts.kind != FileKind::File ||
                row.change == Change::Removed) {
                continue;
            }
            if (files.size() == FileView::mostBiggest && !isBigger(id, files.front())) {
                continue;
            }
            files.push_back(id);
            std::ranges::push_heap(files, isBigger); // the smallest in front
            if (files.size() > FileView::mostBiggest) {
                std::ranges::pop_heap(files, isBigger);
                files.pop_back();
            }
        }
        std::ranges::sort(files, isBigger);
    }

    const ImageFiles &m_image;
    const ViewQuestion &m_question;
    FileView m_view;
};

} // namespace

FileView view(const ImageFiles &image, const ViewQuestion &question)
{
    return Viewing(image, question).run();
}

std::vector<LayerSummary> summarized(const ImageFiles &image)
{
    std::vector<LayerSummary> layers(image.layerCount());
    std::vector<std::map<std::size_t, std::int64_t>> hiders(layers.size());
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        layers[layer].bytes = image.layerBytes(layer);
    }
    for (NodeId id = 1; id < image.tree().size(); ++id) {
        std::size_t hider = 0;
        for (VersionId at = image.newest(id); at != noVersion; at = image.version(at).before) {
            const Version &version = image.version(at);
            LayerSummary &layer = layers[version.layer];
            if (version.facts.kind != FileKind::Folder) {
                count(layer.counts, version.change);
            }
            if (hider != 0 && version.change != Change::Removed &&
                version.facts.kind == FileKind::File && version.facts.size > 0) {
                layer.wasted += version.facts.size;
                hiders[version.layer][hider] += version.facts.size;
            }
            hider = version.layer;
        }
    }
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        const auto most = std::ranges::max_element(hiders[layer], {},
                                                   [](const auto &each) { return each.second; });
        layers[layer].hidingLayer = most == hiders[layer].end() ? 0 : most->first;
    }
    return layers;
}

} // namespace roadstead::layers
