// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/trust/trust_desk.h"

#include "engine/docker/command.h"
#include "engine/docker/shell_words.h"
#include "engine/reference/image_reference.h"
#include "engine/registry/trust/cosign.h"

namespace roadstead::service {

std::string cosignLine(const std::vector<std::string> &arguments)
{
    return "cosign " + docker::shellLine(arguments);
}

void TrustDesk::setRules(const trust::Rules &rules)
{
    if (rules == m_rules) {
        return;
    }
    m_rules = rules;
    keepRules(m_rules);
    m_known.clear();
    Q_EMIT rulesChanged();
    Q_EMIT verdictsChanged();
}

const trust::Verdict *TrustDesk::known(const std::string &byDigest) const
{
    const auto found = m_known.find(byDigest);
    return found == m_known.end() ? nullptr : &found->second;
}

void TrustDesk::remember(const trust::Verdict &verdict)
{
    if (!verdict.digest.empty()) {
        m_known[verdict.byDigest()] = verdict;
        Q_EMIT verdictsChanged();
    }
}

void TrustDesk::forget(const std::string &byDigest)
{
    if (m_known.erase(byDigest) > 0) {
        Q_EMIT verdictsChanged();
    }
}

std::vector<std::string> TrustDesk::judgeLines(const std::string &image) const
{
    std::vector<std::string> lines;
    const auto read = reference::parsePullReference(image);
    if (!read) {
        return lines;
    }
    const std::string byDigest =
        read->familiarName() + "@" + (read->digest.empty() ? "DIGEST" : read->digest);
    for (const trust::TrustedKey &key : m_rules.keysFor(read->name())) {
        lines.push_back(cosignLine(
            trust::Verification{.image = byDigest, .publicKey = key.publicKey}.arguments()));
    }
    if (!m_rules.notaryServer.empty()) {
        lines.push_back("DOCKER_CONTENT_TRUST_SERVER=" + docker::shellQuoted(m_rules.notaryServer) +
                        " " + docker::commandLine({"trust", "inspect", read->familiarText()}));
    }
    return lines;
}

std::string TrustDesk::signLine(const SignWish &wish) const
{
    std::string image = wish.image;
    if (const auto read = reference::parsePullReference(image); read && read->digest.empty()) {
        image = read->familiarName() + "@DIGEST";
    }
    return cosignLine(trust::Signing{.image = image,
                                     .privateKey = wish.privateKey,
                                     .inPublicLog = wish.inPublicLog,
                                     .takesServiceConfig = m_takesServiceConfig.value_or(false)}
                          .arguments());
}

std::string TrustDesk::keyLine(const KeyWish &wish)
{
    return cosignLine(trust::keyPairArguments(wish.folder + "/" + wish.name));
}

std::string TrustDesk::notaryLine(const std::string &image) const
{
    return "DOCKER_CONTENT_TRUST_SERVER=" + docker::shellQuoted(m_rules.notaryServer) + " " +
           docker::commandLine(trust::notarySignArguments(image));
}

} // namespace roadstead::service
