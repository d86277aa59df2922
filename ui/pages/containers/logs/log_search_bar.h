// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/log_search.h"
#include "engine/store/merged_lines.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace roadstead::ui {

class Button;
class ElidedLabel;
class IconButton;
class Label;
class LogView;
class SearchField;

/// The line above a log in which is typed what to look for: field with count, up and down, case,
/// regular expression. Owns the searches, one for each log of the view, and shows them in it. GUI
/// thread.
class LogSearchBar : public QWidget
{
    Q_OBJECT
public:
    explicit LogSearchBar(LogView *view, QWidget *parent = nullptr);
    ~LogSearchBar() override;

    /// The view has other logs, or none: what is typed is looked for in them.
    void restart();
    /// Before the view's logs go.
    void stop();
    void setWanted(store::ClassMask wanted);
    /// The logs have more lines, or fewer.
    void refresh();
    [[nodiscard]] QWidget *field() const;
    /// What is looked for; none when nothing is, or it is wrong.
    [[nodiscard]] std::optional<QRegularExpression> expression() const;
    [[nodiscard]] QString typed() const;
    [[nodiscard]] bool isRegex() const;
    void next();
    void previous();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildInField();
    void placeInField();
    void go(std::optional<store::LinePlace> place);
    [[nodiscard]] std::optional<store::LinePlace> matchFrom(std::int64_t row) const;
    [[nodiscard]] std::optional<store::LinePlace> matchBefore(std::int64_t row) const;
    [[nodiscard]] std::int64_t count() const;
    [[nodiscard]] std::int64_t rankOf(const store::LinePlace &place) const;
    void showFound();
    void showFault(const QString &what);

    LogView *m_view;
    SearchField *m_field;
    QWidget *m_inField; ///< count, up and down, at the end of the field
    ElidedLabel *m_found;
    IconButton *m_up;
    IconButton *m_down;
    Button *m_case;
    Button *m_regex;
    ElidedLabel *m_fault;
    store::ClassMask m_wanted = store::allClasses;
    std::vector<std::unique_ptr<service::LogSearch>> m_searches;
    std::optional<store::LinePlace> m_current;
    QTimer m_showing; ///< of the next picture: many logs say at once that they found something
    bool m_wasRunning = false;
};

} // namespace roadstead::ui
