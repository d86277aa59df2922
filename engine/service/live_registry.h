// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/docker/client.h"
#include "engine/service/change_tracker.h"
#include "engine/service/container_table.h"
#include "engine/service/session_timing.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {

class AnswerWatch;
class Mailbox;

/// Keeps the lists of one engine true: subscribes to its events, then lists, then reads again what
/// the events name. One read of containers is under way at a time, so that answers cannot overtake
/// each other; what changes meanwhile is read next. GUI thread; decoding and merging happen where
/// the client calls back.
class LiveRegistry : public QObject
{
    Q_OBJECT
public:
    /// `client` and `watch` must outlive the registry.
    LiveRegistry(docker::Client &client, AnswerWatch &watch, const SessionTiming &timing,
                 QObject *parent = nullptr);
    ~LiveRegistry() override;

    /// Subscribes and lists. Call after each connection; ends what was before.
    void begin();
    /// Ends the stream and drops late answers. Lists stay; waiters are called.
    void end();

    /// Reads again, and calls `afterwards` once the lists hold what the engine says from now on
    /// (or when that cannot be had: the connection is lost or the registry ends).
    void read(const ReadPlan &plan, std::function<void()> afterwards = {});

    [[nodiscard]] const ContainerList &containers() const { return m_containers; }
    [[nodiscard]] const ImageList &images() const { return m_images; }
    [[nodiscard]] const std::optional<docker::EngineInfo> &info() const { return m_info; }
    /// Every container has been listed at least once.
    [[nodiscard]] bool isListed() const { return m_listed; }
    /// The images have been listed at least once.
    [[nodiscard]] bool isImagesListed() const { return m_imagesListed; }
    /// Since begin(): subscribed, and listed after that.
    [[nodiscard]] bool isCurrent() const { return m_current; }

Q_SIGNALS:
    /// A list was read. `changed`: rows differ, or isListed() has become true.
    void containersRead(bool changed);
    void imagesChanged(); ///< rows differ, or isImagesListed() has become true
    void infoChanged();
    void becameCurrent();
    /// The stream ended, containers could not be listed, or the connection broke: begin() anew.
    void failed(const roadstead::Error &error);

private:
    /// Called once as many reads as this were begun after it came, and are over.
    struct Waiter
    {
        quint64 containerReads;
        quint64 imageReads;
        std::function<void()> call;
    };

    void subscribe();
    void pump();
    void pumpContainers();
    void readFirstPage();
    void readAll();
    void readSome(std::vector<std::string> ids);
    void firstPageArrived(ContainerList page, bool complete);
    void containersArrived(ContainerList list, bool complete);
    void paceAfter(bool complete);
    void readImages();
    void imagesArrived(Result<ImageList> list);
    void readInfo();
    void callWaiters(bool everyone);
    void fail(const Error &error);

    /// A callback for a question to the engine: what `digest` makes of the answer where it comes
    /// is handed to `arrived` in this thread, unless it is late.
    template<typename Answer, typename Digest, typename Arrived>
    docker::Callback<Answer> answered(Digest digest, Arrived arrived);

    docker::Client &m_client;
    AnswerWatch &m_watch;
    const SessionTiming m_timing;
    const std::shared_ptr<Mailbox> m_mailbox;
    std::shared_ptr<ChangeTracker> m_changes; ///< a new one for each subscription
    quint64 m_generation = 0;
    docker::Call m_stream;
    docker::Call m_containerCall;
    docker::Call m_imageCall;
    docker::Call m_infoCall;

    ContainerList m_containers;
    ImageList m_images;
    std::optional<docker::EngineInfo> m_info;
    bool m_listed = false;
    bool m_imagesListed = false;
    bool m_begun = false;
    bool m_current = false;
    bool m_subscribed = false;

    bool m_reading = false; ///< a read of containers is under way
    bool m_readingImages = false;
    bool m_imagesWanted = false;
    bool m_urgent = false; ///< somebody waits: no pacing while quick reads are left
    quint64 m_readsBegun = 0;
    quint64 m_readsDone = 0;
    quint64 m_imageReadsBegun = 0;
    quint64 m_imageReadsDone = 0;
    qint64 m_quickReads = 0; ///< left; earned again with time
    QElapsedTimer m_quickReadsAt;
    QElapsedTimer m_readTime;
    QTimer m_pace;       ///< running: wait before the next read of containers
    QTimer m_imageRetry; ///< running: the engine refused the last list of images
    std::chrono::milliseconds m_imageBackOff{0};
    QTimer m_relist; ///< the engine's words on age grow old
    std::vector<Waiter> m_waiters;
};

/// Whether this outcome shows that an engine is there and answers, be it with a refusal.
bool isAnAnswer(const Error &error);

} // namespace roadstead::service
