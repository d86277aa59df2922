// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_row.h"

#include <QObject>

#include <functional>
#include <map>
#include <string>

class QAction;
class QMenu;

namespace roadstead::ui {

class ContainersController;

/// What can be done with one container beside its life (see ContainerAction).
enum class ContainerOffer { Recreate, PublishPort, Duplicate, Commit, Export, Wait };

/// For object names: "recreate".
QString offerIdentifier(ContainerOffer offer);

/// What a set of offers depends on beside the container itself.
struct OfferRules
{
    bool hasForms = false; ///< there are pages for what needs a form
    std::function<bool(const std::string &id)> isAwaited = [](const std::string &) {
        return false;
    };
};

/// One QAction for each offer, for one container. GUI thread.
class ContainerOffers : public QObject
{
    Q_OBJECT
public:
    /// `prefix` begins the actions' object names: "menu" gives "menuCommit".
    ContainerOffers(const ContainersController *controller, OfferRules rules, const QString &prefix,
                    QObject *parent = nullptr);

    /// Empty = none.
    void setTarget(const std::string &id);
    /// Texts say whom they are for, "Commit web…": for the palette.
    void setNamesTarget(bool names) { m_namesTarget = names; }
    [[nodiscard]] QAction *action(ContainerOffer offer) const { return m_actions.at(offer); }
    [[nodiscard]] QList<QAction *> actions() const;
    void addTo(QMenu *menu) const;
    void update(); ///< again, after the container changed

Q_SIGNALS:
    void triggered(roadstead::ui::ContainerOffer offer, const std::string &id);

private:
    [[nodiscard]] QString textFor(ContainerOffer offer, const ContainerRow *row) const;
    [[nodiscard]] bool fits(ContainerOffer offer, const ContainerRow *row) const;

    const ContainersController *m_controller;
    OfferRules m_rules;
    std::string m_id;
    bool m_namesTarget = false;
    std::map<ContainerOffer, QAction *> m_actions;
};

} // namespace roadstead::ui
