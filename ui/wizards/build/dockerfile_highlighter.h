// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSyntaxHighlighter>

namespace roadstead::ui {

/// Colours a Dockerfile: keywords, options, strings, comments.
class DockerfileHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    explicit DockerfileHighlighter(QTextDocument *document);

protected:
    void highlightBlock(const QString &text) override;
};

} // namespace roadstead::ui
