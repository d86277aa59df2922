// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/engine_options.h"
#include "engine/base/result.h"

#include <QString>
#include <QStringView>
#include <QVariantMap>

#include <optional>

/// What client and helper say to each other, and its strict codecs. Values; thread-safe as such.
/// Everybody on the system bus can read these messages: nothing secret is ever put into them.
namespace roadstead::privilege {

/// What a request carries: a number to know the reply by, the contract's version, and the options
/// where the verb is to set them.
struct Request
{
    QString nonce;
    int version = 0;
    std::optional<EngineOptions> options{};
    bool operator==(const Request &) const = default;
};

/// How a request ended in the helper. Carried in a successful KAuth reply, because a failing one
/// loses its data.
enum class Outcome {
    Accepted,     ///< under way; the engine's own state says how it goes on
    AlreadySo,    ///< nothing to do: it runs already, or is stopped already
    Refused,      ///< arguments that do not fit the contract
    OtherVersion, ///< helper and client are of different versions
    NoDockerd,    ///< no dockerd in any of the folders that only root can write to
    NoLauncher,   ///< our own launcher or its systemd unit is missing
    NotRunning,   ///< restart of an engine that does not run
    Stopping,     ///< start of an engine that is on its way down: ask again once it is stopped
    Masked,       ///< the administrator has masked the systemd unit
    Failed        ///< a system call or systemd said no; detail names it
};

/// A reply. `detail` is a word of isPlainWord(), or empty.
struct Reply
{
    QString nonce;
    Outcome outcome = Outcome::Failed;
    QString detail;
    bool operator==(const Reply &) const = default;
};

/// What the helper tells while a request is under way, as KAuth progress.
enum class Stage {
    Asked,     ///< the request has arrived and polkit has been asked
    Dismissed, ///< the person closed the prompt
    NoAgent,   ///< nobody is there who could ask the person
    Denied,    ///< polkit said no: wrong password, not an administrator, or a rule
    NoAnswer,  ///< polkit failed or took too long; the helper ends, and has done nothing
    TooOften   ///< more requests than a minute allows; the helper ends, nobody was asked
};

/// Progress of the request of user `uid`.
struct Progress
{
    Stage stage = Stage::Asked;
    uint uid = 0;
    bool operator==(const Progress &) const = default;
};

/// True for strings that may reach a log or a dialog: [A-Za-z0-9._:-]{1,64}.
[[nodiscard]] bool isPlainWord(QStringView text);
/// `text` with every other character replaced by '-', at most 64 long; "-" when empty.
[[nodiscard]] QString plainWord(QStringView text);

/// A nonce: 32 hexadecimal digits from the system's random source.
[[nodiscard]] QString newNonce();

[[nodiscard]] QVariantMap encode(const Request &request);
[[nodiscard]] QVariantMap encode(const Reply &reply);
[[nodiscard]] QVariantMap encode(const Progress &progress);

/// Strict: exactly the known keys, each of exactly its type and within its limits; anything else is
/// ErrorKind::InvalidArgument. The version is not judged here. Options must be there or not, as
/// `withOptions` says.
[[nodiscard]] Result<Request> decodeRequest(const QVariantMap &map, bool withOptions = false);
[[nodiscard]] Result<Reply> decodeReply(const QVariantMap &map);
[[nodiscard]] Result<Progress> decodeProgress(const QVariantMap &map);

/// The outcome as a word for the audit line: "accepted".
[[nodiscard]] const char *word(Outcome outcome);
[[nodiscard]] const char *word(Stage stage);

} // namespace roadstead::privilege
