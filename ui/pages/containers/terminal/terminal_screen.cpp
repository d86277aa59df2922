// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/terminal_screen.h"

#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFile>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPalette>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTimer>
#include <QVBoxLayout>

// The library's header is written with the short keywords.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#include <qtermwidget6/qtermwidget.h>
#undef signals
#undef slots

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <termios.h>
#include <tuple>
#include <unistd.h>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int rememberedLines = 5000;
constexpr int describedCharacters = 2000;
constexpr int describeMilliseconds = 300;
constexpr int describeRest = 100; ///< the time between two is so many times what one takes
constexpr int mostZoom = 12;

struct SchemeEntry
{
    const char *name;
    Color color;
};

constexpr std::array<SchemeEntry, 10> schemeEntries = {{
    {"Foreground", Color::Text},
    {"Background", Color::BgSunken},
    {"Color0", Color::Text},
    {"Color1", Color::Danger},
    {"Color2", Color::Ok},
    {"Color3", Color::Warn},
    {"Color4", Color::Accent},
    {"Color5", Color::CodeNumber},
    {"Color6", Color::Accent},
    {"Color7", Color::Text3},
}};

QByteArray schemeText()
{
    QByteArray text = "[General]\nDescription=Roadstead\nOpacity=1\n";
    for (const SchemeEntry &entry : schemeEntries) {
        const QColor rgb = color(entry.color);
        const QByteArray value = QByteArray::number(rgb.red()) + ',' +
                                 QByteArray::number(rgb.green()) + ',' +
                                 QByteArray::number(rgb.blue());
        for (const char *suffix : {"", "Intense"}) {
            text += QByteArray("[") + entry.name + suffix + "]\nColor=" + value + "\n";
        }
    }
    return text;
}

/// The library reads schemes from files alone, and once for each name.
QString schemeFile()
{
    static const QTemporaryDir folder;
    const QByteArray text = schemeText();
    const QByteArray hash = QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex();
    const QString path =
        folder.filePath(QStringLiteral("roadstead-%1.colorscheme").arg(QLatin1StringView(hash)));
    QFile file(path);
    if (!file.exists() && file.open(QIODevice::WriteOnly)) {
        file.write(text);
    }
    return path;
}

bool leavesTerminal(const QKeyEvent &event)
{
    return event.key() == Qt::Key_F6 ||
           ((event.key() == Qt::Key_P || event.key() == Qt::Key_W) &&
            event.modifiers() == (Qt::ControlModifier | Qt::ShiftModifier));
}

/// What a clipboard may do to a program: type letters, tabs and ends of lines.
QString pastable(QString text)
{
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\r"));
    text.replace(u'\n', u'\r');
    text.removeIf(
        [](QChar c) { return c.category() == QChar::Other_Control && c != u'\r' && c != u'\t'; });
    return text;
}

} // namespace

TerminalScreen::TerminalScreen(QWidget *parent)
    : QWidget(parent)
    , m_describing(new QTimer(this))
{
    // The library's widget takes the focus when it is made.
    QWidget *focused = QApplication::focusWidget();
    m_terminal = new QTermWidget(0, this);
    if (focused) {
        focused->setFocus();
    }
    m_terminal->setHistorySize(rememberedLines);
    m_terminal->setScrollBarPosition(QTermWidget::ScrollBarRight);
    m_terminal->setTerminalSizeHint(false);
    m_terminal->setConfirmMultilinePaste(false);
    m_terminal->setFlowControlEnabled(false);
    m_terminal->startTerminalTeletype();
    const int fd = m_terminal->getPtySlaveFd();
    termios mode{};
    if (::tcgetattr(fd, &mode) == 0) {
        ::cfmakeraw(&mode);
        ::tcsetattr(fd, TCSANOW, &mode);
    }
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    m_notifier = new QSocketNotifier(fd, QSocketNotifier::Write, this);
    m_notifier->setEnabled(false);
    connect(m_notifier, &QSocketNotifier::activated, this, &TerminalScreen::writeWaiting);
    connect(m_terminal, &QTermWidget::sendData, this,
            [this](const char *bytes, int size) { Q_EMIT typed(QByteArray(bytes, size)); });
    m_display = m_terminal->focusProxy() ? m_terminal->focusProxy() : m_terminal;
    m_display->setObjectName(QStringLiteral("terminalDisplay"));
    m_display->setAccessibleName(tr("Terminal"));
    m_display->setProperty("focusRing", false);
    m_display->setAcceptDrops(false);
    m_display->installEventFilter(this);
    setFocusProxy(m_display);
    dressSearchBar();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_terminal);
    m_describing->setSingleShot(true);
    m_describing->setInterval(describeMilliseconds);
    connect(m_describing, &QTimer::timeout, this, &TerminalScreen::describeText);
    connect(&Theme::instance(), &Theme::changed, this, &TerminalScreen::restyle);
    restyle();
}

