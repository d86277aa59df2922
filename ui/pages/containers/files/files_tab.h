// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/files/file_copies.h"
#include "ui/pages/containers/files/file_drag.h"
#include "ui/pages/containers/files/file_preview.h"
#include "ui/pages/containers/files/files_controller.h"
#include "ui/pages/containers/files/folder_tree_model.h"
#include "ui/pages/containers/tab/container_engine.h"
#include "ui/pages/containers/tab/details_tab.h"
#include "ui/shell/page.h"

#include <QTimer>

#include <functional>
#include <map>
#include <string>
#include <vector>

class QLineEdit;
class QSplitter;
class QStackedLayout;

namespace roadstead::ui {

class Button;
class ChipGroup;
class ElidedLabel;
class EmptyState;
class FileTable;
class FolderTree;
class IconButton;
class Label;
class ProgressBar;
class SearchField;

/// The files of a container, running or stopped: to look at, edit and copy. GUI thread.
class FilesTab final : public DetailsTab
{
    Q_OBJECT
public:
    explicit FilesTab(ContainerEngine *engine, QWidget *parent = nullptr);
    ~FilesTab() override;

    void setContainer(const ContainerRow &row) override;
    void clear() override;
    void setShown(bool shown) override;
    void setGone() override;
    [[nodiscard]] QWidget *searchField() const override;
    [[nodiscard]] FilesController *controller() { return &m_controller; }

    /// Words that were not saved, of the file that is shown and of those before.
    [[nodiscard]] QList<Unsaved> unsaved() const;
    /// A folder of the container that is shown, now or when the tab comes on screen.
    void showFolder(const std::string &folder);

public Q_SLOTS:
    /// Copies what is selected into that folder of this computer.
    void downloadTo(const QString &folder);
    /// Copies these files and folders of this computer into the folder that is shown.
    void uploadFrom(const QStringList &paths);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum FileChip { AllFiles, ChangedFiles };
    struct NameQuestion
    {
        QString object; ///< name of the dialog
        QString question;
        QString value; ///< that the field begins with
        QString verb;
        std::function<QString(const QString &name)> line; ///< the command that is shown
        std::function<void(const QString &name)> done;
    };

    QWidget *buildToolbar();
    QWidget *buildStrip();
    QWidget *buildBody();
    QWidget *buildCopyStrip();
    void connectParts();
    void connectTable();
    void connectCopies();
    void connectPreview();
    void begin();
    void showState();
    void showMessage();
    void showStrip();
    void showChanges();
    void showPath();
    void showSelection();
    void applyFilter();
    void openFile(const QModelIndex &index);
    void followSelection();
    void showPreview(bool shown);
    /// Goes on with `next` unless there are words that were not saved and are to be kept.
    void leavePreview(std::function<void()> next);
    void goTo(const std::string &path);
    void showMenu(const QPoint &position);
    void chooseDownloadFolder();
    void chooseUploads();
    void keepDraft();
    void openAt(const std::string &folder);
    void askName(const NameQuestion &ask);
    void askFolderName();
    [[nodiscard]] bool canRunPrograms(const std::vector<FileListModel::RowPointer> &files);
    void askNewName();
    void rename(const std::string &from, const std::string &to);
    void askRemoval();
    void remove(const std::vector<std::string> &paths);
    void afterChange(const std::vector<std::string> &paths);
    static QString whyNot(const Error &error, const char *program);
    void askOverwrite();
    void askParting(const std::string &other);
    void askConflicts(const QStringList &names);
    void makeFolder(const QString &name);
    void fetchForDrag();
    void beginDrag();
    void dragFetched(const FileCopies::Outcome &outcome);
    void showCopying(const FileCopies &copies);
    void copiesFinished(const FileCopies::Outcome &outcome);
    void say(const QString &message, bool isProblem);
    [[nodiscard]] QString shownPath() const;

    ContainerEngine *m_engine;
    FilesController m_controller;
    FileListProxy m_proxy;
    FolderTreeModel m_folders;
    FileCopies m_copies;
    FileDrag m_drag;
    std::map<std::string, FileDraft> m_drafts; ///< by container: words that were not saved there
    docker::Target m_container;
    std::string m_firstFolder; ///< where it begins; empty = where its program works
    bool m_isShown = false;
    bool m_isOpen = false; ///< the controller has the container
    bool m_isGone = false;
    bool m_isRunning = false;
    unsigned m_opened = 0;
    QTimer m_ages; ///< "read 2 m ago" is to stay true
    IconButton *m_back = nullptr;
    IconButton *m_up = nullptr;
    QLineEdit *m_path = nullptr;
    ChipGroup *m_chips = nullptr;
    Label *m_changes = nullptr;
    Button *m_upload = nullptr;
    Button *m_download = nullptr;
    IconButton *m_newFolder = nullptr;
    ElidedLabel *m_status = nullptr;
    Button *m_stop = nullptr;
    SearchField *m_filter = nullptr;
    QSplitter *m_splitter = nullptr;
    QStackedLayout *m_stack = nullptr;
    FolderTree *m_tree = nullptr;
    FileTable *m_table = nullptr;
    EmptyState *m_message = nullptr;
    FilePreview *m_preview = nullptr;
    QWidget *m_copyStrip = nullptr;
    ElidedLabel *m_copyText = nullptr;
    ProgressBar *m_copyBar = nullptr;
    Button *m_copyEnd = nullptr;
};

} // namespace roadstead::ui
