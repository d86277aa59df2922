// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPaintEngine>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTextEdit>
#include <QWidget>

#include <fcntl.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>

/// Proof that text from outside is drawn as the characters it has, and does nothing.
namespace roadstead::test {

/// Characters that must never reach a screen or a screen reader as they are: control characters,
/// and those that are invisible or turn the direction of text. Line feeds and tabs are layout.
inline bool isActive(QChar c, bool isBlock)
{
    const char16_t u = c.unicode();
    return (u < 0x20 && !(isBlock && (u == u'\n' || u == u'\t'))) || (u >= 0x7f && u < 0xa0) ||
           (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) || u == 0x200e ||
           u == 0x200f || u == 0x061c || u == 0xfeff || u == 0x2060;
}

/// The first such character of a text: "U+202E"; empty when there is none.
inline QString activeIn(const QString &text, bool isBlock = false)
{
    for (const QChar c : text) {
        if (isActive(c, isBlock)) {
            return QStringLiteral("U+%1").arg(int(c.unicode()), 4, 16, QLatin1Char('0'));
        }
    }
    return {};
}

/// Whether Qt would take it for rich text, and not for one of ours, whose words are escaped.
inline bool isMarkup(const QString &text)
{
    return Qt::mightBeRichText(text) &&
           (!text.startsWith(QLatin1String("<qt>")) || text.contains(QLatin1String("<img")) ||
            text.contains(QLatin1String("<a ")));
}

/// A lone "&" of a button, tab or menu is drawn as a line under the next letter.
inline bool hasAccelerator(QString text)
{
    return text.remove(QStringLiteral("&&")).contains(u'&');
}

/// What a view's model says, in every role that is shown or read out.
inline void addModelFaults(const QAbstractItemModel *model, const QModelIndex &parent,
                           const QString &where, QStringList *faults)
{
    for (int row = 0; row < std::min(model->rowCount(parent), 40); ++row) {
        for (int column = 0; column < model->columnCount(parent); ++column) {
            const QModelIndex index = model->index(row, column, parent);
            for (const int role : {int(Qt::DisplayRole), int(Qt::AccessibleTextRole),
                                   int(Qt::AccessibleDescriptionRole), int(Qt::ToolTipRole)}) {
                const QString text = index.data(role).toString();
                if (!activeIn(text).isEmpty() || (role == Qt::ToolTipRole && isMarkup(text))) {
                    *faults += QStringLiteral("%1: role %2 of %3, %4 has %5: %6")
                                   .arg(where)
                                   .arg(role)
                                   .arg(row)
                                   .arg(column)
                                   .arg(activeIn(text), text.left(60));
                }
            }
        }
        addModelFaults(model, model->index(row, 0, parent), where, faults);
    }
}

/// What is wrong with the texts of one widget; empty = nothing. `withFields`: fields do not hold
/// values that are to be edited as they are.
inline QStringList literalFaultsOf(QWidget *widget, bool withFields = true)
{
    QStringList faults;
    const QString where = QStringLiteral("%1 '%2'").arg(
        QString::fromLatin1(widget->metaObject()->className()), widget->objectName());
    const auto check = [&](const char *what, const QString &text, bool isBlock = false) {
        if (const QString active = activeIn(text, isBlock); !active.isEmpty()) {
            faults += QStringLiteral("%1: its %2 has %3").arg(where, QLatin1String(what), active);
        }
    };
    if (const auto *label = qobject_cast<QLabel *>(widget)) {
        check("text", label->text(), true);
        if (label->textFormat() != Qt::PlainText || label->openExternalLinks()) {
            faults += where + QStringLiteral(": not for plain text");
        }
    } else if (const auto *button = qobject_cast<QAbstractButton *>(widget)) {
        check("text", button->text());
        if (hasAccelerator(button->text())) {
            faults += where + QStringLiteral(": an accelerator in ") + button->text().left(60);
        }
    } else if (const auto *line = qobject_cast<QLineEdit *>(widget)) {
        if (withFields) {
            check("text", line->text());
        }
        check("placeholder", line->placeholderText());
    } else if (const auto *text = qobject_cast<QPlainTextEdit *>(widget)) {
        check("text", text->toPlainText(), true);
    } else if (const auto *rich = qobject_cast<QTextEdit *>(widget)) {
        check("text", rich->toPlainText(), true);
        if (rich->acceptRichText() || widget->inherits("QTextBrowser")) {
            faults += where + QStringLiteral(": takes rich text");
        }
    } else if (const auto *view = qobject_cast<QAbstractItemView *>(widget)) {
        if (view->model() != nullptr) {
            addModelFaults(view->model(), view->rootIndex(), where, &faults);
        }
    } else if (const auto *tabs = qobject_cast<QTabBar *>(widget)) {
        for (int i = 0; i < tabs->count(); ++i) {
            check("tab", tabs->tabText(i));
            if (hasAccelerator(tabs->tabText(i))) {
                faults += where + QStringLiteral(": an accelerator in ") + tabs->tabText(i);
            }
        }
    } else if (const auto *box = qobject_cast<QComboBox *>(widget)) {
        addModelFaults(box->model(), {}, where, &faults);
    } else if (const auto *menu = qobject_cast<QMenu *>(widget)) {
        for (const QAction *action : menu->actions()) {
            check("entry", action->text());
            if (hasAccelerator(action->text())) {
                faults += where + QStringLiteral(": an accelerator in ") + action->text().left(60);
            }
        }
    }
    check("tooltip", widget->toolTip(), true);
    if (isMarkup(widget->toolTip())) {
        faults += where + QStringLiteral(": a tooltip of markup: ") + widget->toolTip().left(60);
    }
    check("accessible name", widget->accessibleName());
    check("accessible description", widget->accessibleDescription(), true);
    check("window title", widget->windowTitle());
    if (QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget)) {
        check("name for screen readers", accessible->text(QAccessible::Name),
              qobject_cast<QLabel *>(widget) != nullptr);
    }
    return faults;
}

