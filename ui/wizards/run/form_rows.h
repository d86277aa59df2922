// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/form_part.h"

#include <QList>
#include <QPointer>

class QHBoxLayout;
class QVBoxLayout;

namespace roadstead::ui {

class LinkButton;

/// One row of fields, with a button that takes it away.
class FormRow : public QWidget
{
    Q_OBJECT
public:
    explicit FormRow(const QString &name, QWidget *parent = nullptr);

    /// Its number within the rows: names and places follow.
    virtual void setNumber(int number) = 0;
    [[nodiscard]] virtual QWidget *firstField() const = 0;

Q_SIGNALS:
    void edited();
    void removeWanted();
    void fixWanted(const roadstead::ui::RunPlace &place);

protected:
    /// The button that takes the row away; add it behind the fields.
    QWidget *makeRemoveButton(const QString &label);
    /// Between two fields: what is on this computer, and what it is in the container.
    void addArrow();
    [[nodiscard]] QHBoxLayout *fields() const { return m_fields; }
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }

private:
    QVBoxLayout *m_column;
    QHBoxLayout *m_fields;
};

/// Rows of one kind under a heading, with a link that adds one.
class FormRows : public FormPart
{
    Q_OBJECT
public:
    /// `name` begins the object names: "port".
    FormRows(const QString &name, const QString &title, const QString &hint, const QString &addText,
             QWidget *parent = nullptr);

    void addRow(); ///< an empty one, for typing
    [[nodiscard]] int count() const { return int(m_rows.size()); }

protected:
    [[nodiscard]] virtual FormRow *makeRow() = 0;
    /// As many rows as that, those that are there first.
    void setCount(int count);
    [[nodiscard]] FormRow *row(int number) const { return m_rows.at(number); }
    [[nodiscard]] QHBoxLayout *head() const { return m_head; } ///< directly behind the hint

private:
    FormRow *append();
    void remove(FormRow *row);
    void number();

    QVBoxLayout *m_column;
    QHBoxLayout *m_head;
    LinkButton *m_add;
    QList<FormRow *> m_rows;
};

} // namespace roadstead::ui
