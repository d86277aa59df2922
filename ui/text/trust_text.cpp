// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/trust_text.h"

#include "ui/text/display_text.h"
#include "ui/text/registry_text.h"

#include <QCoreApplication>

namespace roadstead::ui {

namespace {

using State = trust::Verdict::State;
using trust::TrustCause;

struct TrustWords
{
    Q_DECLARE_TR_FUNCTIONS(roadstead::ui::TrustText)
};

struct ReasonAndAdvice
{
    QString reason;
    QString advice;
};

/// What is wrong with keys and passwords.
ReasonAndAdvice keyWords(TrustCause cause, const Error &error, TrustAct act)
{
    switch (cause) {
    case TrustCause::NotInstalled:
        return {error.detail.ends_with("docker")
                    ? TrustWords::tr("The docker command is not installed.")
                    : TrustWords::tr("cosign is not installed."),
                error.detail.ends_with("docker")
                    ? TrustWords::tr("Install the package docker-cli (docker-ce-cli of Docker's "
                                     "own packages).")
                    : cosignAdvice()};
    case TrustCause::WrongPassword:
        return {TrustWords::tr("The password does not open this key."),
                TrustWords::tr("Type it again. A password that is lost cannot be found out: make a "
                               "new key pair then, and sign again.")};
    case TrustCause::NoSigningKey:
        return {TrustWords::tr("The keys that may sign this repository are not on this computer, "
                               "or the passphrase does not open them."),
                TrustWords::tr("Check the passphrase. Keys of others come with docker trust key "
                               "load.")};
    case TrustCause::FileExists:
        return {TrustWords::tr("There is a key of that name already, and keys are not replaced."),
                TrustWords::tr("Choose another name or folder.")};
    default:
        break;
    }
    return {act == TrustAct::Sign      ? TrustWords::tr("The file is not a private key of cosign.")
            : act == TrustAct::MakeKey ? TrustWords::tr("The key cannot be written there.")
                                       : TrustWords::tr("The public key cannot be read."),
            act == TrustAct::Sign ? TrustWords::tr("Choose the file that ends in .key.")
            : act == TrustAct::MakeKey
                ? TrustWords::tr("Choose a folder that you may write to, and "
                                 "a name of letters and digits.")
                : TrustWords::tr("Look at Registries, under Trust, where its "
                                 "file is named.")};
}

/// What is wrong with signatures.
ReasonAndAdvice signatureWords(TrustCause cause)
{
    switch (cause) {
    case TrustCause::NoSignature:
        return {TrustWords::tr("Nobody has signed it."),
                TrustWords::tr("Ask whoever made it, or sign it yourself if you know what is in "
                               "it.")};
    case TrustCause::OtherKey:
        return {TrustWords::tr("It is signed, but not by a key that speaks for it here."),
                TrustWords::tr("If its maker has a new key, get that from them and add it to the "
                               "keys under Trust.")};
    case TrustCause::DigestMismatch:
        return {TrustWords::tr("What was signed under this name is another image."),
                TrustWords::tr("The tag may have moved since, or somebody replaced the image. Ask "
                               "whoever made it.")};
    case TrustCause::Expired:
        return {TrustWords::tr("What the Notary server has for it is out of date."),
                TrustWords::tr("Whoever signs it must sign again. Check the clock of this "
                               "computer, too.")};
    default:
        break;
    }
    return {TrustWords::tr("The Notary server's data for it is not signed by the keys that were "
                           "known so far. Somebody may be tampering with it."),
            TrustWords::tr("Do not use the image. If its maker began anew with another key, they "
                           "can confirm that; then remove the folder of it under "
                           "~/.docker/trust/tuf.")};
}

/// What is wrong with the way to a registry or server.
ReasonAndAdvice wayWords(TrustCause cause)
{
    switch (cause) {
    case TrustCause::NoSuchImage:
        return {TrustWords::tr("The registry has no such image."),
                TrustWords::tr("Push it first; what is signed is what the registry has.")};
    case TrustCause::NeedsAccount:
        return {TrustWords::tr("The registry wants to know who you are: no account is kept for it, "
                               "or it does not take the one that is."),
                TrustWords::tr("Sign in on the page Registries, then try again.")};
    case TrustCause::RegistryRefused:
        return {TrustWords::tr("The registry does not let your account do it there."),
                TrustWords::tr("Sign in on the page Registries with an account that may. A "
                               "signature is pushed beside its image.")};
    case TrustCause::ServerNotReached:
        return {TrustWords::tr("The Notary server does not answer, or its certificate is not "
                               "trusted."),
                TrustWords::tr("Check its address and the network. The certificate of an authority "
                               "of your own belongs into ~/.docker/tls/HOST:PORT/ca.crt.")};
    case TrustCause::NotAnswering:
        return {TrustWords::tr("It took too long and was stopped."), TrustWords::tr("Try again.")};
    default:
        break;
    }
    return {TrustWords::tr("The registry does not answer, or its certificate is not trusted."),
            TrustWords::tr("Check its name, the network connection, and that it runs.")};
}

ReasonAndAdvice wordsOf(const Error &error, TrustAct act)
{
    const TrustCause cause = trust::trustCauseOf(error);
    switch (cause) {
    case TrustCause::NotInstalled:
    case TrustCause::WrongPassword:
    case TrustCause::BadKey:
    case TrustCause::NoSigningKey:
    case TrustCause::FileExists:
        return keyWords(cause, error, act);
    case TrustCause::NoSignature:
    case TrustCause::OtherKey:
    case TrustCause::DigestMismatch:
    case TrustCause::Expired:
    case TrustCause::Tampered:
        return signatureWords(cause);
    case TrustCause::NoSuchImage:
    case TrustCause::NeedsAccount:
    case TrustCause::RegistryRefused:
    case TrustCause::NotReached:
    case TrustCause::ServerNotReached:
    case TrustCause::NotAnswering:
        return wayWords(cause);
    case TrustCause::Unknown:
    case TrustCause::PolicyAsks:
    case TrustCause::PolicyRefuses:
        break;
    }
    return {displayText(error.detail, 300), {}};
}

QString titleOf(TrustAct act, const std::string &subject)
{
    const QString name = displayText(subject, 120);
    return act == TrustAct::Sign     ? TrustWords::tr("Could not sign %1").arg(name)
           : act == TrustAct::Verify ? TrustWords::tr("Could not check %1").arg(name)
                                     : TrustWords::tr("Could not make the key pair %1").arg(name);
}

std::string registryOfName(const std::string &name)
{
    return name.substr(0, name.find('/'));
}

} // namespace

QString cosignAdvice()
{
    return TrustWords::tr("Install the package cosign. It has this name in Debian, Ubuntu, Fedora "
                          "and Arch.");
}

Explanation explainTrust(const Error &error, TrustAct act, const std::string &subject)
{
    Explanation words;
    if (error.operation.starts_with("registry.") || error.operation.starts_with("credentials.")) {
        words = explainRegistry(error, RegistryAct::Look,
                                {.registry = registryOfName(subject), .repository = subject});
    } else if (error.operation.starts_with("trust.") &&
               (error.kind != ErrorKind::InvalidArgument || error.code != 0)) {
        const ReasonAndAdvice sentences = wordsOf(error, act);
        words.reason = sentences.reason;
        words.advice = sentences.advice;
        words.rawDetail = displayBlock(error.detail);
    } else {
        words = describe(error, displayText(subject, 120));
    }
    words.title = titleOf(act, subject);
    return words;
}

QString verdictText(const trust::Verdict *verdict)
{
    if (verdict == nullptr) {
        return TrustWords::tr("Not checked");
    }
    switch (verdict->state) {
    case State::Trusted:
        return verdict->signer.empty()
                   ? TrustWords::tr("Signed at the Notary server")
                   : TrustWords::tr("Signed by %1").arg(displayText(verdict->signer, 40));
    case State::Unsigned:
        return verdict->why && trust::trustCauseOf(*verdict->why) == TrustCause::DigestMismatch
                   ? TrustWords::tr("Not what was signed")
                   : TrustWords::tr("Not signed");
    case State::OtherSigner:
        return TrustWords::tr("Signed by somebody else");
    case State::Unchecked:
        return TrustWords::tr("Could not be checked");
    case State::Local:
        return TrustWords::tr("Made here");
    case State::NoRule:
        break;
    }
    return TrustWords::tr("No key speaks for it");
}

QString verdictReason(const trust::Verdict &verdict)
{
    if (verdict.why) {
        return explainTrust(*verdict.why, TrustAct::Verify, verdict.name).body();
    }
    if (verdict.state == State::NoRule) {
        return TrustWords::tr("No key under Trust, on the page Registries, has a scope with this "
                              "image in it.");
    }
    return verdict.digest.empty() ? QString() : displayText(verdict.byDigest(), 300);
}

QString policySentence(trust::Policy policy)
{
    switch (policy) {
    case trust::Policy::Warn:
        return TrustWords::tr(
            "Images that a key or the Notary server speaks for are checked before "
            "they are pulled or run. One that does not hold waits for your word.");
    case trust::Policy::Refuse:
        return TrustWords::tr(
            "Only images that are verified are pulled and run, by the digest that "
            "was verified. All others are refused, also those that no key speaks "
            "for. Images made on this computer are not asked about.");
    case trust::Policy::Off:
        break;
    }
    return TrustWords::tr("Images are pulled and run without looking at signatures.");
}

Explanation explainPolicy(const trust::Verdict &verdict, bool mayDecide)
{
    const QString name =
        displayText(verdict.tag.empty() ? verdict.name : verdict.name + ":" + verdict.tag, 120);
    Explanation words;
    words.title = mayDecide ? TrustWords::tr("%1 is not verified").arg(name)
                            : TrustWords::tr("The policy refuses %1").arg(name);
    if (verdict.why) {
        const Explanation why = explainTrust(*verdict.why, TrustAct::Verify, verdict.name);
        words.reason = why.reason;
        words.advice = why.advice;
        words.rawDetail = why.rawDetail;
    } else {
        words.reason = TrustWords::tr("No key speaks for it.");
        words.advice =
            TrustWords::tr("Add the key of its maker under Trust, on the page Registries, or set "
                           "the policy there to warn.");
    }
    return words;
}

} // namespace roadstead::ui
