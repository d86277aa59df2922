// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/text_rows.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/wizards/run/field.h"
#include "ui/wizards/run/field_place.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

TextRows::TextRows(const QString &field, const QString &label, const QString &example,
                   QWidget *parent)
    : QWidget(parent)
    , m_field(field)
    , m_label(label)
    , m_example(example)
    , m_column(new QVBoxLayout(this))
    , m_add(new LinkButton(field + QStringLiteral("Add"), tr("+ Add")))
{
    setObjectName(field + QStringLiteral("Values"));
    m_add->setAccessibleName(tr("Add to %1").arg(label));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::s1);
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &LinkButton::clicked, this, [this] {
        append();
        number();
        m_rows.last().field->setFocus(Qt::OtherFocusReason);
        Q_EMIT edited();
    });
}

void TextRows::append()
{
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s1);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s1);
    QLineEdit *field = makeField({}, m_label, m_example);
    auto *remove = new IconButton(m_field + QStringLiteral("Remove"), QStringLiteral("x-lg"),
                                  tr("Remove this value"));
    auto *note = new PlaceNote({m_field.toStdString(), 0});
    row->addWidget(field, 1);
    row->addWidget(remove);
    column->addLayout(row);
    column->addWidget(note);
    m_column->insertWidget(int(m_rows.size()), widget);
    m_rows.append({widget, field, note});
    connect(field, &QLineEdit::textEdited, this, &TextRows::edited);
    connect(note, &PlaceNote::fixWanted, this, &TextRows::fixWanted);
    connect(remove, &IconButton::clicked, this, [this, widget] {
        this->remove(widget);
        Q_EMIT edited();
    });
}

/// In an event of its own button: it goes after that.
void TextRows::remove(const QWidget *widget)
{
    const auto found = std::ranges::find(m_rows, widget, &Row::widget);
    if (found != m_rows.end()) {
        found->widget->hide();
        found->widget->deleteLater();
        m_rows.erase(found);
        number();
        m_add->setFocus(Qt::OtherFocusReason);
    }
}

void TextRows::number()
{
    for (int i = 0; i < m_rows.size(); ++i) {
        const RunPlace place{m_field.toStdString(), i + m_offset};
        m_rows.at(i).field->setObjectName(m_field + QString::number(i + m_offset));
        setPlace(m_rows.at(i).field, place);
        setPlace(m_rows.at(i).note, place);
    }
}

void TextRows::setValues(const std::vector<std::string> &values, int offset)
{
    m_offset = offset;
    const auto wanted = std::max<std::ptrdiff_t>(0, std::ssize(values) - offset);
    while (m_rows.size() > wanted) {
        const Row row = m_rows.takeLast();
        row.widget->hide();
        row.widget->deleteLater();
    }
    while (m_rows.size() < wanted) {
        append();
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        setText(m_rows.at(i).field, values[std::size_t(i + offset)]);
    }
    number();
}

std::vector<std::string> TextRows::values() const
{
    std::vector<std::string> values;
    for (const Row &row : m_rows) {
        values.push_back(textOf(row.field));
    }
    return values;
}

} // namespace roadstead::ui
