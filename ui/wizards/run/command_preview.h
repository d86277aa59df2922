// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/run_form.h"

#include <QPlainTextEdit>

#include <optional>
#include <vector>

namespace roadstead::ui {

/// A command line with an option a line, in the colours of code. Can be selected, not typed into.
class CommandPreview : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit CommandPreview(QWidget *parent = nullptr);

    void setPieces(const std::vector<RunPiece> &pieces);
    void setCurrentPlace(const std::optional<RunPlace> &place);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void restyle();
    void mark();

    std::vector<RunPlace> m_places; ///< of each line
    std::optional<RunPlace> m_place;
};

} // namespace roadstead::ui
