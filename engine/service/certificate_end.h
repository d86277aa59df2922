// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/endpoint.h"

#include <QDateTime>

namespace roadstead::service {

/// When the first of the certificates ends that are needed to reach `endpoint`: the authority's and
/// our own. Invalid when there is none, or none that can be read. Blocking: files are read. Any
/// thread.
[[nodiscard]] QDateTime certificateEnd(const http::Endpoint &endpoint);

} // namespace roadstead::service
