// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/context/context.h"
#include "engine/context/tls_material.h"
#include "engine/service/engine_probe.h"
#include "ui/widgets/dialog.h"

#include <QString>

#include <functional>
#include <memory>

class QLineEdit;

namespace roadstead::ui {

class MarkLabel;

/// Asks for an engine's name, address and, for TCP, certificates: a context of the docker command
/// is what it becomes. Can be tried before it is kept. Closes when keep() has worked.
class EngineDialog : public Dialog
{
    Q_OBJECT
public:
    /// What was typed. TLS paths of an edited context are its own unless others were chosen.
    struct Entry
    {
        context::Context context{};
        context::TlsPaths tls{};
        bool operator==(const Entry &) const = default;
    };

    struct Parts
    {
        /// Set: an existing one is changed, and its name stays.
        std::optional<Entry> edited{};
        /// Writes it down; calls `done` in the GUI thread, later or at once.
        std::function<void(const Entry &entry, std::function<void(const Result<void> &)> done)>
            keep{};
    };
    EngineDialog(Parts parts, QWidget *parent);
    ~EngineDialog() override;

    [[nodiscard]] Entry entry() const;
    void accept() override;

private:
    QLineEdit *addField(const QString &name, const QString &label, const QString &hint);
    QLineEdit *addFileField(const QString &name, const QString &label);
    void refresh();
    void test();
    void showLook(const service::EngineLook &look);
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString commandFor(const Entry &entry) const;

    Parts m_parts;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_host = nullptr;
    QLineEdit *m_description = nullptr;
    QWidget *m_tls = nullptr;
    QLineEdit *m_authority = nullptr;
    QLineEdit *m_certificate = nullptr;
    QLineEdit *m_key = nullptr;
    Button *m_test = nullptr;
    QWidget *m_result = nullptr;
    MarkLabel *m_mark = nullptr;
    Label *m_words = nullptr;
    std::unique_ptr<service::EngineProbe> m_probe;
    bool m_tried = false;   ///< the verb was pressed: from now on problems are said while typing
    bool m_keeping = false; ///< it is being written down
};

} // namespace roadstead::ui
