// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/run_line.h"

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::ui {

/// A published port, as typed. Ranges are one row.
struct RunPort
{
    std::string address{};  ///< of this computer; empty = all
    std::string hostPort{}; ///< empty = any free one
    std::string containerPort{};
    std::string protocol = "tcp";
    [[nodiscard]] bool isEmpty() const { return hostPort.empty() && containerPort.empty(); }
    bool operator==(const RunPort &) const = default;
};

/// Something mounted into the container.
struct RunMount
{
    enum class Kind { Folder, Volume, Memory };

    Kind kind = Kind::Folder;
    std::string source{}; ///< path or name; none for memory, and for a volume without a name
    std::string target{};
    std::string options{};   ///< behind the second colon, without what is below: "nocopy,rslave"
    bool isReadOnly = false; ///< not for memory of --tmpfs, whose options are its own
    char seLinux = '\0';     ///< 'z' = shared label, 'Z' = private label
    bool isLong = false;     ///< --mount instead of --volume or --tmpfs
    [[nodiscard]] bool isEmpty() const { return source.empty() && target.empty(); }
    bool operator==(const RunMount &) const = default;
};

struct RunVariable
{
    std::string name{};
    std::string value{};
    bool hasValue = true;   ///< without one, the variable of the image is taken away
    bool isMissing = false; ///< a value that was not kept, and has to be typed again
    [[nodiscard]] bool isEmpty() const { return name.empty() && value.empty(); }
    [[nodiscard]] bool isSecret() const;
    bool operator==(const RunVariable &) const = default;
};

/// Where on the form something stands.
struct RunPlace
{
    std::string field{}; ///< "image", "publish", "mount", "env", "command", "other", or an option
    int row = -1;        ///< of fields that have rows
    bool operator==(const RunPlace &) const = default;
};

/// One option, or the image, or a word of the command, with its value, as the preview shows it.
struct RunPiece
{
    std::string option{}; ///< "--publish"; empty for the image and the command
    std::string value{};  ///< empty for flags that are on
    bool hasValue = true;
    RunPlace place{};
};

/// Why a form cannot be run, and where.
struct RunProblem
{
    docker::LineProblem::Kind kind = docker::LineProblem::Kind::BadValue;
    RunPlace place{};
    std::string detail{}; ///< hostile
};

/// What a person has filled in: the words of a `docker run` line, each in its field, as typed. It
/// is read by the parser of such lines, so that both accept the same; empty rows do not count.
struct RunForm
{
    std::string image{};
    std::string name{};
    bool isDetached = true;
    std::vector<RunPort> ports{};
    std::vector<RunMount> mounts{};
    std::vector<RunVariable> environment{};
    /// Values by the option's name; a flag that is on is "true". No entry = not given.
    std::map<std::string, std::vector<std::string>, std::less<>> options{};
    std::vector<std::string> others{}; ///< whole words for what has no field: "--blkio-weight=500"
    std::string command{};             ///< shell words

    [[nodiscard]] std::string option(std::string_view which) const; ///< first value; empty = none
    [[nodiscard]] bool flag(std::string_view which) const;
    void setOption(std::string_view which, std::string value); ///< empty takes it away
    void setFlag(std::string_view which, bool on);

    bool operator==(const RunForm &) const = default;
};

/// Whether values of secret variables are in the words, or the variables are passed by name.
enum class RunSecrets { Included, ByName };

/// All that is filled in, in the order of a usual line. A command that is no list of shell words is
/// one piece.
[[nodiscard]] std::vector<RunPiece> runPieces(const RunForm &form,
                                              RunSecrets secrets = RunSecrets::ByName);
/// The argument vector, without the leading "docker": {"run", "--detach", "nginx"}.
[[nodiscard]] std::vector<std::string> runWords(const RunForm &form,
                                                RunSecrets secrets = RunSecrets::ByName);
/// The whole line, as the command bar shows it.
[[nodiscard]] std::string runLineOf(const RunForm &form);
/// The words of one piece as a shell reads them.
[[nodiscard]] std::string pieceText(const RunPiece &piece);

/// What the form asks for, or the first thing that is wrong with it.
[[nodiscard]] std::expected<docker::RunLine, RunProblem>
readForm(const RunForm &form, const docker::RunLineContext &context);

/// The form that asks for `line`. readForm() of it gives the same again.
[[nodiscard]] RunForm formOf(const docker::RunLine &line);

} // namespace roadstead::ui
