// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/field.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <QWheelEvent>

namespace roadstead::ui {

namespace {

class CalmChoice : public QComboBox
{
protected:
    void wheelEvent(QWheelEvent *event) override { event->ignore(); }
};

} // namespace

QLineEdit *makeField(const QString &name, const QString &label, const QString &placeholder)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlaceholderText(placeholder);
    const auto apply = [field] { field->setFont(font(FontRole::Mono)); };
    apply();
    QObject::connect(&Theme::instance(), &Theme::changed, field, apply);
    return field;
}

QCheckBox *makeCheck(const QString &name, const QString &text)
{
    auto *check = new QCheckBox(text);
    check->setObjectName(name);
    check->setAccessibleName(text);
    return check;
}

QComboBox *makeChoice(const QString &name, const QString &label)
{
    auto *choice = new CalmChoice;
    choice->setObjectName(name);
    choice->setAccessibleName(label);
    return choice;
}

std::string textOf(const QLineEdit *field)
{
    return field->text().toStdString();
}

void setText(QLineEdit *field, const std::string &text)
{
    const QString now = QString::fromStdString(text);
    if (field->text() != now) {
        const QSignalBlocker quiet(field);
        field->setText(now);
        field->setCursorPosition(0); // names begin with what tells them apart
    }
}

QWidget *labelled(const QString &label, QWidget *field, QWidget *note, NoteAt noteAt)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s1);
    auto *caption = new Label(label, FontRole::Small, Color::Text2);
    caption->setBuddy(field);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::s3);
    head->addWidget(caption);
    if (noteAt == NoteAt::BesideLabel) {
        head->addWidget(note, 1);
    }
    head->addStretch(0);
    column->addLayout(head);
    column->addWidget(field);
    if (noteAt == NoteAt::Below) {
        column->addWidget(note);
    }
    column->addStretch(1);
    return box;
}

} // namespace roadstead::ui
