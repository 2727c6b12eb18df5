# One image for the web site and the worker; the database is a container of its own (compose.yaml).
FROM python:3.13-slim AS packages
RUN pip install --no-cache-dir uv==0.13.9
COPY requirements.txt .
RUN uv venv /venv && uv pip sync --python /venv/bin/python --require-hashes --compile-bytecode --no-cache requirements.txt

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin commons \
    && install --directory --owner commons --mode 0700 /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY manage.py LICENSE ./
COPY commons_directory commons_directory
COPY initiatives initiatives
COPY templates templates
COPY static static
COPY fixtures fixtures
# Nothing under /app is written later: the container runs read-only.
RUN /venv/bin/python -c "from commons_directory.catalogues import compile_catalogues; compile_catalogues()" \
    && /venv/bin/python -m compileall -q commons_directory initiatives
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    COMMONS_DATA=/data BIND=0.0.0.0 PORT=8000
USER commons
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s CMD ["python", "-m", "commons_directory.health"]
CMD ["python", "-m", "commons_directory.start"]
