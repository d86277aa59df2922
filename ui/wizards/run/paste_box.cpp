// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/paste_box.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/wizards/run/run_controller.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr int boxHeight = 76;

} // namespace

PasteBox::PasteBox(RunController *controller, QWidget *parent)
    : Surface(Color::BgSunken, parent)
    , m_controller(controller)
    , m_text(new QPlainTextEdit)
    , m_problem(new Label({}, FontRole::Small, Color::Danger))
{
    setObjectName(QStringLiteral("pasteBox"));
    setRounded(radius::card);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::s3, space::s3, space::s3, space::s3);
    column->setSpacing(space::s2);
    auto *caption = new Label(tr("Paste a docker run line"), FontRole::Small, Color::Text2);
    caption->setBuddy(m_text);
    column->addWidget(caption);
    m_text->setObjectName(QStringLiteral("pastedLine"));
    m_text->setAccessibleName(tr("docker run line"));
    m_text->setPlaceholderText(QStringLiteral("docker run -d -p 8080:80 nginx:1.27"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(scaled(boxHeight));
    m_text->setFont(ui::font(FontRole::Mono));
    m_text->installEventFilter(this);
    column->addWidget(m_text);
    m_problem->setObjectName(QStringLiteral("pasteProblem"));
    m_problem->setWordWrap(true);
    m_problem->setVisible(false);
    column->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s2);
    auto *use = new Button(QStringLiteral("usePasted"), tr("Fill in the form"));
    auto *leave = new Button(QStringLiteral("leavePaste"), tr("Close"), ButtonKind::Quiet);
    buttons->addWidget(use);
    buttons->addWidget(leave);
    buttons->addStretch(1);
    column->addLayout(buttons);
    connect(use, &Button::clicked, this, &PasteBox::read);
    connect(leave, &Button::clicked, this, &PasteBox::left);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        m_problem->setVisible(false);
        m_text->setExtraSelections({});
    });
}

void PasteBox::open()
{
    setVisible(true);
    m_text->setFocus(Qt::OtherFocusReason);
}

void PasteBox::take(const QString &line)
{
    m_text->setPlainText(line);
    read();
}

void PasteBox::read()
{
    const QString line = m_text->toPlainText();
    const auto problem = m_controller->paste(line);
    if (!problem) {
        m_text->clear();
        Q_EMIT taken();
        return;
    }
    open();
    m_problem->setText(problem->text);
    m_problem->setVisible(true);
    QTextEdit::ExtraSelection wrong;
    wrong.format.setBackground(color(Color::DangerTint));
    wrong.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
    wrong.format.setUnderlineColor(color(Color::Danger));
    wrong.cursor = m_text->textCursor();
    const int last = int(line.size());
    // What is missing at the end is marked at the last character.
    const int begin = std::clamp(problem->begin, 0, std::max(0, last - 1));
    wrong.cursor.setPosition(begin);
    wrong.cursor.setPosition(std::clamp(problem->end, std::min(begin + 1, last), last),
                             QTextCursor::KeepAnchor);
    m_text->setExtraSelections({wrong});
    QTextCursor there = wrong.cursor;
    there.setPosition(begin);
    m_text->setTextCursor(there);
    announce(m_text, problem->text);
}

/// Enter reads; a line break is typed with Shift.
bool PasteBox::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<const QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
            !(key->modifiers() & Qt::ShiftModifier)) {
            read();
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            Q_EMIT left();
            return true;
        }
    }
    return Surface::eventFilter(watched, event);
}

} // namespace roadstead::ui
