// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/build_steps.h"

#include "ui/pages/builds/build_comparison.h"
#include "ui/pages/builds/cell_delegate.h"
#include "ui/pages/builds/step_delegate.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/text/terminal_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"
#include "ui/wizards/build/build_picture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int stepIndexRole = Qt::UserRole + 100;
constexpr int stepsShare = 260;
constexpr int outputShare = 200;

QString stepTime(const service::KeptStep &step)
{
    switch (step.state) {
    case build::StepState::Cached:
        return BuildSteps::tr("cached");
    case build::StepState::Waiting:
        return BuildSteps::tr("not begun");
    case build::StepState::Cancelled:
        return BuildSteps::tr("cancelled");
    case build::StepState::Failed:
        return step.milliseconds < 0
                   ? BuildSteps::tr("failed")
                   : BuildSteps::tr("failed, %1").arg(elapsedText(step.milliseconds));
    default:
        return step.milliseconds < 0 ? unknownText() : elapsedText(step.milliseconds);
    }
}

} // namespace

QPlainTextEdit *makeOutputText(const QString &name, const QString &label)
{
    auto *output = new QPlainTextEdit;
    output->setObjectName(name);
    output->setAccessibleName(label);
    output->setReadOnly(true);
    output->setFrameShape(QFrame::NoFrame);
    output->setLayoutDirection(Qt::LeftToRight);
    output->setLineWrapMode(QPlainTextEdit::NoWrap);
    output->setTabChangesFocus(true);
    output->document()->setDocumentMargin(space::s3);
    const auto restyle = [output] {
        output->setFont(ui::font(FontRole::Mono));
        QPalette colors = output->palette();
        colors.setColor(QPalette::Base, color(Color::BgSunken));
        output->setPalette(colors);
    };
    restyle();
    QObject::connect(&Theme::instance(), &Theme::changed, output, restyle);
    return output;
}

BuildSteps::BuildSteps(QWidget *parent)
    : QWidget(parent)
    , m_steps(new QTreeWidget)
    , m_mark(new MarkLabel(StateMark::Waiting))
    , m_name(new ElidedLabel({}, FontRole::Mono))
    , m_copy(new IconButton(u"copyBuildStep"_s, u"copy"_s, tr("Copy what the step printed")))
    , m_clipped(new Label({}, FontRole::Small, Color::Text2))
    , m_output(makeOutputText(u"buildStepOutput"_s, tr("What the step printed")))
{
    setObjectName(u"buildStepsTab"_s);
    m_steps->setObjectName(u"buildStepList"_s);
    m_steps->setAccessibleName(tr("Steps"));
    m_steps->setColumnCount(2);
    m_steps->setHeaderHidden(true);
    m_steps->setRootIsDecorated(false);
    m_steps->setUniformRowHeights(true);
    m_steps->setAllColumnsShowFocus(true);
    m_steps->setFrameShape(QFrame::NoFrame);
    m_steps->setItemDelegate(new StepDelegate(space::s4, m_steps));
    m_steps->header()->setStretchLastSection(false);
    m_steps->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_steps->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);

    auto *box = new QWidget;
    auto *lower = new QVBoxLayout(box);
    lower->setContentsMargins(0, 0, 0, 0);
    lower->setSpacing(0);
    auto *head = new Surface(Color::BgSurface);
    head->setLines(Qt::TopEdge | Qt::BottomEdge);
    head->setFixedHeight(heightFor(FontRole::Body, size::cardHeader));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(space::s4, 0, space::s2, 0);
    row->setSpacing(space::s2);
    row->addWidget(m_mark);
    row->addWidget(m_name, 1);
    row->addWidget(m_clipped);
    row->addWidget(m_copy);
    m_clipped->setObjectName(u"buildStepClipped"_s);
    m_clipped->setText(tr("its last lines"));
    lower->addWidget(head);
    lower->addWidget(m_output, 1);

    auto *both = new QSplitter(Qt::Vertical);
    both->setChildrenCollapsible(false);
    both->addWidget(m_steps);
    both->addWidget(box);
    both->setSizes({stepsShare, outputShare});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(both);
    connect(m_steps, &QTreeWidget::currentItemChanged, this, &BuildSteps::showOutput);
    connect(m_copy, &IconButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_output->toPlainText()); });
    showOutput();
}

void BuildSteps::clear()
{
    m_kept = {};
    m_steps->clear();
    showOutput();
}

void BuildSteps::setKept(const service::KeptBuild &kept)
{
    m_steps->clear();
    m_kept = kept;
    QTreeWidgetItem *wanted = nullptr;
    for (std::size_t i = 0; i < m_kept.steps.size(); ++i) {
        const service::KeptStep &step = m_kept.steps[i];
        if (step.isInternal && step.state != build::StepState::Failed) {
            continue;
        }
        const StepPair pair{.after = step};
        auto *item = new QTreeWidgetItem(m_steps, {pair.text(), stepTime(step)});
        item->setData(0, MarkRole, int(markOf(step.state)));
        item->setData(0, Qt::AccessibleTextRole, pair.text() + u", "_s + stepTime(step));
        item->setData(0, stepIndexRole, qulonglong(i));
        item->setToolTip(0, plainTip(pair.text()));
        item->setData(1, QuietRole, step.state != build::StepState::Failed);
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        const bool isFailed = step.state == build::StepState::Failed;
        wanted = wanted == nullptr || isFailed ? item : wanted;
    }
    m_steps->setCurrentItem(wanted);
    showOutput();
}

const service::KeptStep *BuildSteps::current() const
{
    const QTreeWidgetItem *item = m_steps->currentItem();
    const std::size_t index =
        item != nullptr ? std::size_t(item->data(0, stepIndexRole).toULongLong()) : 0;
    return item != nullptr && index < m_kept.steps.size() ? &m_kept.steps[index] : nullptr;
}

void BuildSteps::showOutput()
{
    const service::KeptStep *step = current();
    m_copy->setEnabled(step != nullptr && !step->lines.empty());
    m_clipped->setVisible(step != nullptr && step->isClipped);
    if (step == nullptr) {
        m_mark->setMark(StateMark::Waiting);
        m_name->setFullText(tr("No step is chosen"));
        m_output->clear();
        m_output->setPlaceholderText({});
        return;
    }
    m_mark->setMark(markOf(step->state));
    m_name->setFullText(displayText(step->words, 300));
    QStringList lines;
    for (const std::string &line : step->lines) {
        lines.append(terminalText(line));
    }
    if (!step->error.empty()) {
        lines.append(displayText(step->error, 2'000));
    }
    m_output->setPlaceholderText(silenceText(step->state));
    m_output->setPlainText(lines.join(u'\n'));
}

} // namespace roadstead::ui
