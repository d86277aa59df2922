// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/options.h"

#include <algorithm>
#include <array>

namespace roadstead::reference {

namespace {

/// The machine this program was built for, in the words of image platforms.
constexpr std::string_view localArchitecture =
#if defined(__x86_64__)
    "amd64";
#elif defined(__aarch64__)
    "arm64";
#elif defined(__arm__)
    "arm";
#elif defined(__i386__)
    "386";
#elif defined(__powerpc64__)
    "ppc64le";
#elif defined(__riscv)
    "riscv64";
#elif defined(__s390x__)
    "s390x";
#else
    "amd64";
#endif

constexpr std::array<std::string_view, 17> systems{
    "aix",   "android", "darwin", "dragonfly", "freebsd", "hurd",    "illumos", "ios", "js",
    "linux", "nacl",    "netbsd", "openbsd",   "plan9",   "solaris", "windows", "zos"};

constexpr std::array<std::string_view, 24> architectures{
    "386",     "amd64",   "amd64p32", "arm",    "armbe",  "arm64",    "arm64be",   "ppc64",
    "ppc64le", "loong64", "mips",     "mipsle", "mips64", "mips64le", "mips64p32", "mips64p32le",
    "ppc",     "riscv",   "riscv64",  "s390",   "s390x",  "sparc",    "sparc64",   "wasm"};

bool isComponent(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return isAlphanumeric(c) || c == '_' || c == '-';
    });
}

bool isVersion(std::string_view text)
{
    return std::ranges::all_of(
        text, [](char c) { return isAlphanumeric(c) || c == '_' || c == '-' || c == '.'; });
}

/// "windows(10.0.17763)"
bool setSystem(Platform &platform, std::string_view text)
{
    const Halves halves = cut(text, '(');
    std::string_view version = halves.after;
    if (halves.found) {
        if (!version.ends_with(')')) {
            return false;
        }
        version.remove_suffix(1);
    }
    if (!isComponent(halves.before) || !isVersion(version)) {
        return false;
    }
    platform.system = lowered(halves.before);
    platform.systemVersion = version;
    if (platform.system == "macos") {
        platform.system = "darwin";
    }
    return true;
}

void setArm64Variant(Platform &platform)
{
    const std::string &variant = platform.variant;
    if (variant == "8" || variant == "v8" || variant == "v8.0") {
        platform.variant.clear();
    } else if (variant == "9" || variant == "9.0" || variant == "v9.0") {
        platform.variant = "v9";
    }
}

/// Other names of an architecture become the one of image platforms.
void setArchitecture(Platform &platform, std::string_view name, std::string_view variant)
{
    platform.architecture = lowered(name);
    platform.variant = lowered(variant);
    const std::string architecture = platform.architecture;
    if (architecture == "i386") {
        platform.architecture = "386";
        platform.variant.clear();
    } else if (architecture == "x86_64" || architecture == "x86-64" || architecture == "amd64") {
        platform.architecture = "amd64";
        platform.variant = platform.variant == "v1" ? "" : platform.variant;
    } else if (architecture == "aarch64" || architecture == "arm64") {
        platform.architecture = "arm64";
        setArm64Variant(platform);
    } else if (architecture == "armhf" || architecture == "armel") {
        platform.architecture = "arm";
        platform.variant = architecture == "armhf" ? "v7" : "v6";
    } else if (architecture == "arm") {
        if (platform.variant.empty() || platform.variant == "7") {
            platform.variant = "v7";
        } else if (platform.variant.size() == 1 && std::string("568").contains(platform.variant)) {
            platform.variant.insert(0, "v");
        }
    }
}

void dropUsualArmVariant(Platform &platform)
{
    if (platform.architecture == "arm" && platform.variant == "v7") {
        platform.variant.clear();
    }
}

std::unexpected<Error> notAPlatform(std::string_view text)
{
    return refused(quotedWord(text) + " is not a platform");
}

} // namespace

Result<Platform> parsePlatform(std::string_view text)
{
    const auto parts = split(text, '/');
    constexpr std::size_t mostParts = 3;
    Platform platform;
    if (parts.size() > mostParts || !setSystem(platform, parts.front()) ||
        !std::ranges::all_of(parts.begin() + 1, parts.end(), isComponent)) {
        return notAPlatform(text);
    }
    if (parts.size() == mostParts) {
        setArchitecture(platform, parts[1], parts[2]);
        if (platform.architecture == "arm64" && platform.variant.empty()) {
            platform.variant = "v8";
        }
        return platform;
    }
    if (parts.size() == 2) {
        setArchitecture(platform, parts[1], {});
        dropUsualArmVariant(platform);
        return platform;
    }
    if (std::ranges::contains(systems, platform.system)) {
        platform.architecture = localArchitecture;
        return platform;
    }
    setArchitecture(platform, parts[0], {});
    dropUsualArmVariant(platform);
    if (!std::ranges::contains(architectures, platform.architecture)) {
        return notAPlatform(text);
    }
    platform.system = "linux";
    return platform;
}

std::string platformText(const Platform &platform)
{
    std::string text;
    for (const std::string &part : {platform.system, platform.architecture, platform.variant}) {
        if (!part.empty()) {
            text.append(text.empty() ? "" : "/").append(part);
        }
    }
    return text;
}

} // namespace roadstead::reference
