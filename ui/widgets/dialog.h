// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/style.h"

#include <QDialog>

class QCheckBox;
class QHBoxLayout;
class QLineEdit;
class QSpacerItem;
class QVBoxLayout;

namespace roadstead::ui {

class Button;
class CommandStrip;
class Label;
class Surface;

/// The frame of every question: the question as title, a body, the command, then Cancel and a verb.
/// Window-modal: open() it, answer in accepted(); it deletes itself when closed.
class Dialog : public QDialog
{
    Q_OBJECT
public:
    Dialog(const QString &name, const QString &question, QWidget *parent);

    void setText(const QString &text); ///< one paragraph under the question
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    void setLeastWidth(int px); ///< 464 unless this is called
    /// What pressing the verb runs; an empty command hides the strip.
    void setCommand(const QString &command, const QString &note = {});
    [[nodiscard]] QString command() const;
    /// The last button: a verb with its amount, "Remove 3 containers".
    void setVerb(const QString &verb, ButtonKind kind = ButtonKind::Primary);
    void setVerbEnabled(bool enabled);
    [[nodiscard]] Button *verbButton() const { return m_verb; }
    [[nodiscard]] Button *cancelButton() const { return m_cancel; }
    /// At the start of the footer, for a way out: "Back up volumes first…".
    void addFooterWidget(QWidget *widget);
    /// A sentence in red above the command; empty hides it. For what is wrong with a field.
    void setProblem(const QString &problem);
    /// Whether a person typed something that would be lost with it; the answer to a question that
    /// wants a name typed is nothing of that kind.
    [[nodiscard]] bool isFilled() const;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void takeColors();

    QSpacerItem *m_width; ///< the layout's own least size counts, not the widget's
    Label *m_title;
    Label *m_text;
    Label *m_problem;
    QVBoxLayout *m_body;
    CommandStrip *m_strip;
    QHBoxLayout *m_footerStart;
    Button *m_cancel;
    Button *m_verb;
};

/// Asks before something is lost: what goes, with amounts, then what stays, then the command. The
/// first focus is on Cancel, or on the name field when the name must be typed.
class ConfirmDialog : public Dialog
{
    Q_OBJECT
public:
    ConfirmDialog(const QString &name, const QString &question, QWidget *parent);

    /// Returns the line, for those who hide it again.
    QWidget *addLost(const QString &iconName, const QString &text, const QString &amount = {});
    /// Says at a line of addLost() how much it is.
    static void setAmount(QWidget *line, const QString &amount);
    void setStays(const QString &text);
    QCheckBox *addOption(const QString &name, const QString &text);
    /// The verb stays disabled until exactly this is typed.
    void requireTyping(const QString &expected);
    /// Takes the field away again, and the verb is enabled; or brings it back, empty.
    void setTypingRequired(bool required);

private:
    QWidget *m_lostHead = nullptr;
    Surface *m_lost = nullptr;
    QVBoxLayout *m_lostRows = nullptr;
    QHBoxLayout *m_options = nullptr;
    QHBoxLayout *optionsRow();
    class Label *m_stays = nullptr;
    Label *m_typingLabel = nullptr;
    QLineEdit *m_typing = nullptr;
};

} // namespace roadstead::ui
