// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/buildx_builder.h"
#include "engine/service/build/builder_listing.h"
#include "engine/service/build/buildx_tool.h"
#include "ui/pages/builds/builders_model.h"
#include "ui/pages/list_state.h"
#include "ui/wizards/build/build_engine.h"

#include <QObject>
#include <QString>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace roadstead::ui {

/// The builders of buildx, and what is done with them. Every change is read again before it counts
/// as done. No widgets. GUI thread.
class BuildersController : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive this.
    BuildersController(BuildEngine *engine, service::BuildxTool *tool, QObject *parent = nullptr);

    [[nodiscard]] BuildersModel *model() { return &m_model; }
    [[nodiscard]] BuilderList *list() { return &m_list; }
    /// Away = buildx told none; problem() says why.
    [[nodiscard]] ListState state() const;
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    /// Null when there is no such builder.
    [[nodiscard]] const build::Builder *builder(const std::string &name) const;
    [[nodiscard]] std::string current() const; ///< empty = not known

    void refresh();
    void create(const docker::CreateBuilder &wanted);
    void perform(docker::BuilderVerb verb, const std::string &name);
    /// What buildx says of it, as it prints it.
    service::Operation<service::BuildxOutput> inspect(const std::string &name);
    /// The command line for it.
    [[nodiscard]] static QString line(docker::BuilderVerb verb, const std::string &name);

Q_SIGNALS:
    void changed();
    void created(const QString &name);
    void removed(const QString &name);
    void failed(const QString &name, const roadstead::Error &error);

private:
    void take(const Result<service::Builders> &builders);
    void show();
    void run(const docker::Arguments &arguments, std::string_view operation,
             const std::string &name);

    BuildEngine *m_engine;
    service::BuildxTool *m_tool;
    BuildersModel m_model;
    BuilderList m_list;
    std::vector<build::Builder> m_builders;
    std::set<std::string> m_pending;
    std::optional<Error> m_problem;
    quint64 m_generation = 0; ///< of the question for the list
    bool m_isListed = false;
};

} // namespace roadstead::ui
