// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"
#include "ui/wizards/build/build_picture.h"

#include <QHash>
#include <QMap>
#include <QPlainTextEdit>

#include <optional>

namespace roadstead::ui {

/// A Dockerfile with its line numbers, coloured, and beside the lines how far their steps are. To
/// read, or to edit.
class DockerfileView : public QPlainTextEdit
{
    Q_OBJECT
public:
    DockerfileView(const QString &name, const QString &label, QWidget *parent = nullptr);

    /// By the first line of an instruction.
    void setSteps(const QHash<int, PictureStep> &steps);
    /// Lines that are wrong; 0 = none. The view goes there when they are new.
    void setWrongLines(int first, int last);
    /// What is said of a line: a sign in the margin, and display text for who points at it.
    struct Remark
    {
        QString text;
        bool isWrong = false;
        bool operator==(const Remark &) const = default;
    };
    void setRemarks(const QMap<int, Remark> &remarks);
    [[nodiscard]] const QMap<int, Remark> &remarks() const { return m_remarks; }
    /// The line whose step is chosen; 0 = none.
    void setChosenLine(int line);

Q_SIGNALS:
    void lineChosen(int line); ///< by a press or the arrows, where it is to read

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    class Gutter;
    class RoomyLayout;
    void restyle();
    [[nodiscard]] int gutterWidth() const;
    [[nodiscard]] std::optional<Color> fillOf(int line) const;
    void paintFills(QPainter *painter, const QRect &area);
    void paintGutter(QPaintEvent *event);
    void paintTimes();
    void markLines();

    Gutter *m_gutter;
    QHash<int, PictureStep> m_steps;
    QMap<int, Remark> m_remarks;
    int m_wrongFirst = 0;
    int m_wrongLast = 0;
    int m_chosen = 0;
    int m_told = 0;
};

} // namespace roadstead::ui
