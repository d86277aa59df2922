// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/form_rows.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {

constexpr int arrowSide = 12;

} // namespace

FormRow::FormRow(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_fields(new QHBoxLayout)
{
    setObjectName(name);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::s1);
    m_fields->setSpacing(space::s2);
    m_column->addLayout(m_fields);
}

QWidget *FormRow::makeRemoveButton(const QString &label)
{
    auto *button = new IconButton(objectName() + QStringLiteral("Remove"), QStringLiteral("x-lg"),
                                  label, this);
    connect(button, &IconButton::clicked, this, &FormRow::removeWanted);
    return button;
}

void FormRow::addArrow()
{
    m_fields->addWidget(new IconLabel(QStringLiteral("arrow-right"), arrowSide, Color::Text3));
}

FormRows::FormRows(const QString &name, const QString &title, const QString &hint,
                   const QString &addText, QWidget *parent)
    : FormPart(parent)
    , m_column(new QVBoxLayout(this))
    , m_head(new QHBoxLayout)
    , m_add(new LinkButton(name + QStringLiteral("Add"), addText))
{
    setObjectName(name + QStringLiteral("Rows"));
    setAccessibleName(title);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::s2);
    head->addWidget(new Label(title, FontRole::Section));
    if (!hint.isEmpty()) {
        head->addWidget(new Label(hint, FontRole::Small, Color::Text3));
    }
    head->addLayout(m_head);
    head->addStretch(1);
    head->addWidget(m_add);
    m_column->addLayout(head);
    connect(m_add, &LinkButton::clicked, this, &FormRows::addRow);
}

void FormRows::addRow()
{
    append()->firstField()->setFocus(Qt::OtherFocusReason);
    Q_EMIT edited();
}

FormRow *FormRows::append()
{
    FormRow *row = makeRow();
    m_rows.append(row);
    m_column->addWidget(row);
    row->setNumber(int(m_rows.size()) - 1);
    connect(row, &FormRow::edited, this, &FormPart::edited);
    connect(row, &FormRow::fixWanted, this, &FormPart::fixWanted);
    connect(row, &FormRow::removeWanted, this, [this, row] { remove(row); });
    return row;
}

/// In an event of its own button: it goes after that.
void FormRows::remove(FormRow *row)
{
    const auto at = m_rows.indexOf(row);
    m_rows.removeAt(at);
    row->hide();
    row->deleteLater();
    number();
    QWidget *next = m_rows.isEmpty() ? static_cast<QWidget *>(m_add)
                                     : m_rows.at(std::min(at, m_rows.size() - 1))->firstField();
    next->setFocus(Qt::OtherFocusReason);
    Q_EMIT edited();
}

void FormRows::setCount(int count)
{
    while (m_rows.size() > count) {
        FormRow *row = m_rows.takeLast();
        row->disconnect(this);
        row->hide();
        row->deleteLater();
    }
    while (m_rows.size() < count) {
        append();
    }
    number();
}

void FormRows::number()
{
    for (int i = 0; i < m_rows.size(); ++i) {
        m_rows.at(i)->setNumber(i);
    }
}

} // namespace roadstead::ui
