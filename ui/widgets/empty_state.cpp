// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_state.h"

#include "ui/text/display_text.h"
#include "ui/theme/busy_clock.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

StateIcon::StateIcon(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateIcon::setKind(Kind kind)
{
    m_kind = kind;
    BusyClock::instance().setBusy(this, kind == Kind::Busy);
    updateGeometry();
    update();
}

void StateIcon::setIconName(const QString &iconName, Tone tone)
{
    m_iconName = iconName;
    m_tone = tone;
    setKind(Kind::Icon);
}

void StateIcon::setPicture()
{
    setKind(Kind::Picture);
}

void StateIcon::setBusy()
{
    setKind(Kind::Busy);
}

QSize StateIcon::sizeHint() const
{
    return m_kind == Kind::Picture ? QSize(72, 40) : QSize(40, 40);
}

void StateIcon::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    if (m_kind == Kind::Picture) {
        paintIcon(&painter, rect(), u"brand-empty"_s, Color::Text3);
        return;
    }
    paintBox(&painter, rect(), radius::card, color(tintOf(m_tone)));
    const QRectF inner(10, 10, 20, 20);
    if (m_kind == Kind::Busy) {
        paintStateMark(&painter, inner, StateMark::Busy);
    } else {
        paintIcon(&painter, inner, m_iconName,
                  m_tone == Tone::Neutral ? Color::Text2 : textOf(m_tone));
    }
}

EmptyState::EmptyState(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_icon(new StateIcon)
    , m_what(new Label({}, FontRole::Section))
    , m_why(new Label({}, FontRole::Body, Color::Text2))
    , m_primary(new Button(name + u"Primary"_s, {}, ButtonKind::Primary))
    , m_secondary(new Button(name + u"Secondary"_s, {}))
    , m_column(new QVBoxLayout)
{
    setObjectName(name);
    m_what->setAlignment(Qt::AlignCenter);
    m_what->setWordWrap(true);
    m_why->setAlignment(Qt::AlignCenter);
    m_why->setWordWrap(true);
    m_primary->hide();
    m_secondary->hide();
    // The buttons go when what they ask for begins; the focus must not wander to whatever is next.
    setProperty("focusRing", false);
    const auto keepFocus = [this] { setFocus(Qt::OtherFocusReason); };
    connect(m_primary, &QPushButton::clicked, this, keepFocus);
    connect(m_secondary, &QPushButton::clicked, this, keepFocus);
    connect(m_primary, &QPushButton::clicked, this, &EmptyState::primaryPressed);
    connect(m_secondary, &QPushButton::clicked, this, &EmptyState::secondaryPressed);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s2);
    buttons->addStretch();
    buttons->addWidget(m_primary);
    buttons->addWidget(m_secondary);
    buttons->addStretch();

    auto *content = new QWidget;
    auto *outer = new QHBoxLayout(content);
    outer->addStretch(1);
    auto *middle = new QWidget;
    middle->setMaximumWidth(scaled(560));
    middle->setLayout(m_column);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::s1);
    m_column->addStretch(1);
    m_column->addWidget(m_icon, 0, Qt::AlignHCenter);
    m_column->addSpacing(space::s2);
    m_column->addWidget(m_what);
    m_column->addWidget(m_why);
    m_column->addSpacing(space::s3);
    m_column->addLayout(buttons);
    m_column->addStretch(1);
    outer->addWidget(middle, 100);
    outer->addStretch(1);

    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
}

void EmptyState::setIconName(const QString &iconName, Tone tone)
{
    m_icon->setIconName(iconName, tone);
}

void EmptyState::setPicture()
{
    m_icon->setPicture();
}

void EmptyState::setBusy()
{
    m_icon->setBusy();
}

void EmptyState::setTexts(const QString &what, const QString &why)
{
    m_what->setText(what);
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
}

Button *EmptyState::setPrimary(const QString &text, const QString &iconName)
{
    m_primary->setText(plainLabel(text));
    m_primary->setAccessibleName(text);
    m_primary->setIconName(iconName);
    m_primary->setVisible(!text.isEmpty());
    return m_primary;
}

Button *EmptyState::setSecondary(const QString &text)
{
    m_secondary->setText(plainLabel(text));
    m_secondary->setAccessibleName(text);
    m_secondary->setVisible(!text.isEmpty());
    return m_secondary;
}

void EmptyState::setExtra(QWidget *widget)
{
    delete m_extra;
    m_extra = widget;
    if (widget != nullptr) {
        m_column->insertSpacing(m_column->count() - 1, space::s3);
        m_column->insertWidget(m_column->count() - 1, widget);
    }
}

QString EmptyState::what() const
{
    return m_what->text();
}

QString EmptyState::why() const
{
    return m_why->text();
}

} // namespace roadstead::ui
