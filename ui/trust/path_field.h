// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace roadstead::ui {

class Button;

/// A path, typed or chosen.
class PathField : public QWidget
{
    Q_OBJECT
public:
    enum class Kind { File, Folder };

    /// `label`: for assistive technology; `filter`: of files, may be empty.
    PathField(Kind kind, const QString &name, const QString &label, const QString &filter = {},
              QWidget *parent = nullptr);

    [[nodiscard]] QString path() const; ///< as typed, "~" read as the home folder
    void setPath(const QString &path);
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void changed();

private:
    void choose();

    const Kind m_kind;
    const QString m_filter;
    QLineEdit *m_edit;
    Button *m_choose;
};

/// A caption and, under it, a line for text; and the same around any field. For dialogs.
QLineEdit *addTextField(QVBoxLayout *column, const QString &name, const QString &label,
                        const QString &placeholder = {});
/// A line whose characters are not shown.
QLineEdit *addSecretField(QVBoxLayout *column, const QString &name, const QString &label);
PathField *addPathField(QVBoxLayout *column, PathField::Kind kind, const QString &name,
                        const QString &label, const QString &filter = {});

} // namespace roadstead::ui
