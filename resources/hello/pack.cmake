# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -DPROGRAM=... -DARCHITECTURE=amd64|arm64 -DVERSION=... -DOUTPUT=... -P pack.cmake
# Packs a program into an archive that "docker load" takes: the layer, the image's configuration and the manifest
# (image specification 1.2). The same program gives the same bytes: names sorted, owners and times fixed.

set(created 2026-01-01T00:00:00Z)
set(work ${OUTPUT}.parts)
file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${work}/layer ${work}/image)

function(make_tar output folder)
    execute_process(
        COMMAND tar --create --format=ustar --sort=name --owner=0 --group=0 --numeric-owner --mtime=${created}
            --file ${output} --directory ${folder} ${ARGN}
        COMMAND_ERROR_IS_FATAL ANY)
endfunction()

configure_file(${PROGRAM} ${work}/layer/hello COPYONLY)
file(CHMOD ${work}/layer/hello PERMISSIONS OWNER_READ OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
make_tar(${work}/image/layer.tar ${work}/layer hello)
file(SHA256 ${work}/image/layer.tar layer)

file(CONFIGURE OUTPUT ${work}/config.json @ONLY CONTENT [[{
  "architecture": "@ARCHITECTURE@",
  "os": "linux",
  "created": "@created@",
  "config": {
    "Cmd": ["/hello"],
    "Labels": {
      "org.opencontainers.image.title": "hello",
      "org.opencontainers.image.description": "Says that the engine works",
      "org.opencontainers.image.vendor": "Roadstead",
      "org.opencontainers.image.version": "@VERSION@",
      "org.opencontainers.image.licenses": "GPL-3.0-or-later"
    }
  },
  "rootfs": { "type": "layers", "diff_ids": ["sha256:@layer@"] },
  "history": [{ "created": "@created@", "created_by": "Roadstead's own build" }]
}
]])
file(SHA256 ${work}/config.json config)
file(RENAME ${work}/config.json ${work}/image/${config}.json)
file(WRITE ${work}/image/manifest.json
    "[{\"Config\":\"${config}.json\",\"RepoTags\":[\"roadstead/hello:latest\"],\"Layers\":[\"layer.tar\"]}]\n")
file(CHMOD_RECURSE ${work}/image FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
make_tar(${OUTPUT} ${work}/image ${config}.json layer.tar manifest.json)
file(REMOVE_RECURSE ${work})
