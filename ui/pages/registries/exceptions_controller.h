// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/engine_options.h"
#include "engine/service/operation.h"
#include "ui/text/error_text.h"

#include <QObject>
#include <QString>

#include <functional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// Which registries the engine believes without a certificate that everybody trusts; no widgets.
/// GUI thread only.
class ExceptionsController : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        /// The options of an engine that is ours; unset = it is somebody else's to set.
        std::function<EngineOptions()> current{};
        /// Sets them, after an administrator's consent; `line` does the same in a terminal.
        std::function<service::Operation<service::Done>(const EngineOptions &wanted,
                                                        const QString &line)>
            set{};
        QString file{}; ///< where they are kept
        /// What the engine itself says of registries without encryption.
        std::function<std::vector<std::string>()> insecure{};
    };
    enum class Kind {
        None,
        OwnCertificate, ///< believed by a certificate of the person's
        Insecure        ///< not verified, and not encrypted where it does not offer it
    };

    explicit ExceptionsController(Parts parts, QObject *parent = nullptr);

    void refresh(); ///< reads them again
    [[nodiscard]] bool mayChange() const { return bool(m_parts.set); }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] const EngineOptions &options() const { return m_options; }
    /// All registries with an exception, in order.
    [[nodiscard]] std::vector<std::string> registries() const;
    [[nodiscard]] Kind kindOf(const std::string &registry) const;
    /// The engine says of it what is set.
    [[nodiscard]] bool isSettled(const std::string &registry) const;

    /// `pem`: as normalCertificates() has it; `file`: what it was read from, empty = what the
    /// registry showed.
    void trust(const std::string &registry, const std::string &pem, const QString &file);
    void useInsecure(const std::string &registry);
    void remove(const std::string &registry);
    [[nodiscard]] QString trustLine(const std::string &registry, const QString &file) const;
    [[nodiscard]] QString insecureLine(const std::string &registry) const;
    [[nodiscard]] QString removalLine(const std::string &registry) const;

Q_SIGNALS:
    void changed();
    void done(const std::string &registry);
    void failed(const roadstead::ui::Explanation &words);
    void cancelled(); ///< by who was asked

private:
    void set(const std::string &registry, const EngineOptions &wanted, const QString &line);

    Parts m_parts;
    EngineOptions m_options;
    std::vector<std::string> m_insecure; ///< as the engine says
    bool m_isBusy = false;
};

} // namespace roadstead::ui
