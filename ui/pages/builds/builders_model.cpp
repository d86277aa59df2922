// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/builders_model.h"

#include "ui/pages/builds/cell_delegate.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

struct BuilderWords
{
    Q_DECLARE_TR_FUNCTIONS(BuilderWords)
};

QString lastUsedText(const build::Builder &builder)
{
    return builder.lastUsed ? momentText(QDateTime::fromSecsSinceEpoch(builder.lastUsed->seconds()),
                                         QDateTime::currentDateTime())
                            : unknownText();
}

QString builderCellText(const build::Builder &builder, int column)
{
    switch (column) {
    case BuilderColumn::Name:
        return displayText(builder.name, 120);
    case BuilderColumn::Status:
        return builderStateText(stateOf(builder));
    case BuilderColumn::Driver:
        return builder.driver.empty() ? unknownText() : displayText(builder.driver, 60);
    case BuilderColumn::Nodes:
        return numberText(qint64(builder.nodes.size()));
    case BuilderColumn::Platforms:
        return platformsText(builder);
    case BuilderColumn::LastUsed:
        return lastUsedText(builder);
    default:
        return {};
    }
}

QString builderTip(const build::Builder &builder, int column)
{
    if (column == BuilderColumn::Platforms) {
        return platformsText(builder, 60);
    }
    if (column == BuilderColumn::Driver) {
        return driverText(builder.driver);
    }
    if (!builder.error.empty()) {
        return displayText(builder.error);
    }
    for (const build::BuilderNode &node : builder.nodes) {
        if (!node.error.empty()) {
            return displayText(node.error);
        }
    }
    return displayText(builder.name);
}

QVariant builderCell(const BuilderRow &row, int column, int role)
{
    const build::Builder &builder = row.builder();
    switch (role) {
    case MarkRole:
        return column == BuilderColumn::Status
                   ? QVariant(
                         int(row.source.isPending ? StateMark::Busy : markOf(stateOf(builder))))
                   : QVariant();
    case BadgeRole:
        return column == BuilderColumn::Name && builder.isCurrent.value_or(false)
                   ? QVariant(BuilderWords::tr("In use"))
                   : QVariant();
    case BusyRole:
        return row.source.isPending;
    case Qt::ToolTipRole:
        return builderTip(builder, column);
    case Qt::AccessibleTextRole:
        if (column == BuilderColumn::Name) {
            const QString text =
                BuilderWords::tr("%1, %2, %3")
                    .arg(displayText(builder.name, 120), builderStateText(stateOf(builder)),
                         displayText(builder.driver, 60));
            return builder.isCurrent.value_or(false) ? text + u", "_s + BuilderWords::tr("in use")
                                                     : text;
        }
        [[fallthrough]];
    case Qt::DisplayRole:
        return builderCellText(builder, column);
    default:
        return {};
    }
}

} // namespace

BuilderState stateOf(const build::Builder &builder)
{
    const auto holds = [&builder](std::string_view status) {
        return std::ranges::any_of(builder.nodes, [status](const build::BuilderNode &node) {
            return node.status == status;
        });
    };
    const bool hasError = std::ranges::any_of(
        builder.nodes, [](const build::BuilderNode &node) { return !node.error.empty(); });
    if (!builder.error.empty() || hasError || holds("error")) {
        return BuilderState::Failed;
    }
    return holds("running")   ? BuilderState::Running
           : holds("stopped") ? BuilderState::Stopped
                              : BuilderState::Inactive;
}

QString builderStateText(BuilderState state)
{
    switch (state) {
    case BuilderState::Running:
        return BuilderWords::tr("Running");
    case BuilderState::Inactive:
        return BuilderWords::tr("Not started");
    case BuilderState::Stopped:
        return BuilderWords::tr("Stopped");
    case BuilderState::Failed:
        return BuilderWords::tr("Not reachable");
    }
    return {};
}

