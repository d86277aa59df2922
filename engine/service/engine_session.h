// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/capabilities.h"
#include "engine/docker/command.h"
#include "engine/docker/create_container.h"
#include "engine/docker/network.h"
#include "engine/docker/progress_line.h"
#include "engine/docker/types.h"
#include "engine/docker/volume.h"
#include "engine/http/endpoint.h"
#include "engine/service/container_counters.h"
#include "engine/service/operation.h"
#include "engine/service/session_timing.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::docker {
class Client;
} // namespace roadstead::docker

namespace roadstead::service {

class StatsHistory;

/// How the connection to an engine stands. What ends each state is said beside it.
enum class Link {
    Idle,       ///< not asked to connect; ended by open()
    Connecting, ///< first contact under way; ended by an answer or a failure
    Live, ///< events flow and lists are complete; ended by the stream's end or a missed answer
    NotAnswering, ///< connected, but a question is open for 3 s or more; ended by an answer or the
                  ///< connection's end
    NoAccess,     ///< the socket exists but may not be opened, or ssh was refused; ended by a retry
                  ///< that gets in. Where ssh may ask a person, refresh() only brings that retry
    Unreachable   ///< no socket, refused or lost; ended by a retry (with back-off) that gets in
};

/// A container's use of the machine, newest sample last.
struct ContainerStats
{
    std::string id;
    double cpuPercent = 0;         ///< of one CPU: 200 = two CPUs busy; as `docker stats` counts
    std::int64_t memoryBytes = 0;  ///< without page cache, as `docker stats` counts
    std::int64_t memoryLimit = 0;  ///< bytes; the machine's memory where the container has no limit
    std::vector<float> cpuHistory; ///< last 60 samples, one a second, oldest first
    ContainerCounters counters{};  ///< since the container started
    double receivedRate = -1;      ///< bytes a second, as are the next three; below 0 = not known
    double sentRate = -1;
    double readRate = -1;
    double writtenRate = -1;
};

/// What all running containers of an engine use together.
struct EngineTotals
{
    int containersRunning = 0;
    double cpuPercent = 0; ///< of one CPU
    std::int64_t memoryBytes = 0;
    int cpus = 0;                  ///< of the engine's machine, 0 = not known yet
    std::int64_t hostMemory = 0;   ///< bytes, 0 = not known yet
    std::vector<float> cpuHistory; ///< as in ContainerStats
};

/// A command in the history; while it has no `milliseconds` it runs, and Activity shows it.
struct CommandRecord
{
    quint64 id = 0;
    QString line;      ///< the whole command line, unshortened; secrets are left out
    QString operation; ///< stable identifier such as "container.stop"; empty for recorded lines
    QString subject;   ///< name of the object it works on, as it came (hostile)
    docker::CliEngine engine; ///< which it was for
    bool isCancellable = false;
    QDateTime startedAt;
    std::optional<qint64> milliseconds; ///< set when finished
    std::optional<Error> error;         ///< set when failed
    QStringList warnings;               ///< what the engine had to say although it did it (hostile)
};

/// One engine as the window sees it: its state, its containers and images, kept live, and the
/// commands sent to it. Lives in the GUI thread; every signal is emitted there, at most 20 times a
/// second each. All lists are immutable snapshots that are swapped whole: cheap to hold, safe to
/// read. They stay (with their age) when the engine goes away.
class EngineSession : public QObject
{
    Q_OBJECT
public:
    using Containers =
        std::shared_ptr<const std::vector<docker::ContainerSummary>>;        ///< sorted by id
    using Images = std::shared_ptr<const std::vector<docker::ImageSummary>>; ///< sorted by id

    explicit EngineSession(http::Endpoint endpoint, QObject *parent = nullptr);
    EngineSession(http::Endpoint endpoint, const SessionTiming &timing, QObject *parent = nullptr);
    /// At the unix socket of that absolute path.
    explicit EngineSession(const QString &socketPath, QObject *parent = nullptr);
    EngineSession(const QString &socketPath, const SessionTiming &timing,
                  QObject *parent = nullptr);
    ~EngineSession() override;

    void open();    ///< connects and keeps trying with back-off until close()
    void close();   ///< ends streams and requests; lists stay
    void refresh(); ///< lists again now

    /// Of a unix socket on this machine; empty for an engine that is reached in another way.
    [[nodiscard]] const std::string &socketPath() const;

