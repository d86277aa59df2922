// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/api/inquiry.h"

#include "engine/base/base64.h"
#include "engine/base/random.h"
#include "engine/registry/cause.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace roadstead::registry {

namespace {

constexpr int mostRedirections = 5;
constexpr std::size_t longestSaid = 2048; ///< of what a registry says to a failure

bool isRedirection(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

ErrorKind kindOfStatus(int status)
{
    switch (status) {
    case 401:
    case 403:
        return ErrorKind::Unauthorized;
    case 404:
        return ErrorKind::NotFound;
    case 409:
        return ErrorKind::Conflict;
    case 429:
        return ErrorKind::Busy;
    default:
        return status >= 500 ? ErrorKind::EngineFailed : ErrorKind::BadRequest;
    }
}

std::optional<std::chrono::seconds> waitOf(const http::Response &response)
{
    const std::string_view text = response.header("retry-after");
    constexpr std::uint32_t longest = 7 * 24 * 3600;
    std::uint32_t seconds = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) {
        return std::nullopt;
    }
    return std::chrono::seconds(std::min(seconds, longest));
}

/// The target of a token service with what is asked of it.
std::string tokenTarget(const http::Url &service, const Challenge &challenge,
                        const std::string &scopes, const std::string &account)
{
    std::string target = service.target;
    char separator = target.contains('?') ? '&' : '?';
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            target.append(1, separator).append(name).append("=").append(http::percentEncode(value));
            separator = '&';
        }
    };
    add("account", account);
    add("service", challenge.service);
    std::string_view rest = scopes;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        add("scope", rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return target;
}

std::string tokenForm(const Challenge &challenge, const std::string &scopes,
                      const std::string &identityToken)
{
    std::string form = "grant_type=refresh_token&client_id=roadstead";
    form.append("&service=").append(http::percentEncode(challenge.service));
    form.append("&scope=").append(http::percentEncode(scopes));
    return form.append("&refresh_token=").append(http::percentEncode(identityToken));
}

} // namespace

Error errorOf(const http::Response &response, const std::string &operation)
{
    std::string said = readErrors(response.body).substr(0, longestSaid);
    if (said.empty()) {
        said = "HTTP " + std::to_string(response.status);
    }
    if (const auto wait = waitOf(response)) {
        said = withRetryAfter(std::move(said), *wait);
    }
    return Error{kindOfStatus(response.status), response.status, std::move(said), operation};
}

// ---- What questions have in common

RegistrySession::~RegistrySession()
{
    m_credentials.wipe();
    for (auto &[scope, kept] : m_tokens) {
        wipe(kept.token);
    }
}

std::optional<Reached> RegistrySession::reached() const
{
    const std::scoped_lock lock(m_mutex);
    return m_reached;
}

void RegistrySession::setReached(Reached reached)
{
    const std::scoped_lock lock(m_mutex);
    m_reached = reached;
}

std::string RegistrySession::authorization(const std::string &scope) const
{
    if (!m_credentials.registryToken.empty()) {
        return "Bearer " + m_credentials.registryToken;
    }
    const std::scoped_lock lock(m_mutex);
    if (m_isBasic) {
        return basic();
    }
    const auto kept = m_tokens.find(scope);
    const bool isGood = kept != m_tokens.end() && m_clock.steadyNow() < kept->second.ends;
    return isGood ? "Bearer " + kept->second.token : std::string();
}

void RegistrySession::setBasic()
{
    const std::scoped_lock lock(m_mutex);
    m_isBasic = true;
}

void RegistrySession::keepToken(const std::string &scope, Token token)
{
    constexpr std::chrono::seconds margin{10}; // it has to last while the request is under way
    const std::scoped_lock lock(m_mutex);
    m_tokens[scope] = {std::move(token.token), m_clock.steadyNow() + token.lasts - margin};
}

void RegistrySession::forgetToken(const std::string &scope)
{
    const std::scoped_lock lock(m_mutex);
    m_tokens.erase(scope);
}

std::string RegistrySession::basic() const
{
    if (m_credentials.username.empty() || m_credentials.password.empty()) {
        return m_credentials.auth.empty() ? std::string() : "Basic " + m_credentials.auth;
    }
    std::string pair = m_credentials.username + ":" + m_credentials.password;
    std::string header = "Basic " + toBase64(pair);
    wipe(pair);
    return header;
}

