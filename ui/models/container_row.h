// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"
#include "ui/models/elapsed.h"

#include <QList>
#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::ui {

/// What a row's state mark shows: the engine's state and health as one thing.
enum class ContainerMark {
    Running,
    Unhealthy, ///< running, and its health check fails
    Restarting,
    Paused,
    Created, ///< never started
    Exited,  ///< ended with code 0, or nobody knows with which
    Failed,  ///< ended with another code
    Dead,    ///< the engine could not remove it whole
    Removing,
    Unknown
};

/// The state filters: each container is in exactly one besides All.
enum class StateFilter { All, Running, Unhealthy, Restarting, Paused, Created, Exited };

/// A command on its way, or held back, for a row; shown instead of the state until the engine has
/// confirmed.
enum class PendingWork {
    None,
    Starting,
    Stopping,
    Restarting,
    Pausing,
    Unpausing,
    Killing,
    Renaming,
    Removing,
    RemovalWaits ///< removal not sent yet: it can be undone
};

/// A published port as a link.
struct PortLink
{
    std::uint16_t port = 0; ///< on this computer
    bool tcp = false;       ///< only these can be opened in a browser
    QString host;           ///< that reaches it from here, see hostOf()
    bool operator==(const PortLink &) const = default;

    [[nodiscard]] QString address() const; ///< "localhost:8080", "[fd00::7]:8080"; hostile text
};

/// The name or address by which a program on this computer reaches what is bound to `ip`:
/// "localhost" for all addresses and the usual loopback ones, else the address itself.
QString hostOf(const std::string &ip);

/// A container as the list shows it: texts made safe and keys for sorting and filtering made once.
struct ContainerRow
{
    using Source = docker::ContainerSummary;

    explicit ContainerRow(const Source &source);
    ContainerRow(const Source &source, const ContainerRow &before);

    static std::string_view keyOf(const Source &source) { return source.id; }
    [[nodiscard]] std::string_view key() const { return id; }
    [[nodiscard]] bool matches(const Source &source) const;

    [[nodiscard]] ContainerMark mark() const;
    [[nodiscard]] StateFilter filter() const;
    /// Uses the processor now: running or unhealthy.
    [[nodiscard]] bool isRunning() const;
    /// Has processes: running, paused or about to be restarted.
    [[nodiscard]] bool isAlive() const;

    std::string id;      ///< 64 hexadecimal digits
    std::string rawName; ///< as the engine has it, for commands and copying
    std::string rawImage;
    std::string imageId;
    std::string rawProject; ///< label com.docker.compose.project, empty = none
    QString name;           ///< safe to draw, as are the next two
    QString image;
    QString project;
    docker::ContainerState state = docker::ContainerState::Unknown;
    docker::Health health = docker::Health::None;
    std::optional<int> exitCode;
    std::string status;
    std::vector<docker::Port> rawPorts;
    QList<PortLink> ports; ///< published ones, each number once a host, lowest first
    std::vector<std::string> networks;
    std::int64_t created = 0;
    std::optional<Since> since; ///< of the present state; ContainersModel fills it in

    QString sortName; ///< folded, numbers compare as numbers
    QString sortImage;
    QString haystack; ///< folded: name, image, project, ports, id

    // Kept when a row is rebuilt.
    QString note; ///< what else the list tells beside its name; display text
    PendingWork pending = PendingWork::None;
    bool hasStats = false;
    double cpuPercent = 0;
    std::int64_t memoryBytes = 0;
    std::int64_t memoryLimit = 0; ///< 0 = unknown
    std::vector<float> cpuHistory;

private:
    void read(const Source &source);
};

/// `text` folded so that plain comparison puts "web-2" before "web-10" and ignores case.
QString naturalSortKey(const QString &text);

} // namespace roadstead::ui
