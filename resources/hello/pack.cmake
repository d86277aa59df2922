# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -DPROGRAM=... -DARCHITECTURE=amd64|arm64 -DVERSION=... -DOUTPUT=... -P pack.cmake
# Packs the program into the hello image.

include(${CMAKE_CURRENT_LIST_DIR}/../pack_image.cmake)

set(work ${OUTPUT}.parts)
file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${work}/layer)
configure_file(${PROGRAM} ${work}/layer/hello COPYONLY)
file(CHMOD ${work}/layer/hello PERMISSIONS OWNER_READ OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
pack_image(${work} roadstead/hello latest "Says that the engine works" GPL-3.0-or-later /hello hello)
