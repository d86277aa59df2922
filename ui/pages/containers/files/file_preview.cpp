// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/files/file_preview.h"

#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"

#include <QBuffer>
#include <QDateTime>
#include <QFuture>
#include <QHBoxLayout>
#include <QImageReader>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPromise>
#include <QStackedLayout>
#include <QTextDocument>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr std::int64_t longestFile = 8 << 20;
constexpr std::int64_t longestText = 1 << 20;
constexpr qint64 mostPixels = 16'000'000;
constexpr int decodedMegabytes = 128;

/// The formats that are decoded, by content; never by name.
QImage pictureIn(const std::string &bytes)
{
    constexpr std::array formats{"png", "jpeg", "gif", "bmp", "webp", "ico"};
    QByteArray data(bytes.data(), qsizetype(bytes.size()));
    QBuffer buffer(&data);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAllocationLimit(decodedMegabytes);
    const QByteArray format = reader.format();
    const QSize size = reader.size();
    const bool isKnown =
        std::ranges::any_of(formats, [&format](const char *each) { return format == each; });
    if (!isKnown || !size.isValid() || qint64(size.width()) * size.height() > mostPixels) {
        return {};
    }
    return reader.read();
}

bool isBinary(const std::string &bytes)
{
    return bytes.contains('\0') || !QByteArrayView(bytes).isValidUtf8();
}

} // namespace

FilePreview::FilePreview(service::FileAccess *files, QWidget *parent)
    : QWidget(parent)
    , m_files(files)
{
    setObjectName(QStringLiteral("filePreview"));
    setAccessibleName(tr("The chosen file"));
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("fileText"));
    m_text->setAccessibleName(tr("Text of the file"));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setLayoutDirection(Qt::LeftToRight);
    m_text->setFont(ui::font(FontRole::Mono));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(false);
    m_text->document()->setDocumentMargin(space::s3);
    m_picture = new QLabel(this);
    m_picture->setObjectName(QStringLiteral("filePicture"));
    m_picture->setTextFormat(Qt::PlainText);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setMinimumSize(1, 1);
    m_message = new EmptyState(QStringLiteral("filePreviewMessage"), this);
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_message);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_picture);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(new Separator(Qt::Horizontal, this));
    layout->addLayout(m_stack, 1);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    layout->addWidget(buildFoot());
    connect(m_message, &EmptyState::primaryPressed, this, &FilePreview::downloadWanted);
    connect(&Theme::instance(), &Theme::changed, this,
            [this] { m_text->setFont(ui::font(FontRole::Mono)); });
    clear();
}

FilePreview::~FilePreview()
{
    m_work.cancel();
}

QWidget *FilePreview::buildHead()
{
    auto *head = new QWidget(this);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(space::s4, space::s2, space::s2, space::s2);
    layout->setSpacing(0);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    m_name = new ElidedLabel({}, FontRole::Body, Color::Text, head);
    m_name->setObjectName(QStringLiteral("filePreviewName"));
    m_name->setElideMode(Qt::ElideMiddle);
    m_name->setRole(FontRole::Body, 600);
    m_facts = new ElidedLabel({}, FontRole::Small, Color::Text3, head);
    m_edit = new IconButton(QStringLiteral("fileEdit"), QStringLiteral("pencil"), tr("Edit"), head);
    auto *download = new IconButton(QStringLiteral("fileDownload"), QStringLiteral("download"),
                                    tr("Download this file"), head);
    auto *close = new IconButton(QStringLiteral("filePreviewClose"), QStringLiteral("x-lg"),
                                 tr("Close the file"), head);
    row->addWidget(m_name, 1);
    row->addWidget(m_edit);
    row->addWidget(download);
    row->addWidget(close);
    layout->addLayout(row);
    layout->addWidget(m_facts);
    connect(m_edit, &QAbstractButton::clicked, this, [this] { setEditing(true); });
    connect(download, &QAbstractButton::clicked, this, &FilePreview::downloadWanted);
    connect(close, &QAbstractButton::clicked, this, &FilePreview::closeWanted);
    return head;
}

QWidget *FilePreview::buildFoot()
{
    auto *foot = new QWidget(this);
    auto *layout = new QHBoxLayout(foot);
    layout->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    layout->setSpacing(space::s2);
    m_note = new Label({}, FontRole::Small, Color::Text2, foot);
    m_note->setObjectName(QStringLiteral("filePreviewNote"));
    m_note->setWordWrap(true);
    m_discard = new Button(QStringLiteral("fileDiscard"), tr("Discard"), ButtonKind::Normal, foot);
    m_save = new Button(QStringLiteral("fileSave"), tr("Save"), ButtonKind::Primary, foot);
    layout->addWidget(m_note, 1);
    layout->addWidget(m_discard);
    layout->addWidget(m_save);
    connect(m_discard, &QAbstractButton::clicked, this, [this] { setEditing(false); });
    connect(m_save, &QAbstractButton::clicked, this, &FilePreview::begin);
    return foot;
}

