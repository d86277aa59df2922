// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/top_bar.h"

#include "ui/shell/engine_situation.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/busy_clock.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

EngineButton::EngineButton(EngineView *engine, QWidget *parent)
    : QAbstractButton(parent)
    , m_engine(engine)
{
    setObjectName(u"engineButton"_s);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(engine, &EngineView::stateChanged, this, &EngineButton::refresh);
    refresh();
}

void EngineButton::refresh()
{
    const SituationText text = describeSituation(*m_engine, QDateTime::currentDateTime());
    m_mark = text.mark;
    BusyClock::instance().setBusy(this, m_mark == StateMark::Busy);
    const QString name = u"%1, %2"_s.arg(m_engine->name(), text.word);
    setAccessibleName(name);
    setToolTip(plainTip(name));
    update();
}

QSize EngineButton::sizeHint() const
{
    return {scaled(192), heightFor(FontRole::Body, size::buttonLarge)};
}

void EngineButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    paintBox(&painter, rect(), radius::control,
             color(isDown()       ? Color::BgTrack
                   : underMouse() ? Color::BgHover
                                  : Color::BgSurface),
             color(Color::BorderStrong));
    const auto place = [&](int x, int width, int height) {
        return QStyle::visualRect(layoutDirection(), rect(),
                                  QRect(x, (rect().height() - height) / 2, width, height));
    };
    const int mark = scaled(14);
    paintStateMark(&painter, place(9, mark, mark), m_mark);
    painter.setFont(ui::font(FontRole::Body, QFont::Medium));
    painter.setPen(color(Color::Text));
    const int x = 9 + mark + 8;
    const int textWidth = width() - x - 30;
    painter.drawText(place(x, textWidth, height()), Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(m_engine->name(), Qt::ElideRight, textWidth));
    paintIcon(&painter, place(width() - 24, 14, 14), u"chevron-expand"_s);
}

SearchButton::SearchButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setObjectName(u"search"_s);
    setText(tr("Search or run a command"));
    setAccessibleName(text());
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMaximumWidth(scaled(420));
    setMinimumWidth(scaled(200));
}

QSize SearchButton::sizeHint() const
{
    return {scaled(420), heightFor(FontRole::Body, size::buttonTopbar)};
}

void SearchButton::keyPressEvent(QKeyEvent *event)
{
    const QString typedText = event->text();
    if (!typedText.isEmpty() && typedText.at(0).isPrint() && typedText.at(0) != u' ' &&
        !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) {
        Q_EMIT typed(typedText);
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void SearchButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    paintBox(&painter, rect(), radius::control, color(Color::BgSurface),
             color(Color::BorderControl));
    const auto place = [&](int x, int width, int height) {
        return QStyle::visualRect(layoutDirection(), rect(),
                                  QRect(x, (rect().height() - height) / 2, width, height));
    };
    const int side = scaled(16);
    paintIcon(&painter, place(11, side, side), u"search"_s);
    const QString keys = QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText);
    const int cap = keyCapWidth(keys);
    paintKeyCap(&painter, place(width() - cap - 6, cap, heightFor(FontRole::Caption, 18)), keys);
    painter.setFont(ui::font(FontRole::Body));
    painter.setPen(color(Color::Text3));
    const int x = 11 + side + 8;
    const int textWidth = width() - x - cap - 12;
    painter.drawText(place(x, textWidth, height()), Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, textWidth));
}

ActivityButton::ActivityButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setObjectName(u"activityButton"_s);
    setText(tr("Activity"));
    setAccessibleName(text());
    setToolTip(tr("What runs and what has ended"));
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ActivityButton::setRunning(int count)
{
    if (count == m_running) {
        return;
    }
    m_running = count;
    setAccessibleName(count > 0 ? tr("Activity, %n running", nullptr, count) : text());
    BusyClock::instance().setBusy(this, count > 0);
    updateGeometry();
    update();
}

QSize ActivityButton::sizeHint() const
{
    const QFontMetrics metrics(ui::font(FontRole::Body, QFont::Medium));
    const int number = m_running > 0 ? 7 + metrics.horizontalAdvance(numberText(m_running)) : 0;
    return {8 + scaled(16) + 7 + metrics.horizontalAdvance(text()) + number + 10,
            heightFor(FontRole::Body, size::buttonTopbar)};
}

void ActivityButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    if (isChecked()) {
        paintBox(&painter, rect(), radius::control, color(Color::AccentTint),
                 color(Color::AccentBorder));
    } else if (isDown() || underMouse()) {
        paintBox(&painter, rect(), radius::control, color(Color::BgTrack));
    }
    const auto place = [&](int x, int width, int height) {
        return QStyle::visualRect(layoutDirection(), rect(),
                                  QRect(x, (rect().height() - height) / 2, width, height));
    };
    const int side = scaled(16);
    if (m_running > 0) {
        paintStateMark(&painter, QRectF(place(8, side, side)).adjusted(-1, -1, 1, 1),
                       StateMark::Busy);
    } else {
        paintIcon(&painter, place(8, side, side), u"activity"_s);
    }
    painter.setFont(ui::font(FontRole::Body, QFont::Medium));
    painter.setPen(color(Color::Text));
    const int x = 8 + side + 7;
    const int textWidth = painter.fontMetrics().horizontalAdvance(text());
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip;
    painter.drawText(place(x, textWidth, height()), flags, text());
    if (m_running > 0) {
        painter.setPen(color(Color::Text3));
        painter.drawText(place(x + textWidth + 7, width() - x - textWidth - 7, height()), flags,
                         numberText(m_running));
    }
}

TopBar::TopBar(EngineView *engine, QWidget *parent)
    : Surface(Color::BgWindow, parent)
    , m_engine(new EngineButton(engine))
    , m_search(new SearchButton)
    , m_activity(new ActivityButton)
    , m_primaryPlace(new QWidget)
{
    setObjectName(u"topBar"_s);
    setAccessibleName(tr("Top bar"));
    setLines(Qt::BottomEdge);
    setFixedHeight(heightFor(FontRole::Body, size::topbar));
    auto *primaryLayout = new QHBoxLayout(m_primaryPlace);
    primaryLayout->setContentsMargins(space::s3, 0, 0, 0);
    m_primaryPlace->hide();

    // Start and end take equal shares, so that the search field stands in the middle.
    auto *start = new QHBoxLayout;
    start->setSpacing(10);
    start->addWidget(new IconLabel(u"brand-logo"_s, 22, Color::AccentSolid));
    start->addWidget(m_engine);
    start->addStretch();
    auto *end = new QHBoxLayout;
    end->setSpacing(0);
    end->addStretch();
    end->addWidget(m_activity);
    end->addWidget(m_primaryPlace);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 0, space::s3, 0);
    layout->setSpacing(space::s3);
    layout->addLayout(start, 1);
    layout->addWidget(m_search, 0);
    layout->addLayout(end, 1);
}

void TopBar::setPrimary(QAction *action)
{
    delete m_primary;
    m_primaryPlace->setVisible(action != nullptr);
    if (action == nullptr) {
        return;
    }
    m_primary = new Button(u"primaryAction"_s, {}, ButtonKind::Primary);
    m_primary->setLook(ButtonKind::Primary, ButtonSize::TopBar);
    m_primary->follow(action);
    m_primaryPlace->layout()->addWidget(m_primary);
}

} // namespace roadstead::ui
