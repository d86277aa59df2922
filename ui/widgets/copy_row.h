// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

namespace roadstead::ui {

class ElidedLabel;
class IconButton;

/// A text in the code font, shortened in its middle where there is no room, and a button that
/// copies it whole.
class CopyRow : public Surface
{
    Q_OBJECT
public:
    /// `label` says what is copied, for assistive technology.
    CopyRow(const QString &name, const QString &label, QWidget *parent = nullptr);

    void setText(const QString &text); ///< display text; empty disables the button
    /// Something else is shown than copied: what is on its way.
    void setWaiting(const QString &text);
    [[nodiscard]] QString text() const { return m_whole; }

private:
    QString m_whole;
    ElidedLabel *m_label;
    IconButton *m_copy;
};

} // namespace roadstead::ui