std::string FilePreview::path() const
{
    return m_row ? m_row->facts.entry.path : std::string();
}

bool FilePreview::isChanged() const
{
    return m_isEditing && m_content && m_text->toPlainText().toStdString() != m_content->bytes;
}

std::optional<FileDraft> FilePreview::draft() const
{
    return isChanged()
               ? std::optional(FileDraft{m_container, m_row, *m_content, m_text->toPlainText()})
               : std::nullopt;
}

void FilePreview::restore(const FileDraft &draft)
{
    clear();
    showFacts(draft.container, draft.row);
    showText(draft.content);
    m_isRestored = true;
    setEditing(true);
    m_text->setPlainText(draft.text);
}

void FilePreview::clear()
{
    ++m_generation;
    m_work.cancel();
    m_work = {};
    m_done = {};
    m_row.reset();
    m_content.reset();
    m_image = {};
    m_isEditable = false;
    m_isSaving = false;
    m_isRestored = false;
    m_text->clear();
    m_picture->clear();
    m_name->setFullText({});
    m_facts->setFullText({});
    say(QStringLiteral("file-earmark"), tr("No file chosen"), {});
    setEditing(false);
}

void FilePreview::showFacts(const docker::Target &container,
                            const std::shared_ptr<const FileRow> &row)
{
    m_container = container;
    m_row = row;
    const service::FileEntry &entry = row->facts.entry;
    m_name->setFullText(row->name);
    m_facts->setFullText(tr("%1, %2, %3", "size, owner, mode of a file")
                             .arg(diskSizeText(entry.size), row->owner, octalMode(entry.mode)));
    setCommandHint(m_save,
                   QString::fromStdString(docker::commandLine(
                       docker::PutArchive{container, service::parentOf(entry.path)}.arguments())));
}

void FilePreview::setFile(const docker::Target &container,
                          const std::shared_ptr<const FileRow> &row)
{
    clear();
    showFacts(container, row);
    const service::FileEntry &entry = row->facts.entry;
    if (entry.kind == service::FileKind::Link) {
        say(QStringLiteral("link-45deg"), tr("A link to %1").arg(row->target),
            tr("Go to its target to see what is there."));
    } else if (entry.kind != service::FileKind::File) {
        say(QStringLiteral("file-earmark"), tr("A device, pipe or socket"),
            tr("It has no contents of its own."));
    } else if (entry.size > longestFile) {
        say(QStringLiteral("file-earmark"), tr("Too large to show here"),
            tr("It has %1.").arg(diskSizeText(entry.size)));
        m_message->setPrimary(tr("Download…"), QStringLiteral("download"));
    } else {
        read();
    }
}

void FilePreview::read()
{
    say({}, tr("Reading the file"), {});
    m_message->setBusy();
    m_work = m_files->readFile(m_container, path(), longestFile);
    m_work.then(this, [this, generation = m_generation](const Result<service::FileContent> &now) {
        if (generation == m_generation) {
            show(now);
        }
    });
}

void FilePreview::say(const QString &icon, const QString &what, const QString &why)
{
    if (!icon.isEmpty()) {
        m_message->setIconName(icon);
    }
    m_message->setTexts(what, why);
    m_message->setPrimary({});
    m_stack->setCurrentWidget(m_message);
}

void FilePreview::show(const Result<service::FileContent> &content)
{
    if (!content) {
        const bool isGone = content.error().kind == ErrorKind::NotFound;
        m_message->setIconName(QStringLiteral("exclamation-circle"), Tone::Danger);
        say({}, isGone ? tr("The file is no longer there") : tr("Could not read the file"),
            isGone ? tr("It was removed since the folder was read.")
                   : describe(content.error()).body());
        return;
    }
    if (!content->isWhole) {
        say(QStringLiteral("file-earmark"), tr("Too large to show here"),
            tr("It has %1.").arg(diskSizeText(content->entry.size)));
        m_message->setPrimary(tr("Download…"), QStringLiteral("download"));
    } else if (isBinary(content->bytes)) {
        decodePicture(content->bytes);
    } else if (std::int64_t(content->bytes.size()) > longestText) {
        say(QStringLiteral("file-earmark-text"), tr("Too long to show here"),
            tr("It has %1.").arg(diskSizeText(content->entry.size)));
        m_message->setPrimary(tr("Download…"), QStringLiteral("download"));
    } else {
        showText(*content);
    }
}

