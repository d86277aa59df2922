// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/engine_options.h"
#include "engine/base/result.h"

#include <string>

namespace roadstead::launcher {

/// Where dockerd looks for whom registries are signed by, a folder for each; fixed in dockerd.
inline constexpr const char *systemCertificates = "/etc/docker/certs.d";
/// A name in the folder that is arranged here, under which dockerd sees the system's own.
inline constexpr const char *systemInside = ".system";
/// The file that a registry's folder has of ours.
inline constexpr const char *ownCertificate = "roadstead-ca.crt";

/// Makes `folder` what dockerd is to see as its folder of certificates: those of the options, and
/// beside them everything that `system` has, as links into what is mounted under `systemInside`.
/// Repeatable, also while dockerd reads it. Fails with Io.
Result<void> arrangeCertificates(const std::string &folder, const EngineOptions &options,
                                 const std::string &system = systemCertificates);

/// Gives this process a mount namespace of its own, in which `folder` lies over the system's
/// certificates. Everything else is as before: what is mounted here or there appears on both sides.
/// For a child that is about to become dockerd; it is in its old namespace when this fails (Io).
Result<void> showCertificates(const std::string &folder);

/// Whether what a process in such a namespace mounts in these folders appears on both sides.
bool sharesMounts(const std::string &folder);
/// Sees to that, by mounting a folder onto itself where its file system does not do it. Only while
/// nothing is mounted beneath it.
Result<void> shareMounts(const std::string &folder);

} // namespace roadstead::launcher
