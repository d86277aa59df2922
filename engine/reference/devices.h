// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/reference/words.h"

#include <cstdint>
#include <string>
#include <string_view>

/// Devices and what limits them, as --device, --gpus, --device-read-bps and their like take them.
/// All fail with ErrorKind::InvalidArgument; the detail names the word.
namespace roadstead::reference {

/// A device of the host in a container.
struct DeviceMapping
{
    std::string pathOnHost{};
    std::string pathInContainer{};
    std::string permissions = "rwm"; ///< of read, write and mknod
    bool operator==(const DeviceMapping &) const = default;
};
Result<DeviceMapping> parseDevice(std::string_view text);
std::string deviceText(const DeviceMapping &device);

/// Whether the text is a device of the Container Device Interface: "vendor.com/class=name".
bool isCdiDevice(std::string_view text);

/// --device-cgroup-rule: "c 13:* rwm".
Result<std::string> parseDeviceRule(std::string_view text);

/// What is asked of a device driver.
struct DeviceRequest
{
    std::string driver{};
    std::int64_t count = 0; ///< -1 = all
    std::vector<std::string> ids{};
    std::vector<std::string> capabilities{}; ///< besides "gpu", which is always asked for
    Pairs options{};
    bool operator==(const DeviceRequest &) const = default;
};
/// --gpus: "all", "2", "count=1,driver=nvidia", "\"device=0,1\"".
Result<DeviceRequest> parseGpus(std::string_view text);
std::string gpusText(const DeviceRequest &request);

struct DeviceWeight
{
    std::string path{};
    std::uint16_t weight = 0; ///< 10 to 1000; 0 = none
    bool operator==(const DeviceWeight &) const = default;
};
Result<DeviceWeight> parseDeviceWeight(std::string_view text);

struct DeviceRate
{
    std::string path{};
    std::uint64_t rate = 0; ///< bytes or operations per second
    bool operator==(const DeviceRate &) const = default;
};
Result<DeviceRate> parseDeviceByteRate(std::string_view text);      ///< "/dev/sda:1mb"
Result<DeviceRate> parseDeviceOperationRate(std::string_view text); ///< "/dev/sda:1000"

struct Ulimit
{
    std::string name{};
    std::int64_t soft = 0; ///< -1 = without limit
    std::int64_t hard = 0;
    bool operator==(const Ulimit &) const = default;
};
/// --ulimit: "nofile=1024:2048"; without a hard limit it equals the soft one.
Result<Ulimit> parseUlimit(std::string_view text);
std::string ulimitText(const Ulimit &limit);

} // namespace roadstead::reference
