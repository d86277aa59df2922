// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

#include <map>

class QVBoxLayout;

namespace roadstead::ui {

class ElidedLabel;
class ImageTransfers;
class Label;
class ProgressBar;

/// What is being saved and loaded, a line each with a way to stop it; takes no room when there is
/// nothing.
class TransferBar : public Surface
{
    Q_OBJECT
public:
    explicit TransferBar(ImageTransfers *transfers, QWidget *parent = nullptr);

private:
    struct Line
    {
        QWidget *row = nullptr;
        ElidedLabel *title = nullptr;
        ProgressBar *bar = nullptr;
        Label *amount = nullptr;
    };
    void refresh();
    Line makeLine(int id, const QString &title);

    ImageTransfers *m_transfers;
    QVBoxLayout *m_rows;
    std::map<int, Line> m_lines;
};

} // namespace roadstead::ui
