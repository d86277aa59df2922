// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry/trust/cosign.h"
#include "engine/registry/trust/trust_rules.h"
#include "engine/service/pending.h"
#include "engine/service/trust/program_run.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {

/// Finds out what the rules make of one image: its digest, then each key that speaks for it, then
/// the Notary server. Inside engine/service/trust only. GUI thread; goes when it is done.
class TrustInquiry : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        /// The digest that a registry has for a tag or a digest.
        std::function<Operation<std::string>(const std::string &registry,
                                             const std::string &repository,
                                             const std::string &reference)>
            digestOf;
        std::function<trust::RegistryAccess(const std::string &registry)> access;
        /// Runs a program with a line in the history.
        std::function<Operation<ProgramEnd>(ProgramCall, const std::string &line)> run;
        std::function<void(const trust::Verdict &)> remember;
        QString cosign{};
        QString docker{};
    };

    static Operation<trust::Verdict> start(Parts parts, const trust::Rules &rules,
                                           const std::string &image, QObject *parent);
    ~TrustInquiry() override;

private:
    TrustInquiry(Parts parts, const trust::Rules &rules, QObject *parent);
    void begin(const std::string &image);
    void askDigest();
    void askNextKey();
    void takeKey(const trust::TrustedKey &key, const Result<ProgramEnd> &end);
    void askNotary();
    void takeNotary(const Result<ProgramEnd> &end);
    void weaken(trust::Verdict::State state, std::optional<Error> why);
    void finish();
    void cancel();

    Parts m_parts;
    const trust::Rules m_rules;
    const std::shared_ptr<Pending<trust::Verdict>> m_pending;
    trust::Verdict m_verdict;
    std::string m_registry;
    std::string m_repository;
    std::string m_familiar;
    std::vector<trust::TrustedKey> m_keys; ///< that are still to be asked
    std::function<void()> m_cancel;        ///< ends what is under way
};

} // namespace roadstead::service
