// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/stage_view.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMap>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr int cardWidth = 196;
constexpr int headHeight = 28;
constexpr int stepHeight = 22;
constexpr int columnGap = 32;
constexpr int rowGap = 16;
constexpr int cardMargin = 12;
constexpr int arrow = 5;
constexpr int stageMarkSide = 14;

} // namespace

StageView::StageView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("buildStages"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Minimum);
    connect(&Theme::instance(), &Theme::changed, this, &StageView::layOut);
    describe();
}

void StageView::setPicture(const BuildPicture &picture)
{
    m_picture = picture;
    layOut();
    describe();
    update();
}

void StageView::setChosen(std::optional<std::size_t> step)
{
    m_chosen = step;
    describe();
    update();
}

void StageView::describe()
{
    QString text =
        tr("Stages of the build: %1 of %2 steps done").arg(m_picture.done).arg(m_picture.total);
    if (const auto place = chosenPlace()) {
        const PictureStep &step = m_picture.cards.at(place->card).steps.at(place->step);
        text += QStringLiteral(". %1, %2 %3")
                    .arg(m_picture.cards.at(place->card).name, step.text, step.time);
    }
    setAccessibleName(text);
}

/// A column for each depth, its cards below each other, the shorter columns centred.
void StageView::layOut()
{
    QMap<int, QList<qsizetype>> columns;
    for (qsizetype i = 0; i < m_picture.cards.size(); ++i) {
        columns[m_picture.cards.at(i).depth].append(i);
    }
    const auto heightOf = [this](qsizetype card) {
        return scaled(headHeight) +
               int(m_picture.cards.at(card).steps.size()) * scaled(stepHeight) + space::s2;
    };
    const auto columnHeight = [&](const QList<qsizetype> &cards) {
        int height = -rowGap;
        for (const qsizetype card : cards) {
            height += heightOf(card) + rowGap;
        }
        return height;
    };
    int tallest = 0;
    for (const auto &cards : std::as_const(columns)) {
        tallest = std::max(tallest, columnHeight(cards));
    }
    m_cards.resize(m_picture.cards.size());
    int x = space::s4;
    for (const auto &cards : std::as_const(columns)) {
        int y = cardMargin + (tallest - columnHeight(cards)) / 2;
        for (const qsizetype card : cards) {
            m_cards[card] = QRect(x, y, scaled(cardWidth), heightOf(card));
            y += heightOf(card) + rowGap;
        }
        x += scaled(cardWidth) + columnGap;
    }
    const QSize wanted(std::max(0, x - columnGap) + space::s4, tallest + 2 * cardMargin);
    if (wanted != m_size) {
        m_size = wanted;
        updateGeometry();
    }
}

QSize StageView::sizeHint() const
{
    return m_size;
}

QRect StageView::stepRect(const Place &place) const
{
    const QRect &card = m_cards.at(place.card);
    return {card.left(), card.top() + scaled(headHeight) + int(place.step) * scaled(stepHeight),
            card.width(), scaled(stepHeight)};
}

std::optional<StageView::Place> StageView::chosenPlace() const
{
    for (qsizetype card = 0; m_chosen && card < m_picture.cards.size(); ++card) {
        const auto &steps = m_picture.cards.at(card).steps;
        const auto found = std::ranges::find(steps, m_chosen, &PictureStep::step);
        if (found != steps.end()) {
            return Place{card, found - steps.begin()};
        }
    }
    return std::nullopt;
}

void StageView::choose(const Place &place)
{
    if (const auto step = m_picture.cards.at(place.card).steps.at(place.step).step) {
        setChosen(step);
        Q_EMIT stepChosen(*step);
    }
}

void StageView::mousePressEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    for (qsizetype card = 0; card < m_cards.size(); ++card) {
        for (qsizetype step = 0; step < m_picture.cards.at(card).steps.size(); ++step) {
            if (stepRect({card, step}).contains(at)) {
                choose({card, step});
                return;
            }
        }
    }
}

void StageView::keyPressEvent(QKeyEvent *event)
{
    const bool down = event->key() == Qt::Key_Down;
    if (!down && event->key() != Qt::Key_Up) {
        QWidget::keyPressEvent(event);
        return;
    }
    QList<Place> places;
    qsizetype now = -1;
    const auto chosen = chosenPlace();
    for (qsizetype card = 0; card < m_picture.cards.size(); ++card) {
        for (qsizetype step = 0; step < m_picture.cards.at(card).steps.size(); ++step) {
            if (chosen && chosen->card == card && chosen->step == step) {
                now = places.size();
            }
            if (m_picture.cards.at(card).steps.at(step).step) {
                places.append({card, step});
            }
        }
    }
    if (!places.isEmpty()) {
        choose(places.at(std::clamp<qsizetype>(now + (down ? 1 : -1), 0, places.size() - 1)));
    }
}