// ---- One question

Inquiry::Inquiry(std::shared_ptr<RegistrySession> session, Question question, Completion completion)
    : m_session(std::move(session))
    , m_question(std::move(question))
    , m_completion(std::move(completion))
{
}

void Inquiry::begin()
{
    if (m_session->reached()) {
        ask();
    } else if (m_session->place().security == Security::Verified) {
        m_session->setReached(Reached::Trusted);
        ask();
    } else {
        findOut();
    }
}

void Inquiry::cancel()
{
    const std::scoped_lock lock(m_mutex);
    m_cancelled = true;
    m_handle.cancel();
}

void Inquiry::finish(Result<Reply> result)
{
    if (m_finished.exchange(true)) {
        return;
    }
    if (!result) {
        result.error().operation = m_question.operation;
    }
    Completion completion = std::move(m_completion);
    completion(std::move(result));
}

void Inquiry::send(http::Request request, Heard heard)
{
    request.operation = m_question.operation;
    request.limits.bodyBytes = m_question.cap;
    const http::Handle handle = m_session->transport().send(
        std::move(request),
        [self = shared_from_this(), heard = std::move(heard)](
            Result<http::Response> result) mutable { heard(std::move(result)); });
    const std::scoped_lock lock(m_mutex);
    m_handle = handle; // of a request that may be over: then it names nothing
    if (m_cancelled) {
        m_handle.cancel();
    }
}

http::Request Inquiry::requestTo(const http::TcpAddress &address, const std::string &target) const
{
    http::Request request;
    request.endpoint = address;
    request.target = target;
    return request;
}

http::TcpAddress Inquiry::address() const
{
    const bool isPlain = m_session->reached() == Reached::Plain;
    return isPlain ? m_session->place().plain() : m_session->place().encrypted();
}

/// Without credentials: nobody knows yet who listens there.
void Inquiry::findOut()
{
    send(requestTo(m_session->place().encrypted(), "/v2/"), [this](const auto &heard) {
        if (heard) {
            m_session->setReached(Reached::Unverified);
            ask();
        } else if (heard.error().kind == ErrorKind::Cancelled) {
            finish(std::unexpected(heard.error()));
        } else {
            findOutPlain(heard.error());
        }
    });
}

void Inquiry::findOutPlain(const Error &encryptedFailure)
{
    send(requestTo(m_session->place().plain(), "/v2/"),
         [this, encryptedFailure](const auto &heard) {
             if (heard) {
                 m_session->setReached(Reached::Plain);
                 ask();
                 return;
             }
             // Where something listens for TLS, what is wrong with that is the reason.
             const bool tells = encryptedFailure.kind == ErrorKind::TlsFailed &&
                                heard.error().kind != ErrorKind::Cancelled;
             finish(std::unexpected(tells ? encryptedFailure : heard.error()));
         });
}

void Inquiry::ask()
{
    http::Request request = requestTo(address(), m_question.target);
    request.method = m_question.method;
    request.headers = m_question.headers;
    const std::string authorization = m_session->authorization(m_question.scope);
    m_wasAuthorized = !authorization.empty();
    if (m_wasAuthorized) {
        m_login = authorization.starts_with("Basic") ? Login::Basic : Login::Token;
        request.headers.emplace_back("Authorization", authorization);
    }
    m_url = http::endpointUrl(request.endpoint, request.target, 0);
    send(std::move(request), [this](auto heard) { take(std::move(heard)); });
}

void Inquiry::take(Result<http::Response> heard)
{
    if (!heard) {
        finish(std::unexpected(heard.error()));
    } else if (heard->status == 401) {
        signIn(*heard);
    } else if (isRedirection(heard->status) &&
               (m_question.method == "GET" || m_question.method == "HEAD")) {
        follow(*heard, m_url, mostRedirections);
    } else {
        finish(judge(*heard));
    }
}

