// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"
#include "engine/build/build_context.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace roadstead::build {

/// A build context as the tar archive that goes to an engine, made while it is read: memory does
/// not grow with what is sent. Blocking; one thread at a time.
class ContextTar
{
public:
    /// Fails as ContextWalk::begin does.
    static Result<ContextTar> begin(BuildContext context);
    ~ContextTar();
    ContextTar(ContextTar &&) noexcept;
    ContextTar &operator=(ContextTar &&) noexcept;

    /// The next bytes, at most about 150 KiB; empty at the end. They hold until the next call.
    /// Fails as ContextWalk does, and with Io when a file became shorter while it was sent; the
    /// archive is then cut and must not be taken for whole. What a file grew by meanwhile is not
    /// sent.
    Result<std::string_view> next();

    /// Entries and bytes of files so far, for a progress bar.
    [[nodiscard]] std::uint64_t entries() const;
    [[nodiscard]] std::uint64_t fileBytes() const;

private:
    struct Private;
    explicit ContextTar(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace roadstead::build
