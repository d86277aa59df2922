// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/live_registry.h"

#include "engine/http/handle.h"
#include "engine/service/answer_watch.h"
#include "engine/service/mailbox.h"
#include "engine/service/transport.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <utility>

namespace roadstead::service {

namespace {

/// Now, in the form of the engine's `since`.
std::string unixNow()
{
    timespec now = {};
    ::clock_gettime(CLOCK_REALTIME, &now);
    std::string nanoseconds = std::to_string(now.tv_nsec);
    nanoseconds.insert(0, 9 - nanoseconds.size(), '0');
    return std::to_string(now.tv_sec) + '.' + nanoseconds;
}

/// The last who holds a long list does not free it in the GUI thread: its rows are many small
/// pieces.
void letGo(ContainerList list)
{
    constexpr std::size_t large = 1000;
    if (list->size() >= large) {
        runElsewhere([list = std::move(list)]() mutable { list.reset(); });
    }
}

} // namespace

bool isAnAnswer(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::MalformedReply:
    case ErrorKind::UnsupportedVersion:
    case ErrorKind::BadRequest:
    case ErrorKind::Unauthorized:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::EngineFailed:
    case ErrorKind::DiskFull:
        return true;
    default:
        return false;
    }
}

LiveRegistry::LiveRegistry(docker::Client &client, AnswerWatch &watch, const SessionTiming &timing,
                           QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_watch(watch)
    , m_timing(timing)
    , m_mailbox(std::make_shared<Mailbox>(this))
    , m_containers(std::make_shared<const std::vector<docker::ContainerSummary>>())
    , m_images(std::make_shared<const std::vector<docker::ImageSummary>>())
    , m_quickReads(timing.quickReads)
{
    m_pace.setSingleShot(true);
    m_pace.setTimerType(Qt::PreciseTimer);
    connect(&m_pace, &QTimer::timeout, this, &LiveRegistry::pump);
    m_imageRetry.setSingleShot(true);
    connect(&m_imageRetry, &QTimer::timeout, this, &LiveRegistry::pump);
    m_relist.setInterval(timing.relist);
    m_relist.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_relist, &QTimer::timeout, this, [this] { read({.allContainers = true}); });
    m_quickReadsAt.start();
}

LiveRegistry::~LiveRegistry()
{
    m_mailbox->close();
    m_waiters.clear();
    end();
}

template<typename Answer, typename Digest, typename Arrived>
docker::Callback<Answer> LiveRegistry::answered(Digest digest, Arrived arrived)
{
    const quint64 question = m_watch.asked();
    return
        [this, question, generation = m_generation, mailbox = m_mailbox, digest = std::move(digest),
         arrived = std::move(arrived)](Result<Answer> result) mutable {
            auto outcome = std::move(result).transform(std::move(digest));
            mailbox->post([this, question, generation, outcome = std::move(outcome),
                           arrived = std::move(arrived)]() mutable {
                m_watch.over(question, outcome || isAnAnswer(outcome.error()));
                if (generation == m_generation) {
                    arrived(std::move(outcome));
                }
            });
        };
}

void LiveRegistry::begin()
{
    end();
    m_begun = true;
    m_changes = std::make_shared<ChangeTracker>(m_timing.singleReads, m_timing.burst);
    m_changes->add(ReadPlan{.allContainers = true});
    subscribe();
}

void LiveRegistry::end()
{
    ++m_generation;
    m_begun = false;
    m_current = false;
    m_subscribed = false;
    m_reading = false;
    m_readingImages = false;
    m_imagesWanted = false;
    m_urgent = false;
    m_pace.stop();
    m_imageRetry.stop();
    m_imageBackOff = std::chrono::milliseconds(0);
    m_relist.stop();
    for (docker::Call *call : {&m_stream, &m_containerCall, &m_imageCall, &m_infoCall}) {
        std::exchange(*call, {}).cancel();
    }
    callWaiters(true);
}

