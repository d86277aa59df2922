// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launcher/account.h"
#include "app/launcher/address_plan.h"
#include "app/launcher/firewall.h"
#include "app/launcher/paths.h"
#include "engine/base/result.h"

#include <chrono>

namespace roadstead::launcher {

/// Everything an engine stands on: folders, namespace, addresses, rules. What concerns all engines
/// of the host is changed under one lock. Blocking.
class Workplace
{
public:
    Workplace(Paths paths, Account account)
        : m_paths(std::move(paths))
        , m_account(std::move(account))
    {
    }

    /// Makes it ready. Takes over what an earlier launcher left when containers run in it; clears
    /// it away otherwise.
    Result<AddressPlan> prepare();

    /// Puts right what somebody else's change of rules or routes undid, and says how the engine's
    /// way to the outside is. Repeatable.
    Result<Passage> refresh(const AddressPlan &plan);

    /// Ends and removes everything but the data, the log and the state file. The grace is for
    /// containers that still run.
    void clear(std::chrono::milliseconds grace);

private:
    Result<AddressPlan> takeOver();
    Result<AddressPlan> build();

    Paths m_paths;
    Account m_account;
    ForwardingGuard m_guard; ///< as it stands in our table
};

} // namespace roadstead::launcher
