// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs/batch_dialog.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

namespace {
constexpr int mostHeight = 280;
constexpr int batchWidth = 560;
constexpr qsizetype mostRows = 200; // a dialog for more would be read by nobody
} // namespace

BatchDialog::BatchDialog(const QString &title, const QList<BatchFailure> &failed,
                         const QStringList &done, const QString &again, const QString &command,
                         QWidget *parent)
    : Dialog(QStringLiteral("batchResult"), title, parent)
{
    setLeastWidth(batchWidth);
    auto *box = new Surface(Color::BgSurface);
    auto *rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    for (int number = 0;
         const BatchFailure &failure : failed.first(std::min(failed.size(), mostRows))) {
        if (number > 0) {
            rows->addWidget(new Separator);
        }
        rows->addWidget(failureRow(failure, number++));
    }
    if (failed.size() > mostRows) {
        rows->addWidget(
            new Label(tr("and %n more", nullptr, int(failed.size() - mostRows)), FontRole::Small));
    }
    rows->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("batchFailures"));
    scroll->setAccessibleName(tr("What failed"));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(box);
    scroll->setFixedHeight(std::min(scaled(mostHeight), box->sizeHint().height() + scaled(4)));
    body()->addWidget(scroll);
    if (!done.isEmpty()) {
        constexpr qsizetype mostNames = 20;
        QString names = done.first(std::min(done.size(), mostNames)).join(QStringLiteral(", "));
        if (done.size() > mostNames) {
            names += u' ' + tr("and %n more", nullptr, int(done.size() - mostNames));
        }
        auto *line = new QWidget;
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(space::s2);
        row->addWidget(new MarkLabel(StateMark::Done), 0, Qt::AlignTop);
        auto *text = new Label(tr("Done: %1").arg(names), FontRole::Body, Color::Text2);
        text->setObjectName(QStringLiteral("batchDone"));
        text->setWordWrap(true);
        row->addWidget(text, 1);
        body()->addWidget(line);
    }
    cancelButton()->setText(tr("Close"));
    cancelButton()->setAccessibleName(tr("Close"));
    setVerb(again);
    setCommand(command);
}

QWidget *BatchDialog::failureRow(const BatchFailure &failure, int number)
{
    auto *line = new QWidget;
    line->setObjectName(QStringLiteral("batchFailure%1").arg(number));
    line->setAccessibleName(tr("%1: %2", "name, reason").arg(failure.name, failure.reason));
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    row->setSpacing(space::s2);
    row->addWidget(new MarkLabel(StateMark::Error), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    auto *name = new ElidedLabel(failure.name);
    name->setRole(FontRole::Body, QFont::Medium);
    auto *reason = new Label(failure.reason, FontRole::Small, Color::Text2);
    reason->setWordWrap(true);
    reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    reason->setToolTip(plainTip(failure.details));
    words->addWidget(name);
    words->addWidget(reason);
    row->addLayout(words, 1);
    return line;
}

} // namespace roadstead::ui
