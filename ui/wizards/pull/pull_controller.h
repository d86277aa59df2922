// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/docker/image.h"
#include "engine/registry/api/documents.h"
#include "engine/service/engine_session.h"
#include "engine/service/trust/guarded_images.h"
#include "ui/models/pull_layers.h"
#include "ui/text/error_text.h"
#include "ui/text/registry_text.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// Decides what the pull wizard shows and does; no widgets. What it does goes on when nobody looks.
/// GUI thread only.
class PullController : public QObject
{
    Q_OBJECT
public:
    enum class Step {
        Editing, ///< ended by pull()
        Pulling, ///< ended by the engine, or by cancel()
        Done     ///< ended by edit()
    };
    using SearchResults = std::vector<docker::SearchResult>;

    /// What it needs of an engine.
    struct Parts
    {
        std::function<service::Operation<std::string>(const docker::Command &,
                                                      service::EngineSession::ProgressReceiver)>
            run;
        std::function<service::Operation<SearchResults>(const std::string &term, int limit)> search;
        std::function<QStringList()> knownNames; ///< of images that are here, as they are
        /// The first page of the tags of a repository ("docker.io", "library/nginx"); empty = not
        /// to be had.
        std::function<service::Operation<registry::NamePage>(const std::string &registry,
                                                             const std::string &repository)>
            tags{};
        service::TrustDesk *trust = nullptr; ///< must outlive this; null = no policy
    };

    explicit PullController(Parts parts, QObject *parent = nullptr);
    ~PullController() override;

    void setTyped(const QString &typed);
    /// The same, of a name that was chosen elsewhere with one click.
    void offer(const QString &reference);
    /// Whether a person typed something that is not carried out.
    [[nodiscard]] bool isFilled() const;
    [[nodiscard]] const QString &typed() const { return m_typed; }
    void setPlatform(const QString &platform); ///< empty = the engine's own
    [[nodiscard]] const QString &platform() const { return m_platform; }
    [[nodiscard]] QString problem() const;         ///< of what is typed, in words
    [[nodiscard]] QString platformProblem() const; ///< of the platform
    [[nodiscard]] QString line() const; ///< what will run; empty while there is a problem
    /// What may be meant: the images that are here, and the tags of the repository that is typed.
    [[nodiscard]] QStringList completions() const { return m_parts.knownNames() + m_tagged; }

    [[nodiscard]] const SearchResults &found() const { return m_found; }
    [[nodiscard]] bool isSearching() const { return m_searching; }
    /// What was searched for; empty before the first search.
    [[nodiscard]] const QString &searched() const { return m_searched; }
    /// Why there are no results; display text.
    [[nodiscard]] const QString &searchProblem() const { return m_searchProblem; }

    /// Pulls, or says that it cannot: then problem() tells why. `isDecided`: although the policy
    /// asked.
    bool pull(bool isDecided = false);
    void cancel();
    void edit(); ///< back to the form, as it was
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] const PullLayers &layers() const { return m_layers; }
    [[nodiscard]] const docker::ImageName &image() const { return m_image; } ///< of the last pull
    [[nodiscard]] const std::optional<Explanation> &failure() const { return m_failure; }
    /// What would mend it at registry().
    [[nodiscard]] RegistryRemedy remedy() const { return m_remedy; }
    [[nodiscard]] std::string registry() const; ///< of the last pull
    /// What the policy holds back, and why; none where it does not.
    [[nodiscard]] const std::optional<trust::Verdict> &held() const { return m_held; }
    [[nodiscard]] bool mayDecide() const { return m_mayDecide; } ///< pull(true) would go on
    /// While it is pulling: the signature is being checked before.
    [[nodiscard]] bool isChecking() const { return m_images.isChecking(); }
    /// What was found out about what was pulled; none = nothing was checked.
    [[nodiscard]] const std::optional<trust::Verdict> &verdict() const
    {
        return m_images.verdict();
    }

Q_SIGNALS:
    void typedChanged();  ///< or the platform
    void searchChanged(); ///< results, or that a search is under way
    void completionsChanged();
    void stepChanged();
    void progressChanged(); ///< at most ten times a second

private:
    [[nodiscard]] QString searchTerm() const;
    void search();
    void findTags();
    void setStep(Step step);
    void take(const Result<std::string> &result);
    void explain(const Error &error);
    void forgetHeld();

    Parts m_parts;
    QString m_typed;
    QString m_offered;
    QString m_platform;
    Step m_step = Step::Editing;
    docker::ImageName m_image;
    PullLayers m_layers;
    service::GuardedImages m_images;
    service::Operation<std::string> m_operation;
    std::optional<trust::Verdict> m_held;
    bool m_mayDecide = false;
    std::optional<Explanation> m_failure;
    RegistryRemedy m_remedy = RegistryRemedy::None;
    QTimer m_progressPause;
    QTimer m_typingRests;
    SearchResults m_found;
    QString m_searched;
    QString m_searchProblem;
    bool m_searching = false;
    QString m_repository; ///< whose tags were asked for, as it was typed
    QStringList m_tagged; ///< m_repository with each of its tags
    unsigned m_searchGeneration = 0;
};

} // namespace roadstead::ui
