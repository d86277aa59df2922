// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/container.h"
#include "engine/docker/types.h"

#include <QString>

#include <array>
#include <optional>
#include <string>

namespace roadstead::ui {

/// What a person writes to change the limits of a container, and the command that it makes; no
/// widgets. Texts are as the docker CLI reads them ("1.5", "640m"), sizes also with a space
/// ("640 MiB"); an empty one means no limit.
class LimitsForm
{
public:
    enum Field { Cpus, Memory, Processes };
    static constexpr int fields = 3;

    LimitsForm() = default;
    /// Begins with the limits that the container has.
    explicit LimitsForm(const docker::ContainerDetails &details);

    [[nodiscard]] const QString &text(Field field) const { return m_texts[field]; }
    void setText(Field field, const QString &text) { m_texts[field] = text; }
    [[nodiscard]] bool isChanged(Field field) const;
    [[nodiscard]] bool isChanged() const; ///< any of them
    /// What it was, for display: "512 MiB", "No limit".
    [[nodiscard]] QString before(Field field) const;
    /// Why the text cannot be applied, as a sentence; empty where it can.
    [[nodiscard]] QString problem(Field field) const;
    /// Nothing while there is a problem, or nothing has changed.
    [[nodiscard]] std::optional<docker::UpdateContainer> command() const;

private:
    /// The number that a text stands for; 0 = no limit, none = not a number of that kind.
    [[nodiscard]] std::optional<std::int64_t> value(Field field) const;
    [[nodiscard]] std::int64_t oldValue(Field field) const;

    docker::ContainerDetails m_details;
    std::array<QString, fields> m_texts;
};

/// A restart policy of `docker update`: "no", "always", "unless-stopped", "on-failure"; `most` only
/// for the last, 0 = no end.
[[nodiscard]] docker::UpdateContainer restartCommand(const docker::ContainerDetails &details,
                                                     const std::string &policy, int most);

} // namespace roadstead::ui
