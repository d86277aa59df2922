// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/reference/words.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Volumes, binds and mounts as --volume, --tmpfs and --mount take them. All fail with
/// ErrorKind::InvalidArgument; the detail names the word.
namespace roadstead::reference {

/// What a --volume text says: [source:]target[:options].
struct VolumeSpec
{
    enum class Kind { Volume, Bind };

    Kind kind = Kind::Volume;
    std::string source{}; ///< path or name; empty = a volume without a name
    std::string target{};
    bool isReadOnly = false;
    bool withoutCopy = false;  ///< nocopy: the image's files are not copied into a new volume
    std::string propagation{}; ///< "rslave"; empty = the engine's
    std::vector<std::string> others{}; ///< options the engine decides on: "z", "Z", …
    bool operator==(const VolumeSpec &) const = default;
};

/// Reads a spec without knowing the engine's platform: a drive letter belongs to a path.
Result<VolumeSpec> parseVolume(std::string_view text);

/// A bind's path that begins with "." is one of the caller's machine: with `folder`, the
/// current one, before it. Anything else stays as it is.
std::string withAbsoluteSource(std::string_view spec, std::string_view folder);

/// `path` without "." and "..", "//" and a slash at its end; empty becomes ".".
std::string cleanPath(std::string_view path);

/// --tmpfs: path and options.
std::pair<std::string, std::string> parseTmpfs(std::string_view text);

struct BindOptions
{
    std::string propagation{};
    bool isNotRecursive = false;
    bool createsSource = false;       ///< since CLI 29
    bool isReadOnlyAtTopOnly = false; ///< bind-recursive=writable
    bool isReadOnlyAllTheWay = false; ///< bind-recursive=readonly, or an error
    bool operator==(const BindOptions &) const = default;
};
struct VolumeOptions
{
    bool withoutCopy = false;
    Pairs labels{};
    std::string subpath{};
    std::string driver{};
    Pairs driverOptions{};
    bool operator==(const VolumeOptions &) const = default;
};
struct ImageMountOptions
{
    std::string subpath{};
    bool operator==(const ImageMountOptions &) const = default;
};
struct TmpfsOptions
{
    std::int64_t bytes = 0; ///< 0 = half of the memory
    std::uint32_t mode = 0; ///< permission bits; 0 = 01777
    bool operator==(const TmpfsOptions &) const = default;
};

/// One --mount.
struct Mount
{
    std::string type = "volume"; ///< "bind", "volume", "tmpfs", "image", "npipe", "cluster"
    std::string source{};
    std::string target{};
    bool isReadOnly = false;
    std::string consistency{};
    std::optional<BindOptions> bind{};
    std::optional<VolumeOptions> volume{};
    std::optional<ImageMountOptions> image{};
    std::optional<TmpfsOptions> tmpfs{};
    bool operator==(const Mount &) const = default;
};

/// Which docker CLI's rules hold. 29 refuses white space around names and values, empty values,
/// "bind-nonrecursive", and switches other than true, 1, false and 0.
enum class MountRules { Cli28, Cli29 };

/// Reads "type=bind,source=/a,target=/b,readonly". `folder` is put before a source that begins
/// with "." when it is not empty.
Result<Mount> parseMount(std::string_view text, MountRules rules = MountRules::Cli28,
                         std::string_view folder = {});

/// The text that parseMount reads back as this mount.
std::string mountText(const Mount &mount);

} // namespace roadstead::reference
