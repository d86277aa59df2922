// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// fuzz_short CORPUS FINDING [SEED]: gives every fuzz target all its inputs of the folder CORPUS
// (CORPUS/<target>/*), and then as many made of them as `mutations` says. Blind, so it finds less
// than libFuzzer does in the same time, but it needs no compiler of its own. The same SEED makes
// the same inputs. When a target ends the program the input is in the file FINDING.
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#if defined(ROADSTEAD_SANITIZED)
#include <sanitizer/common_interface_defs.h>
#endif

#define FUZZ_TARGET(name) void fuzz_##name(std::string_view input);
#include "tests/fuzz/targets.inc"
#undef FUZZ_TARGET

namespace {

struct Target
{
    const char *name;
    void (*fuzz)(std::string_view input);
};

#define FUZZ_TARGET(name) Target{#name, &fuzz_##name},
constexpr std::array targets{
#include "tests/fuzz/targets.inc"
};
#undef FUZZ_TARGET

constexpr int mutations = 500;             // of each target's inputs
constexpr std::size_t largestInput = 8192; // bytes: longer ones cost time and rarely find more

using Random = std::mt19937_64;

/// Below `end`, which is not 0.
std::size_t below(Random &random, std::size_t end)
{
    return std::size_t(random() % end);
}

/// What parsers of texts trip over.
constexpr std::array<std::string_view, 20> tokens{std::string_view("\0", 1),
                                                  "\xff",
                                                  "\xe2\x80\xae",
                                                  "\xed\xa0\x80",
                                                  "\r\n",
                                                  "\\u0000",
                                                  "\\ud800",
                                                  "\"",
                                                  "{",
                                                  "[",
                                                  "]",
                                                  "/..",
                                                  "-1",
                                                  "18446744073709551616",
                                                  "1e999",
                                                  ":",
                                                  "=",
                                                  ",",
                                                  "$",
                                                  "null"};

void mutateOnce(std::string &input, const std::vector<std::string> &seeds, Random &random)
{
    const std::size_t at = below(random, input.size() + 1);
    const std::size_t length = std::min(below(random, 32) + 1, input.size() - at);
    switch (below(random, 7)) {
    case 0:
        if (at < input.size()) {
            input[at] = char(input[at] ^ char(1u << below(random, 8)));
        }
        break;
    case 1:
        if (at < input.size()) {
            input[at] = char(random());
        }
        break;
    case 2:
        input.erase(at, length);
        break;
    case 3:
        input.insert(at, input.substr(at, length));
        break;
    case 4:
        input.insert(at, tokens[below(random, tokens.size())]);
        break;
    case 5: {
        const std::string &other = seeds[below(random, seeds.size())];
        input = input.substr(0, at) + other.substr(below(random, other.size() + 1));
        break;
    }
    default:
        input.resize(at);
    }
}

std::string mutated(const std::vector<std::string> &seeds, Random &random)
{
    std::string input = seeds[below(random, seeds.size())];
    for (std::size_t count = below(random, 4) + 1; count > 0; --count) {
        mutateOnce(input, seeds, random);
    }
    input.resize(std::min(input.size(), largestInput));
    return input;
}

std::vector<std::string> seedsOf(const std::filesystem::path &folder)
{
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(folder)) {
        std::ranges::copy(std::filesystem::directory_iterator(folder), std::back_inserter(files));
    }
    std::ranges::sort(files); // a folder has no order of its own, and the run shall be repeatable
    std::vector<std::string> seeds{std::string(), "{}", "a b", "docker run -it busybox"};
    for (const auto &file : files) {
        std::ifstream stream(file, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(stream),
                           std::istreambuf_iterator<char>());
    }
    return seeds;
}

// For whoever ends the program: a signal's handler and a sanitizer.
std::string currentInput;
const char *currentTarget = "";
const char *findingFile = "";

void keepInput()
{
    if (std::FILE *file = std::fopen(findingFile, "wb")) {
        std::fwrite(currentInput.data(), 1, currentInput.size(), file);
        std::fclose(file);
    }
    std::fprintf(stderr, "FAIL: fuzz_%s: the input is in %s\n", currentTarget, findingFile);
}

void keepAborted(int)
{
    keepInput();
    std::signal(SIGABRT, SIG_DFL);
    std::raise(SIGABRT);
}

void give(const Target &target, std::string input)
{
    currentInput = std::move(input);
    target.fuzz(currentInput);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "usage: fuzz_short CORPUS FINDING [SEED]\n");
        return 2;
    }
    findingFile = argv[2];
    unsigned long long seed = 1;
    if (argc > 3) {
        std::from_chars(argv[3], argv[3] + std::strlen(argv[3]), seed);
    }
    std::signal(SIGABRT, keepAborted);
#if defined(ROADSTEAD_SANITIZED)
    __sanitizer_set_death_callback(keepInput);
#endif
    for (const Target &target : targets) {
        currentTarget = target.name;
        const std::vector<std::string> seeds =
            seedsOf(std::filesystem::path(argv[1]) / target.name);
        for (const std::string &input : seeds) {
            give(target, input);
        }
        Random random(seed);
        for (int count = 0; count < mutations; ++count) {
            give(target, mutated(seeds, random));
        }
        std::printf("fuzz_%s: %zu inputs and %d made of them\n", target.name, seeds.size(),
                    mutations);
        std::fflush(stdout);
    }
    return 0;
}