void FilePreview::showText(const service::FileContent &content)
{
    m_content = content;
    const QString safe = displayBlock(content.bytes, std::size_t(longestText));
    // What is shown as signs could not be saved as it was.
    m_isEditable = safe.toStdString() == content.bytes;
    m_text->setPlainText(safe);
    m_isEditable = m_isEditable && m_text->toPlainText().toStdString() == content.bytes;
    m_stack->setCurrentWidget(m_text);
    setEditing(false);
}

void FilePreview::decodePicture(const std::string &bytes)
{
    auto promise = std::make_shared<QPromise<QImage>>();
    promise->start();
    promise->future().then(this, [this, generation = m_generation](const QImage &image) {
        if (generation == m_generation) {
            showPicture(image);
        }
    });
    QThreadPool::globalInstance()->start([promise, bytes] {
        promise->addResult(pictureIn(bytes));
        promise->finish();
    });
}

void FilePreview::showPicture(const QImage &image)
{
    if (image.isNull()) {
        say(QStringLiteral("file-earmark"), tr("A binary file"),
            tr("It is neither text nor a picture that can be shown."));
        m_message->setPrimary(tr("Download…"), QStringLiteral("download"));
        return;
    }
    m_image = image;
    m_picture->setAccessibleName(
        tr("Picture, %1 by %2 pixels").arg(numberText(image.width()), numberText(image.height())));
    m_stack->setCurrentWidget(m_picture);
    fitPicture();
}

void FilePreview::fitPicture()
{
    if (m_image.isNull()) {
        return;
    }
    const qreal ratio = devicePixelRatioF();
    const QSize room = (QSizeF(m_stack->geometry().size()) * ratio).toSize() - QSize(32, 32);
    const bool isSmaller = m_image.width() <= room.width() && m_image.height() <= room.height();
    QPixmap shown = QPixmap::fromImage(isSmaller ? m_image
                                                 : m_image.scaled(room.expandedTo(QSize(1, 1)),
                                                                  Qt::KeepAspectRatio,
                                                                  Qt::SmoothTransformation));
    shown.setDevicePixelRatio(ratio);
    m_picture->setPixmap(shown);
}

void FilePreview::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitPicture();
}

void FilePreview::setEditing(bool editing)
{
    if (!editing && m_isEditing && m_content) {
        m_text->setPlainText(QString::fromStdString(m_content->bytes));
    }
    m_isEditing = editing && m_isEditable;
    m_isRestored = m_isRestored && m_isEditing;
    m_text->setReadOnly(!m_isEditing);
    m_text->setTextInteractionFlags(m_isEditing
                                        ? Qt::TextEditorInteraction
                                        : Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (m_isEditing) {
        m_text->setFocus(Qt::OtherFocusReason);
    }
    refreshButtons();
}

void FilePreview::refreshButtons()
{
    m_edit->setVisible(m_isEditable && !m_isEditing);
    m_save->setVisible(m_isEditing);
    m_discard->setVisible(m_isEditing);
    m_save->setEnabled(!m_isSaving);
    m_discard->setEnabled(!m_isSaving);
    const bool isShownText = m_stack->currentWidget() == m_text && m_content;
    m_note->setText(m_isSaving     ? tr("Saving")
                    : m_isRestored ? tr("These are your words from before. They are not saved.")
                    : isShownText && !m_isEditable
                        ? tr("It has characters that cannot be edited here.")
                        : tr("Changes are lost when the container is removed."));
}

void FilePreview::saveThen(std::function<void(bool saved)> done)
{
    m_done = std::move(done);
    begin();
}

void FilePreview::begin()
{
    const std::string other = m_row ? m_row->facts.entry.sameAs : std::string();
    if (other.empty()) {
        save(false);
    } else {
        tellEnd(false);
        Q_EMIT partingWanted(other);
    }
}

void FilePreview::tellEnd(bool saved)
{
    if (const auto done = std::exchange(m_done, {})) {
        done(saved);
    }
}

void FilePreview::saveAnyway()
{
    save(true);
}

void FilePreview::saveApart()
{
    save(false);
}

void FilePreview::save(bool anyway)
{
    if (!m_isEditing || m_isSaving || !m_content) {
        tellEnd(false);
        return;
    }
    m_isSaving = true;
    m_text->setReadOnly(true);
    refreshButtons();
    m_work =
        m_files->saveFile(m_container, *m_content, m_text->toPlainText().toStdString(), anyway);
    m_work.then(this, [this, generation = m_generation](const Result<service::FileContent> &now) {
        if (generation != m_generation) {
            return;
        }
        m_isSaving = false;
        m_text->setReadOnly(false);
        refreshButtons();
        tellEnd(now.has_value());
        if (now) {
            m_isEditing = false;
            showText(*now);
            Q_EMIT saved();
        } else if (now.error().kind == ErrorKind::Conflict) {
            Q_EMIT overwriteWanted();
        } else {
            Q_EMIT saveFailed(now.error(), m_row->name);
        }
    });
}

} // namespace roadstead::ui
