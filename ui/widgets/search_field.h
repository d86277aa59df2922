// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

class QTimer;

namespace roadstead::ui {

/// A line edit with an icon in front and a clear button; Esc clears it. `settled` comes once typing
/// has paused for 80 ms, and at once when cleared.
class SearchField : public QLineEdit
{
    Q_OBJECT
public:
    SearchField(const QString &name, const QString &placeholder,
                const QString &iconName = QStringLiteral("search"), QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void settled(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void place();

    QTimer *m_pause;
    QString m_iconName;
};

} // namespace roadstead::ui
