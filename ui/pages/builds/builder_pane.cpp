// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/builder_pane.h"

#include "ui/pages/builds/build_steps.h"
#include "ui/pages/builds/builders_controller.h"
#include "ui/pages/builds/pane_frame.h"
#include "ui/pages/card_rows.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/text/terminal_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tab_bar.h"

#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollArea>
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
    , m_frame(new PaneFrame({.name = u"builder"_s,
                             .none = tr("No builder chosen"),
                             .hint = tr("Choose one in the list to see its details."),
                             .tabs = tr("Parts of the builder")}))
{
    setObjectName(u"builderPane"_s);
    setAccessibleName(tr("Details"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_frame);
    buildActions();
    auto *holder = new QWidget;
    m_place = new QVBoxLayout(holder);
    m_place->setContentsMargins(space::s4, space::s2 + 2, space::s4, space::s4);
    auto *overview = PaneFrame::scrolled(u"builderScroll"_s, tr("Overview"), holder);
    m_inspected = makeOutputText(u"builderInspect"_s, tr("What buildx says"));
    m_frame->addTab(tr("Overview"), overview);
    m_frame->addTab(tr("Inspect"), m_inspected);
    connect(m_frame, &PaneFrame::closeWanted, this, &BuilderPane::closeWanted);
    connect(m_frame->tabs(), &QTabBar::currentChanged, this, [this, overview](int index) {
        m_frame->showPart(index == 0 ? static_cast<QWidget *>(overview) : m_inspected);
        if (index == 1) {
            inspect();
        }
    });
}

void BuilderPane::buildActions()
{
    m_current = new Badge(tr("In use"), Tone::Accent);
    m_frame->addBadge(m_current);
    m_use = new Button(u"useBuilder"_s, tr("Use"));
    m_use->setIconName(u"check-lg"_s);
    m_stop = new Button(u"stopBuilder"_s, tr("Stop"));
    m_stop->setIconName(u"stop"_s);
    m_remove = new Button(u"removeBuilder"_s, tr("Remove…"), ButtonKind::Danger);
    using Verb = docker::BuilderVerb;
    for (const auto &[button, verb] : {std::pair(m_use, Verb::Use), std::pair(m_stop, Verb::Stop),
                                       std::pair(m_remove, Verb::Remove)}) {
        m_frame->addAction(button);
        setCommandHint(button, [this, verb] { return BuildersController::line(verb, m_name); });
        connect(button, &QAbstractButton::clicked, this,
                [this, verb] { Q_EMIT verbWanted(verb, m_name); });
    }
}

QWidget *BuilderPane::firstPlace() const
{
    return m_frame->tabs();
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
    if (isOther && m_frame->tabs()->currentIndex() == 1) {
        inspect();
    }
}

void BuilderPane::refresh()
{
    const build::Builder *builder = m_controller->builder(m_name);
    m_frame->setChosen(builder != nullptr);
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
    m_frame->setTitle(displayText(builder.name, 120));
    setAccessibleName(tr("Builder %1").arg(displayText(builder.name, 120)));
    m_frame->setState(builderStateText(stateOf(builder)), toneOf(stateOf(builder)));
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
