// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/registries/registries_page.h"

namespace roadstead::embedded {
class EmbeddedEngine;
}
namespace roadstead::service {
class EngineSession;
}

namespace roadstead::desktop {

/// What the registries' page needs of an engine. All that is named must outlive it.
[[nodiscard]] ui::RegistriesPage::Parts registryParts(service::EngineSession *session,
                                                      service::RegistryDesk *desk,
                                                      service::TrustDesk *trust,
                                                      ui::ToastHost *toasts);
/// Which registries the engine trusts without proof, and for the embedded `engine` (null where it
/// is another's) how that is changed, which is recorded as a command.
[[nodiscard]] ui::ExceptionsController::Parts exceptionParts(service::EngineSession *session,
                                                             embedded::EmbeddedEngine *engine);

} // namespace roadstead::desktop
