# syntax comment
FROM scratch AS base
COPY busybox /bin/busybox
RUN ["/bin/busybox","--install","-s","/bin"]

FROM base AS build
ARG WHO=world
COPY a.txt b.txt \
     /src/
RUN echo "hello $WHO"; \
    sleep 1; echo done > /src/out
RUN <<EOF
echo heredoc one
echo heredoc two
EOF

FROM base AS other
WORKDIR /o
RUN echo bad >&2; exit 3

FROM base
COPY --from=build /src /src
COPY --from=other /o /o
USER 65532
CMD ["sh"]
