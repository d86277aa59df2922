// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QList>
#include <QWidget>

namespace roadstead::ui {

/// One bar of parts beside each other, each as long as its amount: what takes the disk, what makes
/// an image.
class StackBar : public QWidget
{
    Q_OBJECT
public:
    struct Part
    {
        qint64 amount = 0;
        Color tone = Color::Chart1;
        bool operator==(const Part &) const = default;
    };

    explicit StackBar(const QString &name, int thickness = 6, QWidget *parent = nullptr);

    void setParts(const QList<Part> &parts);
    [[nodiscard]] const QList<Part> &parts() const { return m_parts; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<Part> m_parts;
    int m_thickness;
};

/// A square in a part's colour with its word, for below the bar.
class LegendLabel : public QWidget
{
    Q_OBJECT
public:
    LegendLabel(Color tone, QWidget *parent = nullptr);
    void setText(const QString &text);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Color m_tone;
    QString m_text;
};

} // namespace roadstead::ui
