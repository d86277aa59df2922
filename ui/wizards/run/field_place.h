// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/run_form.h"

#include <QWidget>

#include <optional>

namespace roadstead::ui {

class IconLabel;
class Label;
class LinkButton;
class RunController;

/// Says which place of the form a widget shows. A field's frame tells of mistakes there.
void setPlace(QWidget *widget, const RunPlace &place);
[[nodiscard]] std::optional<RunPlace> placeOf(const QWidget *widget);
/// The field of a place within `root`, in which one can type; null when there is none.
[[nodiscard]] QWidget *fieldAt(const QWidget *root, const RunPlace &place);
/// Shows at every field and note of `root` what the controller has to say of its place.
void markPlaces(QWidget *root, const RunController &controller);

/// What there is to say of one place, beside or below its field: a sign, a sentence and a way to
/// mend it. Takes no room where there is nothing to say.
class PlaceNote : public QWidget
{
    Q_OBJECT
public:
    /// `showsFine`: says also that all is well.
    explicit PlaceNote(const RunPlace &place, bool showsFine = false, QWidget *parent = nullptr);

    void mark(const RunController &controller);

Q_SIGNALS:
    void fixWanted(const roadstead::ui::RunPlace &place);

private:
    bool m_showsFine;
    IconLabel *m_icon;
    Label *m_text;
    LinkButton *m_fix;
};

} // namespace roadstead::ui
