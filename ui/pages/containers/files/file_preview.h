// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/files/file_access.h"
#include "ui/pages/containers/files/file_row.h"

#include <QImage>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

class QPlainTextEdit;
class QStackedLayout;

namespace roadstead::ui {

class Button;
class ElidedLabel;
class EmptyState;
class IconButton;
class Label;

/// Words for a file that were not saved.
struct FileDraft
{
    docker::Target container;
    std::shared_ptr<const FileRow> row;
    service::FileContent content; ///< what they began from
    QString text;
};

/// One file: its text, which can be edited and saved, its picture, or why neither is shown. GUI
/// thread.
class FilePreview final : public QWidget
{
    Q_OBJECT
public:
    explicit FilePreview(service::FileAccess *files, QWidget *parent = nullptr);
    ~FilePreview() override;

    void setFile(const docker::Target &container, const std::shared_ptr<const FileRow> &row);
    void clear();
    [[nodiscard]] std::string path() const;
    /// There are words that were not saved.
    [[nodiscard]] bool isChanged() const;
    /// Where it is changed; what is shown stays.
    [[nodiscard]] std::optional<FileDraft> draft() const;
    /// Shows the file with those words, to go on with them.
    void restore(const FileDraft &draft);
    /// As its button does; says whether it is saved, or not yet: then a question was asked, or
    /// saveFailed() said why.
    void saveThen(std::function<void(bool saved)> done);

Q_SIGNALS:
    void closeWanted();
    void downloadWanted();
    void saved();
    void saveFailed(const roadstead::Error &error, const QString &name);
    void overwriteWanted(); ///< it is not what was read any more: saveAnyway() is the answer
    /// It has another name, which would go on to mean the old file: saveApart() is the answer.
    void partingWanted(const std::string &other);

public Q_SLOTS:
    void saveAnyway();
    void saveApart();

private:
    QWidget *buildHead();
    QWidget *buildFoot();
    void read();
    void show(const Result<service::FileContent> &content);
    void showText(const service::FileContent &content);
    void decodePicture(const std::string &bytes);
    void showPicture(const QImage &image);
    void say(const QString &icon, const QString &what, const QString &why);
    void showFacts(const docker::Target &container, const std::shared_ptr<const FileRow> &row);
    void setEditing(bool editing);
    void refreshButtons();
    void begin(); ///< to save, by the button
    void save(bool anyway);
    void tellEnd(bool saved);
    void fitPicture();
    void resizeEvent(QResizeEvent *event) override;

    service::FileAccess *m_files;
    docker::Target m_container;
    std::shared_ptr<const FileRow> m_row;
    std::optional<service::FileContent> m_content;
    service::Operation<service::FileContent> m_work;
    unsigned m_generation = 0;
    bool m_isEditable = false;
    bool m_isEditing = false;
    bool m_isSaving = false;
    std::function<void(bool saved)> m_done; ///< of saveThen()
    bool m_isRestored = false;              ///< the words are those of before
    QImage m_image;
    ElidedLabel *m_name = nullptr;
    ElidedLabel *m_facts = nullptr;
    IconButton *m_edit = nullptr;
    QStackedLayout *m_stack = nullptr;
    QPlainTextEdit *m_text = nullptr;
    class QLabel *m_picture = nullptr;
    EmptyState *m_message = nullptr;
    Label *m_note = nullptr;
    Button *m_save = nullptr;
    Button *m_discard = nullptr;
};

} // namespace roadstead::ui
