// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry/account_book.h"
#include "engine/registry/api/documents.h"
#include "engine/registry/api/registry_client.h"
#include "engine/service/operation.h"
#include "engine/service/registries/certificates.h"

#include <QObject>

#include <cstdint>
#include <string>
#include <vector>

namespace roadstead::service {

/// What a tag of a repository is. Of an index, the sizes and times are those of one of its images:
/// this machine's, if it has one.
struct TagFacts
{
    std::string digest{};
    std::int64_t bytes = 0;               ///< downloaded for it; 0 = not known
    std::string created{};                ///< RFC 3339; empty = not told
    std::vector<std::string> platforms{}; ///< "linux/arm64"
    bool operator==(const TagFacts &) const = default;
};

/// Accounts at registries and what is in those: what the pages and wizards need. A test gives them
/// a fake one. GUI thread; operations finish there or not at all once this is gone. Registries are
/// named as images name them: "docker.io", "registry.example:5000".
class RegistryDesk : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual Operation<registry::AccountBook> accounts() = 0;
    /// Whether it answers, and to the account that is kept for it.
    virtual Operation<registry::Greeting> greet(const std::string &registry) = 0;
    /// The certificates that it shows, whoever believes them.
    virtual Operation<std::vector<CertificateFacts>> certificates(const std::string &registry) = 0;
    /// What `docker login` does: tries the account at the registry, then keeps it. `secret` is a
    /// password or an access token.
    virtual Operation<registry::Greeting> signIn(const std::string &registry,
                                                 const std::string &user, std::string secret) = 0;
    virtual Operation<Done> signOut(const std::string &registry) = 0;
    /// Moves what config.json keeps as plain text to that helper; yields how many.
    virtual Operation<int> moveToHelper(const std::string &helper) = 0;
    virtual Operation<registry::NamePage> repositories(const std::string &registry,
                                                       const std::string &page) = 0;
    virtual Operation<registry::NamePage>
    tags(const std::string &registry, const std::string &repository, const std::string &page) = 0;
    /// Its digest alone, in one request.
    virtual Operation<std::string> digestOf(const std::string &registry,
                                            const std::string &repository,
                                            const std::string &tag) = 0;
    virtual Operation<TagFacts> tagFacts(const std::string &registry, const std::string &repository,
                                         const std::string &tag) = 0;
    virtual Operation<Done> deleteImage(const std::string &registry, const std::string &repository,
                                        const std::string &digest) = 0;
    virtual Operation<Done> checkPush(const std::string &registry,
                                      const std::string &repository) = 0;

Q_SIGNALS:
    void accountsChanged(); ///< by one of the operations here
};

} // namespace roadstead::service
