# 豆豆成长 as one image: installed from the lockfile and built here, so that nothing is downloaded when it runs.
#   docker build -t doudou .        see docs/operate.md and deploy/compose.yaml

FROM node:24-slim AS build
WORKDIR /app
ENV CI=true
COPY . .
RUN npx -y pnpm@12 install --frozen-lockfile \
 && npx -y pnpm@12 --filter @doudou/web run build \
 && rm -rf node_modules */node_modules \
 && npx -y pnpm@12 install --frozen-lockfile --prod --filter "@doudou/server..."

FROM node:24-slim
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/shared ./shared
COPY --from=build /app/db ./db
COPY --from=build /app/server ./server
COPY --from=build /app/web/build ./web/build
COPY --chmod=755 deploy/doudou-in-container /usr/local/bin/doudou
RUN install -d -o node -g node -m 0700 /data /backups
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data DOUDOU_DEMO=0
VOLUME ["/data", "/backups"]
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "server/src/main.ts"]
