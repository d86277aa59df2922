// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/http/client.h"
#include "engine/registry/api/documents.h"
#include "engine/registry/api/place.h"
#include "engine/registry/credentials.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace roadstead::registry {

class Inquiry;
class RegistrySession;

/// How a registry was reached.
enum class Reached {
    Trusted,    ///< encrypted, and its certificate is good
    Unverified, ///< encrypted, whoever it may be
    Plain       ///< not encrypted
};

/// What asks who one is.
enum class Login { None, Basic, Token };

struct Greeting
{
    Reached reached = Reached::Trusted;
    Login login = Login::None;
    bool operator==(const Greeting &) const = default;
};

struct Done
{
    bool operator==(const Done &) const = default;
};

/// Names a question that is under way. A value; may outlive everything.
class RegistryCall
{
public:
    RegistryCall() = default;
    explicit RegistryCall(std::weak_ptr<Inquiry> inquiry)
        : m_inquiry(std::move(inquiry))
    {
    }
    /// Ends the question; its answer is ErrorKind::Cancelled, unless it was over before.
    void cancel() const;

private:
    std::weak_ptr<Inquiry> m_inquiry;
};

/// The HTTP API of one registry for one account (OCI distribution specification 1.1). Answers come
/// on the transport's thread, exactly once each, never under a lock. Functions are thread-safe.
///
/// Signs in as the registry asks for it: a token is fetched once for each scope and kept until it
/// ends; a 401 to what was sent is answered with a new one once. Password and token go to the
/// registry and its token service alone: a redirection is followed without them, for questions
/// only.
///
/// Failures have an operation that begins with "registry."; causeOf() tells them apart.
class RegistryClient
{
public:
    template<typename T>
    using Answer = std::move_only_function<void(Result<T>)>;

    /// `transport` and `clock` must outlive this and its questions.
    RegistryClient(http::Client *transport, Place place, Credentials credentials,
                   const Clock &clock = systemClock());
    ~RegistryClient();
    RegistryClient(const RegistryClient &) = delete;
    RegistryClient &operator=(const RegistryClient &) = delete;

    /// Whether it is a registry, and whether the account is good there: what `docker login` checks.
    RegistryCall greet(Answer<Greeting> answer);
    /// `page` is NamePage::next of the page before.
    RegistryCall repositories(const std::string &page, Answer<NamePage> answer);
    RegistryCall tags(const std::string &repository, const std::string &page,
                      Answer<NamePage> answer);
    /// Digest, size and type alone (HEAD). `reference` is a tag or a digest.
    RegistryCall manifestHead(const std::string &repository, const std::string &reference,
                              Answer<Manifest> answer);
    RegistryCall manifest(const std::string &repository, const std::string &reference,
                          Answer<Manifest> answer);
    /// `digest` is Manifest::config's.
    RegistryCall imageConfig(const std::string &repository, const std::string &digest,
                             Answer<ImageConfig> answer);
    /// All tags of this digest go with it. NotOffered where the registry keeps everything.
    RegistryCall deleteManifest(const std::string &repository, const std::string &digest,
                                Answer<Done> answer);
    /// Whether the account may push there: begins an upload and gives it up. Nothing is left.
    RegistryCall checkPush(const std::string &repository, Answer<Done> answer);

private:
    std::shared_ptr<RegistrySession> m_session;
};

} // namespace roadstead::registry
