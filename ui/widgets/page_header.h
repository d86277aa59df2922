// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace roadstead::ui {

class ElidedLabel;
class Label;

/// The head of a page, 52 px: title, summary, controls at the end.
class PageHeader : public QWidget
{
    Q_OBJECT
public:
    explicit PageHeader(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setSummary(const QString &summary);
    void addEndWidget(QWidget *widget);

private:
    Label *m_title;
    ElidedLabel *m_summary;
    QHBoxLayout *m_end;
};

} // namespace roadstead::ui
