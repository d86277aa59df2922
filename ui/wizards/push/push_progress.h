// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

#include <vector>

class QVBoxLayout;

namespace roadstead::ui {

class Badge;
class Card;
class CopyRow;
class Label;
class MarkLabel;
class ProgressBar;
class PushController;
struct PushLayer;

/// How far a push is: a card for each tag, the one under way with its layers.
class PushProgress : public QWidget
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit PushProgress(PushController *controller, QWidget *parent = nullptr);
    ~PushProgress() override;

    void refresh();

private:
    struct Row
    {
        QWidget *widget = nullptr;
        MarkLabel *mark = nullptr;
        Label *id = nullptr;
        class ElidedLabel *maker = nullptr;
        ProgressBar *bar = nullptr;
        Label *sent = nullptr;
    };

    void refreshDone();
    void refreshRows();
    void fillRow(const Row &row, const PushLayer &layer);
    Row makeRow();
    [[nodiscard]] QString amountText() const;

    PushController *m_controller;
    QVBoxLayout *m_done;
    std::vector<QWidget *> m_doneCards;
    Card *m_card;
    MarkLabel *m_mark;
    Badge *m_badge;
    Label *m_amount;
    ProgressBar *m_bar;
    Label *m_remark;
    QVBoxLayout *m_rows;
    std::vector<Row> m_layerRows;
    Label *m_more;
    CopyRow *m_pull;
};

} // namespace roadstead::ui
