// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/image_list_model.h"
#include "ui/models/images_model.h"
#include "ui/pages/images/image_action.h"
#include "ui/pages/images/image_engine.h"
#include "ui/pages/list_state.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <set>
#include <string>
#include <vector>

namespace roadstead::ui {

/// What the images take, each layer counted once; -1 = not known.
struct ImageTotals
{
    std::int64_t all = -1;
    std::int64_t inUse = -1;
    std::int64_t unused = -1;   ///< what would be free without them: layers of theirs alone
    std::int64_t untagged = -1; ///< the same
    bool operator==(const ImageTotals &) const = default;
};

/// The images page without its widgets: feeds the models from the engine, asks what is dear only
/// while it is looked at, and sends commands. GUI thread only.
class ImagesController : public QObject
{
    Q_OBJECT
public:
    /// `engine` must outlive this. `wallClock` yields seconds since the epoch.
    ImagesController(ImageEngine *engine, ImagesModel::Clock wallClock, QObject *parent = nullptr);
    ~ImagesController() override;

    [[nodiscard]] ImageEngine *engine() const { return m_engine; }
    [[nodiscard]] ImagesModel *images() { return &m_images; }
    [[nodiscard]] ImageListModel *list() { return &m_list; }
    [[nodiscard]] const ImageListModel *list() const { return &m_list; }
    [[nodiscard]] ListState state() const;
    /// What is shown may be out of date: the engine is not there, or does not answer.
    [[nodiscard]] bool isStale() const;
    [[nodiscard]] ImageRows rowsOf(const std::vector<std::string> &ids) const;
    [[nodiscard]] const ImageTotals &totals() const { return m_totals; }
    /// Tagged as `name` already; null for none.
    [[nodiscard]] ImageRowPointer holderOf(const std::string &name) const;

    /// While wanted, sizes are asked again after each change of the list, as soon as it rests.
    void setSizesWanted(bool wanted);
    /// The images of which the platform is to be seen; asked once for each.
    void setPlatformsWanted(const std::vector<std::string> &ids);

    void tag(const std::string &id, const std::string &name);
    void untag(const std::string &id, const std::string &tag);
    /// With all their tags; `forced` are those that stopped containers may lose.
    void remove(const ImageRows &rows, const std::set<std::string> &forced);

    /// Looks whether the tags of these still mean the same in their registries.
    void checkNews(const std::vector<std::string> &ids);
    void checkAllNews();
    [[nodiscard]] bool isCheckingNews() const { return m_newsInFlight > 0; }

Q_SIGNALS:
    void stateChanged();
    void totalsChanged();
    void newsChecked(int newer, int failed); ///< a round has ended
    void failed(const roadstead::ui::ImageRowPointer &row, roadstead::ui::ImageWork work,
                const roadstead::Error &error);
    void succeeded(const roadstead::ui::ImageRowPointer &row, roadstead::ui::ImageWork work);

private:
    /// The commands for one image, one after the other.
    struct Job
    {
        ImageRowPointer row;
        ImageWork work;
        std::deque<docker::Command> commands;
    };
    struct NewsQuestion
    {
        std::string id;
        std::string tag;
        std::vector<std::string> digests;
    };

    void takeLists();
    void askSizes();
    void takeSizes(const docker::DiskUsage &usage);
    void recountTotals();
    void askPlatforms();
    void enqueue(Job job);
    void sendNext();
    void continueJob(const std::shared_ptr<Job> &job);
    void finish(const Job &job, const std::optional<Error> &error);
    void askNews();
    void takeNews(const NewsQuestion &question, const Result<docker::DistributionDetails> &answer);

    ImageEngine *m_engine;
    ImagesModel m_images;
    ImageListModel m_list;
    service::EngineSession::Images m_shownImages;
    service::EngineSession::Containers m_shownContainers;
    ImageTotals m_totals;
    std::int64_t m_layersSize = -1;
    bool m_sizesWanted = false;
    bool m_askingSizes = false;
    QTimer m_sizesDue;
    std::deque<std::string> m_platformsWanted;
    std::set<std::string> m_platformsAsked;
    int m_platformsInFlight = 0;
    std::deque<Job> m_queue;
    int m_inFlight = 0;
    std::deque<NewsQuestion> m_newsQueue;
    int m_newsInFlight = 0;
    int m_newsNewer = 0;
    int m_newsFailed = 0;
};

} // namespace roadstead::ui
