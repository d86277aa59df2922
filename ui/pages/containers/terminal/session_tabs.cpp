// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/session_tabs.h"

#include "ui/pages/containers/terminal/session_tabs_access.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int sessionIcon = 14;
constexpr int leastSessionText = 48; ///< a title gets narrower than it is before the bar scrolls

} // namespace

SessionTabs::SessionTabs(QWidget *parent)
    : QTabBar(parent)
{
    setObjectName(QStringLiteral("terminalSessions"));
    setAccessibleName(tr("Sessions"));
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideRight);
    setAttribute(Qt::WA_Hover);
    setMinimumWidth(1);
    SessionTabsAccess::install(this);
    connect(this, &QTabBar::currentChanged, this, &SessionTabs::labelButtons);
}

QKeySequence SessionTabs::closeKeys()
{
    return {Qt::CTRL | Qt::SHIFT | Qt::Key_W};
}

void SessionTabs::setTitles(const QStringList &titles)
{
    while (count() > titles.size()) {
        removeTab(count() - 1);
    }
    for (int i = 0; i < titles.size(); ++i) {
        if (i == count()) {
            addTab({});
            setTabButton(i, QTabBar::RightSide, makeEnd(i));
        }
        setTabText(i, plainLabel(titles.at(i)));
        setAccessibleTabName(i, titles.at(i));
    }
    labelButtons();
}

/// Several may have the same title: the number tells them apart.
void SessionTabs::labelButtons()
{
    for (int i = 0; i < count(); ++i) {
        if (IconButton *close = closeButton(i)) {
            close->setLabel(
                tr("Close terminal %1, %2", "number, shell").arg(i + 1).arg(accessibleTabName(i)),
                i == currentIndex() ? closeKeys() : QKeySequence());
        }
    }
}

IconButton *SessionTabs::closeButton(int index) const
{
    const QWidget *end = tabButton(index, QTabBar::RightSide);
    return end ? end->findChild<IconButton *>() : nullptr;
}

QWidget *SessionTabs::makeEnd(int index)
{
    auto *end = new QWidget(this);
    auto *row = new QHBoxLayout(end);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s1);
    auto *badge = new Badge(QStringLiteral("root"), Tone::Warn, end);
    badge->setObjectName(QStringLiteral("terminalRoot%1").arg(index));
    badge->hide();
    auto *close = new IconButton(QStringLiteral("terminalClose%1").arg(index),
                                 QStringLiteral("x-lg"), {}, end);
    const int side = heightFor(FontRole::Body, size::hitTargetMin);
    close->setFixedSize(side, side);
    row->addWidget(badge);
    row->addWidget(close);
    // Queued: what is pressed goes with what is closed.
    connect(
        close, &QAbstractButton::clicked, this, [this, index] { Q_EMIT closeWanted(index); },
        Qt::QueuedConnection);
    end->resize(end->sizeHint());
    // A new widget is the last one of the window to the Tab key.
    QWidget *before = index > 0 ? closeButton(index - 1) : nullptr;
    setTabOrder(before ? before : this, close);
    return end;
}

void SessionTabs::setRoot(int index, bool root)
{
    QWidget *end = tabButton(index, QTabBar::RightSide);
    auto *badge =
        end ? end->findChild<Badge *>(QStringLiteral("terminalRoot%1").arg(index)) : nullptr;
    if (badge && badge->isHidden() == root) {
        badge->setVisible(root);
        end->resize(end->sizeHint());
        setTabText(index, tabText(index)); // has the boxes laid out again
        setTabToolTip(index, root ? tr("The shell runs as root") : QString());
    }
}

QRect SessionTabs::boxOf(int index) const
{
    const int gap = index == 0 ? 0 : space::s2;
    const QRect whole = tabRect(index);
    return layoutDirection() == Qt::RightToLeft ? whole.adjusted(0, 0, -gap, 0)
                                                : whole.adjusted(gap, 0, 0, 0);
}

QSize SessionTabs::tabSizeHint(int index) const
{
    const QWidget *end = tabButton(index, QTabBar::RightSide);
    const QFontMetrics metrics(ui::font(FontRole::Body));
    const int text = metrics.size(Qt::TextShowMnemonic, tabText(index)).width();
    return {(index == 0 ? 0 : space::s2) + space::s3 + sessionIcon + space::s2 + text + space::s2 +
                (end ? end->sizeHint().width() : 0) + space::s2,
            heightFor(FontRole::Body, size::button)};
}

QSize SessionTabs::minimumTabSizeHint(int index) const
{
    const QFontMetrics metrics(ui::font(FontRole::Body));
    const int text = metrics.size(Qt::TextShowMnemonic, tabText(index)).width();
    QSize size = tabSizeHint(index);
    size.rwidth() -= std::max(0, text - scaled(leastSessionText));
    return size;
}

void SessionTabs::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::MiddleButton ? tabAt(event->position().toPoint()) : -1;
    QTabBar::mousePressEvent(event);
}

void SessionTabs::mouseReleaseEvent(QMouseEvent *event)
{
    const int pressed = std::exchange(m_pressed, -1);
    if (event->button() == Qt::MiddleButton && pressed >= 0 &&
        pressed == tabAt(event->position().toPoint())) {
        Q_EMIT closeWanted(pressed);
        return;
    }
    QTabBar::mouseReleaseEvent(event);
}

void SessionTabs::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setFont(ui::font(FontRole::Body));
    const int under = tabAt(mapFromGlobal(QCursor::pos()));
    for (int i = 0; i < count(); ++i) {
        const bool front = i == currentIndex();
        const QRect box = boxOf(i);
        const QColor fill = front        ? color(Color::BgSelected)
                            : i == under ? color(Color::BgHover)
                                         : color(Color::BgSurface);
        paintBox(&painter, box, radius::control, fill,
                 color(front ? Color::Accent : Color::Border));
        const QWidget *end = tabButton(i, QTabBar::RightSide);
        QRect inner =
            box.adjusted(space::s3, 0, -(end ? end->width() + 2 * space::s2 : space::s3), 0);
        QRect mark(inner.x(), inner.center().y() - sessionIcon / 2 + 1, sessionIcon, sessionIcon);
        inner.setLeft(mark.right() + 1 + space::s2);
        mark = QStyle::visualRect(layoutDirection(), box, mark);
        inner = QStyle::visualRect(layoutDirection(), box, inner);
        icon(QStringLiteral("prompt"), Color::Text2).paint(&painter, mark);
        painter.setPen(color(front ? Color::Text : Color::Text2));
        const QString text = painter.fontMetrics().elidedText(tabText(i), elideMode(),
                                                              inner.width(), Qt::TextShowMnemonic);
        painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextShowMnemonic, text);
    }
}

} // namespace roadstead::ui
