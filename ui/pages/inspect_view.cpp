// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/inspect_view.h"

#include "ui/pages/masked_text.h"
#include "ui/pages/pretty_json.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <QAction>
#include <QClipboard>
#include <QFuture>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPromise>
#include <QScrollBar>
#include <QThreadPool>
#include <QVBoxLayout>

#include <chrono>
#include <limits>
#include <memory>
#include <utility>

namespace roadstead::ui {

namespace {
constexpr std::size_t mostShown = 4U << 20;
constexpr qsizetype mostMarks = 2000;
constexpr std::chrono::seconds revealTime{30};
} // namespace

InspectView::InspectView(QWidget *parent)
    : QWidget(parent)
    , m_search(new SearchField(QStringLiteral("inspectSearch"), tr("Search"),
                               QStringLiteral("search"), this))
    , m_matches(new Label({}, FontRole::Small, Color::Text3, this))
    , m_text(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("inspectView"));
    m_matches->setObjectName(QStringLiteral("inspectMatches"));
    m_text->setObjectName(QStringLiteral("inspectText"));
    m_text->setAccessibleName(tr("What the engine says of the container"));
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setLayoutDirection(Qt::LeftToRight);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFont(ui::font(FontRole::Mono));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->document()->setDocumentMargin(space::s4); // in line with the bar above
    auto *previous = new IconButton(QStringLiteral("inspectPrevious"), QStringLiteral("chevron-up"),
                                    tr("Previous match"), this);
    auto *next = new IconButton(QStringLiteral("inspectNext"), QStringLiteral("chevron-down"),
                                tr("Next match"), this);
    previous->setLabel(tr("Previous match"), keysFor(Keys::PreviousMatch).constFirst());
    next->setLabel(tr("Next match"), keysFor(Keys::NextMatch).constFirst());
    auto *copy = new Button(QStringLiteral("inspectCopy"), tr("Copy"), ButtonKind::Normal, this);
    copy->setIconName(QStringLiteral("copy"));

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    bar->setSpacing(space::s2);
    bar->addWidget(m_search);
    bar->addWidget(previous);
    bar->addWidget(next);
    bar->addWidget(m_matches);
    bar->addStretch();
    m_reveal = new Button(QStringLiteral("inspectReveal"), {}, ButtonKind::Normal, this);
    m_reveal->hide();
    bar->addWidget(m_reveal);
    bar->addWidget(copy);
    m_hide.setSingleShot(true);
    m_hide.setInterval(revealTime);
    connect(&m_hide, &QTimer::timeout, this, [this] { setRevealed(false); });
    connect(m_reveal, &QAbstractButton::clicked, this, [this] { setRevealed(!m_revealed); });
    setRevealed(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    layout->addWidget(m_text, 1);

    const auto addKey = [this](Keys keys, bool backwards) {
        auto *action = new QAction(this);
        action->setShortcuts(keysFor(keys));
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, [this, backwards] { findNext(backwards); });
        addAction(action);
    };
    addKey(Keys::NextMatch, false);
    addKey(Keys::PreviousMatch, true);
    connect(m_search, &SearchField::settled, this, [this] {
        markMatches();
        // A longer word is looked for where the shorter one was found.
        QTextCursor cursor = m_text->textCursor();
        cursor.setPosition(cursor.selectionStart());
        m_text->setTextCursor(cursor);
        findNext(false);
        announce(m_matches, m_matches->text());
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { findNext(false); });
    connect(previous, &QAbstractButton::clicked, this, [this] { findNext(true); });
    connect(next, &QAbstractButton::clicked, this, [this] { findNext(false); });
    connect(copy, &QAbstractButton::clicked, this, &InspectView::copyAll);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_text->setFont(ui::font(FontRole::Mono));
        markMatches();
    });
}

void InspectView::setCommand(const QString &line)
{
    setCommandHint(m_text, line, tr("shows the same in a terminal"));
}

void InspectView::setJson(const std::string &raw)
{
    if (raw == m_raw) {
        return;
    }
    m_raw = raw;
    setRevealed(false);
    const unsigned generation = ++m_generation;
    auto promise = std::make_shared<QPromise<Shown>>();
    promise->start();
    promise->future().then(this, [this, generation](const Shown &shown) {
        if (generation == m_generation) {
            m_shown = shown;
            show();
        }
    });
    QThreadPool::globalInstance()->start([promise, raw] {
        Shown shown{prettyJson(raw, mostShown), {}, 0};
        shown.masked = maskedJson(shown.plain, shown.secrets);
        promise->addResult(std::move(shown));
        promise->finish();
    });
}

void InspectView::show()
{
    const int place = m_text->verticalScrollBar()->value();
    m_text->setPlainText(displayBlock(m_revealed ? m_shown.plain : m_shown.masked, mostShown));
    m_text->verticalScrollBar()->setValue(place);
    m_reveal->setVisible(m_shown.secrets > 0);
    markMatches();
}

void InspectView::setRevealed(bool revealed)
{
    const QString label = revealed ? tr("Hide secrets") : tr("Show secrets for 30 s");
    m_reveal->setText(label);
    m_reveal->setAccessibleName(label);
    m_reveal->setIconName(revealed ? QStringLiteral("eye-slash") : QStringLiteral("eye"));
    revealed ? m_hide.start() : m_hide.stop();
    if (std::exchange(m_revealed, revealed) != revealed) {
        show();
    }
}

QString InspectView::shownText() const
{
    return m_text->toPlainText();
}

void InspectView::markMatches()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QString wanted = m_search->text();
    if (!wanted.isEmpty()) {
        QTextCursor cursor(m_text->document());
        while (marks.size() < mostMarks) {
            cursor = m_text->document()->find(wanted, cursor);
            if (cursor.isNull()) {
                break;
            }
            QTextEdit::ExtraSelection mark;
            mark.cursor = cursor;
            mark.format.setBackground(color(Color::Hit));
            marks.append(mark);
        }
    }
    m_text->setExtraSelections(marks);
    m_matches->setText(wanted.isEmpty()  ? QString()
                       : marks.isEmpty() ? tr("No match")
                                         : tr("%1 matches").arg(numberText(marks.size())));
}

void InspectView::findNext(bool backwards)
{
    const QString wanted = m_search->text();
    if (wanted.isEmpty()) {
        return;
    }
    const auto direction = backwards ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (!m_text->find(wanted, direction)) {
        QTextCursor edge = m_text->textCursor();
        edge.movePosition(backwards ? QTextCursor::End : QTextCursor::Start);
        m_text->setTextCursor(edge);
        m_text->find(wanted, direction);
    }
}

void InspectView::copyAll()
{
    auto promise = std::make_shared<QPromise<QString>>();
    promise->start();
    promise->future().then(
        this, [](const QString &text) { QGuiApplication::clipboard()->setText(text); });
    QThreadPool::globalInstance()->start([promise, raw = m_raw] {
        constexpr std::size_t whole = std::numeric_limits<std::size_t>::max();
        promise->addResult(QString::fromStdString(prettyJson(raw, whole)));
        promise->finish();
    });
}

} // namespace roadstead::ui
