// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/compare_view.h"

#include "ui/pages/builds/build_row.h"
#include "ui/pages/builds/cell_delegate.h"
#include "ui/pages/builds/history_controller.h"
#include "ui/pages/builds/step_delegate.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"
#include "ui/wizards/build/build_picture.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

enum CompareColumn {
    StepColumn,
    BeforeColumn,
    AfterColumn,
    LongerColumn,
    WhyColumn,
    CompareColumns
};
constexpr int optionRowsAtMost = 9;
constexpr int sideColumnWidth = 118;
constexpr int longerColumnWidth = 92;

QTreeWidget *compareTable(const QString &name, const QString &label, const QStringList &heads)
{
    auto *table = new QTreeWidget;
    table->setObjectName(name);
    table->setAccessibleName(label);
    table->setColumnCount(int(heads.size()));
    table->setHeaderLabels(heads);
    table->setRootIsDecorated(false);
    table->setUniformRowHeights(true);
    table->setAllColumnsShowFocus(true);
    table->setFrameShape(QFrame::NoFrame);
    table->setItemDelegate(new StepDelegate(space::s2, table));
    table->header()->setStretchLastSection(false);
    table->header()->setSectionsMovable(false);
    return table;
}

QString sideText(const std::optional<service::KeptStep> &step)
{
    if (!step) {
        return unknownText();
    }
    switch (step->state) {
    case build::StepState::Cached:
        return CompareView::tr("cached");
    case build::StepState::Failed:
        return CompareView::tr("failed");
    case build::StepState::Waiting:
        return CompareView::tr("not begun");
    case build::StepState::Cancelled:
        return CompareView::tr("cancelled");
    default:
        return step->milliseconds < 0 ? CompareView::tr("done") : elapsedText(step->milliseconds);
    }
}

QString longerText(const StepPair &pair)
{
    const auto longer = pair.longer();
    if (!longer || *longer == 0) {
        return unknownText();
    }
    return (*longer > 0 ? u"+"_s : u"−"_s) + elapsedText(std::abs(*longer));
}

QString buildTitle(const BuildRecord &record)
{
    return u"%1, %2"_s.arg(record.shownName(), momentText(record.startedAt.toLocalTime(),
                                                          QDateTime::currentDateTime()));
}

} // namespace

CompareView::CompareView(HistoryController *controller, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_controller(controller)
    , m_title(new Label({}, FontRole::Title))
    , m_verdict(new Label({}, FontRole::Body, Color::Text2))
    , m_optionsCard(new Card(tr("Asked for differently")))
    , m_stepsCard(new Card(tr("Steps")))
    , m_options(compareTable(u"compareOptions"_s, tr("Options that differ"),
                             {tr("Option"), tr("Older"), tr("Newer")}))
    , m_steps(compareTable(u"compareSteps"_s, tr("Steps of both builds"),
                           {tr("Step"), tr("Older"), tr("Newer"), tr("Difference"), tr("Why")}))
    , m_same(new Label(tr("Nothing: both were asked for the same."), FontRole::Body, Color::Text2))
{
    setObjectName(u"compareBuildsView"_s);
    setAccessibleName(tr("Comparison of two builds"));
    makeHead();
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s4);
    column->setSpacing(space::s3);
    m_options->header()->setSectionResizeMode(QHeaderView::Stretch);
    m_options->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_same->setContentsMargins(space::s3, 0, space::s3, space::s3);
    m_optionsCard->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    for (Card *card : {m_optionsCard, m_stepsCard}) {
        card->body()->setContentsMargins(1, 0, 1, space::s1); // its line and corners stay
    }
    m_optionsCard->body()->addWidget(m_options);
    m_optionsCard->body()->addWidget(m_same);
    QHeaderView *head = m_steps->header();
    head->setSectionResizeMode(QHeaderView::Stretch);
    for (const auto &[section, width] :
         {std::pair(BeforeColumn, sideColumnWidth), std::pair(AfterColumn, sideColumnWidth),
          std::pair(LongerColumn, longerColumnWidth)}) {
        head->setSectionResizeMode(section, QHeaderView::Fixed);
        head->resizeSection(section, scaled(width));
    }
    m_steps->headerItem()->setTextAlignment(LongerColumn, Qt::AlignRight | Qt::AlignVCenter);
    m_stepsCard->body()->addWidget(m_steps, 1);
    column->addWidget(m_optionsCard);
    column->addWidget(m_stepsCard, 1);
    column->addStretch(0);
    static_cast<QVBoxLayout *>(layout())->addWidget(body, 1);
}

