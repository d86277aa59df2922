// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry/trust/content_trust.h"
#include "engine/registry/trust/trust_rules.h"
#include "engine/service/operation.h"

#include <QObject>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {

/// "cosign sign --key …" as a shell reads it.
std::string cosignLine(const std::vector<std::string> &arguments);

/// A key pair to be made.
struct KeyWish
{
    std::string folder{};
    std::string name{};  ///< of the files, and of the key in the rules
    std::string scope{}; ///< as in TrustedKey
};

/// An image to be signed with a key.
struct SignWish
{
    std::string image{}; ///< "registry/name:tag" or "…@sha256:…"
    std::string privateKey{};
    bool inPublicLog = false;
};

/// Signing, verifying and the rules for it: what pages and wizards need. A test gives them a fake
/// one. GUI thread; operations finish there or not at all once this is gone. Their errors are told
/// apart by trust::trustCauseOf(), or by registry::causeOf() where a registry was asked.
class TrustDesk : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] const trust::Rules &rules() const { return m_rules; }
    /// Kept from now on; verdicts are forgotten.
    void setRules(const trust::Rules &rules);

    /// The version of cosign, empty where it tells none; fails with NotInstalled. What it can do is
    /// known then, too.
    virtual Operation<std::string> cosign() = 0;
    /// Makes a key pair and adds it to the rules.
    virtual Operation<trust::TrustedKey> makeKeyPair(const KeyWish &wish, std::string password) = 0;
    /// Signs what the registry has under that name now; yields it by digest.
    virtual Operation<std::string> sign(const SignWish &wish, std::string password) = 0;
    /// Signs the engine's image of that tag at the Notary server of the rules, and pushes it.
    virtual Operation<Done> signAtNotary(const std::string &image,
                                         trust::Passphrases passphrases) = 0;
    /// What the rules make of an image in a registry, by tag or by digest. Never fails but by
    /// Cancelled: what could not be found out is a verdict.
    virtual Operation<trust::Verdict> judge(const std::string &image) = 0;

    /// The last verdict of "registry/name@sha256:…"; null = it was not checked.
    [[nodiscard]] const trust::Verdict *known(const std::string &byDigest) const;

    /// What judging an image runs, as lines; DIGEST stands for what is not known yet.
    [[nodiscard]] std::vector<std::string> judgeLines(const std::string &image) const;
    /// "cosign sign --key …" of a wish.
    [[nodiscard]] std::string signLine(const SignWish &wish) const;
    [[nodiscard]] static std::string keyLine(const KeyWish &wish);
    [[nodiscard]] std::string notaryLine(const std::string &image) const;

Q_SIGNALS:
    void rulesChanged();
    void verdictsChanged();

protected:
    /// To be called by subclasses that keep rules, before anybody listens.
    void takeRules(const trust::Rules &rules) { m_rules = rules; }
    virtual void keepRules(const trust::Rules &rules) = 0;
    void remember(const trust::Verdict &verdict);
    void forget(const std::string &byDigest);
    std::optional<bool> m_takesServiceConfig; ///< cosign; see trust::takesServiceConfig()

private:
    trust::Rules m_rules;
    std::map<std::string, trust::Verdict> m_known; ///< by name and digest
};

} // namespace roadstead::service
