// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

namespace roadstead {

// Where distributions, Docker's packages and its archives put the programs of an engine. One list
// for whoever asks whether there is one, starts it or recognises it. Each is a C string too.

inline constexpr std::array<std::string_view, 5> dockerdPaths = {
    "/usr/bin/dockerd",       "/usr/sbin/dockerd",       "/usr/libexec/docker/dockerd",
    "/usr/local/bin/dockerd", "/usr/local/sbin/dockerd",
};

inline constexpr std::array<std::string_view, 5> containerdPaths = {
    "/usr/bin/containerd",       "/usr/sbin/containerd",       "/usr/libexec/docker/containerd",
    "/usr/local/bin/containerd", "/usr/local/sbin/containerd",
};

inline constexpr std::array<std::string_view, 5> containerdShimPaths = {
    "/usr/bin/containerd-shim-runc-v2",
    "/usr/sbin/containerd-shim-runc-v2",
    "/usr/libexec/docker/containerd-shim-runc-v2",
    "/usr/local/bin/containerd-shim-runc-v2",
    "/usr/local/sbin/containerd-shim-runc-v2",
};

inline constexpr std::array<std::string_view, 6> runcPaths = {
    "/usr/bin/runc",     "/usr/sbin/runc",      "/usr/libexec/docker/runc",
    "/usr/libexec/runc", "/usr/local/bin/runc", "/usr/local/sbin/runc",
};

} // namespace roadstead