TerminalScreen::~TerminalScreen()
{
    m_notifier->setEnabled(false);
    m_display->removeEventFilter(this);
    m_terminal->disconnect(this);
}

void TerminalScreen::write(std::string_view bytes)
{
    m_waiting.append(bytes);
    writeWaiting();
    if (!m_describing->isActive()) {
        m_describing->start(); // not put off by more, or what prints all the time would say nothing
    }
}

void TerminalScreen::writeWaiting()
{
    const bool waited = m_notifier->isEnabled();
    while (!m_waiting.empty()) {
        const ssize_t written =
            ::write(m_terminal->getPtySlaveFd(), m_waiting.data(), m_waiting.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            break;
        }
        m_waiting.erase(0, std::size_t(written));
    }
    m_notifier->setEnabled(!m_waiting.empty());
    if (waited && m_waiting.empty()) {
        Q_EMIT roomMade();
    }
}

int TerminalScreen::rows() const
{
    return m_terminal->screenLinesCount();
}

int TerminalScreen::columns() const
{
    return m_terminal->screenColumnsCount();
}

QString TerminalScreen::text() const
{
    QBuffer buffer;
    buffer.open(QIODevice::ReadWrite);
    m_terminal->saveHistory(&buffer);
    return QString::fromUtf8(buffer.data());
}

void TerminalScreen::describeText()
{
    QElapsedTimer clock;
    clock.start();
    m_display->setAccessibleDescription(
        displayBlock(text().trimmed().right(describedCharacters).toStdString()));
    // The library gives the whole history or nothing: a long one is read less often.
    m_describing->setInterval(std::max(describeMilliseconds, int(clock.elapsed()) * describeRest));
}

void TerminalScreen::copy()
{
    m_terminal->copyClipboard();
}

void TerminalScreen::paste()
{
    pasteText(QApplication::clipboard()->text());
}

void TerminalScreen::pasteText(const QString &text)
{
    const QString clean = pastable(text);
    QString bracketed = clean;
    m_terminal->bracketText(bracketed);
    if (clean.contains(u'\r') && bracketed == clean) {
        Q_EMIT pasteQuestioned(clean);
    } else if (!clean.isEmpty()) {
        m_used = true;
        Q_EMIT typed(bracketed.toUtf8());
    }
}

void TerminalScreen::sendPasted(const QString &text)
{
    m_used = true;
    Q_EMIT typed(pastable(text).toUtf8());
}

void TerminalScreen::findText()
{
    m_terminal->toggleShowSearchBar();
}

void TerminalScreen::zoom(int steps)
{
    m_zoom = steps == 0 ? 0 : std::clamp(m_zoom + steps, -4, mostZoom);
    restyle();
}

void TerminalScreen::clearScreen()
{
    m_terminal->clear();
}

void TerminalScreen::restyle()
{
    QFont mono = Theme::instance().font(FontRole::Mono);
    if (mono.pixelSize() > 0) {
        mono.setPixelSize(std::max(6, mono.pixelSize() + m_zoom));
    } else {
        mono.setPointSizeF(std::max(5.0, mono.pointSizeF() + m_zoom));
    }
    m_terminal->setTerminalFont(mono);
    if (m_searchBar) {
        const QFont words = Theme::instance().font(FontRole::Small);
        m_searchBar->setFont(words);
        for (QWidget *part : m_searchBar->findChildren<QWidget *>()) {
            part->setFont(words);
        }
    }
    m_terminal->setColorScheme(schemeFile());
    keepBackground();
    QMetaObject::invokeMethod(this, &TerminalScreen::checkSize, Qt::QueuedConnection);
}

/// The library's bar has letters for icons, and no names for them.
void TerminalScreen::dressSearchBar()
{
    auto *field = m_terminal->findChild<QLineEdit *>(QStringLiteral("searchTextEdit"));
    if (!field) {
        return;
    }
    m_searchBar = field->parentWidget();
    m_searchBar->installEventFilter(this);
    field->setAccessibleName(tr("Find in the terminal"));
    const std::array<std::tuple<const char *, const char *, QString>, 4> buttons = {
        {{"closeButton", "x-lg", tr("Close the search")},
         {"findPreviousButton", "chevron-up", tr("Previous match")},
         {"findNextButton", "chevron-down", tr("Next match")},
         {"optionsButton", "three-dots", tr("Ways to search")}}};
    for (const auto &[name, iconName, label] : buttons) {
        if (auto *button = m_searchBar->findChild<QAbstractButton *>(QLatin1StringView(name))) {
            button->setText({});
            button->setIcon(icon(QLatin1StringView(iconName)));
            button->setAccessibleName(label);
            button->setToolTip(label);
        }
    }
}

