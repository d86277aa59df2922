// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/commit/commit_result.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/wizards/commit/commit_controller.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {
constexpr int resultWidth = 560;
} // namespace

CommitResult::CommitResult(CommitController *controller, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_controller(controller)
    , m_mark(new MarkLabel(StateMark::Busy))
    , m_title(new Label({}, FontRole::Title))
    , m_text(new Label({}, FontRole::Body, Color::Text2))
    , m_facts(new QWidget)
    , m_name(new ElidedLabel({}, FontRole::Mono))
    , m_id(new ElidedLabel({}, FontRole::Mono))
    , m_size(new ElidedLabel)
    , m_run(new Button(QStringLiteral("runCommitted"), tr("Run a container from it…"),
                       ButtonKind::Primary))
    , m_copy(new Button(QStringLiteral("copyImageId"), tr("Copy the id")))
    , m_again(new Button(QStringLiteral("commitAgain"), tr("Back to the form")))
{
    setObjectName(QStringLiteral("commitResult"));
    auto *outer = new QHBoxLayout(this);
    outer->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    auto *column = new QVBoxLayout;
    column->setSpacing(space::s3);
    outer->addLayout(column);
    outer->addStretch(1);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::s2);
    head->addWidget(m_mark);
    m_title->setObjectName(QStringLiteral("commitTitle"));
    m_title->setWordWrap(true);
    m_title->setMinimumWidth(scaled(resultWidth));
    head->addWidget(m_title, 1);
    column->addLayout(head);
    m_text->setWordWrap(true);
    column->addWidget(m_text);
    auto *facts = new QGridLayout(m_facts);
    facts->setContentsMargins(0, 0, 0, 0);
    facts->setHorizontalSpacing(space::s4);
    facts->setVerticalSpacing(space::s2);
    facts->setColumnStretch(1, 1);
    addFact(facts, tr("Name"), m_name)->setObjectName(QStringLiteral("committedName"));
    addFact(facts, tr("Id"), m_id)->setObjectName(QStringLiteral("committedId"));
    addFact(facts, tr("Size"), m_size)->setObjectName(QStringLiteral("committedSize"));
    column->addWidget(m_facts);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s2);
    m_run->setIconName(QStringLiteral("play"));
    for (Button *button : {m_run, m_copy, m_again}) {
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addStretch(1);
    connect(m_run, &Button::clicked, this, [this] {
        Q_EMIT runWanted(QString::fromStdString(m_controller->imageName().empty()
                                                    ? m_controller->imageId()
                                                    : m_controller->imageName()));
    });
    connect(m_copy, &Button::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(QString::fromStdString(m_controller->imageId()));
    });
    connect(m_again, &Button::clicked, controller, &CommitController::edit);
    connect(controller, &CommitController::stepChanged, this, &CommitResult::refresh);
    connect(controller, &CommitController::changed, this, &CommitResult::refreshSize);
    refresh();
}

QWidget *CommitResult::addFact(QGridLayout *facts, const QString &caption, ElidedLabel *value)
{
    const int row = facts->rowCount();
    facts->addWidget(new Label(caption, FontRole::Body, Color::Text3), row, 0);
    facts->addWidget(value, row, 1);
    return value;
}

QWidget *CommitResult::firstButton() const
{
    return m_run;
}

void CommitResult::refresh()
{
    const bool isDone = m_controller->step() == CommitController::Step::Done;
    const QString container = m_controller->containerName();
    m_mark->setMark(isDone ? StateMark::Done : StateMark::Busy);
    m_title->setText(isDone ? tr("%1 is committed").arg(container)
                            : tr("Committing %1").arg(container));
    m_text->setText(isDone ? tr("The image holds what the container's files were. What is in its "
                                "volumes is not part of it.")
                           : tr("The engine reads the container's files. You can leave this page; "
                                "it goes on."));
    m_facts->setVisible(isDone);
    for (Button *button : {m_run, m_copy, m_again}) {
        button->setVisible(isDone);
    }
    if (isDone) {
        const std::string &name = m_controller->imageName();
        m_name->setFullText(name.empty() ? tr("none") : displayText(name));
        m_id->setFullText(displayText(m_controller->imageId()));
        refreshSize();
        if (isVisible()) {
            announce(this, m_title->text());
        }
    }
}

/// The list of images may come to know it a moment later.
void CommitResult::refreshSize()
{
    m_size->setFullText(diskSizeText(m_controller->imageSize().value_or(-1)));
}

} // namespace roadstead::ui
