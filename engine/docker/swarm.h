// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/api_request.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The swarm that an engine is part of (Engine API, "Swarm").
namespace roadstead::docker {

/// GET /swarm ("Inspect swarm"). Managers answer this only.
struct Swarm
{
    std::string id;
    std::uint64_t version = 0; ///< to be named by an update
    std::string created;       ///< RFC 3339
    std::string updated;
    std::string workerToken;  ///< secret
    std::string managerToken; ///< secret
    bool autoLock = false;
    std::int64_t taskHistoryLimit = 0;
    std::int64_t certificateExpiry = 0; ///< nanoseconds
    std::int64_t heartbeatPeriod = 0;   ///< nanoseconds
    bool rootRotationInProgress = false;
    std::vector<std::string> addressPools; ///< CIDR, told from 1.39 on
    std::int64_t subnetSize = 0;
    std::int64_t dataPathPort = 0; ///< told from 1.40 on
    std::string spec;              ///< JSON, to be sent back by an update
    std::string raw;               ///< the reply itself: has the tokens
};

struct InspectSwarm
{
    using Answer = Swarm;
    static constexpr std::string_view operation = "swarm.inspect";
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const InspectSwarm &) const = default;
};

/// GET /swarm/unlockkey ("Get the unlock key"): secret, empty when managers are not locked.
struct AskUnlockKey
{
    using Answer = std::string;
    static constexpr std::string_view operation = "swarm.unlockkey";
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    static Result<Answer> decode(std::string body);
    bool operator==(const AskUnlockKey &) const = default;
};

/// What an update leaves as it is when it is not set.
struct SwarmSettings
{
    std::optional<std::int64_t> taskHistoryLimit{};
    std::optional<std::int64_t> heartbeatPeriod{};   ///< nanoseconds
    std::optional<std::int64_t> certificateExpiry{}; ///< nanoseconds
    std::optional<std::int64_t> snapshotInterval{};  ///< entries of the Raft log
    std::optional<std::int64_t> keptSnapshots{};
    std::optional<bool> autoLock{};
    bool operator==(const SwarmSettings &) const = default;
};

/// POST /swarm/init ("Initialize a new swarm"). The reply's text is the node's id.
struct InitSwarm
{
    static constexpr std::string_view operation = "swarm.init";
    std::string listenAddress = "0.0.0.0:2377";
    std::string advertiseAddress{};          ///< empty = the only address there is
    std::string dataPathAddress{};           ///< from 1.31 on
    std::int64_t dataPathPort = 0;           ///< from 1.40 on; 0 = 4789
    std::vector<std::string> addressPools{}; ///< CIDR; from 1.39 on
    int subnetSize = 24;                     ///< prefix length within the pools; from 1.39 on
    std::string availability{};              ///< "active", "pause", "drain"
    bool forceNewCluster = false;
    SwarmSettings settings{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const;
    static Result<CommandReply> decode(std::string_view body);
    bool operator==(const InitSwarm &) const = default;
};

/// POST /swarm/join ("Join an existing swarm").
struct JoinSwarm
{
    static constexpr std::string_view operation = "swarm.join";
    std::string listenAddress = "0.0.0.0:2377";
    std::string advertiseAddress{};
    std::string dataPathAddress{};       ///< from 1.31 on
    std::vector<std::string> managers{}; ///< "address:port"
    std::string token{};                 ///< secret
    std::string availability{};
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    /// The token is shown as TOKEN: a command line is seen by many.
    [[nodiscard]] Arguments arguments() const;
    [[nodiscard]] ApiVersion needs() const { return {dataPathAddress.empty() ? 24 : 31}; }
    void hideSecrets() { token.clear(); }
    bool operator==(const JoinSwarm &) const = default;
};

/// POST /swarm/leave ("Leave a swarm").
struct LeaveSwarm
{
    static constexpr std::string_view operation = "swarm.leave";
    bool force = false; ///< although this is a manager
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    bool operator==(const LeaveSwarm &) const = default;
};

/// POST /swarm/update ("Update a swarm").
struct UpdateSwarm
{
    static constexpr std::string_view operation = "swarm.update";
    std::uint64_t version = 0; ///< as the inspection told it
    std::string spec{};        ///< JSON, as the inspection told it
    SwarmSettings settings{};
    bool rotateWorkerToken = false;
    bool rotateManagerToken = false;
    bool rotateUnlockKey = false; ///< from 1.25 on
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const; ///< of one rotation, or of the settings
    [[nodiscard]] ApiVersion needs() const { return {rotateUnlockKey ? 25 : 24}; }
    bool operator==(const UpdateSwarm &) const = default;
};

/// POST /swarm/unlock ("Unlock a locked manager"). The CLI reads the key from its standard input.
struct UnlockSwarm
{
    static constexpr std::string_view operation = "swarm.unlock";
    std::string key{}; ///< secret
    [[nodiscard]] ApiRequest request(ApiVersion version) const;
    [[nodiscard]] Arguments arguments() const;
    void hideSecrets() { key.clear(); }
    bool operator==(const UnlockSwarm &) const = default;
};

} // namespace roadstead::docker
