// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/logs/log_search_bar.h"

#include "ui/pages/containers/logs/log_view.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollBar>
#include <QShortcut>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int pictureMilliseconds = 16; ///< from one picture to the next
constexpr int narrowestSearch = 150;
constexpr int widestSearch = 386;
constexpr int toggleWidth = 36;

} // namespace

LogSearchBar::LogSearchBar(LogView *view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_field(new SearchField(QStringLiteral("logsSearch"), tr("Search in the log"),
                              QStringLiteral("search"), this))
    , m_inField(new QWidget(m_field))
    , m_found(new ElidedLabel({}, FontRole::Small, Color::Text2, m_inField))
    , m_up(new IconButton(QStringLiteral("logsPrevious"), QStringLiteral("arrow-up"),
                          tr("Previous match"), m_inField))
    , m_down(new IconButton(QStringLiteral("logsNext"), QStringLiteral("arrow-down"),
                            tr("Next match"), m_inField))
    , m_case(new Button(QStringLiteral("logsCase"), QStringLiteral("Aa"), ButtonKind::Normal, this))
    , m_regex(
          new Button(QStringLiteral("logsRegex"), QStringLiteral(".*"), ButtonKind::Normal, this))
    , m_fault(new ElidedLabel({}, FontRole::Small, Color::Danger, this))
{
    m_fault->setObjectName(QStringLiteral("logsFault"));
    m_case->setAccessibleName(tr("Match case"));
    m_regex->setAccessibleName(tr("Regular expression"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s1);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    column->addLayout(row);
    column->addWidget(m_fault);
    m_fault->hide();
    m_field->setMinimumWidth(scaled(narrowestSearch));
    m_field->setMaximumWidth(scaled(widestSearch));
    m_field->setClearButtonEnabled(false); // Esc clears; the count stands there
    row->addWidget(m_field, 3);
    for (Button *button : {m_case, m_regex}) {
        button->setCheckable(true);
        button->setToolTip(button->accessibleName());
        button->setFixedWidth(scaled(toggleWidth));
        row->addWidget(button);
        connect(button, &Button::toggled, this, &LogSearchBar::restart);
    }
    row->addStretch(1);
    buildInField();
    connect(m_field, &SearchField::settled, this, &LogSearchBar::restart);
    connect(&Theme::instance(), &Theme::changed, this, &LogSearchBar::placeInField);
    const auto key = [this](const QKeySequence &keys, void (LogSearchBar::*act)()) {
        auto *shortcut = new QShortcut(keys, parentWidget());
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    key(QKeySequence(Qt::Key_F3), &LogSearchBar::next);
    key(QKeySequence(Qt::SHIFT | Qt::Key_F3), &LogSearchBar::previous);
    m_showing.setSingleShot(true);
    connect(&m_showing, &QTimer::timeout, this, &LogSearchBar::showFound);
    showFound();
}

LogSearchBar::~LogSearchBar() = default;

void LogSearchBar::buildInField()
{
    m_found->setObjectName(QStringLiteral("logsFound"));
    m_found->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_up->setLabel(tr("Previous match"), QKeySequence(Qt::SHIFT | Qt::Key_F3));
    m_down->setLabel(tr("Next match"), QKeySequence(Qt::Key_F3));
    auto *row = new QHBoxLayout(m_inField);
    row->setContentsMargins(0, 0, 2, 0);
    row->setSpacing(0);
    row->addWidget(m_found, 1);
    row->addSpacing(space::s1);
    for (IconButton *button : {m_up, m_down}) {
        setButtonLook(button, ButtonKind::Quiet, ButtonSize::Small);
        button->setCursor(Qt::ArrowCursor);
        row->addWidget(button);
    }
    connect(m_up, &IconButton::clicked, this, &LogSearchBar::previous);
    connect(m_down, &IconButton::clicked, this, &LogSearchBar::next);
    m_field->installEventFilter(this);
}

/// Return goes on, and with Shift back: not both at once, as returnPressed() would.
bool LogSearchBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize) {
        placeInField();
    } else if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            key->modifiers().testFlag(Qt::ShiftModifier) ? previous() : next();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

/// At most half of the field: what is typed counts more.
void LogSearchBar::placeInField()
{
    const bool any = !m_found->fullText().isEmpty();
    m_inField->setVisible(any);
    const int wide = any ? std::min(m_inField->sizeHint().width(), m_field->width() / 2) : 0;
    m_inField->setGeometry(
        QStyle::visualRect(m_field->layoutDirection(), m_field->rect(),
                           QRect(m_field->width() - wide - 2, 1, wide, m_field->height() - 2)));
    QMargins margins = m_field->textMargins();
    const bool mirrored = m_field->layoutDirection() == Qt::RightToLeft;
    mirrored ? margins.setLeft(wide) : margins.setRight(wide);
    m_field->setTextMargins(margins);
}

void LogSearchBar::stop()
{
    m_view->setSearches({});
    m_searches.clear();
    m_current.reset();
}

void LogSearchBar::setWanted(store::ClassMask wanted)
{
    if (std::exchange(m_wanted, wanted) != wanted) {
        restart();
    }
}

void LogSearchBar::refresh()
{
    for (const auto &search : m_searches) {
        search->refresh();
    }
}

QWidget *LogSearchBar::field() const
{
    return m_field;
}

QString LogSearchBar::typed() const
{
    return m_field->text();
}

bool LogSearchBar::isRegex() const
{
    return m_regex->isChecked();
}

std::optional<QRegularExpression> LogSearchBar::expression() const
{
    const QString text = m_field->text();
    QRegularExpression expression(m_regex->isChecked() ? text : QRegularExpression::escape(text));
    expression.setPatternOptions(m_case->isChecked() ? QRegularExpression::NoPatternOption
                                                     : QRegularExpression::CaseInsensitiveOption);
    return text.isEmpty() || !expression.isValid() ? std::nullopt : std::optional(expression);
}

void LogSearchBar::restart()
{
    stop();
    const std::optional<QRegularExpression> wanted = expression();
    if (!wanted && !m_field->text().isEmpty()) {
        const QRegularExpression wrong(m_field->text());
        showFault(tr("Not a regular expression, at character %1: %2")
                      .arg(numberText(wrong.patternErrorOffset()), wrong.errorString()));
        return;
    }
    std::vector<const service::LogSearch *> shown;
    for (std::size_t i = 0; wanted && i < m_view->logs().size(); ++i) {
        auto search =
            std::make_unique<service::LogSearch>(m_view->logs()[i].store, *wanted, m_wanted);
        connect(search.get(), &service::LogSearch::changed, this, [this] {
            if (!m_showing.isActive()) {
                m_showing.start(pictureMilliseconds);
            }
        });
        search->refresh();
        shown.push_back(search.get());
        m_searches.push_back(std::move(search));
    }
    m_view->setSearches(std::move(shown));
    showFound();
}

std::optional<store::LinePlace> LogSearchBar::matchFrom(std::int64_t row) const
{
    const store::MergedLines &lines = m_view->lines();
    const std::vector<store::LineNumber> from = lines.linesAt(row);
    std::optional<store::LinePlace> nearest;
    for (std::size_t i = 0; i < std::min(m_searches.size(), from.size()); ++i) {
        const auto match = m_searches[i]->matches().after(from[i] - 1);
        if (match && lines.isShown(i) &&
            (!nearest || lines.rowOf({i, *match}) < lines.rowOf(*nearest))) {
            nearest = {i, *match};
        }
    }
    return nearest;
}

std::optional<store::LinePlace> LogSearchBar::matchBefore(std::int64_t row) const
{
    const store::MergedLines &lines = m_view->lines();
    const std::vector<store::LineNumber> end = lines.linesAt(row);
    std::optional<store::LinePlace> nearest;
    for (std::size_t i = 0; i < std::min(m_searches.size(), end.size()); ++i) {
        const auto match = m_searches[i]->matches().before(end[i]);
        if (match && lines.isShown(i) &&
            (!nearest || lines.rowOf({i, *match}) > lines.rowOf(*nearest))) {
            nearest = {i, *match};
        }
    }
    return nearest;
}

/// At the end it goes on from the other one.
void LogSearchBar::next()
{
    const std::int64_t row = m_current ? m_view->lines().rowOf(*m_current) + 1 : m_view->topRow();
    const auto match = matchFrom(row);
    go(match ? match : matchFrom(0));
}

void LogSearchBar::previous()
{
    const auto match =
        matchBefore(m_current ? m_view->lines().rowOf(*m_current) : m_view->topRow());
    go(match ? match : matchBefore(m_view->rows()));
}

void LogSearchBar::go(std::optional<store::LinePlace> place)
{
    if (place) {
        m_current = place;
        m_view->goTo(*place);
        showFound();
        announce(m_field, m_found->fullText());
    }
}

std::int64_t LogSearchBar::count() const
{
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < m_searches.size(); ++i) {
        sum += m_view->lines().isShown(i) ? m_searches[i]->matches().count() : 0;
    }
    return sum;
}

std::int64_t LogSearchBar::rankOf(const store::LinePlace &place) const
{
    const store::MergedLines &lines = m_view->lines();
    const std::vector<store::LineNumber> at = lines.linesAt(lines.rowOf(place));
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < std::min(m_searches.size(), at.size()); ++i) {
        sum += lines.isShown(i) ? m_searches[i]->matches().rank(at[i]) : 0;
    }
    return sum;
}

