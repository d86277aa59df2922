// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/create_rendering.h"

#include <nlohmann/json.hpp>

namespace roadstead::docker {

namespace {

using Json = nlohmann::ordered_json;

void addIfTrue(Json &object, const char *name, bool value)
{
    if (value) {
        object[name] = true;
    }
}

Json bindOptionsJson(const reference::BindOptions &bind)
{
    Json json = Json::object();
    addUnlessEmpty(json, "Propagation", bind.propagation);
    addIfTrue(json, "NonRecursive", bind.isNotRecursive);
    addIfTrue(json, "CreateMountpoint", bind.createsSource);
    addIfTrue(json, "ReadOnlyNonRecursive", bind.isReadOnlyAtTopOnly);
    addIfTrue(json, "ReadOnlyForceRecursive", bind.isReadOnlyAllTheWay);
    return json;
}

Json volumeOptionsJson(const reference::VolumeOptions &volume)
{
    Json json = Json::object();
    addIfTrue(json, "NoCopy", volume.withoutCopy);
    addUnlessEmpty(json, "Labels", volume.labels);
    addUnlessEmpty(json, "Subpath", volume.subpath);
    json["DriverConfig"] = Json::object();
    addUnlessEmpty(json["DriverConfig"], "Name", volume.driver);
    addUnlessEmpty(json["DriverConfig"], "Options", volume.driverOptions);
    return json;
}

Json mountJson(const reference::Mount &mount)
{
    Json json = Json::object();
    addUnlessEmpty(json, "Type", mount.type);
    addUnlessEmpty(json, "Source", mount.source);
    addUnlessEmpty(json, "Target", mount.target);
    addIfTrue(json, "ReadOnly", mount.isReadOnly);
    addUnlessEmpty(json, "Consistency", mount.consistency);
    if (mount.bind) {
        json["BindOptions"] = bindOptionsJson(*mount.bind);
    }
    if (mount.volume) {
        json["VolumeOptions"] = volumeOptionsJson(*mount.volume);
    }
    if (mount.image) {
        json["ImageOptions"] = Json::object();
        addUnlessEmpty(json["ImageOptions"], "Subpath", mount.image->subpath);
    }
    if (mount.tmpfs) {
        Json options = Json::object();
        if (mount.tmpfs->bytes != 0) {
            options["SizeBytes"] = mount.tmpfs->bytes;
        }
        if (mount.tmpfs->mode != 0) {
            options["Mode"] = mount.tmpfs->mode;
        }
        json["TmpfsOptions"] = std::move(options);
    }
    return json;
}

} // namespace

nlohmann::ordered_json mountsJson(const CreateContainer &create)
{
    Json mounts = Json::array();
    for (const reference::Mount &mount : create.mounts) {
        mounts.push_back(mountJson(mount));
    }
    if (!create.apiSocket.empty()) {
        mounts.push_back(Json{{"Type", "bind"},
                              {"Source", create.apiSocket},
                              {"Target", "/var/run/docker.sock"},
                              {"BindOptions", Json::object()}});
    }
    return mounts;
}

} // namespace roadstead::docker
