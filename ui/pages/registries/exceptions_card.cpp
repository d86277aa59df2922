// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/registries/exceptions_card.h"

#include "engine/service/registries/certificates.h"
#include "ui/pages/registries/card_table.h"
#include "ui/pages/registries/exception_dialogs.h"
#include "ui/pages/registries/exceptions_controller.h"
#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int exceptionRegistryShare = 5;
constexpr int exceptionKindShare = 4;
constexpr int exceptionDetailShare = 8;
constexpr int exceptionTail = 30;

/// Whose certificate it is, and until when it helps.
QString certificateText(const EngineOptions &options, const std::string &registry)
{
    const auto found = options.certificates.find(registry);
    if (found == options.certificates.end()) {
        return {};
    }
    const auto facts = service::certificatesOf(QByteArray::fromStdString(found->second));
    if (!facts) {
        return {};
    }
    const QString until =
        QLocale().toString(facts->back().until.toLocalTime().date(), QLocale::ShortFormat);
    return ExceptionsCard::tr("%1, until %2").arg(displayText(facts->back().subject, 120), until);
}

} // namespace

ExceptionsCard::ExceptionsCard(ExceptionsController *controller, QWidget *parent)
    : Card(tr("Certificates of your own, and none"), parent)
    , m_controller(controller)
    , m_trust(new Button(u"trustCertificate"_s, tr("Trust a certificate…"), ButtonKind::Quiet))
    , m_insecure(new Button(u"useInsecure"_s, tr("Use without encryption…"), ButtonKind::Quiet))
{
    setObjectName(u"registrySafety"_s);
    m_trust->setIconName(u"shield-lock"_s);
    m_insecure->setIconName(u"plus-lg"_s);
    addHeadWidget(m_trust);
    addHeadWidget(m_insecure);
    setNote(controller->mayChange() ? tr("of this engine alone") : QString());
    connect(m_trust, &Button::clicked, this, [this] { Q_EMIT trustWanted({}); });
    connect(m_insecure, &Button::clicked, this, [this] { Q_EMIT insecureWanted({}); });
    connect(controller, &ExceptionsController::changed, this, &ExceptionsCard::refresh);
    m_trust->setVisible(controller->mayChange());
    m_insecure->setVisible(controller->mayChange());
    refresh();
}

void ExceptionsCard::refresh()
{
    const KeptFocus focus(m_rows);
    m_rows = newRows(this, m_rows);
    m_trust->setEnabled(!m_controller->isBusy());
    m_insecure->setEnabled(!m_controller->isBusy());
    const std::vector<std::string> registries = m_controller->registries();
    auto *column = m_rows->layout();
    if (!registries.empty()) {
        column->addWidget(headRow({{tr("Registry"), exceptionRegistryShare},
                                   {tr("Exception"), exceptionKindShare},
                                   {tr("Certificate"), exceptionDetailShare}},
                                  exceptionTail + space::s2));
    }
    for (std::size_t i = 0; i < registries.size(); ++i) {
        column->addWidget(makeExceptionRow(i, registries[i]));
    }
    if (!m_controller->mayChange()) {
        addHelp();
    } else if (registries.empty()) {
        const auto [row, line] = tableRow(false);
        auto *words =
            new Label(tr("Every registry has to show a certificate that this computer trusts. For "
                         "one of your "
                         "own, trust its certificate. Registries on this computer need none."),
                      FontRole::Body, Color::Text2);
        words->setWordWrap(true);
        line->addWidget(words, 1);
        column->addWidget(row);
    }
}

QWidget *ExceptionsCard::makeExceptionRow(std::size_t index, const std::string &registry)
{
    const auto [row, line] = tableRow(false);
    const QString name = displayText(registry, 80);
    const bool isInsecure = m_controller->kindOf(registry) == ExceptionsController::Kind::Insecure;
    auto *title = new ElidedLabel(name);
    title->setRole(FontRole::Body, QFont::DemiBold);
    addTableCell(line, title, exceptionRegistryShare);
    addTableCell(
        line,
        isInsecure
            ? markedCell(StateMark::Warning, tr("Not verified, or not encrypted"), Color::Warn, {})
            : markedCell(StateMark::Done, tr("Certificate of your own"), Color::Text, {}),
        exceptionKindShare);
    addTableCell(line,
                 new ElidedLabel(certificateText(m_controller->options(), registry), FontRole::Body,
                                 Color::Text2),
                 exceptionDetailShare);
    auto *tail = new QWidget;
    tail->setFixedWidth(scaled(exceptionTail));
    auto *inTail = new QHBoxLayout(tail);
    inTail->setContentsMargins(0, 0, 0, 0);
    if (m_controller->mayChange()) {
        auto *remove = new IconButton(u"removeException%1"_s.arg(index), u"x-lg"_s,
                                      tr("Remove the exception of %1").arg(name));
        remove->setEnabled(!m_controller->isBusy());
        inTail->addWidget(remove);
        connect(remove, &IconButton::clicked, this,
                [this, registry] { Q_EMIT removalWanted(registry); });
    }
    line->addWidget(tail);
    return row;
}

/// With a placeholder; a registry's menu has the same with its name.
void ExceptionsCard::addHelp()
{
    auto *place = new QWidget;
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(space::s3, space::s2, space::s3, space::s3);
    column->setSpacing(space::s1);
    const auto addWords = [column](const QString &text) {
        auto *words = new Label(text, FontRole::Body, Color::Text2);
        words->setWordWrap(true);
        column->addWidget(words);
    };
    addWords(tr("This engine is not Roadstead's own: whoever looks after it sets this, on the "
                "computer where it runs. Registries on that computer need neither."));
    addExceptionHelp(column, ExceptionHelpDialog::Wanted::Certificate, u"HOST:PORT"_s);
    addExceptionHelp(column, ExceptionHelpDialog::Wanted::Insecure, u"HOST:PORT"_s);
    addWords(tr("Without encryption, whoever is on the way can read passwords and change images: "
                "only in a network that you trust."));
    m_rows->layout()->addWidget(place);
}

} // namespace roadstead::ui
