// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QWidget>

#include <string>
#include <vector>

class QLineEdit;
class QVBoxLayout;

namespace roadstead::ui {

struct RunPlace;
class LinkButton;

/// Values of an option that may be given more than once, one a row.
class TextRows : public QWidget
{
    Q_OBJECT
public:
    /// `field`: the option, for the places of its rows; `name` begins their object names.
    TextRows(const QString &field, const QString &label, const QString &example,
             QWidget *parent = nullptr);

    /// `offset`: values before the first row, which stand elsewhere.
    void setValues(const std::vector<std::string> &values, int offset = 0);
    [[nodiscard]] std::vector<std::string> values() const;

Q_SIGNALS:
    void edited();
    void fixWanted(const roadstead::ui::RunPlace &place);

private:
    struct Row
    {
        QWidget *widget;
        QLineEdit *field;
        QWidget *note;
    };
    void append();
    void remove(const QWidget *widget);
    void number();

    QString m_field;
    QString m_label;
    QString m_example;
    int m_offset = 0;
    QVBoxLayout *m_column;
    LinkButton *m_add;
    QList<Row> m_rows;
};

} // namespace roadstead::ui
