// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/json/tree.h"

#include <functional>
#include <string>

/// Changing config.json, which is the person's. Inside engine/registry only.
namespace roadstead::registry {

/// What becomes of the copy of the file as it was.
enum class Backup {
    Kept,
    Dropped ///< once the change is made: it holds a secret that is to be gone
};

/// Reads config.json, lets `change` change the document, and replaces the file whole: all that
/// `change` leaves alone stays as it was, in its order. The file as it was is copied to
/// "config.json.roadstead-backup" first. Nothing is written where nothing changed. What another
/// program writes meanwhile is not lost: then `change` is called again with that. Fails where the
/// file cannot be read, is no JSON object, or cannot be written. Blocking.
Result<void> editConfigFile(const std::string &folder,
                            const std::function<Result<void>(json::Value &)> &change,
                            Backup backup);

/// The object of that name, made where it is missing or null.
json::Value &objectIn(json::Value &parent, const std::string &name);
/// The member of exactly that name, made where it is missing.
json::Value &memberIn(json::Value &object, const std::string &name);
/// Takes away every member that `isGone` says.
void removeFrom(json::Value &object, const std::function<bool(const std::string &name)> &isGone);

} // namespace roadstead::registry
