// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where a form of RunWizard begins: presets, earlier lines, files.

#include "ui/wizards/run/run_wizard.h"

#include "ui/text/display_text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/label.h"
#include "ui/wizards/run/run_presets.h"

#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr qsizetype mostEarlier = 10;
constexpr std::size_t longestEntry = 72;
constexpr int longestPresetName = 80;

} // namespace

void RunWizard::showStartMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](QMenu *to, const QString &name, const QString &text, auto deed) {
        QAction *action = to->addAction(plainLabel(text));
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, deed);
    };
    add(menu, QStringLiteral("startEmpty"), tr("Empty form"), [this] { m_controller->clear(); });
    const QStringList presets = m_presets->names();
    if (!presets.isEmpty()) {
        menu->addSection(tr("Presets"));
        QMenu *removal = nullptr;
        for (const QString &name : presets) {
            add(menu, QStringLiteral("preset"), displayText(name, longestEntry), [this, name] {
                m_controller->clear();
                m_controller->setForm(m_presets->form(name));
                Q_EMIT m_controller->formChanged();
            });
        }
        removal = menu->addMenu(tr("Remove a preset"));
        for (const QString &name : presets) {
            add(removal, QStringLiteral("removePreset"), displayText(name, longestEntry),
                [this, name] { std::ignore = m_presets->remove(name); });
        }
    }
    const QStringList earlier = m_controller->engine()->earlierLines();
    if (!earlier.isEmpty()) {
        menu->addSection(tr("Run before"));
        for (const QString &line : earlier.first(std::min(earlier.size(), mostEarlier))) {
            add(menu, QStringLiteral("earlierLine"), displayText(line, longestEntry),
                [this, line] { m_controller->paste(line); });
        }
    }
    menu->popup(m_startFrom->mapToGlobal(m_startFrom->rect().bottomLeft()));
}

void RunWizard::savePreset()
{
    auto *dialog = new Dialog(QStringLiteral("savePresetDialog"), tr("Save as preset"), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QStringList leftOut = RunPresets::leftOut(m_controller->form());
    dialog->setText(leftOut.isEmpty() ? tr("The form can be started from this preset later.")
                                      : tr("Secrets are not kept. You type these again: %1.")
                                            .arg(displayText(leftOut.join(QStringLiteral(", ")))));
    auto *name = new QLineEdit;
    name->setObjectName(QStringLiteral("presetName"));
    name->setAccessibleName(tr("Name of the preset"));
    name->setMaxLength(longestPresetName);
    name->setText(QString::fromStdString(m_controller->form().name));
    name->selectAll();
    dialog->body()->addWidget(name);
    dialog->setVerb(tr("Save"));
    dialog->setVerbEnabled(!name->text().trimmed().isEmpty());
    connect(name, &QLineEdit::textChanged, dialog,
            [dialog](const QString &text) { dialog->setVerbEnabled(!text.trimmed().isEmpty()); });
    connect(dialog, &QDialog::accepted, this, [this, name] {
        if (const auto saved = m_presets->save(name->text().trimmed(), m_controller->form());
            !saved) {
            auto *told = new Dialog(QStringLiteral("presetFailed"),
                                    tr("The preset could not be saved"), this);
            told->setAttribute(Qt::WA_DeleteOnClose);
            told->setText(displayText(saved.error().detail));
            told->setVerb(tr("Close"));
            told->open();
        }
    });
    dialog->open();
    name->setFocus(Qt::OtherFocusReason);
}

} // namespace roadstead::ui
