// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/create_container.h"

#include <cstdint>

namespace roadstead::test {

/// A value with about a third of its options set, the same for the same seed. It is one that a
/// command line can say: names once, only options that go with each other.
docker::CreateContainer randomContainer(std::uint32_t seed);

} // namespace roadstead::test
