// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/trust/trust_inquiry.h"

#include "engine/docker/command.h"
#include "engine/docker/shell_words.h"
#include "engine/reference/image_reference.h"
#include "engine/registry/trust/content_trust.h"
#include "engine/service/trust/trust_desk.h"

#include <QPointer>

#include <algorithm>

namespace roadstead::service {

using State = trust::Verdict::State;
using trust::TrustCause;

Operation<trust::Verdict> TrustInquiry::start(Parts parts, const trust::Rules &rules,
                                              const std::string &image, QObject *parent)
{
    auto *inquiry = new TrustInquiry(std::move(parts), rules, parent);
    const auto pending = inquiry->m_pending;
    const QPointer guard(inquiry);
    inquiry->begin(image);
    return {pending->future(), [guard] {
                if (guard) {
                    guard->cancel();
                }
            }};
}

TrustInquiry::TrustInquiry(Parts parts, const trust::Rules &rules, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_rules(rules)
    , m_pending(std::make_shared<Pending<trust::Verdict>>())
{
}

TrustInquiry::~TrustInquiry() = default;

void TrustInquiry::begin(const std::string &image)
{
    const auto read = reference::parsePullReference(image);
    if (!read || read->path.empty()) {
        m_verdict.state = State::Unchecked;
        m_verdict.why = read ? Error{ErrorKind::InvalidArgument, 0, image, trust::verifyOperation}
                             : read.error();
        finish();
        return;
    }
    m_registry = read->domain;
    m_repository = read->path;
    m_familiar = read->familiarName();
    m_verdict.name = read->name();
    m_verdict.tag = read->tag;
    m_verdict.digest = read->digest;
    m_keys = m_rules.keysFor(m_verdict.name);
    if (m_keys.empty() && m_rules.notaryServer.empty()) {
        finish();
        return;
    }
    m_verdict.state = State::Unsigned;
    if (m_verdict.digest.empty()) {
        askDigest();
    } else {
        askNextKey();
    }
}

void TrustInquiry::askDigest()
{
    const auto asked = m_parts.digestOf(m_registry, m_repository, m_verdict.tag);
    m_cancel = [asked] { asked.cancel(); };
    asked.then(this, [this](const Result<std::string> &digest) {
        if (!digest) {
            weaken(State::Unchecked, digest.error());
            finish();
            return;
        }
        m_verdict.digest = *digest;
        askNextKey();
    });
}

void TrustInquiry::askNextKey()
{
    if (m_keys.empty()) {
        m_rules.notaryServer.empty() ? finish() : askNotary();
        return;
    }
    const trust::TrustedKey key = m_keys.front();
    m_keys.erase(m_keys.begin());
    const trust::Verification verification{.image = m_familiar + "@" + m_verdict.digest,
                                           .publicKey = key.publicKey,
                                           .access = m_parts.access(m_registry)};
    const auto asked = m_parts.run({.program = m_parts.cosign,
                                    .arguments = verification.arguments(),
                                    .operation = trust::verifyOperation},
                                   cosignLine(verification.arguments()));
    m_cancel = [asked] { asked.cancel(); };
    asked.then(this, [this, key](const Result<ProgramEnd> &end) { takeKey(key, end); });
}

void TrustInquiry::takeKey(const trust::TrustedKey &key, const Result<ProgramEnd> &end)
{
    const Result<void> verified = end ? trust::readVerification(end->exitStatus, end->output,
                                                                end->complaint, m_verdict.digest)
                                      : std::unexpected(end.error());
    if (verified) {
        m_verdict.state = State::Trusted;
        m_verdict.signer = key.name;
        m_verdict.why.reset();
        finish();
        return;
    }
    const TrustCause cause = trust::trustCauseOf(verified.error());
    const bool isNone = cause == TrustCause::NoSignature || cause == TrustCause::DigestMismatch;
    weaken(isNone                          ? State::Unsigned
           : cause == TrustCause::OtherKey ? State::OtherSigner
                                           : State::Unchecked,
           verified.error());
    askNextKey();
}

/// What is worse to know counts: a check that failed, then another signer, then none.
void TrustInquiry::weaken(State state, std::optional<Error> why)
{
    const auto weight = [](State each) { return int(each); };
    if (!m_verdict.why || weight(state) > weight(m_verdict.state)) {
        m_verdict.state = state;
        m_verdict.why = std::move(why);
    }
}

void TrustInquiry::askNotary()
{
    const std::string image = m_verdict.tag.empty() ? m_familiar : m_familiar + ":" + m_verdict.tag;
    const std::string line =
        "DOCKER_CONTENT_TRUST_SERVER=" + docker::shellQuoted(m_rules.notaryServer) + " " +
        docker::commandLine({"trust", "inspect", image});
    const auto asked = m_parts.run({.program = m_parts.docker,
                                    .arguments = trust::inspectArguments(image),
                                    .variables = trust::inspectVariables(m_rules.notaryServer),
                                    .operation = trust::inspectOperation},
                                   line);
    m_cancel = [asked] { asked.cancel(); };
    asked.then(this, [this](const Result<ProgramEnd> &end) {
        takeNotary(end);
        finish();
    });
}

void TrustInquiry::takeNotary(const Result<ProgramEnd> &end)
{
    const auto tags = end ? trust::readInspection(end->exitStatus, end->output, end->complaint)
                          : std::unexpected(end.error());
    if (!tags) {
        weaken(State::Unchecked, tags.error());
        return;
    }
    const bool isSigned = std::ranges::any_of(*tags, [this](const trust::SignedTag &each) {
        return each.digest == m_verdict.digest &&
               (m_verdict.tag.empty() || each.tag == m_verdict.tag);
    });
    if (isSigned) {
        m_verdict.state = State::Trusted;
        m_verdict.signer.clear();
        m_verdict.why.reset();
        return;
    }
    const bool isOther = !m_verdict.tag.empty() &&
                         std::ranges::contains(*tags, m_verdict.tag, &trust::SignedTag::tag);
    weaken(State::Unsigned,
           trust::trustError(isOther ? TrustCause::DigestMismatch : TrustCause::NoSignature,
                             trust::inspectOperation));
    if (isOther && m_verdict.state == State::Unsigned) {
        m_verdict.why = trust::trustError(TrustCause::DigestMismatch, trust::inspectOperation);
    }
}

void TrustInquiry::finish()
{
    m_parts.remember(m_verdict);
    m_pending->finish(m_verdict);
    deleteLater();
}

void TrustInquiry::cancel()
{
    m_pending->finish(failure(ErrorKind::Cancelled, trust::verifyOperation));
    if (m_cancel) {
        m_cancel();
    }
    deleteLater();
}

} // namespace roadstead::service
