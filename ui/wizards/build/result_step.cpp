// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/result_step.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/wizards/build/build_controller.h"
#include "ui/wizards/build/build_picture.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int resultWidth = 640;

} // namespace

ResultStep::ResultStep(BuildController *controller, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_controller(controller)
    , m_mark(new MarkLabel(StateMark::Done, 20))
    , m_title(new Label({}, FontRole::Title))
    , m_text(new Label)
    , m_facts(new Label({}, FontRole::Mono, Color::Text2))
    , m_line(new CommandStrip)
    , m_run(new Button(u"runBuilt"_s, tr("Run"), ButtonKind::Primary))
    , m_push(new Button(u"pushBuilt"_s, tr("Push…")))
    , m_edit(new Button(u"editDockerfile"_s, tr("Edit the Dockerfile"), ButtonKind::Primary))
    , m_mend(new Button(u"buildFailureMend"_s, remedyText(RegistryRemedy::SignIn),
                        ButtonKind::Primary))
    , m_steps(new Button(u"showBuildSteps"_s, tr("Show the steps")))
{
    setObjectName(u"buildResult"_s);
    auto *outer = new QHBoxLayout(this);
    outer->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    auto *column = new QVBoxLayout;
    column->setSpacing(space::s4);
    outer->addLayout(column);
    outer->addStretch(1);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::s3);
    m_title->setObjectName(u"buildResultTitle"_s);
    m_title->setMinimumWidth(scaled(resultWidth));
    m_title->setWordWrap(true);
    head->addWidget(m_mark, 0, Qt::AlignTop);
    head->addWidget(m_title, 1);
    column->addLayout(head);
    m_text->setObjectName(u"buildResultText"_s);
    for (Label *label : {m_text, m_facts}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    }
    column->addWidget(m_line);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s2);
    m_run->setIconName(u"play"_s);
    m_push->setIconName(u"upload"_s);
    m_edit->setIconName(u"pencil"_s);
    for (Button *button : {m_run, m_push, m_mend, m_edit, m_steps}) {
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addStretch(1);
    connect(m_steps, &Button::clicked, this, &ResultStep::stepsWanted);
    connect(m_run, &Button::clicked, this, [this] {
        const auto &tags = m_controller->run()->build().tags;
        Q_EMIT runWanted(QString::fromStdString(tags.empty() ? m_controller->run()->imageDigest()
                                                             : tags.front()));
    });
    connect(m_push, &Button::clicked, this, [this] {
        Q_EMIT pushWanted(QString::fromStdString(m_controller->run()->build().tags.front()));
    });
    connect(m_mend, &Button::clicked, this, [this] {
        if (const auto trouble = m_controller->registryTrouble()) {
            Q_EMIT mendWanted(m_controller->remedy(), trouble->registry);
        }
    });
    connect(m_edit, &Button::clicked, this, [this] {
        const auto &failure = m_controller->run()->snapshot().failure;
        Q_EMIT editWanted(failure ? failure->firstLine : 0);
    });
}

QWidget *ResultStep::firstButton() const
{
    for (Button *button : {m_run, m_mend, m_edit}) {
        if (button->isVisibleTo(this)) {
            return button;
        }
    }
    return m_steps;
}

void ResultStep::refresh()
{
    using service::BuildState;
    const service::BuildRun *run = m_controller->run();
    if (run == nullptr || run->state() == BuildState::Running) {
        return;
    }
    const auto failure = m_controller->failure();
    const bool isBuilt = run->state() == BuildState::Succeeded;
    const auto &build = run->build();
    m_mark->setMark(isBuilt ? StateMark::Done : failure ? StateMark::Error : StateMark::Exited);
    const QString name = build.tags.empty() ? tr("The image") : displayText(build.tags.front());
    m_title->setText(isBuilt   ? tr("%1 is built").arg(name)
                     : failure ? failure->title
                               : tr("The build was stopped"));
    const auto picture = pictureOf(m_controller->dockerfile(), build.target, run->snapshot(), {});
    const QString took = elapsedText(run->startedAt().msecsTo(run->endedAt()));
    m_text->setText(isBuilt ? tr("%1 of %2 steps came from the cache. It took %3.")
                                  .arg(picture.cached)
                                  .arg(picture.total)
                                  .arg(took)
                    : failure ? failure->body()
                              : tr("Nothing was changed. What was built so far stays in the build "
                                   "cache."));
    QStringList facts;
    for (const std::string &tag : build.tags) {
        facts << displayText(tag);
    }
    if (!run->imageDigest().empty()) {
        facts << displayText(run->imageDigest(), 80);
    }
    m_facts->setText(facts.join(u'\n'));
    m_facts->setVisible(isBuilt && !facts.isEmpty());
    m_line->setCommand(m_controller->line());
    const bool isHere = isBuilt && build.destination == docker::BuildDestination::Engine;
    m_run->setVisible(isHere);
    m_push->setVisible(isHere && !build.tags.empty());
    const QString mend = remedyText(m_controller->remedy());
    m_mend->setVisible(!mend.isEmpty());
    if (!mend.isEmpty()) {
        m_mend->setText(mend);
        m_mend->setAccessibleName(mend);
    }
    m_edit->setLook(mend.isEmpty() ? ButtonKind::Primary : ButtonKind::Normal);
    m_edit->setVisible(failure.has_value() && run->error()->kind != ErrorKind::NotInstalled &&
                       !isRemoteContext(build.context)); // which is not here
}

} // namespace roadstead::ui
