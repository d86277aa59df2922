// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/trust/cli_trust_desk.h"

#include "engine/base/random.h"
#include "engine/docker/command.h"
#include "engine/reference/image_reference.h"
#include "engine/registry/api/place.h"
#include "engine/service/engine_session.h"
#include "engine/service/trust/trust_inquiry.h"
#include "engine/service/trust/trust_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <memory>
#include <utility>

namespace roadstead::service {

using trust::TrustCause;

namespace {

constexpr auto versionPatience = std::chrono::seconds(20);

/// Moves both files of a new key pair to their place, or none.
Result<void> placeKeyPair(const QString &from, const KeyWish &wish)
{
    const QString name = QString::fromStdString(wish.name);
    const QString folder = QString::fromStdString(wish.folder) + QLatin1Char('/');
    const QString secret = folder + name + QStringLiteral(".key");
    const QString open = folder + name + QStringLiteral(".pub");
    const QString newSecret = from + QLatin1Char('/') + name + QStringLiteral(".key");
    QFile::setPermissions(newSecret, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    // rename() of Qt replaces nothing.
    if (!QFile::rename(newSecret, secret)) {
        return std::unexpected(trust::trustError(QFileInfo::exists(secret) ? TrustCause::FileExists
                                                                           : TrustCause::BadKey,
                                                 trust::keyOperation, secret.toStdString()));
    }
    if (!QFile::rename(from + QLatin1Char('/') + name + QStringLiteral(".pub"), open)) {
        QFile::remove(secret); // it was made just now, and nobody has used it
        return std::unexpected(
            trust::trustError(QFileInfo::exists(open) ? TrustCause::FileExists : TrustCause::BadKey,
                              trust::keyOperation, open.toStdString()));
    }
    return {};
}

template<typename T>
Operation<T> failedOperation(Error error)
{
    const auto pending = std::make_shared<Pending<T>>();
    pending->finish(std::unexpected(std::move(error)));
    return {pending->future(), {}};
}

/// The end of a program as the end of an operation.
template<typename T, typename Read>
void finishWith(const std::shared_ptr<Pending<T>> &pending, const Result<ProgramEnd> &end,
                const Read &read)
{
    pending->finish(end ? read(*end) : Result<T>(std::unexpected(end.error())));
}

} // namespace

CliTrustDesk::CliTrustDesk(EngineSession *session, RegistryDesk *registries, QObject *parent)
    : CliTrustDesk(session, registries, Programs{}, parent)
{
}

CliTrustDesk::CliTrustDesk(EngineSession *session, RegistryDesk *registries, Programs programs,
                           QObject *parent)
    : TrustDesk(parent)
    , m_session(session)
    , m_registries(registries)
    , m_programs(std::move(programs))
{
    takeRules(readTrustRules());
}

CliTrustDesk::~CliTrustDesk() = default;

void CliTrustDesk::keepRules(const trust::Rules &rules)
{
    keepTrustRules(rules);
}

trust::RegistryAccess CliTrustDesk::accessTo(const std::string &registry) const
{
    trust::RegistryAccess access;
    const auto info = m_session->info();
    const auto place = registry::placeOf(registry);
    access.isLenient = (place && place->security == registry::Security::Lenient) ||
                       (info && std::ranges::contains(info->insecureRegistries, registry));
    if (!access.isLenient) {
        access.authority = registry::authorityOf(m_session->certificateFolders(), registry);
    }
    return access;
}

Operation<ProgramEnd> CliTrustDesk::run(ProgramCall call, const std::string &line)
{
    const std::string name = call.operation;
    const auto later = std::make_shared<Operation<ProgramEnd>>();
    const quint64 record =
        m_session->recordStarted(QString::fromStdString(line), [later] { later->cancel(); });
    *later = ProgramRun::start(std::move(call), this);
    const auto pending = std::make_shared<Pending<ProgramEnd>>();
    later->then(this, [this, pending, record, name](const Result<ProgramEnd> &end) {
        std::optional<Error> error;
        if (!end) {
            error = end.error();
        } else if (end->exitStatus != 0) {
            error = trust::trustError(trust::causeInWords(end->complaint), name,
                                      trust::lastComplaint(end->complaint));
        }
        m_session->recordFinished(record, error);
        pending->finish(end);
    });
    return {pending->future(), [later] { later->cancel(); }};
}

Operation<std::string> CliTrustDesk::cosign()
{
    const auto pending = std::make_shared<Pending<std::string>>();
    ProgramRun::start({.program = m_programs.cosign,
                       .arguments = {"version"},
                       .operation = "trust.program",
                       .limit = versionPatience},
                      this)
        .then(this, [this, pending](const Result<ProgramEnd> &end) {
            const auto finish = [pending, end] {
                finishWith(pending, end, [](const ProgramEnd &ended) {
                    return Result<std::string>(
                        trust::cosignVersion(ended.output + ended.complaint));
                });
            };
            end ? askServiceConfig(finish) : finish();
        });
    return {pending->future(), {}};
}

/// Its version does not tell: distributions build it without one.
void CliTrustDesk::askServiceConfig(std::function<void()> then)
{
    if (m_takesServiceConfig) {
        then();
        return;
    }
    ProgramRun::start({.program = m_programs.cosign,
                       .arguments = {"sign", "--help"},
                       .operation = "trust.program",
                       .limit = versionPatience},
                      this)
        .then(this, [this, then = std::move(then)](const Result<ProgramEnd> &end) {
            if (end) { // else it is not there, or will be asked again
                m_takesServiceConfig = trust::takesServiceConfig(end->output + end->complaint);
            }
            then();
        });
}

Operation<trust::TrustedKey> CliTrustDesk::makeKeyPair(const KeyWish &wish, std::string password)
{
    const auto folder = std::make_shared<QTemporaryDir>(QString::fromStdString(wish.folder) +
                                                        QStringLiteral("/.roadstead-XXXXXX"));
    const QString place =
        QString::fromStdString(wish.folder) + QLatin1Char('/') + QString::fromStdString(wish.name);
    TrustCause cause = TrustCause::Unknown;
    if (!trust::isKeyName(wish.name) || !folder->isValid()) {
        cause = TrustCause::BadKey;
    } else if (QFileInfo::exists(place + QStringLiteral(".key")) ||
               QFileInfo::exists(place + QStringLiteral(".pub")) ||
               std::ranges::contains(rules().keys, wish.name, &trust::TrustedKey::name)) {
        cause = TrustCause::FileExists;
    }
    if (cause != TrustCause::Unknown) {
        wipe(password);
        return failedOperation<trust::TrustedKey>(
            trust::trustError(cause, trust::keyOperation, place.toStdString()));
    }
    const auto pending = std::make_shared<Pending<trust::TrustedKey>>();
    const auto made = run({.program = m_programs.cosign,
                           .arguments = trust::keyPairArguments(wish.name),
                           .input = std::move(password),
                           .folder = folder->path(),
                           .operation = trust::keyOperation},
                          keyLine(wish));
    made.then(this, [this, pending, folder, wish, place](const Result<ProgramEnd> &end) {
        finishWith(pending, end, [&](const ProgramEnd &ended) -> Result<trust::TrustedKey> {
            auto good = trust::readKeyPair(ended.exitStatus, ended.complaint);
            good = good ? placeKeyPair(folder->path(), wish) : good;
            if (!good) {
                return std::unexpected(good.error());
            }
            const trust::TrustedKey key{.name = wish.name,
                                        .publicKey = place.toStdString() + ".pub",
                                        .privateKey = place.toStdString() + ".key",
                                        .scope = wish.scope};
            trust::Rules with = rules();
            with.keys.push_back(key);
            setRules(with);
            return key;
        });
    });
    return {pending->future(), [made] { made.cancel(); }};
}

Operation<std::string> CliTrustDesk::sign(const SignWish &wish, std::string password)
{
    const auto read = reference::parsePullReference(wish.image);
    if (!read || read->path.empty()) {
        wipe(password);
        return failedOperation<std::string>(
            Error{ErrorKind::InvalidArgument, 0, wish.image, trust::signOperation});
    }
    const auto pending = std::make_shared<Pending<std::string>>();
    // What is under way: the registry, then cosign.
    const auto cancel = std::make_shared<std::function<void()>>();
    const auto secret = std::make_shared<std::string>(std::move(password));
    const auto asked = m_registries->digestOf(read->domain, read->path,
                                              read->digest.empty() ? read->tag : read->digest);
    *cancel = [asked] { asked.cancel(); };
    asked.then(this, [this, pending, cancel, secret, wish,
                      read = *read](const Result<std::string> &digest) {
        if (!digest || (!read.digest.empty() && *digest != read.digest)) {
            wipe(*secret);
            pending->finish(std::unexpected(
                digest
                    ? trust::trustError(TrustCause::DigestMismatch, trust::signOperation, *digest)
                    : digest.error()));
            return;
        }
        const trust::Signing signing{.image = read.familiarName() + "@" + *digest,
                                     .privateKey = wish.privateKey,
                                     .inPublicLog = wish.inPublicLog,
                                     .access = accessTo(read.domain)};
        const auto isGivenUp = std::make_shared<bool>(false);
        *cancel = [isGivenUp] { *isGivenUp = true; };
        askServiceConfig([this, pending, cancel, secret, signing, isGivenUp,
                          byDigest = read.name() + "@" + *digest] {
            if (*isGivenUp) {
                wipe(*secret);
                pending->finish(
                    std::unexpected(Error{ErrorKind::Cancelled, 0, {}, trust::signOperation}));
                return;
            }
            signWith(signing, *secret, byDigest, pending, cancel);
        });
    });
    return {pending->future(), [cancel] { (*cancel)(); }};
}

void CliTrustDesk::signWith(trust::Signing signing, std::string &password,
                            const std::string &byDigest,
                            const std::shared_ptr<Pending<std::string>> &pending,
                            const std::shared_ptr<std::function<void()>> &cancel)
{
    signing.takesServiceConfig = m_takesServiceConfig.value_or(false);
    const auto signed_ = run({.program = m_programs.cosign,
                              .arguments = signing.arguments(),
                              .input = std::exchange(password, {}),
                              .operation = trust::signOperation},
                             cosignLine(signing.arguments()));
    *cancel = [signed_] { signed_.cancel(); };
    signed_.then(this, [this, pending, byDigest](const Result<ProgramEnd> &end) {
        forget(byDigest);
        finishWith(pending, end, [&byDigest](const ProgramEnd &ended) -> Result<std::string> {
            const auto good = trust::readSigning(ended.exitStatus, ended.complaint);
            return good ? Result<std::string>(byDigest) : std::unexpected(good.error());
        });
    });
}

Operation<Done> CliTrustDesk::signAtNotary(const std::string &image, trust::Passphrases passphrases)
{
    std::vector<std::string> arguments = trust::notarySignArguments(image);
    const docker::CliEngine &engine = m_session->cliEngine();
    if (!engine.context.empty()) {
        arguments.insert(arguments.begin(), {"--context", engine.context});
    } else if (!engine.host.empty()) {
        arguments.insert(arguments.begin(), {"--host", engine.host});
    }
    auto variables = trust::notarySignVariables(rules().notaryServer, passphrases);
    passphrases.wipe();
    const auto pending = std::make_shared<Pending<Done>>();
    const auto signing = run({.program = m_programs.docker,
                              .arguments = std::move(arguments),
                              .variables = std::move(variables),
                              .operation = trust::notaryOperation},
                             notaryLine(image));
    signing.then(this, [pending](const Result<ProgramEnd> &end) {
        finishWith(pending, end, [](const ProgramEnd &ended) -> Result<Done> {
            const auto good = trust::readNotarySigning(ended.exitStatus, ended.complaint);
            return good ? Result<Done>(Done{}) : std::unexpected(good.error());
        });
    });
    return {pending->future(), [signing] { signing.cancel(); }};
}

Operation<trust::Verdict> CliTrustDesk::judge(const std::string &image)
{
    TrustInquiry::Parts parts;
    parts.digestOf = [this](const std::string &registry, const std::string &repository,
                            const std::string &reference) {
        return m_registries->digestOf(registry, repository, reference);
    };
    parts.access = [this](const std::string &registry) { return accessTo(registry); };
    parts.run = [this](ProgramCall call, const std::string &line) {
        return run(std::move(call), line);
    };
    parts.remember = [this](const trust::Verdict &verdict) { remember(verdict); };
    parts.cosign = m_programs.cosign;
    parts.docker = m_programs.docker;
    return TrustInquiry::start(std::move(parts), rules(), image, this);
}

} // namespace roadstead::service
