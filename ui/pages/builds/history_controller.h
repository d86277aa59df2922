// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/buildx_listings.h"
#include "engine/service/build/builder_probe.h"
#include "engine/service/build/buildx_tool.h"
#include "ui/pages/builds/builds_model.h"
#include "ui/wizards/build/build_engine.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace roadstead::ui {

/// The builds that were done here, and what the builder in use remembers besides, once each.
[[nodiscard]] std::vector<BuildRecord>
mergedBuilds(const QList<BuildRecord> &own, const std::vector<build::EngineBuild> &builders);

/// What is behind the list of builds. No widgets. GUI thread.
class HistoryController : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        BuildEngine *engine = nullptr; ///< all of them must outlive this
        BuildHistory *history = nullptr;
        service::BuildxTool *tool = nullptr;
    };
    explicit HistoryController(const Parts &parts, QObject *parent = nullptr);
    ~HistoryController() override;

    [[nodiscard]] BuildsModel *builds() { return &m_model; }
    [[nodiscard]] BuildList *list() { return &m_list; }
    [[nodiscard]] bool isLoaded() const { return m_history->isLoaded(); }
    /// Nothing when there is no such build (any more).
    [[nodiscard]] const BuildRecord *record(const std::string &id) const;
    /// About what builders remember, a sentence; empty = nothing is to be said.
    [[nodiscard]] const QString &note() const { return m_note; }
    /// Asks the builder in use what it remembers, where buildx can; which it is asked once.
    void refresh();
    /// Kept here, or asked of the builder.
    service::Operation<service::KeptBuild> steps(const std::string &id);
    /// The image that a build made, where the engine still has it; else empty.
    [[nodiscard]] std::string imageOf(const BuildRecord &record) const;
    void remove(const std::vector<std::string> &ids);

Q_SIGNALS:
    void stateChanged(); ///< loaded, or another note
    void failed(const QString &subject, const roadstead::Error &error);

private:
    void ask();
    void take(const Result<service::BuildxOutput> &output);
    void update();
    void setNote(const QString &note);

    BuildEngine *m_engine;
    BuildHistory *m_history;
    service::BuildxTool *m_tool;
    BuildsModel m_model;
    BuildList m_list;
    std::unique_ptr<service::BuilderProbe> m_probe;
    std::optional<service::BuilderFacts> m_facts;
    std::vector<build::EngineBuild> m_remembered;
    QString m_note;
    bool m_asking = false;
};

} // namespace roadstead::ui
