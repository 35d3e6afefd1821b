"""`okr review --model`: where the text goes, what comes back, what it used, and every way in which a model can fail."""

from __future__ import annotations

import io
import json
import os
import pty
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import click
import pytest
from scripted_model import Completion, Cut, Empty, Huge, Prose, Reset, ScriptedModel, Slow, Status

from reviewer import review
from reviewer.cli import main
from reviewer.cli.asking import Asking
from reviewer.cli.models import ModelOptions, critic_from, model_options
from reviewer.gateway import Critic
from reviewer.okr import Context, Settings
from tests.cli.conftest import GOOD, ROOT, TASK, Ran, Run
from tests.conftest import Scripted

KEY = "sk-proj-9f8e7d6c5b4a39281706"
MODEL = ("--model", "openai/scripted")
WAY = "Log only the deals that are nearly won."
GUARDRAIL = "Watch how many deals are logged against Nexia."
STORY = "Sellers win small deals against Nexia, and large buyers still do not trust the product."


def opinion(index: int, quote: str, **fields: Any) -> dict[str, Any]:
    said = {"nature": "outcome", "nature_quote": quote, "measure": None, "baseline": None, "baseline_quote": None}
    return {"index": index, **said, **fields}


def reply(**fields: Any) -> dict[str, Any]:
    """Write what a model says of GOOD; every part of it holds up."""
    return {
        "key_results": [opinion(0, "Raise win rate against Nexia"), opinion(1, "pass the certification exam")],
        "sufficiency": {"enough": False, "story": STORY},
        "gaming": [{"key_result": 0, "quote": "win rate against Nexia", "way": WAY, "guardrail": GUARDRAIL}],
        "alignment": None,
        "rewrites": [],
        "questions": [{"key_result": 0, "slot": None, "text": "Which deals against Nexia count as lost?"}],
        **fields,
    }


FRENCH_REPLY = {
    "key_results": [opinion(0, "Créer", nature="output"), opinion(1, "Porter le win rate face à Nexia")],
    "sufficiency": {"enough": True, "story": None},
    "gaming": [],
    "alignment": None,
    "rewrites": [],
    "questions": [],
}


def answer(asked: dict[str, Any]) -> object:
    """Answer whichever draft is asked about."""
    return FRENCH_REPLY if "battlecards" in asked["messages"][-1]["content"] else reply()


def through(model: ScriptedModel, **environment: str) -> dict[str, str]:
    """Point the command at a scripted model."""
    return {"OPENAI_API_BASE": model.url, "OPENAI_API_KEY": KEY, "NO_PROXY": "127.0.0.1", "LC_ALL": "C.UTF-8", **environment}


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Give a function that runs `okr` in this process, as `okr` does in one of its own: LiteLLM takes seconds to load."""

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> Ran:
        if arguments[:1] == ("review",):
            arguments += ("--no-examples",)
        with monkeypatch.context() as patched:
            patched.chdir(tmp_path)
            patched.delenv("OPENAI_API_BASE", raising=False)
            patched.delenv("OPENAI_API_KEY", raising=False)
            for name, value in {"LC_ALL": "C.UTF-8", "HOME": str(tmp_path), **environment}.items():
                patched.setenv(name, value)
            patched.setattr(sys, "argv", ["okr", *arguments])
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            capfd.readouterr()
            with pytest.raises(SystemExit) as ended:
                main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err, err
        return Ran(int(ended.value.code or 0), out, err, out.encode())

    return run


def started(folder: Path, model: ScriptedModel, *arguments: str, **streams: Any) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    environment |= {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "reviewer.cli", "review", "--no-examples", *MODEL, *arguments],
        cwd=folder,
        env=environment | through(model),
        stdin=subprocess.DEVNULL,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},
    )


def without_model(review: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a model may add."""
    own = {"findings": [each for each in review["findings"] if each["origin"] != "model"]}
    own["questions"] = [each for each in review["questions"] if each["origin"] != "model"]
    own["checks"] = [each for each in review["checks"] if not each["rule"].startswith("model-")]
    return {**review, **own, "critique": None}