void StageView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintEdges(painter);
    for (qsizetype card = 0; card < m_cards.size(); ++card) {
        paintCard(painter, card);
    }
}

/// From the middle of a card's right side to the middle of the left side of the one made from it.
void StageView::paintEdges(QPainter &painter) const
{
    for (qsizetype to = 0; to < m_cards.size(); ++to) {
        const PictureCard &card = m_picture.cards.at(to);
        for (const std::size_t from : card.inputs) {
            const QPointF start(m_cards.at(qsizetype(from)).right() + 1,
                                m_cards.at(qsizetype(from)).center().y());
            const QPointF end(m_cards.at(to).left() - 1, m_cards.at(to).center().y());
            const qreal bend = end.x() - columnGap / 2.0;
            QPainterPath path(start);
            path.lineTo(bend, start.y());
            path.lineTo(bend, end.y());
            path.lineTo(end);
            path.moveTo(end.x() - arrow, end.y() - arrow);
            path.lineTo(end);
            path.lineTo(end.x() - arrow, end.y() + arrow);
            painter.setPen(QPen(color(card.isRunning ? Color::Accent : Color::BorderStrong), 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawPath(path);
        }
    }
}

void StageView::paintCard(QPainter &painter, qsizetype position) const
{
    const PictureCard &card = m_picture.cards.at(position);
    const QRect &rect = m_cards.at(position);
    paintBox(&painter, rect, radius::control, color(Color::BgSurface),
             color(card.isRunning ? Color::Accent : Color::BorderStrong));
    const QRect head(rect.left() + space::s2, rect.top(), rect.width() - 2 * space::s2,
                     scaled(headHeight));
    painter.setFont(ui::font(FontRole::Small));
    painter.setPen(color(Color::Text3));
    painter.drawText(head, int(Qt::AlignVCenter | Qt::AlignRight), card.note);
    const int noteWidth = painter.fontMetrics().horizontalAdvance(card.note);
    painter.setFont(ui::font(FontRole::Small, QFont::DemiBold));
    painter.setPen(color(Color::Text));
    const QRect name = head.adjusted(0, 0, -noteWidth - space::s2, 0);
    painter.drawText(name, int(Qt::AlignVCenter | Qt::AlignLeft),
                     painter.fontMetrics().elidedText(card.name, Qt::ElideRight, name.width()));
    paintHorizontalLine(&painter, rect.left() + 1, rect.right(), head.bottom(),
                        color(Color::Border));
    for (qsizetype step = 0; step < card.steps.size(); ++step) {
        paintStep(painter, {position, step});
    }
}

void StageView::paintStep(QPainter &painter, const Place &place) const
{
    const PictureStep &step = m_picture.cards.at(place.card).steps.at(place.step);
    const QRect rect = stepRect(place);
    if (step.step && step.step == m_chosen) {
        painter.fillRect(rect.adjusted(1, 0, -1, 0), color(Color::BgSelected));
    }
    const QRectF box(rect.left() + space::s2, rect.center().y() - stageMarkSide / 2.0,
                     stageMarkSide, stageMarkSide);
    paintStateMark(&painter, box, markOf(step.state));
    painter.setFont(figures(FontRole::Small));
    const bool isCached = step.state == build::StepState::Cached;
    const QString time = isCached ? QString() : step.time; // the head says how many are cached
    const int timeWidth = painter.fontMetrics().horizontalAdvance(time);
    const QRect words = rect.adjusted(2 * space::s2 + stageMarkSide, 0, -space::s2, 0);
    painter.setPen(color(Color::Text3));
    painter.drawText(words, int(Qt::AlignVCenter | Qt::AlignRight), time);
    painter.setFont(ui::font(FontRole::Small));
    painter.setPen(color(step.state == build::StepState::Waiting ? Color::Text3 : Color::Text));
    const int room = words.width() - timeWidth - (timeWidth > 0 ? space::s2 : 0);
    painter.drawText(words, int(Qt::AlignVCenter | Qt::AlignLeft),
                     painter.fontMetrics().elidedText(step.text, Qt::ElideRight, room));
}

} // namespace roadstead::ui
