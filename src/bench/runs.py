#!/usr/bin/env python3
"""Measure what runs of Demarche cost in processor time, by the size of the collection.

    src/bench/runs.py --articles 'DIR/*.jsonl.gz' --sizes 10000 40000 --night 400 [--memory 2g]

Takes articles (JSON lines with id, published_at and text, as `demarche run` reads them) from the files in
their order, and runs `jobs/demarche run` into an empty warehouse for each of the sizes. Then a night comes
to the largest: further articles, which get the week after the last day of the collection, and a new id.
Prints a row for each run: articles, MB of text, seconds, processor seconds of all its processes, and the
MB of text for each processor second that the run took more than the one before. The first run also builds
the jar, so build before you measure. Nothing else should run meanwhile.
"""
import argparse
import datetime
import glob
import gzip
import itertools
import json
import os
import resource
import shutil
import subprocess
import tempfile
import time

HOME = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def articles(pattern):
    for name in sorted(glob.glob(pattern)):
        opened = gzip.open if name.endswith(".gz") else open
        with opened(name, "rt", encoding="utf-8") as lines:
            yield from lines


def write(lines, folder, files=8):
    """Writes lines into a few files, and returns their number and the characters of their texts."""
    os.makedirs(folder)
    outs = [open(os.path.join(folder, f"{i}.jsonl"), "w", encoding="utf-8") for i in range(files)]
    count = characters = 0
    for line in lines:
        outs[count % files].write(line)
        count += 1
        characters += len(json.loads(line)["text"])
    for out in outs:
        out.close()
    return count, characters


def at_night(line, number, last):
    article = json.loads(line)
    article["id"] = f"night-{number}"
    article.pop("url", None)
    article["published_at"] = (last + datetime.timedelta(days=1 + number % 7)).isoformat()
    return json.dumps(article, ensure_ascii=False) + "\n"


def run(folder, warehouse, memory):
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    command = [os.path.join(HOME, "jobs", "demarche"), "run", "--articles", folder, "--warehouse", warehouse]
    subprocess.run(command, check=True, env={**os.environ, "DEMARCHE_MEMORY": memory},
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.time() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", required=True, help="glob of the files")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10000, 40000])
    parser.add_argument("--night", type=int, default=400)
    parser.add_argument("--memory", default="2g")
    options = parser.parse_args()
    sizes = sorted(options.sizes)
    scratch = tempfile.mkdtemp(prefix="demarche-bench-")
    print("| Run | Articles | MB of text | Seconds | Processor seconds | MB for each more |")
    print("|---|---|---|---|---|---|", flush=True)
    try:
        lines = articles(options.articles)
        taken = []
        mb_before = cpu_before = 0
        for size in sizes:
            taken += itertools.islice(lines, size - len(taken))
            folder, warehouse = (os.path.join(scratch, f"{kind}-{size}") for kind in ("articles", "warehouse"))
            count, characters = write(taken, folder)
            seconds, cpu = run(folder, warehouse, options.memory)
            mb = characters / 1e6
            more = (mb - mb_before) / (cpu - cpu_before)
            print(f"| whole | {count:,} | {mb:.0f} | {seconds:.0f} | {cpu:.0f} | {more:.2f} |", flush=True)
            mb_before, cpu_before = mb, cpu
        dates = (json.loads(line).get("published_at") or "" for line in taken)
        last = datetime.datetime.fromisoformat(max(dates)[:10])
        night = [at_night(line, i, last) for i, line in enumerate(itertools.islice(lines, options.night))]
        folder = os.path.join(scratch, "night")
        count, characters = write(night, folder, 1)
        seconds, cpu = run(folder, warehouse, options.memory)
        print(f"| night | {count:,} | {characters / 1e6:.1f} | {seconds:.0f} | {cpu:.0f} | |", flush=True)
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
