// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/stage_graph.h"

#include "engine/reference/words.h"

#include <algorithm>

namespace roadstead::build {

namespace {

/// What the options of an instruction name as a source: "--from=build",
/// "--mount=type=bind,from=build,target=/x".
std::vector<std::string_view> sourcesOf(const Instruction &instruction)
{
    std::vector<std::string_view> sources;
    for (const std::string_view word : reference::split(instruction.text, ' ')) {
        if (word.empty()) {
            continue;
        }
        if (!word.starts_with("--")) {
            break; // options come first
        }
        if (word.starts_with("--from=")) {
            sources.push_back(word.substr(7));
        } else if (word.starts_with("--mount=")) {
            for (const std::string_view part : reference::split(word.substr(8), ',')) {
                if (part.starts_with("from=")) {
                    sources.push_back(part.substr(5));
                }
            }
        }
    }
    return sources;
}

void addStageInput(const Dockerfile &dockerfile, std::string_view name, std::size_t before,
                   std::vector<std::size_t> &inputs)
{
    const auto input = dockerfile.stageNamed(name);
    if (input && *input < before && std::ranges::find(inputs, *input) == inputs.end()) {
        inputs.push_back(*input);
    }
}

bool isNumber(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, isDigit);
}

StagePlace placeOf(const Dockerfile &dockerfile, std::size_t position,
                   const std::vector<StagePlace> &earlier)
{
    StagePlace place;
    const Stage &stage = dockerfile.stages[position];
    if (!isNumber(stage.base)) { // FROM 1 is an image of that name
        addStageInput(dockerfile, stage.base, position, place.inputs);
    }
    for (const Instruction &instruction : stage.instructions) {
        for (const std::string_view source : sourcesOf(instruction)) {
            addStageInput(dockerfile, source, position, place.inputs);
        }
    }
    for (const std::size_t input : place.inputs) {
        place.depth = std::max(place.depth, earlier[input].depth + 1);
    }
    return place;
}

std::optional<std::size_t> stageOfStep(const Dockerfile &dockerfile, const StepPlace &place)
{
    if (place.stage.empty()) {
        return dockerfile.stages.size() == 1 ? std::optional<std::size_t>(0) : std::nullopt;
    }
    const auto found = std::ranges::find(dockerfile.stages, place.stage, &Stage::name);
    if (found == dockerfile.stages.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - dockerfile.stages.begin());
}

} // namespace

std::vector<StagePlace> stageGraph(const Dockerfile &dockerfile, std::string_view target)
{
    std::vector<StagePlace> places;
    for (std::size_t i = 0; i < dockerfile.stages.size(); ++i) {
        places.push_back(placeOf(dockerfile, i, places));
    }
    if (places.empty()) {
        return places;
    }
    const auto wanted = target.empty() ? std::nullopt : dockerfile.stageNamed(target);
    places[wanted.value_or(places.size() - 1)].isNeeded = true;
    // Inputs are earlier stages: one walk from the end reaches them all.
    for (std::size_t i = places.size(); i-- > 0;) {
        if (!places[i].isNeeded) {
            continue;
        }
        for (const std::size_t input : places[i].inputs) {
            places[input].isNeeded = true;
        }
    }
    return places;
}

std::optional<InstructionPlace> instructionOf(const Dockerfile &dockerfile, const BuildStep &step)
{
    const auto stage = stageOfStep(dockerfile, step.place);
    if (step.place.number == 0 || !stage) {
        return std::nullopt;
    }
    const std::vector<Instruction> &instructions = dockerfile.stages[*stage].instructions;
    std::vector<std::size_t> makers;
    for (std::size_t i = 0; i < instructions.size(); ++i) {
        if (makesStep(dockerfile, instructions[i])) {
            makers.push_back(i);
        }
    }
    // Counted from the end: what ONBUILD adds comes before the stage's own instructions.
    const auto fromEnd = static_cast<std::size_t>(step.place.count - step.place.number);
    if (fromEnd >= makers.size()) {
        return std::nullopt;
    }
    const std::size_t position = makers[makers.size() - 1 - fromEnd];
    const std::string keyword = reference::raised(reference::cut(step.words, ' ').before);
    if (instructions[position].keyword != keyword) {
        return std::nullopt;
    }
    return InstructionPlace{*stage, position};
}

} // namespace roadstead::build
