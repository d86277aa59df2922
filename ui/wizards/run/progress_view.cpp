// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/progress_view.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/wizards/frame/layers_view.h"
#include "ui/wizards/run/run_controller.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {

using Step = RunController::Step;

constexpr int columnWidth = 560;

StateMark markOf(Step own, Step now)
{
    if (now == own) {
        return StateMark::Busy;
    }
    return int(now) > int(own) && now != Step::Undoing ? StateMark::Done : StateMark::Waiting;
}

} // namespace

ProgressView::ProgressView(RunController *controller, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_controller(controller)
    , m_title(new Label({}, FontRole::Title))
    , m_steps(new QVBoxLayout)
    , m_check(addStep(tr("Check who signed the image")))
    , m_pull(addStep(tr("Pull the image")))
    , m_layers(new LayersView)
    , m_result(new QWidget)
    , m_ports(new QVBoxLayout)
    , m_details(
          new Button(QStringLiteral("runDetails"), tr("Show the container"), ButtonKind::Primary))
    , m_again(new Button(QStringLiteral("runAnother"), tr("Run another")))
{
    setObjectName(QStringLiteral("runProgress"));
    auto *outer = new QHBoxLayout(this);
    outer->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    auto *column = new QVBoxLayout;
    column->setSpacing(space::s4);
    outer->addLayout(column);
    outer->addStretch(1);
    m_title->setWordWrap(true);
    m_title->setMinimumWidth(scaled(columnWidth));
    column->addWidget(m_title);
    m_steps->setSpacing(space::s2);
    column->addLayout(m_steps);

    m_steps->addWidget(m_layers);
    m_create = addStep(tr("Create the container"));
    m_start = addStep(tr("Start it"));

    auto *result = new QVBoxLayout(m_result);
    result->setContentsMargins(0, 0, 0, 0);
    result->setSpacing(space::s3);
    m_ports->setSpacing(space::s1);
    result->addLayout(m_ports);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s2);
    buttons->addWidget(m_details);
    buttons->addWidget(m_again);
    buttons->addStretch(1);
    result->addLayout(buttons);
    column->addWidget(m_result);
    column->addStretch(1);

    connect(m_details, &Button::clicked, this,
            [this] { Q_EMIT detailsWanted(m_controller->containerId()); });
    connect(m_again, &Button::clicked, this, &ProgressView::againWanted);
    connect(controller, &RunController::stepChanged, this, &ProgressView::refresh);
    connect(controller, &RunController::progressChanged, this, &ProgressView::refreshLayers);
    connect(controller, &RunController::checksChanged, this, &ProgressView::refreshPorts);
    refresh();
}

QWidget *ProgressView::firstButton() const
{
    return m_details;
}

ProgressView::StepLine ProgressView::addStep(const QString &text)
{
    StepLine step{new QWidget, new MarkLabel(StateMark::Waiting), new Label(text)};
    auto *row = new QHBoxLayout(step.line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    row->addWidget(step.mark);
    row->addWidget(step.text, 1);
    m_steps->addWidget(step.line);
    return step;
}

void ProgressView::refresh()
{
    const Step now = m_controller->step();
    if (now == Step::Editing) {
        return; // the form is shown
    }
    const bool isDone = now == Step::Done;
    const bool onlyCreates = m_controller->deed() == RunController::Deed::CreateOnly;
    m_pull.line->setVisible(m_controller->pulls());
    m_layers->setVisible(m_controller->pulls() && now == Step::Pulling);
    m_start.line->setVisible(!onlyCreates);
    m_check.line->setVisible(m_controller->checksImage());
    m_check.mark->setMark(markOf(Step::Checking, now));
    m_pull.mark->setMark(markOf(Step::Pulling, now));
    m_create.mark->setMark(markOf(Step::Creating, now));
    m_start.mark->setMark(now == Step::Undoing ? StateMark::Failed : markOf(Step::Starting, now));
    m_result->setVisible(isDone);
    const QString subject =
        isDone ? m_controller->containerName() : displayText(m_controller->form().image);
    m_title->setText(now == Step::Undoing ? tr("Removing the container that did not start")
                     : !isDone            ? tr("Running %1").arg(subject)
                     : onlyCreates        ? tr("%1 is created").arg(subject)
                                          : tr("%1 is running").arg(subject));
    refreshLayers();
    refreshPorts();
}

void ProgressView::refreshLayers()
{
    if (m_controller->step() != Step::Pulling) {
        return;
    }
    m_layers->setLayers(m_controller->pullLayers());
}

void ProgressView::refreshPorts()
{
    if (m_controller->step() != Step::Done) {
        return;
    }
    for (QWidget *line : std::as_const(m_portLines)) {
        line->hide();
        line->deleteLater();
    }
    m_portLines.clear();
    for (const docker::Port &port : m_controller->publishedPorts()) {
        const QString address = port.ip.empty() || port.ip == "0.0.0.0" || port.ip == "::"
                                    ? QStringLiteral("localhost")
                                    : displayText(port.ip, 64);
        auto *link = new LinkButton(QStringLiteral("openPort%1").arg(m_portLines.size()),
                                    tr("%1:%2 leads to port %3 of the container")
                                        .arg(address)
                                        .arg(port.publicPort)
                                        .arg(port.privatePort));
        connect(link, &LinkButton::clicked, this, [this, port] { Q_EMIT portWanted(port); });
        m_ports->addWidget(link, 0, Qt::AlignLeft);
        m_portLines.append(link);
    }
}

} // namespace roadstead::ui
