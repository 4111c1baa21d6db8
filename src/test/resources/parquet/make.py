# Makes the files beside it, of invented content: pip install pyarrow; python make.py
import datetime as dt, decimal
import pyarrow as pa, pyarrow.parquet as pq

def plain(ids):
    return pa.table({"id": ids, "text": ["The minister urged calm, said paper %s." % i for i in ids]})

for codec in "brotli", "snappy", "gzip", "lz4":
    pq.write_table(plain([codec]), codec + ".parquet", compression=codec)
pq.write_table(plain(["g%d" % i for i in range(1, 7)]), "groups.parquet", row_group_size=2, compression="zstd",
               use_dictionary=False, write_statistics=False)

at = 1932971400123456789  # 2031-04-03T08:30:00.123456789Z
one = lambda value, type: pa.array([value], type)
pq.write_table(pa.table({
    "id": one(4294967295, pa.uint32()),
    "text": one("The minister urged calm.", pa.large_string()),
    "published_at": one(at, pa.timestamp("ns", "UTC")),
    "outlet": one("Harbour Herald", pa.dictionary(pa.int32(), pa.string())),
    "authors": one(["Ann Lee", None, "Bo Day"], pa.list_(pa.string())),
    "title": one("Ferry talks", pa.string()),
    "price": one(decimal.Decimal("1.50"), pa.decimal128(9, 2)),
    "wait": one(5, pa.duration("s")),
    "half": one(1.5, pa.float16()),
    "embedding": one([0.5, 0.25], pa.list_(pa.float32(), 2)),
    "facts": one([("a", 1)], pa.map_(pa.string(), pa.int64())),
}), "types.parquet", version="2.6")
for name, value, type, more in [
    ("nanos", at, pa.timestamp("ns"), {}),
    ("int96", at, pa.timestamp("ns"), {"use_deprecated_int96_timestamps": True}),
    ("zone", at // 1000, pa.timestamp("us", "Europe/Berlin"), {}),
    ("day", dt.date(2031, 4, 3), pa.date32(), {}),
]:
    pq.write_table(pa.table({"id": [name], "text": ["It rained."], "date": one(value, type),
                             "source": [{"name": "Vell Daily"}]}), name + ".parquet", version="2.6", **more)