    [[nodiscard]] Link link() const;
    [[nodiscard]] std::optional<Error> lastError() const; ///< why the link is not Live
    [[nodiscard]] QDateTime listedAt() const;    ///< when the lists were last known to be true
    [[nodiscard]] Containers containers() const; ///< never null; a first page while not listed()
    [[nodiscard]] Images images() const;         ///< never null
    [[nodiscard]] bool listed() const;           ///< false until the first complete list
    [[nodiscard]] bool imagesListed() const;     ///< the same of images, which are read after it
    [[nodiscard]] std::optional<docker::EngineVersion> version() const;
    [[nodiscard]] std::optional<docker::EngineInfo> info() const;
    /// What it can do; nothing until version() and info() are known.
    [[nodiscard]] docker::Capabilities capabilities() const;

    /// Stats of running containers by full id, refreshed once a second while
    /// `setStatsWanted(true)`.
    [[nodiscard]] const ContainerStats *stats(const std::string &id) const;
    void setStatsWanted(bool wanted);
    /// Full ids of the containers on screen: where cgroup files cannot be read (an engine on
    /// another machine), only these are asked for, from the engine's stats streams.
    void setStatsVisible(const std::vector<std::string> &ids);
    /// Full ids of the few containers of which networks and disks are read once a second, too.
    void setStatsWatched(const std::vector<std::string> &ids);
    /// Where the figures of all running containers are kept from now on; null = nowhere. It must
    /// outlive this.
    void setStatsHistory(StatsHistory *history);
    [[nodiscard]] StatsHistory *statsHistory() const;
    [[nodiscard]] const EngineTotals &totals() const; ///< changes with statsChanged()

    /// Sends a command and records it. The registry re-reads what it touched before the future
    /// finishes, so that after success the lists already show the truth. Yields the reply's text
    /// (the id for create).
    Operation<std::string> run(const docker::Command &command);
    /// What a command that takes its time reports, newest last, each layer once.
    using ProgressReceiver = std::function<void(const std::vector<docker::Progress> &)>;
    /// The same; `progress` is called in the GUI thread, and never after the future has finished.
    Operation<std::string> run(const docker::Command &command, ProgressReceiver progress);
    Operation<docker::ContainerDetails> inspect(const std::string &id);
    Operation<std::vector<docker::Network>> networks();
    Operation<std::vector<docker::Volume>> volumes();
    /// The command that makes a container such as this one (docker::createLike()).
    Operation<docker::CreateContainer> commandBehind(const std::string &id);
    /// These containers with the sizes of their own layers. The engine walks over all their files.
    Operation<std::vector<docker::ContainerSummary>> measure(const std::vector<std::string> &ids);
    /// What runs in a container, as `docker top` tells it.
    Operation<docker::ProcessTable> processes(const docker::Target &container);
    /// The last `lines` log lines of a container, stdout and stderr interleaved, colours and
    /// escapes as they came.
    Operation<std::string> logTail(const std::string &id, int lines);

    [[nodiscard]] const QList<CommandRecord> &
    history() const; ///< of this session of use, oldest first, at most 1,000
    [[nodiscard]] QList<CommandRecord> running() const;
    /// For classes of engine/service.
    [[nodiscard]] docker::Client &client();

    void cancelCommand(quint64 id); ///< ends a running command that is cancellable
    /// Adds a line that ran elsewhere (an administrator action): returns its record id. `cancel`
    /// ends the work, may be empty.
    quint64 recordStarted(const QString &line, std::function<void()> cancel = {});
    void recordFinished(quint64 id, const std::optional<Error> &error);
    /// Says in the records from now on which engine their commands are for.
    void setCliEngine(docker::CliEngine engine);
    /// Where this engine finds who signs registries' certificates, the first that counts first.
    void setCertificateFolders(std::vector<std::string> folders);
    [[nodiscard]] const std::vector<std::string> &certificateFolders() const;
    /// How the docker CLI reaches this engine.
    [[nodiscard]] const docker::CliEngine &cliEngine() const;
    /// Goes on with the history of a session that ends now: its commands count as cancelled. Before
    /// anything is run or recorded here.
    void continueHistory(const EngineSession &before);
Q_SIGNALS:
    void linkChanged();
    void containersChanged();
    void imagesChanged();
    void statsChanged();
    void infoChanged();
    void historyChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace roadstead::service
