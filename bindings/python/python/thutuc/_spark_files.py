"""Parquet files that the executors of Apache Spark read, decide and write themselves."""

from __future__ import annotations

import dataclasses
import glob
import os
import pickle
import re
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from ._executors import SharedPack, shared
from ._thutuc import Pack

if TYPE_CHECKING:
    from os import PathLike

    from pyspark.sql import SparkSession
    from typing_extensions import Unpack

    from .types import TableOptions


@dataclasses.dataclass(frozen=True)
class DecidedFiles:
    """What `decide_files` has written."""

    rows: int
    """Cases that were decided."""
    problems: int
    """Cells that did not fit."""
    files: list[str]
    """The files, in the order of the cases."""


def decide_files(
    spark: SparkSession,
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    pack: Pack,
    procedure: str,
    *,
    into: str | PathLike[str],
    overwrite: bool = False,
    part_rows: int = 1_000_000,
    **options: Unpack[TableOptions],
) -> DecidedFiles:
    """Decides the cases of Parquet files on all executors and writes the decisions into the folder `into`, as Parquet files.

    `paths` are files, folders of files (with those within them) or patterns such as `cases/2025-*.parquet`. The driver and all
    executors have to see them, and `into`, at the same path: the disk of one machine, or one that is mounted on all (NFS and the
    like). What lies elsewhere (`hdfs:`, `s3:`) is read by Spark: see `decide`.

    A task decides about `part_rows` cases: a large file is cut between its row groups, small files share a task. The other
    keywords are those of `Pack.decide_stream`; each task has one thread.

    Nothing is in `into` before all is decided, whatever fails, is tried again or runs twice; `_SUCCESS` is written last. A
    folder with files in it is refused unless `overwrite` is true, and then if there is anything but parts of an earlier table,
    or a file of `paths`, in it.

    Raises `RequestError` at once if a column of a file fits no fact, `ValueError` if files give different columns or are not of
    a kind that is read here, `FileExistsError` and `FileNotFoundError`.
    """
    if options.get("row_groups") is not None:
        raise TypeError("decide_files() shares the row groups among the executors: they cannot be given")
    # Spark runs a task on each core: another thread would take the place of another task.
    options["threads"] = 1
    files = _files([paths] if isinstance(paths, (str, os.PathLike)) else paths)
    target = Path(_local(into))
    _refuse(target, files, overwrite)
    job = uuid.uuid4().hex
    pieces = _pieces(files, max(1, part_rows), job, lambda path: _columns(pack, procedure, path, options))
    tasks = _tasks(pieces, max(1, part_rows))
    there_before = target.exists()
    # Whoever reads the folder passes over names that begin so.
    being_made = target / f"_temporary-{job}"
    being_made.mkdir(parents=True)
    try:
        work = _Work(SharedPack(spark, pack), procedure, str(being_made), options, shared(spark, pickle.dumps(tasks)))
        told = spark.range(0, len(tasks), 1, len(tasks)).mapInArrow(work, "number long, rows long, problems long").collect()
        done = {row["number"]: row for row in told}
        for piece in pieces:
            if not (being_made / piece.name).exists():
                raise FileNotFoundError(f"an executor has written {piece.name}, and it is not in {being_made}: all executors and the driver have to see {target}")
            if done[piece.number]["rows"] != piece.rows:
                raise ValueError(f"{piece.path} was written to while it was read")
        _refuse(target, files, overwrite, but=being_made)
        _empty(target, but=being_made)
        for piece in pieces:
            os.replace(being_made / piece.name, target / piece.name)
        (target / "_SUCCESS").touch()
    finally:
        shutil.rmtree(being_made, ignore_errors=True)
        if not there_before and not any(target.iterdir()):
            target.rmdir()
    of_all: Callable[[str], int] = lambda count: sum(row[count] for row in done.values())  # noqa: E731
    return DecidedFiles(of_all("rows"), of_all("problems"), [str(target / piece.name) for piece in pieces])


@dataclasses.dataclass(frozen=True)
class _Piece:
    """Some row groups of a file, and the file that their decisions become."""

    number: int
    path: str
    groups: list[int]
    rows: int
    name: str


def _local(path: str | PathLike[str]) -> str:
    """A path on a disk, absolute: the executors are at home elsewhere."""
    text = os.fspath(path)
    if text.startswith("file:"):
        text = unquote(urlsplit(text).path)
    elif re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", text):
        raise ValueError(f"{text} is not on a disk: mount it on the driver and all executors, or let Spark read it, with thutuc.spark.decide")
    return os.path.abspath(text)


def _files(paths: Iterable[str | PathLike[str]]) -> list[str]:
    """The files that are meant, in the order given, those of a folder or a pattern by their names."""
    files: list[str] = []
    for given in paths:
        path = _local(given)
        if os.path.isdir(path):
            found = list(_within(path))
        elif os.path.exists(path):
            found = [path]
        else:
            found = sorted(glob.glob(path, recursive=True))
        if not found:
            raise FileNotFoundError(f"no Parquet files: {path}")
        files.extend(found)
    for path in files:
        if not path.lower().endswith(".parquet"):
            raise ValueError(f"{path}: only files that end in .parquet are shared among executors")
    return files


