// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/embedded/state_file.h"

#include <QList>

#include <algorithm>
#include <array>
#include <utility>

namespace roadstead::embedded {

namespace {

using Phase = LauncherState::Phase;

constexpr qsizetype longestSubject = 200;
constexpr qsizetype longestMark = 64;

constexpr std::array phases{
    std::pair{"starting", Phase::Starting}, std::pair{"running", Phase::Running},
    std::pair{"stopping", Phase::Stopping}, std::pair{"failed", Phase::Failed}};

constexpr std::array causes{std::pair{"dockerd-missing", FailureCause::DockerdMissing},
                            std::pair{"dockerd-too-old", FailureCause::DockerdTooOld},
                            std::pair{"port-taken", FailureCause::PortTaken},
                            std::pair{"bridge-clash", FailureCause::BridgeClash},
                            std::pair{"address-pool-clash", FailureCause::AddressPoolClash},
                            std::pair{"no-cgroups", FailureCause::NoCgroups},
                            std::pair{"no-iptables", FailureCause::NoIptables},
                            std::pair{"disk-full", FailureCause::DiskFull},
                            std::pair{"crash-loop", FailureCause::CrashLoop},
                            std::pair{"data-root-unusable", FailureCause::DataRootUnusable},
                            std::pair{"start-timeout", FailureCause::StartTimeout}};

constexpr std::array notes{std::pair{"forward-blocked", Note::ForwardBlocked},
                           std::pair{"network-incomplete", Note::NetworkIncomplete},
                           std::pair{"certificates-hidden", Note::CertificatesHidden}};

template<typename Table>
auto lookUp(const Table &table, const QByteArray &name)
{
    const auto found =
        std::ranges::find_if(table, [&](const auto &entry) { return name == entry.first; });
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

FailureCause causeOf(const QByteArray &identifier)
{
    return lookUp(causes, identifier).value_or(FailureCause::Unknown);
}

std::optional<LauncherState> parseState(const QByteArray &text)
{
    LauncherState state;
    bool hasPhase = false;
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype equals = line.indexOf('=');
        if (equals < 0) {
            continue;
        }
        const QByteArray key = line.first(equals);
        const QByteArray value = line.sliced(equals + 1);
        if (key == "state") {
            const auto phase = lookUp(phases, value);
            hasPhase = phase.has_value();
            state.phase = phase.value_or(Phase::Starting);
        } else if (key == "since") {
            state.since = value.toLongLong();
        } else if (key == "restarts") {
            state.restarts = value.toInt();
        } else if (key == "cause") {
            state.cause = causeOf(value);
        } else if (key == "note") {
            state.note = lookUp(notes, value).value_or(Note::None);
        } else if (key == "options") {
            state.options = QString::fromLatin1(value.first(std::min(value.size(), longestMark)));
        } else if (key == "subject") {
            state.subject = QString::fromUtf8(value.first(std::min(value.size(), longestSubject)));
        }
    }
    return hasPhase ? std::optional(state) : std::nullopt;
}

} // namespace roadstead::embedded