/// The same of all that is visible below `root`, and of it.
inline QStringList literalFaults(QWidget *root, bool withFields = true)
{
    QStringList faults = literalFaultsOf(root, withFields);
    for (QWidget *widget : root->findChildren<QWidget *>()) {
        if (widget->isVisible()) {
            faults += literalFaultsOf(widget, withFields);
        }
    }
    return faults;
}

/// Notes each text that is painted, whoever paints it.
class TextRecorder final : public QPaintDevice
{
public:
    explicit TextRecorder(QSize size)
        : m_size(size)
    {
    }
    [[nodiscard]] QPaintEngine *paintEngine() const override { return &m_engine; }
    [[nodiscard]] const QStringList &texts() const { return m_engine.texts; }

protected:
    int metric(PaintDeviceMetric which) const override
    {
        switch (which) {
        case PdmWidth:
            return m_size.width();
        case PdmHeight:
            return m_size.height();
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return 96;
        case PdmDepth:
            return 32;
        case PdmNumColors:
            return 1 << 24;
        default:
            return QPaintDevice::metric(which);
        }
    }

private:
    class Engine final : public QPaintEngine
    {
    public:
        Engine()
            : QPaintEngine(AllFeatures)
        {
        }
        bool begin(QPaintDevice *) override { return true; }
        bool end() override { return true; }
        void updateState(const QPaintEngineState &) override {}
        void drawPixmap(const QRectF &, const QPixmap &, const QRectF &) override {}
        void drawImage(const QRectF &, const QImage &, const QRectF &,
                       Qt::ImageConversionFlags) override
        {
        }
        void drawPath(const QPainterPath &) override {}
        void drawPolygon(const QPointF *, int, PolygonDrawMode) override {}
        void drawRects(const QRectF *, int) override {}
        void drawLines(const QLineF *, int) override {}
        void drawTextItem(const QPointF &, const QTextItem &item) override { texts += item.text(); }
        [[nodiscard]] Type type() const override { return User; }

        QStringList texts;
    };

    QSize m_size;
    mutable Engine m_engine;
};

/// All that a widget and what is in it paint, as runs of text.
inline QStringList paintedTexts(QWidget *widget)
{
    TextRecorder recorder(widget->size());
    widget->render(&recorder);
    return recorder.texts();
}

/// Watches for what hostile text may bring about while this lives: a URL opened, a file read, a
/// program started.
class DeedWatch : public QObject
{
    Q_OBJECT
public:
    /// `file`: nobody but the text names it.
    explicit DeedWatch(const QString &file)
        : m_inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    {
        ::inotify_add_watch(m_inotify, QFile::encodeName(file).constData(),
                            IN_OPEN | IN_ACCESS | IN_MODIFY | IN_DELETE_SELF);
        for (const char *scheme : schemes) {
            QDesktopServices::setUrlHandler(QLatin1String(scheme), this, "noteUrl");
        }
        m_children = children();
    }
    ~DeedWatch() override
    {
        for (const char *scheme : schemes) {
            QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
        }
        ::close(m_inotify);
    }

    /// What happened; empty = nothing.
    [[nodiscard]] QStringList deeds() const
    {
        QStringList all = m_urls;
        std::array<char, 4096> events{};
        if (::read(m_inotify, events.data(), events.size()) > 0) {
            all += QStringLiteral("the file was opened");
        }
        if (children() != m_children) {
            all += QStringLiteral("a program was started");
        }
        return all;
    }

public Q_SLOTS:
    void noteUrl(const QUrl &url) { m_urls += url.toString(); }

private:
    static constexpr std::array schemes = {"http", "https", "file", "ftp", "mailto", "javascript"};

    static QString children()
    {
        QFile file(QStringLiteral("/proc/self/task/%1/children").arg(::getpid()));
        return file.open(QFile::ReadOnly) ? QString::fromLatin1(file.readAll()) : QString();
    }

    int m_inotify;
    QStringList m_urls;
    QString m_children;
};

} // namespace roadstead::test
