// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/images_controller.h"

#include "ui/text/display_text.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int mostJobs = 4;
constexpr int mostInspections = 4;
/// Registries count questions.
constexpr int mostNewsQuestions = 2;
constexpr std::chrono::milliseconds sizesRest{700};

QString platformText(const docker::ImageDetails &details)
{
    const docker::Platform platform{details.os, details.architecture, details.variant};
    return displayText(platform.text(), 64);
}

} // namespace

ImagesController::ImagesController(ImageEngine *engine, ImagesModel::Clock wallClock,
                                   QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_images(std::move(wallClock))
    , m_list(&m_images)
{
    m_sizesDue.setSingleShot(true);
    m_sizesDue.setInterval(sizesRest);
    connect(&m_sizesDue, &QTimer::timeout, this, &ImagesController::askSizes);
    connect(engine, &ImageEngine::imagesChanged, this, &ImagesController::takeLists);
    connect(engine, &ImageEngine::containersChanged, this, &ImagesController::takeLists);
    connect(engine, &ImageEngine::linkChanged, this, &ImagesController::stateChanged);
    connect(&m_list, &FlatListModelBase::arrangementChanged, this, &ImagesController::stateChanged);
    takeLists();
}

ImagesController::~ImagesController() = default;

ListState ImagesController::state() const
{
    if (!m_engine->listed()) {
        const service::Link link = m_engine->link();
        const bool away = link == service::Link::NoAccess || link == service::Link::Unreachable ||
                          link == service::Link::Idle;
        return away ? ListState::Away : ListState::Loading;
    }
    if (m_images.size() == 0) {
        return isStale() ? ListState::Away : ListState::Empty;
    }
    return m_list.rowCount() == 0 ? ListState::NoResult : ListState::Rows;
}

bool ImagesController::isStale() const
{
    return m_engine->link() != service::Link::Live;
}

ImageRows ImagesController::rowsOf(const std::vector<std::string> &ids) const
{
    ImageRows rows;
    for (const std::string &id : ids) {
        if (ImageRowPointer row = m_images.find(id)) {
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

ImageRowPointer ImagesController::holderOf(const std::string &name) const
{
    for (std::size_t i = 0; i < m_images.size(); ++i) {
        ImageRowPointer row = m_images.rowAt(i);
        if (std::ranges::contains(row->tags, name)) {
            return row;
        }
    }
    return nullptr;
}

void ImagesController::takeLists()
{
    // Both are swapped whole, so that the same pointer is the same list.
    const auto images = m_engine->images();
    const auto containers = m_engine->containers();
    if (images == m_shownImages && containers == m_shownContainers) {
        Q_EMIT stateChanged();
        return;
    }
    const bool changesSizes = images != m_shownImages;
    m_shownImages = images;
    m_shownContainers = containers;
    m_images.applyLists(*images, *containers);
    if (changesSizes && m_sizesWanted) {
        m_sizesDue.start();
    }
    recountTotals();
    Q_EMIT stateChanged();
}

// ---- What is dear to ask

void ImagesController::setSizesWanted(bool wanted)
{
    if (!std::exchange(m_sizesWanted, wanted) && wanted) {
        askSizes();
    }
}

void ImagesController::askSizes()
{
    if (!m_sizesWanted || m_askingSizes || isStale() || !m_engine->listed()) {
        if (m_sizesWanted && m_askingSizes) {
            m_sizesDue.start(); // again, after this answer
        }
        return;
    }
    m_askingSizes = true;
    m_engine->sizes().then(this, [this](const Result<docker::DiskUsage> &usage) {
        m_askingSizes = false;
        if (usage) {
            takeSizes(*usage);
        } // else they stay unknown, as an en dash
    });
}

void ImagesController::takeSizes(const docker::DiskUsage &usage)
{
    std::unordered_map<std::string, std::int64_t> shared;
    for (const docker::ImageSummary &image : usage.images) {
        shared.emplace(image.id, image.sharedSize);
    }
    m_layersSize = usage.layersSize;
    m_images.applySharedSizes(shared);
    recountTotals();
}

void ImagesController::recountTotals()
{
    ImageTotals totals;
    if (m_layersSize >= 0) {
        totals = {m_layersSize, 0, 0, 0};
        for (std::size_t i = 0; i < m_images.size(); ++i) {
            const ImageRowPointer row = m_images.rowAt(i);
            const std::int64_t own = std::max<std::int64_t>(0, row->ownSize());
            if (row->filter() == ImageFilter::Unused) {
                totals.unused += own;
            } else if (row->filter() == ImageFilter::Untagged) {
                totals.untagged += own;
            }
        }
        totals.inUse = std::max<std::int64_t>(0, totals.all - totals.unused - totals.untagged);
    }
    if (std::exchange(m_totals, totals) != totals) {
        Q_EMIT totalsChanged();
    }
}

void ImagesController::setPlatformsWanted(const std::vector<std::string> &ids)
{
    m_platformsWanted.assign(ids.begin(), ids.end());
    askPlatforms();
}

void ImagesController::askPlatforms()
{
    while (m_platformsInFlight < mostInspections && !m_platformsWanted.empty() && !isStale()) {
        const std::string id = std::move(m_platformsWanted.front());
        m_platformsWanted.pop_front();
        if (!m_platformsAsked.insert(id).second) {
            continue; // an id is of one content for ever
        }
        ++m_platformsInFlight;
        m_engine->inspect({id, id}).then(this, [this, id](const Result<docker::ImageDetails> &is) {
            --m_platformsInFlight;
            if (is) {
                m_images.setPlatform(id, platformText(*is));
            } else {
                m_platformsAsked.erase(id);
            }
            askPlatforms();
        });
    }
}

// ---- Commands

void ImagesController::tag(const std::string &id, const std::string &name)
{
    if (ImageRowPointer row = m_images.find(id)) {
        docker::Command command = tagging(*row, name);
        enqueue({std::move(row), ImageWork::Tagging, {std::move(command)}});
    }
}

void ImagesController::untag(const std::string &id, const std::string &tag)
{
    if (ImageRowPointer row = m_images.find(id)) {
        enqueue({std::move(row), ImageWork::Untagging, {untagging(tag)}});
    }
}

void ImagesController::remove(const ImageRows &rows, const std::set<std::string> &forced)
{
    for (const ImageRowPointer &row : rows) {
        const auto commands = removalOf(*row, forced.contains(row->id()));
        enqueue({row, ImageWork::Removing, {commands.begin(), commands.end()}});
    }
}

void ImagesController::enqueue(Job job)
{
    m_images.setPending({job.row->id()}, job.work);
    m_queue.push_back(std::move(job));
    sendNext();
}

void ImagesController::sendNext()
{
    while (m_inFlight < mostJobs && !m_queue.empty()) {
        const auto job = std::make_shared<Job>(std::move(m_queue.front()));
        m_queue.pop_front();
        ++m_inFlight;
        continueJob(job);
    }
}

void ImagesController::continueJob(const std::shared_ptr<Job> &job)
{
    const docker::Command command = std::move(job->commands.front());
    job->commands.pop_front();
    m_engine->run(command, {}).then(this, [this, job](const Result<std::string> &result) {
        if (result && !job->commands.empty()) {
            continueJob(job);
            return;
        }
        --m_inFlight;
        finish(*job, result ? std::nullopt : std::optional<Error>(result.error()));
        sendNext();
    });
}

void ImagesController::finish(const Job &job, const std::optional<Error> &error)
{
    m_images.setPending({job.row->id()}, ImageWork::None);
    if (!error) {
        Q_EMIT succeeded(job.row, job.work);
    } else if (error->kind != ErrorKind::Cancelled) {
        // With what uses it now: that is what the engine spoke of.
        const ImageRowPointer now = m_images.find(job.row->id());
        Q_EMIT failed(now ? now : job.row, job.work, *error);
    }
}

// ---- News

void ImagesController::checkAllNews()
{
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < m_images.size(); ++i) {
        ids.push_back(m_images.rowAt(i)->id());
    }
    checkNews(ids);
}

void ImagesController::checkNews(const std::vector<std::string> &ids)
{
    for (const ImageRowPointer &row : rowsOf(ids)) {
        for (const std::string &tag : row->tags) {
            // What no registry has given a digest was made here.
            std::vector<std::string> digests;
            for (const std::string &digest : row->summary.digests) {
                const std::size_t at = digest.find('@');
                if (at != std::string::npos &&
                    std::string_view(digest).substr(0, at) == splitTag(tag).repository) {
                    digests.push_back(digest.substr(at + 1));
                }
            }
            if (!digests.empty()) {
                m_newsQueue.push_back({row->id(), tag, std::move(digests)});
            }
        }
    }
    if (m_newsInFlight == 0) {
        m_newsNewer = 0;
        m_newsFailed = 0;
        if (m_newsQueue.empty()) {
            Q_EMIT newsChecked(0, 0);
        }
    }
    askNews();
}

void ImagesController::askNews()
{
    while (m_newsInFlight < mostNewsQuestions && !m_newsQueue.empty()) {
        const NewsQuestion question = std::move(m_newsQueue.front());
        m_newsQueue.pop_front();
        ++m_newsInFlight;
        m_engine->atRegistry({question.tag, question.tag})
            .then(this, [this, question](const Result<docker::DistributionDetails> &answer) {
                takeNews(question, answer);
            });
    }
}

void ImagesController::takeNews(const NewsQuestion &question,
                                const Result<docker::DistributionDetails> &answer)
{
    --m_newsInFlight;
    if (!answer) {
        ++m_newsFailed;
    } else if (const ImageRowPointer row = m_images.find(question.id)) {
        const bool isNewer = !std::ranges::contains(question.digests, answer->digest);
        m_newsNewer += isNewer ? 1 : 0;
        // One tag that has moved is news, whatever the others say.
        if (isNewer || row->news != ImageNews::Newer) {
            m_images.setNews(question.id, isNewer ? ImageNews::Newer : ImageNews::Current);
        }
    }
    askNews();
    if (m_newsInFlight == 0) {
        Q_EMIT newsChecked(m_newsNewer, m_newsFailed);
    }
}

} // namespace roadstead::ui
