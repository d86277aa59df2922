// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/image_reference.h"
#include "tests/engine/vectors/vectors.h"

#include <nlohmann/json.hpp>

namespace roadstead::test {

namespace {

using reference::ImageReference;
using reference::ReferenceFault;

/// A fault in the reference library's words, which the vectors compare by. Those of upper case and
/// of ids go on with the name.
std::string words(ReferenceFault fault)
{
    switch (fault) {
    case ReferenceFault::Format:
        return "invalid reference format";
    case ReferenceFault::Uppercase:
        return "repository name must be lowercase";
    case ReferenceFault::NameTooLong:
        return "repository name must not be more than 255 characters";
    case ReferenceFault::Empty:
        return "repository name must have at least one component";
    case ReferenceFault::LooksLikeId:
        return "cannot specify 64-byte hexadecimal strings";
    case ReferenceFault::DigestAlgorithm:
        return "unsupported digest algorithm";
    case ReferenceFault::DigestLength:
        return "invalid checksum digest length";
    case ReferenceFault::DigestFormat:
        return "invalid checksum digest format";
    case ReferenceFault::TagFormat:
        return "invalid tag format";
    }
    return {};
}

/// The part of the reference's message that tells its kind.
std::string kindOf(const std::string &message)
{
    if (message.ends_with("must be lowercase")) {
        return words(ReferenceFault::Uppercase);
    }
    if (message.ends_with(words(ReferenceFault::LooksLikeId))) {
        return words(ReferenceFault::LooksLikeId);
    }
    return message;
}

std::string errorText(const Error &error)
{
    return "error: " + words(static_cast<ReferenceFault>(error.code));
}

std::string expectedError(const Json &value)
{
    return "error: " + kindOf(textOf(value, "error"));
}

bool hasError(const Json &value)
{
    return value.contains("error") && value["error"].is_string();
}

/// "name: value" lines of the members that the expected object has.
std::string fields(const Json &members, const ImageReference &got)
{
    std::string text;
    for (const auto &[name, unused] : members.items()) {
        const std::string value = name == "string"            ? got.text()
                                  : name == "name"            ? got.name()
                                  : name == "repository"      ? got.name()
                                  : name == "domain"          ? got.domain
                                  : name == "path"            ? got.path
                                  : name == "tag"             ? got.tag
                                  : name == "digest"          ? got.digest
                                  : name == "familiar_name"   ? got.familiarName()
                                  : name == "familiar_string" ? got.familiarText()
                                  : name == "is_name_only" ? (got.isNameOnly() ? "true" : "false")
                                  : name == "with_default_tag" ? withDefaultTag(got).text()
                                                               : "(unknown member)";
        text += name + "=" + value + " ";
    }
    return text;
}

std::string expectedFields(const Json &members)
{
    std::string text;
    for (const auto &[name, unused] : members.items()) {
        text += name + "=" + textOf(members, name.c_str()) + " ";
    }
    return text;
}

/// The flag of domains was recorded with a search that prefers the shortest host component: it
/// finds the whole of a text only where every component has one character, or is an address in
/// brackets.
bool searchFindsAll(const std::string &domain)
{
    std::size_t length = 0;
    for (const char c : domain.substr(0, domain.starts_with('[') ? 0 : domain.find(':'))) {
        length = c == '.' ? 0 : length + 1;
        if (length > 1) {
            return false;
        }
    }
    return true;
}

/// Only what was written about a reference; ids and inputs are not.
Json described(const Json &entry)
{
    Json members = entry;
    for (const char *name : {"id", "input", "valid", "upstream_error", "docker_ref"}) {
        members.erase(name);
    }
    return members;
}

void compare(VectorReport &report, const std::string &id, const Json &expected,
             const Result<ImageReference> &got)
{
    report.compare(id, hasError(expected) ? expectedError(expected) : expectedFields(expected),
                   got ? fields(expected, *got) : errorText(got.error()));
}

} // namespace

void runReferenceParse(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        compare(report, idOf(entry), described(entry),
                reference::parseReference(textOf(entry, "input")));
    }
}

void runReferenceNormalize(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const Json &expected = entry["normalized"].is_object() ? entry["normalized"] : entry;
        compare(report, idOf(entry), expected, reference::parseNormalized(textOf(entry, "input")));
    }
}

void runReferenceAny(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const std::string input = textOf(entry, "input");
        if (entry.contains("docker_ref")) {
            compare(report, idOf(entry), Json{{"string", entry["docker_ref"]}},
                    reference::parsePullReference(input));
        } else {
            compare(report, idOf(entry), described(entry), reference::parseAnyReference(input));
        }
    }
}

void runReferenceMatch(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const auto parsed = reference::parseAnyReference(textOf(entry, "reference"));
        const auto matched = parsed ? reference::familiarMatch(textOf(entry, "pattern"), *parsed)
                                    : std::unexpected(parsed.error());
        report.compare(idOf(entry), textOf(entry, "expected"),
                       !matched   ? "error"
                       : *matched ? "true"
                                  : "false");
    }
}

void runReferenceGrammar(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const std::string grammar = textOf(entry, "grammar");
        const std::string input = textOf(entry, "input");
        bool match = false;
        Json parts;
        if (grammar == "domain") {
            match = reference::isDomain(input);
        } else if (grammar == "identifier") {
            match = reference::isIdentifier(input);
        } else if (grammar == "full_name" || grammar == "name") {
            const auto name = reference::splitName(input);
            match = name.has_value();
            parts = name ? Json{name->domain, name->path} : Json();
        } else if (grammar == "tag") {
            match = reference::isTag(input);
        } else if (grammar == "digest") {
            match = reference::isDigestForm(input);
        } else if (grammar == "reference") {
            const auto whole = reference::parseReference(input);
            // The production says nothing about lengths and algorithms.
            match = whole || whole.error().code > static_cast<int>(ReferenceFault::Empty) ||
                    whole.error().code == static_cast<int>(ReferenceFault::NameTooLong);
            parts = whole ? Json{whole->name(), whole->tag, whole->digest} : Json();
        } else {
            report.skip("no function for the production " + grammar);
            continue;
        }
        const Json expected = entry.contains("submatches") ? entry["submatches"] : Json();
        const std::string seen = expected.is_array() ? parts.dump() : "";
        report.compare(idOf(entry),
                       textOf(entry, "match") + (expected.is_array() ? expected.dump() : ""),
                       (match ? "true" : "false") + seen);
    }
}

void runReferenceAllOutcomes(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const std::string input = textOf(entry, "input");
        compare(report, input + " (parse)", entry["parse"], reference::parseReference(input));
        compare(report, input + " (normalized)", entry["normalized"],
                reference::parseNormalized(input));
        compare(report, input + " (any)", entry["any"], reference::parseAnyReference(input));
        compare(report, input + " (pull)", entry["docker_ref"],
                reference::parsePullReference(input));
        report.compare(input + " (domain)", textOf(entry, "domain_regexp_full_match"),
                       reference::isDomain(input) && searchFindsAll(input) ? "true" : "false");
        report.compare(input + " (identifier)", textOf(entry, "identifier_regexp_full_match"),
                       reference::isIdentifier(input) ? "true" : "false");
    }
}

} // namespace roadstead::test
