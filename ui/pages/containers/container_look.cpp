// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/container_look.h"

namespace roadstead::ui {

StateLook stateLookOf(const ContainerRow &row)
{
    if (row.pending == PendingWork::RemovalWaits) {
        return {StateMark::Waiting, Color::Text3, false};
    }
    if (row.pending != PendingWork::None) {
        return {StateMark::Busy, Color::Text, false};
    }
    switch (row.mark()) {
    case ContainerMark::Running:
        return {StateMark::Running, Color::Text, false};
    case ContainerMark::Unhealthy:
        return {StateMark::Unhealthy, Color::Danger, true};
    case ContainerMark::Restarting:
        return {StateMark::Restarting, Color::Text, false};
    case ContainerMark::Paused:
        return {StateMark::Paused, Color::Text, false};
    case ContainerMark::Created:
        return {StateMark::Waiting, Color::Text2, false};
    case ContainerMark::Exited:
        return {StateMark::Exited, Color::Text2, false};
    case ContainerMark::Failed:
    case ContainerMark::Dead:
        return {StateMark::Failed, Color::Danger, false};
    case ContainerMark::Removing:
        return {StateMark::Busy, Color::Text, false};
    case ContainerMark::Unknown:
        break;
    }
    return {StateMark::Waiting, Color::Text3, false};
}

Color memoryTone(double share)
{
    constexpr double warnFrom = 0.8;
    constexpr double dangerFrom = 0.9;
    if (share >= dangerFrom) {
        return Color::DangerMark;
    }
    return share >= warnFrom ? Color::WarnMark : Color::Chart1;
}

} // namespace roadstead::ui
