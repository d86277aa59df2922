// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/image_actions.h"

#include "ui/pages/images/images_controller.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/command_hint.h"

#include <QPointer>

#include <algorithm>

namespace roadstead::ui {

ImageActions::ImageActions(ImagesController *controller, const QString &prefix, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
{
    for (const ImageAction action : allImageActions) {
        const bool isDanger = action == ImageAction::Remove;
        auto *qAction =
            new QAction(icon(actionIcon(action), isDanger ? Color::Danger : Color::Text2),
                        actionLabel(action), this);
        QString name = actionIdentifier(action);
        name[0] = name[0].toUpper();
        qAction->setObjectName(prefix + name);
        qAction->setProperty("danger", isDanger);
        connect(qAction, &QAction::triggered, this,
                [this, action] { Q_EMIT triggered(action, m_ids); });
        m_actions.emplace(action, qAction);
    }
    update();
}

QAction *ImageActions::action(ImageAction action) const
{
    return m_actions.at(action);
}

void ImageActions::setTargets(std::vector<std::string> ids)
{
    m_ids = std::move(ids);
    update();
}

void ImageActions::setNamesTargets(bool names)
{
    m_namesTargets = names;
    update();
}

void ImageActions::update()
{
    const ImageRows rows = m_controller->rowsOf(m_ids);
    for (const auto &[action, qAction] : m_actions) {
        const bool fits = std::ranges::any_of(
            rows, [which = action](const auto &row) { return isApplicable(which, *row); });
        setCommandHint(qAction, [self = QPointer(this), which = action] {
            return self ? hintFor(which, self->m_controller->rowsOf(self->m_ids)) : QString();
        });
        if (m_namesTargets) {
            qAction->setText(textFor(action, rows));
        }
        qAction->setEnabled(fits && !m_controller->isStale() &&
                            (!isForOne(action) || rows.size() == 1));
    }
}

QString ImageActions::textFor(ImageAction action, const ImageRows &rows) const
{
    const QString label = actionLabel(action);
    if (rows.empty()) {
        return label;
    }
    const QString whom = rows.size() == 1 ? plainLabel(rows.front()->title())
                                          : tr("%n images", nullptr, int(rows.size()));
    return tr("%1 %2…", "verb, whom").arg(label.chopped(1), whom);
}

} // namespace roadstead::ui