void LiveRegistry::subscribe()
{
    const quint64 question = m_watch.asked();
    docker::EventSink sink;
    sink.opened = [this, question, generation = m_generation, mailbox = m_mailbox] {
        mailbox->post([this, question, generation] {
            m_watch.over(question, true);
            if (generation == m_generation) {
                m_subscribed = true;
                pump();
            }
        });
    };
    sink.event = [this, generation = m_generation, mailbox = m_mailbox,
                  changes = m_changes](const docker::Event &event) {
        if (changes->add(event)) {
            mailbox->post([this, generation] {
                if (generation == m_generation) {
                    pump();
                }
            });
        }
        return http::Flow::Continue;
    };
    sink.end = [this, question, generation = m_generation,
                mailbox = m_mailbox](const Result<void> &result) {
        mailbox->post([this, question, generation, result] {
            m_watch.over(question, !result && isAnAnswer(result.error()));
            if (generation == m_generation) {
                fail(result ? Error{ErrorKind::ConnectionLost, 0, {}, "events"} : result.error());
            }
        });
    };
    // The engine sends its answer's head a moment before it subscribes us: asking for what has
    // happened since now closes that gap out of the events it keeps.
    m_stream = m_client.events({.since = unixNow(), .until = {}}, std::move(sink));
}

void LiveRegistry::read(const ReadPlan &plan, std::function<void()> afterwards)
{
    if (!m_begun || plan.isEmpty()) {
        if (afterwards) {
            QMetaObject::invokeMethod(this, std::move(afterwards), Qt::QueuedConnection);
        }
        return;
    }
    m_changes->add(plan);
    if (afterwards) {
        m_waiters.push_back({.containerReads = plan.readsContainers() ? m_readsBegun + 1 : 0,
                             .imageReads = plan.images ? m_imageReadsBegun + 1 : 0,
                             .call = std::move(afterwards)});
        m_urgent = true;
        if (plan.images) {
            m_imageRetry.stop();
        }
    }
    pump();
}

void LiveRegistry::pump()
{
    if (!m_subscribed) {
        return;
    }
    pumpContainers();
    const ReadPlan plan = m_changes->takeAllButContainers();
    m_imagesWanted |= plan.images;
    if (m_imagesWanted && !m_readingImages && !m_imageRetry.isActive()) {
        readImages();
    }
    if (plan.info) {
        readInfo();
    }
}

void LiveRegistry::pumpContainers()
{
    const bool mayHurry = m_urgent && m_quickReads > 0;
    if (m_reading || (m_pace.isActive() && !mayHurry) || !m_changes->wantsContainers()) {
        return;
    }
    m_urgent = false;
    m_pace.stop();
    ReadPlan plan = m_changes->take();
    m_imagesWanted |= plan.images;
    if (plan.info) {
        readInfo();
    }
    m_reading = true;
    ++m_readsBegun;
    m_readTime.start();
    if (plan.allContainers) {
        m_listed ? readAll() : readFirstPage();
    } else {
        readSome({plan.containers.begin(), plan.containers.end()});
    }
}

void LiveRegistry::readFirstPage()
{
    const auto limit = static_cast<std::size_t>(m_timing.firstPage);
    m_containerCall = m_client.listContainers(
        {.all = true, .limit = m_timing.firstPage, .ids = {}},
        answered<std::vector<docker::ContainerSummary>>(
            [before = m_containers, limit](std::vector<docker::ContainerSummary> rows) {
                const bool complete = rows.size() < limit;
                return std::pair(replaced(before, std::move(rows)), complete);
            },
            [this](Result<std::pair<ContainerList, bool>> page) {
                page ? firstPageArrived(std::move(page->first), page->second) : fail(page.error());
            }));
}

void LiveRegistry::firstPageArrived(ContainerList page, bool complete)
{
    if (complete) {
        containersArrived(std::move(page), true);
        return;
    }
    const bool changed = page != m_containers;
    m_containers = std::move(page);
    Q_EMIT containersRead(changed);
    readAll();
}

void LiveRegistry::readAll()
{
    m_containerCall = m_client.listContainers(
        {.all = true, .limit = 0, .ids = {}},
        answered<std::vector<docker::ContainerSummary>>(
            [before = m_containers](std::vector<docker::ContainerSummary> rows) {
                return replaced(before, std::move(rows));
            },
            [this](Result<ContainerList> list) {
                list ? containersArrived(*std::move(list), true) : fail(list.error());
            }));
}

void LiveRegistry::readSome(std::vector<std::string> ids)
{
    m_containerCall = m_client.listContainers(
        {.all = true, .limit = 0, .ids = ids},
        answered<std::vector<docker::ContainerSummary>>(
            [before = m_containers, ids](std::vector<docker::ContainerSummary> rows) {
                return merged(before, ids, std::move(rows));
            },
            [this](Result<ContainerList> list) {
                list ? containersArrived(*std::move(list), false) : fail(list.error());
            }));
}

