"""Floor: the files of a site that stands already, written once more into an empty folder, each whole."""

import json
import shutil
import sys
import time
from pathlib import Path

from companion.basics.paths import write_whole

target, source = Path(sys.argv[1]), Path(sys.argv[2])
files = [(path.relative_to(source), path.read_bytes()) for path in source.rglob("*") if path.is_file()]
shutil.rmtree(target, ignore_errors=True)
for folder in {target / name.parent for name, _ in files}:
    folder.mkdir(parents=True, exist_ok=True)
wall, cpu = time.perf_counter(), time.process_time()
for name, data in files:
    write_whole(target / name, data)
print(json.dumps({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "files": len(files)}))
