// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include <string>

namespace roadstead::ui {

class Button;
class ExceptionsController;

/// The registries that the engine believes without a certificate that everybody trusts; where they
/// are not ours to set, what has to be written where.
class ExceptionsCard : public Card
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit ExceptionsCard(ExceptionsController *controller, QWidget *parent = nullptr);
    void refresh();

Q_SIGNALS:
    void trustWanted(const std::string &registry);    ///< empty = it is to be asked for
    void insecureWanted(const std::string &registry); ///< the same
    void removalWanted(const std::string &registry);

private:
    QWidget *makeExceptionRow(std::size_t index, const std::string &registry);
    void addHelp();

    ExceptionsController *m_controller;
    Button *m_trust;
    Button *m_insecure;
    QWidget *m_rows = nullptr;
};

} // namespace roadstead::ui
