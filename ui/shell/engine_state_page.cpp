// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/engine_state_page.h"

#include "ui/shell/engine_situation.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

EngineStatePage::EngineStatePage(EngineView *engine, QWidget *parent)
    : EmptyState(u"engineState"_s, parent)
    , m_engine(engine)
    , m_details(new Surface(Color::BgSunken))
    , m_lines(new Label({}, FontRole::Mono, Color::Text2))
{
    setAccessibleName(tr("State of the engine"));
    m_lines->setObjectName(u"engineStateDetails"_s);
    m_lines->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_lines->setAccessibleName(tr("Last lines of the engine's log"));
    // Log lines read left to right in every language.
    m_lines->setLayoutDirection(Qt::LeftToRight);
    m_lines->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_lines->setWordWrap(true);
    m_details->setRounded(radius::control);
    auto *copy = new IconButton(u"engineStateCopy"_s, u"copy"_s, tr("Copy details"));
    connect(copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_lines->text()); });
    auto *layout = new QHBoxLayout(m_details);
    layout->setContentsMargins(space::s3, space::s2, space::s2, space::s2);
    layout->addWidget(m_lines, 1);
    layout->addWidget(copy, 0, Qt::AlignTop);
    m_details->hide();
    setExtra(m_details);
    connect(this, &EmptyState::primaryPressed, this, &EngineStatePage::remedy);
    connect(this, &EmptyState::secondaryPressed, this, &EngineStatePage::pressSecondary);
    connect(engine, &EngineView::stateChanged, this, &EngineStatePage::refresh);
    connect(engine, &EngineView::countsChanged, this, &EngineStatePage::refresh);
    refresh();
}

void EngineStatePage::refresh()
{
    const SituationText text = describeSituation(*m_engine, QDateTime::currentDateTime());
    const bool busy = m_engine->isBusy() && text.mark != StateMark::Busy;
    if (text.iconName.isEmpty()) {
        setBusy();
    } else {
        setIconName(text.iconName, text.tone);
    }
    if (what() != text.what && isVisible()) {
        announce(this, text.what);
    }
    setTexts(text.what, text.why);
    Button *primary = setPrimary(text.remedyText, text.remedyIcon);
    primary->setEnabled(!busy);
    setCommandHint(primary, text.remedy ? m_engine->command(*text.remedy) : QString());
    m_lines->setText(text.details);
    if (text.details.isEmpty()) {
        m_details->hide();
        // An engine that is just starting or stopping needs a moment, not a replacement.
        setSecondary(m_offersAnother && !text.remedyText.isEmpty() ? tr("Use another engine")
                                                                   : QString());
    } else {
        setSecondary(m_details->isHidden() ? tr("Show details") : tr("Hide details"));
    }
}

void EngineStatePage::remedy()
{
    const SituationText text = describeSituation(*m_engine, QDateTime::currentDateTime());
    if (text.remedy) {
        m_engine->run(*text.remedy);
    } else {
        m_engine->lookAgain();
    }
}

void EngineStatePage::setOffersAnother(bool offers)
{
    m_offersAnother = offers;
    refresh();
}

void EngineStatePage::pressSecondary()
{
    if (m_lines->text().isEmpty()) {
        Q_EMIT anotherRequested();
        return;
    }
    m_details->setVisible(m_details->isHidden());
    refresh();
}

EngineBanner::EngineBanner(EngineView *engine, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_mark(new MarkLabel(StateMark::Warning))
    , m_what(new Label)
    , m_why(new Label({}, FontRole::Small, Color::Text2))
    , m_remedy(new Button(u"engineBannerRemedy"_s, tr("Restart engine")))
    , m_age(new QTimer(this))
{
    setObjectName(u"engineBanner"_s);
    m_what->setRole(FontRole::Body, QFont::DemiBold);
    m_why->setWordWrap(true);
    m_remedy->setLook(ButtonKind::Normal, ButtonSize::Small);
    auto *surface = new Surface(Color::WarnTint);
    surface->setLines(Qt::BottomEdge);
    auto *row = new QHBoxLayout(surface);
    row->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    row->setSpacing(space::s2);
    row->addWidget(m_mark);
    row->addWidget(m_what);
    row->addWidget(m_why, 1);
    row->addWidget(m_remedy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(surface);
    connect(m_remedy, &QPushButton::clicked, this, [this] {
        const SituationText text = describeSituation(*m_engine, QDateTime::currentDateTime());
        text.remedy ? m_engine->run(*text.remedy) : m_engine->lookAgain();
    });
    connect(engine, &EngineView::stateChanged, this, &EngineBanner::refresh);
    m_age->setInterval(1000);
    connect(m_age, &QTimer::timeout, this, &EngineBanner::refresh);
    refresh();
}

void EngineBanner::refresh()
{
    const bool wanted = keepsContent(*m_engine) && situationOf(*m_engine) != Situation::Ready;
    if (wanted) {
        const SituationText text = describeSituation(*m_engine, QDateTime::currentDateTime());
        if (isHidden()) {
            announce(this, text.what);
        }
        m_mark->setMark(text.mark);
        m_what->setText(text.what);
        m_why->setText(text.why);
        m_remedy->setText(text.remedyText);
        m_remedy->setAccessibleName(text.remedyText);
        m_remedy->setVisible(!text.remedyText.isEmpty());
        m_remedy->setEnabled(!m_engine->isBusy());
        setCommandHint(m_remedy, text.remedy ? m_engine->command(*text.remedy) : QString());
        if (!m_age->isActive()) {
            m_age->start();
        }
    } else {
        m_age->stop();
    }
    setVisible(wanted);
}

} // namespace roadstead::ui