# What is said before, while and after


def test_where_the_text_goes_is_said_before_the_first_call(scripted_model: Scripted, tmp_path: Path, good: str) -> None:
    said = threading.Event()

    def wait_for_the_notice(asked: dict[str, Any]) -> object:
        assert said.wait(30), "the model was asked before the notice was read"
        return reply()

    ran = started(tmp_path, scripted_model(wait_for_the_notice), good)
    assert ran.stderr is not None
    assert ran.stderr.readline().decode() == "okr: the draft stays on this machine (model openai/scripted)\n"
    said.set()
    out, err = ran.communicate(timeout=60)
    assert ran.returncode == 0
    assert WAY in " ".join(out.decode().split())
    assert "1 call, 150 tokens, free: on this machine" in err.decode()


def test_the_notice_names_hosts_fallbacks_and_the_company_objectives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_BASE", raising=False)
    monkeypatch.setenv("MISTRAL_API_BASE", "https://llm.corp.example/v1")
    critic = Critic("openai/gpt-5-mini", fallbacks=["mistral/small"], redact=True)
    assert Asking(critic, "en").notice("drafts", objectives=True) == (
        "the drafts go to api.openai.com, llm.corp.example, with the company objectives (model openai/gpt-5-mini, else mistral/small)"
        "; names and amounts are replaced first"
    )
    assert Asking(critic, "fr").notice("idea") == (
        "l’idée part vers api.openai.com, llm.corp.example (modèle openai/gpt-5-mini, sinon mistral/small)"
        "\u202f; les noms et les montants sont d’abord remplacés"
    )
    mixed = Critic("gguf:/models/qwen.gguf", fallbacks=["openai/gpt-5-mini"])
    assert Asking(mixed, "fr").notice("draft") == (
        "le brouillon part vers cette machine, api.openai.com (modèle gguf:/models/qwen.gguf, sinon openai/gpt-5-mini)"
    )
    alone = Critic("gguf:/models/qwen.gguf")
    assert Asking(alone, "fr").notice("drafts", objectives=True) == (
        "les brouillons restent sur cette machine (modèle gguf:/models/qwen.gguf)"
    )


def test_the_notice_is_said_once_in_the_language_of_the_system(okr: Run, scripted_model: Scripted, good: str, task: str) -> None:
    model = scripted_model(answer)
    ran = okr("review", good, task, *MODEL, **through(model, LC_ALL="fr_FR.UTF-8"))
    assert ran.err.splitlines() == [
        "okr: les brouillons restent sur cette machine (modèle openai/scripted)",
        "okr: openai/scripted\u00a0: 2 appels, 300 jetons, gratuit\u00a0: sur cette machine",
    ]


def test_nothing_is_said_or_loaded_where_no_model_is_asked(okr: Run, good: str) -> None:
    ran = okr("review", good)
    assert (ran.code, ran.err) == (0, "")
    assert "No model was asked." in ran.out
    assert "model-" not in ran.out
    code = """
import sys, reviewer.cli
try:
    reviewer.cli.main()
finally:
    asks = ("litellm", "httpx", "reviewer.gateway.provider", "reviewer.gateway.running", "reviewer.critique.criticising")
    print([name for name in asks if name in sys.modules])
"""
    assert okr("review", good, program=("-c", code)).out.splitlines()[-1] == "[]"


def test_totals_count_the_whole_run_with_what_was_dropped(here: Run, scripted_model: Scripted, good: str, task: str) -> None:
    invented = reply(gaming=[{"key_result": 0, "quote": "churn of large accounts", "way": WAY, "guardrail": GUARDRAIL}])
    model = scripted_model(lambda asked: FRENCH_REPLY if "battlecards" in asked["messages"][-1]["content"] else Prose(invented))
    ran = here("review", good, task, *MODEL, **through(model))
    assert ran.code == 1
    assert ran.err.splitlines()[-1] == (
        "okr: openai/scripted: 2 calls, 300 tokens, free: on this machine; "
        "1 thing the model said was not shown: 1 quote that is not in the draft"
    )
    assert len(model.requests) == 2


