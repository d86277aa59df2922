// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/preview_panel.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/wizards/run/command_preview.h"
#include "ui/wizards/run/run_controller.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {

constexpr int lineIcon = 14;

} // namespace

PreviewPanel::PreviewPanel(RunController *controller, QWidget *parent)
    : Surface(Color::BgSunken, parent)
    , m_controller(controller)
    , m_preview(new CommandPreview)
    , m_checks(new QVBoxLayout)
{
    setObjectName(QStringLiteral("previewPanel"));
    setLines(layoutDirection() == Qt::RightToLeft ? Qt::RightEdge : Qt::LeftEdge);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s4);
    column->setSpacing(space::s3);
    auto *head = new QHBoxLayout;
    head->addWidget(new Label(tr("What will run"), FontRole::Section));
    head->addStretch(1);
    auto *copy = new IconButton(QStringLiteral("copyPreview"), QStringLiteral("copy"),
                                tr("Copy the command"));
    head->addWidget(copy);
    column->addLayout(head);
    auto *frame = new Surface(Color::BgSurface);
    frame->setRounded(radius::card);
    auto *inner = new QVBoxLayout(frame);
    inner->setContentsMargins(4, 4, 4, 4);
    inner->addWidget(m_preview);
    column->addWidget(frame, 0);
    auto *note = new Label(tr("Secret values are passed by name and never shown."), FontRole::Small,
                           Color::Text3);
    note->setWordWrap(true);
    column->addWidget(note);
    column->addWidget(new Label(tr("Before it runs"), FontRole::Section));
    m_checks->setSpacing(2);
    column->addLayout(m_checks);
    column->addStretch(1);
    connect(copy, &IconButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_controller->line());
        Q_EMIT copied();
    });
    connect(controller, &RunController::checksChanged, this, &PreviewPanel::refresh);
    refresh();
}

QString PreviewPanel::text() const
{
    return m_preview->toPlainText();
}

void PreviewPanel::setCurrentPlace(const std::optional<RunPlace> &place)
{
    m_preview->setCurrentPlace(place);
}

void PreviewPanel::refresh()
{
    m_preview->setPieces(runPieces(m_controller->form()));
    refreshChecks();
}

/// Lines are made anew: there are few, and pressing one must lead where it says.
void PreviewPanel::refreshChecks()
{
    for (QWidget *line : std::as_const(m_lines)) {
        line->hide();
        line->deleteLater();
    }
    m_lines.clear();
    int number = 0;
    for (const RunCheck &check : m_controller->checks()) {
        const bool isWrong = check.verdict == RunCheck::Verdict::Wrong;
        if (isWrong && m_controller->problemAt(check.place) == nullptr) {
            continue;
        }
        auto *line = new QWidget;
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(space::s2);
        const bool isFine = check.verdict == RunCheck::Verdict::Fine;
        row->addWidget(new IconLabel(isWrong  ? QStringLiteral("x-circle")
                                     : isFine ? QStringLiteral("check-circle")
                                              : QStringLiteral("info-circle"),
                                     lineIcon,
                                     isWrong  ? Color::DangerMark
                                     : isFine ? Color::OkMark
                                              : Color::Text3));
        auto *text = new Label(check.text);
        text->setWordWrap(true);
        row->addWidget(text, 1);
        if (isWrong) {
            auto *fix = new LinkButton(QStringLiteral("checkFix%1").arg(number++),
                                       check.fixText.isEmpty() ? tr("Show") : check.fixText);
            row->addWidget(fix);
            connect(fix, &LinkButton::clicked, this, [this, check] {
                check.fix ? m_controller->apply(check) : Q_EMIT placeWanted(check.place);
            });
        }
        line->setMinimumHeight(scaled(size::hitTargetMin));
        m_checks->addWidget(line);
        m_lines.append(line);
    }
}

} // namespace roadstead::ui
