# syntax=docker/dockerfile:1
# The API as an image: only what runs, as a user without rights, writing nowhere but /tmp.
# tests/test_house.py checks what it copies and as whom it runs; it has not been built with a Docker engine yet.

FROM python:3.12-slim AS build
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/opt/summarizer
RUN pip install --no-cache-dir --disable-pip-version-check 'uv>=0.9,<1'
WORKDIR /src
# The dependencies first: they change less often than the code, so this layer is kept.
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-default-groups --no-install-project
COPY LICENSE README.md ./
COPY prompts prompts
COPY examples examples
COPY summarizer summarizer
RUN uv sync --locked --no-default-groups --no-editable

FROM python:3.12-slim
LABEL org.opencontainers.image.title="consensus-summarizer" org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin summarizer
# Where docker-compose.yml puts the API key that it makes: a volume takes the owner of the folder that it is laid over.
RUN install -d -o 10001 -g 10001 -m 700 /keys
COPY --from=build /opt/summarizer /opt/summarizer
# Inside a container loopback reaches nobody, so it listens on every address; it then starts only with SUMMARIZER_API_KEYS.
ENV PATH=/opt/summarizer/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp XDG_CACHE_HOME=/tmp/.cache SUMMARIZER_HOST=0.0.0.0 SUMMARIZER_PORT=8321
USER 10001:10001
WORKDIR /tmp
EXPOSE 8321
# There is no curl in the slim image.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=5 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['SUMMARIZER_PORT'] + '/healthz', timeout=4)"]
ENTRYPOINT ["summarizer"]
CMD ["serve"]