def test_a_second_run_is_answered_by_the_cache_and_costs_nothing(here: Run, scripted_model: Scripted, tmp_path: Path, good: str) -> None:
    model = scripted_model([reply(), reply()])
    place = through(model, XDG_CACHE_HOME=str(tmp_path / "replies"))
    first, second = (here("review", good, *MODEL, "--format", "json", **place) for _ in range(2))
    assert len(model.requests) == 1
    assert second.err.splitlines()[-1] == "okr: openai/scripted: 1 reply from the cache, free"
    critiques = [json.loads(ran.out)["critique"] for ran in (first, second)]
    assert [(each["calls"], each["tokens"], each["cached"]) for each in critiques] == [(1, 150, 0), (0, 0, 1)]
    here("review", good, *MODEL, "--no-cache", **place)
    assert len(model.requests) == 2


def test_a_terminal_sees_that_the_model_is_asked(scripted_model: Scripted, tmp_path: Path, good: str) -> None:
    ours, theirs = pty.openpty()
    ran = started(tmp_path, scripted_model([Slow(1, reply())]), good, "--format", "json", stderr=theirs)
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # how Linux says that the other side is closed
            break
        if not piece:
            break
        seen += piece
    out, _ = ran.communicate(timeout=60)
    os.close(ours)
    assert ran.returncode == 0
    told = seen.decode()
    assert told.index("stays on this machine") < told.index("good.okr.md: reviewing with openai/scripted") < told.index("1 call")
    assert json.loads(out)["critique"]["status"] == "ok"


# Which model


def test_the_environment_names_a_model_and_its_fallbacks(here: Run, scripted_model: Scripted, good: str) -> None:
    model = scripted_model(lambda asked: Status(404, '{"error": {"message": "no such model"}}') if asked["model"] == "first" else reply())
    ran = here("review", good, "--format", "json", **through(model, OKR_MODEL="openai/first, openai/second"))
    assert ran.code == 0
    assert json.loads(ran.out)["critique"]["model"] == "openai/second"
    assert "(model openai/first, else openai/second)" in ran.err


def test_the_command_line_wins_over_the_environment(here: Run, scripted_model: Scripted, good: str) -> None:
    model = scripted_model([reply()])
    here("review", good, *MODEL, **through(model, OKR_MODEL="openai/other"))
    assert [request.json["model"] for request in model.requests] == ["scripted"]


def test_no_model_asks_none_although_the_environment_names_one(here: Run, scripted_model: Scripted, good: str) -> None:
    model = scripted_model([])
    ran = here("review", good, "--no-model", "--format", "json", **through(model, OKR_MODEL="openai/scripted"))
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["critique"] is None
    assert model.requests == []


def test_a_fallback_answers_where_the_first_model_fails(here: Run, scripted_model: Scripted, good: str) -> None:
    model = scripted_model(lambda asked: Status(401, "{}") if asked["model"] == "scripted" else reply())
    ran = here("review", good, *MODEL, "--model", "openai/other", "--format", "json", **through(model))
    assert ran.code == 0
    assert json.loads(ran.out)["critique"]["model"] == "openai/other"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--redact",), "--redact is about a model, and none is asked"),
        (("--max-tokens", "500"), "--max-tokens is about a model"),
        (("--max-cost", "0.5"), "--max-cost is about a model"),
        (("--timeout", "5"), "--timeout is about a model"),
        (("--concurrency", "2"), "add --model NAME, or set OKR_MODEL"),
        (("--no-cache",), "--no-cache is about a model"),
        (("--no-model", "--redact"), "leave --no-model out"),
        (("--model", "openai/scripted", "--no-model"), "--model and --no-model exclude each other"),
        (("--model", "scripted"), "write provider/model"),
        (("--model", ""), "no model is named"),
        (("--model", "openai/scripted", "--max-tokens", "0"), "--max-tokens"),
        (("--model", "openai/scripted", "--max-cost", "nan"), "max_cost"),
        (("--model", "openai/scripted", "--timeout", "-1"), "--timeout"),
        (("--model", "gguf:nowhere.gguf"), "nowhere.gguf"),
    ],
)
def test_options_that_make_no_sense_are_refused_before_anything(here: Run, good: str, arguments: tuple[str, ...], said: str) -> None:
    ran = here("review", good, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())


