# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -DBUSYBOX=... -DTAG=... -DARCHITECTURE=amd64|arm64 -DVERSION=... -DOUTPUT=... -P pack.cmake
# Packs a static busybox into the tools image, with a link for each of its programs.

include(${CMAKE_CURRENT_LIST_DIR}/../pack_image.cmake)

set(work ${OUTPUT}.parts)
set(layer ${work}/layer)
file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${layer}/bin ${layer}/etc ${layer}/proc ${layer}/sys ${layer}/dev ${layer}/root ${layer}/tmp)
configure_file(${BUSYBOX} ${layer}/bin/busybox COPYONLY)
execute_process(COMMAND ${BUSYBOX} --list OUTPUT_VARIABLE programs COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[A-Za-z0-9._-]+" programs "${programs}") # without "[", which would open a list
foreach(program IN LISTS programs)
    if(NOT program STREQUAL busybox)
        file(CREATE_LINK busybox ${layer}/bin/${program} SYMBOLIC)
    endif()
endforeach()
if(NOT EXISTS ${layer}/bin/sh)
    message(FATAL_ERROR "${BUSYBOX} has no shell, so it makes no tools image.")
endif()
file(WRITE ${layer}/etc/passwd "root:x:0:0:root:/root:/bin/sh\n")
file(WRITE ${layer}/etc/group "root:x:0:\n")
file(CHMOD_RECURSE ${layer} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
pack_image(${work} roadstead/tools ${TAG} "A shell and small tools, for containers without" GPL-2.0-only sh
    bin dev etc proc root sys tmp)
