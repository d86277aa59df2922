// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/context.h"

#include "engine/base/ascii.h"
#include "engine/json/tree.h"

#include <algorithm>

namespace roadstead::context {

namespace {

constexpr const char *operation = "context.parse";

std::unexpected<Error> malformed(std::string_view member)
{
    return failure(ErrorKind::MalformedReply, operation,
                   std::string("\"").append(member).append("\" has a wrong type"));
}

/// Puts a member into a struct as Go does: null changes nothing, a wrong type is a fault.
class Filler
{
public:
    void text(const json::Value &object, std::string_view name, std::string &out)
    {
        object.forEachNamed(name, [&](const json::Value &value) {
            if (value.isText()) {
                out = value.characters();
            } else if (!value.isNull()) {
                note(name);
            }
        });
    }
    void boolean(const json::Value &object, std::string_view name, bool &out)
    {
        object.forEachNamed(name, [&](const json::Value &value) {
            if (value.isBoolean()) {
                out = value.isTrue();
            } else if (!value.isNull()) {
                note(name);
            }
        });
    }
    void note(std::string_view name)
    {
        if (m_fault.empty()) {
            m_fault = name;
        }
    }
    [[nodiscard]] const std::string &fault() const { return m_fault; }

private:
    std::string m_fault;
};

/// The run of digits at the front, without zeros before it.
std::string_view takeNumber(std::string_view &text)
{
    const auto end = std::ranges::find_if_not(text, isDigit);
    std::string_view digits = text.substr(0, std::size_t(end - text.begin()));
    text.remove_prefix(digits.size());
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

/// The last of that name counts, as it does for the CLI.
json::Value &setMember(json::Value &object, const char *name, json::Value value)
{
    std::erase_if(object.members(), [name](const json::Member &each) { return each.name == name; });
    object.members().push_back({name, std::move(value)});
    return object.members().back().value;
}

json::Value &objectIn(json::Value &object, const char *name)
{
    const json::Value *found = object.find(name);
    return setMember(object, name,
                     found != nullptr && found->isObject() ? *found : json::Value::object());
}

} // namespace

Result<void> checkName(std::string_view name)
{
    const auto refused = [name](std::string_view why) {
        return failure(ErrorKind::InvalidArgument, "context.name",
                       std::string(why).append(": \"").append(name).append("\""));
    };
    if (name.empty()) {
        return refused("a context needs a name");
    }
    if (name == defaultName) {
        return refused("this name is reserved");
    }
    const bool isValid =
        name.size() >= 2 && isAlphanumeric(name.front()) &&
        std::ranges::all_of(name.substr(1), [](char c) {
            return isAlphanumeric(c) || c == '_' || c == '.' || c == '+' || c == '-';
        });
    return isValid ? Result<void>{} : refused("not a name for a context");
}

Result<Context> parseContext(std::string_view text)
{
    const auto document = json::parse(text, "meta.json");
    if (!document) {
        return std::unexpected(document.error());
    }
    if (!document->isObject()) {
        return failure(ErrorKind::MalformedReply, operation, "meta.json: not an object");
    }
    Context context;
    Filler filler;
    bool hasEndpoint = false;
    filler.text(*document, "name", context.name);
    document->forEachNamed("metadata", [&](const json::Value &metadata) {
        if (!metadata.isObject()) {
            metadata.isNull() ? void() : filler.note("Metadata");
            return;
        }
        if (const json::Value *description = metadata.find("Description")) {
            description->isText() ? void(context.description = description->characters())
                                  : filler.note("Description");
        }
    });
    document->forEachNamed("endpoints", [&](const json::Value &endpoints) {
        if (!endpoints.isObject()) {
            endpoints.isNull() ? void() : filler.note("Endpoints");
            return;
        }
        const json::Value *docker = endpoints.find("docker");
        if (docker == nullptr || docker->isNull()) {
            return;
        }
        if (!docker->isObject()) {
            filler.note("docker");
            return;
        }
        hasEndpoint = true;
        filler.text(*docker, "Host", context.host);
        filler.boolean(*docker, "SkipTLSVerify", context.skipTlsVerify);
    });
    if (!filler.fault().empty()) {
        return malformed(filler.fault());
    }
    if (!hasEndpoint) {
        return failure(ErrorKind::NotFound, operation, "the context has no docker endpoint");
    }
    return context;
}

std::string contextDocument(const Context &context)
{
    json::Value metadata = json::Value::object();
    if (!context.description.empty()) {
        metadata.members().push_back({"Description", json::Value::text(context.description)});
    }
    json::Value docker = json::Value::object();
    if (!context.host.empty()) {
        docker.members().push_back({"Host", json::Value::text(context.host)});
    }
    docker.members().push_back({"SkipTLSVerify", json::Value::boolean(context.skipTlsVerify)});
    json::Value endpoints = json::Value::object();
    endpoints.members().push_back({"docker", std::move(docker)});
    json::Value document = json::Value::object();
    document.members().push_back({"Name", json::Value::text(context.name)});
    document.members().push_back({"Metadata", std::move(metadata)});
    document.members().push_back({"Endpoints", std::move(endpoints)});
    return json::compact(document);
}

Result<std::string> updatedDocument(std::string_view document, const Context &context)
{
    auto whole = json::parse(document, "meta.json", json::Rest::Refused);
    if (!whole) {
        return std::unexpected(whole.error());
    }
    if (!whole->isObject()) {
        return failure(ErrorKind::MalformedReply, operation, "meta.json: not an object");
    }
    json::Value &docker = objectIn(objectIn(*whole, "Endpoints"), "docker");
    setMember(docker, "Host", json::Value::text(context.host));
    setMember(docker, "SkipTLSVerify", json::Value::boolean(context.skipTlsVerify));
    setMember(objectIn(*whole, "Metadata"), "Description", json::Value::text(context.description));
    return json::compact(*whole);
}

bool isImportPath(std::string_view path)
{
    if (path == "meta.json") {
        return true;
    }
    if (!path.starts_with("tls/") || path.contains('\\') || path.contains('\0')) {
        return false;
    }
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        const std::string_view component = path.substr(0, slash);
        if (component.empty() || component == "." || component == ".." ||
            slash + 1 == path.size()) {
            return false;
        }
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return true;
}

bool isNaturallyLess(std::string_view left, std::string_view right)
{
    std::string_view leftRest = left;
    std::string_view rightRest = right;
    while (!leftRest.empty() && !rightRest.empty()) {
        if (isDigit(leftRest.front()) && isDigit(rightRest.front())) {
            const std::string_view leftNumber = takeNumber(leftRest);
            const std::string_view rightNumber = takeNumber(rightRest);
            if (leftNumber.size() != rightNumber.size()) {
                return leftNumber.size() < rightNumber.size();
            }
            if (leftNumber != rightNumber) {
                return leftNumber < rightNumber;
            }
            continue;
        }
        if (leftRest.front() != rightRest.front()) {
            return leftRest.front() < rightRest.front();
        }
        leftRest.remove_prefix(1);
        rightRest.remove_prefix(1);
    }
    if (leftRest.empty() != rightRest.empty()) {
        return leftRest.empty();
    }
    return left < right; // they differ in zeros before a number at most
}

} // namespace roadstead::context
