"""Measure the web form with a real client: how long a warm review takes with many visitors at once, and what memory does.

    python benchmarks/web.py                      20 visitors who read two seconds between reviews, then 1,000 reviews for memory
    python benchmarks/web.py --pause 0            the same visitors without a breath: the server saturated
    python benchmarks/web.py --reviews 0          leave memory out
    python benchmarks/web.py --browser PATH       a browser elsewhere than at /usr/bin/chromium
    python benchmarks/web.py --json               for machines

The server is a process of its own, as in use; each visitor is a `gradio_client` in one of a few other processes, whose
own work, on the same cores, is in the figures. No draft repeats. The page is opened by a real browser that has nothing of it in its cache, the first time
at the moment the server answers and is still loading its encoder. Quote figures with their machine, and with what else it was doing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DRAFT = """Objective: Give {name} reps what it takes to win
KR1: Raise mid-market win rate against {name} from {low}% to {high}% by the end of Q3
KR2: Create {low} new battlecards about {name}
KR3: NPS of {high} among {name} customers
KR4: Activation rate of new {name} accounts from {low}% to {high}%"""
COMPANY = "Gain market share against the two leaders\nNRR from 104% to 112%"
PROCESSES = 4
"""Processes that the visitors share."""
SYLLABLES = "bal dor fen gar hul kel lim mor nar pel quo rin sol tar ul vor wen xan yor zel".split()


def draft(number: int) -> str:
    """Write a draft of four key results, another one for each number."""
    first, second, third = number % 20, number // 20 % 20, number // 400 % 20
    name = (SYLLABLES[first] + SYLLABLES[second] + SYLLABLES[third]).capitalize()
    return DRAFT.format(name=name, low=11 + number % 25, high=41 + number % 50)


class Server:
    """Run the form in a process of its own, and read its memory."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = {**os.environ, "OKR_PER_MINUTE": "1000000", "OKR_MAX_WAITING": "1000"}
        environment.pop("OKR_MODEL", None)
        self.address = f"http://127.0.0.1:{port}/"
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "app.py"), "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.begun = time.perf_counter()

    def wait(self, *, ready: bool) -> float:
        """Wait until it answers (`ready`: and its encoder is loaded); gives the seconds since it was started."""
        while time.perf_counter() - self.begun < 300:
            if self._process.poll() is not None:
                raise SystemExit("the form did not start")
            try:
                with urllib.request.urlopen(self.address + "healthz", timeout=5) as answer:
                    if not ready or json.load(answer)["examples"] == "ready":
                        return time.perf_counter() - self.begun
            except OSError:
                pass
            time.sleep(0.05)
        raise SystemExit("the form was not ready within five minutes")

    def processor(self) -> float:
        """Give the processor's time it has taken, in seconds."""
        used = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Give its resident memory in megabytes."""
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{self._process.pid}/status").read_text())
        return int(found[1]) / 1000 if found else float("nan")

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(timeout=20)


class Browser:
    """Hold a real browser, started before anything is timed."""

    def __init__(self, path: str) -> None:
        from playwright.sync_api import sync_playwright

        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])

    def usable(self, address: str) -> float:
        """Open the page with nothing of it in the cache; gives the seconds until a draft can be typed and Review be pressed."""
        context = self._browser.new_context(locale="en-GB")
        page = context.new_page()
        begun = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.locator("#draft textarea").fill("Objective: Win")
        page.locator("#review").click(trial=True)  # it is there, stands still and takes a press
        seconds = time.perf_counter() - begun
        context.close()
        return seconds

    def stop(self) -> None:
        """End it."""
        self._browser.close()
        self._playwright.stop()


def opened(server: Server, path: str, times: int) -> dict[str, Any]:
    """Open the page at the moment the server answers, then again once its encoder is loaded."""
    if not Path(path).exists():
        server.wait(ready=True)
        return {"not_measured": f"there is no browser at {path}"}
    browser = Browser(path)
    answers = server.wait(ready=False)
    first = browser.usable(server.address)
    ready = server.wait(ready=True)
    later = [browser.usable(server.address) for _ in range(times)]
    browser.stop()
    return {
        "server_answers_after_s": round(answers, 1),
        "encoder_ready_after_s": round(ready, 1),
        "first_usable_after_s": round(first, 2),
        "later_usable_after_s": round(statistics.median(later), 2),
        "slowest_s": round(max(later), 2),
        "wanted_below_s": 2.0,
    }


def visit(address: str, first: int, count: int, of: int, each: int, pause: float) -> None:
    """Be `count` of the visitors, from number `first` on; prints the milliseconds of each review and what failed, as JSON."""
    from gradio_client import Client

    clients = [Client(address, verbose=False) for _ in range(count)]
    clients[0].predict(draft(first), COMPANY, "2026-Q3", api_name="/review")
    times: list[float] = []
    failed: list[str] = []
    lock = threading.Lock()
    print("ready", flush=True)
    sys.stdin.readline()

    def one(number: int) -> None:
        time.sleep(pause * (first + number) / of)  # people do not press in step
        for at in range(each):
            begun = time.perf_counter()
            try:
                _, data = clients[number].predict(draft(1 + (first + number) * each + at), COMPANY, "2026-Q3", api_name="/review")
                problem = None if len(data.get("okrs", [{}])[0].get("key_results", ())) == 4 else str(data)[:200]
            except Exception as error:
                problem = f"{type(error).__name__}: {error}"[:200]
            with lock:
                times.append(1000 * (time.perf_counter() - begun))
                failed.extend([problem] if problem else [])
            time.sleep(pause)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"times": times, "failed": failed}))


def visitors(address: str, count: int, each: int, pause: float) -> dict[str, Any]:
    """Have visitors review drafts at once; gives the milliseconds of each review, and how many failed.

    They share a few processes: twenty in one would wait for each other's Python, which visitors on machines of their own do not.
    """
    share = -(-count // PROCESSES)
    parts = [(first, min(share, count - first)) for first in range(0, count, share)]
    programs = [
        subprocess.Popen(
            [sys.executable, __file__, "--be", address, *map(str, (first, some, count, each)), str(pause)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for first, some in parts
    ]
    for program in programs:
        assert program.stdout is not None
        program.stdout.readline()
    begun = time.perf_counter()
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    answers = [json.loads(program.communicate()[0]) for program in programs]
    seconds = time.perf_counter() - begun
    times = [each for answer in answers for each in answer["times"]]
    failed = [each for answer in answers for each in answer["failed"]]
    cuts = statistics.quantiles(times, n=20)
    return {
        "visitors": count,
        "pause_s": pause,
        "reviews": len(times),
        "failed": len(failed),
        "first_failure": failed[0] if failed else None,
        "p50_ms": round(statistics.median(times)),
        "p95_ms": round(cuts[18]),
        "slowest_ms": round(max(times)),
        "reviews_a_second": round(len(times) / seconds, 1),
        "wanted_p95_ms_below": 300,
    }


def memory_over(server: Server, reviews: int) -> dict[str, Any]:
    """Review many drafts one after the other; gives the server's memory at the tenths of the way, the first tenth being warm-up."""
    from gradio_client import Client

    client = Client(server.address, verbose=False)
    steps = []
    for number in range(1, reviews + 1):
        client.predict(draft(100_000 + number), COMPANY, "2026-Q3", api_name="/review")
        if number % max(1, reviews // 10) == 0:
            steps.append(round(server.memory()))
    return {"reviews": reviews, "megabytes": steps, "growth_mb": steps[-1] - steps[0]}


def main() -> int:
    """Run the measurements asked for."""
    if sys.argv[1:2] == ["--be"]:
        address, first, count, of, each, pause = sys.argv[2:]
        visit(address, int(first), int(count), int(of), int(each), float(pause))
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--each", type=int, default=10, help="reviews of one visitor")
    parser.add_argument("--pause", type=float, default=2.0, help="seconds that a visitor reads before asking again")
    parser.add_argument("--reviews", type=int, default=1000, help="reviews over which memory is watched; 0 for none")
    parser.add_argument("--browser", default="/usr/bin/chromium", help="the browser that opens the page")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    server = Server()
    try:
        result: dict[str, Any] = {
            "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}",
            "page": opened(server, given.browser, 5),
        }
        used = server.processor()
        result["at_once"] = visitors(server.address, given.visitors, given.each, given.pause)
        result["at_once"]["server_processor_ms_a_review"] = round(1000 * (server.processor() - used) / result["at_once"]["reviews"])
        if given.reviews:
            result["memory"] = memory_over(server, given.reviews)
    finally:
        server.stop()
    if given.json:
        print(json.dumps(result, indent=2))
        return 0
    for name, found in result.items():
        told = ", ".join(f"{key} {value}" for key, value in found.items() if value is not None) if isinstance(found, dict) else found
        print(f"{name}: {told}")
    return 1 if result["at_once"]["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
