// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/field_place.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/wizards/run/run_controller.h"

#include <QHBoxLayout>
#include <QVariant>

namespace roadstead::ui {

namespace {

constexpr auto fieldProperty = "roadsteadRunField";
constexpr auto rowProperty = "roadsteadRunRow";
constexpr int noteIcon = 14;
constexpr int longestLine = 28; ///< characters that stand beside a field

} // namespace

void setPlace(QWidget *widget, const RunPlace &place)
{
    widget->setProperty(fieldProperty, QString::fromStdString(place.field));
    widget->setProperty(rowProperty, place.row);
}

std::optional<RunPlace> placeOf(const QWidget *widget)
{
    for (; widget != nullptr; widget = widget->parentWidget()) {
        const QVariant field = widget->property(fieldProperty);
        if (field.isValid()) {
            return RunPlace{field.toString().toStdString(), widget->property(rowProperty).toInt()};
        }
    }
    return std::nullopt;
}

QWidget *fieldAt(const QWidget *root, const RunPlace &place)
{
    for (QWidget *widget : root->findChildren<QWidget *>()) {
        if (widget->property(fieldProperty).isValid() && widget->focusPolicy() != Qt::NoFocus &&
            widget->isVisibleTo(root) && placeOf(widget) == place) {
            return widget;
        }
    }
    return nullptr;
}

void markPlaces(QWidget *root, const RunController &controller)
{
    for (QWidget *widget : root->findChildren<QWidget *>()) {
        if (!widget->property(fieldProperty).isValid()) {
            continue;
        }
        if (auto *note = qobject_cast<PlaceNote *>(widget)) {
            note->mark(controller);
        } else if (const auto place = placeOf(widget)) {
            const RunCheck *problem = controller.problemAt(*place);
            setFaulty(widget, problem != nullptr);
            widget->setAccessibleDescription(problem != nullptr ? problem->fieldText : QString());
        }
    }
}

PlaceNote::PlaceNote(const RunPlace &place, bool showsFine, QWidget *parent)
    : QWidget(parent)
    , m_showsFine(showsFine)
    , m_icon(new IconLabel(QStringLiteral("exclamation-circle"), noteIcon, Color::Danger))
    , m_text(new Label({}, FontRole::Small, Color::Danger))
    , m_fix(new LinkButton(QStringLiteral("fix"), {}))
{
    setPlace(this, place);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s1);
    row->addWidget(m_icon);
    row->addWidget(m_text);
    row->addWidget(m_fix);
    row->addStretch(1);
    setVisible(false);
    connect(m_fix, &LinkButton::clicked, this, [this] {
        if (const auto at = placeOf(this)) {
            Q_EMIT fixWanted(*at);
        }
    });
}

void PlaceNote::mark(const RunController &controller)
{
    const auto place = placeOf(this);
    const RunCheck *check = !place        ? nullptr
                            : m_showsFine ? controller.checkAt(*place)
                                          : controller.problemAt(*place);
    setVisible(check != nullptr);
    if (check == nullptr) {
        return;
    }
    const bool isWrong = check->verdict == RunCheck::Verdict::Wrong;
    const bool isFine = check->verdict == RunCheck::Verdict::Fine;
    const Color tone = isWrong ? Color::Danger : isFine ? Color::Ok : Color::Text2;
    m_icon->setIconName(isWrong  ? QStringLiteral("exclamation-circle")
                        : isFine ? QStringLiteral("check-lg")
                                 : QStringLiteral("info-circle"),
                        tone);
    m_text->setTone(tone);
    m_text->setText(check->fieldText);
    const bool isLong = check->fieldText.size() > longestLine;
    m_text->setWordWrap(isLong);
    m_text->setSizePolicy(isLong ? QSizePolicy::Expanding : QSizePolicy::Preferred,
                          QSizePolicy::Preferred);
    m_fix->setObjectName(
        QStringLiteral("fix-%1-%2").arg(QString::fromStdString(place->field)).arg(place->row));
    m_fix->setVisible(!check->fixText.isEmpty());
    m_fix->setText(plainLabel(check->fixText));
    m_fix->setAccessibleName(check->fixText);
}

} // namespace roadstead::ui
