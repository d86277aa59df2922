// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

#include <functional>
#include <string>

class QListWidget;
class QTreeWidget;

namespace roadstead::ui {

class Badge;
class Button;
class CopyRow;
class IconButton;
class ElidedLabel;
class Label;
class LinkButton;
class RepositoryBrowser;
class SearchField;
struct BrowsedTag;

/// Beside the accounts: the repositories of a registry, and the tags of the chosen one.
class BrowsePane : public Surface
{
    Q_OBJECT
public:
    /// `browser` must outlive this. `isHere` says whether the engine has the image
    /// "repository@digest".
    BrowsePane(RepositoryBrowser *browser, std::function<bool(const std::string &digest)> isHere,
               QWidget *parent = nullptr);
    ~BrowsePane() override;

    [[nodiscard]] SearchField *filterField() const { return m_filter; }

Q_SIGNALS:
    void closeWanted();
    void pullWanted(const QString &reference);
    void deleteWanted(const std::string &digest);

private:
    void makeHead();
    void makeRepositories();
    void makeTags();
    void refreshCatalog();
    void refreshTags();
    void refreshChoice();
    void openTyped();
    [[nodiscard]] const BrowsedTag *chosenTag() const;
    [[nodiscard]] QString referenceOf(const BrowsedTag &tag) const;

    RepositoryBrowser *m_browser;
    std::function<bool(const std::string &digest)> m_isHere;
    ElidedLabel *m_title = nullptr;
    Badge *m_count = nullptr;
    SearchField *m_filter = nullptr;
    Button *m_open = nullptr;
    Label *m_catalogNote = nullptr;
    QListWidget *m_repositories = nullptr;
    LinkButton *m_moreRepositories = nullptr;
    Label *m_repository = nullptr;
    Label *m_tagNote = nullptr;
    Button *m_delete = nullptr;
    QTreeWidget *m_tags = nullptr;
    LinkButton *m_moreTags = nullptr;
    CopyRow *m_reference = nullptr;
    Button *m_pull = nullptr;
    bool m_isFilling = false;
};

} // namespace roadstead::ui