def test_an_address_that_is_none_is_refused_without_the_key_in_it(here: Run, good: str) -> None:
    ran = here("review", good, *MODEL, OPENAI_API_BASE=f"nowhere/{KEY}", OPENAI_API_KEY=KEY)
    assert (ran.code, ran.out) == (2, "")
    assert "OPENAI_API_BASE is no web address" in ran.err
    assert KEY not in ran.err


def test_the_options_of_several_settings_make_one_critic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKR_MODEL", "openai/one, openai/two")
    contexts = [Context(settings=Settings(private_words=words)) for words in (("Comète", "Brévent"), ("Brévent", "Aravis"))]
    critic = critic_from(ModelOptions(redact=True, max_tokens=900, concurrency=2), contexts)
    assert critic is not None
    assert (critic.models, critic.private_words) == (("openai/one", "openai/two"), ("Comète", "Brévent", "Aravis"))
    assert (critic.redact, critic.max_tokens, critic.concurrency, critic.timeout, critic.cache) == (True, 900, 2, 60.0, True)
    assert critic_from(ModelOptions(no_model=True), contexts) is None
    monkeypatch.delenv("OKR_MODEL")
    assert critic_from(ModelOptions(), contexts) is None


def test_any_command_can_take_the_options() -> None:
    given: list[ModelOptions] = []

    @click.command()
    @click.argument("word")
    @model_options
    def command(word: str, asked: ModelOptions) -> None:
        """Keep what was said."""
        given.append(asked)

    command.main(["x", "--model", "a/b", "--model", "c/d", "--max-cost", "0.25", "--no-cache"], standalone_mode=False)
    command.main(["x"], standalone_mode=False)
    assert given == [ModelOptions(models=("a/b", "c/d"), max_cost=0.25, no_cache=True), ModelOptions()]
    assert given[0].limits() == {"max_cost": 0.25, "cache": False, "redact": False}


# What leaves


def test_redact_lets_no_name_or_amount_leave(here: Run, scripted_model: Scripted, tmp_path: Path) -> None:
    (tmp_path / "okr.toml").write_text('private_words = ["comet"]\n', encoding="utf-8")
    draft = (
        "Objective: Sales teams meet Nexia with confidence and win\n"
        "- KR1: Raise win rate against Nexia from 31% to 38% by the end of Q3, as Claire Dumont asked\n"
        "- KR2: Raise revenue won with comet from 1.2 M€ to 1.9 M€ by the end of Q3\n"
    )
    model = scripted_model([reply(key_results=[opinion(0, "Raise win rate"), opinion(1, "Raise revenue")], gaming=[], sufficiency=None)])
    ran = here("review", "-", *MODEL, "--redact", "--format", "json", stdin=draft.encode(), **through(model))
    assert ran.err.startswith("okr: the draft stays on this machine (model openai/scripted); names and amounts are replaced first\n")
    sent = json.dumps(model.requests[0].json, ensure_ascii=False)
    assert "win rate" in sent
    for private in ("Nexia", "Claire", "Dumont", "comet", "1.2", "1.9"):
        assert private not in sent, private
    critique = json.loads(ran.out)["critique"]
    assert (critique["status"], critique["redacted"]) == ("ok", True)
    assert "Nexia" in ran.out


