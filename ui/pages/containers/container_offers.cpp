// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/container_offers.h"

#include "engine/docker/command.h"
#include "ui/pages/containers/containers_controller.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/command_hint.h"

#include <QAction>
#include <QMenu>

#include <array>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr std::array allContainerOffers{ContainerOffer::Recreate,  ContainerOffer::PublishPort,
                                        ContainerOffer::Duplicate, ContainerOffer::Commit,
                                        ContainerOffer::Export,    ContainerOffer::Wait};

QString offerIcon(ContainerOffer offer)
{
    switch (offer) {
    case ContainerOffer::Recreate:
        return QStringLiteral("pencil");
    case ContainerOffer::PublishPort:
        return QStringLiteral("plug");
    case ContainerOffer::Duplicate:
        return QStringLiteral("copy");
    case ContainerOffer::Commit:
        return QStringLiteral("layers");
    case ContainerOffer::Export:
        return QStringLiteral("save");
    case ContainerOffer::Wait:
        break;
    }
    return QStringLiteral("bell");
}

/// What it runs, where that is known before it asks; empty where a form decides.
QString offerHint(ContainerOffer offer, const ContainerRow &row)
{
    const std::string &name = row.rawName;
    const auto line = [](const std::vector<std::string> &words) {
        return QString::fromStdString(docker::commandLine(words));
    };
    switch (offer) {
    case ContainerOffer::Commit:
        return line({"commit", name, "REPOSITORY:TAG"});
    case ContainerOffer::Export:
        return line({"export", "-o", name + ".tar", name});
    case ContainerOffer::Wait:
        return line({"wait", name});
    default:
        return {};
    }
}

} // namespace

QString offerIdentifier(ContainerOffer offer)
{
    static constexpr std::array names{"recreate", "publishPort", "duplicate",
                                      "commit",   "export",      "wait"};
    return QString::fromLatin1(names[static_cast<std::size_t>(offer)]);
}

ContainerOffers::ContainerOffers(const ContainersController *controller, OfferRules rules,
                                 const QString &prefix, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
    , m_rules(std::move(rules))
{
    for (const ContainerOffer offer : allContainerOffers) {
        auto *action = new QAction(icon(offerIcon(offer)), {}, this);
        QString name = offerIdentifier(offer);
        name[0] = name[0].toUpper();
        action->setObjectName(prefix + name);
        connect(action, &QAction::triggered, this, [this, offer] {
            if (!m_id.empty()) {
                Q_EMIT triggered(offer, m_id);
            }
        });
        m_actions.emplace(offer, action);
    }
    update();
}

void ContainerOffers::setTarget(const std::string &id)
{
    m_id = id;
    update();
}

QList<QAction *> ContainerOffers::actions() const
{
    QList<QAction *> all;
    for (const ContainerOffer offer : allContainerOffers) {
        if (m_rules.hasForms || offer == ContainerOffer::Export || offer == ContainerOffer::Wait) {
            all.append(m_actions.at(offer));
        }
    }
    return all;
}

void ContainerOffers::addTo(QMenu *menu) const
{
    for (QAction *action : actions()) {
        if (action == m_actions.at(ContainerOffer::Commit)) {
            menu->addSeparator();
        }
        menu->addAction(action);
    }
}

void ContainerOffers::update()
{
    const ContainerRowPointer row = m_id.empty() ? nullptr : m_controller->containers()->find(m_id);
    for (const auto &[offer, action] : m_actions) {
        action->setText(textFor(offer, row.get()));
        action->setEnabled(fits(offer, row.get()));
        setCommandHint(action, row ? offerHint(offer, *row) : QString());
    }
}

bool ContainerOffers::fits(ContainerOffer offer, const ContainerRow *row) const
{
    if (row == nullptr || m_controller->isStale() ||
        row->state == docker::ContainerState::Removing) {
        return false;
    }
    return offer != ContainerOffer::Wait || row->isAlive() || m_rules.isAwaited(row->id);
}

QString ContainerOffers::textFor(ContainerOffer offer, const ContainerRow *row) const
{
    const bool named = m_namesTarget && row != nullptr;
    const auto choose = [&](const QString &alone, const QString &withName) {
        return named ? withName.arg(plainLabel(row->name)) : alone;
    };
    switch (offer) {
    case ContainerOffer::Recreate:
        return choose(tr("Edit and recreate…"), tr("Edit and recreate %1…"));
    case ContainerOffer::PublishPort:
        return choose(tr("Publish a port…"), tr("Publish a port of %1…"));
    case ContainerOffer::Duplicate:
        return choose(tr("Duplicate…"), tr("Duplicate %1…"));
    case ContainerOffer::Commit:
        return choose(tr("Commit to an image…"), tr("Commit %1 to an image…"));
    case ContainerOffer::Export:
        return choose(tr("Export files…"), tr("Export the files of %1…"));
    case ContainerOffer::Wait:
        break;
    }
    return row != nullptr && m_rules.isAwaited(row->id)
               ? choose(tr("Stop waiting for its end"), tr("Stop waiting for the end of %1"))
               : choose(tr("Tell me when it ends"), tr("Tell me when %1 ends"));
}

} // namespace roadstead::ui
