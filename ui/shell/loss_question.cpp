// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/loss_question.h"

#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace roadstead::ui {

LossQuestion::LossQuestion(std::function<QList<Unsaved>()> find, QWidget *window)
    : QObject(window)
    , m_find(std::move(find))
    , m_window(window)
{
}

void LossQuestion::ask(Leaving leaving, std::function<void()> goOn)
{
    if (m_dialog) {
        m_dialog->reject();
    }
    const QList<Unsaved> all = m_find();
    if (all.isEmpty()) {
        goOn();
        return;
    }
    const bool ends = leaving == Leaving::Program;
    m_dialog = new ConfirmDialog(QStringLiteral("unsavedDialog"),
                                 ends ? tr("Quit without saving?")
                                      : tr("Switch to another engine without saving?"),
                                 m_window);
    for (const Unsaved &each : all) {
        m_dialog->addLost(each.iconName, each.text);
    }
    m_dialog->setStays(ends ? tr("The engine and its containers keep running.")
                            : tr("Nothing changes in the engine that is shown now."));
    m_dialog->setVerb(ends ? tr("Discard and quit") : tr("Discard and switch"),
                      ButtonKind::DangerSolid);
    connect(m_dialog, &QDialog::accepted, this, goOn, Qt::QueuedConnection);
    if (std::ranges::any_of(all, [](const Unsaved &each) { return bool(each.save); })) {
        auto *button = new Button(QStringLiteral("unsavedSave"), tr("Save"));
        m_dialog->addFooterWidget(button);
        connect(button, &QAbstractButton::clicked, this, [this, all, leaving, goOn] {
            m_dialog->reject();
            save(all, leaving, goOn);
        });
    }
    m_dialog->open();
}

/// What could not be saved at all is asked about again; where saving failed, everything stays.
void LossQuestion::save(const QList<Unsaved> &all, Leaving leaving,
                        const std::function<void()> &goOn)
{
    struct Outcome
    {
        qsizetype open = 0;
        bool failed = false;
    };
    const auto outcome = std::make_shared<Outcome>();
    outcome->open = std::ranges::count_if(all, [](const Unsaved &each) { return bool(each.save); });
    const auto done = [this, outcome, leaving, goOn](bool saved) {
        outcome->failed = outcome->failed || !saved;
        if (--outcome->open == 0 && !outcome->failed) {
            // Whoever saved is still at work, and may go with its page.
            QMetaObject::invokeMethod(
                this, [this, leaving, goOn] { ask(leaving, goOn); }, Qt::QueuedConnection);
        }
    };
    for (const Unsaved &each : all) {
        if (each.save) {
            each.save(done);
        }
    }
}

} // namespace roadstead::ui
