// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/trust/trust_desk.h"
#include "tests/ui/support/fake_registry_desk.h"

#include <QPromise>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace roadstead::test {

/// A desk for trust that does what a test says: questions wait until the test answers them.
class FakeTrustDesk : public service::TrustDesk
{
public:
    template<typename T>
    using Open = FakeRegistryDesk::Open<T>;

    service::Operation<std::string> cosign() override
    {
        ++cosignQuestions;
        auto promise = FakeRegistryDesk::start<std::string>();
        FakeRegistryDesk::answer<std::string>(promise, version);
        return {promise->future(), {}};
    }
    service::Operation<trust::TrustedKey> makeKeyPair(const service::KeyWish &wish,
                                                      std::string password) override
    {
        return FakeRegistryDesk::open(keyWishes,
                                      {wish.folder, wish.name, wish.scope, std::move(password)});
    }
    service::Operation<std::string> sign(const service::SignWish &wish,
                                         std::string password) override
    {
        return FakeRegistryDesk::open(signings, {wish.image, wish.privateKey, std::move(password)});
    }
    service::Operation<service::Done> signAtNotary(const std::string &image,
                                                   trust::Passphrases passphrases) override
    {
        return FakeRegistryDesk::open(notarySignings,
                                      {image, passphrases.root, passphrases.repository});
    }
    service::Operation<trust::Verdict> judge(const std::string &image) override
    {
        return FakeRegistryDesk::open(judgements, {image});
    }

    /// Answers the last judgement, as the real desk would.
    void verdict(const trust::Verdict &verdict)
    {
        remember(verdict);
        FakeRegistryDesk::answer<trust::Verdict>(judgements.back().promise, verdict);
    }
    template<typename T>
    static void answer(const Open<T> &question, Result<T> result)
    {
        FakeRegistryDesk::answer<T>(question.promise, std::move(result));
    }

    Result<std::string> version{"v2.5.0"};
    int cosignQuestions = 0;
    std::vector<Open<trust::TrustedKey>> keyWishes;
    std::vector<Open<std::string>> signings;
    std::vector<Open<service::Done>> notarySignings;
    std::vector<Open<trust::Verdict>> judgements;

protected:
    void keepRules(const trust::Rules &) override {}
};

} // namespace roadstead::test
