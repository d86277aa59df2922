// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/clock.h"
#include "engine/http/client.h"
#include "engine/registry/api/challenge.h"
#include "engine/registry/api/documents.h"
#include "engine/registry/api/place.h"
#include "engine/registry/api/registry_client.h"
#include "engine/registry/credentials.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

/// How one question to a registry gets its answer. Inside engine/registry/api only.
namespace roadstead::registry {

/// What questions to one registry have in common. Thread-safe.
class RegistrySession
{
public:
    RegistrySession(http::Client *transport, Place place, Credentials credentials,
                    const Clock &clock)
        : m_transport(transport)
        , m_clock(clock)
        , m_place(std::move(place))
        , m_credentials(std::move(credentials))
    {
    }
    ~RegistrySession();

    [[nodiscard]] http::Client &transport() const { return *m_transport; }
    [[nodiscard]] const Place &place() const { return m_place; }
    [[nodiscard]] const Credentials &credentials() const { return m_credentials; }

    /// How it is reached; none while that is not known.
    [[nodiscard]] std::optional<Reached> reached() const;
    void setReached(Reached reached);
    /// The header Authorization for a scope, as far as one can be sent unasked.
    [[nodiscard]] std::string authorization(const std::string &scope) const;
    void setBasic();
    void keepToken(const std::string &scope, Token token);
    void forgetToken(const std::string &scope);
    /// "Basic …" of the account; empty where there is no password.
    [[nodiscard]] std::string basic() const;

private:
    struct KeptToken
    {
        std::string token;
        std::chrono::steady_clock::time_point ends;
    };

    http::Client *m_transport;
    const Clock &m_clock;
    const Place m_place;
    Credentials m_credentials;
    mutable std::mutex m_mutex;
    std::optional<Reached> m_reached;
    std::map<std::string, KeptToken> m_tokens; ///< by scope
    bool m_isBasic = false;
};

/// What is asked.
struct Question
{
    std::string operation{};
    std::string method = "GET";
    std::string target{};
    std::string scope{}; ///< of the token that it needs
    std::vector<http::Header> headers{};
    std::size_t cap = 4 * http::mebibyte; ///< of the answer's body
};

/// A whole answer that is no failure, and how it came.
struct Reply
{
    http::Response response{};
    std::string url{}; ///< that was asked
    Login login = Login::None;
    Reached reached = Reached::Trusted;
};

/// One question on its way: finds out how the registry is reached, signs in, follows redirections.
class Inquiry : public std::enable_shared_from_this<Inquiry>
{
public:
    using Completion = std::move_only_function<void(Result<Reply>)>;

    Inquiry(std::shared_ptr<RegistrySession> session, Question question, Completion completion);
    void begin();
    void cancel();

private:
    using Heard = std::move_only_function<void(Result<http::Response>)>;

    void finish(Result<Reply> result);
    void send(http::Request request, Heard heard);
    [[nodiscard]] http::Request requestTo(const http::TcpAddress &address,
                                          const std::string &target) const;
    void findOut();
    void findOutPlain(const Error &encryptedFailure);
    void ask();
    void take(Result<http::Response> heard);
    void signIn(const http::Response &refusal);
    void fetchToken(const Challenge &challenge);
    void takeToken(Result<http::Response> heard);
    void follow(const http::Response &response, const std::string &from, int left);
    [[nodiscard]] Result<Reply> judge(const http::Response &response) const;
    [[nodiscard]] http::TcpAddress address() const;

    const std::shared_ptr<RegistrySession> m_session;
    const Question m_question;
    Completion m_completion;
    std::string m_url; ///< of the registry's own, that was asked last
    bool m_wasAuthorized = false;
    bool m_hasSignedIn = false; ///< a second refusal is the last word
    Login m_login = Login::None;

    std::mutex m_mutex;
    http::Handle m_handle;
    bool m_cancelled = false;
    std::atomic<bool> m_finished = false;
};

/// The failure that an answer tells; `operation` is what was tried.
Error errorOf(const http::Response &response, const std::string &operation);

} // namespace roadstead::registry
