// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/policy_notice.h"

#include "ui/text/display_text.h"
#include "ui/text/trust_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

PolicyNotice::PolicyNotice(const QString &name, const QString &button, const QString &text,
                           QWidget *parent)
    : Surface(Color::WarnTint, parent)
    , m_title(new Label({}, FontRole::Section))
    , m_text(new Label({}, FontRole::Body))
    , m_anyway(new Button(button, text))
{
    setObjectName(name);
    m_title->setObjectName(name + QStringLiteral("Title"));
    m_text->setObjectName(name + QStringLiteral("Text"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    row->setSpacing(space::s3);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    for (Label *label : {m_title, m_text}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        words->addWidget(label);
    }
    row->addLayout(words, 1);
    row->addWidget(m_anyway, 0, Qt::AlignVCenter);
    connect(m_anyway, &Button::clicked, this, &PolicyNotice::anywayWanted);
    hide();
}

void PolicyNotice::show(const std::optional<trust::Verdict> &held, bool mayDecide)
{
    setVisible(held.has_value());
    if (!held) {
        return;
    }
    const Explanation words = explainPolicy(*held, mayDecide);
    setFill(mayDecide ? Color::WarnTint : Color::DangerTint);
    setRounded(radius::card, mayDecide ? Color::WarnMark : Color::DangerBorder);
    m_title->setTone(mayDecide ? Color::Text : Color::Danger);
    m_title->setText(words.title);
    m_text->setText(words.body());
    m_text->setToolTip(plainTip(words.rawDetail));
    m_anyway->setVisible(mayDecide);
}

QString PolicyNotice::title() const
{
    return m_title->text();
}

QWidget *PolicyNotice::button() const
{
    return m_anyway;
}

} // namespace roadstead::ui
