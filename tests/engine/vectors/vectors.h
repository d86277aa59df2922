// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/engine/vectors/vector_report.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

/// One function for each kind of vectors that Roadstead has the function for.
namespace roadstead::test {

using Json = nlohmann::ordered_json;

void runApiNegotiation(const Json &file, VectorReport &report);
void runHttpResponses(const Json &file, VectorReport &report);
void runJsonSuite(const Json &file, VectorReport &report);
void runStdcopyStreams(const Json &file, VectorReport &report);
void runProgressStreams(const Json &file, VectorReport &report);
void runUnits(const Json &file, VectorReport &report);
void runPsDisplay(const Json &file, VectorReport &report);
void runStatsDisplay(const Json &file, VectorReport &report);
void runSwaggerExamples(const Json &file, VectorReport &report);
void runCliApiRequests(const Json &file, VectorReport &report);
void runDockerignoreParse(const Json &file, VectorReport &report);
void runDockerignoreMatch(const Json &file, VectorReport &report);
void runDockerignoreGlob(const Json &file, VectorReport &report);
void runDockerignoreCross(const Json &file, VectorReport &report);
void runBuildContext(const Json &file, VectorReport &report);
void runTarHostile(const Json &file, VectorReport &report);
void runOciDocuments(const Json &file, VectorReport &report);
void runRegistryAuth(const Json &file, VectorReport &report);
/// The group of cli_tables.json on hosts in credential keys.
void runRegistryTables(const Json &file, VectorReport &report);
void runContextStore(const Json &file, VectorReport &report);
/// The groups of cli_tables.json on hosts, ssh and contexts; the others are left to their own.
void runContextTables(const Json &file, VectorReport &report);
void runCliCreateRequests(const Json &file, VectorReport &report);
void runCliTables(const Json &file, VectorReport &report);
void runReferenceParse(const Json &file, VectorReport &report);
void runReferenceNormalize(const Json &file, VectorReport &report);
void runReferenceAny(const Json &file, VectorReport &report);
void runReferenceMatch(const Json &file, VectorReport &report);
void runReferenceGrammar(const Json &file, VectorReport &report);
void runReferenceAllOutcomes(const Json &file, VectorReport &report);
void runNatPorts(const Json &file, VectorReport &report);
void runNatPortSpecs(const Json &file, VectorReport &report);

/// The member as text: a string itself, null and missing empty, anything else as JSON.
std::string textOf(const Json &value, const char *member);
/// The text that a case's "generator" stands for: {"key":"x"*n} and "x"*n; empty when unknown.
std::string generated(const std::string &generator);
std::string idOf(const Json &value);

} // namespace roadstead::test
