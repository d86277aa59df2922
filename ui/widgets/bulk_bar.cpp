// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bulk_bar.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/label.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QStyle>

#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

BulkBar::BulkBar(QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_count(new Label({}, FontRole::Body))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(u"bulkBar"_s);
    setAccessibleName(tr("Actions on the selection"));
    setLines(Qt::TopEdge, Color::BorderStrong);
    setFixedHeight(heightFor(FontRole::Body, size::bulkBar));
    m_count->setRole(FontRole::Body, QFont::Medium);
    auto *line = new Separator(Qt::Vertical);
    line->setFixedHeight(scaled(18));
    m_clear = new Button(u"clearSelection"_s, tr("Clear selection"), ButtonKind::Quiet);
    m_clear->setToolTip(QKeySequence(Qt::Key_Escape).toString(QKeySequence::NativeText));
    connect(m_clear, &QPushButton::clicked, this, &BulkBar::clearRequested);
    m_key = new KeyCap(QKeySequence(Qt::Key_Escape).toString(QKeySequence::NativeText));
    m_more = new IconButton(u"bulkMore"_s, u"three-dots"_s, tr("More actions on the selection"));
    m_more->setBordered(true);
    m_more->hide();
    connect(m_more, &QAbstractButton::clicked, this, &BulkBar::showMenu);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::s4, 0, space::s4, 0);
    layout->setSpacing(space::s2);
    layout->addSpacing(scaled(size::checkbox) + 10); // the mark is painted there
    layout->addWidget(m_count);
    layout->addSpacing(space::s1);
    layout->addWidget(line);
    layout->addSpacing(space::s1);
    m_buttons->setSpacing(space::s2);
    layout->addLayout(m_buttons);
    layout->addWidget(m_more);
    layout->addStretch();
    layout->addWidget(m_clear);
    layout->addWidget(m_key);
    hide();
}

void BulkBar::setSelected(int count, int hidden)
{
    const QString selected = tr("%n selected", nullptr, count);
    m_count->setText(hidden > 0
                         ? tr("%1, %n more hidden by the filter", nullptr, hidden).arg(selected)
                         : selected);
    setVisible(count > 0);
    arrange();
}

Button *BulkBar::addButton(Button *button, QAction *action)
{
    auto *place = new QWidget(this);
    auto *inside = new QHBoxLayout(place);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(button);
    m_buttons->addWidget(place);
    m_entries.append({place, button, action});
    if (action != nullptr) {
        connect(action, &QAction::visibleChanged, this, &BulkBar::arrange);
    }
    return button;
}

QSize BulkBar::minimumSizeHint() const
{
    return {0, Surface::minimumSizeHint().height()}; // what has no room goes into the menu
}

bool BulkBar::isOffered(const Entry &entry)
{
    return entry.action == nullptr || entry.action->isVisible();
}

/// Shows as many buttons as there is room for, the first first.
void BulkBar::arrange()
{
    if (!isVisible()) {
        return;
    }
    constexpr int gap = space::s2;
    int room = width() - 2 * space::s4 - scaled(size::checkbox) - 10 - m_count->sizeHint().width() -
               2 * space::s1 - 1 - m_clear->sizeHint().width() - 6 * gap;
    int needed = 0;
    for (const Entry &entry : std::as_const(m_entries)) {
        needed += isOffered(entry) ? entry.button->sizeHint().width() + gap : 0;
    }
    const int key = m_key->sizeHint().width() + gap;
    m_key->setVisible(needed + key <= room);
    const bool all = needed <= room;
    if (!all) {
        room -= m_more->sizeHint().width() + gap;
    }
    int used = 0;
    bool fits = true;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (!isOffered(entry)) {
            entry.place->hide();
            continue;
        }
        used += entry.button->sizeHint().width() + gap;
        fits = fits && (all || used <= room);
        entry.place->setVisible(fits);
    }
    m_more->setVisible(!all);
}

void BulkBar::showMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"bulkMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Entry &entry : std::as_const(m_entries)) {
        if (entry.place->isVisible() || !isOffered(entry)) {
            continue;
        }
        if (entry.action) {
            menu->addAction(entry.action);
        } else {
            QAction *line = menu->addAction(entry.button->icon(), entry.button->text(),
                                            entry.button, &QAbstractButton::click);
            line->setEnabled(entry.button->isEnabled());
            copyCommandHint(entry.button, line);
        }
    }
    menu->popup(m_more->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void BulkBar::resizeEvent(QResizeEvent *event)
{
    Surface::resizeEvent(event);
    arrange();
}

void BulkBar::showEvent(QShowEvent *event)
{
    Surface::showEvent(event);
    arrange();
}

bool BulkBar::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest) {
        arrange(); // a text or the font changed
    }
    return Surface::event(event);
}

void BulkBar::paintEvent(QPaintEvent *event)
{
    Surface::paintEvent(event);
    QPainter painter(this);
    const int side = scaled(size::checkbox);
    const QRectF box = QStyle::visualRect(layoutDirection(), rect(),
                                          QRect(space::s4, (height() - side) / 2, side, side));
    paintBox(&painter, box, radius::small, color(Color::AccentSolid));
    paintBox(&painter, QRectF(box.x() + side / 4.0, box.center().y() - 0.9, side / 2.0, 1.8), 0.8,
             color(Color::OnAccent));
}

} // namespace roadstead::ui
