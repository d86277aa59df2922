// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/registry_text.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"

#include <QCoreApplication>

namespace roadstead::ui {

namespace {

using registry::Cause;

struct RegistryWords
{
    Q_DECLARE_TR_FUNCTIONS(roadstead::ui::RegistryText)
};

enum class Brand { Other, DockerHub, GitHub, GitLab, Quay, Amazon, Google, Azure, Here };

Brand brandOf(std::string_view registry)
{
    const auto isHost = [registry](std::string_view host) {
        return registry == host || registry.starts_with(std::string(host) + ":");
    };
    if (registry == "docker.io") {
        return Brand::DockerHub;
    }
    if (registry == "ghcr.io") {
        return Brand::GitHub;
    }
    if (registry == "registry.gitlab.com") {
        return Brand::GitLab;
    }
    if (registry == "quay.io") {
        return Brand::Quay;
    }
    if (registry == "public.ecr.aws" ||
        (registry.contains(".dkr.ecr.") && registry.contains(".amazonaws.com"))) {
        return Brand::Amazon;
    }
    if (registry.ends_with(".pkg.dev") || registry == "gcr.io" || registry.ends_with(".gcr.io")) {
        return Brand::Google;
    }
    if (registry.ends_with(".azurecr.io")) {
        return Brand::Azure;
    }
    return isHost("localhost") || isHost("127.0.0.1") || isHost("[::1]") ? Brand::Here
                                                                         : Brand::Other;
}

/// What the sentences are filled with; display text.
struct Fillers
{
    QString registry;
    QString repository;
    QString user;
    QString file; ///< where an authority's certificate belongs
};

Fillers fillersOf(const RegistrySubject &subject)
{
    const QString registry = displayText(subject.registry, 120);
    return {.registry = subject.registry == "docker.io" ? registryBrand("docker.io") : registry,
            .repository = displayText(subject.repository, 120),
            .user = displayText(subject.user, 80),
            .file = QStringLiteral("/etc/docker/certs.d/%1/ca.crt").arg(registry)};
}

QString titleOf(RegistryAct act, const Fillers &words)
{
    switch (act) {
    case RegistryAct::Pull:
        return RegistryWords::tr("Could not pull %1").arg(words.repository);
    case RegistryAct::Push:
        return RegistryWords::tr("Could not push %1").arg(words.repository);
    case RegistryAct::CheckPush:
        return RegistryWords::tr("%1 does not let you push %2")
            .arg(words.registry, words.repository);
    case RegistryAct::SignIn:
        return RegistryWords::tr("Could not sign in to %1").arg(words.registry);
    case RegistryAct::Delete:
        return RegistryWords::tr("Could not delete from %1").arg(words.repository);
    case RegistryAct::Look:
        break;
    }
    return words.repository.isEmpty()
               ? RegistryWords::tr("Could not look into %1").arg(words.registry)
               : RegistryWords::tr("Could not look into %1").arg(words.repository);
}

struct Sentences
{
    QString reason;
    QString advice;
};

Sentences signInWords(const RegistrySubject &subject, RegistryAct act, const Fillers &words)
{
    if (act == RegistryAct::SignIn) {
        return {RegistryWords::tr("%1 does not take this user name with this password or token.")
                    .arg(words.registry),
                secretAdvice(subject.registry)};
    }
    if (act == RegistryAct::Pull) {
        return {RegistryWords::tr("%1 wants to know who you are.").arg(words.registry),
                RegistryWords::tr("Sign in, then go on.")};
    }
    if (!subject.hasAccount) {
        return {RegistryWords::tr("%1 wants to know who you are, and no account is kept for it.")
                    .arg(words.registry),
                RegistryWords::tr("Sign in, then go on.")};
    }
    return {words.user.isEmpty()
                ? RegistryWords::tr("%1 does not take the account that is kept for it. Its "
                                    "password or token is wrong, or has ended.")
                      .arg(words.registry)
                : RegistryWords::tr("%1 does not take the account %2. Its password or token is "
                                    "wrong, or has ended.")
                      .arg(words.registry, words.user),
            RegistryWords::tr("Sign in again.")};
}

Sentences deniedWords(const RegistrySubject &subject, RegistryAct act, const Fillers &words)
{
    if (act == RegistryAct::Pull) {
        // Registries do not tell strangers whether there is one.
        return {RegistryWords::tr("%1 has no %2, or shows it to some accounts only.")
                    .arg(words.registry, words.repository),
                RegistryWords::tr("Check the name, or sign in with an account that may.")};
    }
    const bool isRead = act == RegistryAct::Look || act == RegistryAct::SignIn;
    const QString who = words.user.isEmpty() ? RegistryWords::tr("Your account") : words.user;
    const QString where = words.repository.isEmpty() ? words.registry : words.repository;
    const QString reason = isRead ? RegistryWords::tr("%1 may not read %2.").arg(who, where)
                           : act == RegistryAct::Delete
                               ? RegistryWords::tr("%1 may not delete from %2.").arg(who, where)
                               : RegistryWords::tr("%1 may not push to %2.").arg(who, where);
    if (!subject.hasAccount) {
        return {RegistryWords::tr("No account is kept for %1, and it lets nobody in without one.")
                    .arg(words.registry),
                RegistryWords::tr("Sign in, then go on.")};
    }
    switch (brandOf(subject.registry)) {
    case Brand::DockerHub:
        return {reason, RegistryWords::tr("The name must begin with your account or an "
                                          "organisation that you belong to, and the token must be "
                                          "allowed to write.")};
    case Brand::GitHub:
        return {reason, RegistryWords::tr("The token needs the scope write:packages, and the name "
                                          "begins with your account or organisation.")};
    case Brand::GitLab:
        return {reason, RegistryWords::tr("The token needs the scope write_registry, and the name "
                                          "begins with the path of a project you may write to.")};
    default:
        return {reason, RegistryWords::tr("Sign in with an account that may, choose another "
                                          "name, or ask whoever runs the registry.")};
    }
}

Sentences notFoundWords(const RegistrySubject &subject, RegistryAct act, const Fillers &words)
{
    if (act == RegistryAct::SignIn || subject.repository.empty()) {
        return {RegistryWords::tr("%1 answers, but not as a registry does.").arg(words.registry),
                RegistryWords::tr("Check its name and port.")};
    }
    if (act == RegistryAct::Look || act == RegistryAct::Delete) {
        return {RegistryWords::tr("%1 has nothing of that name.").arg(words.registry),
                RegistryWords::tr("Look again: it may have been deleted.")};
    }
    return {RegistryWords::tr("%1 has no repository %2, and does not make it by itself.")
                .arg(words.registry, words.repository),
            brandOf(subject.registry) == Brand::Amazon
                ? RegistryWords::tr("Make it first: aws ecr create-repository --repository-name %1")
                      .arg(words.repository)
                : RegistryWords::tr("Check the name, or make the repository there first.")};
}

Sentences tooManyWords(const Error &error, const Fillers &words)
{
    const auto wait = registry::retryAfterOf(error);
    return {RegistryWords::tr("%1 was asked too often and wants a pause.").arg(words.registry),
            wait ? RegistryWords::tr("Try again in %1. What was sent stays there.")
                       .arg(elapsedText(qint64(wait->count()) * 1000))
                 : RegistryWords::tr("Try again in a while. What was sent stays there. Signed in, "
                                     "the limits are higher.")};
}

/// What has to do with encryption and being reached.
Sentences reachWords(Cause cause, const Fillers &words)
{
    switch (cause) {
    case Cause::NotTrusted:
        return {RegistryWords::tr("The certificate of %1 is signed by nobody who is trusted.")
                    .arg(words.registry),
                RegistryWords::tr("If the registry is yours, trust its certificate on the page "
                                  "Registries. An engine that is not Roadstead's own reads it "
                                  "from %1, where it runs.")
                    .arg(words.file)};
    case Cause::Expired:
        return {RegistryWords::tr("The certificate of %1 has ended, or is not valid yet.")
                    .arg(words.registry),
                RegistryWords::tr("Whoever runs the registry must renew it. Check the clock of "
                                  "this computer, too.")};
    case Cause::OtherHost:
        return {RegistryWords::tr("The certificate of %1 is for another name.").arg(words.registry),
                RegistryWords::tr("Use the name that is in the certificate, or have the "
                                  "certificate made for this one.")};
    case Cause::TlsFailed:
        return {
            RegistryWords::tr("No encrypted connection to %1 could be made.").arg(words.registry),
            RegistryWords::tr("Check its name and port, and what its operator says of it.")};
    case Cause::PlainHttp:
        return {RegistryWords::tr("%1 speaks without encryption, and encryption was asked for.")
                    .arg(words.registry),
                RegistryWords::tr("If you trust the network, allow it on the page Registries. An "
                                  "engine that is not Roadstead's own has “insecure-registries” "
                                  "for it. Passwords can be read on the way then.")};
    case Cause::NameUnknown:
        return {RegistryWords::tr("There is no host %1, or the name service does not answer.")
                    .arg(words.registry),
                RegistryWords::tr("Check the name and the network connection.")};
    case Cause::Refused:
        return {RegistryWords::tr("Nothing listens at %1.").arg(words.registry),
                RegistryWords::tr("Check the port, and whether the registry runs.")};
    case Cause::NotAnswering:
        return {RegistryWords::tr("%1 does not answer.").arg(words.registry),
                RegistryWords::tr("Check the network connection and try again.")};
    default:
        return {RegistryWords::tr("The connection to %1 ended in between.").arg(words.registry),
                RegistryWords::tr("Try again: what was sent stays there.")};
    }
}

Sentences otherWords(Cause cause, const Error &error, const Fillers &words)
{
    switch (cause) {
    case Cause::BadName:
        return {RegistryWords::tr("%1 takes no repository of the name %2.")
                    .arg(words.registry, words.repository),
                RegistryWords::tr("Choose another name.")};
    case Cause::NotOffered:
        return {RegistryWords::tr("%1 does not offer this.").arg(words.registry),
                RegistryWords::tr("Whoever runs it can switch it on.")};
    case Cause::TooLarge:
        return {RegistryWords::tr("%1, or a proxy in front of it, refuses a layer of this size.")
                    .arg(words.registry),
                RegistryWords::tr("Whoever runs it must allow larger uploads "
                                  "(client_max_body_size of nginx). Smaller layers help, too.")};
    case Cause::RegistryFailed:
        return {RegistryWords::tr("%1 failed: it has a fault of its own.").arg(words.registry),
                RegistryWords::tr("Try again in a while. What was sent stays there.")};
    case Cause::DiskFull:
        return {RegistryWords::tr("No space is left where it should be kept."),
                RegistryWords::tr("Make room there, then try again.")};
    case Cause::NoSuchImage:
        return {RegistryWords::tr("The engine has no image of that name any more."),
                RegistryWords::tr("Choose the image again.")};
    case Cause::Helper:
        return {RegistryWords::tr("The credential helper did not tell the account: %1")
                    .arg(displayText(error.detail, 200)),
                RegistryWords::tr("Look at Registries, which tests the helpers.")};
    case Cause::Malformed:
        return {
            RegistryWords::tr("%1 answers in a way that is not understood.").arg(words.registry),
            RegistryWords::tr("Check that it is a registry.")};
    default:
        return {displayText(error.detail, 300), {}};
    }
}

Sentences sentencesOf(Cause cause, const Error &error, RegistryAct act,
                      const RegistrySubject &subject, const Fillers &words)
{
    switch (cause) {
    case Cause::SignIn:
        return signInWords(subject, act, words);
    case Cause::Denied:
        return deniedWords(subject, act, words);
    case Cause::NotFound:
        return notFoundWords(subject, act, words);
    case Cause::TooManyRequests:
        return tooManyWords(error, words);
    default:
        return isOfReaching(cause) && cause != Cause::Malformed && cause != Cause::RegistryFailed &&
                       cause != Cause::NotOffered && cause != Cause::Unknown
                   ? reachWords(cause, words)
                   : otherWords(cause, error, words);
    }
}

} // namespace

Explanation explainRegistry(const Error &error, RegistryAct act, const RegistrySubject &subject)
{
    const Cause cause = registry::causeOf(error);
    const Fillers words = fillersOf(subject);
    const bool isUnknown = cause == Cause::Unknown;
    if (isUnknown && error.kind != ErrorKind::EngineFailed && error.kind != ErrorKind::BadRequest) {
        Explanation plain = describe(error, words.repository);
        plain.title = titleOf(act, words);
        return plain;
    }
    const Sentences sentences = sentencesOf(cause, error, act, subject, words);
    return {.title = titleOf(act, words),
            .reason = sentences.reason,
            .advice = sentences.advice,
            .rawDetail = displayBlock(error.detail)};
}

RegistryRemedy remedyOf(Cause cause)
{
    switch (cause) {
    case Cause::SignIn:
    case Cause::Denied:
        return RegistryRemedy::SignIn;
    case Cause::NotTrusted:
        return RegistryRemedy::Trust;
    case Cause::PlainHttp:
        return RegistryRemedy::Insecure;
    default:
        return RegistryRemedy::None;
    }
}

RegistryRemedy remedyOfPull(const Error &error)
{
    const bool isAnswer = error.kind == ErrorKind::EngineFailed ||
                          error.kind == ErrorKind::NotFound ||
                          error.kind == ErrorKind::Unauthorized;
    return isAnswer ? remedyOf(registry::causeOf(error)) : RegistryRemedy::None;
}

QString remedyText(RegistryRemedy remedy)
{
    switch (remedy) {
    case RegistryRemedy::SignIn:
        return RegistryWords::tr("Sign in…");
    case RegistryRemedy::Trust:
        return RegistryWords::tr("Trust its certificate…");
    case RegistryRemedy::Insecure:
        return RegistryWords::tr("Use without encryption…");
    case RegistryRemedy::None:
        break;
    }
    return {};
}

bool isOfReaching(Cause cause)
{
    switch (cause) {
    case Cause::NotTrusted:
    case Cause::Expired:
    case Cause::OtherHost:
    case Cause::TlsFailed:
    case Cause::PlainHttp:
    case Cause::NameUnknown:
    case Cause::Refused:
    case Cause::NotAnswering:
    case Cause::ConnectionLost:
    case Cause::Malformed:
    case Cause::NotOffered:
    case Cause::RegistryFailed:
    case Cause::Unknown:
        return true;
    default:
        return false;
    }
}

QString registryBrand(std::string_view registry)
{
    switch (brandOf(registry)) {
    case Brand::DockerHub:
        return QStringLiteral("Docker Hub");
    case Brand::GitHub:
        return QStringLiteral("GitHub");
    case Brand::GitLab:
        return QStringLiteral("GitLab");
    case Brand::Quay:
        return QStringLiteral("Quay");
    case Brand::Amazon:
        return QStringLiteral("Amazon ECR");
    case Brand::Google:
        return QStringLiteral("Google");
    case Brand::Azure:
        return QStringLiteral("Azure");
    case Brand::Here:
        return RegistryWords::tr("on this computer");
    case Brand::Other:
        break;
    }
    return {};
}

QString secretAdvice(std::string_view registry)
{
    switch (brandOf(registry)) {
    case Brand::DockerHub:
        return RegistryWords::tr("Use a personal access token of Docker Hub, or the password.");
    case Brand::GitHub:
        return RegistryWords::tr("Use a classic token with the scopes write:packages and "
                                 "read:packages; the password of GitHub does not work.");
    case Brand::GitLab:
        return RegistryWords::tr("Use a token with the scopes read_registry and write_registry.");
    case Brand::Quay:
        return RegistryWords::tr("Use a robot account with its token, or an encrypted password.");
    case Brand::Amazon:
        return RegistryWords::tr("Its passwords last 12 hours: the helper ecr-login makes them. By "
                                 "hand the user is AWS and the password comes from aws ecr "
                                 "get-login-password.");
    case Brand::Google:
        return RegistryWords::tr("The helper gcloud makes its passwords. By hand the user is "
                                 "oauth2accesstoken.");
    case Brand::Azure:
        return RegistryWords::tr("Use a token or a service principal of the registry.");
    default:
        return RegistryWords::tr("Use the account that whoever runs the registry gave you.");
    }
}

QString nameAdvice(std::string_view registry)
{
    switch (brandOf(registry)) {
    case Brand::DockerHub:
        return RegistryWords::tr("On Docker Hub a name begins with your account or organisation.");
    case Brand::GitHub:
        return RegistryWords::tr("At ghcr.io a name begins with your account or organisation.");
    case Brand::GitLab:
        return RegistryWords::tr("A name begins with the path of a project: group/project.");
    case Brand::Amazon:
        return RegistryWords::tr("The repository must have been made there before.");
    case Brand::Google:
        return RegistryWords::tr("A name begins with project and repository: project/repository/"
                                 "image.");
    default:
        return RegistryWords::tr("Small letters, digits and . _ - in parts between slashes.");
    }
}

QString tokenPage(std::string_view registry)
{
    switch (brandOf(registry)) {
    case Brand::DockerHub:
        return QStringLiteral("https://app.docker.com/settings/personal-access-tokens");
    case Brand::GitHub:
        return QStringLiteral("https://github.com/settings/tokens");
    case Brand::GitLab:
        return QStringLiteral("https://gitlab.com/-/user_settings/personal_access_tokens");
    default:
        return {};
    }
}

} // namespace roadstead::ui
