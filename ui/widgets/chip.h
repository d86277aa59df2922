// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QAbstractButton>
#include <QWidget>

#include <optional>

class QButtonGroup;

namespace roadstead::ui {

class FlowLayout;

/// A filter chip: state mark, word, count. Checkable.
class Chip : public QAbstractButton
{
    Q_OBJECT
public:
    Chip(const QString &name, const QString &text, std::optional<StateMark> mark = {},
         QWidget *parent = nullptr);

    void setCount(std::optional<qint64> count); ///< none = no number
    [[nodiscard]] std::optional<qint64> count() const { return m_count; }
    /// An icon in place of a state mark.
    void setIconName(const QString &iconName);
    /// A small square in a colour, for what has that colour elsewhere.
    void setSwatch(Color swatch);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refreshName();

    std::optional<StateMark> m_mark;
    std::optional<qint64> m_count;
    QString m_iconName;
    std::optional<Color> m_swatch;
};

/// Chips of which exactly one is chosen; Left and Right move between them. In a narrow place they
/// take several lines.
class ChipGroup : public QWidget
{
    Q_OBJECT
public:
    explicit ChipGroup(const QString &name, const QString &label, QWidget *parent = nullptr);

    Chip *addChip(int id, const QString &name, const QString &text,
                  std::optional<StateMark> mark = {});
    [[nodiscard]] Chip *chip(int id) const;
    [[nodiscard]] int chosen() const;
    void choose(int id);

Q_SIGNALS:
    void chosenChanged(int id);

private:
    QButtonGroup *m_group;
    FlowLayout *m_layout;
};

} // namespace roadstead::ui
