#!/usr/bin/env python3
"""Onrecord over a corpus in Spark: each partition goes through one process of the program.

    spark-submit examples/spark.py INPUT OUTPUT onrecord check --stdin-jsonl
    spark-submit examples/spark.py INPUT OUTPUT onrecord export --format attributions --stdin-jsonl

INPUT is JSON lines or, when its name ends in .parquet, Parquet, with the columns path (or id) and text, and
if you like date, outlet, byline, language and genre. OUTPUT is a folder with a JSON line for each article,
in their order. The program has to be on each worker; what spark-submit is given with --files is in the
worker's folder.
"""
import shlex
import sys

from pyspark.sql import SparkSession


def through(frame, command):
    """The results of `command`, an RDD of lines, for the rows of `frame`."""
    # A core each, because Spark starts as many processes as there are cores. An environment is whole or
    # not there, so the search path is said too.
    environment = {"RAYON_NUM_THREADS": "1", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    # Ends with 2 only where a line could not be read; its result says why, and the others are whole.
    return frame.toJSON().pipe(shlex.join(command), env=environment)


def main(source, target, *command):
    spark = SparkSession.builder.appName("onrecord").getOrCreate()
    read = spark.read.parquet if source.endswith(".parquet") else spark.read.json
    through(read(source), command).saveAsTextFile(target)
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
