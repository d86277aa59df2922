// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/engine_probe.h"
#include "engine/service/known_engines.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::service {

/// An engine of the list, and how it was found at the last look.
struct ListedEngine
{
    KnownEngine known{};
    EngineLook look{};
    QDateTime certificateEnd{}; ///< see certificateEnd(); invalid = none
    QDateTime since{}; ///< since when look.reach has been what it is, as far as it was seen
    bool isBeingLookedAt = false;
};

/// All engines that a person may choose from, with their states. Reads and looks only when it is
/// asked to, or watched. GUI thread; no call blocks.
class EngineDirectory : public QObject
{
    Q_OBJECT
public:
    using Read = std::function<std::vector<KnownEngine>()>;

    /// `read` finds the engines; it is called in a thread of its own, and may still run when this
    /// has gone: it must own what it uses.
    explicit EngineDirectory(Read read, QObject *parent = nullptr);
    ~EngineDirectory() override;

    /// In the order of knownEngines(); empty before the first list.
    [[nodiscard]] const std::vector<ListedEngine> &engines() const { return m_engines; }
    /// Null when there is none of that id.
    [[nodiscard]] const ListedEngine *find(std::string_view id) const;
    [[nodiscard]] bool isRead() const { return m_isRead; }

    /// Finds the engines again and looks at each. What is known stays until the answers come.
    void refresh();
    /// Looks at one again.
    void look(const std::string &id);
    /// While somebody watches: refreshed at once, then looked at again and again, engines on this
    /// computer every 5 s, others every 30 s.
    void setWatched(bool watched);

Q_SIGNALS:
    void changed(); ///< the list, or what is known of one of it

private:
    struct Probe
    {
        std::unique_ptr<EngineProbe> probe; ///< null = it waits for its turn
        http::Endpoint endpoint;
    };

    struct Found
    {
        KnownEngine known;
        QDateTime certificateEnd;
    };
    static std::vector<Found> readAll(const Read &read);
    void take(std::vector<Found> found);
    void lookAgain();
    void startProbes();
    void found(const std::string &id, EngineLook look);
    [[nodiscard]] ListedEngine *entry(std::string_view id);

    const Read m_read;
    const std::shared_ptr<Mailbox> m_mailbox;
    std::vector<ListedEngine> m_engines;
    std::map<std::string, Probe> m_probes; ///< by id
    QTimer m_again;
    QElapsedTimer m_sinceFar; ///< since engines elsewhere were looked at
    bool m_isRead = false;
    bool m_isReading = false;
    bool m_readAgain = false;
};

} // namespace roadstead::service
