// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_matcher.h"
#include "engine/store/line_matches.h"
#include "engine/store/line_store.h"

#include <QList>
#include <QObject>
#include <QRegularExpression>

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

namespace roadstead::service {

class Mailbox;

enum class SearchFault {
    None,
    TooCostly, ///< one line took too long: the expression backtracks without end
    Unreadable ///< the lines could not be read from the disk
};

/// An expression as a search has it, with no other option than that of the case. None when it is
/// too large. May take a while.
std::shared_ptr<const store::LineExpression> lineExpression(const QRegularExpression &expression);

/// Finds the lines of a store in which an expression matches: the newest first, then older ones,
/// then those that come, in a thread of the global pool. Keeps one bit for each line of the blocks
/// with matches. GUI thread.
class LogSearch : public QObject
{
    Q_OBJECT
public:
    /// `expression` is valid, with no other option than that of the case; only lines of the
    /// `wanted` classes count.
    LogSearch(std::shared_ptr<const store::LineStore> store, const QRegularExpression &expression,
              store::ClassMask wanted, QObject *parent = nullptr);
    ~LogSearch() override;

    /// The store has more lines, or fewer. The first call begins the search.
    void refresh();

    [[nodiscard]] const store::LineMatches &matches() const { return m_matches; }
    /// Where something is found in a text, at once: what would take too long for that is left out.
    struct Mark
    {
        qsizetype begin = 0;
        qsizetype length = 0;
        bool operator==(const Mark &) const = default;
    };
    [[nodiscard]] QList<Mark> marksIn(const QString &text) const;
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] SearchFault fault() const { return m_fault; }

Q_SIGNALS:
    void changed();

private:
    using Expression = std::shared_ptr<const store::LineExpression>;
    struct Piece
    {
        store::LineRange range;
        std::vector<std::pair<std::int64_t, store::LineMatches::Bits>> blocks;
        Expression expression;
        SearchFault fault = SearchFault::None;
    };
    static Piece searchIn(const store::LineStore &store, const Expression &expression,
                          store::ClassMask wanted, store::LineRange range,
                          const std::atomic<bool> &cancelled);
    void next();
    void take(const Piece &piece);

    const std::shared_ptr<const store::LineStore> m_store;
    const QRegularExpression m_expression;
    const store::ClassMask m_wanted;
    const std::shared_ptr<Mailbox> m_mailbox;
    const std::shared_ptr<std::atomic<bool>> m_cancelled;
    Expression m_made;                             ///< by the first piece
    std::unique_ptr<store::LineMatcher> m_matcher; ///< for marksIn()
    store::LineNumber m_blocks;                    ///< of the next piece
    store::LineMatches m_matches;
    store::LineRange m_searched;
    bool m_begun = false;
    bool m_running = false;
    SearchFault m_fault = SearchFault::None;
};

} // namespace roadstead::service