StateMark markOf(BuilderState state)
{
    switch (state) {
    case BuilderState::Running:
        return StateMark::Running;
    case BuilderState::Inactive:
        return StateMark::Waiting;
    case BuilderState::Stopped:
        return StateMark::Exited;
    case BuilderState::Failed:
        return StateMark::Error;
    }
    return StateMark::Waiting;
}

QString driverText(const std::string &driver)
{
    if (driver == "docker") {
        return BuilderWords::tr("The engine's own BuildKit");
    }
    if (driver == "docker-container") {
        return BuilderWords::tr("BuildKit in a container of its own");
    }
    if (driver == "kubernetes") {
        return BuilderWords::tr("BuildKit in a Kubernetes cluster");
    }
    if (driver == "remote") {
        return BuilderWords::tr("A BuildKit that runs elsewhere");
    }
    return displayText(driver, 60);
}

QString platformsText(const build::Builder &builder, int most)
{
    QStringList all;
    for (const build::BuilderNode &node : builder.nodes) {
        for (const std::string &platform : node.platforms) {
            const QString text = displayText(platform, 60);
            if (!all.contains(text)) {
                all.append(text);
            }
        }
    }
    if (all.isEmpty()) {
        return unknownText();
    }
    const int more = int(all.size()) - most;
    const QString first = all.mid(0, most).join(u", "_s);
    return more > 0 ? BuilderWords::tr("%1 and %n more", nullptr, more).arg(first) : first;
}

bool isRemovable(const build::Builder &builder)
{
    return !builder.driver.empty() && builder.driver != "docker";
}

BuilderRow::BuilderRow(const Source &from)
    : source(from)
{
    haystack = QStringList{displayText(builder().name), displayText(builder().driver),
                           builderStateText(stateOf(builder())), platformsText(builder(), 60)}
                   .join(u'\n')
                   .toCaseFolded();
}

BuilderRow::BuilderRow(const Source &from, const BuilderRow &)
    : BuilderRow(from)
{
}

void BuildersModel::applyBuilders(std::vector<BuilderSource> builders)
{
    std::ranges::sort(builders, {}, &BuilderRow::keyOf);
    apply(builders);
}

int BuildersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(BuilderColumn::Count);
}

QVariant BuildersModel::data(const QModelIndex &index, int role) const
{
    return index.isValid() ? builderCell(*rowAt(std::size_t(index.row())), index.column(), role)
                           : QVariant();
}

QVariant BuildersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case BuilderColumn::Name:
        return tr("Name");
    case BuilderColumn::Status:
        return tr("Status");
    case BuilderColumn::Driver:
        return tr("Driver");
    case BuilderColumn::Nodes:
        return tr("Nodes");
    case BuilderColumn::Platforms:
        return tr("Platforms");
    case BuilderColumn::LastUsed:
        return tr("Last used");
    default:
        return {};
    }
}

BuilderList::BuilderList(BuildersModel *source, QObject *parent)
    : FlatListModel<BuilderRow>(source, parent)
    , m_builders(source)
{
    takeSnapshot();
}

QVariant BuilderList::data(const QModelIndex &index, int role) const
{
    const RowPointer row = index.isValid() ? rowAt(index.row()) : nullptr;
    return row ? builderCell(*row, index.column(), role) : QVariant();
}

int BuilderList::compare(const BuilderRow &left, const BuilderRow &right) const
{
    const build::Builder &a = left.builder();
    const build::Builder &b = right.builder();
    switch (sortColumn()) {
    case BuilderColumn::Nodes:
        return int(a.nodes.size()) - int(b.nodes.size());
    case BuilderColumn::LastUsed:
        return a.lastUsed == b.lastUsed ? 0 : a.lastUsed < b.lastUsed ? -1 : 1;
    default:
        return builderCellText(a, sortColumn())
            .localeAwareCompare(builderCellText(b, sortColumn()));
    }
}

bool BuilderList::recount()
{
    return std::exchange(m_count, m_builders->size()) != m_builders->size();
}

} // namespace roadstead::ui
