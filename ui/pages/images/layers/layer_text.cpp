// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/layers/layer_text.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"

namespace roadstead::ui {

QString layerText(std::string_view createdBy)
{
    constexpr std::string_view shell = "/bin/sh -c ";
    constexpr std::string_view notRun = "#(nop)";
    constexpr std::string_view buildkit = " # buildkit";
    std::string_view words = createdBy;
    if (words.ends_with(buildkit)) {
        words.remove_suffix(buildkit.size());
    }
    bool isRun = false;
    if (words.starts_with("RUN ")) {
        words.remove_prefix(std::string_view("RUN ").size());
        isRun = true;
    }
    if (words.starts_with(shell)) {
        words.remove_prefix(shell.size());
        isRun = !words.starts_with(notRun);
        if (!isRun) {
            words.remove_prefix(notRun.size());
        }
    }
    const QString text = displayText(words).simplified();
    return text.isEmpty() ? unknownText() : isRun ? QStringLiteral("RUN ") + text : text;
}

} // namespace roadstead::ui
