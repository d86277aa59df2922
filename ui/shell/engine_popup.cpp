// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/engine_popup.h"

#include "ui/shell/engine_situation.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

EnginePopup::EnginePopup(EngineView *engine, QWidget *parent)
    : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_engine(engine)
    , m_mark(new MarkLabel(StateMark::Running))
    , m_name(new Label(engine->name()))
    , m_second(new ElidedLabel({}, FontRole::Small, Color::Text2))
    , m_remedy(new Button(u"engineRemedy"_s, {}))
    , m_row(new Surface(Color::AccentTint))
    , m_why(new Label({}, FontRole::Small, Color::Text2))
    , m_logBox(new Surface(Color::BgSunken))
    , m_log(new Label({}, FontRole::Mono, Color::Text2))
    , m_start(new Button(u"engineStart"_s, tr("Start")))
    , m_restart(new Button(u"engineRestart"_s, tr("Restart")))
    , m_stop(new Button(u"engineStop"_s, tr("Stop")))
{
    setObjectName(u"enginePopup"_s);
    setRaised(this);
    setAccessibleName(tr("Engines"));
    setAttribute(Qt::WA_TranslucentBackground);
    m_row->setMinimumWidth(scaled(438));
    layOut();
    const auto verb = [this](Button *button, EngineVerb what) {
        connect(button, &QPushButton::clicked, this, [this, what] {
            hide();
            m_engine->run(what);
        });
    };
    verb(m_start, EngineVerb::Start);
    verb(m_restart, EngineVerb::Restart);
    verb(m_stop, EngineVerb::Stop);
    connect(m_remedy, &QPushButton::clicked, this, [this] {
        const SituationText text = describeSituation(*m_engine, QDateTime::currentDateTime());
        hide();
        text.remedy ? m_engine->run(*text.remedy) : m_engine->lookAgain();
    });
    connect(engine, &EngineView::stateChanged, this, &EnginePopup::refresh);
    connect(engine, &EngineView::countsChanged, this, &EnginePopup::refresh);
    refresh();
}

void EnginePopup::layOut()
{
    auto *group = new Label(tr("On this computer"), FontRole::Caption, Color::Text3);
    group->setRole(FontRole::Caption, QFont::DemiBold);
    m_name->setRole(FontRole::Body, QFont::Medium);
    m_row->setRounded(radius::control, Color::AccentTint);
    m_remedy->setLook(ButtonKind::Normal, ButtonSize::Small);
    m_why->setWordWrap(true);
    m_log->setWordWrap(true);
    m_log->setLayoutDirection(Qt::LeftToRight);
    m_log->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_logBox->setRounded(radius::control);
    for (auto [button, iconName] :
         {std::pair{m_start, u"play"_s}, {m_restart, u"arrow-clockwise"_s}, {m_stop, u"stop"_s}}) {
        button->setLook(ButtonKind::Normal, ButtonSize::Small);
        button->setIconName(iconName);
    }

    auto *lines = new QVBoxLayout;
    lines->setSpacing(0);
    lines->addWidget(m_name);
    lines->addWidget(m_second);
    auto *row = new QHBoxLayout(m_row);
    row->setContentsMargins(space::s2, 6, space::s2, 6);
    row->setSpacing(space::s3);
    row->addWidget(m_mark);
    row->addLayout(lines, 1);
    row->addWidget(m_remedy);

    auto *logLayout = new QVBoxLayout(m_logBox);
    logLayout->setContentsMargins(space::s2, space::s2, space::s2, space::s2);
    logLayout->addWidget(m_log);

    m_footer = new QWidget;
    auto *footerColumn = new QVBoxLayout(m_footer);
    footerColumn->setContentsMargins(0, 0, 0, 0);
    footerColumn->setSpacing(0);
    footerColumn->addWidget(new Separator);
    auto *footer = new QHBoxLayout;
    footerColumn->addLayout(footer);
    footer->setContentsMargins(space::s3, space::s2, space::s3, space::s2 + 2);
    footer->setSpacing(space::s2);
    footer->addWidget(m_start);
    footer->addWidget(m_restart);
    footer->addWidget(m_stop);
    footer->addStretch();

    auto *top = new QVBoxLayout;
    top->setContentsMargins(space::s2, space::s3, space::s2, space::s2);
    top->setSpacing(space::s1 + 2);
    auto *groupRow = new QHBoxLayout;
    groupRow->setContentsMargins(space::s2, 0, 0, 0);
    groupRow->addWidget(group);
    top->addLayout(groupRow);
    top->addWidget(m_row);
    top->addWidget(m_why);
    top->addWidget(m_logBox);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_footer);
    layout->setSizeConstraint(QLayout::SetMinAndMaxSize);
}