void LiveRegistry::containersArrived(ContainerList list, bool complete)
{
    m_reading = false;
    m_readsDone = m_readsBegun;
    const bool changed = list != m_containers || (complete && !m_listed);
    if (list != m_containers) {
        letGo(std::exchange(m_containers, std::move(list)));
    }
    m_listed |= complete;
    const bool becomesCurrent = complete && !std::exchange(m_current, m_current || complete);
    if (complete) {
        m_relist.start();
    }
    paceAfter(complete);
    Q_EMIT containersRead(changed);
    if (becomesCurrent) {
        Q_EMIT becameCurrent();
        m_imagesWanted = true;
        readInfo();
    }
    callWaiters(false);
    if (m_subscribed) {
        pump();
    }
}

void LiveRegistry::paceAfter(bool complete)
{
    using std::chrono::milliseconds;
    const qint64 earned = m_quickReadsAt.elapsed() / m_timing.readSpacing.count();
    if (earned > 0) {
        m_quickReadsAt.start();
        m_quickReads = std::min<qint64>(m_timing.quickReads, m_quickReads + earned);
    }
    const auto rest = complete ? std::clamp(milliseconds(3 * m_readTime.elapsed()),
                                            m_timing.listSpacing, m_timing.listSpacingMost)
                               : m_timing.readSpacing;
    // A list costs as many quick reads as fit into the time that the engine should rest after it;
    // one alone leaves some for the command that may follow.
    const qint64 cost = std::min<qint64>(rest / m_timing.readSpacing, m_timing.quickReads / 2);
    m_quickReads = std::max<qint64>(0, m_quickReads - std::max<qint64>(cost, 1));
    if (complete || m_quickReads == 0) {
        m_pace.start(rest);
    }
}

void LiveRegistry::readImages()
{
    m_imagesWanted = false;
    m_readingImages = true;
    ++m_imageReadsBegun;
    m_imageCall = m_client.listImages(answered<std::vector<docker::ImageSummary>>(
        [before = m_images](std::vector<docker::ImageSummary> rows) {
            return replaced(before, std::move(rows));
        },
        [this](Result<ImageList> list) { imagesArrived(std::move(list)); }));
}

void LiveRegistry::imagesArrived(Result<ImageList> list)
{
    if (!list && !isAnAnswer(list.error())) {
        fail(list.error());
        return;
    }
    m_readingImages = false;
    m_imageReadsDone = m_imageReadsBegun;
    if (!list) {
        // The engine is there and all else works: the old list stays until it answers this, too.
        m_imagesWanted = true;
        m_imageBackOff = std::clamp(m_imageBackOff * 2, m_timing.retryFirst, m_timing.retryLast);
        m_imageRetry.start(m_imageBackOff);
    } else {
        m_imageBackOff = std::chrono::milliseconds(0);
        const bool isFirst = !std::exchange(m_imagesListed, true);
        if (std::exchange(m_images, *std::move(list)) != m_images || isFirst) {
            Q_EMIT imagesChanged();
        }
    }
    callWaiters(false);
    pump();
}

void LiveRegistry::readInfo()
{
    m_infoCall =
        m_client.info(answered<docker::EngineInfo>([](docker::EngineInfo info) { return info; },
                                                   [this](Result<docker::EngineInfo> info) {
                                                       if (info) {
                                                           m_info = *std::move(info);
                                                           Q_EMIT infoChanged();
                                                       }
                                                   }));
}

void LiveRegistry::callWaiters(bool everyone)
{
    const auto ready = std::ranges::stable_partition(m_waiters, [&](const Waiter &waiter) {
        return !everyone &&
               (waiter.containerReads > m_readsDone || waiter.imageReads > m_imageReadsDone);
    });
    std::vector<Waiter> due(std::make_move_iterator(ready.begin()),
                            std::make_move_iterator(ready.end()));
    m_waiters.erase(ready.begin(), ready.end());
    m_urgent |= !m_waiters.empty();
    for (const Waiter &waiter : due) {
        waiter.call();
    }
}

void LiveRegistry::fail(const Error &error)
{
    end();
    Q_EMIT failed(error);
}

} // namespace roadstead::service