void LogSearchBar::showFound()
{
    using service::SearchFault;
    m_view->viewport()->update();
    m_view->refreshMarks();
    bool running = false;
    for (const auto &search : m_searches) {
        if (search->fault() != SearchFault::None) {
            const bool isCostly = search->fault() == SearchFault::TooCostly;
            showFault(isCostly ? tr("This expression takes too long. Make it simpler.")
                               : tr("The lines could not be read from the disk."));
            m_view->setSearches({});
            return;
        }
        running = running || search->isRunning();
    }
    const std::int64_t all = count();
    m_up->setEnabled(all > 0);
    m_down->setEnabled(all > 0);
    QString text;
    if (all > 0) {
        const bool isMatch = m_current && m_current->source < m_searches.size() &&
                             m_searches[m_current->source]->matches().contains(m_current->line);
        text = isMatch ? tr("%1 of %2").arg(numberText(rankOf(*m_current) + 1), numberText(all))
                       : tr("Found: %1").arg(numberText(all));
        text += running ? QStringLiteral(" …") : QString();
    } else if (!m_searches.empty()) {
        text = running ? tr("Searching") : tr("No match");
    }
    m_fault->hide();
    m_found->setFullText(text);
    placeInField();
    if (std::exchange(m_wasRunning, running) && !running && m_field->hasFocus()) {
        announce(m_field, text);
    }
}

void LogSearchBar::showFault(const QString &what)
{
    m_found->setFullText({});
    placeInField();
    m_fault->setFullText(what);
    m_fault->show();
    announce(m_field, what);
}

} // namespace roadstead::ui
