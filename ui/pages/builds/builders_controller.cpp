// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/builders_controller.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr std::chrono::seconds inspectPatience{60};

} // namespace

BuildersController::BuildersController(BuildEngine *engine, service::BuildxTool *tool,
                                       QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_tool(tool)
    , m_list(&m_model)
{
}

ListState BuildersController::state() const
{
    if (m_builders.empty()) {
        return m_problem ? ListState::Away : m_isListed ? ListState::Empty : ListState::Loading;
    }
    return m_list.rowCount() == 0 ? ListState::NoResult : ListState::Rows;
}

const build::Builder *BuildersController::builder(const std::string &name) const
{
    const auto row = m_model.find(name);
    return row ? &row->builder() : nullptr;
}

std::string BuildersController::current() const
{
    for (const build::Builder &each : m_builders) {
        if (each.isCurrent.value_or(false)) {
            return each.name;
        }
    }
    return {};
}

QString BuildersController::line(docker::BuilderVerb verb, const std::string &name)
{
    return QString::fromStdString(
        docker::commandLine(docker::BuilderCommand{verb, name}.arguments()));
}

void BuildersController::refresh()
{
    const quint64 generation = ++m_generation;
    service::listBuilders(m_tool, m_engine->cliEngine())
        .then(this, [this, generation](const Result<service::Builders> &builders) {
            if (generation == m_generation) {
                take(builders);
            }
        });
}

void BuildersController::take(const Result<service::Builders> &builders)
{
    m_isListed = true;
    m_problem.reset();
    if (builders) {
        m_builders = *builders;
    } else {
        m_problem = builders.error();
    }
    show();
}

void BuildersController::show()
{
    std::vector<BuilderSource> sources;
    sources.reserve(m_builders.size());
    for (const build::Builder &each : m_builders) {
        sources.push_back({each, m_pending.contains(each.name)});
    }
    m_model.applyBuilders(std::move(sources));
    Q_EMIT changed();
}

void BuildersController::create(const docker::CreateBuilder &wanted)
{
    run(wanted.arguments(), docker::CreateBuilder::operation, wanted.name);
}

void BuildersController::perform(docker::BuilderVerb verb, const std::string &name)
{
    const docker::BuilderCommand command{verb, name};
    run(command.arguments(), command.operation(), name);
}

void BuildersController::run(const docker::Arguments &arguments, std::string_view operation,
                             const std::string &name)
{
    m_pending.insert(name);
    show();
    const auto running = m_tool->run(m_engine->cliEngine(), arguments, std::string(operation));
    const quint64 record = m_engine->recordStarted(
        QString::fromStdString(docker::commandLine(arguments)), [running] { running.cancel(); });
    running.then(
        this, [this, record, name, operation](const Result<service::BuildxOutput> &output) {
            m_engine->recordFinished(record,
                                     output ? std::nullopt : std::optional<Error>(output.error()));
            m_pending.erase(name);
            show();
            refresh();
            const QString shown = QString::fromStdString(name);
            if (!output) {
                Q_EMIT failed(shown, output.error());
            } else if (operation == docker::CreateBuilder::operation) {
                Q_EMIT created(shown);
            } else if (operation ==
                       docker::BuilderCommand{docker::BuilderVerb::Remove, {}}.operation()) {
                Q_EMIT removed(shown);
            }
        });
}

service::Operation<service::BuildxOutput> BuildersController::inspect(const std::string &name)
{
    const docker::BuilderCommand command{docker::BuilderVerb::Inspect, name};
    return m_tool->run(m_engine->cliEngine(), command.arguments(), std::string(command.operation()),
                       inspectPatience);
}

} // namespace roadstead::ui
