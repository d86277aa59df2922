// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/commit/remark_line.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>

namespace roadstead::ui {

namespace {
constexpr int remarkIcon = 14;
} // namespace

RemarkLine::RemarkLine(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_icon(new IconLabel(QStringLiteral("info-circle"), remarkIcon, Color::Text3))
    , m_text(new Label({}, FontRole::Small, Color::Text2))
{
    setObjectName(name);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s1);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    m_text->setWordWrap(true);
    hide();
}

void RemarkLine::say(const QString &text, bool isWrong)
{
    setVisible(!text.isEmpty());
    m_text->setText(text);
    m_text->setTone(isWrong ? Color::Danger : Color::Text2);
    m_icon->setIconName(isWrong ? QStringLiteral("exclamation-circle")
                                : QStringLiteral("info-circle"),
                        isWrong ? Color::Danger : Color::Text3);
}

QString RemarkLine::text() const
{
    return m_text->text();
}

} // namespace roadstead::ui
