// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/tls_material.h"

#include "engine/base/base64.h"
#include "engine/base/files.h"

#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::context {

namespace {

constexpr std::size_t longestFile = 1024UL * 1024;
constexpr const char *checkOperation = "tls.check";

bool exists(const std::string &path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

/// Whether a block "-----BEGIN <label>-----" … "-----END <label>-----" is there whose label ends as
/// given and whose contents are base64 of a DER sequence (RFC 7468).
bool hasBlock(std::string_view text, std::string_view labelEnd)
{
    constexpr std::string_view beginMark = "-----BEGIN ";
    constexpr std::string_view dashes = "-----";
    while (true) {
        const std::size_t begin = text.find(beginMark);
        if (begin == std::string_view::npos) {
            return false;
        }
        text.remove_prefix(begin + beginMark.size());
        const std::size_t labelSize = text.find(dashes);
        if (labelSize == std::string_view::npos) {
            return false;
        }
        const std::string_view label = text.substr(0, labelSize);
        const std::string endMark = std::string("-----END ").append(label).append(dashes);
        std::string_view body = text.substr(labelSize + dashes.size());
        const std::size_t end = body.find(endMark);
        if (end == std::string_view::npos) {
            return false;
        }
        body = body.substr(0, end);
        if (label.ends_with(labelEnd)) {
            const auto bytes = parseBase64(body);
            if (bytes && bytes->size() > 2 && bytes->front() == '\x30') {
                return true;
            }
        }
        text.remove_prefix(labelSize + dashes.size() + end + endMark.size());
    }
}

bool isEncrypted(std::string_view key)
{
    return key.contains("BEGIN ENCRYPTED PRIVATE KEY") || key.contains("Proc-Type: 4,ENCRYPTED");
}

} // namespace

TlsPaths tlsPathsIn(const std::string &folder)
{
    const auto existing = [&folder](const char *name) {
        std::string path = folder + "/" + name;
        return exists(path) ? path : std::string();
    };
    return {existing("ca.pem"), existing("cert.pem"), existing("key.pem")};
}

KeyState keyState(const std::string &path)
{
    struct stat status{};
    if (path.empty() || ::stat(path.c_str(), &status) != 0) {
        const bool isAbsent = path.empty() || errno == ENOENT || errno == ENOTDIR;
        return isAbsent ? KeyState::Absent : KeyState::Unreadable;
    }
    if (!S_ISREG(status.st_mode)) {
        return KeyState::NotAFile;
    }
    if (status.st_uid != ::geteuid() && status.st_uid != 0) {
        return KeyState::NotOurs;
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return KeyState::OpenToOthers;
    }
    return ::access(path.c_str(), R_OK) == 0 ? KeyState::Private : KeyState::Unreadable;
}

Result<void> checkTlsTexts(const TlsTexts &texts)
{
    const auto refused = [](const char *why) {
        return failure(ErrorKind::TlsFailed, checkOperation, why);
    };
    if (!texts.authority.empty() && !hasBlock(texts.authority, "CERTIFICATE")) {
        return refused("ca.pem holds no certificate");
    }
    if (texts.certificate.empty() != texts.key.empty()) {
        return refused(texts.key.empty() ? "key.pem is missing" : "cert.pem is missing");
    }
    if (texts.key.empty()) {
        return {};
    }
    if (!hasBlock(texts.certificate, "CERTIFICATE")) {
        return refused("cert.pem holds no certificate");
    }
    if (isEncrypted(texts.key)) {
        return refused("key.pem is locked with a pass phrase");
    }
    if (!hasBlock(texts.key, "PRIVATE KEY")) {
        return refused("key.pem holds no private key");
    }
    return {};
}

Result<TlsTexts> readTlsTexts(const TlsPaths &paths)
{
    TlsTexts texts;
    const auto read = [](const std::string &path, std::string &into) -> Result<void> {
        if (path.empty()) {
            return {};
        }
        auto text = readFile(path, longestFile);
        if (!text) {
            return std::unexpected(text.error());
        }
        into = std::move(*text);
        return {};
    };
    for (const auto &[path, text] :
         {std::pair(&paths.authority, &texts.authority),
          std::pair(&paths.certificate, &texts.certificate), std::pair(&paths.key, &texts.key)}) {
        if (auto done = read(*path, *text); !done) {
            return std::unexpected(done.error());
        }
    }
    return texts;
}

} // namespace roadstead::context
