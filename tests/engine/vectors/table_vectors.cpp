// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/vectors/table_vectors.h"

#include <nlohmann/json.hpp>

#include <regex>

namespace roadstead::test {

namespace {

/// Constants of the reference's source that rows name instead of their values.
std::optional<std::string> constant(const std::string &expression)
{
    static const std::map<std::string, std::string> constants{
        {"mount.TypeBind", "bind"},
        {"mount.TypeVolume", "volume"},
        {"mount.TypeTmpfs", "tmpfs"},
        {"mount.TypeImage", "image"},
        {"swarm.PortConfigPublishModeIngress", "ingress"},
        {"swarm.PortConfigPublishModeHost", "host"},
        {"container.RestartPolicyAlways", "always"},
        {"container.RestartPolicyDisabled", "no"},
        {"container.RestartPolicyOnFailure", "on-failure"},
        {"container.RestartPolicyUnlessStopped", "unless-stopped"},
        {"ctx.Image", "Image"},
        {"ctx.ID", "ID"},
        {"ctx.Ports", "Ports"}};
    if (const auto found = constants.find(expression); found != constants.end()) {
        return found->second;
    }
    static const std::regex parsed(R"re((?:netip\.MustParseAddr|mustParseMAC)\("([^"]*)"\))re");
    std::smatch match;
    return std::regex_match(expression, match, parsed) ? std::optional(match[1].str())
                                                       : std::nullopt;
}

/// Puts values in the place of constants, drops the names of types; false when something that
/// is not a literal stays.
bool resolve(Json &value)
{
    if (value.is_object() && value.contains("$go")) {
        const auto known = constant(value["$go"].get<std::string>());
        value = known ? Json(*known) : Json();
        return known.has_value();
    }
    if (value.is_object()) {
        value.erase("$type");
    }
    bool whole = true;
    if (value.is_structured()) {
        for (auto &element : value) {
            whole = resolve(element) && whole;
        }
    }
    return whole;
}

/// Why a table has no function here.
std::string reasonToSkip(const std::string &path)
{
    static const std::map<std::string, std::string> reasons{
        {"internal/registry/", "settings of registries are not read yet"},
        {"cli/config/credentials/", "credentials of registries are not read yet"},
        {"cli/connhelper/", "engines over ssh are not reached yet"},
        {"cli/context/store/", "other contexts than our own are not read yet"},
        {"cli/command/image/build/", "no build from git yet"},
        {"cli/compose/template/", "docker compose itself replaces variables"},
        {"cli/command/registry/", "nothing logs in to registries yet"},
        {"cli/command/formatter/displayutils_test.go", "columns are cut by their width in pixels"},
        {"cli/command/container/cp_test.go", "the sum of a copy is shown in other words"},
        {"opts/parse_test.go", "the rows' files are not among the vectors"}};
    for (const auto &[prefix, reason] : reasons) {
        if (path.starts_with(prefix)) {
            return reason;
        }
    }
    return "no function for this table";
}

} // namespace

std::optional<std::string> expectedRefusal(const Json &row)
{
    for (const char *name : {"expectedErr", "expErr", "expectedError", "err"}) {
        if (row.is_object() && !textOf(row, name).empty()) {
            return "refused";
        }
    }
    return std::nullopt;
}

void runCliTables(const Json &file, VectorReport &report)
{
    Tables tables = optionTables();
    tables.merge(runTables());
    tables.merge(displayTables());
    for (const Json &group : file["groups"]) {
        const std::string name = textOf(group, "func") + "/" + textOf(group, "var");
        const auto table = tables.find(name);
        for (Json row : group["cases"]) {
            const std::string id = name + " " + row.dump();
            if (table == tables.end()) {
                report.skip(reasonToSkip(textOf(group, "path")));
                continue;
            }
            if (!resolve(row)) {
                report.skip("the row has an expression of the reference's source");
                continue;
            }
            if (const auto outcome = table->second(row)) {
                report.compare(id, outcome->expected, outcome->got);
            } else {
                report.skip(name + ": nothing of ours shows this");
            }
        }
    }
}

} // namespace roadstead::test
