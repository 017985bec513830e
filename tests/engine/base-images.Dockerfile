# The base images of the tests, made from this machine's Debian and .NET SDK by setup.sh.
# They stand in for Microsoft's images: same names, same user, same environment.

FROM scratch AS debian
ADD rootfs.tar /
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
CMD ["bash"]

FROM debian AS runtime-deps
ENV APP_UID=1654 \
    ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_RUNNING_IN_CONTAINER=true
# No USER: Microsoft's images run as root as well, and leave the choice to the Dockerfile.
RUN groupadd --gid=$APP_UID app && useradd --no-log-init --uid=$APP_UID --gid=$APP_UID --create-home app
CMD ["/bin/bash"]

FROM runtime-deps AS runtime
ARG RUNTIME
ENV DOTNET_VERSION=$RUNTIME
COPY --from=dotnet dotnet LICENSE.txt ThirdPartyNotices.txt /usr/share/dotnet/
COPY --from=dotnet host /usr/share/dotnet/host
COPY --from=dotnet shared/Microsoft.NETCore.App/$RUNTIME /usr/share/dotnet/shared/Microsoft.NETCore.App/$RUNTIME
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet

FROM runtime AS aspnet
ARG ASPNET
ENV ASPNET_VERSION=$ASPNET
COPY --from=dotnet shared/Microsoft.AspNetCore.App/$ASPNET /usr/share/dotnet/shared/Microsoft.AspNetCore.App/$ASPNET

FROM aspnet AS sdk
ARG SDK
ENV ASPNETCORE_HTTP_PORTS= \
    DOTNET_GENERATE_ASPNET_CERTIFICATE=false \
    DOTNET_NOLOGO=true \
    DOTNET_SDK_VERSION=$SDK \
    DOTNET_USE_POLLING_FILE_WATCHER=true \
    NUGET_XMLDOC_MODE=skip \
    # Asking for revocation lists costs a minute per restore where their servers cannot be reached.
    NUGET_CERT_REVOCATION_MODE=offline \
    DOTNET_CLI_TELEMETRY_OPTOUT=1
COPY --from=dotnet --exclude=host --exclude=dotnet --exclude=shared/*/$RUNTIME . /usr/share/dotnet/

# Enough of moby/buildkit for buildx's docker-container driver: the BuildKit inside dockerd,
# behind the two programs which the driver starts.
FROM debian AS buildkit-shim
COPY --from=bin --exclude=plugins . /usr/bin/
COPY --from=bin plugins /usr/libexec/docker/cli-plugins/
COPY --chmod=755 --from=shim buildkitd buildctl /usr/bin/
VOLUME /var/lib/buildkit
ENTRYPOINT ["buildkitd"]

# The same as another machine that ssh reaches: its engine, and its BuildKit. Each test starts sshd with keys of its own.
FROM buildkit-shim AS remote-machine
RUN apt-get update && apt-get install -y --no-install-recommends openssh-server \
 && rm -rf /var/lib/apt/lists/* /etc/ssh/ssh_host_* && ln -s /run/buildkit/docker.sock /run/docker.sock

FROM debian AS python
RUN apt-get update && apt-get install -y --no-install-recommends python3-fastapi python3-uvicorn python3-pip python3-venv \
 && rm -rf /var/lib/apt/lists/* && ln -s python3 /usr/bin/python
CMD ["python3"]

FROM debian AS nginx
RUN apt-get update && apt-get install -y --no-install-recommends nginx-light && rm -rf /var/lib/apt/lists/* \
 && ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log \
 && rm -rf /var/www/html && ln -s /usr/share/nginx/html /var/www/html
EXPOSE 80
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]

FROM debian AS node-common
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
CMD ["node"]

FROM node-common AS node
COPY --from=machine-node node /usr/local/bin/
COPY --from=machine-npm . /usr/local/lib/node_modules/npm/
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx

FROM node-common AS node-debian
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
