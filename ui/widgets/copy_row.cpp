// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/copy_row.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>

namespace roadstead::ui {

CopyRow::CopyRow(const QString &name, const QString &label, QWidget *parent)
    : Surface(Color::BgSunken, parent)
    , m_label(new ElidedLabel({}, FontRole::Mono))
    , m_copy(new IconButton(name + QStringLiteral("Copy"), QStringLiteral("copy"),
                            tr("Copy: %1").arg(label)))
{
    constexpr int rowHeight = 28;
    setObjectName(name);
    setAccessibleName(label);
    setRounded(radius::control);
    setMinimumHeight(heightFor(FontRole::Mono, rowHeight));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::s2, 0, 2, 0);
    row->setSpacing(space::s1);
    m_label->setObjectName(name + QStringLiteral("Text"));
    m_label->setElideMode(Qt::ElideMiddle);
    row->addWidget(m_label, 1);
    row->addWidget(m_copy);
    connect(m_copy, &IconButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_whole);
        announce(this, tr("Copied"));
    });
}

void CopyRow::setText(const QString &text)
{
    m_whole = text;
    m_label->setFullText(text);
    m_label->setTone(Color::Text);
    m_copy->setEnabled(!text.isEmpty());
}

void CopyRow::setWaiting(const QString &text)
{
    m_whole.clear();
    m_label->setFullText(text);
    m_label->setTone(Color::Text3);
    m_copy->setEnabled(false);
}

} // namespace roadstead::ui
