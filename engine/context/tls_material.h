// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

/// What an encrypted connection to an engine is made with.
namespace roadstead::context {

/// Texts in PEM form. An empty one is not there. The key is a secret: keep it no longer than
/// needed.
struct TlsTexts
{
    std::string authority;   ///< certificate of the authority that signed the engine's
    std::string certificate; ///< our own
    std::string key;         ///< of our own certificate

    [[nodiscard]] bool isEmpty() const
    {
        return authority.empty() && certificate.empty() && key.empty();
    }
};

/// Where they are. An empty path is not there.
struct TlsPaths
{
    std::string authority;
    std::string certificate;
    std::string key;

    [[nodiscard]] bool isEmpty() const
    {
        return authority.empty() && certificate.empty() && key.empty();
    }
    bool operator==(const TlsPaths &) const = default;
};

/// The files "ca.pem", "cert.pem" and "key.pem" of a folder, those that are there. Blocking.
TlsPaths tlsPathsIn(const std::string &folder);

/// Whether the private key is one that only its owner can use.
enum class KeyState {
    Absent,
    Private,
    OpenToOthers, ///< its mode lets group or others read or write it: 0600 is asked for
    NotOurs,      ///< it belongs to a user who is neither us nor root
    NotAFile,
    Unreadable
};
KeyState keyState(const std::string &path);

/// Whether these texts can make a connection: certificates and keys in PEM form, a certificate and
/// its key only together, a key without a pass phrase. What is inside them, the TLS library judges.
/// Fails with ErrorKind::TlsFailed; the detail says which one is wrong.
Result<void> checkTlsTexts(const TlsTexts &texts);

/// Reads the files that are named, each at most 1 MiB. Fails with Io, DiskFull.
Result<TlsTexts> readTlsTexts(const TlsPaths &paths);

} // namespace roadstead::context
