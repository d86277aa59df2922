// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/units.h"
#include "engine/docker/json_reader.h"
#include "engine/docker/log_decoder.h"
#include "engine/docker/progress.h"
#include "engine/reference/devices.h"
#include "tests/engine/vectors/vectors.h"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>

namespace roadstead::test {

using docker::LogStream;

std::string textOf(const Json &value, const char *member)
{
    const auto found = value.find(member);
    if (found == value.end() || found->is_null()) {
        return {};
    }
    return found->is_string() ? found->get_ref<const std::string &>() : found->dump();
}

std::string idOf(const Json &value)
{
    const std::string doc = textOf(value, "doc");
    return textOf(value, "id") + (doc.empty() ? "" : " (" + doc + ")");
}

std::string generated(const std::string &generator)
{
    const std::size_t star = generator.rfind("\"*");
    if (star == std::string::npos) {
        return {};
    }
    const std::size_t open = generator.rfind('"', star - 1);
    std::size_t count = 0;
    const char *end = generator.data() + generator.size();
    const auto read = std::from_chars(generator.data() + star + 2, end, count);
    if (open == std::string::npos || read.ec != std::errc()) {
        return {};
    }
    std::string repeated;
    for (std::size_t i = 0; i < count; ++i) {
        repeated.append(generator, open + 1, star - open - 1);
    }
    const std::string before = generator.substr(0, open);
    // Within an object, what is repeated is a string's content.
    return before.empty() ? repeated : before + '"' + repeated + '"' + std::string(read.ptr, end);
}

void runJsonSuite(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const std::string generator = textOf(entry, "generator");
        const std::string text =
            generator.empty() ? fromBase64(textOf(entry, "b64")) : generated(generator);
        const bool accepted = docker::JsonDocument::parse(text, "vector").has_value();
        const std::string expected = textOf(entry, "expect");
        if (expected == "either") {
            report.pass();
            continue;
        }
        report.compare(idOf(entry), expected, accepted ? "accept" : "reject");
    }
}

namespace {

struct Demultiplexed
{
    std::string out;
    std::string err;
    std::string error;
    bool cut = false;
};

/// `piece`: how many bytes at once; 0 = the chunks as they are.
Demultiplexed demultiplex(const Json &chunks, bool tty, std::size_t piece)
{
    std::string whole;
    for (const Json &chunk : chunks) {
        whole += fromHex(chunk.get_ref<const std::string &>());
    }
    std::vector<std::string> pieces;
    if (piece == 0) {
        for (const Json &chunk : chunks) {
            pieces.push_back(fromHex(chunk.get_ref<const std::string &>()));
        }
    } else {
        for (std::size_t at = 0; at < whole.size(); at += piece) {
            pieces.push_back(whole.substr(at, piece));
        }
    }
    Demultiplexed result;
    docker::LogDecoder decoder(tty);
    for (const std::string &bytes : pieces) {
        const auto fed = decoder.feed(bytes, [&](LogStream stream, std::string_view payload) {
            // The CLI prints what is marked as standard input too.
            (stream == LogStream::Stderr ? result.err : result.out).append(payload);
        });
        if (!fed) {
            result.error = fed.error().detail;
            return result;
        }
    }
    result.cut = !decoder.finish();
    return result;
}

} // namespace

/// A cut frame is silence for the CLI and said by us; both print the same bytes.
void runStdcopyStreams(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        if (!entry.contains("chunks_hex") || !entry["chunks_hex"].is_array()) {
            report.skip("made by a generator that is not known: " + textOf(entry, "generator"));
            continue;
        }
        for (const std::size_t piece : {0UL, 1UL, 2UL, 7UL, 1UL << 20U}) {
            const bool tty = entry.value("tty", false);
            const Demultiplexed got = demultiplex(entry["chunks_hex"], tty, piece);
            const std::string id = idOf(entry) + " in pieces of " + std::to_string(piece);
            const bool fails = !textOf(entry, "error").empty();
            const auto known = [&](const char *member, const std::string &bytes) {
                return entry.contains(member) && entry[member].is_string()
                           ? fromHex(textOf(entry, member))
                           : bytes;
            };
            report.compare(id + " stdout", known("stdout_hex", got.out), got.out);
            report.compare(id + " stderr", known("stderr_hex", got.err), got.err);
            report.compare(id + " fails", fails ? "yes" : "no", got.error.empty() ? "no" : "yes");
        }
    }
}

void runProgressStreams(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const std::string generator = textOf(entry, "generator");
        const std::string body =
            generator.empty() ? fromHex(textOf(entry, "body_hex")) : generated(generator);
        docker::ProgressReader reader;
        reader.feed(body, {});
        const std::string expected = textOf(entry, "expect");
        if (expected == "either") {
            report.pass();
            continue;
        }
        report.compare(idOf(entry), expected, reader.finish() ? "succeeded" : "failed");
    }
}

namespace {

std::string parsed(const Result<std::int64_t> &bytes)
{
    return bytes ? std::to_string(*bytes) : "refused";
}

double numberOf(const Json &value)
{
    const auto *number = value.get_ptr<const Json::number_float_t *>();
    if (number != nullptr) {
        return *number;
    }
    return static_cast<double>(value.get<std::int64_t>());
}

std::string limitText(const Json &value)
{
    return textOf(value, "Name") + "=" + textOf(value, "Soft") + ":" + textOf(value, "Hard");
}

} // namespace

void runUnits(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const std::string function = textOf(entry, "fn");
        const Json &input = entry["input"];
        const bool fails = !textOf(entry, "error").empty();
        const std::string expected = fails ? "refused" : textOf(entry, "value");
        const std::string id = idOf(entry) + " " + function;
        if (function == "FromHumanSize" && input.is_string()) {
            report.compare(id, expected, parsed(parseDecimalSize(textOf(entry, "input"))));
        } else if (function == "RAMInBytes" && input.is_string()) {
            report.compare(id, expected, parsed(parseBinarySize(textOf(entry, "input"))));
        } else if (function == "BytesSize") {
            report.compare(id, expected, binarySize(numberOf(input)));
        } else if (function == "HumanSize") {
            report.compare(id, expected, decimalSize(numberOf(input)));
        } else if (function == "HumanSizeWithPrecision") {
            report.skip("precision is given in a form that is not known");
        } else if (function == "HumanDuration") {
            report.compare(id, expected,
                           durationWords(std::chrono::nanoseconds(input.get<std::int64_t>())));
        } else if (function == "ParseUlimit") {
            const auto limit = reference::parseUlimit(textOf(entry, "input"));
            report.compare(id, fails ? expected : limitText(entry["value"]),
                           limit ? reference::ulimitText(*limit) : "refused");
        } else {
            report.compare(id, "a known function", function);
        }
    }
}

} // namespace roadstead::test
