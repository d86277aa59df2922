// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

#include <QElapsedTimer>
#include <QList>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <optional>

class QHBoxLayout;

class QBoxLayout;

namespace roadstead::ui {

class Label;
class MarkLabel;
class ProgressBar;

enum class ToastKind {
    Done,  ///< closes by itself after 6 s, waits while hovered or focused
    Error, ///< stays until closed
    Undo,  ///< counts down, then the deed is done
    Work   ///< stays while something runs: who began it tells its progress, and ends it
};

struct ToastAction
{
    QString name; ///< object name of the button
    QString text;
    QString command; ///< what it runs, for the command bar; may be empty
    std::function<void()> run;
    bool closes = true; ///< whether the notice has done its work then; copying it has not
};

struct ToastContent
{
    ToastKind kind = ToastKind::Done;
    QString title; ///< display text, as is `text`
    QString text;
    QList<ToastAction> actions;
    QString details; ///< raw message behind Show details, display text; may be empty
};

/// One notice, 320 px wide. Made by ToastHost.
class Toast : public RaisedFrame
{
    Q_OBJECT
public:
    Toast(const ToastContent &content, QWidget *parent);

    [[nodiscard]] ToastKind kind() const { return m_kind; }
    /// Starts the clock: `onExpire` runs when `milliseconds` have passed without undo.
    void countDown(int milliseconds, std::function<void()> onExpire);
    /// Ends an undo toast now as if its time had passed.
    void expireNow();
    /// How far the work is: none = not known. `text` is display text.
    void showProgress(std::optional<double> share, const QString &text);
    /// Takes the height that its lines need.
    void fit();

Q_SIGNALS:
    void closed();
    void heightChanged(); ///< details were shown or hidden

protected:
    bool event(QEvent *event) override;

private:
    void tick();
    void finish();
    void addDetails(const QString &details, QBoxLayout *column, QBoxLayout *buttons);

    ToastKind m_kind;
    QTimer m_timer;
    QElapsedTimer m_elapsed;
    int m_total = 0;
    qint64 m_spent = 0; ///< before the last pause
    bool m_closed = false;
    std::function<void()> m_onExpire;
    ProgressBar *m_bar = nullptr;
    Label *m_text = nullptr;
    Label *m_left = nullptr;
};

/// Keeps at most three toasts at the bottom right of its parent, `bottomInset` above its lower edge
/// (the command bar); a fourth pushes the oldest out, but never one that can still be undone. Every
/// toast is announced to screen readers and reported by `shown`, so that Activity can keep it.
class ToastHost : public QObject
{
    Q_OBJECT
public:
    explicit ToastHost(QWidget *window);

    Toast *show(const ToastContent &content);
    /// Waits 8 s with Undo. Exactly one of the two is called, in the GUI thread.
    Toast *showUndo(const QString &title, const QString &text, std::function<void()> onUndo,
                    std::function<void()> onExpire);
    void setBottomInset(int px);
    /// Toasts of the footer's window stay above it while it is shown: there are buttons in it. Said
    /// again whenever it is shown or hidden. Gives it its object name.
    static void stayAbove(QWidget *footer);
    [[nodiscard]] QList<Toast *> toasts() const;
    /// Takes all away, and carries nothing out: what they speak of is left behind.
    void dropAll();
    /// Carries out everything that still waits for an undo: before the program ends.
    void expireAll();

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void shown(const roadstead::ui::ToastContent &content);

private:
    Toast *add(Toast *toast, const ToastContent &content);
    void arrange();
    void makeRoom();

    QWidget *m_window;
    QList<QPointer<Toast>> m_toasts; ///< oldest first
    int m_bottomInset = 30;
};

} // namespace roadstead::ui
