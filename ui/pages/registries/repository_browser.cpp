// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/registries/repository_browser.h"

#include "engine/base/rfc3339.h"
#include "engine/registry/cause.h"
#include "ui/text/display_text.h"
#include "ui/text/registry_text.h"

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int mostFactsAtOnce = 4; ///< each is up to three requests

} // namespace

RepositoryBrowser::RepositoryBrowser(service::RegistryDesk *desk, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
{
}

void RepositoryBrowser::open(const std::string &registry, const std::string &repository)
{
    m_registry = registry;
    m_repositories.clear();
    m_nextCatalog.clear();
    choose(repository);
    askCatalog();
}

void RepositoryBrowser::close()
{
    ++m_catalogGeneration;
    ++m_tagGeneration;
    m_registry.clear();
    m_repository.clear();
    m_repositories.clear();
    m_tags.clear();
    m_catalogState = State::Idle;
    m_tagState = State::Idle;
    Q_EMIT catalogChanged();
    Q_EMIT tagsChanged();
}

void RepositoryBrowser::refresh()
{
    if (isOpen()) {
        open(m_registry, m_repository);
    }
}

Explanation RepositoryBrowser::explain(const Error &error, bool isDelete) const
{
    return explainRegistry(
        error, isDelete ? RegistryAct::Delete : RegistryAct::Look,
        {.registry = m_registry, .repository = m_repository, .hasAccount = true});
}

void RepositoryBrowser::askCatalog()
{
    const unsigned generation = ++m_catalogGeneration;
    m_catalogState = State::Asking;
    m_catalogProblem.reset();
    Q_EMIT catalogChanged();
    m_desk->repositories(m_registry, m_nextCatalog)
        .then(this, [this, generation](const Result<registry::NamePage> &page) {
            if (generation != m_catalogGeneration) {
                return;
            }
            m_catalogState = page ? State::Listed : State::Failed;
            m_nextCatalog = page ? page->next : std::string();
            if (page) {
                std::ranges::copy(page->names, std::back_inserter(m_repositories));
            } else {
                m_catalogProblem = explainRegistry(page.error(), RegistryAct::Look,
                                                   {.registry = m_registry, .hasAccount = true});
            }
            Q_EMIT catalogChanged();
        });
}

void RepositoryBrowser::askMoreRepositories()
{
    if (m_catalogState == State::Listed && hasMoreRepositories()) {
        askCatalog();
    }
}

void RepositoryBrowser::choose(const std::string &repository)
{
    m_repository = repository;
    m_tags.clear();
    m_nextTags.clear();
    m_tagProblem.reset();
    m_factsAsked = 0;
    ++m_tagGeneration;
    m_tagState = State::Idle;
    if (repository.empty()) {
        Q_EMIT tagsChanged();
    } else {
        askTags();
    }
}

void RepositoryBrowser::askTags()
{
    const unsigned generation = m_tagGeneration;
    m_tagState = State::Asking;
    Q_EMIT tagsChanged();
    m_desk->tags(m_registry, m_repository, m_nextTags)
        .then(this, [this, generation](const Result<registry::NamePage> &page) {
            if (generation != m_tagGeneration) {
                return;
            }
            m_tagState = page ? State::Listed : State::Failed;
            m_nextTags = page ? page->next : std::string();
            if (page) {
                for (const std::string &name : page->names) {
                    m_tags.push_back({.name = name});
                }
                askFacts();
            } else {
                m_tagProblem = explain(page.error());
            }
            Q_EMIT tagsChanged();
        });
}

void RepositoryBrowser::askMoreTags()
{
    if (m_tagState == State::Listed && hasMoreTags()) {
        askTags();
    }
}

void RepositoryBrowser::askFacts()
{
    for (BrowsedTag &each : m_tags) {
        if (m_factsAsked >= mostFactsAtOnce) {
            return;
        }
        if (each.isAsked) {
            continue;
        }
        each.isAsked = true;
        ++m_factsAsked;
        const unsigned generation = m_tagGeneration;
        m_desk->tagFacts(m_registry, m_repository, each.name)
            .then(this,
                  [this, generation, name = each.name](const Result<service::TagFacts> &facts) {
                      if (generation != m_tagGeneration) {
                          return;
                      }
                      --m_factsAsked;
                      const auto found = std::ranges::find(m_tags, name, &BrowsedTag::name);
                      if (facts && found != m_tags.end()) {
                          found->isKnown = true;
                          found->facts = *facts;
                          const auto created = parseRfc3339(facts->created);
                          found->created = created ? created->seconds() : 0;
                      }
                      askFacts();
                      if (m_factsAsked == 0) {
                          sortTags(); // all at once: rows that jump cannot be pressed
                      }
                      Q_EMIT tagsChanged();
                  });
    }
}

void RepositoryBrowser::sortTags()
{
    std::ranges::stable_sort(m_tags, std::ranges::greater(), &BrowsedTag::created);
}

const BrowsedTag *RepositoryBrowser::tag(const std::string &name) const
{
    const auto found = std::ranges::find(m_tags, name, &BrowsedTag::name);
    return found == m_tags.end() ? nullptr : &*found;
}

std::vector<std::string> RepositoryBrowser::tagsOf(const std::string &digest) const
{
    std::vector<std::string> names;
    for (const BrowsedTag &each : m_tags) {
        if (each.isKnown && each.facts.digest == digest) {
            names.push_back(each.name);
        }
    }
    return names;
}

void RepositoryBrowser::deleteImage(const std::string &digest)
{
    const unsigned generation = m_tagGeneration;
    m_desk->deleteImage(m_registry, m_repository, digest)
        .then(this, [this, generation](const Result<service::Done> &done) {
            if (!done) {
                Q_EMIT failed(explain(done.error(), true));
                return;
            }
            Q_EMIT deleted(displayText(m_repository, 80));
            if (generation == m_tagGeneration) {
                choose(std::string(m_repository));
            }
        });
}

} // namespace roadstead::ui
