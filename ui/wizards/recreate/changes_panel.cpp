// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/recreate/changes_panel.h"

#include "ui/text/display_text.h"
#include "ui/text/secret_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/wizards/recreate/recreate_controller.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

namespace {

using service::Difference;
using service::DifferenceKind;

constexpr int changeIcon = 14;
constexpr std::size_t longestValue = 200;
constexpr int leastStepBadge = 22; ///< so that the words beside them begin at one line

QString settingName(const Difference &change)
{
    if (change.option == "--env") {
        return displayText(change.key);
    }
    if (change.option == "image") {
        return ChangesPanel::tr("Image");
    }
    if (change.option == "command") {
        return ChangesPanel::tr("Command");
    }
    if (change.option == "--publish") {
        return ChangesPanel::tr("Port");
    }
    const QString option = displayText(change.option);
    return change.key.empty() || change.option == "--volume"
               ? option
               : option + u' ' + displayText(change.key);
}

QString valueText(const Difference &change, const std::string &value, bool isThere)
{
    if (!isThere) {
        return QStringLiteral("–");
    }
    if (looksSecret(change.key.empty() ? change.option : change.key, value)) {
        return maskedText();
    }
    return value.empty() ? ChangesPanel::tr("on", "an option without a value")
                         : displayText(value, longestValue);
}

/// How much of two images is their common repository, with the colon; 0 = they have none.
std::size_t sameRepository(const Difference &change)
{
    const auto endOf = [](const std::string &image) {
        const std::size_t colon = image.rfind(':');
        const bool isTag = colon != std::string::npos && !image.contains('@') &&
                           image.find('/', colon) == std::string::npos;
        return isTag ? colon + 1 : 0;
    };
    const std::size_t end = endOf(change.before);
    const bool isSame = end == endOf(change.after) &&
                        change.after.starts_with(std::string_view(change.before).substr(0, end));
    return isSame ? end : 0;
}

/// A value that is gone, struck through.
class OldValue : public ElidedLabel
{
public:
    using ElidedLabel::ElidedLabel;

protected:
    void changeEvent(QEvent *event) override
    {
        ElidedLabel::changeEvent(event);
        if (event->type() == QEvent::FontChange && !font().strikeOut()) {
            strike();
        }
    }

public:
    void strike()
    {
        QFont struck = font();
        struck.setStrikeOut(true);
        setFont(struck);
    }
};

QWidget *changeRow(const Difference &change, int number)
{
    const bool isNew = change.kind == DifferenceKind::Added;
    const bool isGone = change.kind == DifferenceKind::Removed;
    auto *line = new QWidget;
    line->setObjectName(QStringLiteral("change%1").arg(number));
    line->setMinimumHeight(scaled(size::hitTargetMin + space::s2));
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(space::s3, 2, space::s3, 2);
    row->setSpacing(space::s2);
    row->addWidget(new IconLabel(isNew    ? QStringLiteral("plus-lg")
                                 : isGone ? QStringLiteral("dash-lg")
                                          : QStringLiteral("pencil"),
                                 changeIcon,
                                 isNew    ? Color::OkMark
                                 : isGone ? Color::DangerMark
                                          : Color::WarnMark));
    const std::size_t repository = change.option == "image" ? sameRepository(change) : 0;
    auto *name =
        new ElidedLabel(repository > 0 ? ChangesPanel::tr("Image tag") : settingName(change));
    const QString before = valueText(change, change.before.substr(repository), !isNew);
    const QString after = valueText(change, change.after.substr(repository), !isGone);
    auto *old = new OldValue(before, FontRole::Mono, isNew ? Color::Text3 : Color::Danger);
    if (!isNew) {
        old->strike();
    }
    auto *now = new ElidedLabel(after, FontRole::Mono, isGone ? Color::Text3 : Color::Ok);
    for (ElidedLabel *value : {static_cast<ElidedLabel *>(old), now}) {
        value->setElideMode(Qt::ElideMiddle); // what differs is mostly at the end
    }
    row->addWidget(name, 3);
    row->addWidget(old, 3);
    row->addWidget(new IconLabel(QStringLiteral("arrow-right"), changeIcon, Color::Text3));
    row->addWidget(now, 3);
    line->setAccessibleName(
        isNew    ? ChangesPanel::tr("%1: new, %2").arg(name->fullText(), after)
        : isGone ? ChangesPanel::tr("%1: taken away").arg(name->fullText())
                 : ChangesPanel::tr("%1: was %2, becomes %3").arg(name->fullText(), before, after));
    return line;
}

void emptyLayout(QVBoxLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

} // namespace

ChangesPanel::ChangesPanel(RecreateController *controller, QWidget *parent)
    : Surface(Color::BgSunken, parent)
    , m_controller(controller)
    , m_title(new Label({}, FontRole::Section))
    , m_box(new Surface(Color::BgSurface))
    , m_changes(new QVBoxLayout(m_box))
    , m_plan(new QVBoxLayout)
    , m_undo(new Label)
{
    setObjectName(QStringLiteral("changesPanel"));
    setLines(layoutDirection() == Qt::RightToLeft ? Qt::RightEdge : Qt::LeftEdge);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s4);
    column->setSpacing(space::s3);
    m_title->setObjectName(QStringLiteral("changeCount"));
    column->addWidget(m_title);
    m_box->setRounded(radius::card);
    m_changes->setContentsMargins(1, 1, 1, 1);
    m_changes->setSpacing(0);
    column->addWidget(m_box);
    column->addWidget(new Label(tr("What happens"), FontRole::Section));
    m_plan->setSpacing(space::s1);
    column->addLayout(m_plan);
    auto *note = new Surface(Color::AccentTint);
    note->setRounded(radius::card, Color::AccentTint);
    auto *row = new QHBoxLayout(note);
    row->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    row->setSpacing(space::s3);
    row->addWidget(new IconLabel(QStringLiteral("arrow-counterclockwise"), 16, Color::Accent), 0,
                   Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(new Label(tr("You can undo it"), FontRole::Section));
    m_undo->setWordWrap(true);
    m_undo->setTone(Color::Text2);
    words->addWidget(m_undo);
    row->addLayout(words, 1);
    column->addWidget(note);
    column->addWidget(new Label(tr("Does not move over"), FontRole::Section));
    auto *left =
        new Label(tr("What it wrote to its own files, outside of volumes, and its log. Both "
                     "stay in the old container."),
                  FontRole::Body, Color::Text2);
    left->setObjectName(QStringLiteral("leftBehind"));
    left->setWordWrap(true);
    column->addWidget(left);
    column->addStretch(1);
    connect(controller, &RecreateController::changed, this, &ChangesPanel::refresh);
    refresh();
}

void ChangesPanel::refresh()
{
    refreshChanges();
    refreshPlan();
    m_undo->setText(
        tr("The old container is kept, stopped, as %1 until you remove it. Undo recreate, in the "
           "menu of the new one, swaps the two.")
            .arg(displayText(service::nameBefore(m_controller->container().name))));
}

void ChangesPanel::refreshChanges()
{
    const auto &changes = m_controller->differences();
    m_title->setText(tr("Changed: %1").arg(changes.size()));
    emptyLayout(m_changes);
    m_box->setVisible(!changes.empty());
    for (int number = 0; const Difference &change : changes) {
        if (number > 0) {
            m_changes->addWidget(new Separator);
        }
        m_changes->addWidget(changeRow(change, number++));
    }
}

void ChangesPanel::refreshPlan()
{
    const QString name = displayText(m_controller->container().name);
    const QString kept = displayText(service::nameBefore(m_controller->container().name));
    QStringList steps;
    if (m_controller->pulls()) {
        steps.append(tr("Pull the image, while the old one still runs"));
    }
    steps.append(tr("Create the new one, with the same volumes and networks"));
    steps.append(m_controller->container().isAlive
                     ? tr("Stop %1 and rename it to %2").arg(name, kept)
                     : tr("Rename %1 to %2").arg(name, kept));
    steps.append(tr("Start the new one and wait until it is well"));
    steps.append(tr("If that fails, the old one comes back by itself"));
    emptyLayout(m_plan);
    for (int number = 1; const QString &step : steps) {
        auto *line = new QWidget;
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(space::s2);
        auto *badge = new Badge(QString::number(number++));
        badge->setFixedWidth(std::max(badge->sizeHint().width(), scaled(leastStepBadge)));
        row->addWidget(badge, 0, Qt::AlignTop);
        auto *text = new Label(step, FontRole::Body, Color::Text2);
        text->setWordWrap(true);
        row->addWidget(text, 1);
        m_plan->addWidget(line);
    }
}

} // namespace roadstead::ui
