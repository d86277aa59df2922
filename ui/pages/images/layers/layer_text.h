// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace roadstead::ui {

/// What made a layer as its Dockerfile said it: "RUN npm ci" for "/bin/sh -c npm ci # buildkit",
/// "CMD [\"sh\"]" for "/bin/sh -c #(nop)  CMD [\"sh\"]". Display text; an en dash when nothing is
/// told.
[[nodiscard]] QString layerText(std::string_view createdBy);

} // namespace roadstead::ui
