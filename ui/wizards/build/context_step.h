// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

class QLineEdit;
class QVBoxLayout;

namespace roadstead::ui {

class BuildController;
class Card;
class Label;
class Spinner;

/// Which folder is built, and what of it the builder would get.
class ContextStep : public Surface
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit ContextStep(BuildController *controller, QWidget *parent = nullptr);

    [[nodiscard]] QLineEdit *field() const { return m_field; }
    void fill(); ///< as the controller has it

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void pick();
    void refresh();
    [[nodiscard]] QString problemText() const;
    void addPart(const QString &name, const QString &size);

    BuildController *m_controller;
    QLineEdit *m_field;
    Spinner *m_looking;
    Label *m_problem;
    Card *m_sent;
    Label *m_amount;
    Label *m_leftOut;
    QVBoxLayout *m_parts;
};

} // namespace roadstead::ui
