// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry/trust/trust_rules.h"

namespace roadstead::service {

/// The rules as they are kept in the person's settings. A server that is named by the variable
/// DOCKER_CONTENT_TRUST_SERVER counts where the settings name none. GUI thread.
trust::Rules readTrustRules();
void keepTrustRules(const trust::Rules &rules);

} // namespace roadstead::service
