// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/form_part.h"
#include "ui/wizards/run/run_option.h"

#include <QList>

class QGridLayout;
class QToolButton;

namespace roadstead::ui {

class Label;

/// A part of the page that opens and closes: a line with how much in it is set, and what it has.
class CollapsiblePart : public FormPart
{
    Q_OBJECT
public:
    CollapsiblePart(const QString &name, const QString &title, QWidget *parent = nullptr);

    [[nodiscard]] bool isOpen() const { return m_open; }
    void setOpen(bool open);
    [[nodiscard]] virtual bool has(const RunPlace &place) const = 0; ///< a field of it

protected:
    virtual void build(QWidget *body) = 0; ///< once, when it is opened for the first time
    void setSetCount(int count);           ///< 0 = nothing is said

private:
    QToolButton *m_head;
    QString m_title;
    QWidget *m_body;
    bool m_open = false;
    bool m_built = false;
};

/// The options of one section.
class OptionSection : public CollapsiblePart
{
    Q_OBJECT
public:
    OptionSection(RunSection section, QWidget *parent = nullptr);

    void fill(const RunForm &form) override;
    void collect(RunForm &form) const override;
    [[nodiscard]] bool has(const RunPlace &place) const override;

    /// One option's label and fields.
    class Entry;

protected:
    void build(QWidget *body) override;

private:
    RunSection m_section;
    RunForm m_form; ///< until it is built, and what is not shown here
    QList<Entry *> m_entries;
};

/// What has no field: whole words, one a row.
class OtherOptions : public CollapsiblePart
{
    Q_OBJECT
public:
    explicit OtherOptions(QWidget *parent = nullptr);

    void fill(const RunForm &form) override;
    void collect(RunForm &form) const override;
    [[nodiscard]] bool has(const RunPlace &place) const override { return place.field == "other"; }

protected:
    void build(QWidget *body) override;

private:
    std::vector<std::string> m_others;
    class TextRows *m_rows = nullptr;
};

} // namespace roadstead::ui
