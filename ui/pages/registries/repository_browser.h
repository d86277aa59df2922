// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/registries/registry_desk.h"
#include "ui/text/error_text.h"

#include <QObject>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

struct BrowsedTag
{
    std::string name{};
    bool isKnown = false; ///< whether `facts` are
    bool isAsked = false;
    service::TagFacts facts{};
    std::int64_t created = 0; ///< seconds since the epoch; 0 = not known
};

/// Looks into one registry: its repositories, and the tags of one of them. No widgets. GUI thread
/// only.
class RepositoryBrowser : public QObject
{
    Q_OBJECT
public:
    enum class State { Idle, Asking, Listed, Failed };

    /// `desk` must outlive this.
    explicit RepositoryBrowser(service::RegistryDesk *desk, QObject *parent = nullptr);

    /// Begins anew there; `repository` empty = none is chosen. Registries without a catalog (Docker
    /// Hub) are looked into by the name of a repository.
    void open(const std::string &registry, const std::string &repository = {});
    void close();
    void refresh();
    [[nodiscard]] const std::string &registry() const { return m_registry; }
    [[nodiscard]] bool isOpen() const { return !m_registry.empty(); }

    [[nodiscard]] State catalogState() const { return m_catalogState; }
    [[nodiscard]] const std::vector<std::string> &repositories() const { return m_repositories; }
    [[nodiscard]] bool hasMoreRepositories() const { return !m_nextCatalog.empty(); }
    void askMoreRepositories();
    /// Why there is no list; the registry may have no catalog for anybody.
    [[nodiscard]] const std::optional<Explanation> &catalogProblem() const
    {
        return m_catalogProblem;
    }

    void choose(const std::string &repository);
    [[nodiscard]] const std::string &repository() const { return m_repository; }
    [[nodiscard]] State tagState() const { return m_tagState; }
    [[nodiscard]] const std::vector<BrowsedTag> &tags() const { return m_tags; } ///< newest first
    [[nodiscard]] bool hasMoreTags() const { return !m_nextTags.empty(); }
    void askMoreTags();
    [[nodiscard]] const std::optional<Explanation> &tagProblem() const { return m_tagProblem; }
    [[nodiscard]] const BrowsedTag *tag(const std::string &name) const;
    /// What goes with a tag that is deleted: all tags of the same digest, as far as is known.
    [[nodiscard]] std::vector<std::string> tagsOf(const std::string &digest) const;
    void deleteImage(const std::string &digest);
    [[nodiscard]] service::RegistryDesk *desk() const { return m_desk; }

Q_SIGNALS:
    void catalogChanged();
    void tagsChanged();
    void deleted(const QString &repository); ///< display text
    void failed(const roadstead::ui::Explanation &words);

private:
    void askCatalog();
    void askTags();
    void askFacts();
    void sortTags();
    [[nodiscard]] Explanation explain(const Error &error, bool isDelete = false) const;

    service::RegistryDesk *m_desk;
    std::string m_registry;
    std::string m_repository;
    State m_catalogState = State::Idle;
    State m_tagState = State::Idle;
    std::vector<std::string> m_repositories;
    std::vector<BrowsedTag> m_tags;
    std::string m_nextCatalog;
    std::string m_nextTags;
    std::optional<Explanation> m_catalogProblem;
    std::optional<Explanation> m_tagProblem;
    int m_factsAsked = 0;
    unsigned m_catalogGeneration = 0;
    unsigned m_tagGeneration = 0;
};

} // namespace roadstead::ui
