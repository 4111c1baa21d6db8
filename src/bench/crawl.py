#!/usr/bin/env python3
"""Measure how fast a crawl is read, by Demarche and by trafilatura on the same pages.

    src/bench/crawl.py --crawl FILE.warc.gz [--pages 300]

Runs CrawlBenchmark of the tests (MB of records and pages for each second of processor time, one thread), then
trafilatura (`pip install trafilatura`) on the first pages of the file, body and metadata. The file has to be WARC, of
which each record is compressed by gzip or none is. Nothing else should run meanwhile.
"""
import argparse
import gzip
import os
import subprocess
import time

HOME = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def pages(path):
    """The bodies of the answers that are pages, in the order of the file."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        while line := file.readline():
            if not line.startswith(b"WARC/"):
                continue
            fields = {}
            while line := file.readline().strip():
                name, _, value = line.partition(b":")
                fields[name.lower()] = value.strip()
            content = file.read(int(fields[b"content-length"]))
            header, _, body = content.partition(b"\r\n\r\n")
            if fields[b"warc-type"] == b"response" and b"text/html" in header.lower():
                yield body


def theirs(path, most):
    import trafilatura

    some = [body for _, body in zip(range(most), pages(path))]
    trafilatura.bare_extraction(some[0], with_metadata=True)
    began = time.process_time()
    for body in some:
        trafilatura.bare_extraction(body, with_metadata=True)
    return len(some) / (time.process_time() - began)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--crawl", required=True)
    options.add_argument("--pages", type=int, default=300, help="how many pages trafilatura reads")
    given = options.parse_args()
    crawl = os.path.abspath(given.crawl)
    subprocess.run(
        ["mvn", "-q", "test-compile", "exec:exec@bench", "-Dbench.class=org.demarche.ingest.CrawlBenchmark",
         f"-Dbench.crawl={crawl}"], cwd=HOME, check=True)
    print(f"trafilatura: {theirs(crawl, given.pages):.0f} pages per processor second")


if __name__ == "__main__":
    main()
