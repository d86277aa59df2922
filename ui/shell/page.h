// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

class QAction;
class QLineEdit;
class QWidget;

namespace roadstead::ui {

/// Something the command palette offers. All texts are display text but `command`.
struct PaletteItem
{
    QString group;    ///< "Containers", "Actions"; groups appear in order of first mention
    QString iconName; ///< ignored when `mark` is set
    std::optional<StateMark> mark;
    QString text;      ///< what is matched and marked: "Restart shopfront-api-1"
    QString note;      ///< "Running, 3 h 12 m"
    QString command;   ///< what it runs; empty = "Open"
    QKeySequence keys; ///< shown as key caps
    bool opens = true; ///< without a command, "Open" is shown
    int priority = 0;  ///< higher first among equal matches
    std::function<void()> run;
};

/// Something that a page puts into the tray's menu, with what can be done to it there. All texts
/// are display text but `command`.
struct TrayEntry
{
    struct Deed
    {
        QString name; ///< of the action: "Stop"
        QString text;
        QString iconName;
        QString command; ///< what it runs; may be empty
        std::function<void()> run;
    };

    QString name; ///< of the submenu
    QString text; ///< "shopfront, 4 of 5 running"
    QString iconName;
    QList<Deed> deeds;
};

/// What is made of files that are held over the window. All texts are display text.
struct DropOffer
{
    QString verb; ///< "Load web.tar"
    QString text; ///< the consequence, or the command
    QString iconName;
    std::function<void()> take; ///< they were let go
};

/// Words of a person that are nowhere but in the program. All texts are display text.
struct Unsaved
{
    QString iconName;
    QString text; ///< "Changes to nginx.conf in web"
    /// Saves them and then says whether they are; whoever has them tells why they are not. None =
    /// they cannot be saved.
    std::function<void(std::function<void(bool saved)> done)> save;
};

/// One place of the sidebar. A page registers itself with MainWindow::addPage and lives as long as
/// the window. GUI thread.
class Page : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual QString id() const = 0;       ///< stable: "containers"
    [[nodiscard]] virtual QString title() const = 0;    ///< translated: "Containers"
    [[nodiscard]] virtual QString iconName() const = 0; ///< of ui/theme/icons.h
    /// The widget, made on first call; the window takes it over.
    virtual QWidget *widget() = 0;
    /// The number at the end of the sidebar's line; none = no number.
    [[nodiscard]] virtual std::optional<qint64> count() const { return {}; }
    /// The page's one primary button, in the top bar; none = no button. Its text, icon, shortcut,
    /// enabled state and command hint are followed.
    [[nodiscard]] virtual QAction *primaryAction() const { return nullptr; }
    /// Everything else that can be done here: for shortcuts and the palette. An action that has a
    /// command carries it as a command hint.
    [[nodiscard]] virtual QList<QAction *> actions() const { return {}; }
    /// Objects (and what can be done with them) that match what was typed, best first, at most
    /// `limit`. Called for each key: must be fast.
    [[nodiscard]] virtual QList<PaletteItem> find(const QString &typed, int limit) const
    {
        Q_UNUSED(typed)
        Q_UNUSED(limit)
        return {};
    }
    /// Lines for the tray's menu, asked for when it is about to be seen.
    [[nodiscard]] virtual QList<TrayEntry> trayEntries() const { return {}; }
    /// The field that Ctrl+F goes to, as it is now; may be null.
    [[nodiscard]] virtual QWidget *filterField() const { return nullptr; }
    /// Where F6 stops inside the page as it is now, in reading order; none = it is one pane. One
    /// may lie in another; the inner one comes later.
    [[nodiscard]] virtual QList<QWidget *> panes() const { return {}; }
    /// F5.
    virtual void refresh() {}
    /// What the page makes of files of this computer; none = nothing. The page in view is asked
    /// first.
    [[nodiscard]] virtual std::optional<DropOffer> offerFor(const QStringList &paths)
    {
        Q_UNUSED(paths)
        return {};
    }
    /// Whether Alt+Left has somewhere to go inside the page (from details to the list).
    [[nodiscard]] virtual bool canGoBack() const { return false; }
    virtual void goBack() {}
    /// What would be lost with the page: at the program's end, or when another engine is shown.
    [[nodiscard]] virtual QList<Unsaved> unsaved() { return {}; }
    /// The program ends and nobody can be asked: what can be kept is, to be there next time.
    virtual void keepDrafts() {}
    /// True while the page shows something useful without a reachable engine (Settings).
    [[nodiscard]] virtual bool worksWithoutEngine() const { return false; }

Q_SIGNALS:
    void countChanged();
    void primaryActionChanged();
    void actionsChanged();
    void canGoBackChanged();
};

} // namespace roadstead::ui
