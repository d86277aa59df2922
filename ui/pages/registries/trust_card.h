// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/trust/trust_desk.h"
#include "ui/widgets/card.h"

#include <QString>

#include <string>

class QLineEdit;

namespace roadstead::ui {

class Button;
class Label;
class Segmented;

/// The policy for pulls and runs, the keys that speak for images, and the Notary server.
class TrustCard : public Card
{
    Q_OBJECT
public:
    /// `desk` must outlive this.
    explicit TrustCard(service::TrustDesk *desk, QWidget *parent = nullptr);

Q_SIGNALS:
    void addKeyWanted();
    void makeKeysWanted();
    void removeKeyWanted(const std::string &name);

private:
    void makePolicy();
    void makeNotary();
    QWidget *makeKeyRow(std::size_t index);
    void refresh();
    void refreshKeys();
    void takeServer();

    service::TrustDesk *m_desk;
    Segmented *m_policy = nullptr;
    Label *m_sentence = nullptr;
    QWidget *m_missing = nullptr;
    Label *m_missingText = nullptr;
    QWidget *m_rows = nullptr;
    QWidget *m_keys = nullptr; ///< where the rows stand
    QLineEdit *m_server = nullptr;
    Button *m_setServer = nullptr;
    Label *m_serverNote = nullptr;
};

} // namespace roadstead::ui
