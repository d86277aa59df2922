// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/log_search.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace roadstead::ui {

class Button;
class ElidedLabel;
class IconButton;
class LogView;
class SearchField;

/// The line above a log in which is typed what to look for: field, count, up and down, case,
/// regular expression. Owns the search and shows it in the view. GUI thread.
class LogSearchBar : public QWidget
{
    Q_OBJECT
public:
    explicit LogSearchBar(LogView *view, QWidget *parent = nullptr);
    ~LogSearchBar() override;

    /// null = none; what is typed is looked for in the new store, too.
    void setStore(std::shared_ptr<const store::LineStore> store);
    void setWanted(store::ClassMask wanted);
    /// The store has more lines, or fewer.
    void refresh();
    [[nodiscard]] QWidget *field() const;
    void next();
    void previous();

private:
    void start();
    void go(std::optional<store::LineNumber> line, std::optional<store::LineNumber> wrapped);
    void showFound();
    void showFault(const QString &what);

    LogView *m_view;
    SearchField *m_field;
    ElidedLabel *m_found;
    IconButton *m_up;
    IconButton *m_down;
    Button *m_case;
    Button *m_regex;
    std::shared_ptr<const store::LineStore> m_store;
    store::ClassMask m_wanted = store::allClasses;
    std::unique_ptr<service::LogSearch> m_search;
    std::optional<store::LineNumber> m_current;
};

} // namespace roadstead::ui
