// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/registries/registries_view.h"

#include "ui/pages/registries/accounts_card.h"
#include "ui/pages/registries/accounts_controller.h"
#include "ui/pages/registries/browse_pane.h"
#include "ui/pages/registries/exceptions_card.h"
#include "ui/pages/registries/local_registry.h"
#include "ui/pages/registries/repository_browser.h"
#include "ui/pages/registries/trust_card.h"
#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/side_pane.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int usualPort = 5001; // 5000 is often taken
constexpr int lowestPort = 1024;
constexpr int highestPort = 65535;
constexpr int portWidth = 84;

} // namespace

RegistriesView::RegistriesView(const Parts &parts, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_accounts(parts.accounts)
    , m_browser(parts.browser)
    , m_local(parts.local)
    , m_exceptions(parts.exceptions)
    , m_trust(parts.trust)
    , m_mirrors(parts.mirrors)
{
    setObjectName(u"registriesView"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_header = new PageHeader(tr("Registries"));
    m_mirror = new Label({}, FontRole::Small, Color::Text2);
    m_mirror->setObjectName(u"registryMirror"_s);
    m_header->addEndWidget(m_mirror);
    column->addWidget(m_header);
    column->addWidget(new Separator);
    m_pane = new BrowsePane(m_browser, parts.isHere);
    m_side = new SidePane(u"registriesPane"_s, u"registries/pane"_s, makeList(), m_pane);
    column->addWidget(m_side, 1);
    connect(m_accounts, &AccountsController::changed, this, &RegistriesView::refresh);
    connect(m_local, &LocalRegistry::changed, this, &RegistriesView::refreshLocal);
    connect(m_accountsCard, &AccountsCard::browseWanted, this, &RegistriesView::browseWanted);
    connect(m_accountsCard, &AccountsCard::signInWanted, this, &RegistriesView::signInWanted);
    m_side->setOpen(false);
    refresh();
    refreshLocal();
}

RegistriesView::~RegistriesView()
{
    m_accounts->disconnect(this);
    m_local->disconnect(this);
}

QWidget *RegistriesView::makeList()
{
    auto *list = new Surface(Color::BgSurface);
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s4);
    column->setSpacing(space::s3);
    column->addWidget(makeWarning());
    m_problem = new Label({}, FontRole::Body, Color::Danger);
    m_problem->setObjectName(u"accountsProblem"_s);
    m_problem->setWordWrap(true);
    column->addWidget(m_problem);
    m_accountsCard = new AccountsCard(m_accounts, m_exceptions);
    m_helpersCard = new HelpersCard(m_accounts);
    column->addWidget(m_accountsCard);
    column->addWidget(m_helpersCard);
    if (m_trust != nullptr) {
        m_trustCard = new TrustCard(m_trust);
        column->addWidget(m_trustCard);
    }
    column->addWidget(makeLocal());
    m_exceptionsCard = new ExceptionsCard(m_exceptions);
    column->addWidget(m_exceptionsCard);
    column->addStretch(1);
    auto *area = new QScrollArea;
    area->setObjectName(u"registriesScroll"_s);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(list);
    return area;
}

QWidget *RegistriesView::makeWarning()
{
    m_warning = new Surface(Color::WarnTint);
    m_warning->setObjectName(u"plainTextWarning"_s);
    m_warning->setRounded(radius::card, Color::WarnMark);
    auto *row = new QHBoxLayout(m_warning);
    row->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    row->setSpacing(space::s3);
    row->addWidget(new MarkLabel(StateMark::Warning, 16), 0, Qt::AlignVCenter);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    m_warningTitle = new Label({}, FontRole::Section);
    m_warningTitle->setObjectName(u"plainTextTitle"_s);
    m_warningText = new Label({}, FontRole::Small, Color::Text2);
    m_warningText->setWordWrap(true);
    words->addWidget(m_warningTitle);
    words->addWidget(m_warningText);
    row->addLayout(words, 1);
    auto *show = new Button(u"showConfigFile"_s, tr("Show file"));
    m_move = new Button(u"movePlainText"_s, tr("Move"));
    row->addWidget(show);
    row->addWidget(m_move);
    connect(show, &Button::clicked, this, &RegistriesView::showFileWanted);
    connect(m_move, &Button::clicked, this, &RegistriesView::moveWanted);
    return m_warning;
}

QWidget *RegistriesView::makeLocal()
{
    auto *card = new Surface(Color::BgSurface);
    card->setObjectName(u"localRegistryCard"_s);
    card->setRounded(radius::card);
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(space::s3, space::s3, space::s3, space::s3);
    row->setSpacing(space::s3);
    row->addWidget(new IconLabel(u"registry"_s, 20), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new Label(tr("Local registry"), FontRole::Section));
    m_localText = new Label({}, FontRole::Body, Color::Text2);
    m_localText->setObjectName(u"localRegistryText"_s);
    m_localText->setWordWrap(true);
    words->addWidget(m_localText);
    row->addLayout(words, 1);
    auto *label = new Label(tr("Port"), FontRole::Body, Color::Text2);
    m_port = new QSpinBox;
    m_port->setObjectName(u"localRegistryPort"_s);
    m_port->setAccessibleName(tr("Port of the local registry"));
    m_port->setRange(lowestPort, highestPort);
    m_port->setValue(usualPort);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_port->setFixedWidth(scaled(portWidth));
    label->setBuddy(m_port);
    m_start = new Button(u"startLocalRegistry"_s, tr("Start a local registry"));
    m_browseLocal = new Button(u"browseLocalRegistry"_s, tr("Browse"));
    m_removeLocal = new Button(u"removeLocalRegistry"_s, tr("Remove…"), ButtonKind::Danger);
    row->addWidget(label);
    for (QWidget *each : {static_cast<QWidget *>(m_port), static_cast<QWidget *>(m_browseLocal),
                          static_cast<QWidget *>(m_start), static_cast<QWidget *>(m_removeLocal)}) {
        row->addWidget(each);
    }
    setCommandHint(m_start, [this] {
        return m_local->state() == LocalRegistry::State::Running
                   ? u"docker stop "_s + QLatin1StringView(LocalRegistry::container)
                   : m_local->startLine(std::uint16_t(m_port->value()));
    });
    connect(m_start, &Button::clicked, this, [this] {
        if (m_local->state() == LocalRegistry::State::Running) {
            m_local->stop();
        } else {
            m_local->start(std::uint16_t(m_port->value()));
        }
    });
    connect(m_browseLocal, &Button::clicked, this,
            [this] { Q_EMIT browseWanted(m_local->name()); });
    connect(m_removeLocal, &Button::clicked, this, &RegistriesView::removeLocalWanted);
    return card;
}

void RegistriesView::setPaneOpen(bool open)
{
    m_side->setOpen(open);
}

bool RegistriesView::isPaneOpen() const
{
    return m_side->isOpen();
}

void RegistriesView::refresh()
{
    const registry::AccountBook &book = m_accounts->book();
    m_header->setSummary(book.accounts.empty()
                             ? QString()
                             : tr("%n accounts", nullptr, int(book.accounts.size())) + u" · "_s +
                                   tr("%n registries", nullptr, m_accounts->registryCount()));
    m_problem->setText(m_accounts->problem());
    m_problem->setVisible(!m_accounts->problem().isEmpty());
    const int plain = int(book.plain().size());
    m_warning->setVisible(plain > 0);
    m_warningTitle->setText(tr("%n passwords are kept as plain text", nullptr, plain));
    const QString file = displayText(book.file, 120);
    const QString helper = displayText(book.offered, 40);
    m_warningText->setText(
        helper.isEmpty()
            ? tr("Any program can read %1. Install docker-credential-secretservice (Debian: "
                 "golang-docker-credential-helpers) to keep them in the desktop's keyring.")
                  .arg(file)
            : tr("Any program can read %1.").arg(file));
    m_move->setVisible(!helper.isEmpty());
    m_move->setText(m_accounts->isMoving()            ? tr("Moving")
                    : book.offered == "secretservice" ? tr("Move to Secret Service")
                                                      : tr("Move to %1").arg(helper));
    m_move->setAccessibleName(m_move->text());
    m_move->setEnabled(!m_accounts->isMoving());
    m_mirror->setText(m_mirrors ? m_mirrors() : QString());
    m_mirror->setVisible(!m_mirror->text().isEmpty());
}

void RegistriesView::refreshLocal()
{
    using State = LocalRegistry::State;
    const State state = m_local->state();
    const bool isBusy = state == State::Pulling || state == State::Working;
    const QString name = QString::fromStdString(m_local->name());
    m_localText->setText(
        state == State::Running
            ? tr("Runs at %1, for this computer alone. Push to %1/NAME.").arg(name)
        : state == State::Pulling ? tr("Pulling %1").arg(QLatin1StringView(LocalRegistry::image))
        : state == State::Working ? tr("Working")
        : state == State::Stopped ? tr("Stopped. What was pushed to it is still there.")
        : m_local->isImageHere()
            ? tr("Keeps images on this computer, without an account. Runs %1, already here.")
                  .arg(QLatin1StringView(LocalRegistry::image))
            : tr("Keeps images on this computer, without an account. Pulls and runs %1.")
                  .arg(QLatin1StringView(LocalRegistry::image)));
    m_start->setText(state == State::Running   ? tr("Stop")
                     : state == State::Stopped ? tr("Start")
                                               : tr("Start a local registry"));
    m_start->setAccessibleName(m_start->text());
    m_start->setIconName(state == State::Running ? u"stop"_s : u"play"_s);
    m_start->setEnabled(!isBusy);
    m_port->setEnabled(state == State::Absent);
    if (m_local->port() != 0 && state != State::Absent) {
        m_port->setValue(m_local->port());
    }
    m_browseLocal->setVisible(state == State::Running && !name.isEmpty());
    m_removeLocal->setVisible(state == State::Running || state == State::Stopped);
}

} // namespace roadstead::ui
