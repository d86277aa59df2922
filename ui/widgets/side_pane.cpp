// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/side_pane.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QSettings>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int narrowestPane = size::detailsPane[0];
constexpr int usualPane = size::detailsPane[1];
constexpr int widestPane = size::detailsPane[2];
constexpr int narrowestList = 320;
constexpr int keyStep = 16;

} // namespace

SidePane::SidePane(const QString &name, const QString &settings, QWidget *list, QWidget *pane,
                   QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_settings(settings)
    , m_list(list)
    , m_pane(pane)
    , m_open(QSettings().value(settings + u"Open"_s, false).toBool())
    , m_width(std::clamp(QSettings().value(settings + u"Width"_s, usualPane).toInt(), narrowestPane,
                         widestPane))
{
    setObjectName(name);
    setChildrenCollapsible(false);
    setHandleWidth(1);
    list->setMinimumWidth(1); // it scrolls and leaves out columns; what it would like is no limit
    addWidget(list);
    addWidget(pane);
    setStretchFactor(0, 1);
    setStretchFactor(1, 0);
    connect(this, &QSplitter::splitterMoved, this, &SidePane::takeWidth);
    connect(&Theme::instance(), &Theme::changed, this, &SidePane::arrange);
    arrange();
}

void SidePane::setOpen(bool open)
{
    if (m_open != open) {
        m_open = open;
        QSettings().setValue(m_settings + u"Open"_s, open);
        arrange();
        Q_EMIT openChanged(open);
    }
}

QSize SidePane::minimumSizeHint() const
{
    return {narrowestPane, QSplitter::minimumSizeHint().height()};
}

QSplitterHandle *SidePane::createHandle()
{
    return new SidePaneHandle(this);
}

void SidePane::resizeEvent(QResizeEvent *event)
{
    arrange();
    QSplitter::resizeEvent(event);
}

void SidePane::arrange()
{
    const int room = width() - handleWidth();
    const bool both = room >= scaled(narrowestList) + scaled(narrowestPane);
    m_list->setVisible(!m_open || both);
    m_pane->setVisible(m_open);
    // Alone it takes what there is.
    m_pane->setMinimumWidth(both ? scaled(narrowestPane) : 0);
    m_pane->setMaximumWidth(both ? std::min(scaled(widestPane), room - scaled(narrowestList))
                                 : QWIDGETSIZE_MAX);
    if (m_open && both) {
        const int pane = std::min(scaled(m_width), m_pane->maximumWidth());
        setSizes({room - pane, pane});
    }
}

/// A person has moved the line.
void SidePane::takeWidth()
{
    m_width = std::clamp(int(std::lround(m_pane->width() / Theme::instance().textScale())),
                         narrowestPane, widestPane);
    QSettings().setValue(m_settings + u"Width"_s, m_width);
}

SidePaneHandle::SidePaneHandle(SidePane *pane)
    : QSplitterHandle(Qt::Horizontal, pane)
{
    setObjectName(u"sidePaneHandle"_s);
    setAccessibleName(tr("Width of the details"));
    setFocusPolicy(Qt::TabFocus);
}

void SidePaneHandle::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Left    ? -keyStep
                     : event->key() == Qt::Key_Right ? keyStep
                                                     : 0;
    if (step == 0) {
        QSplitterHandle::keyPressEvent(event);
        return;
    }
    moveSplitter(x() + contentsRect().x() + step); // the grip is wider than the line
}

void SidePaneHandle::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(contentsRect(), color(Color::Border));
}

} // namespace roadstead::ui
