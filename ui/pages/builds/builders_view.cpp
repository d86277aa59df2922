// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/builders_view.h"

#include "ui/pages/builds/builder_pane.h"
#include "ui/pages/builds/builders_controller.h"
#include "ui/pages/builds/cell_delegate.h"
#include "ui/pages/builds/list_stack.h"
#include "ui/pages/list_table.h"
#include "ui/text/error_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/side_pane.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int builderFilterWidth = 216;

QList<ListColumn> builderColumns()
{
    QList<ListColumn> columns(BuilderColumn::Count);
    columns[BuilderColumn::Name] = {.width = 180, .narrowest = 130, .stretch = 1};
    columns[BuilderColumn::Status] = {.width = 136};
    columns[BuilderColumn::Driver] = {.width = 130, .dropped = 3};
    columns[BuilderColumn::Nodes] = {.width = 60, .dropped = 2, .numbers = true};
    columns[BuilderColumn::Platforms] = {
        .width = 200, .narrowest = 110, .stretch = 2, .dropped = 1};
    columns[BuilderColumn::LastUsed] = {.width = 104, .dropped = 4, .numbers = true};
    return columns;
}

QList<CellLook> builderLooks()
{
    QList<CellLook> looks(BuilderColumn::Count);
    looks[BuilderColumn::Name] = {.weight = QFont::Medium};
    looks[BuilderColumn::Driver] = {.tone = Color::Text2};
    looks[BuilderColumn::Nodes] = {.numbers = true};
    looks[BuilderColumn::Platforms] = {.tone = Color::Text2};
    looks[BuilderColumn::LastUsed] = {.tone = Color::Text2, .numbers = true};
    return looks;
}

} // namespace

