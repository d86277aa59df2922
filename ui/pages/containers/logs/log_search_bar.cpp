// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/logs/log_search_bar.h"

#include "ui/pages/containers/logs/log_view.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QShortcut>

#include <utility>

namespace roadstead::ui {

LogSearchBar::LogSearchBar(LogView *view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_field(new SearchField(QStringLiteral("logsSearch"), tr("Search in the log"),
                              QStringLiteral("search"), this))
    , m_found(new ElidedLabel({}, FontRole::Small, Color::Text2, this))
    , m_up(new IconButton(QStringLiteral("logsPrevious"), QStringLiteral("arrow-up"),
                          tr("Previous match"), this))
    , m_down(new IconButton(QStringLiteral("logsNext"), QStringLiteral("arrow-down"),
                            tr("Next match"), this))
    , m_case(new Button(QStringLiteral("logsCase"), QStringLiteral("Aa"), ButtonKind::Normal, this))
    , m_regex(
          new Button(QStringLiteral("logsRegex"), QStringLiteral(".*"), ButtonKind::Normal, this))
{
    m_found->setObjectName(QStringLiteral("logsFound"));
    m_up->setLabel(tr("Previous match"), QKeySequence(Qt::SHIFT | Qt::Key_F3));
    m_down->setLabel(tr("Next match"), QKeySequence(Qt::Key_F3));
    m_case->setAccessibleName(tr("Match case"));
    m_regex->setAccessibleName(tr("Regular expression"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    m_field->setMinimumWidth(scaled(80));
    m_field->setMaximumWidth(scaled(386));
    row->addWidget(m_field, 3);
    for (Button *button : {m_case, m_regex}) {
        button->setCheckable(true);
        button->setToolTip(button->accessibleName());
        row->addWidget(button);
        connect(button, &Button::toggled, this, &LogSearchBar::start);
    }
    row->addWidget(m_up);
    row->addWidget(m_down);
    row->addWidget(m_found, 2);
    connect(m_field, &SearchField::settled, this, &LogSearchBar::start);
    connect(m_field, &QLineEdit::returnPressed, this, &LogSearchBar::next);
    connect(m_up, &IconButton::clicked, this, &LogSearchBar::previous);
    connect(m_down, &IconButton::clicked, this, &LogSearchBar::next);
    const auto key = [this](const QKeySequence &keys, void (LogSearchBar::*act)()) {
        auto *shortcut = new QShortcut(keys, parentWidget());
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    key(QKeySequence(Qt::Key_F3), &LogSearchBar::next);
    key(QKeySequence(Qt::SHIFT | Qt::Key_F3), &LogSearchBar::previous);
    key(QKeySequence(Qt::SHIFT | Qt::Key_Return), &LogSearchBar::previous);
    showFound();
}

LogSearchBar::~LogSearchBar() = default;

void LogSearchBar::setStore(std::shared_ptr<const store::LineStore> store)
{
    m_store = std::move(store);
    start();
}

void LogSearchBar::setWanted(store::ClassMask wanted)
{
    if (std::exchange(m_wanted, wanted) != wanted) {
        start();
    }
}

void LogSearchBar::refresh()
{
    if (m_search) {
        m_search->refresh();
    }
}

QWidget *LogSearchBar::field() const
{
    return m_field;
}

void LogSearchBar::start()
{
    m_view->setSearch(nullptr);
    m_search.reset();
    m_current.reset();
    const QString text = m_field->text();
    if (text.isEmpty() || !m_store) {
        showFound();
        return;
    }
    QRegularExpression expression(m_regex->isChecked() ? text : QRegularExpression::escape(text));
    expression.setPatternOptions(m_case->isChecked() ? QRegularExpression::NoPatternOption
                                                     : QRegularExpression::CaseInsensitiveOption);
    if (!expression.isValid()) {
        showFault(tr("Not a regular expression, at character %1: %2")
                      .arg(numberText(expression.patternErrorOffset()), expression.errorString()));
        return;
    }
    m_search = std::make_unique<service::LogSearch>(m_store, expression, m_wanted);
    connect(m_search.get(), &service::LogSearch::changed, this, &LogSearchBar::showFound);
    m_search->refresh();
    m_view->setSearch(m_search.get());
    showFound();
}

void LogSearchBar::next()
{
    if (m_search) {
        const store::LineMatches &matches = m_search->matches();
        go(matches.after(m_current.value_or(m_view->topLine() - 1)), matches.after(INT64_MIN / 2));
    }
}

void LogSearchBar::previous()
{
    if (m_search) {
        const store::LineMatches &matches = m_search->matches();
        go(matches.before(m_current.value_or(m_view->topLine())), matches.before(INT64_MAX / 2));
    }
}

/// At the end it goes on from the other one.
void LogSearchBar::go(std::optional<store::LineNumber> line,
                      std::optional<store::LineNumber> wrapped)
{
    if (const auto to = line ? line : wrapped) {
        m_current = to;
        m_view->goTo(*to);
        showFound();
        announce(m_field, m_found->fullText());
    }
}

void LogSearchBar::showFound()
{
    using service::SearchFault;
    m_view->viewport()->update();
    m_view->verticalScrollBar()->update();
    const bool any = m_search && m_search->matches().count() > 0;
    m_up->setEnabled(any);
    m_down->setEnabled(any);
    if (m_search && m_search->fault() != SearchFault::None) {
        showFault(m_search->fault() == SearchFault::TooCostly
                      ? tr("This expression takes too long. Make it simpler.")
                      : tr("The lines could not be read from the disk."));
        m_view->setSearch(nullptr);
        return;
    }
    const bool wasRunning = m_found->property("running").toBool();
    const bool running = m_search && m_search->isRunning();
    m_found->setProperty("running", running);
    m_found->setTone(Color::Text2);
    QString text;
    if (any) {
        const store::LineMatches &matches = m_search->matches();
        const bool isMatch = m_current && matches.contains(*m_current);
        const QString count = numberText(matches.count());
        text = isMatch ? tr("%1 of %2").arg(numberText(matches.rank(*m_current) + 1), count)
                       : tr("Found: %1").arg(count);
        text += running ? QStringLiteral(" …") : QString();
    } else if (m_search) {
        text = running ? tr("Searching") : tr("No match");
    }
    m_found->setFullText(text);
    if (wasRunning && !running && m_field->hasFocus()) {
        announce(m_field, text);
    }
}

void LogSearchBar::showFault(const QString &what)
{
    m_found->setTone(Color::Danger);
    m_found->setFullText(what);
    m_up->setEnabled(false);
    m_down->setEnabled(false);
    announce(m_field, what);
}

} // namespace roadstead::ui
