// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/trust/guarded_images.h"

#include "engine/reference/image_reference.h"
#include "engine/registry/trust/trust_cause.h"

#include <QPointer>

#include <utility>

namespace roadstead::service {

namespace {

std::string familiarByDigest(const trust::Verdict &verdict)
{
    const auto read = reference::parseNormalized(verdict.byDigest());
    return read ? read->familiarText() : verdict.byDigest();
}

/// The digest that stands for an image of that name: of its repository, or else any.
std::string digestFor(const std::string &name, const docker::ImageSummary &image)
{
    const auto wanted = reference::parseNormalized(name);
    for (const std::string &each : image.digests) {
        const auto read = reference::parseNormalized(each);
        if (read && wanted && read->name() == wanted->name()) {
            return each;
        }
    }
    return image.digests.empty() ? std::string() : image.digests.front();
}

} // namespace

std::vector<docker::Command> pullVerified(const docker::PullImage &pull,
                                          const trust::Verdict &verdict)
{
    docker::PullImage exact = pull;
    exact.image.tag = verdict.digest;
    exact.image.display = familiarByDigest(verdict);
    std::vector<docker::Command> commands{exact};
    if (pull.image.tag != verdict.digest && !pull.image.tag.empty()) {
        commands.emplace_back(docker::TagImage{.image = {verdict.byDigest(), exact.image.display},
                                               .name = pull.image});
    }
    return commands;
}

GuardedImages::GuardedImages(Run run, TrustDesk *desk, QObject *parent)
    : QObject(parent)
    , m_run(std::move(run))
    , m_desk(desk)
{
}

GuardedImages::~GuardedImages() = default;

bool GuardedImages::checks() const
{
    return m_desk != nullptr && m_desk->rules().policy != trust::Policy::Off;
}

std::vector<std::string> GuardedImages::lines(const docker::PullImage &pull) const
{
    const auto plain = [](const docker::Command &command) {
        return docker::commandLine(docker::arguments(command));
    };
    std::vector<std::string> all;
    if (checks()) {
        all = m_desk->judgeLines(pull.image.display);
    }
    if (all.empty() || pull.image.tag.starts_with("sha256:")) {
        all.push_back(plain(pull));
        return all;
    }
    docker::PullImage exact = pull;
    const auto read = reference::parseNormalized(pull.image.display);
    const std::string byDigest = (read ? read->familiarName() : pull.image.repository) + "@DIGEST";
    exact.image.display = byDigest;
    all.push_back(plain(exact));
    all.push_back(plain(docker::TagImage{.image = {byDigest, byDigest}, .name = pull.image}));
    return all;
}

Operation<std::string> GuardedImages::begin()
{
    finish(failure(ErrorKind::Cancelled, policyOperation));
    m_verdict.reset();
    m_pending = std::make_shared<Pending<std::string>>();
    return {m_pending->future(), [self = QPointer(this)] {
                if (self && self->m_cancel) {
                    const auto cancel = self->m_cancel; // what it ends may replace it
                    cancel();
                }
            }};
}

Operation<std::string> GuardedImages::pull(const docker::PullImage &pull, bool isDecided,
                                           EngineSession::ProgressReceiver progress)
{
    const auto operation = begin();
    if (!checks()) {
        pullNow(pull, progress);
        return operation;
    }
    judge(pull.image.display, isDecided,
          [this, pull, progress = std::move(progress)] { pullNow(pull, progress); });
    return operation;
}

Operation<std::string> GuardedImages::admit(const std::string &name,
                                            const docker::ImageSummary &image, bool isDecided)
{
    const auto operation = begin();
    const auto go = [this] { finish(std::string()); };
    if (!checks()) {
        go();
        return operation;
    }
    const std::string digest = digestFor(name, image);
    if (digest.empty()) {
        pass({.state = trust::Verdict::State::Local, .name = name}, isDecided, go);
        return operation;
    }
    judge(digest, isDecided, go);
    return operation;
}

void GuardedImages::judge(const std::string &image, bool isDecided, Pass go)
{
    setChecking(true);
    const auto asked = m_desk->judge(image);
    m_cancel = [asked] { asked.cancel(); };
    const auto pending = m_pending;
    asked.then(this, [this, pending, isDecided,
                      go = std::move(go)](const Result<trust::Verdict> &verdict) {
        if (pending != m_pending) {
            return; // something else was asked for since
        }
        setChecking(false);
        if (!verdict) {
            finish(std::unexpected(verdict.error()));
            return;
        }
        pass(*verdict, isDecided, go);
    });
}

void GuardedImages::pass(const trust::Verdict &verdict, bool isDecided, const Pass &go)
{
    m_verdict = verdict;
    // The rules may have changed meanwhile: what holds now counts.
    const trust::Gate gate = trust::gateOf(m_desk->rules().policy, verdict);
    if (gate == trust::Gate::Open || (gate == trust::Gate::Ask && isDecided)) {
        go();
        return;
    }
    const trust::TrustCause cause =
        gate == trust::Gate::Ask ? trust::TrustCause::PolicyAsks : trust::TrustCause::PolicyRefuses;
    finish(std::unexpected(trust::trustError(cause, policyOperation, verdict.name)));
}

void GuardedImages::pullNow(const docker::PullImage &pull,
                            const EngineSession::ProgressReceiver &progress)
{
    const bool isExact = m_verdict && m_verdict->state == trust::Verdict::State::Trusted;
    const std::vector<docker::Command> commands =
        isExact ? pullVerified(pull, *m_verdict) : std::vector<docker::Command>{pull};
    const auto pulled = m_run(commands.front(), progress);
    m_cancel = [pulled] { pulled.cancel(); };
    pulled.then(this, [this, commands, pending = m_pending](const Result<std::string> &result) {
        if (pending != m_pending) {
            return;
        }
        if (!result || commands.size() < 2) {
            finish(result);
            return;
        }
        const auto tagged = m_run(commands.back(), {});
        m_cancel = [tagged] { tagged.cancel(); };
        tagged.then(this, [this, pending](const Result<std::string> &named) {
            if (pending == m_pending) {
                finish(named);
            }
        });
    });
}

void GuardedImages::finish(const Result<std::string> &result)
{
    m_cancel = {};
    setChecking(false);
    if (const auto pending = std::exchange(m_pending, nullptr)) {
        pending->finish(result);
    }
}

void GuardedImages::setChecking(bool checking)
{
    if (std::exchange(m_isChecking, checking) != checking) {
        Q_EMIT checkingChanged();
    }
}

} // namespace roadstead::service