void CompareView::makeHead()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QWidget;
    auto *rows = new QVBoxLayout(head);
    rows->setContentsMargins(space::s4, space::s2, space::s4, space::s3);
    rows->setSpacing(space::s1);
    auto *crumbs = new QHBoxLayout;
    crumbs->setSpacing(space::s2);
    auto *back = new LinkButton(u"crumbBuilds"_s, tr("Builds"));
    crumbs->addWidget(back);
    crumbs->addWidget(new Label(u"›  "_s + tr("Compare"), FontRole::Small, Color::Text2), 1);
    rows->addLayout(crumbs);
    m_title->setObjectName(u"compareTitle"_s);
    m_title->setWordWrap(true);
    m_verdict->setObjectName(u"compareVerdict"_s);
    m_verdict->setWordWrap(true);
    rows->addWidget(m_title);
    rows->addWidget(m_verdict);
    column->addWidget(head);
    column->addWidget(new Separator);
    connect(back, &QAbstractButton::clicked, this, &CompareView::backWanted);
}

void CompareView::compare(const std::string &left, const std::string &right)
{
    const BuildRecord *one = m_controller->record(left);
    const BuildRecord *other = m_controller->record(right);
    if (one == nullptr || other == nullptr) {
        Q_EMIT backWanted();
        return;
    }
    m_left = *one;
    m_right = *other;
    m_leftSteps.reset();
    m_rightSteps.reset();
    show();
    const quint64 generation = ++m_generation;
    m_controller->steps(left).then(
        this, [this, generation, right](const Result<service::KeptBuild> &kept) {
            if (generation == m_generation) {
                m_leftSteps = kept ? std::optional(*kept) : std::nullopt;
                readRight(generation, right);
            }
        });
}

void CompareView::readRight(quint64 generation, const std::string &right)
{
    m_controller->steps(right).then(
        this, [this, generation](const Result<service::KeptBuild> &kept) {
            if (generation == m_generation) {
                m_rightSteps = kept ? std::optional(*kept) : std::nullopt;
                show();
            }
        });
}

void CompareView::show()
{
    m_comparison = comparisonOf(m_left, m_leftSteps, m_right, m_rightSteps);
    m_title->setText(
        tr("%1  and  %2").arg(buildTitle(m_comparison.before), buildTitle(m_comparison.after)));
    m_verdict->setText(m_comparison.verdict);
    fillOptions();
    fillSteps();
}

void CompareView::fillOptions()
{
    m_options->clear();
    for (const OptionDifference &each : std::as_const(m_comparison.options)) {
        const auto shown = [](const QString &value) {
            return value.isEmpty() ? CompareView::tr("not set") : value;
        };
        auto *item =
            new QTreeWidgetItem(m_options, {each.name, shown(each.before), shown(each.after)});
        for (int i = 1; i < 3; ++i) {
            item->setData(i, QuietRole, (i == 1 ? each.before : each.after).isEmpty());
            item->setToolTip(i, plainTip(item->text(i)));
        }
    }
    const int count = int(m_comparison.options.size());
    m_same->setVisible(count == 0);
    m_options->setVisible(count > 0);
    const int rows = qMin(count, optionRowsAtMost);
    const int row = heightFor(FontRole::Body, 28);
    m_options->setFixedHeight(rows * row + heightFor(FontRole::Body, size::tableHeader) + 2);
}

void CompareView::fillSteps()
{
    m_steps->clear();
    for (const StepPair &pair : std::as_const(m_comparison.steps)) {
        auto *item =
            new QTreeWidgetItem(m_steps, {pair.text(), sideText(pair.before), sideText(pair.after),
                                          longerText(pair), pair.reason});
        if (pair.before) {
            item->setData(BeforeColumn, MarkRole, int(markOf(pair.before->state)));
        }
        if (pair.after) {
            item->setData(AfterColumn, MarkRole, int(markOf(pair.after->state)));
        }
        item->setTextAlignment(LongerColumn, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(StepColumn, plainTip(pair.text()));
        item->setToolTip(WhyColumn, plainTip(pair.reason));
        item->setData(WhyColumn, QuietRole, true);
    }
    if (m_comparison.firstMiss) {
        m_steps->setCurrentItem(m_steps->topLevelItem(int(*m_comparison.firstMiss)));
    }
    m_stepsCard->setVisible(m_comparison.hasSteps);
}

void CompareView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT backWanted();
        return;
    }
    Surface::keyPressEvent(event);
}

} // namespace roadstead::ui
