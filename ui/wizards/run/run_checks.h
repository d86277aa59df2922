// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/network.h"
#include "engine/service/engine_session.h"
#include "engine/service/listening_ports.h"
#include "ui/wizards/run/run_form.h"

#include <QString>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// One thing that is looked at before a container is run.
struct RunCheck
{
    enum class Verdict {
        Fine,
        Note, ///< it will do, and here is what to know
        Wrong ///< it cannot be run like this
    };

    Verdict verdict = Verdict::Fine;
    QString text{};      ///< for the list: "Port 9090 is taken by prometheus"
    QString fieldText{}; ///< beside the field: "Used by prometheus."
    RunPlace place{};
    bool onlyAfterTrying = false; ///< what is not filled in yet is no mistake yet
    QString fixText{};            ///< "Use 9091"; empty = no way that could be offered
    std::function<void(RunForm &)> fix{};
};

/// What is known of the engine and its machine.
struct RunFacts
{
    service::EngineSession::Containers containers; ///< never null
    service::EngineSession::Images images;         ///< never null
    std::optional<std::vector<docker::Network>> networks;
    std::optional<std::vector<service::ListeningPort>> listening;
    std::map<std::string, bool> folders; ///< sources of binds, and whether they are there
    bool isOnThisMachine = false;
};

/// Everything there is to say of a form, in the order of its fields.
[[nodiscard]] std::vector<RunCheck> checksOf(const RunForm &form, const RunFacts &facts,
                                             const docker::RunLineContext &context);

/// The image of that typed name, if the engine has it.
[[nodiscard]] const docker::ImageSummary *findImage(const std::vector<docker::ImageSummary> &images,
                                                    const std::string &typed);

/// The next port of the machine that nobody has and that the form does not ask for either; 0 =
/// none.
[[nodiscard]] int nextFreePort(int port, const std::string &protocol, const RunForm &form,
                               const RunFacts &facts);

/// Why a word is not taken, in a sentence.
[[nodiscard]] QString problemText(docker::LineProblem::Kind kind, const std::string &detail);

} // namespace roadstead::ui