void Inquiry::signIn(const http::Response &refusal)
{
    const auto challenge = challengeOf(refusal);
    const Credentials &credentials = m_session->credentials();
    Error refused = errorOf(refusal, m_question.operation);
    if (challenge && challenge->error == "insufficient_scope" && !credentials.isAnonymous()) {
        refused.code = 403; // who one is was understood; that one may not was the answer
    }
    const bool again = std::exchange(m_hasSignedIn, true);
    if (!challenge || again || !credentials.registryToken.empty()) {
        finish(std::unexpected(refused));
        return;
    }
    if (challenge->scheme == Challenge::Scheme::Bearer) {
        m_session->forgetToken(m_question.scope);
        fetchToken(*challenge);
        return;
    }
    if (m_wasAuthorized || m_session->basic().empty()) {
        finish(std::unexpected(refused));
        return;
    }
    m_session->setBasic();
    ask();
}

void Inquiry::fetchToken(const Challenge &challenge)
{
    const bool isPlain = m_session->reached() == Reached::Plain;
    const auto service = tokenPlace(challenge, m_session->place(), isPlain);
    if (!service) {
        finish(std::unexpected(service.error()));
        return;
    }
    const Credentials &credentials = m_session->credentials();
    const std::string &scopes = challenge.scope.empty() ? m_question.scope : challenge.scope;
    http::Request request = requestTo(service->address, service->target);
    if (!credentials.identityToken.empty()) {
        request.method = "POST";
        request.contentType = "application/x-www-form-urlencoded";
        request.body = tokenForm(challenge, scopes, credentials.identityToken);
    } else {
        request.target = tokenTarget(*service, challenge, scopes, credentials.username);
        if (const std::string basic = m_session->basic(); !basic.empty()) {
            request.headers.emplace_back("Authorization", basic);
        }
    }
    request.headers.emplace_back("Accept", "application/json");
    send(std::move(request), [this](auto heard) { takeToken(std::move(heard)); });
}

void Inquiry::takeToken(Result<http::Response> heard)
{
    if (!heard) {
        finish(std::unexpected(heard.error()));
        return;
    }
    if (heard->status != 200) {
        finish(std::unexpected(errorOf(*heard, m_question.operation)));
        return;
    }
    auto token = readToken(heard->body);
    wipe(heard->body);
    if (!token) {
        finish(std::unexpected(token.error()));
        return;
    }
    m_session->keepToken(m_question.scope, *std::move(token));
    ask();
}

/// Registries send to where they keep blobs. Nothing secret goes along, unless it stays where it
/// is.
void Inquiry::follow(const http::Response &response, const std::string &from, int left)
{
    const auto refuse = [this](const char *why) {
        finish(std::unexpected(Error{ErrorKind::MalformedReply, 0, why, m_question.operation}));
    };
    const auto here = http::readUrl(from);
    auto there = http::readUrl(std::string(response.header("location")), from);
    if (!here || !there || left == 0) {
        refuse(left == 0 ? "the registry redirects without end"
                         : "the registry redirects to what is no address");
        return;
    }
    if (here->address.tls && !there->address.tls) {
        refuse("the registry redirects to where nothing is encrypted");
        return;
    }
    const http::TcpAddress own = address();
    const bool isOwn = there->address.host == own.host && there->address.port == own.port &&
                       there->address.tls.has_value() == own.tls.has_value();
    http::Request request = requestTo(isOwn ? own : there->address, there->target);
    request.method = m_question.method;
    request.headers = m_question.headers;
    if (const std::string authorization = m_session->authorization(m_question.scope);
        isOwn && !authorization.empty()) {
        request.headers.emplace_back("Authorization", authorization);
    }
    const std::string url = http::endpointUrl(request.endpoint, request.target, 0);
    send(std::move(request), [this, url, left](const auto &heard) {
        if (!heard) {
            finish(std::unexpected(heard.error()));
        } else if (isRedirection(heard->status)) {
            follow(*heard, url, left - 1);
        } else {
            finish(judge(*heard));
        }
    });
}

Result<Reply> Inquiry::judge(const http::Response &response) const
{
    constexpr int success = 2;
    if (response.status / 100 != success) {
        return std::unexpected(errorOf(response, m_question.operation));
    }
    return Reply{response, m_url, m_login, m_session->reached().value_or(Reached::Trusted)};
}

} // namespace roadstead::registry
