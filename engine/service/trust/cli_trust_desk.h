// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry/trust/cosign.h"
#include "engine/service/pending.h"
#include "engine/service/registries/registry_desk.h"
#include "engine/service/trust/program_run.h"
#include "engine/service/trust/trust_desk.h"

#include <QString>

#include <functional>
#include <memory>
#include <string>

namespace roadstead::service {

class EngineSession;

/// The real desk: the programs cosign and docker, and the rules in the person's settings. What runs
/// stands in the history of a session.
class CliTrustDesk final : public TrustDesk
{
    Q_OBJECT
public:
    struct Programs
    {
        QString cosign = QStringLiteral("cosign");
        QString docker = QStringLiteral("docker");
    };

    /// Both must outlive this. What the session's engine says of insecure registries holds here.
    CliTrustDesk(EngineSession *session, RegistryDesk *registries, QObject *parent = nullptr);
    CliTrustDesk(EngineSession *session, RegistryDesk *registries, Programs programs,
                 QObject *parent = nullptr);
    ~CliTrustDesk() override;

    Operation<std::string> cosign() override;
    Operation<trust::TrustedKey> makeKeyPair(const KeyWish &wish, std::string password) override;
    Operation<std::string> sign(const SignWish &wish, std::string password) override;
    Operation<Done> signAtNotary(const std::string &image, trust::Passphrases passphrases) override;
    Operation<trust::Verdict> judge(const std::string &image) override;

protected:
    void keepRules(const trust::Rules &rules) override;

private:
    [[nodiscard]] trust::RegistryAccess accessTo(const std::string &registry) const;
    /// Calls `then` once m_takesServiceConfig is known, at once where it is.
    void askServiceConfig(std::function<void()> then);
    /// `cancel` ends it from then on; `password` is taken.
    void signWith(trust::Signing signing, std::string &password, const std::string &byDigest,
                  const std::shared_ptr<Pending<std::string>> &pending,
                  const std::shared_ptr<std::function<void()>> &cancel);
    [[nodiscard]] Operation<ProgramEnd> run(ProgramCall call, const std::string &line);

    EngineSession *m_session;
    RegistryDesk *m_registries;
    const Programs m_programs;
};

} // namespace roadstead::service
