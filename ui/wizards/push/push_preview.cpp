// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/push/push_preview.h"

#include "engine/docker/command.h"
#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"
#include "ui/wizards/push/push_controller.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

PushPreview::PushPreview(PushController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
{
    setObjectName(u"pushPreview"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s3);
    column->addWidget(makeFailure());
    column->addWidget(makeName());
    auto *run = new Card(tr("What will run"));
    run->body()->setContentsMargins(space::s3, space::s2, space::s3, space::s3);
    m_lines = new Label({}, FontRole::Mono);
    m_lines->setObjectName(u"pushLines"_s);
    m_lines->setWordWrap(true);
    m_lines->setTextInteractionFlags(Qt::TextSelectableByMouse);
    run->body()->addWidget(m_lines);
    column->addWidget(run);
    auto *note = new Label(tr("Before anything is sent, the registry is asked whether you may push "
                              "there. Layers that it has already are not sent again. The push goes "
                              "on when you leave this page."),
                           FontRole::Small, Color::Text3);
    note->setWordWrap(true);
    column->addWidget(note);
    column->addStretch(1);
    connect(controller, &PushController::formChanged, this, &PushPreview::refresh);
    connect(controller, &PushController::accountsChanged, this, &PushPreview::refresh);
    refresh();
}

PushPreview::~PushPreview()
{
    m_controller->disconnect(this);
}

QWidget *PushPreview::makeFailure()
{
    m_failure = new Surface(Color::DangerTint);
    m_failure->setRounded(radius::card, Color::DangerBorder);
    m_failure->setObjectName(u"pushFailure"_s);
    auto *column = new QVBoxLayout(m_failure);
    column->setContentsMargins(space::s3, space::s3, space::s3, space::s3);
    column->setSpacing(space::s1);
    m_failureTitle = new Label({}, FontRole::Section, Color::Danger);
    m_failureTitle->setObjectName(u"pushFailureTitle"_s);
    m_failureText = new Label;
    m_failureText->setObjectName(u"pushFailureText"_s);
    m_failureDetail = new Label({}, FontRole::Mono, Color::Text2);
    m_failureDetail->setObjectName(u"pushFailureDetail"_s);
    m_failureDetail->hide();
    for (Label *label : {m_failureTitle, m_failureText, m_failureDetail}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    }
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s2);
    m_mend = new Button(u"pushFailureMend"_s, remedyText(RegistryRemedy::SignIn));
    m_details = new Button(u"pushFailureDetails"_s, tr("Show details"), ButtonKind::Quiet);
    buttons->addWidget(m_mend);
    buttons->addWidget(m_details);
    buttons->addStretch(1);
    column->addLayout(buttons);
    connect(m_mend, &Button::clicked, this,
            [this] { Q_EMIT mendWanted(remedyOf(m_controller->failureCause())); });
    connect(m_details, &Button::clicked, this, [this] {
        const bool shows = m_failureDetail->isHidden();
        m_failureDetail->setVisible(shows);
        m_details->setText(shows ? tr("Hide details") : tr("Show details"));
        m_details->setAccessibleName(m_details->text());
    });
    return m_failure;
}

QWidget *PushPreview::makeName()
{
    auto *card = new Card(tr("How the name is built"));
    card->body()->setContentsMargins(space::s3, space::s2, space::s3, space::s3);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::s4);
    grid->setVerticalSpacing(space::s2);
    grid->setColumnStretch(1, 1);
    const auto add = [grid](const QString &explanation) {
        const int row = grid->rowCount();
        auto *part = new Label({}, FontRole::Mono, Color::Accent);
        part->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto *words = new Label(explanation, FontRole::Body, Color::Text2);
        words->setWordWrap(true);
        grid->addWidget(part, row, 0, Qt::AlignTop);
        grid->addWidget(words, row, 1, Qt::AlignTop);
        return part;
    };
    m_registry = add(tr("the registry it goes to; without one it would be Docker Hub"));
    m_repository = add(tr("the repository there: whose it is, and what it is called"));
    m_tag = add(tr("the tag: which of the images there. Pushing moves it, if it is there"));
    card->body()->addLayout(grid);
    return card;
}

QWidget *PushPreview::mendingButton() const
{
    return m_failure->isVisibleTo(this) && m_mend->isVisibleTo(m_failure) ? m_mend : nullptr;
}

void PushPreview::refreshFailure()
{
    const auto &failure = m_controller->failure();
    m_failure->setVisible(failure.has_value());
    if (!failure) {
        return;
    }
    m_failureTitle->setText(failure->title);
    m_failureText->setText(failure->body());
    m_failureDetail->setText(failure->rawDetail);
    m_details->setVisible(!failure->rawDetail.isEmpty());
    const QString mend = remedyText(remedyOf(m_controller->failureCause()));
    m_mend->setVisible(!mend.isEmpty());
    if (!mend.isEmpty()) {
        m_mend->setText(mend);
        m_mend->setAccessibleName(mend);
    }
}

void PushPreview::refresh()
{
    refreshFailure();
    const PushForm &form = m_controller->form();
    const auto part = [](Label *label, const std::string &text) {
        label->setText(text.empty() ? u"–"_s : displayText(text, 48));
    };
    const auto chosen = form.chosenTags();
    part(m_registry, form.registry);
    part(m_repository, form.repository);
    part(m_tag, chosen.empty() ? std::string() : chosen.front());
    QStringList lines;
    if (m_controller->problems().empty()) {
        for (const docker::Command &command : m_controller->commands()) {
            lines.append(displayText(docker::commandLine(docker::arguments(command))));
        }
    }
    m_lines->setText(lines.isEmpty() ? tr("Fill in the form.") : lines.join(u'\n'));
    m_lines->setTone(lines.isEmpty() ? Color::Text3 : Color::Text);
}

} // namespace roadstead::ui
