// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privilege/client/client.h"

#include "engine/privilege/client/kauth_transport.h"
#include "engine/privilege/client/reason.h"

#include <QPointer>

#include <unistd.h>

#include <algorithm>

namespace roadstead::privilege {

namespace {

/// What a reply means to the caller.
Result<Reply> judged(const Reply &reply, const std::string &operation)
{
    const auto fail = [&](ErrorKind kind, std::string detail = {}) {
        return failure(kind, operation, std::move(detail));
    };
    switch (reply.outcome) {
    case Outcome::Accepted:
    case Outcome::AlreadySo:
        return reply;
    case Outcome::Refused:
        return fail(ErrorKind::InvalidArgument, reply.detail.toStdString());
    case Outcome::OtherVersion:
        return fail(ErrorKind::UnsupportedVersion, reply.detail.toStdString());
    case Outcome::NoDockerd:
        return fail(ErrorKind::NotInstalled, word(Reason::Dockerd));
    case Outcome::NoLauncher:
        return fail(ErrorKind::NotInstalled, word(Reason::Launcher));
    case Outcome::NotRunning:
        return fail(ErrorKind::Conflict, word(Reason::NotRunning));
    case Outcome::Stopping:
        return fail(ErrorKind::Conflict, word(Reason::Stopping));
    case Outcome::Masked:
        return fail(ErrorKind::EngineFailed, word(Reason::Masked));
    case Outcome::Failed:
        break;
    }
    return fail(ErrorKind::EngineFailed, reply.detail.toStdString());
}

} // namespace

Client::Client(QObject *parent)
    : Client(std::make_unique<KAuthTransport>(), Patience{}, parent)
{
}

Client::Client(std::unique_ptr<Transport> transport, Patience patience, QObject *parent)
    : QObject(parent)
    , m_transport(std::move(transport))
    , m_patience(patience)
{
    m_askTimer.setSingleShot(true);
    m_watchdog.setSingleShot(true);
    // Not before: bringing up the helper and polkit may take longer than an occupied helper shows.
    connect(m_transport.get(), &Transport::sent, this, [this] {
        if (m_current && !m_asked) {
            m_askTimer.start(m_patience.untilAsked);
        }
    });
    connect(m_transport.get(), &Transport::progressed, this, &Client::onProgressed);
    connect(m_transport.get(), &Transport::answered, this, &Client::onAnswered);
    connect(m_transport.get(), &Transport::refused, this, &Client::onRefused);
    connect(m_transport.get(), &Transport::failed, this, &Client::onFailed);
    connect(&m_askTimer, &QTimer::timeout, this, &Client::onSilence);
    connect(&m_watchdog, &QTimer::timeout, this, [this] {
        finish(std::unexpected(error(ErrorKind::OutcomeUnknown, word(Reason::Timeout))));
    });
}

Client::~Client()
{
    m_transport->abandon();
    const auto drop = [](Job &job) {
        if (!job.told) {
            job.promise.addResult(
                failure(ErrorKind::Cancelled, std::string(action(job.verb).operation)));
            job.promise.finish();
        }
    };
    if (m_current) {
        drop(*m_current);
    }
    for (const auto &job : m_waiting) {
        drop(*job);
    }
}

void Client::setParentWindow(quintptr windowId)
{
    m_window = windowId;
}

service::Operation<Reply> Client::request(Verb verb, std::optional<EngineOptions> options)
{
    auto job = std::make_unique<Job>();
    job->number = ++m_lastNumber;
    job->verb = verb;
    job->options = std::move(options);
    job->promise.start();
    service::Operation<Reply> operation(job->promise.future(),
                                        [client = QPointer<Client>(this), number = job->number] {
                                            if (client) {
                                                client->cancel(number);
                                            }
                                        });
    if (qsizetype(m_waiting.size()) >= longestQueue) {
        job->promise.addResult(
            failure(ErrorKind::Busy, std::string(action(verb).operation), word(Reason::Queue)));
        job->promise.finish();
        return operation;
    }
    m_waiting.push_back(std::move(job));
    // Later, so that nobody is called back before having the operation in hand.
    QMetaObject::invokeMethod(this, &Client::sendNext, Qt::QueuedConnection);
    return operation;
}

void Client::sendNext()
{
    if (m_current || m_waiting.empty()) {
        return;
    }
    m_current = std::move(m_waiting.front());
    m_waiting.erase(m_waiting.begin());
    m_nonce = newNonce();
    m_asked = false;
    m_verdict = Stage::Asked;
    const auto limit = m_patience.limit.count() >= 0
                           ? m_patience.limit
                           : std::chrono::milliseconds(action(m_current->verb).timeLimit);
    m_watchdog.start(limit + m_patience.margin);
    m_transport->send(m_current->verb,
                      Request{m_nonce, contractVersion, std::move(m_current->options)}, m_window);
}

void Client::onProgressed(const QVariantMap &data)
{
    const Result<Progress> progress = decodeProgress(data);
    if (!m_current || !progress || progress->uid != ::getuid()) {
        return;
    }
    m_askTimer.stop();
    m_asked = true;
    m_verdict = progress->stage;
}

void Client::onAnswered(const QVariantMap &data)
{
    if (!m_current) {
        return;
    }
    const Result<Reply> reply = decodeReply(data);
    if (!reply || reply->nonce != m_nonce) {
        finish(std::unexpected(error(ErrorKind::OutcomeUnknown, word(Reason::Reply))));
        return;
    }
    finish(judged(*reply, std::string(action(m_current->verb).operation)));
}

void Client::onRefused()
{
    if (!m_asked) {
        // A refusal names nobody: without our own progress before it, it is somebody else's.
        finish(std::unexpected(error(ErrorKind::OutcomeUnknown, word(Reason::Refusal))));
    } else if (m_verdict == Stage::Dismissed) {
        finish(std::unexpected(error(ErrorKind::Cancelled)));
    } else {
        finish(std::unexpected(
            error(ErrorKind::Denied, m_verdict == Stage::NoAgent ? word(Reason::NoAgent) : "")));
    }
}

void Client::onFailed(const Error &failed)
{
    if (m_asked && m_verdict == Stage::NoAnswer) {
        // The helper said that it ends because of polkit, and that nothing was done.
        finish(std::unexpected(error(ErrorKind::NotAnswering, word(Reason::Polkit))));
    } else if (m_asked && m_verdict == Stage::TooOften) {
        finish(std::unexpected(error(ErrorKind::Busy, word(Reason::Rate))));
    } else {
        finish(std::unexpected(error(failed.kind, failed.detail)));
    }
}

void Client::onSilence()
{
    // KAuth refuses overlapping requests without telling anybody: the helper is another's.
    finish(std::unexpected(error(ErrorKind::Busy, word(Reason::Helper))));
}

void Client::cancel(quint64 number)
{
    const auto tell = [](Job &job) {
        job.told = true;
        job.promise.addResult(
            failure(ErrorKind::Cancelled, std::string(action(job.verb).operation)));
        job.promise.finish();
    };
    if (m_current && m_current->number == number && !m_current->told) {
        tell(*m_current);
        return;
    }
    const auto found = std::ranges::find_if(
        m_waiting, [number](const auto &job) { return job->number == number; });
    if (found != m_waiting.end()) {
        const std::unique_ptr<Job> job = std::move(*found);
        m_waiting.erase(found);
        tell(*job);
    }
}

void Client::finish(Result<Reply> result)
{
    if (!m_current) {
        return;
    }
    m_askTimer.stop();
    m_watchdog.stop();
    m_transport->abandon();
    const std::unique_ptr<Job> job = std::move(m_current);
    QMetaObject::invokeMethod(this, &Client::sendNext, Qt::QueuedConnection);
    if (!job->told) {
        job->promise.addResult(std::move(result));
        job->promise.finish();
    }
}

Error Client::error(ErrorKind kind, std::string detail) const
{
    return Error{kind, 0, std::move(detail),
                 m_current ? std::string(action(m_current->verb).operation) : "privilege"};
}

} // namespace roadstead::privilege