/// Where no line has been drawn yet, the library fills with what its palette says, which others
/// set, too.
void TerminalScreen::keepBackground()
{
    const QColor background = color(Color::BgSunken);
    for (QWidget *widget : {static_cast<QWidget *>(m_terminal), m_display}) {
        QPalette palette = widget->palette();
        if (palette.color(QPalette::Active, QPalette::Window) != background ||
            palette.color(QPalette::Inactive, QPalette::Window) != background) {
            palette.setColor(QPalette::Window, background);
            palette.setColor(QPalette::Base, background);
            widget->setPalette(palette);
            widget->update();
        }
    }
}

void TerminalScreen::checkSize()
{
    const bool changed = std::exchange(m_rows, rows()) != rows();
    if (std::exchange(m_columns, columns()) != columns() || changed) {
        Q_EMIT sized(m_rows, m_columns);
    }
}

/// Keys that are ours and not the program's.
bool TerminalScreen::takesKey(const QKeyEvent &event)
{
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::ShiftModifier && event.key() == Qt::Key_Insert) {
        paste();
        return true;
    }
    if (modifiers == Qt::ControlModifier && event.key() == Qt::Key_0) {
        zoom(0);
        return true;
    }
    if (modifiers == Qt::ControlModifier && event.key() == Qt::Key_Minus) {
        zoom(-1);
        return true;
    }
    if (event.key() == Qt::Key_Plus && (modifiers & Qt::ControlModifier)) {
        zoom(1);
        return true;
    }
    if (modifiers != (Qt::ControlModifier | Qt::ShiftModifier)) {
        return false;
    }
    switch (event.key()) {
    case Qt::Key_C:
        copy();
        return true;
    case Qt::Key_V:
    case Qt::Key_Insert:
        paste();
        return true;
    case Qt::Key_F:
        findText();
        return true;
    default:
        return false;
    }
}

bool TerminalScreen::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_searchBar) {
        if (event->type() == QEvent::HideToParent) {
            m_display->setFocus();
        }
        return false;
    }
    switch (event->type()) {
    case QEvent::ShortcutOverride: {
        const auto *key = static_cast<QKeyEvent *>(event);
        event->setAccepted(!leavesTerminal(*key));
        return true;
    }
    case QEvent::KeyPress: {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isOurs = takesKey(*key);
        m_used = m_used || (!isOurs && !key->text().isEmpty());
        return isOurs;
    }
    case QEvent::MouseButtonPress:
        if (static_cast<QMouseEvent *>(event)->button() == Qt::MiddleButton) {
            pasteText(QApplication::clipboard()->text(QClipboard::Selection));
            return true;
        }
        break;
    case QEvent::ContextMenu:
        showMenu(static_cast<QContextMenuEvent *>(event)->globalPos());
        return true;
    case QEvent::Show:
    case QEvent::PaletteChange:
        QMetaObject::invokeMethod(this, &TerminalScreen::keepBackground, Qt::QueuedConnection);
        break;
    case QEvent::Resize:
        QMetaObject::invokeMethod(this, &TerminalScreen::checkSize, Qt::QueuedConnection);
        break;
    case QEvent::FocusIn:
    case QEvent::FocusOut:
        Q_EMIT focusChanged();
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void TerminalScreen::showMenu(const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("terminalMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this, menu](const QString &name, const QString &text, auto slot) {
        QAction *action = menu->addAction(text, this, slot);
        action->setObjectName(name);
        return action;
    };
    add(QStringLiteral("terminalCopy"), tr("Copy"), &TerminalScreen::copy)
        ->setEnabled(!m_terminal->selectedText().isEmpty());
    add(QStringLiteral("terminalPaste"), tr("Paste"), &TerminalScreen::paste);
    menu->addSeparator();
    add(QStringLiteral("terminalFind"), tr("Find"), &TerminalScreen::findText);
    add(QStringLiteral("terminalLarger"), tr("Larger text"), [this] { zoom(1); });
    add(QStringLiteral("terminalSmaller"), tr("Smaller text"), [this] { zoom(-1); });
    add(QStringLiteral("terminalClear"), tr("Clear"), &TerminalScreen::clearScreen);
    menu->popup(globalPosition);
}

} // namespace roadstead::ui
