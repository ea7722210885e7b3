# The web, worker, beat and migration processes run from this one image.
# Build: docker compose build

FROM python:3.11.14-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/casemgr
COPY requirements.txt /tmp/requirements.txt
RUN /opt/casemgr/bin/pip install --require-hashes -r /tmp/requirements.txt

# The style sheets, built with node, which stays behind.
FROM python:3.11.14-slim-bookworm AS assets
WORKDIR /srv/casemgr
COPY requirements-assets.txt package.json package-lock.json .npmrc ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-assets.txt
COPY config ./config
COPY access/theme ./access/theme
RUN python -I config/assets.py

FROM python:3.11.14-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin casemgr \
    && install -d -o casemgr -g casemgr -m 0700 /data
# Optional, for scanned pages: --build-arg OCR_PACKAGES="tesseract-ocr tesseract-ocr-chi-sim"
ARG OCR_PACKAGES=""
RUN if [ -n "$OCR_PACKAGES" ]; then \
      apt-get update -qq && apt-get install -y -qq --no-install-recommends $OCR_PACKAGES \
      && rm -rf /var/lib/apt/lists/*; \
    fi
COPY --from=packages /opt/casemgr /opt/casemgr
WORKDIR /srv/casemgr
COPY --from=assets /srv/casemgr/.assets ./.assets
COPY manage.py ./
COPY config ./config
COPY access ./access
COPY designations ./designations
COPY evidence ./evidence
COPY casemgr ./casemgr
ENV PATH=/opt/casemgr/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    STATIC_ROOT=/srv/static
# Style sheets and scripts belong to the image: the running container cannot write.
RUN python manage.py collectstatic --no-input
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "--config", "python:config.gunicorn", "--bind", "0.0.0.0:8000", "config.wsgi:application"]
