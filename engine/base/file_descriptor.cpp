// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/file_descriptor.h"

#include <cerrno>

#include <unistd.h>

namespace roadstead {

void FileDescriptor::reset(int descriptor)
{
    if (m_descriptor >= 0) {
        const int savedErrno = errno;
        ::close(m_descriptor);
        errno = savedErrno;
    }
    m_descriptor = descriptor;
}

} // namespace roadstead
