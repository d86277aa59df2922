// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/engine_directory.h"
#include "ui/shell/engine_view.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/badge.h"

#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <optional>
#include <string>

namespace roadstead::ui {

enum class EngineGroup { ThisComputer, Elsewhere, Contexts };
[[nodiscard]] QString groupTitle(EngineGroup group);

/// One row of the engine switcher, in words.
struct EngineRowText
{
    std::string id;
    EngineGroup group = EngineGroup::ThisComputer;
    StateMark mark = StateMark::Exited;
    QString name;
    QString state;         ///< begins with the state word
    QString address;       ///< behind it, where it helps; may be empty
    QString trip;          ///< "24 ms"; empty = not reached
    QString badge;         ///< what is about to go wrong: a certificate that ends
    QString contextName;   ///< of the docker command; empty = none leads there
    bool isLocked = false; ///< it is there, and lets us not in
    bool isContext = false;
    bool isCurrent = false;
    bool isTerminals = false;     ///< the docker command speaks to it
    std::optional<Error> error{}; ///< why it is not reached
};

/// What the engine switcher shows and does: the embedded engine, those that were found, and which
/// of them the window speaks to. GUI thread; no call blocks.
class EngineChoice : public QObject
{
    Q_OBJECT
public:
    static constexpr auto embeddedId = "embedded";

    struct Parts
    {
        service::EngineDirectory *directory = nullptr; ///< must outlive this
        embedded::EmbeddedEngine *embedded = nullptr;  ///< may be null; must outlive this
        EngineView *view = nullptr;                    ///< of the current one; must outlive this
        /// Makes the window speak to an engine; null = the embedded one.
        std::function<void(const service::KnownEngine *engine)> open{};
        /// Asked before `open`: calls what it is given, now or later, unless a person would lose
        /// what is not saved. Empty = nothing is lost.
        std::function<void(std::function<void()>)> leave{};
        /// Makes the docker command speak to that context. Must not block.
        std::function<void(const QString &context)> useContext{};
    };
    /// `current`: the id of the engine that `view` shows.
    EngineChoice(Parts parts, std::string current, QObject *parent = nullptr);

    [[nodiscard]] const std::string &current() const { return m_current; }
    /// In groups, in the order of the groups.
    [[nodiscard]] QList<EngineRowText> rows() const;
    [[nodiscard]] service::EngineDirectory *directory() const { return m_parts.directory; }
    /// What choosing it runs in a terminal; empty when no context leads there.
    [[nodiscard]] static QString command(const EngineRowText &row);

    /// Speaks to that engine from now on, or once a person has agreed to leave the one before;
    /// `terminalToo`: so does the docker command. Nothing when there is none of that id, or no
    /// address to speak to.
    void choose(const std::string &id, bool terminalToo);
    /// The docker command speaks to it from now on.
    void useInTerminal(const std::string &id);

Q_SIGNALS:
    void changed();        ///< rows
    void currentChanged(); ///< another engine was chosen

private:
    void open(const std::string &id, bool terminalToo);
    [[nodiscard]] bool isOurs(const std::string &id) const;
    [[nodiscard]] EngineRowText embeddedRow() const;
    [[nodiscard]] EngineRowText rowOf(const service::ListedEngine &listed) const;

    const Parts m_parts;
    std::string m_current;
};

/// What the window knows of the engine that it shows, which is more than a look tells.
void describeCurrent(EngineRowText &row, const EngineView &view);

/// The name by which an engine is shown.
[[nodiscard]] QString engineName(const service::KnownEngine &engine);

} // namespace roadstead::ui
