// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/registries/registry_desk.h"

#include <QPromise>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace roadstead::test {

/// A desk that does what a test says: questions wait until the test answers them.
class FakeRegistryDesk : public service::RegistryDesk
{
public:
    template<typename T>
    using Promise = std::shared_ptr<QPromise<Result<T>>>;
    template<typename T>
    struct Open
    {
        std::vector<std::string> asked;
        Promise<T> promise;
        std::shared_ptr<bool> isCancelled = std::make_shared<bool>(false);
    };

    service::Operation<registry::AccountBook> accounts() override
    {
        ++accountQuestions;
        auto promise = start<registry::AccountBook>();
        answer<registry::AccountBook>(promise, book);
        return {promise->future(), {}};
    }
    service::Operation<registry::Greeting> greet(const std::string &registry) override
    {
        return open(greetings, {registry});
    }
    service::Operation<std::vector<service::CertificateFacts>>
    certificates(const std::string &registry) override
    {
        return open(certificateQuestions, {registry});
    }
    service::Operation<registry::Greeting>
    signIn(const std::string &registry, const std::string &user, std::string secret) override
    {
        return open(signIns, {registry, user, std::move(secret)});
    }
    service::Operation<service::Done> signOut(const std::string &registry) override
    {
        return open(signOuts, {registry});
    }
    service::Operation<int> moveToHelper(const std::string &helper) override
    {
        return open(moves, {helper});
    }
    service::Operation<registry::NamePage> repositories(const std::string &registry,
                                                        const std::string &page) override
    {
        return open(repositoryQuestions, {registry, page});
    }
    service::Operation<registry::NamePage> tags(const std::string &registry,
                                                const std::string &repository,
                                                const std::string &page) override
    {
        return open(tagQuestions, {registry, repository, page});
    }
    service::Operation<std::string> digestOf(const std::string &registry,
                                             const std::string &repository,
                                             const std::string &tag) override
    {
        return open(digestQuestions, {registry, repository, tag});
    }
    service::Operation<service::TagFacts> tagFacts(const std::string &registry,
                                                   const std::string &repository,
                                                   const std::string &tag) override
    {
        return open(factQuestions, {registry, repository, tag});
    }
    service::Operation<service::Done> deleteImage(const std::string &registry,
                                                  const std::string &repository,
                                                  const std::string &digest) override
    {
        return open(deletions, {registry, repository, digest});
    }
    service::Operation<service::Done> checkPush(const std::string &registry,
                                                const std::string &repository) override
    {
        return open(checks, {registry, repository});
    }

    template<typename T>
    static Promise<T> start()
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        return promise;
    }
    template<typename T>
    static service::Operation<T> open(std::vector<Open<T>> &list, std::vector<std::string> asked)
    {
        list.push_back({std::move(asked), start<T>()});
        const Open<T> &last = list.back();
        return {last.promise->future(), [promise = last.promise, isCancelled = last.isCancelled] {
                    *isCancelled = true;
                    answer<T>(promise, failure(ErrorKind::Cancelled, "registry"));
                }};
    }

    template<typename T>
    static void answer(const Promise<T> &promise, Result<T> result)
    {
        if (!promise->future().isFinished()) {
            promise->addResult(std::move(result));
            promise->finish();
        }
    }
    static Error refusal(int status, std::string detail = "refused")
    {
        const ErrorKind kind = status == 401 || status == 403 ? ErrorKind::Unauthorized
                               : status == 404                ? ErrorKind::NotFound
                               : status == 429                ? ErrorKind::Busy
                               : status >= 500                ? ErrorKind::EngineFailed
                                                              : ErrorKind::BadRequest;
        return {kind, status, std::move(detail), "registry.checkpush"};
    }
    static registry::KeptAccount account(std::string registry, std::string user,
                                         std::string helper = "secretservice")
    {
        return {.registry = registry,
                .key = registry,
                .username = std::move(user),
                .helper = std::move(helper)};
    }

    registry::AccountBook book;
    int accountQuestions = 0;
    std::vector<Open<registry::Greeting>> greetings;
    std::vector<Open<std::vector<service::CertificateFacts>>> certificateQuestions;
    std::vector<Open<registry::Greeting>> signIns;
    std::vector<Open<service::Done>> signOuts;
    std::vector<Open<int>> moves;
    std::vector<Open<registry::NamePage>> repositoryQuestions;
    std::vector<Open<registry::NamePage>> tagQuestions;
    std::vector<Open<std::string>> digestQuestions;
    std::vector<Open<service::TagFacts>> factQuestions;
    std::vector<Open<service::Done>> deletions;
    std::vector<Open<service::Done>> checks;
};

} // namespace roadstead::test
