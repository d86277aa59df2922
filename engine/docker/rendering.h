// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/api_request.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

/// What the renderers of commands and questions share. Inside engine/docker only.
namespace roadstead::docker {

using OrderedJson = nlohmann::ordered_json;

/// JSON text; bytes that are not UTF-8 are replaced.
std::string jsonText(const OrderedJson &json);
/// {"name":"value"}; the last of a name counts, as in the CLI.
OrderedJson labelsJson(const Labels &labels);
/// {"id":{"abc":true}}, names and values sorted: the form that every version of the API reads.
std::string filtersText(const Filters &filters);
/// {"architecture":"arm64","os":"linux"} (OCI image specification).
std::string platformText(const Platform &platform);

/// Seconds since the epoch from a date (RFC 3339), which engines do not read; other texts stay.
std::string momentText(const std::string &text);

/// prefix + encoded reference + suffix.
std::string objectPath(std::string_view prefix, std::string_view reference,
                       std::string_view suffix = {});
/// "/containers/…" and what follows.
std::string containerPath(const Target &container, std::string_view part);
/// Names of images have slashes that the engine's router expects as they are.
std::string imagePath(std::string_view reference, std::string_view suffix = {});

ApiRequest getRequest(std::string path);
ApiRequest postRequest(std::string path);
ApiRequest postRequest(std::string path, const OrderedJson &body);
ApiRequest deleteRequest(std::string path);

/// Adds `filters` when there are any.
void addFilters(ApiRequest &request, const Filters &filters);
/// Adds name=1 when it is set.
void addSwitch(ApiRequest &request, const char *name, bool set);
/// Adds the value when it is not empty.
void addQuery(ApiRequest &request, const char *name, std::string value);

/// The same for argument vectors: nothing is added for an empty value or an unset switch.
void addOption(Arguments &arguments, const char *name, const std::string &value);
void addOption(Arguments &arguments, const char *name, std::int64_t value);
void addEach(Arguments &arguments, const char *name, const std::vector<std::string> &values);
void addPairs(Arguments &arguments, const char *name, const Labels &pairs);
void addSwitch(Arguments &arguments, const char *name, bool set);
/// What the CLI must not take for an option goes behind "--".
void addOperands(Arguments &arguments, std::initializer_list<std::string> operands);

} // namespace roadstead::docker
