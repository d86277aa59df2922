// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/trust/cosign.h"

#include "engine/json/tree.h"

#include <algorithm>

namespace roadstead::trust {

namespace {

constexpr int statusNoSignature = 10;
constexpr int statusNoTag = 11;
constexpr int statusNoMatch = 12;

void addAccess(std::vector<std::string> &arguments, const RegistryAccess &access)
{
    if (access.isLenient) {
        arguments.emplace_back("--allow-insecure-registry");
        arguments.emplace_back("--allow-http-registry");
    }
    if (!access.authority.empty()) {
        arguments.emplace_back("--registry-cacert");
        arguments.push_back(access.authority);
    }
}

std::unexpected<Error> cosignFailure(int exitStatus, std::string_view complaint,
                                     const char *operation)
{
    TrustCause cause = causeInWords(complaint);
    if (exitStatus == statusNoSignature || exitStatus == statusNoTag) {
        cause = TrustCause::NoSignature;
    } else if (exitStatus == statusNoMatch) {
        cause = cause == TrustCause::DigestMismatch ? cause : TrustCause::OtherKey;
    }
    return std::unexpected(trustError(cause, operation, lastComplaint(complaint)));
}

/// The digest that one signature of the answer speaks for.
std::string claimedDigest(const json::Value &signature)
{
    const json::Value *critical = signature.find("critical");
    const json::Value *image = critical == nullptr ? nullptr : critical->find("image");
    const json::Value *digest = image == nullptr ? nullptr : image->find("docker-manifest-digest");
    return digest != nullptr && digest->isText() ? digest->characters() : std::string();
}

} // namespace

std::vector<std::string> Signing::arguments() const
{
    std::vector<std::string> all{"sign", "--key", privateKey, "--yes",
                                 inPublicLog ? "--tlog-upload=true" : "--tlog-upload=false"};
    if (takesServiceConfig) {
        all.emplace_back("--use-signing-config=false");
    }
    addAccess(all, access);
    all.push_back(image);
    return all;
}

std::vector<std::string> Verification::arguments() const
{
    std::vector<std::string> all{"verify",   "--key", publicKey, "--insecure-ignore-tlog=true",
                                 "--output", "json"};
    addAccess(all, access);
    all.push_back(image);
    return all;
}

std::vector<std::string> keyPairArguments(const std::string &prefix)
{
    return {"generate-key-pair", "--output-key-prefix", prefix};
}

bool isKeyName(std::string_view name)
{
    constexpr std::size_t longest = 64;
    const auto isAllowed = [](char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
               (character >= '0' && character <= '9') || character == '.' || character == '_' ||
               character == '-';
    };
    return !name.empty() && name.size() <= longest && name.front() != '.' && name.front() != '-' &&
           std::ranges::all_of(name, isAllowed);
}

bool takesServiceConfig(std::string_view help)
{
    return help.contains("--use-signing-config");
}

std::string cosignVersion(std::string_view printed)
{
    constexpr std::string_view mark = "GitVersion:";
    const std::size_t at = printed.find(mark);
    if (at == std::string_view::npos) {
        return {};
    }
    std::string_view rest = printed.substr(at + mark.size());
    rest = rest.substr(0, rest.find('\n'));
    const std::size_t begin = rest.find_first_not_of(" \t");
    const std::string_view version =
        begin == std::string_view::npos ? std::string_view() : rest.substr(begin);
    return version == "devel" ? std::string() : std::string(version);
}

Result<void> readSigning(int exitStatus, std::string_view complaint)
{
    return exitStatus == 0 ? Result<void>() : cosignFailure(exitStatus, complaint, signOperation);
}

Result<void> readVerification(int exitStatus, std::string_view printed, std::string_view complaint,
                              std::string_view digest)
{
    if (exitStatus != 0) {
        return cosignFailure(exitStatus, complaint, verifyOperation);
    }
    const auto answer = json::parse(printed, "cosign verify");
    if (!answer || !answer->isList()) {
        return std::unexpected(
            trustError(TrustCause::Unknown, verifyOperation, "cosign's answer is not readable"));
    }
    const auto isAsked = [digest](const json::Value &signature) {
        return claimedDigest(signature) == digest;
    };
    if (!std::ranges::any_of(answer->elements(), isAsked)) {
        return std::unexpected(trustError(TrustCause::DigestMismatch, verifyOperation));
    }
    return {};
}

Result<void> readKeyPair(int exitStatus, std::string_view complaint)
{
    return exitStatus == 0 ? Result<void>() : cosignFailure(exitStatus, complaint, keyOperation);
}

} // namespace roadstead::trust