void EnginePopup::refresh()
{
    const SituationText text = describeSituation(*m_engine, QDateTime::currentDateTime());
    const Situation situation = situationOf(*m_engine);
    const EngineCounts counts = m_engine->counts();
    m_mark->setMark(text.mark);
    QStringList second{text.word};
    if (!m_engine->version().isEmpty() && keepsContent(*m_engine)) {
        second << tr("Docker %1").arg(m_engine->version());
        second << tr("API %1").arg(m_engine->apiVersion());
        second << tr("%1 of %2 running").arg(numberText(counts.running), numberText(counts.total));
    }
    m_second->setFullText(second.join(u", "_s));
    m_why->setText(text.why);
    m_why->setVisible(!text.why.isEmpty());
    m_log->setText(text.details);
    m_logBox->setVisible(!text.details.isEmpty());
    m_remedy->setText(text.remedyText);
    m_remedy->setAccessibleName(text.remedyText);
    m_remedy->setIconName(text.remedyIcon);
    const bool busy = m_engine->isBusy();
    const bool ours = m_engine->isEmbedded();
    m_remedy->setVisible(!text.remedyText.isEmpty());
    m_remedy->setEnabled(!busy);
    setCommandHint(m_remedy, text.remedy ? m_engine->command(*text.remedy) : QString());
    const bool up = situation == Situation::Ready || situation == Situation::NotAnswering ||
                    situation == Situation::NoAccess || situation == Situation::Unreachable ||
                    situation == Situation::Connecting || situation == Situation::Starting;
    // What the row offers already is not offered again below it.
    const auto offered = [&text](EngineVerb verb) { return text.remedy == verb; };
    m_start->setVisible(ours && !up && !offered(EngineVerb::Start));
    m_start->setEnabled(!busy && situation != Situation::NotInstalled &&
                        situation != Situation::Stopping);
    m_restart->setVisible(ours && up && !offered(EngineVerb::Restart));
    m_restart->setEnabled(!busy);
    // An engine that failed may have left containers running.
    m_stop->setVisible(ours && (up || situation == Situation::Failed));
    m_stop->setEnabled(m_engine->mayRun(EngineVerb::Stop));
    m_footer->setVisible(!m_start->isHidden() || !m_restart->isHidden() || !m_stop->isHidden());
    setCommandHint(m_start, m_engine->command(EngineVerb::Start));
    setCommandHint(m_restart, m_engine->command(EngineVerb::Restart));
    setCommandHint(m_stop, m_engine->command(EngineVerb::Stop));
}

void EnginePopup::popUp(const QWidget *anchor)
{
    refresh();
    adjustSize();
    const QRect screen = anchor->screen()->availableGeometry();
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const QPoint topLeft = anchor->mapToGlobal(QPoint(0, 0));
    int x = mirrored ? topLeft.x() + anchor->width() - width() : topLeft.x();
    int y = topLeft.y() + anchor->height() + 6;
    if (y + height() > screen.bottom()) {
        y = topLeft.y() - height() - 6;
    }
    x = std::clamp(x, screen.left(), std::max(screen.left(), screen.right() - width()));
    move(x, std::max(y, screen.top()));
    show();
    for (Button *button : {m_remedy, m_start, m_restart, m_stop}) {
        if (button->isVisible() && button->isEnabled()) {
            button->setFocus(Qt::PopupFocusReason);
            break;
        }
    }
}

void EnginePopup::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    paintBox(&painter, rect(), radius::card, color(Color::BgRaised), color(Color::BorderStrong));
}

} // namespace roadstead::ui
