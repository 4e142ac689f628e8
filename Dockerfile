# One image for server and runner: what is built here is what `npm start` builds.
FROM node:24-bookworm-slim AS build
WORKDIR /slipway
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node bin/build.mjs && npm prune --omit=dev --no-audit --no-fund

# Debian, because the embedded PostgreSQL needs glibc. git is for the runner, bubblewrap for the commands of agents.
FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git bubblewrap ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir /data && chown node:node /data
WORKDIR /slipway
# The bundles note when they were used last, so they belong to whoever runs them.
COPY --from=build --chown=node:node /slipway ./
USER node
ENV NODE_ENV=production SLIPWAY_DATA=/data PORT=4600
VOLUME /data
# Of the server; a runner has no door to look at.
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://localhost:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/run.mjs", "server"]
