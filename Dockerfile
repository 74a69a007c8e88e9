# One image for web, worker, scheduler and migrations; docker-compose.yml has the commands.
FROM python:3.12-slim AS build
RUN pip install --no-cache-dir --disable-pip-version-check "uv>=0.9,<1"
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=never
WORKDIR /app
# The packages first: they change less often than the code.
COPY pyproject.toml uv.lock .python-version ./
RUN uv sync --frozen --no-dev --no-cache
COPY . .
# Needs settings but no server; the key signs nothing and is not kept.
RUN SECRET_KEY=only-while-static-files-are-collected PARALLAX_STATIC_ROOT=/app/staticfiles \
    .venv/bin/python manage.py collectstatic --no-input
RUN .venv/bin/python -m compileall -q alignment workshops

FROM python:3.12-slim
LABEL org.opencontainers.image.title="Parallax" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 parallax \
    && useradd --uid 10001 --gid parallax --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin parallax
# Belongs to root: the application cannot change its own code.
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=alignment.settings \
    PARALLAX_DATA=/tmp \
    PARALLAX_STATIC_ROOT=/app/staticfiles \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["uvicorn", "alignment.asgi:application", "--host", "0.0.0.0", "--http", "httptools", "--loop", "uvloop", \
     "--no-access-log", "--no-server-header", "--no-proxy-headers", "--timeout-graceful-shutdown", "20"]
