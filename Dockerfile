# The site, the schedule and the commands in one image; Elasticsearch runs beside it (docker-compose.yml).
FROM python:3.13-slim

# Attachments packed as RAR or 7z are opened by libarchive.
RUN apt-get update && apt-get install --yes --no-install-recommends libarchive13 && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 1000 qingce && mkdir /data && chown qingce /data
WORKDIR /app

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY crawlers crawlers
COPY indexer indexer
COPY schedules schedules
COPY webapp webapp
RUN pip install --no-cache-dir --no-deps --no-build-isolation --no-index -e .

USER qingce
ENV QINGCE_VAR=/data
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["qingce"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
