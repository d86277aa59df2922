// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/path_field.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {

constexpr int longestPath = 4096;
constexpr int longestSecret = 1024;

void addCaption(QVBoxLayout *column, const QString &label, QWidget *buddy)
{
    auto *caption = new Label(label, FontRole::Small, Color::Text2);
    caption->setBuddy(buddy);
    column->addWidget(caption);
}

} // namespace

PathField::PathField(Kind kind, const QString &name, const QString &label, const QString &filter,
                     QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_filter(filter)
    , m_edit(new QLineEdit)
    , m_choose(new Button(name + QStringLiteral("Choose"), tr("Choose…")))
{
    m_edit->setObjectName(name);
    m_edit->setAccessibleName(label);
    m_edit->setMaxLength(longestPath);
    m_choose->setAccessibleName(tr("Choose: %1").arg(label));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    row->addWidget(m_edit, 1);
    row->addWidget(m_choose);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &PathField::changed);
    connect(m_choose, &Button::clicked, this, &PathField::choose);
}

QString PathField::path() const
{
    const QString typed = m_edit->text().trimmed();
    return typed == QStringLiteral("~") || typed.startsWith(QStringLiteral("~/"))
               ? QDir::homePath() + typed.sliced(1)
               : typed;
}

void PathField::setPath(const QString &path)
{
    m_edit->setText(path);
}

void PathField::choose()
{
    auto *dialog = new QFileDialog(this, m_edit->accessibleName());
    dialog->setObjectName(m_edit->objectName() + QStringLiteral("Dialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(m_kind == Kind::Folder ? QFileDialog::Directory
                                               : QFileDialog::ExistingFile);
    if (!m_filter.isEmpty()) {
        dialog->setNameFilters({m_filter, tr("All files (*)")});
    }
    const QFileInfo now(path());
    dialog->setDirectory(path().isEmpty()         ? QDir::homePath()
                         : m_kind == Kind::Folder ? now.filePath()
                                                  : now.absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, &PathField::setPath);
    dialog->open();
}

QLineEdit *addTextField(QVBoxLayout *column, const QString &name, const QString &label,
                        const QString &placeholder)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setMaxLength(longestPath);
    field->setPlaceholderText(placeholder);
    addCaption(column, label, field);
    column->addWidget(field);
    return field;
}

QLineEdit *addSecretField(QVBoxLayout *column, const QString &name, const QString &label)
{
    QLineEdit *field = addTextField(column, name, label);
    field->setMaxLength(longestSecret);
    field->setEchoMode(QLineEdit::Password);
    field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                               Qt::ImhNoAutoUppercase);
    return field;
}

PathField *addPathField(QVBoxLayout *column, PathField::Kind kind, const QString &name,
                        const QString &label, const QString &filter)
{
    auto *field = new PathField(kind, name, label, filter);
    addCaption(column, label, field->edit());
    column->addWidget(field);
    return field;
}

} // namespace roadstead::ui
