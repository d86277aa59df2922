// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/search_field.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QTimer>

namespace roadstead::ui {

SearchField::SearchField(const QString &name, const QString &placeholder, const QString &iconName,
                         QWidget *parent)
    : QLineEdit(parent)
    , m_pause(new QTimer(this))
    , m_iconName(iconName)
{
    setObjectName(name);
    setAccessibleName(placeholder);
    setPlaceholderText(placeholder);
    setClearButtonEnabled(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_pause->setSingleShot(true);
    m_pause->setInterval(duration::filterDebounce);
    connect(m_pause, &QTimer::timeout, this, [this] { Q_EMIT settled(text()); });
    connect(this, &QLineEdit::textChanged, this, [this](const QString &now) {
        if (now.isEmpty()) {
            m_pause->stop();
            Q_EMIT settled(now);
        } else {
            m_pause->start();
        }
    });
    connect(&Theme::instance(), &Theme::changed, this, &SearchField::place);
    place();
}

void SearchField::place()
{
    const int room = scaled(16) + 10;
    setTextMargins(layoutDirection() == Qt::RightToLeft ? 0 : room - 2, 0,
                   layoutDirection() == Qt::RightToLeft ? room - 2 : 0, 0);
}

QSize SearchField::sizeHint() const
{
    return {scaled(216), QLineEdit::sizeHint().height()};
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LayoutDirectionChange) {
        place();
    }
    QLineEdit::changeEvent(event);
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const int side = scaled(16);
    paintIcon(
        &painter,
        QStyle::visualRect(layoutDirection(), rect(), QRect(8, (height() - side) / 2, side, side)),
        m_iconName, isEnabled() ? Color::Text2 : Color::TextDisabled);
}

} // namespace roadstead::ui