BuildersView::BuildersView(BuildersController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_table(new ListTable({.name = u"buildersTable"_s,
                             .label = tr("Builders"),
                             .settings = u"builders"_s,
                             .columns = builderColumns(),
                             .model = controller->list(),
                             .delegate = new CellDelegate(builderLooks(), {})}))
{
    setObjectName(u"buildersView"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildToolbar(column);
    column->addWidget(new Separator);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_stack = new ListStack(
        m_table,
        {.away = u"buildersAway"_s, .empty = u"noBuilders"_s, .noMatch = u"noBuilderMatches"_s});
    buildStates();
    m_pane = new BuilderPane(controller);
    m_side = new SidePane(u"buildersSplit"_s, u"builders/pane"_s, m_stack, m_pane);
    column->addWidget(m_side, 1);
    m_table->setCurrentMarked(m_side->isOpen());
    connect(m_side, &SidePane::openChanged, m_table, &ListTable::setCurrentMarked);
    connect(m_pane, &BuilderPane::closeWanted, this, [this] { setPaneOpen(false); });
    connect(m_pane, &BuilderPane::verbWanted, this, &BuildersView::verbWanted);
    connect(m_table, &ListTable::currentKeyChanged, this,
            [this] { m_pane->setBuilder(m_table->currentKey()); });
    connect(m_table, &ListTable::opened, this, [this] { setPaneOpen(true); });
    connect(m_table, &ListTable::menuWanted, this,
            [this](const std::vector<std::string> &names, QPoint position) {
                if (names.size() == 1) {
                    showMenu(names.front(), position);
                }
            });
    connect(controller, &BuildersController::changed, this, &BuildersView::refresh);
    connect(controller->list(), &FlatListModelBase::arrangementChanged, this,
            &BuildersView::refresh);
    m_table->restoreLayout();
    refresh();
}

void BuildersView::buildToolbar(QBoxLayout *layout)
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(space::s4, space::s2, space::s4, space::s2 + 2);
    row->setSpacing(space::s2);
    m_filter = new SearchField(u"builderFilter"_s, tr("Filter builders"), u"funnel"_s);
    m_filter->setMaximumWidth(scaled(builderFilterWidth));
    row->addWidget(m_filter, 1);
    row->addStretch();
    auto *again = new IconButton(u"refreshBuilders"_s, u"arrow-clockwise"_s, tr("Read again"));
    again->setBordered(true);
    auto *create = new Button(u"createBuilder"_s, tr("Create builder…"));
    create->setIconName(u"plus-lg"_s);
    setCommandHint(create, u"docker buildx create …"_s);
    row->addWidget(create);
    row->addWidget(again);
    layout->addWidget(bar);
    connect(m_filter, &SearchField::settled, this,
            [this](const QString &text) { m_controller->list()->setFilterText(text); });
    connect(create, &QAbstractButton::clicked, this, &BuildersView::createWanted);
    connect(again, &QAbstractButton::clicked, m_controller, &BuildersController::refresh);
}

void BuildersView::buildStates()
{
    m_stack->noMatch()->setTexts(tr("No builder matches"), tr("The filter hides them all."));
    m_stack->empty()->setIconName(u"hammer"_s);
    m_stack->empty()->setTexts(tr("No builders"),
                               tr("buildx knows none. Create one to build with it."));
    m_stack->empty()->setPrimary(tr("Create builder…"), u"plus-lg"_s);
    connect(m_stack, &ListStack::againWanted, m_controller, &BuildersController::refresh);
    connect(m_stack->empty(), &EmptyState::primaryPressed, this, &BuildersView::createWanted);
    connect(m_stack, &ListStack::clearWanted, this, [this] {
        m_filter->clear();
        m_controller->list()->setFilterText({});
    });
}

void BuildersView::refresh()
{
    const ListState state = m_controller->state();
    if (state == ListState::Away) {
        const Error &error = *m_controller->problem();
        const Explanation words = describe(error);
        const bool isMissing = error.kind == ErrorKind::NotInstalled;
        m_stack->away()->setTexts(
            isMissing ? tr("buildx is not installed") : words.title,
            isMissing ? tr("Builders belong to it. Install docker-buildx (Debian: docker-buildx, "
                           "Docker's own: docker-buildx-plugin).")
                      : words.body());
    }
    m_stack->showState(state);
    m_pane->refresh();
}

void BuildersView::showMenu(const std::string &name, QPoint position)
{
    const build::Builder *builder = m_controller->builder(name);
    if (builder == nullptr) {
        return;
    }
    using Verb = docker::BuilderVerb;
    auto *menu = new QMenu(this);
    menu->setObjectName(u"builderMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this, menu, name](Verb verb, const char *object, const QString &text,
                                        bool enabled) {
        QAction *line = menu->addAction(text);
        line->setObjectName(QLatin1StringView(object));
        line->setEnabled(enabled);
        setCommandHint(line, BuildersController::line(verb, name));
        connect(line, &QAction::triggered, this,
                [this, verb, name] { Q_EMIT verbWanted(verb, name); });
    };
    add(Verb::Use, "menuUseBuilder", tr("Use"), !builder->isCurrent.value_or(false));
    add(Verb::Stop, "menuStopBuilder", tr("Stop"),
        isRemovable(*builder) && stateOf(*builder) == BuilderState::Running);
    menu->addSeparator();
    add(Verb::Remove, "menuRemoveBuilder", tr("Remove…"), isRemovable(*builder));
    menu->popup(position);
}

void BuildersView::setPaneOpen(bool open)
{
    if (open && m_table->currentKey().empty()) {
        const std::vector<std::string> shown = m_table->visibleKeys();
        m_table->setCurrentKey(shown.empty() ? std::string() : shown.front());
    }
    m_pane->setBuilder(m_table->currentKey());
    m_side->setOpen(open);
    if (!open) {
        m_table->setFocus(Qt::OtherFocusReason);
    }
}

void BuildersView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_controller->refresh();
    refresh();
}

void BuildersView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_side->isOpen()) {
        setPaneOpen(false);
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace roadstead::ui
