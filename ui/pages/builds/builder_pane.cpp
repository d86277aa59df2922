// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/builder_pane.h"

#include "ui/pages/builds/build_steps.h"
#include "ui/pages/builds/builders_controller.h"
#include "ui/pages/card_rows.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/text/terminal_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tab_bar.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

Tone toneOf(BuilderState state)
{
    return state == BuilderState::Running  ? Tone::Ok
           : state == BuilderState::Failed ? Tone::Danger
                                           : Tone::Neutral;
}

QString wordsOf(const std::vector<std::string> &texts)
{
    QStringList words;
    for (const std::string &text : texts) {
        words.append(displayText(text, 120));
    }
    return words.join(u", "_s);
}

} // namespace

BuilderPane::BuilderPane(BuildersController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_stack(new QStackedLayout(this))
{
    setObjectName(u"builderPane"_s);
    setAccessibleName(tr("Details"));
    m_stack->setContentsMargins(0, 0, 0, 0);
    auto *none = new EmptyState(u"builderPaneEmpty"_s);
    none->setIconName(u"layout-sidebar-reverse"_s);
    none->setTexts(tr("No builder chosen"), tr("Choose one in the list to see its details."));
    m_none = none;
    m_stack->addWidget(m_none);
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(new Separator);
    m_parts = new QStackedLayout;
    auto *scroll = new QScrollArea;
    scroll->setObjectName(u"builderScroll"_s);
    scroll->setAccessibleName(tr("Overview"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *holder = new QWidget;
    m_place = new QVBoxLayout(holder);
    m_place->setContentsMargins(space::s4, space::s2 + 2, space::s4, space::s4);
    scroll->setWidget(holder);
    m_inspected = makeOutputText(u"builderInspect"_s, tr("What buildx says"));
    m_parts->addWidget(scroll);
    m_parts->addWidget(m_inspected);
    column->addLayout(m_parts, 1);
    m_stack->addWidget(body);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_parts->setCurrentIndex(index);
        if (index == 1) {
            inspect();
        }
    });
}

QWidget *BuilderPane::buildHead()
{
    auto *head = new QWidget;
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(space::s4, space::s3, space::s4, 0);
    column->setSpacing(space::s1);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    m_title = new ElidedLabel({}, FontRole::Section);
    m_title->setObjectName(u"builderTitle"_s);
    m_state = new Badge({});
    m_state->setObjectName(u"builderState"_s);
    m_current = new Badge(tr("In use"), Tone::Accent);
    auto *close = new IconButton(u"builderPaneClose"_s, u"x-lg"_s, tr("Close the details"));
    close->setLabel(tr("Close the details"), keysFor(Keys::Clear).constFirst());
    row->addWidget(m_title);
    row->addWidget(m_state);
    row->addWidget(m_current);
    row->addStretch(1);
    row->addWidget(close);
    column->addLayout(row);
    auto *actions = new QWidget;
    auto *flow = new FlowLayout(actions);
    flow->setContentsMargins(0, space::s1, 0, space::s1);
    flow->setSpacing(space::s2);
    m_use = new Button(u"useBuilder"_s, tr("Use"));
    m_use->setIconName(u"check-lg"_s);
    m_stop = new Button(u"stopBuilder"_s, tr("Stop"));
    m_stop->setIconName(u"stop"_s);
    m_remove = new Button(u"removeBuilder"_s, tr("Remove…"), ButtonKind::Danger);
    using Verb = docker::BuilderVerb;
    for (const auto &[button, verb] : {std::pair(m_use, Verb::Use), std::pair(m_stop, Verb::Stop),
                                       std::pair(m_remove, Verb::Remove)}) {
        flow->addWidget(button);
        setCommandHint(button, [this, verb] { return BuildersController::line(verb, m_name); });
        connect(button, &QAbstractButton::clicked, this,
                [this, verb] { Q_EMIT verbWanted(verb, m_name); });
    }
    column->addWidget(actions);
    m_tabs = new TabBar(u"builderTabs"_s, tr("Parts of the builder"));
    m_tabs->addTab(tr("Overview"));
    m_tabs->addTab(tr("Inspect"));
    column->addWidget(m_tabs);
    connect(close, &QAbstractButton::clicked, this, &BuilderPane::closeWanted);
    return head;
}

QWidget *BuilderPane::firstPlace() const
{
    return m_tabs;
}

void BuilderPane::setBuilder(const std::string &name)
{
    const bool isOther = name != m_name;
    m_name = name;
    if (isOther) {
        ++m_generation;
        m_inspected->clear();
    }
    refresh();
    if (isOther && m_tabs->currentIndex() == 1) {
        inspect();
    }
}

void BuilderPane::refresh()
{
    const build::Builder *builder = m_controller->builder(m_name);
    m_stack->setCurrentIndex(builder != nullptr ? 1 : 0);
    if (builder == nullptr) {
        m_shown.reset();
        return;
    }
    const bool isPending = m_controller->model()->find(m_name)->source.isPending;
    const bool isCurrent = builder->isCurrent.value_or(false);
    m_use->setEnabled(!isPending && !isCurrent);
    m_stop->setEnabled(!isPending && isRemovable(*builder) &&
                       stateOf(*builder) == BuilderState::Running && builder->driver != "remote");
    m_remove->setEnabled(!isPending && isRemovable(*builder));
    m_current->setVisible(isCurrent);
    if (m_shown != *builder) {
        fill(*builder);
    }
}

void BuilderPane::fill(const build::Builder &builder)
{
    m_shown = builder;
    m_title->setFullText(displayText(builder.name, 120));
    setAccessibleName(tr("Builder %1").arg(displayText(builder.name, 120)));
    m_state->setText(builderStateText(stateOf(builder)));
    m_state->setTone(toneOf(stateOf(builder)));
    if (m_facts != nullptr) {
        m_facts->hide();
        m_facts->deleteLater();
    }
    m_facts = new QWidget;
    auto *column = new QVBoxLayout(m_facts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s3);
    auto *facts = new QVBoxLayout;
    facts->setSpacing(0);
    addPair(facts, tr("Driver"), displayText(builder.driver, 60), true);
    addPair(facts, {}, driverText(builder.driver), false);
    if (builder.lastUsed) {
        addPair(facts, tr("Last used"),
                QLocale().toString(QDateTime::fromSecsSinceEpoch(builder.lastUsed->seconds()),
                                   QLocale::LongFormat),
                false);
    }
    column->addLayout(facts);
    if (!builder.error.empty()) {
        auto *error = new Label(displayText(builder.error, 1'000), FontRole::Small, Color::Danger);
        error->setObjectName(u"builderError"_s);
        error->setWordWrap(true);
        column->addWidget(error);
    }
    for (const build::BuilderNode &node : builder.nodes) {
        addNode(column, node);
    }
    column->addStretch(1);
    m_place->addWidget(m_facts);
}

void BuilderPane::addNode(QVBoxLayout *column, const build::BuilderNode &node)
{
    auto *card = new Card(tr("Node %1").arg(displayText(node.name, 80)));
    card->setNote(displayText(node.status, 40));
    card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *rows = new QVBoxLayout;
    rows->setContentsMargins(space::s3, 0, space::s3, space::s2);
    rows->setSpacing(0);
    const auto add = [rows](const QString &caption, const QString &value) {
        if (!value.isEmpty()) {
            addPair(rows, caption, value, true);
        }
    };
    add(tr("Endpoint"), displayText(node.endpoint, 300));
    add(tr("BuildKit"), displayText(node.version, 80));
    add(tr("Platforms"), wordsOf(node.platforms));
    for (const auto &[name, value] : node.options) {
        add(tr("Option"), displayText(name + "=" + value, 300));
    }
    add(tr("Flags"), wordsOf(node.flags));
    if (!node.error.empty()) {
        auto *error = new Label(displayText(node.error, 1'000), FontRole::Small, Color::Danger);
        error->setWordWrap(true);
        rows->addWidget(error);
    }
    card->body()->addLayout(rows);
    column->addWidget(card);
}

void BuilderPane::inspect()
{
    if (m_name.empty()) {
        return;
    }
    const quint64 generation = ++m_generation;
    m_controller->inspect(m_name).then(
        this, [this, generation](const Result<service::BuildxOutput> &output) {
            if (generation != m_generation) {
                return;
            }
            m_inspected->setPlainText(
                output ? terminalText(output->printed)
                       : describe(output.error(), QString::fromStdString(m_name)).body());
        });
}

} // namespace roadstead::ui
