// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/error.h"

#include <QString>

namespace roadstead::ui {

/// A fault in words: what happened, why, and what to do, each a sentence. All of it is display
/// text; `rawDetail` is what the system or engine said, for Show details.
struct Explanation
{
    QString title;     ///< without a full stop: "Could not stop web"
    QString reason;    ///< "Port 8080 is already in use."
    QString advice;    ///< "Stop what uses it, or choose another port."; may be empty
    QString rawDetail; ///< may be empty

    /// Reason and advice as one text.
    [[nodiscard]] QString body() const;
};

/// The words for `error`. `subject` names the object it was about (a container's name) as it came
/// from outside; empty = none. Thread-safe.
[[nodiscard]] Explanation describe(const Error &error, const QString &subject = {});

} // namespace roadstead::ui