def test_the_budget_of_a_run_holds_for_all_its_files_and_ends_it_cleanly(here: Run, scripted_model: Scripted, good: str, task: str) -> None:
    model = scripted_model([Completion(reply(), prompt_tokens=51_000)])
    ran = here("review", good, task, *MODEL, "--max-tokens", "52000", "--fail-on", "never", "--format", "json", **through(model))
    assert ran.code == 0
    critiques = [row["review"]["critique"] for row in json.loads(ran.out)]
    assert [each["status"] for each in critiques] == ["ok", "skipped"]
    assert "52,000 tokens" in critiques[1]["reason"]
    assert len(model.requests) == 1
    assert "okr: task.okr.md: the model was not asked: " in ran.err


def test_a_cost_limit_needs_a_price(here: Run, good: str) -> None:
    away = {"OPENAI_API_BASE": "http://gateway.invalid/v1", "OPENAI_API_KEY": KEY, "LC_ALL": "C.UTF-8"}
    ran = here("review", good, "--model", "openai/scripted", "--max-cost", "0.5", **away)
    assert ran.code == 2
    assert "--max-tokens" in ran.err or "max_tokens" in ran.err


# What comes back


def test_every_report_shows_what_the_model_added(here: Run, scripted_model: Scripted, good: str) -> None:
    model = scripted_model(answer)
    shown = {
        format: here("review", good, *MODEL, "--format", format, **through(model)) for format in ("terminal", "markdown", "html", "json")
    }
    assert {ran.code for ran in shown.values()} == {0}
    for ran in shown.values():
        for said in (WAY, GUARDRAIL, STORY, "Which deals against Nexia count as lost", "openai/scripted"):
            assert said in " ".join(ran.out.split()), said
    for format in ("terminal", "markdown", "html"):
        assert "said by a model" in shown[format].out
        assert "asked by a model" in shown[format].out
        assert "this machine" in shown[format].out
    found = [(each["rule"], each["origin"]) for each in json.loads(shown["json"].out)["findings"]]
    assert {("model-gaming", "model"), ("model-sufficiency", "model")} <= set(found)


def test_hostile_words_of_a_model_never_become_markup(here: Run, scripted_model: Scripted, good: str) -> None:
    attacks = (
        "<script>alert(1)</script> Log only easy deals.",
        "[click](https://evil.example) Log only easy deals.",
        "Log \x1b[31monly\x1b[0m easy deals.",
        "Log only `easy` **deals** <img src=x onerror=alert(1)>.",
    )
    for attack in attacks:
        hostile = reply(
            gaming=[{"key_result": 0, "quote": "win rate", "way": attack, "guardrail": attack}],
            sufficiency={"enough": False, "story": attack},
            rewrites=[{"key_result": 0, "text": attack}],
            questions=[{"key_result": 0, "slot": attack, "text": attack}],
        )
        model = scripted_model(lambda asked, hostile=hostile: hostile)
        plain = here("review", good, **through(model))
        for format in ("terminal", "markdown", "html"):
            ran = here("review", good, *MODEL, "--format", format, **through(model))
            assert ran.code == 0
            for live in ("<script", "<img", "](http", "\x1b", "evil.example"):
                assert live not in ran.out + ran.err
        assert "things the model said were not shown" in ran.err
        assert plain.code == 0