def _within(folder: str) -> Iterator[str]:
    """The files of a table in a folder; what begins with `_` or `.` is none of it."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(("_", ".")))
        told = next((name for name in folders if "=" in name), None)
        if told is not None:
            raise ValueError(f"{os.path.join(at, told)}: a column whose values are the names of folders is read by Spark alone, with thutuc.spark.decide")
        yield from (os.path.join(at, name) for name in sorted(names) if name.endswith(".parquet") and not name.startswith(("_", ".")))


def _refuse(target: Path, files: Sequence[str], overwrite: bool, but: Path | None = None) -> None:
    """Raises if the folder holds what may not be replaced."""
    if any(Path(path).is_relative_to(target) for path in files):
        raise ValueError(f"the cases are read from {target}: their decisions go elsewhere")
    if target.exists() and not target.is_dir():
        raise FileExistsError(f"{target} is a file")
    there = [path for path in target.iterdir() if path != but] if target.is_dir() else []
    if there and not overwrite:
        raise FileExistsError(f"{target} is not empty; overwrite=True puts the decisions in place of an earlier table")
    for path in there:
        if not path.name.startswith(("part-", ".part-", "_", "._")) or path.is_dir() and not path.name.startswith("_"):
            raise FileExistsError(f"{path} is no part of a table: {target} is not overwritten")


def _empty(target: Path, but: Path) -> None:
    """Removes an earlier table; what says that it is whole first."""
    (target / "_SUCCESS").unlink(missing_ok=True)
    for path in target.iterdir():
        if path == but:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _columns(pack: Pack, procedure: str, path: str, options: TableOptions) -> Any:
    """The columns of the decisions on a file."""
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    no_rows: TableOptions = {**options, "row_groups": []}
    return pa.RecordBatchReader.from_stream(pack.decide_stream(procedure, path, **no_rows)).schema


def _pieces(files: Sequence[str], part_rows: int, job: str, columns: Callable[[str], Any]) -> list[_Piece]:
    """The files, those with more than so many rows cut between row groups; each kind of file is checked once."""
    import pyarrow.parquet as pq  # type: ignore[import-untyped,unused-ignore]

    pieces: list[_Piece] = []
    told: list[Any] = []
    first: Any = None
    for path in files:
        # Nothing but the end of the file is read.
        with pq.ParquetFile(path) as file:
            schema, metadata = file.schema_arrow, file.metadata
        if schema not in told:
            told.append(schema)
            given = columns(path)
            if first is not None and not first.equals(given):
                raise ValueError(f"the decisions on {path} have other columns than those on {files[0]}: {given} and {first}")
            first = given
        rows = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
        # Parts of about the same size.
        wanted = sum(rows) / max(1, -(-sum(rows) // part_rows))
        groups: list[int] = []
        for group in range(len(rows)):
            groups.append(group)
            if group + 1 == len(rows) or sum(rows[one] for one in groups) + rows[group + 1] / 2 > wanted:
                pieces.append(_piece(len(pieces), path, groups, rows, job))
                groups = []
        if not rows:
            pieces.append(_piece(len(pieces), path, [], rows, job))
    return pieces


def _piece(number: int, path: str, groups: list[int], rows: list[int], job: str) -> _Piece:
    return _Piece(number, path, groups, sum(rows[group] for group in groups), f"part-{number:05}-{job}.parquet")


def _tasks(pieces: Sequence[_Piece], part_rows: int) -> list[list[_Piece]]:
    """The pieces of each task: small ones together."""
    tasks: list[list[_Piece]] = []
    rows = 0
    for piece in pieces:
        rows += piece.rows
        if not tasks or rows > part_rows:
            tasks.append([])
            rows = piece.rows
        tasks[-1].append(piece)
    return tasks


class _Work:
    """What an executor runs: the numbers of tasks in, what was written out."""

    def __init__(self, pack: SharedPack, procedure: str, folder: str, options: TableOptions, tasks: Callable[[], bytes]) -> None:
        self.pack = pack
        self.procedure = procedure
        self.folder = folder
        self.options = options
        self.tasks = tasks

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

        for batch in batches:
            tasks: list[list[_Piece]] = pickle.loads(self.tasks())
            done = [(piece.number, *self.write(piece)) for task in batch.column(0).to_pylist() for piece in tasks[task]]
            yield pa.record_batch([pa.array(column, pa.int64()) for column in zip(*done, strict=True)], names=["number", "rows", "problems"])

    def write(self, piece: _Piece) -> tuple[int, int]:
        """Decides a piece: how many rows, how many problems. Its file is there whole or not at all, however often this is tried."""
        options: TableOptions = {**self.options, "row_groups": piece.groups}
        decided = self.pack.load().decide_stream(self.procedure, piece.path, **options)
        being_written = os.path.join(self.folder, f".{piece.name}.{uuid.uuid4().hex}")
        try:
            rows = decided.write_parquet(being_written, progress=False)
            os.replace(being_written, os.path.join(self.folder, piece.name))
        except BaseException:
            Path(being_written).unlink(missing_ok=True)
            raise
        return rows, decided.report["problems"]
