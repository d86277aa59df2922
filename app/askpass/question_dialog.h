// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <QString>

#include <string_view>

class QLineEdit;

namespace roadstead::askpass {

/// What kind of answer ssh waits for.
enum class QuestionKind {
    Secret,  ///< a pass phrase or password
    Text,    ///< something that may be seen, such as a user name
    Confirm, ///< "yes" or nothing
    Notice   ///< nothing: "Confirm user presence for key …"
};

/// `hint` is what ssh says in SSH_ASKPASS_PROMPT: "confirm", "none" or nothing. Source: ssh(1) and
/// the questions of OpenSSH 8 to 10.
[[nodiscard]] QuestionKind kindOf(std::string_view question, std::string_view hint);

/// Shows one question of ssh's. Accepted when it has been answered.
class QuestionDialog : public ui::Dialog
{
    Q_OBJECT
public:
    /// `question` is hostile: a server may have put words into it.
    QuestionDialog(std::string_view question, QuestionKind kind);

    /// What is to be printed.
    [[nodiscard]] QString answer() const;

private:
    const QuestionKind m_kind;
    QLineEdit *m_field = nullptr;
};

} // namespace roadstead::askpass