FAILURES = {
    "key refused": [Status(401, json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}"}}))],
    "forbidden": [Status(403, f"Bearer {KEY}")],
    "broken": [Status(500, "oops")] * 3,
    "busy": [Status(429, "{}", {"Retry-After": "0"})] * 3,
    "cut": [Cut(reply())] * 2,
    "no JSON": ["I cannot help with that."] * 2,
    "wrong types": [{"key_results": "all good"}] * 2,
    "empty": [Empty(body=True)] * 2,
    "huge": [Huge(3_000_000)] * 2,
    "reset": [Reset()] * 3,
    "slow": [Slow(20, reply())] * 3,
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_model_that_fails_leaves_the_review_by_rules_and_ends_with_4(
    here: Run, scripted_model: Scripted, task: str, failure: str
) -> None:
    script = iter(FAILURES[failure])
    model = scripted_model(lambda asked: next(script, Status(500, "oops")))
    limit = ("--timeout", "1") if failure == "slow" else ("--timeout", "20")
    ran = here("review", task, *MODEL, *limit, "--format", "json", **through(model))
    assert ran.code == 4
    failed, alone = json.loads(ran.out), review(TASK, examples=0).model_dump(mode="json")
    assert without_model(failed) == without_model(alone)
    assert failed["findings"] == alone["findings"]
    assert failed["critique"]["status"] == "failed"
    reason = failed["critique"]["reason"]
    assert f"okr: task.okr.md: no critique by the model: {reason}\n" in ran.err
    ended = {check["rule"]: check for check in failed["checks"] if check["rule"].startswith("model-")}
    assert (ended["model-sufficiency"]["status"], ended["model-sufficiency"]["reason"]) == ("failed", reason)
    assert KEY not in ran.out + ran.err
    told = here("review", task, *MODEL, *limit, "--verbose", **through(model))
    assert (told.code, KEY in told.out + told.err) == (4, False)


def test_a_missing_key_is_named_by_its_variable(here: Run, task: str) -> None:
    ran = here("review", task, *MODEL, "--format", "json", OPENAI_API_BASE="http://127.0.0.1:9/v1")
    assert ran.code == 4
    assert "OPENAI_API_KEY" in json.loads(ran.out)["critique"]["reason"]


def test_an_unreadable_file_still_wins_over_a_model_that_fails(here: Run, scripted_model: Scripted, task: str) -> None:
    model = scripted_model([Status(401, "{}")])
    ran = here("review", "none.md", task, *MODEL, **through(model))
    assert ran.code == 2
    assert ran.err.index("none.md") < ran.err.index("the drafts stay on this machine")


# Ctrl-C


def test_ctrl_c_keeps_what_was_reviewed_and_ends_with_130(scripted_model: Scripted, tmp_path: Path, good: str, task: str) -> None:
    model = scripted_model(lambda asked: Slow(50, FRENCH_REPLY) if "battlecards" in asked["messages"][-1]["content"] else reply())
    (tmp_path / "third.okr.md").write_text(GOOD.replace("Nexia", "Vantor"), encoding="utf-8")
    ran = started(tmp_path, model, good, task, "third.okr.md", "--format", "json", "-o", "reviews.json")
    model.wait_for(2, 60)
    ran.send_signal(signal.SIGINT)
    out, err = ran.communicate(timeout=30)
    assert (ran.returncode, out) == (130, b"")
    rows = json.loads((tmp_path / "reviews.json").read_text(encoding="utf-8"))
    assert [(row["file"], row["review"]["critique"]["status"]) for row in rows] == [(good, "ok"), (task, "skipped")]
    assert {finding["rule"] for finding in rows[1]["review"]["findings"]} >= {"kr-is-task"}
    assert "okr: interrupted; the model is no longer asked, what was reviewed is shown, task.okr.md by the rules alone\n" in err.decode()
    assert len(model.requests) == 2


def test_ctrl_c_keeps_what_was_reviewed_without_a_model_too(tmp_path: Path, good: str) -> None:
    slow = "import reviewer, reviewer.cli, os, signal\ntrue = reviewer.review\ncalls = []\n"
    slow += (
        "def review(*a, **k):\n    calls.append(1)\n    if len(calls) == 2: os.kill(os.getpid(), signal.SIGINT)\n    return true(*a, **k)\n"
    )
    slow += "reviewer.review = review\nreviewer.cli.main()"
    (tmp_path / "other.okr.md").write_text(TASK, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-c", slow, "review", "--no-examples", "--format", "json", good, "other.okr.md"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 130
    assert [row["file"] for row in json.loads(ended.stdout)] == [good]
