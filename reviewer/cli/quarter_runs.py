"""Run the review of a quarter from the command line: its folder, its progress, what is said when it is stopped, its exit code."""

from __future__ import annotations

import shlex
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from reviewer.cli import output
from reviewer.cli.exit_codes import ExitCode
from reviewer.cli.quarter_reports import Output, only_new, only_new_across, write_report
from reviewer.errors import InputFileError, ReviewerError
from reviewer.okr import SEVERITIES, Context, Language, Review
from reviewer.quarter import ColumnRole, QuarterReview, ReviewedEntry

if TYPE_CHECKING:
    from reviewer.cli.asking import Asking
    from reviewer.cli.reviewing import FailOn
    from reviewer.quarterly import Progress, Run

_KEPT_DAYS = 30
"""Days after which a stopped run that nobody went on with is taken out of the cache: it holds OKRs."""

_PROSE = frozenset({"", ".md", ".markdown", ".txt", ".text"})
"""Kinds of files that may stand among OKRs without holding any."""

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "reviewing": "reviewing",
        "asking": "asking the model",
        "comparing": "looking at the whole",
        "left": "{time} left",
        "goes_on": "going on with a run that was stopped; reviewed already: {count}",
        "nothing_kept": "there is nothing to go on with: no run of these files with these settings was stopped here",
        "interrupted": "interrupted; {count} reviewed and kept in {folder}",
        "interrupted_early": "interrupted before anything was reviewed",
        "how": "to go on: {command}",
        "rest": "to ask the model about the rest: {command}",
        "only_new": "Only what is new since {file} is listed.",
    },
    "fr": {
        "reviewing": "relecture",
        "asking": "questions au modèle",
        "comparing": "vue d’ensemble",
        "left": "encore {time}",
        "goes_on": "reprise d’une relecture interrompue\u202f; déjà relus\u00a0: {count}",
        "nothing_kept": "rien à reprendre\u00a0: aucune relecture de ces fichiers avec ces réglages n’a été interrompue ici",
        "interrupted": "interruption\u202f; relus et gardés dans {folder}\u00a0: {count}",
        "interrupted_early": "interruption avant toute relecture",
        "how": "pour reprendre\u00a0: {command}",
        "rest": "pour interroger le modèle sur le reste\u00a0: {command}",
        "only_new": "Seul ce qui est nouveau depuis {file} est listé.",
    },
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold what the command line asks for."""

    files: tuple[str, ...]
    context: Context
    examples: int
    mapping: Mapping[str, ColumnRole] | None
    last: tuple[Path, ...]
    since: Path | None
    only_new: bool
    workers: int | None
    engine: Literal["local", "ray"]
    folder: Path | None
    resume: bool | None
    outputs: tuple[Output, ...]
    verbose: bool
    fail_on: FailOn


def review_and_report(plan: Plan, asking: Asking | None, language: Language) -> ExitCode:
    """Review the files, write the reports, and give the exit code.

    What is reviewed is kept in a folder until the reports are written: after Ctrl-C, a crash or a full disk the same
    command goes on. Raises ReviewerError, before any review, for an earlier review or own examples that cannot be read.
    """
    from reviewer.quarterly import Run, RunError

    earlier = read_review(plan.since) if plan.since is not None else None
    if plan.examples and plan.context.settings.corpus is not None:
        from reviewer.corpus import load_corpus

        load_corpus(plan.context.settings.corpus)
    folder = plan.folder or _folder(plan.files)
    critic = asking.critic if asking is not None else None
    options: dict[str, Any] = {"critic": critic, "examples": plan.examples, "workers": plan.workers, "mapping": plan.mapping}
    engine: type[Run] = Run
    if plan.engine == "ray":
        from reviewer.quarterly.ray_engine import RayRun

        engine = RayRun
    run = engine(folder, plan.context, last=[*plan.last] or None, **options)
    try:
        _say_kept(run, plan, language)
        if asking is not None:
            asking.announce("drafts", objectives=bool(plan.context.company_objectives))
        with _bar(language) as tell:
            run.go([name if name == "-" else Path(name) for name in plan.files], tell, anew=plan.resume is False)
        review = run.summary(earlier)
        code = _report(run, review, plan, asking, language)
    except KeyboardInterrupt:
        _say_how(run, language)
        return ExitCode.INTERRUPTED
    except RunError as error:
        output.complain(str(error))
        output.complain(_WORDS[language]["how"].format(command=_again()))
        return ExitCode.BAD_INPUT
    finally:
        run.close()
    whole = review.critique is None or review.critique.status == "ok"
    if not whole:
        output.complain(_WORDS[language]["rest"].format(command=_again()))
    elif plan.folder is None:
        shutil.rmtree(folder, ignore_errors=True)
    return code


def read_review(path: Path) -> QuarterReview | Review:
    """Read an earlier review as JSON, of a quarter or of one draft; raises InputFileError for what is none."""
    from pydantic import ValidationError

    try:
        text = path.read_text(encoding="utf-8-sig")
        kind: type[QuarterReview | Review] = QuarterReview if '"entries"' in text else Review
        return kind.model_validate_json(text)
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        cause = error.strerror if isinstance(error, OSError) else f"{str(error).splitlines()[0][:120]}"
        msg = f"{path} is no earlier review that can be read ({cause}); give what `okr quarter --format json` wrote"
        raise InputFileError(msg) from error


def _report(run: Run, review: QuarterReview, plan: Plan, asking: Asking | None, language: Language) -> ExitCode:
    """Write every report, say what a model used, and give the exit code."""
    entries: Callable[[], Iterator[ReviewedEntry]] = run.entries
    if plan.only_new and plan.since is not None:
        whole = review
        review = only_new_across(whole, _WORDS[review.language]["only_new"].format(file=plan.since))

        def entries() -> Iterator[ReviewedEntry]:
            return only_new(whole, run.entries())

    code = _exit_code(review, entries(), plan)
    for wanted in plan.outputs:
        write_report(wanted, review, entries(), plan.files, verbose=plan.verbose)
    if asking is not None and review.critique is not None:
        asking.say_missing(", ".join(plan.files), review.critique)
        asking.sum_up([review.critique])
    return code


def _exit_code(review: QuarterReview, entries: Iterator[ReviewedEntry], plan: Plan) -> ExitCode:
    """Give the gravest code: unreadable input, then what could not be judged, then findings; name each file that is unreadable."""
    counted = () if plan.fail_on == "never" else SEVERITIES[: SEVERITIES.index(plan.fail_on) + 1]
    failed = any(check.status == "failed" for check in review.checks)
    found = any(finding.severity in counted for finding in review.findings)
    unread, reviewed = False, 0
    for entry in entries:
        if entry.review is None:
            failed = failed or entry.entry.okr is not None
            if _is_unread(entry, plan.files):
                unread = True
                output.complain(f"{entry.entry.place.file}: {entry.entry.reason}")
            continue
        reviewed += 1
        failed = failed or any(check.status == "failed" for check in entry.review.checks)
        found = found or any(finding.severity in counted for finding in entry.review.findings)
    if unread or not reviewed:
        return ExitCode.BAD_INPUT
    return ExitCode.NOT_JUDGED if failed else ExitCode.FINDINGS if found else ExitCode.CLEAN


def _is_unread(entry: ReviewedEntry, files: tuple[str, ...]) -> bool:
    """Tell a whole file that could not be read from a row of one, and from what stands in a folder and is not of a kind that is read."""
    from reviewer.reading.documents import is_document

    place = entry.entry.place
    if entry.entry.okr is not None or place.row is not None or place.sheet is not None:
        return False
    return place.file in {name if name == "-" else str(Path(name)) for name in files} or (
        Path(place.file).suffix.lower() not in _PROSE and is_document(Path(place.file))
    )


def _folder(files: tuple[str, ...]) -> Path:
    """Give the folder in the cache that keeps a run of these files while it lasts, and clear out those long left behind."""
    from reviewer.data import cache_folder

    try:
        runs = cache_folder() / "quarters"
    except RuntimeError as error:
        msg = f"there is no folder for what is reviewed ({error}); name one with --run FOLDER"
        raise ReviewerError(msg) from error
    with suppress(OSError):
        for old in runs.iterdir():
            if time.time() - max((each.stat().st_mtime for each in old.iterdir()), default=0.0) > _KEPT_DAYS * 86_400:
                shutil.rmtree(old, ignore_errors=True)
    names = [name if name == "-" else str(Path(name).absolute()) for name in files]
    return runs / sha256("\0".join([str(Path.cwd()), *names]).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _say_kept(run: Run, plan: Plan, language: Language) -> None:
    kept = run.kept()
    if kept and plan.resume is not False and plan.folder is None:
        output.complain(_WORDS[language]["goes_on"].format(count=f"{kept:,}"))
    elif not kept and plan.resume:
        output.complain(_WORDS[language]["nothing_kept"])


def _say_how(run: Run, language: Language) -> None:
    """Say what is kept, and the command that goes on with it."""
    words, kept = _WORDS[language], run.kept()
    output.complain(words["interrupted"].format(count=f"{kept:,}", folder=run.folder) if kept else words["interrupted_early"])
    if kept:
        output.complain(words["how"].format(command=_again()))


def _again() -> str:
    """Word this command so that it goes on where it stopped."""
    said = [each for each in sys.argv[1:] if each not in ("--resume", "--no-resume")]
    at = said.index("quarter") + 1 if "quarter" in said else 0
    return shlex.join(["okr", *said[:at], "--resume", *said[at:]])


@contextmanager
def _bar(language: Language) -> Iterator[Callable[[Progress], None] | None]:
    """Show a bar with the time left on standard error while a run lasts; nothing where no terminal is there."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    words = _WORDS[language]
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words["reviewing"], total=None, left="")

        def tell(progress: Progress) -> None:
            left = progress.seconds_left
            told = words["left"].format(time=_duration(left)) if left else ""
            bar.update(task, description=words[progress.phase], completed=progress.done, total=progress.total, left=told)

        yield tell


def _duration(seconds: float) -> str:
    """Write a time as a person reads it: 45 s, 3 min, 1 h 20."""
    if seconds < 60:
        return f"{seconds:.0f}\u00a0s"
    minutes = round(seconds / 60)
    return f"{minutes}\u00a0min" if minutes < 60 else f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}"
